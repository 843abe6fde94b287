"""Where the machine was right about authors it had not seen, and where not: counts of units."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from nlp.codes import sample_of
from nlp.manifest import ALL

OUTCOMES = {"hit": "Right", "missed": "Missed", "false": "Not there"}
_UNIT = ["doc_id", "sent_id"]


class Outcomes(NamedTuple):
    """Units of the coded sample by what the machine made of them."""

    counts: Mapping[tuple[str, str, str], int]  # author or 'all', frame, outcome
    stances: Mapping[tuple[str, str], int]  # true stance, stance said: units in which a frame has both
    facets: Mapping[str, Mapping[str, list[str]]]  # how the units of an author are asked for


def outcomes_of(validation: pd.DataFrame, documents: pd.DataFrame, grouped_by: str) -> Outcomes:
    """All empty where no machine was trained.

    The machine is judged by author of the manifest, whatever the groups: so units of an author are asked
    for by their documents where groups are others.
    """
    author = documents.set_index("doc_id")["author"]
    sample = sample_of(validation, "machine")
    sample = sample.assign(author=sample["doc_id"].map(author))
    return Outcomes(_counts(sample), _stances(sample), _facets(author, grouped_by))


def _counts(sample: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    masks = {
        "hit": sample["present"] & sample["true_present"],
        "missed": ~sample["present"] & sample["true_present"],
        "false": sample["present"] & ~sample["true_present"],
    }
    found: dict[tuple[str, str, str], int] = {}
    for name, mask in masks.items():
        for author, rows in ((ALL, sample[mask]), *sample[mask].groupby("author")):
            found |= {
                (str(author), str(it), name): int(n) for it, n in rows.groupby("frame").size().items()
            }
    return found


def _stances(sample: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Units, not codes: a unit with two such frames is one."""
    both = sample[sample["true_present"]].drop_duplicates([*_UNIT, "true_stance", "stance"])
    sizes = both.groupby(["true_stance", "stance"]).size()
    return {(str(true), str(said)): int(n) for (true, said), n in sizes.items()}


def _facets(author: pd.Series, grouped_by: str) -> dict[str, Mapping[str, list[str]]]:
    names = [str(it) for it in author.unique()]
    if grouped_by == "author":
        return {name: {"author": [name]} for name in names}
    return {name: {"doc": sorted(map(str, author.index[author == name]))} for name in names}
