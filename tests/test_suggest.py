"""suggest: names that the registry does not list become entries that it can take."""

import re
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import tables
from nlp.cli import main
from nlp.registry import Alias, Entity, Registry
from nlp.store import parts, registry_entries
from nlp.store.project import Project
from nlp.suggest.examples import Sentence, examples
from nlp.suggest.names import Place, Suggestion, Unlisted, suggestions, unlisted

KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "region"}
FORMER = {
    "id": "union",
    "name": "Grain Union",
    "label": "ORG",
    "kind": "organisation",
    "aliases": [{"name": "Pact", "if_defined": True}, {"name": "Bund", "language": "de"}],
    "acronyms": ["GU"],
}
REGISTRY = Registry.model_validate({"entities": [FORMER]})

Mention = tuple[str, ...]  # canonical name, text, and where it matters label and kind


def row(at: int, name: str, text: str, label: str = "ORG", kind: str = "") -> tuple[object, ...]:
    """A mention that the registry does not list, each in a sentence and every third in a document."""
    span = (at, 10 * at, 10 * at + len(text), 10 * at, 10 * at + len(text))
    what = (text, label, kind or KINDS[label], f"unlisted/{name.lower()}", name, "", "", "x", "model", 0.5)
    return (f"d{at % 3}", *span, *what)


def mentions(*rows: Mention) -> pd.DataFrame:
    return tables.make("entities", [row(at, *it) for at, it in enumerate(rows)])


def found(*rows: Mention, words: Sequence[str] = ()) -> list[Suggestion]:
    """What is suggested for these mentions: (canonical name, text, label, kind)."""
    names = unlisted(mentions(*rows), REGISTRY).names
    return list(suggestions(names, REGISTRY, lambda form: form.lower() in words))


def only(*rows: Mention, words: Sequence[str] = ()) -> Suggestion:
    (suggestion,) = found(*rows, words=words)
    return suggestion


# ---- names ------------------------------------------------------------------------------------------


def test_the_most_frequent_name_comes_first() -> None:
    rows = [("Velm Bank", "Velm Bank"), ("Orrin", "Orrin", "GPE"), ("Orrin", "Orrin", "GPE")]
    assert [(it.entity.name, len(it.places), it.documents) for it in found(*rows)] == [
        ("Orrin", 2, 2),
        ("Velm Bank", 1, 1),
    ]


def test_what_is_seen_most_decides() -> None:
    name, of = "Velm Bank", [("ORG", ""), ("LOC", ""), ("ORG", "")]
    entity = only(*[(name, name, *it) for it in of]).entity
    assert entity == Entity(id="velm-bank", name=name, label="ORG", kind="organisation")


def test_listed_names_are_no_suggestions() -> None:
    listed = row(0, "Grain Union", "Grain Union")
    known = tables.make(
        "entities", [tuple("union" if it == "unlisted/grain union" else it for it in listed)]
    )
    assert unlisted(known, REGISTRY) == Unlisted([], 0, 0)


@pytest.mark.parametrize("name", ["Grain Union", "GRAIN UNION", "GU"])
def test_what_the_registry_has_learnt_since_is_left_out(name: str) -> None:
    assert unlisted(mentions((name, name)), REGISTRY) == Unlisted([], 0, 1)


def test_authors_who_are_only_cited_are_left_out() -> None:
    rows = [
        ("Ann Ash", "Ash", "PERSON", "cited author"),
        ("Bo Birch", "Birch", "PERSON", "cited author"),
        ("Bo Birch", "Bo Birch", "PERSON"),
    ]
    names, cited, _ = unlisted(mentions(*rows), REGISTRY)
    assert [(it.name, len(it.places)) for it in names] == [("Bo Birch", 1)]
    assert cited == 1


