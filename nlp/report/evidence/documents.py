"""One document as data: its sentences, passages and units, with all that is known of them."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from nlp.codebook import Codebook
from nlp.registry import Registry
from nlp.report.evidence.checked import Checked
from nlp.report.evidence.codes import Codes
from nlp.report.evidence.names import Named, Names, places
from nlp.report.evidence.passages import Passages
from nlp.report.evidence.sources import Change, changes_of, differs
from nlp.report.evidence.split import ByDocument
from nlp.report.evidence.words import Found, Words
from nlp.report.tables import Tables
from nlp.units import parts_of

Document = dict[str, Any]


class Documents:
    """Every document as data, made when it is asked for: a large corpus is never held as a whole."""

    def __init__(
        self,
        doc_ids: Sequence[str],
        tables: Tables,
        codebook: Codebook,
        registry: Registry,
        words: set[str],
    ) -> None:
        self.doc_ids = doc_ids
        self._counted = _analysed(tables.author_zones)
        self._raw = tables.documents.set_index("doc_id")["raw"]
        self._sentences = ByDocument(tables.sentences)
        self.characters = int(tables.sentences["text"].str.len().sum())
        self._edits = ByDocument(tables.edits)
        self._units = ByDocument(
            _in_parts(tables.units, tables.frame_course), [*tables.units.columns, "part"]
        )
        self._names = Names(tables.entities, registry)
        self._checked = Checked(tables.checked_names)
        self._words = Words(tables.occurrences, words)
        self._passages = Passages(tables.passages, tables.topic_weights)
        self._codes = Codes(
            tables.frame_codes, tables.validation, tables.coded_sentences, tables.explanations, codebook
        )

    def __iter__(self) -> Iterator[Document]:
        return (self.of(doc_id) for doc_id in self.doc_ids)

    def of(self, doc_id: str) -> Document:
        """One document; the form is told in `nlp.report.evidence`."""
        sentences = self._sentences[doc_id]
        named, words = self._names.of(doc_id), self._words.of(doc_id)
        return {
            "id": doc_id,
            "actors": [list(it) for it in named.actors],
            "words": list(words.words),
            "sentences": self._lines(doc_id, sentences, named, words),
            "passages": self._passages.of(doc_id, sentences),
            "units": self._coded(doc_id, sentences),
        }

    def _lines(
        self, doc_id: str, sentences: pd.DataFrame, named: Named, words: Found
    ) -> list[dict[str, Any]]:
        raw, changes = self._raw[doc_id], changes_of(self._edits[doc_id], sentences)
        checked = self._checked.of(doc_id, sentences)
        return [
            _line(row, raw, changes.get(place, []), row.zone in self._counted)
            | _present(
                names=places(row.text, row.start, named.by_sentence.get(row.sent_id, [])),
                words=words.by_sentence.get(row.sent_id),
                checked=checked.get(row.sent_id),
            )
            for place, row in enumerate(sentences.itertuples(index=False))
        ]

    def _coded(self, doc_id: str, sentences: pd.DataFrame) -> list[dict[str, Any]]:
        units = self._units[doc_id]
        counted = sentences[sentences["zone"].isin(list(self._counted))]
        last = _last_of(units, counted)
        raw, sample, coders = self._raw[doc_id], self._codes.sample(doc_id), self._codes.coders(doc_id)
        scores = self._codes.scores(doc_id)
        codes = self._codes.of(doc_id, dict(zip(units["sent_id"], units["text"], strict=True)))
        return [
            _unit(row, to, raw)
            | _present(
                sample=row.sent_id in sample,
                scores=scores.get(row.sent_id),
                coders=coders.get(row.sent_id),
                codes=codes.get(row.sent_id),
            )
            for row, to in zip(units.itertuples(index=False), last, strict=True)
        ]


def _analysed(author_zones: pd.DataFrame) -> set[str]:
    return set(author_zones.loc[author_zones["analysed"], "zone"])


def _in_parts(units: pd.DataFrame, frame_course: pd.DataFrame) -> pd.DataFrame:
    """Units with the part of their text that table `frame_course` counts them in."""
    parts = int(frame_course["part"].max()) if len(frame_course) else 1
    ordered = units.sort_values(["doc_id", "sent_id"], ignore_index=True)
    return ordered.assign(part=parts_of(ordered, parts))


def _line(row: Any, raw: str, changes: Sequence[Change], counted: bool) -> dict[str, Any]:
    source = raw[row.raw_start : row.raw_end]
    return {"n": int(row.sent_id), "text": row.text, "zone": row.zone, "p": int(row.paragraph)} | _present(
        page=None if pd.isna(row.page) else int(row.page),
        counted=counted,
        raw=source if differs(source, row.text) else None,
        edits=changes,
    )


def _last_of(units: pd.DataFrame, counted: pd.DataFrame) -> list[int]:
    """The number of the last counted sentence of each unit."""
    if counted.empty:
        return [int(it) for it in units["sent_id"]]
    place = np.searchsorted(counted["start"].to_numpy(), units["end"].to_numpy(), side="left") - 1
    return [int(it) for it in counted["sent_id"].to_numpy()[np.maximum(place, 0)]]


def _unit(row: Any, last: int, raw: str) -> dict[str, Any]:
    source = raw[row.raw_start : row.raw_end]
    return {
        "n": int(row.sent_id),
        "to": max(last, int(row.sent_id)),
        "part": int(row.part),
        "start": int(row.raw_start),
        "end": int(row.raw_end),
    } | _present(raw=source if source != row.text else None)


def _present(**found: Any) -> dict[str, Any]:
    """What there is of it: nothing that is missing, false or empty."""
    return {name: it for name, it in found.items() if it}
