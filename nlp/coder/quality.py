"""How good the predictions for unseen authors are."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import MACRO, Codebook
from nlp.manifest import ALL
from nlp.stats import Score, score


def measure(validation: pd.DataFrame, author: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """Precision, recall and F1 by frame and stance, pooled and for each author: `coder_quality`."""
    known = validation[validation["block"] != ""]
    known = known.assign(author=known["doc_id"].map(author))
    rows: list[tuple[object, ...]] = []
    for model, predictions in known.groupby("model", sort=True):
        groups = [(ALL, predictions), *predictions.groupby("author", sort=True)]
        for name, group in groups:
            rows += _task(model, name, "presence", _presence(group, codebook))
            if codebook.split:
                rows += _task(model, name, "stance", _stance(group, codebook))
    return tables.make("coder_quality", rows)


Judged = Iterator[tuple[str, np.ndarray, np.ndarray]]


def _presence(group: pd.DataFrame, codebook: Codebook) -> Judged:
    for frame in codebook.frame_names:
        rows = group[group["frame"] == frame]
        yield frame, rows["true_present"].to_numpy(), rows["present"].to_numpy()


def _stance(group: pd.DataFrame, codebook: Codebook) -> Judged:
    """The stance is judged wherever the reference coder saw the frame, whether or not the model did."""
    seen = group[group["true_present"]]
    for stance in codebook.stance_names:
        yield (
            stance,
            (seen["true_stance"] == stance).to_numpy(),
            (seen["stance"] == stance).to_numpy(),
        )


def _task(model: object, author: object, task: str, judged: Judged) -> Iterator[tuple[object, ...]]:
    scores: list[Score] = []
    total = 0
    for target, truth, predicted in judged:
        found = score(truth, predicted)
        scores.append(found)
        total = len(truth)
        yield (
            model,
            task,
            target,
            author,
            found.precision,
            found.recall,
            found.f1,
            found.positives,
            total,
        )
    means = [_mean([it[place] for it in scores]) for place in range(3)]
    yield model, task, MACRO, author, *means, sum(it.positives for it in scores), total


def _mean(values: list[float]) -> float:
    """Mean of what is known: a frame that neither occurs nor is predicted says nothing."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def summarise(quality: pd.DataFrame, units: int, sentences: int) -> dict[str, object]:
    """The table as nested numbers, for outputs/metrics: model, task, author left out, target."""
    nested: dict[str, object] = {"coded units": units, "coded sentences": sentences}
    for row in quality.itertuples():
        level = nested
        for key in (row.model, row.task, f"author {row.author}" if row.author != ALL else ALL):
            level = level.setdefault(key, {})  # type: ignore[assignment]
        level[row.target] = {
            "precision": row.precision,
            "recall": row.recall,
            "f1": row.f1,
            "count": int(row.count),
        }
    return nested