@pytest.mark.parametrize(
    ("name", "label", "form", "written"),
    [
        ("Velm Bank", "ORG", "Bank of the Velm", Alias(name="Bank of the Velm")),
        ("Velm Bank", "ORG", "the\nBank", Alias(name="the Bank")),
        ("Velm Bank", "ORG", "VB", Alias(name="VB", case="exact")),
        ("Velm Bank", "ORG", "V.B.", Alias(name="V.B.", case="exact")),
        ("Velm Bank", "ORG", "Velmbank", Alias(name="Velmbank")),
        ("Velm Bank", "ORG", "Bank", Alias(name="Bank", case="exact")),
        ("Velm Bank", "ORG", "bank", Alias(name="bank")),
        ("Velm Bank", "ORG", "VELM BANK", None),
        ("Ann Ash", "PERSON", "Ash", Alias(name="Ash", case="exact", if_defined=True)),
        ("Mira Holt", "PERSON", "Holt", Alias(name="Holt", if_defined=True)),
        ("Mira Holt", "PERSON", "M. Holt", Alias(name="M. Holt")),
    ],
)
def test_other_forms_become_aliases(name: str, label: str, form: str, written: Alias | None) -> None:
    entity = only((name, name, label), (name, form, label), words=["bank", "ash"]).entity
    assert list(entity.names())[1:] == ([written] if written else [])
    assert entity.acronyms == ((form,) if form in ("VB", "V.B.") else ())


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("Grain Union", "'Grain Union' is left out: it is a name of 'union'"),
        ("GU", "'GU' is left out: it is a name of 'union'"),
        ("Pact", "'Pact' is left out: it is a name of 'union'"),
    ],
)
def test_a_form_that_is_a_name_of_somebody_else_is_left_out(form: str, told: str) -> None:
    suggestion = only(("Velm Bank", "Velm Bank"), ("Velm Bank", form))
    assert list(suggestion.entity.names()) == [Alias(name="Velm Bank")]
    assert suggestion.remarks == (told,)


def test_a_form_of_two_names_goes_to_the_more_frequent() -> None:
    rows = [("Velm Bank", "VB"), ("Velm Bank", "VB"), ("Velm Board", "VB")]
    first, second = found(*rows)
    assert first.entity.acronyms == ("VB",)
    assert second.entity.acronyms == ()
    assert second.remarks == ("'VB' is left out: it is a name of 'velm-bank'",)


@pytest.mark.parametrize("name", ["Pact", "Bund", "Gu"])
def test_a_name_that_somebody_has_under_conditions_cannot_be_accepted(name: str) -> None:
    assert only((name, name)).owner == "union"


def test_a_name_that_is_a_common_word_is_told() -> None:
    told = "'Front' is also a common word: a longer name would be safer"
    assert only(("Front", "Front"), words=["front"]).remarks == (told,)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Union"], ["union-2"]),
        (["Velm-Bank", "Velm Bank"], ["velm-bank", "velm-bank-2"]),
        (["Çelik & O’Brien"], ["celik-obrien"]),
        (["Велм"], ["org"]),
        ([f"{'a' * 59} b"], ["a" * 59]),
    ],
)
def test_ids_are_plain_and_differ(names: list[str], ids: list[str]) -> None:
    assert [it.entity.id for it in found(*[(name, name) for name in names])] == ids


forms = st.text(st.sampled_from("AaBb .’'Ж"), min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=100)
@given(st.lists(st.tuples(forms, forms, st.sampled_from(sorted(KINDS))), max_size=12))
def test_the_registry_takes_all_that_can_be_accepted(rows: list[tuple[str, str, str]]) -> None:
    new = [it.entity for it in found(*rows, words=["a", "ab"]) if not it.owner]
    joined = Registry(entities=(*REGISTRY.entities, *new))
    assert len(joined.entities) == 1 + len(new)


# ---- examples ---------------------------------------------------------------------------------------


def shown(*texts: tuple[str, str]) -> list[str]:
    """The examples of a name X from sentences of (document, text)."""
    sentences, places, start = {}, [], 0
    for number, (doc_id, text) in enumerate(texts):
        at = start + text.index("X")
        sentences[doc_id, number] = Sentence(start, text)
        places.append(Place(doc_id, number, at, at + 1))
        start += len(text) + 1
    return [f"{it.doc_id}: {it.text}" for it in examples(places, sentences)]


SHORT, GOOD, BETTER = "X is.", f"X {'is good ' * 10}.", f"X {'is it ' * 10}."


