"""Whether a row of a coded file can be taken, and what it then is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nlp.codebook import Codebook
from nlp.labelling.formats.rows import Row
from nlp.manifest import ALL
from nlp.store.codings import MACHINES
from nlp.store.draws import NAME, Draw, Stretch

_TAKEN = MACHINES | {ALL}
_TASK = re.compile(rf"({NAME})-\d+")


class OtherCodebook(ValueError):
    """Codes made by another codebook than today's."""


@dataclass(frozen=True)
class Answer:
    """What a coder said of a unit, checked: a line of frames.jsonl, or a part of one."""

    place: str
    coder: str
    doc_id: str
    unit: str
    block: str
    start: int
    end: int
    text: str
    coded: str
    codebook: str  # empty if nobody knows
    probability: float | None  # with which it was drawn, if it was
    draw: str
    codes: Mapping[str, str]
    comment: str

    @property
    def said(self) -> tuple[str, str, str]:
        """Who spoke of what."""
        return self.doc_id, self.unit, self.coder


Drawn = tuple[Draw, Mapping[str, Stretch]]  # with the stretches by their tasks


@dataclass(frozen=True)
class Rules:
    """What rows are held against."""

    codebook: Codebook
    draw: Callable[[str], Drawn]  # raises ValueError for a draw that is not recorded
    length: Callable[[str], int]  # of a document's raw text; ValueError if it is not in the corpus
    coder: Callable[[str], str]  # the name for what the file calls a coder
    today: str
    date: str | None  # None: as the file says, or else today
    codebook_changed: bool  # codes by another codebook are wanted


def checked(row: Row, rules: Rules) -> Answer:
    """The row as an answer, or ValueError with what is wrong. The row must be coded."""
    if row.problem:
        raise ValueError(row.problem)
    assert row.codes is not None
    _check_codes(row.codes, rules.codebook)
    stretch = _drawn(row, rules) if row.said.get("task") else _free(row, rules)
    drawn_by = rules.draw(stretch["draw"])[0].codebook if stretch["draw"] else ""
    return Answer(
        place=row.place,
        coder=_name(rules.coder(row.coder)),
        coded=_day(rules.date or row.date or rules.today),
        codebook=_codebook(str(row.said.get("codebook", drawn_by)), rules),
        codes=row.codes,
        comment=row.comment,
        **stretch,
    )


def _check_codes(codes: Mapping[str, str], codebook: Codebook) -> None:
    if unknown := set(codes) - set(codebook.frame_names):
        raise ValueError(f"unknown frame {min(unknown)!r}: not in configs/codebook.yaml")
    if unknown := set(codes.values()) - set(codebook.stance_names):
        raise ValueError(f"unknown stance {min(unknown)!r}: not in configs/codebook.yaml")


def _drawn(row: Row, rules: Rules) -> dict[str, Any]:
    """The stretch as the draw records it; whatever the file says beside must be the same."""
    task = str(row.said["task"])
    found = _TASK.fullmatch(task)
    stretch = rules.draw(found[1])[1].get(task) if found else None
    if not found or stretch is None:
        raise ValueError(f"task {task!r} was not drawn")
    for name in ("unit", "doc_id", "start", "end"):
        said, known = str(row.said.get(name, getattr(stretch, name))), str(getattr(stretch, name))
        if said != known:
            raise ValueError(f"{name} is {said!r}, but {known!r} was drawn")
    if "text" not in row.said or _plain(row.said["text"]) != _plain(stretch.text):
        raise ValueError("the text is not the one that was drawn")
    if stretch.end > rules.length(stretch.doc_id):
        raise ValueError(f"ends at {stretch.end}, after the end of {stretch.doc_id}")
    again = bool(rules.draw(found[1])[0].again)  # the unit has its line and its probability already
    return {
        **stretch.model_dump(include={"doc_id", "unit", "start", "end", "text"}),
        "block": stretch.unit,
        "probability": None if again else stretch.probability,
        "draw": found[1],
    }


def _free(row: Row, rules: Rules) -> dict[str, Any]:
    """A stretch that no draw knows: it must lie in its document."""
    if missing := [name for name in ("doc_id", "start", "end", "text") if name not in row.said]:
        raise ValueError(f"has neither a task nor {missing[0]}")
    doc_id, start, end = str(row.said["doc_id"]), _whole(row, "start"), _whole(row, "end")
    length = rules.length(doc_id)
    if not start < end <= length:
        raise ValueError(f"from {start} to {end} is no stretch of {doc_id}, of {length} characters")
    unit = str(row.said.get("unit", f"{doc_id}-{start}-{end}"))
    return {
        "doc_id": doc_id,
        "unit": unit,
        "block": str(row.said.get("block", unit)),
        "start": start,
        "end": end,
        "text": _plain(row.said["text"]),
        "probability": _probability(row),
        "draw": "",
    }


def _whole(row: Row, name: str) -> int:
    said = str(row.said[name])
    if not said.isdecimal():
        raise ValueError(f"{name} {said!r} is not a whole number")
    return int(said)


def _probability(row: Row) -> float | None:
    if "probability" not in row.said:
        return None
    try:
        found = float(row.said["probability"])
    except (TypeError, ValueError):
        found = 0.0
    if not 0 < found <= 1:
        raise ValueError(f"probability {row.said['probability']!r} is not a number above 0, up to 1")
    return found


def _codebook(found: str, rules: Rules) -> str:
    if found != rules.codebook.hash and not rules.codebook_changed:
        told = f"by codebook {found!r}" if found else "and does not say by which codebook"
        raise OtherCodebook(f"coded {told}; today's is {rules.codebook.hash!r}")
    return found


def _name(coder: str) -> str:
    if coder in _TAKEN:
        raise ValueError(f"a coder cannot be called {coder!r}: the tables use that name")
    if not re.fullmatch(r"\S(.{0,78}\S)?", coder) or not coder.isprintable():
        raise ValueError(f"{coder!r} is no name for a coder: up to 80 letters, no space at either end")
    return coder


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise ValueError(f"date {said!r} is not written YYYY-MM-DD") from None


def _plain(text: object) -> str:
    return " ".join(str(text).split())
