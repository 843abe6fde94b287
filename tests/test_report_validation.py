"""report: what is said of the coder's errors, and of what is to be read."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from reporting import EVIL, plain, reported, rows_of

from nlp import tables

BOOK = small_codebook({"flood": ["water"], "fire": ["smoke"]}, {"affirmed": [], "denied": []})
PLAIN_BOOK = small_codebook({"flood": ["water"], "fire": ["smoke"]}, {})
MODELS = ("machine", "cues", "words", "majority")
SHARES = ("precision", "recall", "f1")
PRESENCE = (*SHARES, "average_precision", "calibration_error")


def quality(*models: str, stances: bool = True, codes: int = 9) -> pd.DataFrame:
    """Half of everything is right where authors are left out, three quarters where blocks are."""
    return tables.make("coder_quality", _quality(models, stances, codes))


def _quality(models: tuple[str, ...], stances: bool, codes: int) -> Iterator[tuple[Any, ...]]:
    targets: list[tuple[str, str, str, tuple[str, ...]]]
    targets = [("presence", frame, "any", PRESENCE) for frame in ("flood", "fire", "macro")]
    if stances:
        targets += [("stance", "all", stance, SHARES) for stance in ("affirmed", "denied")]
        targets += [("stance", "all", "macro", (*SHARES, "calibration_error"))]
    for scheme, value in (("author", 0.5), ("block", 0.75)):
        for model in models:
            for task, frame, stance, measures in targets:
                for measure in measures:
                    about = scheme, model, task, frame, stance
                    yield *about, "all", measure, value, value - 0.1, value + 0.1, codes, 40
                    yield *about, "Ada", measure, value, None, None, codes, 20


def validation(book: Any = BOOK, **made: pd.DataFrame) -> str:
    return reported("validation", book, **made)


# ---- scores -----------------------------------------------------------------------------------------


def test_the_machine_stands_beside_three_baselines_and_beside_blocks_left_out() -> None:
    html = validation(coder_quality=quality(*MODELS)).split("<h3>")[0]
    half = " ".join(5 * ["50.0 % 40.0–60.0"])
    machine, *others = rows_of(html)[:4]
    assert machine == f"Mean of all frames 9 codes machine {half} 75.0 % 65.0–85.0 25.0"
    assert [it.split(" 50.0")[0] for it in others] == ["cue words", "words (TF-IDF)", "most frequent"]
    assert [it.split(" 9 codes")[0] for it in rows_of(html)[::4]] == ["Mean of all frames", "flood", "fire"]


def test_of_a_single_author_blocks_alone_tell_of_the_machine() -> None:
    both = quality("machine", "cues")
    alone = both[(both["model"] == "cues") | (both["scheme"] == "block")]
    more = alone["count"].where(alone["scheme"] == "author", 11)
    html = validation(coder_quality=alone.assign(count=more)).split("<h3>")[0]
    machine, cues = rows_of(html)[:2]
    assert machine == "Mean of all frames 9 codes machine – – – – – 75.0 % 65.0–85.0 –"
    assert cues.startswith("cue words 50.0 %")
    assert "nothing is known of how the machine does on a new author" in html
    assert "trained on the other authors alone" not in html


def test_a_machine_that_some_authors_cannot_be_left_out_of_is_not_compared() -> None:
    """Cue words are judged on all of the sample, the machine on less of it, whichever row is read last."""
    both = quality("machine", "cues", "words")
    fewer = (both["scheme"] == "author") & (both["model"] != "cues")
    some = both.assign(
        count=both["count"].mask(fewer, 3),
        total=both["total"].where(~fewer | (both["author"] != "all"), 10),
    )
    html = validation(coder_quality=some).split("<h3>")[0]
    machine, cues, _ = rows_of(html)[:3]
    assert machine.startswith("Mean of all frames 9 codes machine 10 of 40 sentences 50.0 %")
    assert machine.endswith("75.0 % 65.0–85.0 –")
    assert cues.endswith("25.0")
    assert "judged on 10 of 40 sentences, cue words on all" in plain(html)


def test_stances_have_a_table_of_their_own() -> None:
    html = validation(coder_quality=quality("machine")).split("<h3>Stances")[1].split("<h3>")[0]
    mean, affirmed, denied = rows_of(html)
    figures = "50.0 % 40.0–60.0 50.0 % 40.0–60.0 50.0 % 40.0–60.0 – 75.0 % 65.0–85.0 25.0"
    assert mean.startswith("Mean of all stances 9 codes machine 50.0 %")
    assert "Average precision" not in html  # it is not measured of stances
    assert [affirmed, denied] == [f"{it} 9 codes machine {figures}" for it in ("affirmed", "denied")]


def test_the_confusion_of_stances_tells_counts_and_shares() -> None:
    counts = {("affirmed", "affirmed"): 6, ("affirmed", "denied"): 2, ("denied", "denied"): 0}
    rows = [
        (scheme, frame, true, said, counts.get((true, said), 0) if frame == "all" else 7)
        for scheme in ("author", "block")
        for frame in ("all", "flood", "fire")
        for true in ("affirmed", "denied")
        for said in ("affirmed", "denied")
    ]
    html = validation(coder_quality=quality("machine"), confusion=tables.make("confusion", rows))
    found = rows_of(html.split("What the machine makes of")[1].split("<h3>")[0])
    assert found == ["affirmed 6 75.0 % 2 25.0 %", "denied 0 0.0 % 0 0.0 %"]


@pytest.mark.parametrize(
    ("codes", "row"),
    [
        (5, "Ada 50.0 % 5 codes 50.0 % 5 codes 50.0 % 50.0 %"),
        (4, "Ada too few 4 codes too few 4 codes – –"),
        (1, "Ada too few 1 code too few 1 code – –"),
    ],
)
def test_an_author_left_out_is_told_of_where_there_are_enough_codes(codes: int, row: str) -> None:
    html = validation(coder_quality=quality("machine", "cues", codes=codes))
    assert rows_of(html.split("By author left out")[1].split("<h3>")[0]) == [row]


def test_the_mean_of_an_author_is_over_frames_with_enough_codes() -> None:
    table = quality("machine", "cues")
    own = (table["author"] == "Ada") & (table["scheme"] == "author") & (table["task"] == "presence")
    table.loc[own & (table["frame"] == "flood"), "estimate"] = 0.9
    table.loc[own & (table["frame"] == "fire"), "count"] = 2
    html = validation(coder_quality=table).split("By author left out")[1].split("<h3>")[0]
    assert rows_of(html) == ["Ada 90.0 % 9 codes too few 2 codes 90.0 % 90.0 %"]


# ---- what there is to compare it with ---------------------------------------------------------------


def test_without_a_trained_machine_cue_words_are_judged_alone() -> None:
    html = validation(coder_quality=quality("cues"))
    assert "too small to train a machine" in html
    assert all(" machine " not in row for row in rows_of(html))
    assert "By author left out" not in html


def test_without_coded_sample_nothing_is_known() -> None:
    html = validation()
    assert "No coded sample" in html
    assert "<table" not in html


def test_without_stances_there_is_nothing_of_them() -> None:
    html = validation(PLAIN_BOOK, coder_quality=quality("machine", stances=False))
    assert "stance" not in plain(html).lower()
    assert len(rows_of(html)) == 3 + 1


def test_views_stand_by_what_was_done_with_them() -> None:
    names = ["cues alone", "with words", "without cues", "as it is"]
    rows = [
        (scheme, "presence", views, 0.6, 0.0 if views == "as it is" else -0.05, -0.1, 0.02)
        for scheme in ("author", "block")
        for views in names
        if (scheme, views) != ("block", "with words")
    ]
    html = validation(coder_quality=quality("machine"), ablation=tables.make("ablation", rows))
    assert rows_of(html.split("What each view is worth")[1].split("<h3>")[0]) == [
        "as it is 60.0 % – 60.0 % –",
        "without cues 60.0 % −5.0 −10.0 to 2.0 60.0 % −5.0 −10.0 to 2.0",
        "cues alone 60.0 % −5.0 −10.0 to 2.0 60.0 % −5.0 −10.0 to 2.0",
        "with words 60.0 % −5.0 −10.0 to 2.0 – –",
    ]


# ---- mistakes ---------------------------------------------------------------------------------------

MISSED = ("frame missed", 0.97, "a1", 3, "", "denied", "The water rose.")
OTHER = ("other stance", 0.81, "a1", 5, "affirmed", "denied", "The water did not rise.")


def mistakes(*rows: tuple[Any, ...]) -> pd.DataFrame:
    found = [("flood", rank, *row) for rank, row in enumerate(rows, start=1)]
    return tables.make("mistakes", found)


def test_mistakes_are_listed_by_frame_with_their_sentence() -> None:
    html = validation(coder_quality=quality("machine"), mistakes=mistakes(MISSED, OTHER))
    read = html.split("Mistakes to read")[1]
    assert "flood: 2 sentences" in read
    assert "fire" not in read
    first, second = (plain(it) for it in read.split("<li>")[1:])
    assert first.startswith(
        "The water rose. frame missed 0.97 · reference: denied · machine: does not see it · a1/3"
    )
    assert "other stance 0.81 · reference: denied · machine: affirmed" in second
    assert 'href="#a1/3"' in read


def test_without_stances_a_mistake_is_one_of_presence() -> None:
    row = ("frame missed", 0.97, "a1", 3, "", "present", "The water rose.")
    html = validation(PLAIN_BOOK, coder_quality=quality("machine", stances=False), mistakes=mistakes(row))
    assert "The water rose. frame missed 0.97 · a1/3" in plain(html)


def test_of_a_long_unit_the_beginning_is_shown() -> None:
    text = "word " * 400
    html = validation(coder_quality=quality("machine"), mistakes=mistakes((*MISSED[:-1], text)))
    shown = plain(html.split("<li>")[1].split("<span")[0])
    assert shown.endswith(" word …")
    assert 900 < len(shown) <= 1002


def test_no_mistake_becomes_markup() -> None:
    html = validation(coder_quality=quality("machine"), mistakes=mistakes((*MISSED[:-1], EVIL)))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


# ---- agreement --------------------------------------------------------------------------------------


def agreement(rows: list[tuple[Any, ...]]) -> list[str]:
    """The coders, task and frame of each row of the table."""
    codes = [("a1", 0, "kim", "flood", "b0", True, "denied", BOOK.hash, "", None)]
    html = validation(
        reliability=tables.make("reliability", rows), coded_sentences=tables.make("coded_sentences", codes)
    )
    return [row.split(" 0.80")[0] for row in rows_of(html)]


def test_with_a_single_coder_there_is_only_the_machine_to_agree_with() -> None:
    rows = [
        (frame, "presence", "kim", "machine", 0.8, 0.7, 0.9, 0.95, 40)
        for frame in ("fire", "flood", "macro")
    ]
    assert agreement(rows) == ["kim machine presence Mean of all frames"]


def test_agreement_stands_by_task_the_mean_before_the_frames() -> None:
    rows = [
        (frame, task, *pair, 0.8, 0.7, 0.9, 0.95, 40)
        for frame in ("fire", "flood", "macro")
        for task in ("presence", "stance")
        for pair in (("all", "all"), ("kim", "lee"))
    ]
    assert agreement(rows) == [
        "all coders presence Mean of all frames",
        "all coders presence flood",
        "all coders presence fire",
        "all coders stance Mean of all frames",
        "all coders stance flood",
        "all coders stance fire",
        "kim lee presence Mean of all frames",
        "kim lee stance Mean of all frames",
    ]
