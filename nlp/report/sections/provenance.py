"""Decides what the report says of what it was made with, who coded, and how to make it again."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.params import Params

REFERENCE, ADJUDICATORS = "coder.reference", "coder.adjudicators"  # parameters that give coders a part


class Made(NamedTuple):
    """A file with its hash, or a package with its version: what stands beside it, and who works with it."""

    name: str
    value: str
    note: str
    stages: str


class Parameter(NamedTuple):
    """A value of configs/params.yaml, with what it does."""

    name: str
    value: str
    does: str


class Coder(NamedTuple):
    """Who coded: the part that it plays, units judged, how many by today's codebook, and when."""

    name: str
    parts: list[str]
    units: int
    current: int
    unknown: int  # units of which nothing says by which codebook they were coded
    first: str  # days; empty if unknown
    last: str


class Provenance(NamedTuple):
    """What a run was made with."""

    texts: list[Made]
    inputs: list[Made]
    software: list[Made]
    models: list[Made]
    sections: list[tuple[str, list[Parameter]]]  # in the order of configs/params.yaml
    version: str  # of the codebook
    hash: str
    coders: list[Coder]
    in_blocks: bool  # whether neighbouring units were drawn together
    citation: dict[str, str]  # author, title and version, or nothing


def provenance_of(provenance: pd.DataFrame, coded: pd.DataFrame, codebook: Codebook) -> Provenance:
    """All of table `provenance`, beside the codebook and the coders of table `coded_sentences`."""
    kinds = {kind: rows for kind, rows in provenance.groupby("kind")}
    return Provenance(
        texts=_made(kinds, "text"),
        inputs=_made(kinds, "input"),
        software=_made(kinds, "software"),
        models=_made(kinds, "model"),
        sections=_sections(_rows(kinds, "parameter")),
        version=codebook.version,
        hash=codebook.hash,
        coders=_coders(coded, _known(provenance), codebook.hash),
        in_blocks=bool(coded.drop_duplicates(["doc_id", "sent_id"]).duplicated(["doc_id", "block"]).any()),
        citation={row.name: row.value for row in _rows(kinds, "citation")},
    )


def reference_of(provenance: pd.DataFrame) -> str:
    """The coder whose codes are taken as true; empty where nothing tells."""
    return _known(provenance).get(REFERENCE, "")


def _known(provenance: pd.DataFrame) -> dict[str, str]:
    """The values of parameters."""
    own = provenance[provenance["kind"] == "parameter"]
    return dict(zip(own["name"], own["value"], strict=True))


def _rows(kinds: dict[Any, pd.DataFrame], kind: str) -> list[Any]:
    return list(kinds[kind].itertuples(index=False, name="Row")) if kind in kinds else []


def _made(kinds: dict[Any, pd.DataFrame], kind: str) -> list[Made]:
    return [Made(row.name, row.value, row.note, row.stages) for row in _rows(kinds, kind)]


def _sections(rows: Sequence[Any]) -> list[tuple[str, list[Parameter]]]:
    """Parameters by section, both in the order in which params.yaml is read."""
    given = {row.name: row for row in rows}
    found = []
    for section, field in Params.model_fields.items():
        names = getattr(field.annotation, "model_fields", {})
        known = [(key, given[f"{section}.{key}"]) for key in names if f"{section}.{key}" in given]
        found.append((section, [Parameter(key, row.value, row.note) for key, row in known]))
    return [(section, parameters) for section, parameters in found if parameters]


def _coders(coded: pd.DataFrame, known: dict[str, str], today: str) -> list[Coder]:
    parts = {
        "reference": {known.get(REFERENCE, "")},
        "adjudicator": set(json.loads(known.get(ADJUDICATORS, "[]"))),
    }
    judged = coded.drop_duplicates(["coder", "doc_id", "sent_id"])
    return [
        _coder(str(name), rows, [part for part, names in parts.items() if name in names], today)
        for name, rows in judged.groupby("coder")
    ]


def _coder(name: str, units: pd.DataFrame, parts: list[str], today: str) -> Coder:
    days = units.loc[units["coded_on"] != "", "coded_on"]
    return Coder(
        name=name,
        parts=parts,
        units=len(units),
        current=int((units["codebook"] == today).sum()),
        unknown=int((units["codebook"] == "").sum()),
        first=min(days, default=""),
        last=max(days, default=""),
    )
