"""entries: corpus.yaml as text keeps every byte that is not about the entry put in or taken out."""

import pytest
from conftest import GOLDEN, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ConfigError
from nlp.manifest import Document
from nlp.store.configs import MAX_BYTES
from nlp.store.entries import EMPTY, documents, read_text, with_entries, without_entries, write
from nlp.store.project import Project

REAL = (ROOT / "corpus" / "corpus.yaml").read_bytes().decode()
DENSE = (GOLDEN / "corpus" / "corpus.yaml").read_bytes().decode()


def document(doc_id: str = "new-2020", **values: object) -> Document:
    entry: dict[str, object] = {
        "doc_id": doc_id,
        "file": f"texts/{doc_id}.txt",
        "authors": ["Nora New"],
        "author": "New",
        "year": 2020,
        "title": "News",
        "venue": None,
        "kind": "essay",
        "language": "en",
        "rights": "not stated",
        "sha256": doc_id.encode().hex().rjust(64, "0"),
    }
    return Document.model_validate({**entry, **values})


def block(text: str, number: int) -> str:
    """The text of one entry of a file in which blank lines stand between entries."""
    return text.split("\n\n")[number]


FORMS = {
    "blank lines and comments": REAL,
    "no blank lines": DENSE,
    "one entry": DENSE[: DENSE.index("  - doc_id: ash-2004")],
    "no line end at the end": REAL.rstrip("\n"),
    "Windows line ends": REAL.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + REAL,
    "comments at the end": REAL + "\n  # seen last\n# by nobody\n\n",
    "dashes without indent": DENSE.replace("\n  ", "\n"),
    "wide dashes": DENSE.replace("  - ", "  -   ").replace("\n    ", "\n      "),
    "folded and literal values": REAL.replace("year: 2014\n", "year: 2014 # c\n")
    .replace(
        'rights: "The author and', 'rights: >-\n      The author\n      # and\n\n      "The author and'
    )
    .replace("venue: Riddle", "venue: |\n      Riddle\n"),
    "list in lines": DENSE.replace("authors: [Bo Birch]", "authors:\n    - Bo Birch"),
    "nothing yet": EMPTY,
    "nothing yet, with comments": "# mine\n\ndocuments: [] # none\n# end\n",
    "line separators in a title": REAL.replace("title: The Intellectual", "title: The\u2028Intellectual"),
}


@pytest.mark.parametrize("form", FORMS)
def test_taking_out_undoes_putting_in(form: str) -> None:
    before = FORMS[form]
    new = [document("new-2020"), document("zoe-2021", warnings=["odd: [x]"], pages=3)]
    after = with_entries(before, new)
    assert documents(after) == [*documents(before), *new]
    assert without_entries(after, ["new-2020", "zoe-2021"]) == before
    assert without_entries(after, ["zoe-2021"]) == with_entries(before, new[:1])


@pytest.mark.parametrize("form", FORMS)
def test_the_other_bytes_stay(form: str) -> None:
    before = FORMS[form]
    after = with_entries(before, [document()])
    if documents(before):
        added = len(after) - len(before)
        places = [at for at in range(len(before) + 1) if after[:at] + after[at + added :] == before]
        assert places  # one stretch was put in, and nothing else has changed


def test_an_entry_is_written_like_those_that_are_there() -> None:
    told = document(title="On: bridges", year=None, reader="pypdf 7.1.0", pages=12, warnings=["odd"])
    assert with_entries(REAL, [told]).removeprefix(REAL) == (
        "\n"
        "  - doc_id: new-2020\n"
        "    file: texts/new-2020.txt\n"
        "    authors: [Nora New]\n"
        "    author: New\n"
        "    year: null\n"
        '    title: "On: bridges"\n'
        "    venue: null\n"
        "    kind: essay\n"
        "    language: en\n"
        "    rights: not stated\n"
        f"    sha256: {told.sha256}\n"
        "    reader: pypdf 7.1.0\n"
        "    pages: 12\n"
        "    warnings: [odd]\n"
    )


@pytest.mark.parametrize("number", range(5))
def test_an_entry_goes_with_its_comments(number: int) -> None:
    gone = documents(REAL)[number]
    after = without_entries(REAL, [gone.doc_id])
    assert documents(after) == [it for it in documents(REAL) if it != gone]
    for other in range(5):
        own = block(REAL, other).split("documents:\n")[-1]
        assert (own.rstrip("\n") in after) == (other != number)
    assert after.startswith(REAL[: REAL.index("documents:\n") + 11])
    assert "\n\n\n" not in after
    assert "documents:\n\n" not in after


def test_a_comment_apart_from_its_entry_stays() -> None:
    text = DENSE.replace("  - doc_id: ash-2004", "  # Part two\n\n  # the flood\n  - doc_id: ash-2004")
    after = without_entries(text, ["ash-2004"])
    assert "# Part two" in after
    assert "# the flood" not in after


def test_the_last_entry_leaves_an_empty_list() -> None:
    after = without_entries(DENSE, [it.doc_id for it in documents(DENSE)])
    assert after.endswith("\ndocuments: []\n")
    assert documents(after) == []


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1, max_size=3))
def test_any_text_is_written_so_that_it_is_read_again(texts: list[str]) -> None:
    new = document(title=texts[0], authors=texts, warnings=texts, venue=texts[-1])
    assert documents(with_entries(DENSE, [new]))[-1] == new


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Yes",
        "null",
        "~",
        "1984",
        "2014-05-03",
        "1e5",
        "0x1f",
        "- a",
        "a: b",
        "a #b",
        " a ",
        "[a",
        "*a",
        "&a",
    ],
)
def test_what_a_reader_could_take_for_something_else_is_quoted(text: str) -> None:
    changed = with_entries(DENSE, [document(title=text)])
    assert f'title: "{text}"\n' in changed


def test_yaml_that_cannot_be_edited_as_text_is_left_alone() -> None:
    flow = "documents: [" + DENSE.split("documents:\n")[1].split("  - ")[1].strip().join(["{", "}"]) + "]\n"
    flow = flow.replace("\n    ", ", ")
    assert len(documents(flow)) == 1
    with pytest.raises(ConfigError, match=r"corpus/corpus\.yaml: .* cannot edit"):
        with_entries(flow, [document()])


def test_a_broken_manifest_is_told_by_its_line() -> None:
    with pytest.raises(ConfigError, match="not valid YAML in line"):
        with_entries(DENSE.replace("year: 2001", "year: [2001"), [document()])


def test_a_manifest_that_somebody_else_has_changed_is_not_overwritten(project: Project) -> None:
    before = read_text(project)
    path = project.corpus / "corpus.yaml"
    path.write_bytes(before.encode() + b"# mine\n")
    with pytest.raises(ConfigError, match="has changed in the meantime"):
        write(project, before=before, after=with_entries(before, [document()]))
    assert path.read_bytes() == before.encode() + b"# mine\n"


def test_a_manifest_that_a_run_would_refuse_for_its_size_is_not_written(project: Project) -> None:
    before = read_text(project)
    with pytest.raises(ConfigError, match="would be larger"):
        write(project, before=before, after=before + "#" * MAX_BYTES)
    assert read_text(project) == before
