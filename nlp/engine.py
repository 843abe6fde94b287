"""How work is spread over processes; never what it computes."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def spread(work: Callable[[Item], Outcome], items: Sequence[Item], *, workers: int) -> Iterator[Outcome]:
    """Outcomes in the order of the items. With several workers, `work` must be importable by name."""
    if workers <= 1 or len(items) <= 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes: a fork would copy locks and thread pools of the numeric libraries.
    with ProcessPoolExecutor(min(workers, len(items)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, items)
