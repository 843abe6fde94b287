"""entities: who is meant by a mention, and how well that and the mentions themselves are found."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from nlp import entities
from nlp.entities.labels import check_labels
from nlp.entities.people import People, Person
from nlp.entities.units import Name, Unit, align
from nlp.errors import CodingError, ConfigError
from nlp.registry import Registry
from nlp.store.configs import read_params
from nlp.store.project import Project
from nlp.tables import check, make

PARAMS = read_params(Project(ROOT)).entities.model_copy(update={"replicates": 200})
REGISTRY = Registry.model_validate(
    {
        "entities": [
            {"id": "north", "name": "Northland", "label": "GPE", "kind": "state"},
            {"id": "orrin", "name": "Orrin", "label": "GPE", "kind": "place", "metonym_of": "north"},
            {
                "id": "northern",
                "name": "Northern",
                "label": "NORP",
                "kind": "group",
                "adjective_of": "north",
            },
            {"id": "holt", "name": "Mira Holt", "label": "PERSON", "kind": "person", "aliases": ["Holt"]},
            {"id": "league", "name": "River League", "label": "ORG", "kind": "international organisation"},
        ]
    }
)
KINDS = {"GPE": "place", "PERSON": "person", "ORG": "organisation"}


def mention(text: str, label: str = "PERSON", **more: Any) -> dict[str, Any]:
    return {"doc_id": "a", "text": text, "label": label, "found_by": "model", "entity_id": ""} | more


def linked(*mentions: dict[str, Any]) -> pd.DataFrame:
    """Mentions in a row, a sentence for each, as the stage links them."""
    rows = [
        (it["doc_id"], n, *(10 * n, 10 * n + 5) * 2, it["text"], it["label"], "pipeline", *_more(it))
        for n, it in enumerate(mentions)
    ]
    none = {name: make(name, []) for name in ("texts", "sentences", "coded_mentions")}
    return entities.run(PARAMS, mentions=make("mentions", rows), registry=REGISTRY, **none).entities


def _more(told: dict[str, Any]) -> tuple[Any, ...]:
    return told["found_by"], told["entity_id"], told.get("long_form", ""), told.get("cited", False)


def links(*mentions: dict[str, Any]) -> list[str]:
    found = linked(*mentions)
    columns = [found[name] for name in ("entity_id", "entity", "linked_by")]
    return ["|".join(row) for row in zip(*columns, strict=True)]


HOLT = "holt|Mira Holt"
ADA = "unlisted/ada-berg|Ada Berg"


@pytest.mark.parametrize(
    ("mentions", "found"),
    [
        # the registry decides
        ([mention("Holt", found_by="registry", entity_id="holt")], [f"{HOLT}|alias"]),
        (
            [mention("RL", "ORG", found_by="abbreviation", entity_id="league")],
            ["league|River League|abbreviation"],
        ),
        # an abbreviation is what the document says it is
        (
            [mention("Union of Ports", "ORG"), mention("UoP", "ORG", long_form="Union of Ports")],
            [
                "unlisted/union-of-ports|Union of Ports|model",
                "unlisted/union-of-ports|Union of Ports|abbreviation",
            ],
        ),
        # a surname is the one person of that name, in the document or elsewhere
        ([mention("Ada Berg"), mention("Berg")], [f"{ADA}|model", f"{ADA}|surname"]),
        ([mention("Berg"), mention("Ada Berg", doc_id="b")], [f"{ADA}|surname", f"{ADA}|model"]),
        ([mention("A. Berg"), mention("Ada Berg")], [f"{ADA}|surname", f"{ADA}|model"]),
        (
            [mention("Ada Berg"), mention("Bo Berg"), mention("Berg")],
            [f"{ADA}|model", "unlisted/bo-berg|Bo Berg|model", "unlisted/berg|Berg|model"],
        ),
        (
            [mention("Mira Holt", found_by="registry", entity_id="holt"), mention("M. Holt")],
            [f"{HOLT}|alias", f"{HOLT}|surname"],
        ),
        ([mention("Berg", "GPE"), mention("Ada Berg")], ["unlisted/berg|Berg|model", f"{ADA}|model"]),
        # what a document never names in full may be explained by another one
        (
            [mention("V. Ek"), mention("Ek"), mention("Viktor Ek", doc_id="b")],
            [
                "unlisted/viktor-ek|Viktor Ek|surname",
                "unlisted/viktor-ek|Viktor Ek|surname",
                "unlisted/viktor-ek|Viktor Ek|model",
            ],
        ),
        # the bare surname of the author of a cited work is not looked for elsewhere
        (
            [mention("Berg", cited=True), mention("Ada Berg", doc_id="b")],
            ["unlisted/berg|Berg|model", f"{ADA}|model"],
        ),
        ([mention("Berg", cited=True), mention("Ada Berg")], [f"{ADA}|surname", f"{ADA}|model"]),
        (
            [mention("Holt", found_by="registry", entity_id="holt", cited=True)],
            ["unlisted/holt|Holt|model"],
        ),
        (
            [
                mention("Holt", found_by="registry", entity_id="holt", cited=True),
                mention("Holt", found_by="registry", entity_id="holt"),
            ],
            [f"{HOLT}|alias", f"{HOLT}|alias"],
        ),
        # forms of one name
        (
            [mention("Sea Watch", "ORG"), mention("Sea-Watch", "ORG"), mention("Sea Watch", "ORG")],
            ["unlisted/sea-watch|Sea Watch|model"] * 3,
        ),
        ([mention("Łódź", "GPE")], ["unlisted/łodz|Łódź|model"]),
    ],
)
def test_links(mentions: list[dict[str, Any]], found: list[str]) -> None:
    assert links(*mentions) == found


def test_an_entity_tells_its_kind_and_for_whom_it_counts() -> None:
    found = linked(
        mention("Orrin", "GPE", found_by="registry", entity_id="orrin"),
        mention("Northern", "NORP", found_by="registry", entity_id="northern"),
        mention("Elsewhere", "GPE"),
        mention("Berg", cited=True),
    )
    columns = ["kind", "metonym_of", "adjective_of", "actor_id"]
    assert [tuple(row) for row in found[columns].itertuples(index=False)] == [
        ("place", "north", "", "north"),
        ("group", "", "north", "north"),
        ("place", "", "", "unlisted/elsewhere"),
        ("cited author", "", "", "unlisted/berg"),
    ]


def test_a_link_is_trusted_as_the_parameters_say() -> None:
    found = linked(
        mention("Berg"), mention("Ada Berg", doc_id="b"), mention("Bo Ek"), mention("Ek", "PERSON")
    )
    trust = PARAMS.trust
    assert list(found["confidence"]) == [
        trust["elsewhere"],
        trust["model"],
        trust["model"],
        trust["surname"],
    ]


names = st.sampled_from(
    ["Ada Berg", "A. Berg", "Berg", "Bo Berg", "Ek", "D. Ek", "Dag Ek", "Ada", "ada berg"]
)


@given(st.lists(st.tuples(names, st.sampled_from("ab"), st.booleans()), max_size=8))
def test_every_mention_is_linked_once_and_in_any_order_alike(told: list[tuple[str, str, bool]]) -> None:
    mentions = [mention(name, doc_id=doc_id, cited=cited) for name, doc_id, cited in told]
    forwards, backwards = links(*mentions), links(*mentions[::-1])
    assert forwards == backwards[::-1]
    assert len(forwards) == len(told)


@pytest.mark.parametrize(
    ("full", "asked", "found"),
    [
        (["George W. Bush", "George H. W. Bush"], "Bush", None),
        (["George W. Bush", "George H. W. Bush"], "George Bush", None),
        (["George W. Bush", "George H. W. Bush"], "George H. Bush", "George H. W. Bush"),
        (["Ivan Petrovich Holt", "Ivan Ilyich Holt"], "Ivan Ilyich Holt", "Ivan Ilyich Holt"),
        (["Ursula van der Velde"], "van der Velde", "Ursula van der Velde"),
        (["Ursula van der Velde"], "Velde", "Ursula van der Velde"),
        (["Carlos de Souza"], "De Souza", None),
        (["Viktor Holt Jr."], "Holt", "Viktor Holt Jr."),
        (["M. I. Holt"], "Mira Holt", "M. I. Holt"),
        (["Mira Holt", "Bo Holt"], "M. Holt", "Mira Holt"),
    ],
)
def test_who_is_called(full: list[str], asked: str, found: str | None) -> None:
    person = People([(name, Person(f"unlisted/{name}", name)) for name in full]).called(asked)
    assert (person and person.name) == found


def test_a_person_is_called_by_what_fits_nobody_else() -> None:
    ada, bo = Person("1", "Ada Berg"), Person("2", "Bo Ek")
    people = People(
        [("Ada Berg", ada), ("A. Berg", Person("unlisted/a-berg", "A. Berg")), ("Bo Ek", bo), ("B. Ek", bo)]
    )
    asked = ["Berg", "A. Berg", "A Berg", "Ada Berg", "C. Berg", "berg", "Ek", "Dahl", ""]
    assert [people.called(name) for name in asked] == [ada, ada, ada, ada, None, ada, bo, None, None]


# ---- quality --------------------------------------------------------------------------------------------

TEXT = "Mr Holt of Orrin met the League. Northland paid."


def coded(
    *mentions: tuple[str, str, str], unit: str = "u0", text: str = TEXT, block: str = "b0"
) -> list[tuple]:
    """Rows of a coded unit; each mention is told as text, label and entity."""
    place = (unit, "a", block, 0, len(TEXT), text)
    found = [
        (*place, text.index(it), text.index(it) + len(it), label, name) for it, label, name in mentions
    ]
    return found or [(*place, None, None, "", "")]


def run(
    rows: list[tuple], mentions: Sequence[tuple[str, str, str]], alone: Sequence[tuple[str, str]] = ()
) -> entities.Result:
    """Of coded rows, where the pipeline finds these mentions (text, label, id), the model alone others."""
    found = []
    for name, label, *listed in (*mentions, *alone):
        start = TEXT.index(name)
        span = (start, start + len(name)) * 2
        by = "registry" if any(listed) else "model"
        told = ("pipeline", by, *listed) if listed else ("model", by, "")
        found.append(("a", 0, *span, name, label, *told, "", False))
    return entities.run(
        PARAMS,
        texts=make("texts", [("a", "A", "en", TEXT)]),
        sentences=make("sentences", [("a", 0, 0, len(TEXT), 0, len(TEXT), "body", 0, None, TEXT)]),
        mentions=make("mentions", found),
        coded_mentions=make("coded_mentions", rows),
        registry=REGISTRY,
    )


def measured(rows: list[tuple], *mentions: tuple[str, str, str]) -> pd.DataFrame:
    return check("entity_quality", run(rows, mentions).entity_quality)


def quality(rows: list[tuple], *mentions: tuple[str, str, str]) -> dict[tuple[str, ...], float]:
    """The measures of the pipeline by task, label and measure."""
    table = measured(rows, *mentions)
    own = table[table["recogniser"] == "pipeline"]
    return {(it.task, it.label, it.measure): it.estimate for it in own.itertuples()}


HOLT_CODED, ORRIN_CODED = ("Holt", "PERSON", "Mira Holt"), ("Orrin", "GPE", "Orrin")
LEAGUE_CODED = ("League", "ORG", "River League")
ALL_CODED = [HOLT_CODED, ORRIN_CODED, LEAGUE_CODED]


def test_all_found_is_perfect() -> None:
    found = quality(
        coded(*ALL_CODED),
        ("Holt", "PERSON", "holt"),
        ("Orrin", "GPE", "orrin"),
        ("League", "ORG", "league"),
    )
    assert set(found.values()) == {1.0}


def test_wrong_spans_labels_links_and_names_too_many_cost() -> None:
    found = quality(
        coded(*ALL_CODED),
        ("Mr Holt", "PERSON", ""),
        ("Orrin", "GPE", "north"),
        ("League", "GPE", ""),
        ("paid", "GPE", ""),
    )
    assert found["strict", "all", "precision"] == 1 / 4
    assert found["strict", "all", "recall"] == 1 / 3
    assert found["strict", "all", "f1"] == 2 / 7
    assert found["lenient", "all", "recall"] == 2 / 3
    assert found["strict", "PERSON", "f1"] == 0
    assert found["linking", "all", "accuracy"] == 0


def test_broken_capitals_and_notes_in_between_do_not_count_as_errors() -> None:
    text = "mr holt of orrin 12 met the  league. Northland paid."
    rows = coded(("holt", "PERSON", "Mira Holt"), ("orrin", "GPE", "orrin"), text=text)
    found = quality(rows, ("Holt", "PERSON", "holt"), ("Orrin", "GPE", "orrin"))
    assert found["strict", "all", "f1"] == found["linking", "all", "accuracy"] == 1


def test_a_footnote_that_was_moved_away_is_no_part_of_its_unit() -> None:
    text = "Holt met Orrin. She won. See the League."
    sentences = [
        ("a", 0, 0, 15, 0, 35, "body", 0, None, "Holt met Orrin."),  # the note stood in it
        ("a", 1, 16, 24, 36, 44, "body", 0, None, "She won."),
        ("a", 2, 25, 40, 9, 24, "note", 1, None, "See the League."),
    ]
    units = align(
        make("coded_mentions", [("u0", "a", "b0", 0, 35, "Holt met Orrin.", 0, 4, "PERSON", "Mira Holt")]),
        make("texts", [("a", "A", "en", text)]),
        make("sentences", sentences),
    )
    assert units == [Unit("u0", "a", "b0", 0, 15, [Name(0, 4, "PERSON", "Mira Holt")])]


def test_without_coded_mentions_nothing_is_said() -> None:
    assert quality([]) == {}


def test_a_unit_without_names_counts_what_is_found_there_as_wrong() -> None:
    rows = coded() + coded(HOLT_CODED, unit="u1", block="b1")
    found = quality(rows, ("Holt", "PERSON", "holt"))
    assert found["strict", "all", "precision"] == 1 / 2


def test_intervals_hold_the_estimate_and_are_those_of_the_seed() -> None:
    rows = coded(*ALL_CODED) + coded(HOLT_CODED, unit="u1", block="b1")
    tables = [measured(rows, ("Holt", "PERSON", "holt")) for _ in range(2)]
    pd.testing.assert_frame_equal(*tables)
    known = tables[0].dropna()
    assert (known["low"] <= known["estimate"]).all()
    assert (known["estimate"] <= known["high"]).all()


def test_every_coded_and_every_found_name_says_what_became_of_it() -> None:
    rows = coded(*ALL_CODED)
    found = (("Holt", "PERSON", "holt"), ("Orrin", "GPE", "north"), ("League", "GPE", ""))
    checked = check("checked_names", run(rows, found, [("Orrin", "GPE"), ("Mr", "PERSON")]).checked_names)
    told = checked[["text", "label", "coded_entity", "entity", "pipeline", "model"]]
    assert ["|".join(row) for row in told.itertuples(index=False)] == [
        "Holt|PERSON|Mira Holt|Mira Holt|right|missed",
        "Orrin|GPE|Orrin|Northland|mislinked|right",
        "League|ORG|River League||missed|missed",
        "Mr|PERSON||||false",
        "League|GPE||League|false|",
    ]


def test_a_coded_name_without_a_place_in_the_clean_text_is_missed_in_its_unit() -> None:
    rows = coded(("xyz", "ORG", "Xyz"), HOLT_CODED, text="xyz Mr Holt of Orrin met the League.")
    checked = check("checked_names", run(rows, [("Holt", "PERSON", "holt")]).checked_names)
    assert checked["pipeline"].tolist() == ["missed", "right"]
    assert checked["start"].isna().tolist() == [True, False]
    assert set(checked["sent_id"]) == {0}


NAMES = [("Holt", "PERSON", "holt"), ("Orrin", "GPE", "orrin"), ("League", "ORG", "league")]
SOME = st.lists(st.sampled_from([*NAMES, ("Northland", "GPE", ""), ("met", "ORG", "")]), unique=True)


@given(st.lists(st.sampled_from(ALL_CODED), unique=True), SOME, SOME)
def test_the_cases_are_those_that_the_measures_count(
    one: list[tuple[str, str, str]], found: list[tuple[str, str, str]], alone: list[tuple[str, str, str]]
) -> None:
    rows = coded(*one) + coded(HOLT_CODED, unit="u1", block="b1")
    result = run(rows, found, [it[:2] for it in alone])
    table = result.entity_quality.set_index(["recogniser", "task", "label", "measure"])["estimate"]
    for by in ("pipeline", "model"):
        cases = result.checked_names[by].value_counts()
        right = cases.get("right", 0) + cases.get("mislinked", 0)
        for measure, other in (("precision", "false"), ("recall", "missed")):
            whole = right + cases.get(other, 0)
            share = table[by, "strict", "all", measure]
            assert share == pytest.approx(right / whole) if whole else pd.isna(share)
        if by == "pipeline" and right:
            accuracy = table[by, "linking", "all", "accuracy"]
            assert accuracy == pytest.approx(cases.get("right", 0) / right)


def test_a_label_that_nobody_knows_is_told() -> None:
    none = make("coded_mentions", [])
    check_labels(PARAMS, REGISTRY, none)
    odd = REGISTRY.model_copy(
        update={"entities": (REGISTRY.entities[0].model_copy(update={"label": "GEP"}),)}
    )
    with pytest.raises(ConfigError, match=r"entities\[1\] 'north' has label 'GEP'"):
        check_labels(PARAMS, odd, none)
    with pytest.raises(ConfigError, match="no such kind: stat"):
        check_labels(PARAMS.model_copy(update={"kinds": {"GPE": "stat"}}), REGISTRY, none)
    rows = make("coded_mentions", coded(("Holt", "PERSOM", "Mira Holt")))
    with pytest.raises(CodingError, match="unit 'u0' has label 'PERSOM'"):
        check_labels(PARAMS, REGISTRY, rows)
