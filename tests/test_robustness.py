"""compare.robustness: contrasts in other variants of the analysis, and what does not hold in them."""

import json
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from worlds import CODEBOOK, FORCE, PARAMS, Codes, Key, any_world, frame_codes, held_out, only, run, world

from nlp import tables
from nlp.compare.groups import groups_of, members_of
from nlp.compare.judged import Judged, judge
from nlp.compare.robustness import KEYS, vary
from nlp.compare.variants import Material, from_threshold, in_paragraphs, in_zones, variants_of, without
from nlp.params import Params, Variants
from nlp.store import configs
from nlp.store.project import Project

EVERY = Variants(
    zones={"all of it": ["body"]}, units=["paragraph"], thresholds=[-0.1, 0.1], drop_documents=9, features=5
)
TEXTS = ["a1", "a2", "b1", "b2", "c1"]


def material(made: dict[str, Any]) -> Material:
    author = groups_of(members_of(made["documents"], "author"))
    label = made["documents"].set_index("doc_id")["author"]
    judged = judge(made["frame_codes"], made["validation"], made["units"], label, CODEBOOK)
    topics = made["topic_quality"], made["topic_runs"], made["topic_weights"]
    names = pd.Series(dtype="str")
    return Material(author, judged, made["measures"], made["counts"], names, *topics)


@cache
def varied() -> tuple[dict[str, Any], Any]:
    made = any_world(1, TEXTS, uncoded="")
    return made, run(made, variants=EVERY)


def test_a_variant_that_changes_nothing_tells_the_same() -> None:
    result = varied()[1]
    same = result.variants.query("variant == 'zones: all of it' and kind == 'frame'")
    shown = result.frame_differences.query("estimable").assign(kind="frame")
    both = same.merge(
        shown,
        left_on=["author", "other", "feature", "stance"],
        right_on=["author", "other", "frame", "stance"],
    )
    assert len(both) == len(same) == len(shown)
    for number in ("difference", "low", "high", "p"):
        np.testing.assert_allclose(both[f"{number}_x"], both[f"{number}_y"])


def test_a_dropped_document_tells_what_a_corpus_without_it_would() -> None:
    made, result = varied()
    smaller = {
        name: it[it["doc_id"] != "b2"].reset_index(drop=True) if "doc_id" in it else it
        for name, it in made.items()
    }
    expected = run(smaller)
    found = result.variants.query("variant == 'without: b2'").set_index(KEYS)
    for row in expected.frame_differences.query("estimable").itertuples():
        told = found.loc[("frame", row.author, row.other, row.frame, row.stance)]
        assert (told.difference, told.p) == pytest.approx((row.difference, row.p))
    for row in expected.topic_differences.query("estimable").itertuples():
        told = found.loc[("topic", row.author, row.other, str(row.topic), "")]
        assert (told.difference, told.p) == pytest.approx((row.difference, row.p))


def test_a_group_without_its_only_document_is_not_compared() -> None:
    left = varied()[1].variants.query("variant == 'without: c1'")
    assert "C" not in {*left["author"], *left["other"]}
    # Of the two that are left, each is the rest of the other.
    one = left.query("author == 'A' and other == 'B'").set_index(["kind", "feature", "stance"])
    rest = left.query("author == 'A' and other == 'rest'").set_index(["kind", "feature", "stance"])
    assert len(rest)
    np.testing.assert_allclose(rest["difference"], one.loc[rest.index, "difference"])


def test_headline_contrasts_are_all_that_can_be_estimated() -> None:
    result = varied()[1]
    counted = result.robustness.groupby("kind").size()
    assert counted["frame"] == result.frame_differences["estimable"].sum()
    assert counted["topic"] == result.topic_differences["estimable"].sum()


def test_shares_of_variants_are_counted_by_hand() -> None:
    result = varied()[1]
    every = {key: rows for key, rows in result.variants.groupby(KEYS)}
    for row in result.robustness.itertuples():
        own = every[row.kind, row.author, row.other, row.feature, row.stance]
        sign = np.sign(own["difference"]) == np.sign(row.difference)
        clear = own["p"] < 0.05
        assert row.variants == len(own)
        assert row.same_sign == pytest.approx(sign.mean())
        assert row.same_significance == pytest.approx((clear & sign if row.p < 0.05 else ~clear).mean())


