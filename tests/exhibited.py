"""Comparison tables made up for tests of what is made from them: exhibits and figures."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
from conftest import small_codebook

from nlp import tables
from nlp.codebook import Codebook
from nlp.params import ExhibitsParams
from nlp.pipeline import BY_NAME

HOSTILE = '=1+1 <script>alert("x")</script> & % $x_1^2$ # {a} ~ \\ | `c` *b* [l](u), --\n“–−”\u202e'
PARAMS = ExhibitsParams(confidence=0.9, top_rows=10, top_actors=3, top_groups=12)
CODEBOOK = small_codebook({"peace": ["calm"], "war": ["fight"]}, {"held": ["yes"], "denied": ["not"]})
PARTS = 3
SPACES = ("frames", "topics", "entities", "words")
NAN = float("nan")

Compared = dict[str, pd.DataFrame]
Row = dict[str, Any]

_SHARE = {"low": 0.08, "high": 0.172}
_USUAL = {"str": "", "float64": 0.1, "int64": 1, "bool": True, "Int64": None}  # by type of column


def table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """A table from what matters of its rows; other columns have some value of their type."""
    columns = tables.SCHEMAS[name].to_schema().columns
    usual = {column: _USUAL[str(it.dtype.type)] for column, it in columns.items()}
    return tables.make(name, [tuple((usual | row)[column] for column in columns) for row in rows])


def empty() -> Compared:
    """The tables of a run that had nothing to compare."""
    return {name: tables.make(name, []) for name in BY_NAME["exhibits"].reads}


def compared(
    groups: list[str], *, codebook: Codebook = CODEBOOK, word: str = "river", documents: int = 1
) -> Compared:
    """All tables that `exhibits` reads, for these groups, each with so many documents.

    The share of the second group is not estimable.
    """
    texts = [(group, f"{at}-{n}") for at, group in enumerate(groups) for n in range(documents)]
    made = {
        **_corpus(groups, texts),
        **_frames(groups, texts, codebook, word),
        **_names(groups, word),
        **_against(groups, codebook, word),
    }
    return empty() | {name: table(name, rows) for name, rows in made.items()}


def _corpus(groups: list[str], texts: list[tuple[str, str]]) -> dict[str, list[Row]]:
    documents = len(texts) // max(len(groups), 1)
    return {
        "members": [{"author": group, "doc_id": text, "grouped_by": "author"} for group, text in texts],
        "authors": [
            {"author": group, "documents": documents, "words": 1000 + at, "sample": 1000}
            | {"diversity": 300.4, "low": 290, "high": 310}
            for at, group in enumerate(groups)
        ],
        "author_zones": [
            {"author": group, "zone": zone, "analysed": zone == "body", "words": 1100}
            for group in groups
            for zone in ("body", "note")
        ],
    }


def _frames(
    groups: list[str], texts: list[tuple[str, str]], codebook: Codebook, word: str
) -> dict[str, list[Row]]:
    coded = list(_coded(codebook))
    actor = {"entity_id": "sarn", "entity": word, "count": 4, "n_coded": 5, "coded": 2}
    return {
        "prevalence": [
            {
                "author": group,
                "method": method,
                **it,
                **_share("estimate", at if method != "machine" else 0),
            }
            for at, group in enumerate(groups)
            for it in coded
            for method in ("corrected", "coded", "machine")
        ],
        "frame_actors": [{"author": group, **it, **actor} for group in groups for it in coded],
        "frame_course": [
            {
                "author": group,
                "doc_id": text,
                **it,
                "part": part,
                "share": part / 10,
                "low": 0.0,
                "high": 0.6,
            }
            for group, text in texts
            for it in coded
            for part in range(1, PARTS + 1)
        ],
        "topic_shares": [
            {"author": group, "topic": topic, "label": word, **_share("share", at)}
            for topic in (0, 1)
            for at, group in enumerate(groups)
        ],
    }


def _coded(codebook: Codebook) -> Iterator[Row]:
    for frame in codebook.frame_names:
        for stance in ("any", *codebook.split):
            yield {"frame": frame, "stance": stance}


def _share(column: str, at: int) -> Row:
    if at == 1:
        return {column: NAN, "low": NAN, "high": NAN, "estimable": False}
    return {column: 0.123, **_SHARE, "estimable": True}


def _names(groups: list[str], word: str) -> dict[str, list[Row]]:
    rate = {"rate": 2.5, "low": 1.5, "high": 3.5, "share": 0.12}
    return {
        "actors": [
            {"author": group, "counted": "rolled up", "entity_id": f"e{n}", "kind": "state", **rate}
            | {"entity": f"Actor {n}" if n else word, "count": 20 - n}
            for group in groups
            for n in range(15)
        ],
        "actor_groups": [
            {"author": group, "grouping": grouping, "name": word, "count": 30, **rate}
            for group in groups
            for grouping in ("kind", "group")
        ],
    }


def _against(groups: list[str], codebook: Codebook, word: str) -> dict[str, list[Row]]:
    pairs = [{"author": one, "other": other} for at, one in enumerate(groups) for other in groups[at + 1 :]]
    rest = [{"author": group, "other": "rest"} for group in groups if len(groups) > 1]
    differs = {"difference": 0.1, "low": -0.01, "high": 0.21, "p": 0.04, "q": 0.2, "scope": "texts"}
    coded = list(_coded(codebook))
    return {
        "frame_differences": [pair | it | differs for pair in [*pairs, *rest] for it in coded],
        "topic_differences": [
            pair | differs | {"label": word, "survives": 0.9, "runs": 9} for pair in pairs
        ],
        "contrasts": [
            pair | _contrast(n, word) | {"kind": kind, "scope": "texts"}
            for kind in ("word", "entity")
            for pair in [*pairs, *rest]
            for n in range(4)
        ],
        "distances": [
            pair
            | {"space": space, "distance": 0.4, "low": 0.35, "high": 0.45, "beyond": 0.3, "scope": "texts"}
            for space in SPACES
            for pair in pairs
        ],
        "distance_map": [
            {"space": space, "author": group, "x": 0.1 * (at % 4), "y": 0.1 * (at // 4), "shown": 0.9}
            for space in SPACES
            for at, group in enumerate(groups)
        ],
        "robustness": [
            pair
            | {"kind": "frame", "feature": it["frame"], "stance": it["stance"], "difference": 0.1}
            | {"p": 0.04, "variants": 22, "same_sign": 1.0, "same_significance": 0.5}
            for pair in [*pairs, *rest]
            for it in coded
        ],
    }


def _contrast(n: int, word: str) -> Row:
    """The stronger, the smaller the number; the last one is what the others use more."""
    effect = -2.5 if n == 3 else 2.5
    counts = {"count": 20 - n, "other_count": 5, "documents": 1, "other_documents": 2}
    scores = {"statistic": 9.5 - n, "effect": effect, "low": effect - 1, "high": effect + 1, "z": 3.2}
    named = {"feature": f"f{n}", "label": f"word{n}" if n else word}
    return named | counts | scores | {"p": 0.01 * (n + 1), "q": 0.02 * (n + 1)}
