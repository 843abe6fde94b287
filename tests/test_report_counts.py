"""report: how many units stand behind the figures on frames and on the machine's errors."""

from typing import Any

import pandas as pd
from conftest import small_codebook
from exhibited import table
from reporting import authors, members, opened, plain, reported, rows_of, shares

from nlp import tables
from nlp.codes import sample_of
from nlp.report.sections.calibration import calibration_of
from nlp.report.sections.frame_actors import frame_actors_of
from nlp.report.sections.limits import strongest
from nlp.report.sections.outcomes import outcomes_of
from nlp.report.units_seen import units_seen

BOOK = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})
MEMBERS = members({"a1": "Ada", "b1": "Bo"})
DOCUMENTS = pd.DataFrame({"doc_id": ["a1", "b1"], "author": ["Ada", "Bo"]})
Row = tuple[Any, ...]

# document, unit, in the sample, reference (present, stance), machine that had not seen the author, machine
UNITS: list[Row] = [
    ("a1", 0, True, "affirmed", "affirmed", "affirmed"),
    ("a1", 1, True, "denied", "", "affirmed"),
    ("a1", 2, True, "", "denied", "denied"),
    ("a1", 3, False, "", "denied", "denied"),
    ("b1", 0, True, "denied", "affirmed", ""),
]


def validation(units: list[Row] = UNITS) -> pd.DataFrame:
    rows = [
        (
            "author",
            model,
            doc_id,
            n,
            "flood",
            *_said(said),
            "b0" if sampled else "",
            None,
            *_true(true, sampled),
        )
        for doc_id, n, sampled, true, said, _ in units
        for model in ("cues", "machine")
    ]
    return tables.make("validation", rows)


def _said(stance: str) -> Row:
    return 0.9 if stance else 0.05, bool(stance), stance or "affirmed", 0.5


def _true(stance: str, sampled: bool) -> Row:
    return bool(stance) and sampled, stance if sampled else ""


def codes(units: list[Row] = UNITS) -> pd.DataFrame:
    rows = [
        (doc_id, n, "flood", coder, 0.5, bool(it), it, 0.5)
        for doc_id, n, _, true, _, said in units
        for coder, it in (("machine", said), ("final", true))
    ]
    return tables.make("frame_codes", rows)


# ---- who sees a frame -------------------------------------------------------------------------------


def test_the_reference_holds_in_the_sample_and_the_machine_elsewhere() -> None:
    seen = units_seen(codes(), validation(), MEMBERS)
    told = {it: n for it, n in seen.items() if it[0] == "Ada" and it[2] == "denied"}
    assert told == {
        ("Ada", "flood", "denied", "coded"): 1,
        ("Ada", "flood", "denied", "machine"): 2,
        ("Ada", "flood", "denied", "best"): 2,  # unit 1 by the reference, unit 3 by the machine
    }
    assert seen["Ada", "flood", "any", "best"] == 3
    assert ("Bo", "flood", "any", "machine") not in seen


def test_without_a_machine_cue_words_are_what_sees() -> None:
    cues = codes().replace({"coder": {"machine": "cues"}})
    nothing = tables.make("validation", [])
    assert units_seen(cues, nothing, MEMBERS)["Ada", "flood", "any", "best"] == 4


def test_a_share_opens_as_many_units_as_it_says() -> None:
    known = shares(["Ada", "Bo"], ["flood"], BOOK.split).assign(
        estimate=0.5, low=0.4, high=0.6, estimable=True, n_sentences=4, n_coded=3
    )
    made = {"prevalence": known, "authors": authors("Ada", "Bo"), "members": MEMBERS}
    html = reported("frames", BOOK, frame_codes=codes(), validation=validation(), **made)
    corrected, alone = html.split("<details>")[:2]
    row = corrected.split('<th scope="row">Ada</th>')[1]
    assert opened(row) == ("50.0 %", "codes-flood-1", "?author=Ada&frame=flood", "3")
    sample = row.split("</td>")[3]
    assert opened(sample) == ("3", "codes-flood-1", "?author=Ada&frame=flood&by=sample", "3")
    row = alone.split('<th scope="row">Ada</th>')[1]
    assert opened(row) == ("50.0 %", "codes-flood-1", "?author=Ada&frame=flood&by=coded", "2")


def test_the_sample_is_what_was_drawn_as_somebody_codes_it_who_had_not_seen_the_author() -> None:
    known = validation()
    blocks = known.assign(scheme="block", doc_id="c1")
    for model in ("cues", "machine"):
        found = sample_of(pd.concat([known, blocks]), model)
        assert set(found["model"]) == {model}
        drawn = [(doc_id, n) for doc_id, n, sampled, *_ in UNITS if sampled]
        assert list(zip(found["doc_id"], found["sent_id"], strict=True)) == drawn


def test_the_sample_has_all_units_also_where_no_machine_could_be_trained_without_an_author() -> None:
    known = validation()
    known = known[(known["model"] == "cues") | (known["doc_id"] != "b1")]
    assert set(sample_of(known, "cues")["doc_id"]) == {"a1", "b1"}
    assert set(sample_of(known, "machine")["doc_id"]) == {"a1"}


# ---- what the machine made of units -----------------------------------------------------------------


