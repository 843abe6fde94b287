"""The forms of file that go out to coders and come back: a module for each, known by their content."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from nlp.codebook import Codebook
from nlp.errors import CodingError
from nlp.labelling.formats import doccano, jsonl, label_studio, sheet
from nlp.labelling.formats.rows import Row
from nlp.store.draws import Draw, Stretch

# To each form its main file's ending, and its writer: endings (of names) to texts, the main one first.
Writer = Callable[[Draw, Sequence[Stretch], Codebook], Mapping[str, str]]
_WRITERS: Mapping[str, tuple[str, Writer]] = {
    "csv": (".csv", sheet.written),
    "jsonl": (".jsonl", jsonl.written),
    "label-studio": (".label-studio.json", label_studio.written),
    "doccano": (".doccano.jsonl", doccano.written),
}
FORMS = tuple(_WRITERS)
ENDINGS = {form: ending for form, (ending, _) in _WRITERS.items()}

TO_DO = {
    "csv": "a stance under every frame that applies, and an x under 'done' for every sentence read",
    "jsonl": 'codes: {"NAME": {"FRAME": "STANCE"}}, or {"NAME": {}} where no frame applies',
    "label-studio": "in a new project of Label Studio, give the .xml under Labeling Setup, Code; import the"
    " .json; when it is coded, export JSON",
    "doccano": "in a new project of doccano for text classification, import the labels, then the .jsonl;"
    " when it is coded, export JSONL and unpack it",
}


class Read(NamedTuple):
    """A coded file: which form it has, and what it says."""

    form: str
    rows: list[Row]


def written(form: str, draw: Draw, tasks: Sequence[Stretch], codebook: Codebook) -> Mapping[str, str]:
    """The files of a draw in this form, by the endings of their names; the coder's own file first."""
    return _WRITERS[form][1](draw, tasks, codebook)


def read(text: str, codebook: Codebook, *, where: str) -> Read:
    """What a coded file says, whichever form it has. CodingError if it has none of them."""
    start = text.lstrip()[:1]
    try:
        if start == "[":
            return _of_list(json.loads(text))
        if start == "{":
            return _of_lines(text, codebook)
        return Read("CSV", sheet.read(text, codebook))
    except (ValueError, RecursionError) as error:
        raise CodingError(
            f"not one of the forms that can be read: {error}",
            where=where,
            hint="give a file made by 'crossframe sample' and then coded, or an export of Label Studio"
            " (JSON or JSON-MIN) or doccano (JSONL)",
        ) from None


def _of_list(content: list[Any]) -> Read:
    """A list is an export of Label Studio: tasks with their annotations, or flat ones."""
    items = [it for it in content if isinstance(it, dict)]
    if len(items) < len(content) or not items:
        raise ValueError("a list without tasks")
    if all("data" in it for it in items):
        return Read("Label Studio export (JSON)", label_studio.read_full(items))
    return Read("Label Studio export (JSON-MIN)", label_studio.read_flat(items))


def _of_lines(text: str, codebook: Codebook) -> Read:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    items = [(f"line {number}", _parsed(number, line)) for number, line in lines]
    if all("codes" in it for _, it in items):
        return Read("JSONL", jsonl.read(items, codebook))
    return Read("doccano export", doccano.read(items, codebook))


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None
    if not isinstance(found, dict):
        raise ValueError(f"line {number}: not an object")
    return found