def test_short_whole_sentences_of_two_documents_are_shown() -> None:
    told = shown(("a", SHORT), ("a", GOOD), ("a", BETTER), ("b", GOOD.replace("good", "fine")))
    assert [it[:13] for it in told] == ["a: [[X]] is i", "b: [[X]] is f"]


def test_one_document_must_do_where_there_is_no_other() -> None:
    assert shown(("a", SHORT), ("a", BETTER)) == [
        f"a: {BETTER.replace('X', '[[X]]')}",
        "a: [[X]] is.",
    ]


def test_the_same_sentence_is_shown_once() -> None:
    assert len(shown(("a", GOOD), ("b", GOOD), ("b", GOOD))) == 1


def test_a_long_sentence_is_cut_between_words() -> None:
    (told,) = shown(("a", f"{'left ' * 100}X{' right' * 100}."))
    assert re.fullmatch(r"a: …(left ){23}\[\[X\]\]( right){19}…", told)


def test_nothing_in_a_sentence_steers_the_terminal() -> None:
    assert shown(("a", "Of X\n and \x1b[31m")) == ["a: Of [[X]] and <U+001B>[31m"]


# ---- the command ------------------------------------------------------------------------------------

SENTENCES = (
    "In the north of the country the Velm Bank lends money to all.",
    "Then the Velm Bank (VB) closed, and nobody was sorry.",
    "Nobody but the VB asked Orrin, says Ann Ash in her book.",
)
NAMES = [
    ("Velm Bank", "Velm Bank", 0, "ORG", "organisation"),
    ("Velm Bank", "Velm Bank", 1, "ORG", "organisation"),
    ("Velm Bank", "VB", 1, "ORG", "organisation"),
    ("Velm Bank", "VB", 2, "ORG", "organisation"),
    ("Ann Ash", "Ann Ash", 2, "PERSON", "cited author"),
    ("River Front", "says", 2, "ORG", "organisation"),
]


@pytest.fixture
def linked(project: Project) -> Project:
    """The golden project with tables as if it had been run."""
    starts = [sum(len(it) + 1 for it in SENTENCES[:at]) for at in range(3)]
    sentences = [
        ("ash-2001", at, start, start + len(text), 0, 1, "body", 0, None, text)
        for at, (start, text) in enumerate(zip(starts, SENTENCES, strict=True))
    ]
    rows = []
    for name, text, at, label, kind in NAMES:
        start = starts[at] + SENTENCES[at].index(text)
        about = (f"unlisted/{name}", name, "", "", "x", "model", 0.5)
        rows.append(("ash-2001", at, start, start + len(text), 0, 1, text, label, kind, *about))
    for stage, table, content in (
        ("annotate", "sentences", sentences),
        ("entities", "entities", rows),
        ("inventory", "words", [("front", 3, 1)]),
    ):
        parts.write(project, stage, table, "all", tables.make(table, content))
    return project


def run(project: Project, *arguments: str) -> int:
    return main(["--project", str(project.root), "entities", *arguments])


