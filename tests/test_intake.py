"""intake: a text comes in wholly or not at all, and goes out again without a trace."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_incremental import contents

from nlp.bibliography.people import Person
from nlp.errors import BusyError, CorpusError
from nlp.intake import adding, gather
from nlp.intake.adding import Addition, add
from nlp.intake.details import Ask, Given
from nlp.intake.ids import doc_id, label
from nlp.intake.names import typed
from nlp.intake.removing import remove
from nlp.manifest import check_doc_id
from nlp.reading import About, Reading
from nlp.slugs import slug
from nlp.store import configs, entries
from nlp.store.lock import writing
from nlp.store.project import Project

WORDS = (
    "The bridge over the river was built by the people who lived beside it, and it was kept by those who"
    " came after them. Nobody owned it. Whoever crossed it left a stone, and the stones mended what the"
    " winter had broken. In the third year the council wrote a law about it. "
)
MILLER = Given(authors=("Ann Miller",), title="On bridges", year=2015)
UNTITLED = MILLER._replace(title=None)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder outside the project with two texts in it."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("one.txt", "two.md"):
        (folder / name).write_text(f"{WORDS}This is {name}.", encoding="utf-8")
    return folder


def test_an_added_text_stands_in_the_manifest_as_it_was_described(project: Project, desk: Path) -> None:
    content = (desk / "one.txt").read_bytes()
    given = MILLER._replace(venue="River Papers", kind="essay", rights="The author")
    (addition,) = add(project, [desk / "one.txt"], given)
    document = configs.read_manifest(project).documents[-1]
    assert addition.document == document
    assert document.model_dump() == {
        "doc_id": "miller-2015",
        "file": "texts/miller-2015.txt",
        "authors": ["Ann Miller"],
        "author": "Miller",
        "year": 2015,
        "title": "On bridges",
        "venue": "River Papers",
        "kind": "essay",
        "language": "en",
        "rights": "The author",
        "sha256": hashlib.sha256(content).hexdigest(),
        "reader": "text",
        "pages": None,
        "warnings": [],
    }
    assert (project.corpus / document.file).read_bytes() == content
    assert (desk / "one.txt").read_bytes() == content
    assert addition.guessed == {"language": "its words"}


@pytest.fixture(params=["golden", "demonstration"])
def either(request: pytest.FixtureRequest, project: Project) -> Project:
    """A project with the golden corpus, and one with the demonstration corpus (without its codes)."""
    if request.param == "demonstration":
        shutil.rmtree(project.corpus)
        shutil.copytree(ROOT / "corpus", project.corpus)
    return project


def test_remove_undoes_add_byte_for_byte(either: Project, desk: Path) -> None:
    before = contents(either.corpus)
    added = add(either, [desk], UNTITLED, ask=lambda question: "On bridges")
    after = contents(either.corpus)
    assert set(after) - set(before) == {"texts/miller-2015.txt", "texts/miller-2015-b.md"}
    assert {path for path in before if after[path] != before[path]} == {"corpus.yaml"}
    assert after["corpus.yaml"].startswith(before["corpus.yaml"])
    remove(either, [it.document.doc_id for it in added])
    assert contents(either.corpus) == before


def test_removing_one_of_two_leaves_the_other(project: Project, desk: Path) -> None:
    add(project, [desk / "one.txt"], MILLER)
    between = contents(project.corpus)
    add(project, [desk / "two.md"], MILLER)
    remove(project, ["miller-2015-b"])
    assert contents(project.corpus) == between


def test_a_dry_run_says_the_same_and_changes_nothing(project: Project, desk: Path) -> None:
    before = contents(project.root)
    would = add(project, [desk / "one.txt"], MILLER, dry_run=True)
    assert contents(project.root) == before
    assert add(project, [desk / "one.txt"], MILLER) == would
    before = contents(project.root)
    gone = remove(project, ["miller-2015"], dry_run=True)
    assert contents(project.root) == before
    assert remove(project, ["miller-2015"]) == gone


BAD = {
    "empty": (b"", "empty|no text"),
    "binary": (bytes(range(256)) * 20, "binary|not text"),
    "no reader": (b"x", "no reader"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_second_file_adds_nothing(case: str, project: Project, desk: Path) -> None:
    content, told = BAD[case]
    bad = desk / ("bad.xyz" if case == "no reader" else "bad.txt")
    bad.write_bytes(content)
    before = contents(project.corpus)
    with pytest.raises(CorpusError, match=told) as error:
        add(project, [desk / "one.txt", bad], UNTITLED, ask=lambda question: "T")
    assert error.value.where == bad.as_posix()
    assert contents(project.corpus) == before


def test_all_bad_files_are_told_at_once(project: Project, desk: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (desk / name).write_bytes(b"")
    with pytest.raises(CorpusError, match=r"gone: no such.*a\.txt: .*b\.txt: ") as error:
        add(project, [desk / "gone", desk], MILLER)
    assert error.value.where == "3 of 5 files"
    assert "check the path" in error.value.hint


def test_the_same_bytes_in_the_corpus_are_refused_by_both_names(project: Project, desk: Path) -> None:
    shutil.copy(project.corpus / "texts" / "ash-2001.txt", desk / "mine.txt")
    with pytest.raises(CorpusError, match=r"mine\.txt: .*same as ash-2001 \(corpus/texts/ash-2001\.txt\)"):
        add(project, [desk / "mine.txt"], MILLER)


def test_the_same_bytes_twice_in_a_command_are_refused_by_both_names(project: Project, desk: Path) -> None:
    shutil.copy(desk / "one.txt", desk / "three.txt")
    with pytest.raises(CorpusError, match=r"three\.txt: .*same as \S*one\.txt"):
        add(project, [desk], UNTITLED, ask=lambda question: "T")


def test_a_path_named_twice_is_one_file(project: Project, desk: Path) -> None:
    assert len(add(project, [desk / "one.txt", desk / ".." / "desk" / "one.txt"], MILLER)) == 1


def test_a_file_in_the_corpus_folder_has_to_come_from_outside(project: Project) -> None:
    stray = project.corpus / "texts" / "stray.txt"
    stray.write_text(WORDS, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"stray\.txt: lies in the corpus folder already"):
        add(project, [stray], MILLER)


def test_a_folder_gives_its_texts_and_those_below(
    project: Project, desk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("deep/er/three.txt", ".hidden/no.txt", ".no.txt", "~$no.md", "no.xyz", "no.doc"):
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_text(WORDS + name, encoding="utf-8")
    added = add(project, [desk], UNTITLED, ask=lambda question: "T")
    assert [it.source.name for it in added] == ["one.txt", "two.md", "three.txt"]
    assert "files with other endings are left out (1 .doc, 1 .xyz)" in caplog.text


def test_a_folder_without_texts_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    with pytest.raises(CorpusError, match=r"void: no file that ends in \.txt"):
        add(project, [tmp_path / "void"], MILLER)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda path: path.symlink_to(path), "a link that leads to no file"),
        (lambda path: path.symlink_to("gone.txt"), "a link that leads to no file"),
        (os.mkfifo, "no regular file"),
    ],
    ids=["circle", "dangling", "pipe"],
)
def test_what_is_no_file_is_told_as_such(
    made: Callable[[Path], None], told: str, project: Project, desk: Path
) -> None:
    made(desk / "odd.txt")
    for path in (desk / "odd.txt", desk):
        with pytest.raises(CorpusError, match=rf"odd\.txt: {told}"):
            add(project, [path], MILLER)


def test_a_file_over_the_limit_is_not_even_read(desk: Path) -> None:
    with pytest.raises(CorpusError, match="larger than 10 bytes"):
        gather.load(desk / "one.txt", 10)


@pytest.mark.parametrize("step", ["_copy", "write"])
@pytest.mark.parametrize("failure", [OSError("disk full"), KeyboardInterrupt()], ids=["disk", "keyboard"])
def test_a_crash_between_the_steps_leaves_no_trace(
    step: str, failure: BaseException, project: Project, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(project.corpus)
    copy = adding._copy

    def fail(*given: object, **named: object) -> None:
        if step == "_copy" and given[0] == desk / "one.txt":
            copy(*given)  # type: ignore[arg-type]
            return
        raise failure

    monkeypatch.setattr(adding if step == "_copy" else entries, step, fail)
    with pytest.raises(type(failure)):
        add(project, [desk], UNTITLED, ask=lambda question: "T")
    assert contents(project.corpus) == before


def test_a_file_that_changes_while_it_is_added(
    project: Project, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(project.corpus)
    plan = adding._plan

    def change(*given: object) -> list[Addition]:
        (desk / "one.txt").write_text("Other words.", encoding="utf-8")
        return plan(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(adding, "_plan", change)
    with pytest.raises(CorpusError, match=r"one\.txt: has changed meanwhile"):
        add(project, [desk / "one.txt"], MILLER)
    assert contents(project.corpus) == before


@pytest.mark.parametrize("lock", ["run", "stage"])
def test_nothing_is_changed_beside_a_run(lock: str, project: Project, desk: Path) -> None:
    add(project, [desk / "two.md"], MILLER)
    before = contents(project.corpus)
    with writing(project, lock):
        with pytest.raises(BusyError):
            add(project, [desk / "one.txt"], MILLER)
        with pytest.raises(BusyError):
            remove(project, ["miller-2015"])
    assert contents(project.corpus) == before


# What is known of a text


def test_nobody_to_ask_so_what_is_missing_is_listed_with_its_options(project: Project, desk: Path) -> None:
    (desk / "short.txt").write_text("Too short to tell.", encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        add(project, [desk], Given())
    assert error.value.where == "3 of 3 files"
    missing = "not known: authors (--author), title (--title)"
    assert f"one.txt: {missing};" in error.value.problem
    assert f"short.txt: {missing}, language (--language);" in error.value.problem


def answers(*said: str) -> tuple[Ask, list[str]]:
    left, asked = list(said), []

    def ask(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    return ask, asked


def test_only_what_is_missing_is_asked_for(project: Project, desk: Path) -> None:
    ask, asked = answers(" Ann Miller; {River Board} ", "  On   bridges ", "")
    (added,) = add(project, [desk / "one.txt"], Given(), ask=ask)
    assert [question.split(": ")[1].split(" (")[0] for question in asked] == ["authors", "title", "year"]
    document = added.document
    assert (document.authors, document.author) == (["Ann Miller", "River Board"], "Miller & River Board")
    assert (document.title, document.year) == ("On bridges", None)
    ask, asked = answers("1999")
    (added,) = add(project, [desk / "two.md"], MILLER._replace(year=None), ask=ask)
    assert (added.document.year, len(asked)) == (1999, 1)


def test_an_empty_answer_to_a_needed_question_adds_nothing(project: Project, desk: Path) -> None:
    before = contents(project.corpus)
    with pytest.raises(CorpusError, match=r"not known: authors \(--author\), title \(--title\)\n"):
        add(project, [desk / "one.txt"], Given(), ask=lambda question: "")
    assert contents(project.corpus) == before


def test_options_come_before_the_bibliography_before_the_file(
    project: Project, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = About("File title", ("Fay File",), 1990)
    monkeypatch.setattr(
        gather, "read", lambda *given: Reading(WORDS, "pdf", "pypdf 7.1.0", 3, ("odd",), about)
    )
    bib = desk / "refs.bib"
    bib.write_text("@book{one, title = {Book title}, date = {1995}}", encoding="utf-8")
    (added,) = add(project, [desk / "one.txt"], Given(title="Given title"), bib=bib, dry_run=True)
    document = added.document
    assert (document.title, document.year, document.authors) == ("Given title", 1995, ["Fay File"])
    assert (document.reader, document.pages, document.warnings) == ("pypdf 7.1.0", 3, ["odd"])
    assert set(added.guessed) == {"authors", "language"}
    (added,) = add(project, [desk / "one.txt"], Given(), dry_run=True)
    assert (added.document.title, added.document.year) == ("File title", 1990)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (MILLER._replace(language="Klingon"), "--language: no language is known as 'Klingon'"),
        (MILLER._replace(group="all"), "author 'all' is taken"),
        (MILLER._replace(doc_id="a b"), r"one\.txt: doc_id 'a b' must be"),
        (MILLER._replace(doc_id="Ash-2001"), "--id: 'Ash-2001' is taken"),
        (MILLER._replace(year=9999), "year: Input should be less"),
    ],
)
def test_values_that_a_run_would_refuse_are_refused(
    given: Given, told: str, project: Project, desk: Path
) -> None:
    before = contents(project.corpus)
    with pytest.raises(CorpusError, match=told):
        add(project, [desk / "one.txt"], given)
    assert contents(project.corpus) == before


@pytest.mark.parametrize("given", [MILLER, UNTITLED._replace(doc_id="miller")])
def test_options_for_one_file_are_refused_for_two(given: Given, project: Project, desk: Path) -> None:
    with pytest.raises(CorpusError, match="holds for one file, and these are 2"):
        add(project, [desk], given)


def test_a_label_of_other_persons_is_mentioned(
    project: Project, desk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(project, [desk / "one.txt"], MILLER._replace(authors=("Ada Ash",)))
    assert not caplog.records
    add(project, [desk / "two.md"], MILLER._replace(authors=("Zoe Ash",)))
    assert "the label 'Ash' already stands for Ada Ash; if these are other persons" in caplog.text


def test_a_language_that_the_words_do_not_show_is_mentioned(
    project: Project, desk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (added,) = add(project, [desk / "one.txt"], MILLER._replace(language="German"))
    assert added.document.language == "de"
    assert "one.txt: its language is de, but the pipeline is made for en" in caplog.text
    assert "one.txt: the text looks like en, but corpus.yaml says de" in caplog.text
    assert added.document.warnings == []  # the run tells it of the texts as they are then


def test_a_corpus_begins_with_its_first_text(project: Project, desk: Path) -> None:
    shutil.rmtree(project.corpus)
    add(project, [desk / "one.txt"], MILLER)
    assert [it.doc_id for it in configs.read_manifest(project).documents] == ["miller-2015"]
    remove(project, ["miller-2015"])
    assert entries.documents(entries.read_text(project)) == []
    add(project, [desk / "one.txt"], MILLER)
    assert [it.doc_id for it in configs.read_manifest(project).documents] == ["miller-2015"]


def test_an_empty_manifest_may_be_written_in_two_ways(project: Project, desk: Path) -> None:
    path = project.corpus / "corpus.yaml"
    for before, after in {"documents:\n": "documents: []\n", "documents: []\n": "documents: []\n"}.items():
        path.write_text(before, encoding="utf-8")
        add(project, [desk / "one.txt"], MILLER)
        remove(project, ["miller-2015"])
        assert path.read_text(encoding="utf-8") == after


# Bibliographies

BIB = """
@article{miller, author = {Miller, Ann}, title = {On Bridges: A Study}, year = 2015, doi = {10.1/x}}
@book{weber, author = {Weber, Bo}, title = {Fords}, year = 2016, file = {Text:sub/two.md:text/markdown}}
@misc{other, author = {Ash, Ada}, title = {Other}}
"""
CSL = [
    {"id": "miller", "type": "article-journal", "author": [{"family": "Miller", "given": "Ann"}],
     "title": "On Bridges: A Study", "issued": {"date-parts": [[2015]]}, "DOI": "10.1/x"},
    {"id": "weber", "type": "book", "author": [{"family": "Weber", "given": "Bo"}], "title": "Fords",
     "issued": {"date-parts": [[2016]]}},
]  # fmt: skip


@pytest.fixture
def refs(desk: Path) -> Path:
    (desk / "refs.bib").write_text(BIB, encoding="utf-8")
    (desk / "refs.json").write_text(json.dumps(CSL), encoding="utf-8")
    return desk / "refs.bib"


MATCHES = {
    "file, whole path": ("sub/two.md", "", "weber"),
    "file, name alone": ("away/two.md", "", "weber"),
    "key": ("Miller.txt", "", "miller"),
    "doi in the text": ("x.txt", "See https://doi.org/10.1/X. ", "miller"),
    "title": ("on bridges - a study.txt", "", "miller"),
    "name as Zotero makes it": ("Miller - 2015 - On Bridges a st.txt", "", "miller"),
}


@pytest.mark.parametrize("case", MATCHES)
def test_a_file_finds_its_entry(case: str, project: Project, refs: Path) -> None:
    name, start, key = MATCHES[case]
    path = refs.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(start + WORDS, encoding="utf-8")
    (added,) = add(project, [path], Given(), bib=refs, dry_run=True)
    assert added.document.author == {"miller": "Miller", "weber": "Weber"}[key]


def test_bibtex_and_csl_say_the_same_of_a_file(project: Project, refs: Path) -> None:
    for old, new in {"one.txt": "miller.txt", "two.md": "weber.md"}.items():
        (refs.parent / old).rename(refs.parent / new)
    paths = [refs.parent / "miller.txt", refs.parent / "weber.md"]
    by_bib = add(project, paths, Given(), bib=refs, dry_run=True)
    assert add(project, paths, Given(), csl=refs.with_suffix(".json"), dry_run=True) == by_bib
    assert [it.document.doc_id for it in by_bib] == ["miller-2015", "weber-2016"]
    assert [it.document.kind for it in by_bib] == ["journal article", "book"]


def test_a_file_without_an_entry_is_refused_with_those_there_are(project: Project, refs: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"refs\.bib: no entry for \S*one\.txt; .* miller \(Miller 2015: On"
    ):
        add(project, [refs.parent / "one.txt"], MILLER, bib=refs)


def test_an_entry_that_cannot_be_read_is_told_where_it_is_needed(
    project: Project, refs: Path, caplog: pytest.LogCaptureFixture
) -> None:
    refs.write_text(BIB + "@misc{one, title = {A}, title = {B}}", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"line 5 \(one\): the field 'title' stands twice"):
        add(project, [refs.parent / "one.txt"], Given(), bib=refs)
    (added,) = add(project, [refs.parent / "two.md"], Given(), bib=refs, dry_run=True)
    assert added.document.author == "Weber"
    assert "refs.bib: line 5 (one)" in caplog.text


def test_doubtful_matches_are_refused(project: Project, refs: Path) -> None:
    desk = refs.parent
    refs.write_text(BIB + "@misc{one, title = {A}}\n@misc{one, title = {B}}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"several entries fit \S*one\.txt: one"):
        add(project, [desk / "one.txt"], Given(), bib=refs)
    (desk / "miller.txt").write_text(WORDS, encoding="utf-8")
    (desk / "miller.md").write_text(WORDS + "More.", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"miller fits both \S*miller\.txt and \S*miller\.md"):
        add(project, [desk / "miller.txt", desk / "miller.md"], Given(), bib=refs)


def test_a_single_entry_is_meant_for_a_single_file(project: Project, desk: Path) -> None:
    (desk / "x.bib").write_text("@book{k, author = {Ash, Ada}, title = {T}}", encoding="utf-8")
    (added,) = add(project, [desk / "one.txt"], Given(), bib=desk / "x.bib", dry_run=True)
    assert added.document.authors == ["Ada Ash"]


def test_a_bibliography_in_another_encoding_is_refused(project: Project, desk: Path) -> None:
    (desk / "x.bib").write_bytes(b"@book{k, author = {M\xfcller}}")
    with pytest.raises(CorpusError, match=r"x\.bib: not UTF-8 at byte 20"):
        add(project, [desk / "one.txt"], Given(), bib=desk / "x.bib")


# Removing


def test_an_unknown_document_is_refused_with_the_nearest(project: Project) -> None:
    before = contents(project.corpus)
    with pytest.raises(CorpusError, match=r"no document 'ash-2010' \(near: ash-2004, ash-2001"):
        remove(project, ["birch-2003", "ash-2010"])
    assert contents(project.corpus) == before


def test_a_coded_document_stays(project: Project) -> None:
    files = (project.corpus / "codings").glob("*.jsonl")
    lines = sum(it.read_text(encoding="utf-8").count('"doc_id": "ash-2001"') for it in files)
    before = contents(project.corpus)
    with pytest.raises(CorpusError, match=rf"corpus/codings: has lines .*: {lines} about ash-2001\n"):
        remove(project, ["ash-2001"])
    assert contents(project.corpus) == before


def test_only_copies_are_deleted(project: Project, desk: Path) -> None:
    shutil.rmtree(project.corpus / "codings")
    add(project, [desk / "one.txt"], MILLER)
    copy = project.corpus / "texts" / "miller-2015.txt"
    copy.write_text("Corrected by hand.", encoding="utf-8")
    hand_made, changed = remove(project, ["ash-2001", "miller-2015"])
    assert hand_made.kept == "not put there by crossframe add"
    assert changed.kept == "changed since it was added"
    assert (project.corpus / "texts" / "ash-2001.txt").is_file()
    assert copy.is_file()
    assert {"ash-2001", "miller-2015"}.isdisjoint(
        it.doc_id for it in configs.read_manifest(project).documents
    )


# Names


@pytest.mark.parametrize(
    ("families", "year", "title", "name"),
    [
        (["Blank"], 2014, "", "blank-2014"),
        (["Krüger", "O’Neil"], 2016, "", "kruger-oneil-2016"),
        (["Smith", "Ash", "Birch"], 2020, "", "smith-et-al-2020"),
        (["van der Berg"], None, "", "van-der-berg"),
        (["Ash"], 2001, "", "ash-2001-b"),
        (["Birch"], None, "What the winter", "birch-what"),
        (["Con"], None, "Artists", "con-artists"),
        (["Straße", "Łódź"], -380, "", "strasse-lodz-380bce"),
        (["Иванов"], 2003, "", "text-2003"),
    ],
)
def test_ids(families: list[str], year: int | None, title: str, name: str) -> None:
    people = [Person(family, family) for family in families]
    assert doc_id(people, year, title, {"ash-2001", "birch"}) == name


@given(
    st.lists(st.text(max_size=50), min_size=1, max_size=4),
    st.none() | st.integers(-5000, 5000),
    st.text(max_size=90),
)
def test_ids_are_plain_and_differ(families: list[str], year: int | None, title: str) -> None:
    people = [Person(family, family) for family in families]
    taken: set[str] = set()
    for _ in range(40):
        name = doc_id(people, year, title, taken)
        assert check_doc_id(name) == name == name.casefold()
        assert name not in taken
        taken.add(name)


def test_an_id_leaves_files_alone_that_nobody_has_listed(project: Project, desk: Path) -> None:
    (project.corpus / "texts" / "Miller-2015.md").write_text("Mine.", encoding="utf-8")
    (added,) = add(project, [desk / "one.txt"], MILLER)
    assert added.document.doc_id == "miller-2015-b"


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Smith; Doe", ["Smith", "Doe"]),
        ("Ann Smith and Bo Doe", ["Smith", "Doe"]),
        ("Smith, Ann & Doe, Bo", ["Smith", "Doe"]),
        ("{Trade and Industry; Board}; Doe, Bo", ["Trade and Industry; Board", "Doe"]),
        ("Smith, Jr., Ann", ["Smith"]),
        ("River Policy Institute; Ann Smith", ["River Policy Institute", "Smith"]),
        (" ; ", []),
    ],
)
def test_several_names_in_one(text: str, families: list[str]) -> None:
    assert [it.person.family for it in typed([text], "--author")] == families


@pytest.mark.parametrize(
    "text",
    ["Smith, J., Doe, B.", "Ann Smith, Jr.", "Smith, Doe and Roe", "Ministry of Trade and Industry"],
)
def test_names_that_cannot_be_told_apart_are_refused(text: str) -> None:
    with pytest.raises(CorpusError, match=r"--author: cannot tell .*\n  -> give --author once for each"):
        typed([text], "--author")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mary Ann Smith", "'Mary Ann Smith' is labelled 'Smith'.* '{Mary Ann Smith}'.*--group"),
        ("Tom House", "'Tom House' is taken for an institution"),
        ("J. R. Smith", ""),
        ("Smith, Mary Ann", ""),
        ("Ludwig van Beethoven", ""),
        ("River Policy Institute", ""),
        ("{River Board}", ""),
    ],
)
def test_doubtful_labels_are_told(text: str, told: str) -> None:
    (found,) = typed([text], "--author")
    assert re.match(told, found.doubt)
    assert bool(found.doubt) == bool(told)


def test_a_doubtful_label_is_told_unless_another_is_given(
    project: Project, desk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = MILLER._replace(authors=("Mary Ann Miller",))
    add(project, [desk / "one.txt"], given._replace(group="Miller"), dry_run=True)
    assert not caplog.records
    add(project, [desk / "one.txt"], given, dry_run=True)
    assert "one.txt: 'Mary Ann Miller' is labelled 'Miller'" in caplog.text


@pytest.mark.parametrize(
    ("families", "group"),
    [(["Ash"], "Ash"), (["Ash", "Birch"], "Ash & Birch"), (["Ash", "Birch", "Fir"], "Ash et al.")],
)
def test_labels(families: list[str], group: str) -> None:
    assert label([Person(family, family) for family in families]) == group


@given(st.text(max_size=30))
def test_slugs_are_plain(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(slug(text)) == slug(text)