def test_of_two_groups_no_rest_is_told() -> None:
    result = run(any_world(2, ["a1", "a2", "b1", "b2"], uncoded=""), variants=EVERY)
    assert set(result.robustness["other"]) == {"B"}


def test_one_group_has_nothing_that_could_hold() -> None:
    result = run(only(world(), "Ada"), variants=EVERY)
    assert result.robustness.empty
    assert result.variants.empty


def test_only_contrasts_that_a_variant_could_change_are_repeated() -> None:
    counted = varied()[1].variants.groupby("variant")["kind"].agg(set)
    assert counted["zones: all of it"] == {"frame", "word", "entity"}
    assert counted["threshold: +0.1"] == {"frame"}
    assert counted["without: b2"] == {"frame", "topic", "word", "entity"}


def test_words_and_names_with_the_smallest_p_are_repeated() -> None:
    made = varied()[0]
    result = run(made, variants=EVERY.model_copy(update={"features": 2}))
    shown = result.contrasts.groupby(["kind", "author", "other"])["p"]
    for group, rows in result.robustness.query("stance == ''").groupby(["kind", "author", "other"]):
        if group[0] != "topic":
            assert sorted(rows["p"]) == pytest.approx(sorted(shown.get_group(group).dropna())[:2])
    same = result.variants.query("variant == 'zones: all of it' and kind == 'word'").set_index(KEYS)
    first = result.robustness.query("kind == 'word'").set_index(KEYS)
    pd.testing.assert_frame_equal(same[["difference", "p"]], first[["difference", "p"]])


def test_the_longest_documents_are_left_out() -> None:
    made = material(any_world(1, TEXTS))
    words = made.measures.groupby("doc_id")["words"].sum()
    params = PARAMS.model_copy(update={"variants": EVERY.model_copy(update={"drop_documents": 2})})
    names = [it.name for it in variants_of(made, CODEBOOK, params)]
    left = [name.removeprefix("without: ") for name in names if name.startswith("without")]
    assert len(left) == 2
    assert min(words[left]) >= max(words.drop(left))


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [("paragraph", {"zones", "threshold", "without"}), ("document", {"zones", "threshold", "without"})],
)
def test_only_sentences_are_put_together(unit: str, kinds: set[str]) -> None:
    params = PARAMS.model_copy(update={"variants": EVERY})
    book = CODEBOOK.model_copy(update={"unit": unit})
    found = list(variants_of(material(world()), book, params))
    assert {it.name.split(":")[0] for it in found} == kinds
    assert ("frame" in found[0].kinds) == (unit == "paragraph")  # zones


def test_runs_of_the_model_are_variants_of_topics() -> None:
    made = any_world(1, TEXTS)
    means = made["topic_weights"].groupby(["doc_id", "topic"])["weight"].mean().reset_index()
    runs = [(5, 0, it.topic, 0.9 if it.topic else 0.1, it.doc_id, it.weight) for it in means.itertuples()]
    found = run(made | {"topic_runs": tables.make("topic_runs", runs)})
    told = found.variants.query("variant == 'model: 5 topics, run 0'")
    assert set(told["feature"]) == {"1", "2"}  # it does not have topic 0
    shown = found.topic_differences.set_index(["author", "other", "topic"])["difference"]
    for row in told.itertuples():
        assert row.difference == pytest.approx(shown[row.author, row.other, int(row.feature)])


# ---- single variants ----------------------------------------------------------------------------------


def coded(found: dict[Key, Codes], scores: dict[Key, float]) -> Judged:
    """Codes by a machine that gives these scores to the frame `coercion`."""
    made = world()
    validation = tables.make("validation", held_out("machine", found, {("a1", 0): ("x", FORCE)}))
    keys = zip(validation["doc_id"], validation["sent_id"], strict=True)
    validation["score"] = [scores[it] for it in keys]
    codes = tables.make("frame_codes", frame_codes("machine", found))
    label = made["documents"].set_index("doc_id")["author"]
    return judge(codes, validation, made["units"], label, CODEBOOK)


SCORES = {("a1", 0): 0.9, ("a1", 1): 0.5, ("a1", 2): 0.44, ("a1", 3): 0.36, ("a1", 4): 0.1}


