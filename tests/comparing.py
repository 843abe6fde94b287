"""Comparison tables made up for tests of what is made from them: exhibits and figures."""

import pandas as pd
from conftest import small_codebook

from nlp import tables
from nlp.codebook import Codebook
from nlp.pipeline import BY_NAME

HOSTILE = '=1+1 <script>alert("x")</script> & % $x_1^2$ # {a} ~ \\ | `c` *b* [l](u), --\n“–−”\u202e'
NAN = float("nan")
CODEBOOK = small_codebook({"peace": ["calm"], "war": ["fight"]}, {"held": ["yes"], "denied": ["not"]})
PARTS = 3
SPACES = ("frames", "topics", "entities", "words")

Compared = dict[str, pd.DataFrame]


def compared(
    groups: list[str], *, codebook: Codebook = CODEBOOK, word: str = "river", documents: int = 1
) -> Compared:
    """All tables that `exhibits` reads, for these groups, each with so many documents."""
    made = {
        name: tables.make(name, rows) for name, rows in _rows(groups, codebook, word, documents).items()
    }
    return {name: made.get(name, tables.make(name, [])) for name in BY_NAME["exhibits"].reads}


def empty() -> Compared:
    """The tables of a run that had nothing to compare."""
    return {name: tables.make(name, []) for name in BY_NAME["exhibits"].reads}


def _rows(groups: list[str], codebook: Codebook, word: str, documents: int) -> dict[str, list[tuple]]:
    texts = [(group, f"{at}-{n}") for at, group in enumerate(groups) for n in range(documents)]
    pairs = [(one, other) for at, one in enumerate(groups) for other in groups[at + 1 :]]
    against = [*pairs, *((group, "rest") for group in groups if len(groups) > 2)]
    coded = [(it, stance) for it in codebook.frame_names for stance in ("any", *codebook.split)]
    numbered = list(enumerate(groups))
    return {
        "members": [(group, doc_id, "author", word, group, 2001, "", "essay") for group, doc_id in texts],
        "authors": [
            (group, documents, 9, 90, 1000 + at, 400, 1000, 300.4, 290, 310, 20.1, 55.5, 12.1, 40, 30)
            for at, group in numbered
        ],
        "author_zones": [
            (group, zone, zone == "body", 5, 100) for group in groups for zone in ("body", "note")
        ],
        "prevalence": [
            (group, frame, stance, method, *_share(at), 90, 30, 5, at != 1 or method == "machine", None)
            for at, group in numbered
            for frame, stance in coded
            for method in ("corrected", "coded", "machine")
        ],
        "frame_differences": [
            (one, other, frame, stance, 0.1, -0.01, 0.21, 0.04, 0.2, True)
            for one, other in against
            for frame, stance in coded
        ],
        "frame_actors": [
            (group, frame, stance, "sarn", word, 4, 20, 10, 90, 0.2, 0.1, 0.4, 0.11, 5, 2)
            for group in groups
            for frame, stance in coded
        ],
        "frame_course": [
            (group, doc_id, frame, stance, part + 1, 10, part, part / 10, 0.0, 0.6)
            for group, doc_id in texts
            for frame, stance in coded
            for part in range(PARTS)
        ],
        "topic_shares": [
            (group, topic, word, *_share(at), 0.02, 9.5, 40, 0.9, True)
            for topic in (0, 1)
            for at, group in numbered
        ],
        "topic_differences": _topic_differences(against, word),
        "actors": [
            (
                group,
                "rolled up",
                f"e{n}",
                word if n == 0 else f"Actor {n}",
                "state",
                20 - n,
                *RATE,
                "",
                None,
            )
            for group in groups
            for n in range(15)
        ],
        "actor_groups": [
            (group, grouping, word, 3, 30, *RATE) for group in groups for grouping in ("kind", "group")
        ],
        "contrasts": [
            _contrast(kind, one, other, f"f{n}", word if n == 0 else f"word{n}", n)
            for kind in ("word", "entity")
            for one, other in against
            for n in range(4)
        ],
        "distances": [
            (space, one, other, 50, 0.4, 0.35, 0.45, 0.2, 0.001, 0.01, "texts")
            for space in SPACES
            for one, other in pairs
        ],
        "distance_map": [
            (space, group, 0.1 * (at % 4), 0.1 * (at // 4), 0.9)
            for space in SPACES
            for at, group in numbered
        ],
        "robustness": [
            ("frame", one, other, frame, stance, 0.1, 0.04, 22, 1.0, 0.5)
            for one, other in against
            for frame, stance in coded
        ],
    }


RATE = (2.5, 1.5, 3.5, 0.12)


def _share(at: int) -> tuple[float, float, float]:
    """That of the second group is not estimable."""
    return (NAN, NAN, NAN) if at == 1 else (0.123, 0.08, 0.172)


def _topic_differences(against: list[tuple[str, str]], word: str) -> list[tuple]:
    columns = tables.SCHEMAS["topic_differences"].to_schema().columns
    known = dict(
        topic=0, label=word, difference=0.1, low=0.0, high=0.2, p=0.04, q=0.2, survives=0.9, runs=9
    )
    known |= {"estimable": True, "scope": "texts"}
    rows = [known | {"author": one, "other": other} for one, other in against]
    return [tuple(row[column] for column in columns) for row in rows]


def _contrast(kind: str, one: str, other: str, feature: str, label: str, n: int) -> tuple:
    sign = -1 if n == 3 else 1
    counts = (20 - n, 1000, 1, 0.4, 5, 3000, 1)
    scores = (9.5 - n, sign * 2.5, sign * 2.5 - 1, sign * 2.5 + 1, sign * 1.5, sign * 3.2)
    return (kind, one, other, feature, label, *counts, *scores, 0.01 * (n + 1), 0.02 * (n + 1), "texts")
