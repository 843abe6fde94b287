"""The results of two runs, file by file: the same bytes, the same to the printed digits, or not."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from nlp.errors import ConfigError
from nlp.store.configs import parse
from nlp.store.published import LOCK
from nlp.verify import digits, locks

IDENTICAL = "identical"
ALIKE = "the same to the printed digits"
BETWEEN = "the same but for last digits in tables between stages"
DRAWN = "drawn from tables that agree, other bytes"
DIFFERS = "differs"
NOT_MADE = "committed, but not made by the run"
NOT_COMMITTED = "made by the run, but not committed"
AGREE = (IDENTICAL, ALIKE, BETWEEN, DRAWN)
_MOST = 3  # places told of a file


class File(NamedTuple):
    """A published file or dvc.lock; what it is in both, and the first places where it differs."""

    shown: str
    state: str
    places: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        return self.state in AGREE


class _Runs(NamedTuple):
    """The files of both runs, by name."""

    committed: Mapping[str, bytes]
    made: Mapping[str, bytes]

    def at_sight(self, shown: str) -> str:
        """What can be said without looking into the file; empty if it must be looked into."""
        if shown not in self.made:
            return NOT_MADE
        if shown not in self.committed:
            return NOT_COMMITTED
        return IDENTICAL if self.committed[shown] == self.made[shown] else ""


def compare(committed: Mapping[str, bytes], made: Mapping[str, bytes]) -> list[File]:
    """All files of both, by name. What is drawn (pages, figures) is judged by the data it is drawn from.

    A drawing may have other bytes where some table or metric has, be it one between stages of which
    dvc.lock has the hash, and all agree to the printed digits. Where all these are the same bytes, a
    drawing that is not is a difference.
    """
    runs, names = _Runs(committed, made), {*committed, *made} - {LOCK}
    data = [_data(runs, shown) for shown in names if digits.kind(shown)]
    lock = [_lock(runs)] if {LOCK} & {*committed, *made} else []
    other_digits = ALIKE in {it.state for it in data} or BETWEEN in {it.state for it in lock}
    excused = other_digits and all(it.agrees for it in data)
    otherwise = DRAWN if excused else DIFFERS
    drawn = [File(shown, runs.at_sight(shown) or otherwise) for shown in names if not digits.kind(shown)]
    return sorted([*data, *drawn, *lock])


def _data(runs: _Runs, shown: str) -> File:
    if state := runs.at_sight(shown):
        return File(shown, state)
    try:
        return _judged(shown, digits.differences(shown, runs.committed[shown], runs.made[shown]))
    except (ValueError, OSError) as error:
        return File(shown, DIFFERS, (f"cannot be read ({error})",))


def _lock(runs: _Runs) -> File:
    if state := runs.at_sight(LOCK):
        return File(LOCK, state)
    same = {shown for shown in runs.made if runs.at_sight(shown) == IDENTICAL}
    try:
        before, after = (parse(it[LOCK].decode(), LOCK) for it in runs)
        found = _judged(LOCK, locks.differences(before, after, identical=same))
        between = found.agrees and locks.digits_differ(before, after)
        return found._replace(state=BETWEEN) if between else found
    except (ValueError, ConfigError) as error:
        problem = error.problem if isinstance(error, ConfigError) else error
        return File(LOCK, DIFFERS, (f"cannot be read ({problem})",))


def _judged(shown: str, places: Iterable[str]) -> File:
    first = list(islice(places, _MOST + 1))
    more = ["..."] if len(first) > _MOST else []
    return File(shown, DIFFERS if first else ALIKE, (*first[:_MOST], *more))
