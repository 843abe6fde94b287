"""How many topics, by which kind of model: the rule, and the table that it goes by."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from nlp import tables
from nlp.stats import mean_of_known
from nlp.topic_models import Array
from nlp.topics import criteria
from nlp.topics.material import Material
from nlp.topics.runs import Kind, Run, stability

_MEASURED = ["c_v", "c_v_error", "npmi", "exclusivity", "diversity", "stability", "held_out"]
_DECIMALS = 6  # so that what is equal but for the last digits is equal


def table_of(
    runs: Mapping[Kind, Sequence[Run]], missing: Mapping[Kind, str], material: Material
) -> pd.DataFrame:
    """Table `topic_choice`: what was measured of each kind, and which is chosen.

    Chosen is the most stable kind of those whose mean c_v is below the best by no more than the standard
    error of their difference; of equally stable ones that with fewer topics. Errors are those of means
    over topics. Those of means over runs would be of the seeds alone, and so small that it decided how
    much coherence rises by chance: topics of few passages have rare terms, which go together more.
    """
    coherence = _coherence(runs, material)
    rows = [
        {"model": kind.model, "n_topics": kind.n_topics, "runs": len(found), "note": ""}
        | _measured(found, coherence[kind], material)
        for kind, found in runs.items()
    ]
    rows += [
        {"model": it.model, "n_topics": it.n_topics, "runs": 0, "note": why} for it, why in missing.items()
    ]
    found = pd.DataFrame(rows, columns=["model", "n_topics", "runs", *_MEASURED, "note"])
    found[_MEASURED] = found[_MEASURED].astype(float).round(_DECIMALS)
    return tables.take("topic_choice", _decided(found))


def _coherence(runs: Mapping[Kind, Sequence[Run]], material: Material) -> dict[Kind, list[Array]]:
    """For each kind and run the c_v of its topics."""
    every = [run.terms for found in runs.values() for run in found]
    measured = iter(criteria.c_v(every, material) if every else [])
    return {kind: [next(measured) for _ in found] for kind, found in runs.items()}


def _measured(runs: Sequence[Run], c_v: Sequence[Array], material: Material) -> dict[str, float]:
    npmi = np.concatenate([criteria.npmi(run.terms, material.counts) for run in runs])
    return {
        "c_v": float(np.mean(c_v)),
        "c_v_error": float(np.mean([it.std(ddof=1) / np.sqrt(len(it)) for it in c_v])),
        "npmi": float(mean_of_known(npmi)),
        "exclusivity": float(np.mean([run.exclusivity.mean() for run in runs])),
        "diversity": float(np.mean([criteria.diversity(run.terms) for run in runs])),
        "stability": stability(runs),
        "held_out": float(mean_of_known(np.array([run.held_out for run in runs]))),
    }


def _decided(measured: pd.DataFrame) -> pd.DataFrame:
    """With columns `eligible` and `chosen`."""
    known = measured["c_v"].notna()
    best = measured[known].sort_values(["c_v", "n_topics"], ascending=[False, True]).head(1)
    error = np.hypot(measured["c_v_error"], best["c_v_error"].sum())
    eligible = known & (measured["c_v"] >= best["c_v"].sum() - error)
    ranked = measured[eligible].sort_values(
        ["stability", "n_topics"], ascending=[False, True], kind="stable", na_position="last"
    )
    return measured.assign(eligible=eligible, chosen=measured.index.isin(ranked.index[:1]))


def chosen(table: pd.DataFrame) -> Kind:
    """The kind that the table marks."""
    row = table[table["chosen"]].iloc[0]
    return Kind(str(row["model"]), int(row["n_topics"]))
