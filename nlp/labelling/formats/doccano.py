"""doccano (text classification): a line for each task, labels `frame: stance`, and a file of these labels.

doccano shows one text, so the sentence stands in it between `[[` and `]]`, with its context around it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nlp.codebook import Codebook
from nlp.labelling.formats.rows import Row, said
from nlp.store.draws import Draw, Stretch

NONE = "(no frame)"  # doccano gives no sign of a text that was read and left without labels
_COLOURS = ("#1f77b4", "#d95f02", "#2ca02c", "#7b3294", "#8c564b", "#c51b7d", "#636363", "#0e7c7b")
_NOTHING = "…"  # where no sentence stands before or after
_APART = "\n\n"


def written(draw: Draw, tasks: Sequence[Stretch], codebook: Codebook) -> Mapping[str, str]:
    """Tasks carry their id and the codebook's hash alone: doccano shows the rest of a line to coders."""
    lines = [{"text": _shown(it), "label": [], "task": it.task, "codebook": draw.codebook} for it in tasks]
    labels = json.dumps(_labels(codebook), indent=1, ensure_ascii=False) + "\n"
    return {
        ".doccano.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines),
        ".doccano-labels.json": labels,
    }


def read(items: Sequence[tuple[str, dict[str, Any]]], codebook: Codebook) -> list[Row]:
    """An exported line without labels is not coded. Raises ValueError if no line is of doccano."""
    if not any("label" in line and "text" in line for _, line in items):
        raise ValueError("lines with neither 'codes' nor 'label' and 'text'")
    return [_row(place, line) for place, line in items]


def _shown(it: Stretch) -> str:
    return _APART.join([it.before or _NOTHING, f"[[{it.text}]]", it.after or _NOTHING])


def _labels(codebook: Codebook) -> list[dict[str, str]]:
    """A colour for each frame, whatever the stance."""
    found = [
        (f"{frame}: {stance}", _COLOURS[number % len(_COLOURS)])
        for number, frame in enumerate(codebook.frame_names)
        for stance in codebook.stance_names
    ]
    return [
        {"text": text, "background_color": colour, "text_color": "#ffffff"}
        for text, colour in [*found, (NONE, "#bdbdbd")]
    ]


def _row(place: str, line: Mapping[str, Any]) -> Row:
    labels = line.get("label")
    if not isinstance(labels, list) or not all(isinstance(it, str) for it in labels):
        return Row(place, problem="'label' must be a list of labels, as in text classification")
    try:
        codes = _codes(labels)
        about = said(line) | {"text": _sentence(str(line.get("text", "")))}
    except ValueError as error:
        return Row(place, problem=str(error))
    return Row(place, about, codes=codes, comment=_comment(line))


def _codes(labels: Sequence[str]) -> dict[str, str] | None:
    if NONE in labels and len(labels) > 1:
        raise ValueError(f"has both {NONE!r} and other labels")
    codes: dict[str, str] = {}
    for label in labels:
        frame, _, stance = label.partition(": ")
        if frame in codes:
            raise ValueError(f"has two stances for frame {frame!r}")
        if label != NONE:
            codes[frame] = stance
    return codes if labels else None


def _sentence(text: str) -> str:
    parts = text.split(_APART)
    if len(parts) != 3 or not (parts[1].startswith("[[") and parts[1].endswith("]]")):
        raise ValueError("has no sentence between [[ and ]], with its context before and after")
    return parts[1][2:-2]


def _comment(line: Mapping[str, Any]) -> str:
    found = line.get("Comments") or []
    return "; ".join(map(str, found)) if isinstance(found, list) else str(found)
