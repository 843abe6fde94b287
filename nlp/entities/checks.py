"""Every coded name, and every other that is found in coded units: what became of each."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from nlp import tables
from nlp.entities.units import Name, Unit, is_same, names_within

Span = tuple[int, int, str]  # start and end in the clean text, label: what `strict` compares
_NOBODY = Name(-1, -1, "", "")


def check_names(
    units: Sequence[Unit],
    mentions: pd.DataFrame,
    entities: pd.DataFrame,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
) -> pd.DataFrame:
    """Table `checked_names`: the cases that table `entity_quality` counts as strict and as linked.

    A name found with another span or label is two rows: one missed, one false.
    """
    model = mentions[mentions["recogniser"] == "model"].assign(entity="")
    found = names_within(units, entities), names_within(units, model)
    text = texts.set_index("doc_id")["text"]
    begins = {doc_id: rows for doc_id, rows in sentences.groupby("doc_id")}
    rows: list[tuple[object, ...]] = []
    for unit, *names in zip(units, *found, strict=True):
        cases = _cases(unit.names, *({it[:3]: it for it in own} for own in names))
        rows += (
            (unit.unit, unit.doc_id, number, *_place(unit, span, begins[unit.doc_id], text), *case)
            for number, (span, *case) in enumerate(cases)
        )
    return tables.make("checked_names", rows)


def _cases(
    coded: Sequence[Name], pipeline: Mapping[Span, Name], model: Mapping[Span, Name]
) -> Iterator[tuple[Span, str, str, str, str]]:
    """Span, coded and found entity, and what became of it: by the pipeline, by the model alone."""
    for it in coded:
        mine = pipeline.get(it[:3])
        linked = "right" if mine and is_same(it.entity, mine.entity) else "mislinked"
        entity = (mine or _NOBODY).entity
        yield it[:3], it.entity, entity, linked if mine else "missed", _found(it[:3] in model)
    for span in sorted({*pipeline, *model} - {it[:3] for it in coded}):
        entity = pipeline.get(span, _NOBODY).entity
        yield span, "", entity, _false(span in pipeline), _false(span in model)


def _found(found: bool) -> str:
    return "right" if found else "missed"


def _false(found: bool) -> str:
    return "false" if found else ""


def _place(unit: Unit, span: Span, sentences: pd.DataFrame, text: pd.Series) -> tuple[object, ...]:
    """Sentence, start, end, words and label; a coded name may have no place in the clean text."""
    start, end, label = span
    known = 0 <= start < end
    at = np.searchsorted(sentences["start"], start if known else unit.start, side="right") - 1
    number = int(sentences["sent_id"].iloc[max(at, 0)])
    if not known:
        return number, None, None, "", label
    return number, start, end, text[unit.doc_id][start:end], label
