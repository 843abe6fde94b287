"""What the tests of cleaning share: texts that are known, and naive ways there and back."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from nlp import clean, tables
from nlp.clean.known import Known
from nlp.clean.steps import STEPS
from nlp.clean.trace import Edit, Trace
from nlp.params import CleanParams
from nlp.registry import Registry
from nlp.store.configs import read_params
from nlp.store.project import Project

PARAMS = read_params(Project(Path(__file__).parents[1])).clean
NO_REGISTRY = Registry(entities=())
NO_WORDS = tables.make("words", [])

# A line of a page, and a paragraph of a web text.
LINE = "The harbour towns of the north send grain and timber down the river"
LONG = f"{LINE} to the markets of the plain, and they have done so for as long as anyone can tell."
FULL = [LINE, LINE, f"{LINE}."]  # nothing but its stop tells where it ends
BLOCK = [LINE, LINE, LINE, LINE, "every year."]  # a paragraph of a page, with a short last line


def only(*steps: str) -> CleanParams:
    """Parameters with these steps alone."""
    return PARAMS.model_copy(update={"steps": list(steps)})


def without(*steps: str) -> CleanParams:
    return only(*(step for step in STEPS if step not in steps))


def knowing(params: CleanParams = PARAMS, **about: Any) -> Known:
    """An English document of which nothing is known but this."""
    given: dict[str, Any] = {"params": params, "language": "en"} | about
    return Known(**given)


def traced(raw: str, params: CleanParams = PARAMS, **about: Any) -> Trace:
    return clean.clean(raw, knowing(params, **about))


def cleaned(raw: str, params: CleanParams = PARAMS, **about: Any) -> str:
    return traced(raw, params, **about).text


def one_step(rule: str, raw: str, **about: Any) -> str:
    return cleaned(raw, only(rule), **about)


def page(*paragraphs: Iterable[str]) -> str:
    """The lines of paragraphs, one below the other."""
    return "\n".join(line for lines in paragraphs for line in lines)


def documents(*raws: str, **about: Any) -> pd.DataFrame:
    """Table `documents`, d0, d1 ...; `about` gives columns that are the same for all."""
    described = {
        "authors": "",
        "year": None,
        "title": "",
        "venue": "",
        "kind": "essay",
        "language": "en",
        "rights": "",
        "sha256": "0",
        "reader": "text",
        "reader_version": "",
        "pages": None,
        "lost_capitals": "",
        "warnings": "",
    } | about
    return tables.make(
        "documents", [(f"d{n}", f"A{n}", *described.values(), raw) for n, raw in enumerate(raws)]
    )


def run(*raws: str, params: CleanParams = PARAMS, **about: Any) -> clean.Result:
    return clean.run(params, documents=documents(*raws, **about), words=NO_WORDS, registry=NO_REGISTRY)


def zones(raw: str, **about: Any) -> list[tuple[str, str]]:
    """The paragraphs of a text with their zones."""
    result = run(raw, **about)
    text = result.texts.iloc[0].text
    return [(text[it.start : it.end], it.zone) for it in result.zones.itertuples()]


# ---- from raw to clean and back, character by character -------------------------------------------------


def rebuilt(raw: str, edits: Iterable[Edit]) -> str:
    """The clean text: take the moved stretches out and put them, in order, at the end; then replace."""
    edits = list(edits)
    replaced = {edit.raw_start: edit for edit in edits if edit.moved_to is None and edit.before}
    inserted = {edit.raw_start: edit.after for edit in edits if not edit.before}
    gone = {at for edit in replaced.values() for at in range(edit.raw_start, edit.raw_end)}
    made = [inserted.get(0, "")]
    for at in _order(len(raw), edits):
        if at in replaced:
            made.append(replaced[at].after)
        elif at not in gone:
            made.append(raw[at])
        made.append(inserted.get(at + 1, ""))
    return "".join(made)


def undone(text: str, edits: Iterable[Edit]) -> str:
    """The raw text, from the clean one and the edits alone."""
    edits = list(edits)
    replaced = {edit.raw_start: edit for edit in edits if edit.moved_to is None and edit.before}
    inserted = {edit.raw_start: edit for edit in edits if not edit.before}
    length = len(text) + sum(len(edit.before) - len(edit.after) for edit in edits)
    raw: list[str] = [""] * length
    done = _passed(text, 0, inserted.get(0))
    for at in _order(length, edits):
        if edit := replaced.get(at):
            done = _passed(text, done, edit)
            raw[edit.raw_start : edit.raw_end] = edit.before
        elif not raw[at]:
            raw[at] = text[done]
            done += 1
        done = _passed(text, done, inserted.get(at + 1))
    assert done == len(text)
    return "".join(raw)


def _passed(text: str, done: int, edit: Edit | None) -> int:
    """The place behind what an edit has put in here."""
    if edit is None:
        return done
    assert text.startswith(edit.after, done)
    return done + len(edit.after)


def _order(length: int, edits: Iterable[Edit]) -> list[int]:
    """Raw positions as they stand when the moved stretches are at the end."""
    moved = [
        at for edit in edits if edit.moved_to is not None for at in range(edit.raw_start, edit.raw_end)
    ]
    gone = set(moved)
    return [at for at in range(length) if at not in gone] + moved


def edit_table(edits: Iterable[Edit]) -> pd.DataFrame:
    return tables.make("edits", [("d", *edit) for edit in edits])
