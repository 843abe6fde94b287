"""A coded unit with its words and their grammar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_COLUMNS = ("text", "lemma", "pos", "dep")


@dataclass(frozen=True)
class Parsed:
    """The tokens of a unit, placed by offsets into its text; a root is its own head."""

    start: list[int]
    text: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]

    def within(self, start: int, end: int) -> list[int]:
        """The tokens that lie at least in part between two offsets."""
        spans = zip(self.start, self.text, strict=True)
        return [at for at, (first, word) in enumerate(spans) if first < end and first + len(word) > start]

    def head_of(self, tokens: Sequence[int]) -> int:
        """The one of some tokens that the others hang on: the first whose head is elsewhere, or a root."""
        inside = set(tokens)
        outward = (it for it in tokens if self.head[it] not in inside or self.head[it] == it)
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


def parse(units: pd.DataFrame, tokens: pd.DataFrame, places: pd.DataFrame) -> Iterator[Parsed]:
    """The units of one document with their tokens, in order. `places` are those of `units.in_units`."""
    placed = tokens.merge(places.drop(columns="doc_id"), on="sent_id")
    unit, shift = placed["unit"].to_numpy(), placed["shift"].to_numpy()
    start, head = (placed[name].to_numpy() + shift for name in ("start", "head"))
    columns = [placed[name].tolist() for name in _COLUMNS]
    first, last = (np.searchsorted(unit, units["sent_id"].to_numpy(), side=it) for it in ("left", "right"))
    for place in (slice(*it) for it in zip(first, last, strict=True)):
        own = start[place].tolist()
        number = {offset: at for at, offset in enumerate(own)}
        # A head that is no token of the unit, such as white space, makes a root of what hangs on it.
        heads = [number.get(offset, at) for at, offset in enumerate(head[place].tolist())]
        text, lemma, pos, dep = (column[place] for column in columns)
        yield Parsed(own, text, lemma, pos, dep, heads)
