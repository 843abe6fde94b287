"""A text on its way from raw to clean, which knows where each of its characters came from."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np


class Change(NamedTuple):
    """Put `text` in the place of the half-open span.

    With `moved`, the span itself goes to the end of the whole text, behind what `moved` says. `zone`
    tells what the line is that the change begins, or the stretch that it moves.
    """

    start: int
    end: int
    text: str
    moved: str | None = None
    zone: str = ""


class Edit(NamedTuple):
    """A change as it goes on record: see table `edits`."""

    raw_start: int
    raw_end: int
    rule: str
    before: str
    after: str
    moved_to: int | None


class Trace:
    """The current text; `origin` holds the raw position of each character, -1 where it was put in."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self.origin = np.arange(len(raw))
        self.tally: list[tuple[str, int, int, int]] = []  # rule, changes, characters removed and added
        self._rules: list[str] = []
        self._removed_by = np.full(len(raw), -1, dtype=np.int8)
        self._added_by = np.full(len(raw), -1, dtype=np.int8)
        self._moved: list[tuple[int, int, str]] = []  # raw spans and their rules, in order
        self._zones: list[str] = [""]
        self._zone_of = np.zeros(len(raw), dtype=np.int8)  # of each raw character: its place in `_zones`

    def apply(self, rule: str, changes: Iterable[Change]) -> None:
        """Make the changes of one step; they must be in order and must not overlap.

        Only one step may move stretches, or the order of the edits would not tell the order at the end.
        """
        number = len(self._rules)
        self._rules.append(rule)
        pieces: list[_Piece] = []
        ends: list[_Piece] = []
        done = 0
        made = list(changes)
        if self._moved and any(change.moved is not None for change in made):
            raise ValueError(f"{rule} moves stretches after another step has")
        for change in made:
            self._mark_zone(change)
            pieces += [self._kept(done, change.start), _put_in(change.text, number)]
            if change.moved is None:
                gone = self.origin[change.start : change.end]
                self._removed_by[gone[gone >= 0]] = number
            else:
                self._move(change, rule)
                ends += [_put_in(change.moved, number), self._kept(change.start, change.end)]
            done = change.end
        if made:
            self._join([*pieces, self._kept(done, len(self.text)), *ends])
            removed = sum(it.end - it.start for it in made if it.moved is None)
            added = sum(len(it.text) + len(it.moved or "") for it in made)
            self.tally.append((rule, len(made), removed, added))

    def zone_of(self, start: int, end: int) -> str:
        """What a step knew of the place that this stretch begins; empty if nothing."""
        first = self._places(start, end)[:1]
        return self._zones[self._zone_of[first[0]]] if len(first) else ""

    def edits(self) -> Iterator[Edit]:
        """All changes, in raw order; moved stretches first where both begin at the same place.

        Together they rebuild the clean text from the raw one, and the raw text from the clean one:
        take the moved stretches out and put them, in order, at the end; then replace.
        """
        yield from sorted((*self._moves(), *self._replacements()), key=lambda it: (it[0], -it[1]))

    def _moves(self) -> Iterator[Edit]:
        for start, end, rule in self._moved:
            yield Edit(start, end, rule, self.raw[start:end], self.raw[start:end], len(self.raw))

    def _replacements(self) -> Iterator[Edit]:
        order, rank = self._raw_order()
        kept = np.flatnonzero(self.origin >= 0)
        clean = np.concatenate([[-1], kept, [len(self.text)]])
        place = np.concatenate([[-1], rank[self.origin[kept]], [len(self.raw)]])
        for gap in np.flatnonzero((np.diff(clean) > 1) | (np.diff(place) > 1)):
            after = slice(int(clean[gap]) + 1, int(clean[gap + 1]))
            yield from self._replaced(order, int(place[gap]) + 1, int(place[gap + 1]), after)

    def _replaced(self, order: np.ndarray, first: int, last: int, clean: slice) -> Iterator[Edit]:
        """One gap between kept characters; in several rows if what it took lay apart in the raw text."""
        text = self.text[clean]
        added = set(self._added_by[clean].tolist())
        if first == last:
            place = int(order[first - 1]) + 1 if first else 0
            yield Edit(place, place, self._named(added), "", text, None)
            return
        for start, end in _runs(order[first:last]):
            rule = self._named(added | set(self._removed_by[start:end].tolist()))
            if self.raw[start:end] != text:
                yield Edit(start, end, rule, self.raw[start:end], text, None)
            text, added = "", set()

    def _raw_order(self) -> tuple[np.ndarray, np.ndarray]:
        """Raw positions with the moved stretches at the end, and the place of each position there."""
        order = np.arange(len(self.raw))
        if not self._moved:
            return order, order
        moved = np.concatenate([order[start:end] for start, end, _ in self._moved])
        moved_last = np.concatenate([np.delete(order, moved), moved])
        rank = np.empty_like(order)
        rank[moved_last] = order
        return moved_last, rank

    def _named(self, numbers: set[int]) -> str:
        return "+".join(self._rules[number] for number in sorted(numbers - {-1}))

    def _move(self, change: Change, rule: str) -> None:
        places = self._places(change.start, change.end)
        if len(places):
            self._moved.append((int(places[0]), int(places[-1]) + 1, rule))

    def _mark_zone(self, change: Change) -> None:
        """Note the zone of a line or moved stretch, unless an earlier step knew it."""
        if not change.zone:
            return
        if change.zone not in self._zones:
            self._zones.append(change.zone)
        end = self.text.find("\n", change.end) if change.moved is None else change.end
        places = self._places(change.start, end if end >= 0 else len(self.text))
        unknown = places[self._zone_of[places] == 0]
        self._zone_of[unknown] = self._zones.index(change.zone)

    def _places(self, start: int, end: int) -> np.ndarray:
        """The raw positions of the characters of a stretch that were not put in."""
        places = self.origin[start:end]
        return places[places >= 0]

    def _kept(self, start: int, end: int) -> "_Piece":
        return _Piece(self.text[start:end], self.origin[start:end], self._added_by[start:end])

    def _join(self, pieces: "list[_Piece]") -> None:
        self.text = "".join(piece.text for piece in pieces)
        self.origin = np.concatenate([piece.origin for piece in pieces])
        self._added_by = np.concatenate([piece.added_by for piece in pieces])


class _Piece(NamedTuple):
    text: str
    origin: np.ndarray
    added_by: np.ndarray


_NOTHING = _Piece("", np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int8))


def _put_in(text: str, rule: int) -> _Piece:
    if not text:
        return _NOTHING
    return _Piece(text, np.full(len(text), -1), np.full(len(text), rule, dtype=np.int8))


def _runs(places: np.ndarray) -> Iterator[tuple[int, int]]:
    """The half-open spans that rising places make up, mostly one."""
    start, end = int(places[0]), int(places[-1]) + 1
    if end - start == len(places):
        yield start, end
        return
    for run in np.split(places, np.flatnonzero(np.diff(places) != 1) + 1):
        yield int(run[0]), int(run[-1]) + 1
