"""Labels and kinds of names are words of the parameters: a slip in one would look like a wrong name."""

from typing import get_args

import pandas as pd

from nlp.errors import CodingError, ConfigError, entry, listed
from nlp.params import EntitiesParams
from nlp.registry import Kind, Registry


def check_labels(params: EntitiesParams, registry: Registry, coded_mentions: pd.DataFrame) -> None:
    """Raise ConfigError for a label or kind that nobody knows, CodingError for such a coded label."""
    known = ", ".join(sorted(params.kinds))
    if odd := sorted(set(params.kinds.values()) - set(get_args(Kind))):
        raise ConfigError(
            f"no such kind: {listed(odd)}",
            where="configs/params.yaml: entities.kinds",
            hint=f"kinds are {', '.join(get_args(Kind))}",
        )
    told = [
        f"{entry('entities', number, it.id)} has label {it.label!r}"
        for number, it in enumerate(registry.entities)
        if it.label not in params.kinds
    ]
    if told:
        raise ConfigError(
            listed(told),
            where="configs/entities.yaml",
            hint=f"labels are those of entities.kinds in configs/params.yaml: {known}",
        )
    labels = coded_mentions[coded_mentions["label"] != ""]
    wrong = labels[~labels["label"].isin(list(params.kinds))]
    if len(wrong):
        raise CodingError(
            listed([f"unit {it.unit!r} has label {it.label!r}" for it in wrong.itertuples()]),
            where="corpus/codings/entities.jsonl",
            hint=f"labels are those of entities.kinds in configs/params.yaml: {known}",
        )
