"""A text on its way from raw to clean, which knows where each of its characters came from."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np


class Change(NamedTuple):
    """Put `text` in the place of the half-open span."""

    start: int
    end: int
    text: str


class Trace:
    """The current text; `origin` holds the raw position of each character, -1 where it was put in."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self.origin = np.arange(len(raw))
        self._rules: list[str] = []
        self._removed_by = np.full(len(raw), -1, dtype=np.int8)
        self._added_by = np.full(len(raw), -1, dtype=np.int8)

    def apply(self, rule: str, changes: Iterable[Change]) -> None:
        """Make the changes of one step; they must be in order and must not overlap."""
        number = len(self._rules)
        self._rules.append(rule)
        texts: list[str] = []
        origins: list[np.ndarray] = []
        added: list[np.ndarray] = []
        done = 0
        for start, end, text in changes:
            gone = self.origin[start:end]
            self._removed_by[gone[gone >= 0]] = number
            texts += [self.text[done:start], text]
            origins += [self.origin[done:start], np.full(len(text), -1)]
            added += [self._added_by[done:start], np.full(len(text), number, dtype=np.int8)]
            done = end
        self.text = "".join([*texts, self.text[done:]])
        self.origin = np.concatenate([*origins, self.origin[done:]])
        self._added_by = np.concatenate([*added, self._added_by[done:]])

    def edits(self) -> Iterator[tuple[int, int, str, str, str]]:
        """All changes as (raw_start, raw_end, rule, before, after): in order, without overlap.

        Together they rebuild the clean text from the raw one, and the raw text from the clean one.
        """
        kept = np.flatnonzero(self.origin >= 0)
        clean = np.concatenate([[-1], kept, [len(self.text)]])
        raw = np.concatenate([[-1], self.origin[kept], [len(self.raw)]])
        for gap in np.flatnonzero((np.diff(clean) > 1) | (np.diff(raw) > 1)):
            start, end = int(clean[gap]) + 1, int(clean[gap + 1])
            raw_start, raw_end = int(raw[gap]) + 1, int(raw[gap + 1])
            numbers = {*self._removed_by[raw_start:raw_end], *self._added_by[start:end]} - {-1}
            rule = "+".join(self._rules[number] for number in sorted(numbers))
            yield raw_start, raw_end, rule, self.raw[raw_start:raw_end], self.text[start:end]