def test_names_to_learn_are_listed_with_sentences(
    linked: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(linked, "--unlinked") == 0
    assert capsys.readouterr().out == (
        "     4 Velm Bank (ORG, organisation), in 1 document\n"
        "       id velm-bank; also VB\n"
        "       ash-2001: In the north of the country the [[Velm Bank]] lends money to\n"
        "         all.\n"
        "       ash-2001: Nobody but the [[VB]] asked Orrin, says Ann Ash in her book.\n"
        "\n"
        "     1 River Front (ORG, organisation), in 1 document\n"
        "       id river-front; also says\n"
        "       ash-2001: Nobody but the VB asked Orrin, [[says]] Ann Ash in her book.\n"
        "\n"
        "2 of 2 names that configs/entities.yaml does not list\n"
        "left out: 1 that are only found as authors of cited works\n"
        "next: crossframe entities --accept [NAME ...]\n"
    )
    assert run(linked, "--unlinked", "--top", "1") == 0
    assert "River Front" not in (said := capsys.readouterr().out)
    assert "1 of 2 names" in said


ENTRY = "  - {id: velm-bank, name: Velm Bank, label: ORG, kind: organisation, acronyms: [VB]}"


@pytest.mark.parametrize("names", [["Velm Bank"], ["velm-bank", "VELM bank"], ["--top", "1"]])
def test_accepted_names_are_written(
    names: list[str], linked: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = linked.root / registry_entries.SHOWN
    before = path.read_text(encoding="utf-8")
    assert run(linked, "--accept", *names, "--dry-run") == 0
    assert capsys.readouterr().out == f"would write 1 into configs/entities.yaml\n   13 {ENTRY}\n"
    assert path.read_text(encoding="utf-8") == before
    assert run(linked, "--accept", *names) == 0
    assert capsys.readouterr().out == (
        f"wrote 1 into configs/entities.yaml\n   13 {ENTRY}\nnext: crossframe run\n"
    )
    assert path.read_text(encoding="utf-8") == before.replace("\n\ngroups", f"\n{ENTRY}\n\ngroups")


def test_what_is_accepted_is_suggested_no_more(linked: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = registry_entries.registry(registry_entries.read_text(linked))
    assert run(linked, "--accept") == 0
    after = registry_entries.registry(registry_entries.read_text(linked))
    assert [it.id for it in after.entities[len(before.entities) :]] == ["velm-bank", "river-front"]
    capsys.readouterr()
    assert run(linked, "--unlinked") == 0
    assert capsys.readouterr().out == (
        "0 of 0 names that configs/entities.yaml does not list\n"
        "left out: 1 that are only found as authors of cited works\n"
        "left out: 2 that it lists by now; 'crossframe run' links them\n"
    )
    assert run(linked, "--accept") == 0
    assert capsys.readouterr().out == "wrote 0 into configs/entities.yaml\n"


def take(project: Project, alias: str) -> None:
    """Give somebody in the registry this alias."""
    path = project.root / registry_entries.SHOWN
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("aliases: [Holt]", f"aliases: [{alias}]"), encoding="utf-8")


def test_a_name_that_is_taken_is_told(linked: Project, capsys: pytest.CaptureFixture[str]) -> None:
    take(linked, "{name: Velm Bank, language: de}")
    before = registry_entries.read_text(linked)
    assert run(linked, "--accept", "Velm Bank") == 2
    assert capsys.readouterr().err.startswith(
        "error: configs/entities.yaml: 'Velm Bank': 'holt' goes by that name too\n  -> add the name there"
    )
    assert registry_entries.read_text(linked) == before
    assert run(linked, "--accept") == 0
    said = capsys.readouterr().out
    assert said.startswith("note: Velm Bank: 'holt' goes by that name too, so it is not accepted\nwrote 1 ")
    assert "velm-bank" not in said


REFUSED = {
    "unknown name": (["--accept", "Velm Bnk"], "--accept: no suggestion 'Velm Bnk' (near: velm bank)"),
    "all unknown names": (["--accept", "zzz", "qqq"], "--accept: no suggestion 'zzz'; no suggestion 'qqq'"),
    "top alone": (["--top", "3"], "--top: goes with --unlinked or --accept"),
    "dry run alone": (["--dry-run"], "--dry-run: goes with --accept"),
    "dry run of a list": (["--unlinked", "--dry-run"], "--dry-run: goes with --accept"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    case: str, linked: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, told = REFUSED[case]
    before = registry_entries.read_text(linked)
    assert run(linked, *arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"error: {told}\n  -> ")
    assert registry_entries.read_text(linked) == before


def test_names_are_listed_or_accepted(linked: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(linked, "--unlinked", "--accept")
    assert "--accept: not allowed with argument --unlinked" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--unlinked"], ["--accept"]])
def test_before_a_run_there_is_nothing_to_learn_from(
    arguments: list[str], project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, *arguments) == 2
    assert capsys.readouterr().err.startswith(
        "error: crossframe entities: needs table entities, which is not there yet\n"
        "  -> run 'crossframe entities' first, or 'crossframe run' for all stages\n"
    )


def test_a_broken_registry_is_told_with_its_line(
    linked: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    take(linked, "Sarn")
    assert run(linked, "--accept") == 2
    assert (
        "entities[2] 'sarn' (line 3) and entities[7].aliases[1] 'holt' (line 12)" in capsys.readouterr().err
    )
