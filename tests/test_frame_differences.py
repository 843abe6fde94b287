"""Samples put together add up, and differences that are none have p-values that say so."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import CODEBOOK, PARAMS

from nlp.compare.differences import differ
from nlp.compare.groups import pairs_of
from nlp.compare.judged import Judged
from nlp.compare.samples import measure
from nlp.shares import Moments, Sample, estimate, estimates, moments, others

numbers = st.integers(0, 2)
units = st.lists(st.tuples(numbers, numbers, st.booleans(), st.integers(0, 1)), min_size=2, max_size=15)


def sample(parts: Sequence[Sequence[tuple[int, int, bool, int]]]) -> tuple[Sample, np.ndarray, np.ndarray]:
    """Units of each part: true and predicted category (2: none), whether coded, and stratum. One more."""
    rows = [(p, *it) for p, own in enumerate(parts) for it in [(0, 0, True, 0), *own]]
    part, truth, guess, coded, stratum = (np.array(it) for it in zip(*rows, strict=True))
    place, eye = 2 * part + stratum, np.eye(3)[:, :2]
    chosen = coded.astype(bool)
    block = 10 * place[chosen] + np.arange(chosen.sum()) % 2
    return (
        Sample(
            truth=eye[truth[chosen]],
            predicted=eye[guess[chosen]],
            block=block,
            stratum=place[chosen],
            probability=np.full(chosen.sum(), 0.5),
            population=eye[guess],
            population_stratum=place,
        ),
        part[chosen],
        part,
    )


def assert_alike(one: object, other: object) -> None:
    for field in one._fields:  # type: ignore[attr-defined]
        np.testing.assert_allclose(getattr(one, field), getattr(other, field), atol=1e-9, err_msg=field)


@given(st.lists(units, min_size=2, max_size=4))
def test_parts_are_estimated_as_if_each_were_alone(parts: list[list[tuple[int, int, bool, int]]]) -> None:
    drawn, part, everywhere = sample(parts)
    together = estimates(moments(drawn, part, everywhere, len(parts)))
    for own, found in zip(parts, together, strict=True):
        assert_alike(found, estimate(sample([own])[0]))


@given(st.lists(units, min_size=2, max_size=4))
def test_the_sums_of_all_others_are_those_of_their_samples(
    parts: list[list[tuple[int, int, bool, int]]],
) -> None:
    drawn, part, everywhere = sample(parts)
    rests = others(moments(drawn, part, everywhere, len(parts)))
    for at in range(len(parts)):
        left = [own for number, own in enumerate(parts) if number != at]
        whole, its, all_its = sample(left)
        expected = moments(whole, its, all_its, len(left))
        assert_alike(Moments(*(it[at] for it in rests)), Moments(*(it.sum(axis=0) for it in expected)))


def test_a_part_without_codes_is_in_no_rest() -> None:
    drawn, part, everywhere = sample([[(0, 0, True, 0)], [(1, 0, True, 0)], [(2, 1, True, 1)] * 9])
    uncoded = part == 2
    fields = ("truth", "predicted", "block", "stratum", "probability")
    left = drawn._replace(**{name: getattr(drawn, name)[~uncoded] for name in fields})
    sums = moments(left, part[~uncoded], everywhere, 3)
    assert list(estimates(sums))[2] is None
    assert others(sums).total.tolist() == [2, 2, 4]


def test_a_thousand_groups_are_compared_with_their_rests() -> None:
    """Sums grow with the groups, not with their square."""
    judged, author = population(np.random.default_rng(0), documents=1000, blocks=2, size=5, alike=0.0)
    found = measure(judged, author, PARAMS)
    table = differ(found, pairs_of(1000, PARAMS.max_paired), CODEBOOK, PARAMS)
    assert len(table) == 1000 * 2 * 3
    assert table["estimable"].all()


# ---- null data ----------------------------------------------------------------------------------------


def population(
    draw: np.random.Generator, *, documents: int, blocks: int, size: int, alike: float
) -> tuple[Judged, pd.Series]:
    """Documents of the same kind, each a group: half of their blocks are coded, of `size` units each.

    Frames have a share of 0.3, of which a third is denied; units of a block share their code with
    probability `alike`. The machine is right in three cases of four.
    """
    n = documents * 2 * blocks * size
    block = np.arange(n) // size
    common = draw.random((block.max() + 1, 2)) < 0.3
    own = draw.random((n, 2)) < 0.3
    present = np.where(draw.random((n, 2)) < alike, common[block], own)
    denied = draw.random((n, 2)) < 1 / 3
    truth = np.stack([present & ~denied, present & denied], axis=2)
    wrong = draw.random((n, 2)) < 0.25
    guess = np.where(wrong[:, :, None], np.roll(truth, 7, axis=0), truth)
    document = block // (2 * blocks)
    coded = block % 2 == 0
    units = pd.DataFrame(
        {
            "doc_id": [f"d{it:04}" for it in document],
            "sent_id": np.arange(n),
            "block": np.where(coded, block.astype(str), ""),
            "probability": np.nan,
            "zone": "body",
            "paragraph": block,
        }
    )
    author = pd.Series({it: it for it in sorted(set(units["doc_id"]))}, dtype="str")
    seen = truth & coded[:, None, None]
    return Judged(units, np.zeros((n, 2)), np.zeros((n, 2)), guess, guess, seen, exclusive=True), author


@pytest.mark.parametrize("alike", [0.0, 0.3])
def test_without_a_difference_p_values_are_uniform_or_larger(alike: float) -> None:
    """40 corpora of four groups that differ by chance alone, whose blocks are exchanged among them."""
    draw, found = np.random.default_rng(11), []
    for _ in range(40):
        judged, author = population(draw, documents=4, blocks=8, size=10, alike=alike)
        order = draw.permutation(64)  # blocks of the corpus, coded ones among coded ones
        order = np.stack([order[order % 2 == it] for it in (0, 1)], axis=1)
        rows = (10 * order.reshape(-1, 1) + np.arange(10)).ravel()
        mixed = judged.where(rows)._replace(units=judged.units)
        table = differ(measure(mixed, author, PARAMS), pairs_of(4, 9), CODEBOOK, PARAMS)
        found.append(table["p"].to_numpy())
    p = np.concatenate(found)
    assert len(p) == 40 * (6 + 4) * 2 * 3
    for level in (0.01, 0.05, 0.1, 0.5):
        assert (p < level).mean() < 1.3 * level + 0.005
    assert (p < 0.5).mean() > 0.4  # and not blind


def test_documents_that_differ_do_not_make_their_authors_differ() -> None:
    """40 corpora of two authors with four documents each, whose shares vary; labels are exchanged."""
    draw, found = np.random.default_rng(12), []
    for _ in range(40):
        judged, author = population(draw, documents=8, blocks=4, size=10, alike=0.0)
        document = judged.units["doc_id"].map({it: at for at, it in enumerate(author.index)}).to_numpy()
        lacking = (draw.random((len(document), 2)) < draw.random((8, 2))[document])[:, :, None]
        mixed = judged._replace(truth=judged.truth & ~lacking, guess=judged.guess & ~lacking)
        label = pd.Series(draw.permutation(["Ann", "Bo"] * 4), index=author.index)
        told = measure(mixed, label, PARAMS)
        assert told.scope == "groups"
        found.append(differ(told, pairs_of(2, 9), CODEBOOK, PARAMS)["p"].to_numpy())
    p = np.concatenate(found)
    assert (p < 0.05).mean() < 0.09
    assert (p < 0.5).mean() > 0.3  # and not blind