def test_outcomes_are_those_of_the_sample_by_machines_that_had_not_seen_the_author() -> None:
    found = outcomes_of(validation(), DOCUMENTS, "author")
    assert {it: n for it, n in found.counts.items() if it[0] in ("all", "Ada")} == {
        ("all", "flood", "hit"): 2,
        ("all", "flood", "missed"): 1,
        ("all", "flood", "false"): 1,
        ("Ada", "flood", "hit"): 1,
        ("Ada", "flood", "missed"): 1,
        ("Ada", "flood", "false"): 1,
    }


def test_a_stance_is_taken_for_another_also_where_the_frame_is_missed() -> None:
    found = outcomes_of(validation(), DOCUMENTS, "author")
    assert found.stances == {("affirmed", "affirmed"): 1, ("denied", "affirmed"): 2}


def test_units_of_an_author_are_asked_for_by_document_where_groups_are_others() -> None:
    assert outcomes_of(validation(), DOCUMENTS, "author").facets["Ada"] == {"author": ["Ada"]}
    assert outcomes_of(validation(), DOCUMENTS, "year").facets["Ada"] == {"doc": ["a1"]}


def test_without_a_machine_there_are_no_outcomes() -> None:
    cues = validation()
    cues = cues[cues["model"] == "cues"]
    found = outcomes_of(cues, DOCUMENTS, "author")
    assert not found.counts
    assert not found.stances
    assert calibration_of(cues, BOOK) is None


def test_probabilities_stand_against_shares_in_ten_bins() -> None:
    diagram = calibration_of(validation(), BOOK)
    assert diagram
    (panel,) = diagram.panels
    low, high = panel.points
    assert (low.units, low.share) == (1, 1.0)
    assert (high.units, round(high.share, 3), round(high.probability, 3)) == (3, 0.667, 0.9)
    assert (high.seen, high.between) == (2, "0.9-1.0")
    assert high.radius > low.radius
    assert panel.left < high.x < panel.left + diagram.size
    assert low.y == panel.top


def test_a_probability_of_one_is_in_the_last_bin() -> None:
    diagram = calibration_of(validation().assign(score=1.0), BOOK)
    assert diagram
    assert [it.units for it in diagram.panels[0].points] == [4]


# ---- actors in frames -------------------------------------------------------------------------------


def named(author: str, entity: str, count: int, stance: str = "any") -> dict[str, Any]:
    ids = {"entity_id": entity.lower(), "entity": entity, "frame": "flood", "stance": stance}
    return {"author": author, "count": count, "n_coded": 5, "coded": 2, "share": 0.25} | ids


def test_actors_stand_by_author_with_the_stances_of_their_units() -> None:
    rows = [named("Bo", "Sarn", 3), named("Ada", "Tolby", 1), named("Ada", "Sarn", 4)]
    split = [named("Ada", "Sarn", 3, "affirmed"), named("Ada", "Sarn", 1, "denied")]
    known = {"prevalence": shares(["Ada", "Bo"], ["flood"], BOOK.split), "members": MEMBERS}
    known |= {"authors": authors("Ada", "Bo"), "frame_actors": table("frame_actors", [*rows, *split])}
    html = reported("frames", BOOK, **known).split("Who stands in")[1]
    first, *others = rows_of(html)
    assert first == "Ada Sarn 4 25.0 % 10.0–10.0 10.0 % 3 1 2 of 5"
    assert [it.split(" 25.0")[0] for it in others] == ["Ada Tolby 1", "Bo Sarn 3"]
    asked = "?author=Ada&frame=flood&actor=sarn&by=machine"
    assert opened(html) == ("4", "codes-flood-1", asked, "4")


def test_of_many_authors_only_the_most_frequent_actors_are_shown() -> None:
    names = [f"A{at:03}" for at in range(300)]
    rows = table("frame_actors", [named(it, "Sarn", at + 1) for at, it in enumerate(names)])
    (frame,) = frame_actors_of(rows, names, BOOK)
    assert (len(frame.actors), frame.known) == (240, 300)
    assert [frame.actors[at].row.author for at in (0, -1)] == ["A060", "A299"]


def test_the_strongest_are_the_first_of_each_part_and_of_all() -> None:
    ranked = pd.DataFrame({"part": list("aabab"), "n": range(5)})
    assert list(strongest(ranked, ["part"], each=2, most=3)["n"]) == [0, 1, 2]


# ---- many groups ------------------------------------------------------------------------------------


def test_many_groups_go_down_the_rows() -> None:
    names = [f"A{at:02}" for at in range(13)]
    actors = [
        {"author": it, "counted": "rolled up", "entity_id": "sarn", "entity": "Sarn", "kind": "state"}
        | {"first_doc_id": it, "first_sent_id": 0}
        for it in names
    ]
    known = {"prevalence": shares(names, ["flood"], BOOK.split), "authors": authors(*names)}
    known |= {"members": members({it: it for it in names}), "actors": table("actors", actors)}
    html = reported("entities", BOOK, **known)
    assert "Author Sarn state" in plain(html)
    assert [it.split()[0] for it in rows_of(html)[:13]] == names
    assert '<th scope="col">A00</th>' not in html


def test_of_very_many_groups_those_with_most_words_are_shown() -> None:
    names = [f"A{at:03}" for at in range(160)]
    table_of = authors(*names)
    table_of["words"] = range(160)
    known = {"prevalence": shares(names, ["flood"], BOOK.split), "authors": table_of}
    known |= {"members": members({it: it for it in names})}
    assert "show the 100 groups with the most words" in plain(reported("overview", BOOK, **known))
    assert "A060" in (html := reported("frames", BOOK, **known))
    assert "A059" not in html
