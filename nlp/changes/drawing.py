"""What has changed, as Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlp.changes.comparison import Changes, Estimate, Moved, Row
from nlp.errors import visible

# What Markdown would take for a mark; an underscore within a word is none.
_MARK = re.compile(r"[\\`*|<\[\]~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")


def page(found: Sequence[Changes], since: str, *, most: int) -> list[str]:
    """A heading, then a section for each table that differs; at most so many rows of each kind."""
    if not found:
        return [f"No table differs from {text(since)}."]
    lines = [f"# What has changed since {text(since)}"]
    for changes in found:
        lines += ["", f"## {text(changes.table)}", *_section(changes, most)]
    return lines


def text(cell: str) -> str:
    """A cell in one line, shown by Markdown and by a terminal just as it is."""
    return _MARK.sub(r"\\\g<0>", visible(cell))


def _section(changes: Changes, most: int) -> Iterator[str]:
    yield from _list(map(text, changes.told))
    kinds = {"new": changes.appeared, "vanished": changes.vanished}
    for kind, rows in kinds.items():
        head = [*changes.key, *([changes.value] if changes.value else [])]
        yield from _table(f"{_rows(len(rows))} {kind}", head, map(_row, rows[:most]), len(rows))
    head = [*changes.key, f"{changes.value} was", "is"]
    told = f"{_rows(len(changes.moved))} with {changes.value} beyond its old interval"
    yield from _table(told, head, map(_moved, changes.moved[:most]), len(changes.moved))
    yield from _list(_counts(changes))


def _counts(changes: Changes) -> Iterator[str]:
    if changes.within:
        yield f"{_rows(changes.within)} with another {text(changes.value)} within its old interval"
    if changes.rows:
        columns = ", ".join(f"{text(column)} ({count})" for column, count in changes.columns.items())
        yield f"{_rows(changes.rows)} with changes in: {columns}"


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _list(items: Iterable[str]) -> list[str]:
    lines = [f"- {item}" for item in items]
    return ["", *lines] if lines else []


def _table(told: str, head: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> Iterator[str]:
    """The rows below what is told of them; nothing if there are none."""
    lines = [_line(row) for row in rows]
    if not total:
        return
    yield from ("", f"{text(told)}:", "", _line(head), _line(["---"] * len(head)), *lines)
    if total > len(lines):
        yield from ("", f"... and {total - len(lines)} more.")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell if cell == '---' else text(cell) for cell in cells)} |"


def _row(row: Row) -> Sequence[str]:
    return [*row.key, *([_shown(row.estimate)] if row.estimate else [])]


def _moved(moved: Moved) -> Sequence[str]:
    return [*moved.key, _shown(moved.old), _shown(moved.new)]


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value} ({estimate.low} to {estimate.high})" if estimate.low else estimate.value
