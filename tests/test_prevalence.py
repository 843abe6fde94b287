"""compare: with which probability a coded sentence has come into the sample, and by which scheme."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.compare.samples import probability as chance

Row = tuple[str, str, float | None]  # document, block ('' if not coded), probability if it is known


def probability(rows: Sequence[Row]) -> np.ndarray:
    table = pd.DataFrame(list(rows), columns=["doc_id", "block", "probability"])
    return chance(table.astype({"probability": float}))


def sample(doc_id: str, first: int, later: Sequence[float], rest: int) -> list[Row]:
    """Coded at first, drawn later with these probabilities, and not coded."""
    drawn: list[Row] = [(doc_id, "later", it) for it in later]
    return [*[(doc_id, "first", None)] * first, *drawn, *[(doc_id, "", None)] * rest]


sizes = st.integers(1, 9)


@given(sizes, sizes)
def test_without_draws_all_weigh_alike(coded: int, rest: int) -> None:
    found = probability(sample("a", coded, [], rest))
    assert found == pytest.approx(np.full(coded + rest, coded / (coded + rest)))


@given(sizes, sizes, sizes)
def test_a_later_draw_of_all_alike_keeps_all_alike(first: int, drawn: int, rest: int) -> None:
    """As if the two samples had been one: whoever came in by whichever way had the same chance."""
    found = probability(sample("a", first, [drawn / (drawn + rest)] * drawn, rest))
    whole = first + drawn + rest
    assert found == pytest.approx(np.full(whole, (first + drawn) / whole))


@given(sizes, st.lists(st.integers(1, 10).map(lambda it: it / 10), min_size=1, max_size=6), sizes)
def test_an_unequal_draw_tells_its_own_chances(first: int, given_: list[float], rest: int) -> None:
    found = probability(sample("a", first, given_, rest))
    share = first / (first + len(given_) + rest)
    own = found[first : first + len(given_)]
    assert own == pytest.approx([share + (1 - share) * it for it in given_])
    assert ((found > 0) & (found <= 1 + 1e-12)).all()


def test_a_sample_drawn_once_weighs_by_the_inverse_of_what_it_tells() -> None:
    found = probability(sample("a", 0, [0.2, 0.5, 1.0], 2))
    assert found[:3] == pytest.approx([0.2, 0.5, 1.0])


def test_documents_have_samples_of_their_own() -> None:
    one, other = sample("a", 2, [], 2), sample("b", 1, [0.4], 3)
    assert probability([*one, *other]) == pytest.approx([*probability(one), *probability(other)])


def test_all_coded_are_certain() -> None:
    assert probability(sample("a", 3, [], 0)).tolist() == [1, 1, 1]
