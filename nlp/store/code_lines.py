"""frames.jsonl as text: lines are put in or get another coder, and every other byte stays as it was."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nlp.errors import CodingError
from nlp.store.codings import FILES
from nlp.store.parts import replacing
from nlp.store.project import Project

SHOWN = FILES["codings"]
Unit = tuple[str, str]  # doc_id and unit
Line = dict[str, Any]


def read_text(project: Project) -> str:
    """The file as it stands, with its own line ends; empty if there is none."""
    path = project.root / SHOWN
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def parse(text: str) -> dict[Unit, Line]:
    """The lines by their units. The text must be one that `codings.read_codings` takes."""
    lines = [json.loads(line) for line in text.removeprefix("\ufeff").split("\n") if line.strip()]
    return {(line["doc_id"], line["unit"]): line for line in lines}


def texts(project: Project) -> dict[Unit, str]:
    """What the coders of each unit saw, where its line says so."""
    lines = parse(read_text(project))
    return {unit: line["text"] for unit, line in lines.items() if isinstance(line.get("text"), str)}


def draws_named(project: Project) -> set[str]:
    """The draws that coded units come from."""
    return {str(line["draw"]) for line in parse(read_text(project)).values() if "draw" in line}


def with_lines(text: str, *, changed: Mapping[Unit, Line], new: Sequence[Line]) -> str:
    """The file with some lines written anew at their places, and new ones after the last."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = [_renewed(line, changed) for line in text.removeprefix(mark).split("\n")]
    if new and not lines[-1]:
        lines.pop()
    ending = [""] if new else []
    return mark + "\n".join([*lines, *map(_line, new), *ending])


def _renewed(line: str, changed: Mapping[Unit, Line]) -> str:
    if not line.strip():
        return line
    known = json.loads(line)
    after = changed.get((known["doc_id"], known["unit"]))
    return line if after is None else _line(after) + ("\r" if line.endswith("\r") else "")


def _line(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False)


def write(project: Project, *, before: str, after: str) -> None:
    """Put the new lines in place in one step, if the file is still as it was read."""
    if read_text(project) != before:
        raise CodingError("has changed meanwhile", where=SHOWN, hint="run the command again")
    path = project.root / SHOWN
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(after.encode("utf-8"))
