"""Lines as in corpus/codings/frames.jsonl, with empty codes to be filled."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nlp.codebook import Codebook
from nlp.labelling.formats.rows import Row, said
from nlp.store.draws import Draw, Stretch


def written(draw: Draw, tasks: Sequence[Stretch], codebook: Codebook) -> Mapping[str, str]:
    """`"codes": {}` is to become `{"name": {frame: stance}}`; a name with `{}` saw no frame."""
    lines = [
        {
            "task": it.task,
            **it.model_dump(include={"before", "text", "after"}),
            "codes": {},
            **it.model_dump(include={"unit", "doc_id", "start", "end", "probability"}),
            "codebook": draw.codebook,
        }
        for it in tasks
    ]
    return {".jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)}


def read(items: Sequence[tuple[str, dict[str, Any]]], codebook: Codebook) -> list[Row]:
    """A row for every coder of every line; a line without coders is not coded.

    Where the codebook has one stance or none, a coder's frames may be a list.
    """
    return [row for place, line in items for row in _rows(place, line, codebook.stance_names)]


def _rows(place: str, line: Mapping[str, Any], stances: Sequence[str]) -> list[Row]:
    codes, comments = line["codes"], line.get("comments", {})
    if isinstance(codes, dict) and len(stances) == 1:
        codes = {coder: _with_stance(own, stances[0]) for coder, own in codes.items()}
    if not isinstance(codes, dict) or not all(isinstance(it, dict) for it in codes.values()):
        return [Row(place, problem='codes must be {"name": {frame: stance}}')]
    if not isinstance(comments, dict):
        return [Row(place, problem='comments must be {"name": text}')]
    if not codes:
        return [Row(place, said(line))]
    return [
        Row(
            place,
            said(line),
            coder=coder,
            codes={frame: str(stance) for frame, stance in own.items()},
            comment=str(comments.get(coder, "")),
            date=str(line.get("coded", "")),
        )
        for coder, own in codes.items()
    ]


def _with_stance(codes: object, stance: str) -> object:
    named = isinstance(codes, list) and all(isinstance(frame, str) for frame in codes)
    return dict.fromkeys(codes, stance) if isinstance(codes, list) and named else codes
