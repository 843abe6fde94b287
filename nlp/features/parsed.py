"""A coded unit with its words and their grammar."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Parsed:
    """The tokens of a unit, placed by offsets into its text; a root is its own head."""

    start: list[int]  # rising, as is `end`
    end: list[int]
    text: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]

    def within(self, start: int, end: int) -> range:
        """The tokens that lie at least in part between two offsets."""
        return range(bisect_right(self.end, start), bisect_left(self.start, end))

    def head_of(self, tokens: Sequence[int]) -> int:
        """The one of some tokens that the others hang on: the first whose head is elsewhere, or a root."""
        outward = (it for it in tokens if self.head[it] not in tokens or self.head[it] == it)
        return next(outward, tokens[0])

    def way_up(self, token: int) -> Iterator[int]:
        """The token, its head, that one's head, and so on to the root."""
        seen: set[int] = set()
        while token not in seen:
            seen.add(token)
            yield token
            token = self.head[token]

    @property
    def roots(self) -> list[int]:
        return [at for at, head in enumerate(self.head) if head == at]


def parse(count: int, tokens: pd.DataFrame, places: pd.DataFrame) -> Iterator[Parsed]:
    """The units, of which there are `count`, with their tokens, in order.

    `places` are those of `units.in_units`.
    """
    placed = tokens.merge(places, on=["doc_id", "sent_id"]).sort_values("unit", kind="stable")
    edges = np.searchsorted(placed["unit"].to_numpy(), np.arange(count + 1))
    start, end, head = ((placed[name] + placed["shift"]).tolist() for name in ("start", "end", "head"))
    columns = [start, end, *(placed[name].tolist() for name in ("text", "pos", "dep"))]
    for first, last in pairwise(edges):
        own = [column[first:last] for column in columns]
        number = {offset: at for at, offset in enumerate(start[first:last])}
        # A head that is no token of the unit, such as white space, makes a root of what hangs on it.
        own.append([number.get(offset, at) for at, offset in enumerate(head[first:last])])
        yield Parsed(*own)
