"""Label Studio: tasks, the labelling interface made from the codebook, and both of its exports."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from nlp.codebook import Codebook, Frame
from nlp.labelling.formats.rows import Row, said
from nlp.store.draws import Draw, Stretch

_FRAME, _COMMENT = "frame_", "comment"  # names of controls; the prefix keeps frames apart from all else
_SENTENCE = "sentence"
_STYLE = (
    ".crossframe-context {opacity: 0.6} .crossframe-sentence {font-size: 120%; font-weight: 600;"
    " margin: 0.6em 0} .crossframe-note * {font-size: 0.9rem !important; font-weight: 400 !important;"
    " line-height: 1.4; margin: 0.1em 0}"
)
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(draw: Draw, tasks: Sequence[Stretch], codebook: Codebook) -> Mapping[str, str]:
    """The tasks tell neither author nor document, nor how likely they were drawn."""
    data = [
        {"data": {**it.model_dump(include={"task", "before", "text", "after"}), "codebook": draw.codebook}}
        for it in tasks
    ]
    return {
        ".label-studio.json": json.dumps(data, indent=1, ensure_ascii=False) + "\n",
        ".label-studio.xml": interface(codebook),
    }


def interface(codebook: Codebook) -> str:
    """The labelling configuration: the sentence in its context, a choice of stances for each frame."""
    view = ET.Element("View")
    ET.SubElement(view, "Style").text = _STYLE
    for name, field, style in (
        ("before", "before", "context"),
        (_SENTENCE, "text", "sentence"),
        ("after", "after", "context"),
    ):
        box = ET.SubElement(view, "View", className=f"crossframe-{style}")
        ET.SubElement(box, "Text", name=name, value=f"${field}")
    for frame in codebook.frames:
        _add_choices(view, frame, codebook)
    ET.SubElement(
        view,
        "TextArea",
        {
            "name": _COMMENT,
            "toName": _SENTENCE,
            "placeholder": "Remark",
            "rows": "2",
            "maxSubmissions": "1",
        },
    )
    _add_guideline(view, codebook)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _add_choices(view: ET.Element, frame: Frame, codebook: Codebook) -> None:
    hints = {it.name: f"{it.label}: {it.definition}" for it in codebook.stances}
    ET.SubElement(view, "Header", value=_shown(frame.label), size="4")
    _add_note(view, frame.definition)
    # Not `single-radio`: there a choice once made could not be taken back.
    choices = ET.SubElement(
        view,
        "Choices",
        {"name": f"{_FRAME}{frame.name}", "toName": _SENTENCE, "choice": "single", "showInline": "true"},
    )
    for name in codebook.stance_names:
        ET.SubElement(choices, "Choice", value=name, hint=_shown(hints.get(name, name)))


def _add_guideline(view: ET.Element, codebook: Codebook) -> None:
    """Folded away below: scope and rules, and for each frame what is in and what is out."""
    panels = [("Scope and rules", [f"Unit: {codebook.unit}", codebook.scope, *codebook.rules])]
    panels += [(frame.label, list(_notes(frame))) for frame in codebook.frames]
    folded = ET.SubElement(view, "Collapse", bordered="true")
    for title, lines in panels:
        panel = ET.SubElement(folded, "Panel", value=_shown(title))
        for line in lines:
            _add_note(panel, line)


def _add_note(view: ET.Element, text: str) -> None:
    """A header is the one tag that shows text of its own; the style makes it small."""
    box = ET.SubElement(view, "View", className="crossframe-note")
    ET.SubElement(box, "Header", value=_shown(text), size="6")


def _notes(frame: Frame) -> Iterator[str]:
    lists = {
        "In": frame.include,
        "Not": frame.exclude,
        "Example": frame.examples,
        "Near miss": frame.near_misses,
    }
    return (f"{kind}: {note}" for kind, notes in lists.items() for note in notes)


def _shown(text: str) -> str:
    """As a value: one line, no characters that XML lacks, and no `$name`, which would be a field."""
    plain = " ".join(_NOT_XML.sub("", text).split())
    return plain.replace("$", "$\u2060") or "–"


def read_full(tasks: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Export `JSON`: a row for every annotation; a task without any, or skipped, is not coded."""
    return [row for number, task in enumerate(tasks, start=1) for row in _annotations(number, task)]


def _annotations(number: int, task: Mapping[str, Any]) -> Iterator[Row]:
    place, about = f"task {number}", said(task["data"] if isinstance(task["data"], dict) else {})
    annotations = task.get("annotations") or []
    if not isinstance(annotations, list) or not all(isinstance(it, dict) for it in annotations):
        yield Row(place, problem="has annotations of another form")
        return
    made = [it for it in annotations if not it.get("was_cancelled")]
    if not made:
        yield Row(place, about)
    for count, annotation in enumerate(made, start=1):
        where = place if len(made) == 1 else f"{place}, annotation {count}"
        try:
            given = _given(annotation.get("result") or [])
        except (KeyError, TypeError, AttributeError):
            yield Row(where, problem="has a result of another form")
            continue
        except ValueError as error:
            yield Row(where, problem=str(error))
            continue
        coder, date = _annotator(annotation.get("completed_by")), _date(annotation)
        yield _row(where, about, coder, date, given)


def _given(result: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """What each control holds."""
    given: dict[str, object] = {}
    for it in result:
        name, kind = str(it.get("from_name")), str(it.get("type"))
        if name in given:
            raise ValueError(f"control {name!r} has two results")
        given[name] = it["value"].get({"textarea": "text"}.get(kind, kind))
    return given


def read_flat(tasks: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Export `JSON-MIN`: a row for every annotation, with its choices as fields.

    Where all tasks were asked for, those without an annotation have none of its numbers.
    """
    return [
        _row(place, said(task), _annotator(task.get("annotator")), _date(task), task)
        if task.get("annotation_id") is not None
        else Row(place, said(task))
        for place, task in ((f"task {number}", task) for number, task in enumerate(tasks, start=1))
    ]


def _row(place: str, about: Mapping[str, Any], coder: str, date: str, given: Mapping[str, Any]) -> Row:
    frames = {key.removeprefix(_FRAME): it for key, it in given.items() if key.startswith(_FRAME)}
    try:
        codes = {frame: _one(frame, it) for frame, it in frames.items() if it}
    except ValueError as error:
        return Row(place, problem=str(error))
    comment = "; ".join(map(str, _list(given.get(_COMMENT) or [])))
    return Row(place, about, coder=coder, codes=codes, comment=comment, date=date)


def _one(frame: str, given: object) -> str:
    """The stance that was chosen: `"a"`, `["a"]` or `{"choices": ["a"]}`."""
    chosen = _list(given.get("choices") if isinstance(given, dict) else given)
    if len(chosen) != 1 or not isinstance(chosen[0], str):
        raise ValueError(f"frame {frame!r} has not just one stance")
    return chosen[0]


def _list(given: object) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _annotator(said_by: object) -> str:
    """The e-mail address where the export has it, else the number that Label Studio gave."""
    number = said_by
    if isinstance(said_by, dict):
        if said_by.get("email"):
            return str(said_by["email"])
        number = said_by.get("id")
    return "" if number is None else f"annotator-{number}"


def _date(annotation: Mapping[str, Any]) -> str:
    """The day of the last change, in UTC."""
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")[:10]
