"""engine: however work is spread, outcomes are the same and come in the order of the items."""

import math
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import errors
from nlp.engine import spread
from nlp.errors import ConfigError, CrossframeError
from nlp.store.project import open_project

ERRORS = [it for it in vars(errors).values() if isinstance(it, type) and issubclass(it, CrossframeError)]


@given(st.lists(st.integers()), st.integers(0, 1))
def test_one_worker_works_in_order(items: list[int], workers: int) -> None:
    assert list(spread(str, items, workers=workers)) == [str(item) for item in items]


@pytest.mark.parametrize(
    "items", [[], [3], [5, 3, 0, 4]], ids=["no item", "one item", "more items than workers"]
)
def test_processes_give_what_one_worker_gives(items: list[int]) -> None:
    assert list(spread(math.factorial, items, workers=2)) == list(spread(math.factorial, items, workers=1))


def test_work_is_done_when_its_outcome_is_asked_for() -> None:
    done: list[int] = []
    outcomes = spread(done.append, [1, 2], workers=1)
    next(outcomes)
    assert done == [1]


@pytest.mark.parametrize("error", ERRORS)
def test_errors_travel_between_processes(error: type[CrossframeError]) -> None:
    sent = error("no text", where="corpus/a.txt", hint="add some")
    received = pickle.loads(pickle.dumps(sent))
    assert (type(received), str(received)) == (error, "corpus/a.txt: no text\n  -> add some")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_worker_keeps_its_words(workers: int, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configs/params\.yaml here\n  -> change to"):
        list(spread(open_project, [tmp_path, tmp_path], workers=workers))