@pytest.mark.parametrize(
    ("added", "present"), [(0.0, 2), (-0.1, 3), (-0.2, 4), (0.1, 1), (0.9, 0), (-0.9, 5)]
)
def test_another_threshold_is_counted_from_the_machines_own(added: float, present: int) -> None:
    """Its own lies between 0.44 and 0.5."""
    judged = coded({key: FORCE if score >= 0.5 else {} for key, score in SCORES.items()}, SCORES)
    changed = from_threshold(material(world())._replace(judged=judged), added=added).judged
    assert changed.guess[:, 1].any(axis=1).sum() == present
    assert (changed.truth == judged.truth).all()
    assert not changed.guess[:, 0].any()  # nothing shows the threshold of a frame that is nowhere


def test_other_zones_are_other_units() -> None:
    made = material(world(a1="note"))
    changed = in_zones(made._replace(judged=made.judged), zones=["body"])
    zones = made.judged.units["zone"]
    assert len(changed.judged.units) == (zones == "body").sum() < len(zones)
    assert set(changed.measures["zone"]) == set(changed.counts["zone"]) == {"body"}


def test_without_a_document_nothing_of_it_is_left() -> None:
    changed = without(material(world()), doc_id="a2")
    assert "a2" not in changed.author.index
    tables_left = [changed.judged.units, changed.measures, changed.counts, changed.topic_weights]
    assert all("a2" not in set(it["doc_id"]) for it in tables_left)


def test_a_paragraph_has_what_one_of_its_sentences_has() -> None:
    made = material(any_world(4, TEXTS, uncoded=""))
    found, own = in_paragraphs(made).judged, made.judged
    assert len(found.units) == len(own.units) / 4
    for at, unit in enumerate(found.units.itertuples()):
        inside = (
            (own.units["doc_id"] == unit.doc_id) & (own.units["paragraph"] == unit.paragraph)
        ).to_numpy()
        whole = (own.units.loc[inside, "block"] != "").all()
        assert (unit.block != "") == whole
        assert (found.guess[at] == own.guess[inside].any(axis=0)).all()
        assert (found.truth[at] == (own.truth[inside].any(axis=0) & whole)).all()
        assert whole == (unit.probability > 0)


def test_a_paragraphs_probability_is_that_of_coding_all_of_it() -> None:
    """Half of 20,000 blocks of four are drawn, from paragraphs of one to nine sentences."""
    draw = np.random.default_rng(3)
    n, size = 80_000, 4
    paragraph = np.repeat(np.arange(n), draw.integers(1, 10, n))[:n]
    block = np.arange(n) // size
    chosen = draw.random(n // size) < 0.5
    units = pd.DataFrame(
        {
            "doc_id": "a",
            "sent_id": np.arange(n),
            "block": np.where(chosen[block], block.astype(str), ""),
            "probability": np.nan,
            "zone": "body",
            "paragraph": paragraph,
        }
    )
    unsaid, absent = np.zeros((n, 1)), np.zeros((n, 1, 1), dtype=bool)
    judged = Judged(units, unsaid, unsaid, absent, absent, absent, exclusive=True)
    found = in_paragraphs(material(world())._replace(judged=judged)).judged.units
    whole = (found["block"] != "").groupby(np.bincount(paragraph)).mean()
    told = found["probability"].groupby(np.bincount(paragraph)).mean()
    np.testing.assert_allclose(told, whole, atol=0.015)


def test_zones_that_are_not_compared_are_refused() -> None:
    project = Project(ROOT)
    params = configs.read_params(project).model_dump(mode="json")
    params["compare"]["variants"]["zones"]["strange"] = ["reference"]
    with pytest.raises(ValueError, match=r"strange.*reference not in compare\.zones"):
        Params.model_validate_json(json.dumps(params))


def test_topics_and_frames_without_material_are_no_contrasts() -> None:
    made = any_world(0)
    empty = {
        name: tables.make(name, [])
        for name in (
            "measures",
            "counts",
            "validation",
            "frame_codes",
            "topic_quality",
            "topic_runs",
            "topic_weights",
        )
    }
    held, each = vary(material(made | empty), CODEBOOK, PARAMS.model_copy(update={"variants": EVERY}))
    assert held.empty
    assert each.empty
