"""How far coders agree, with each other and with the machine."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp import tables
from nlp.agreement import Agreement, agreement, coincidences
from nlp.codebook import MACRO, Codebook
from nlp.manifest import ALL
from nlp.params import CoderParams
from nlp.stats import draws, mean_of_known, percentiles

_KEY = ["doc_id", "sent_id"]
_MODELS = ("cues", "machine")
_JUDGED = [*_KEY, "coder", "frame", "present", "stance"]


class Task(NamedTuple):
    """What coders said: coders x units x frames, categories from 0; -1 where there is no judgement."""

    name: str
    codes: np.ndarray
    categories: int


class Comparison(NamedTuple):
    """Two coders, or all of them, with their places among the coders of a task."""

    coder: str
    other: str
    members: list[int]


def measure(
    coded: pd.DataFrame, validation: pd.DataFrame, codebook: Codebook, params: CoderParams
) -> pd.DataFrame:
    """Krippendorff's alpha by frame, for presence and stance: table `reliability`.

    `coded` is table `coded_sentences`. Compared are every two coders, all together who did not know
    each other's codes, and every coder with each model that predicts authors it has not seen. A stance
    is compared where both saw the frame, which leaves out what they disagreed about most. Intervals are
    percentiles of a bootstrap that draws whole blocks within each document (Efron & Tibshirani 1993).
    """
    validation = validation[(validation["scheme"] == "author") & validation["model"].isin(_MODELS)]
    units = coded.drop_duplicates(_KEY).sort_values(_KEY).reset_index(drop=True)
    if units.empty:
        return tables.make("reliability", [])
    people, models = sorted(set(coded["coder"])), sorted(set(validation["model"]))
    judged = pd.concat([coded[_JUDGED], validation.rename(columns={"model": "coder"})[_JUDGED]])
    tasks = _tasks(judged, units, [*people, *models], codebook)
    compared = list(_comparisons(people, models, params.adjudicators))
    weights = draws(units["doc_id"], units["block"], replicates=params.replicates, seed=params.seed)
    rows = (
        (frame, task.name, it.coder, it.other, *figures)
        for task, it in product(tasks, compared)
        for frame, *figures in _rows(task, it.members, weights, codebook.frame_names, params.confidence)
    )
    return tables.make("reliability", rows)


def _tasks(
    judged: pd.DataFrame, units: pd.DataFrame, coders: Sequence[str], codebook: Codebook
) -> list[Task]:
    """Presence, and stance if the codebook has several; the stance of an absent frame is no judgement."""
    where = pd.MultiIndex.from_frame(units[_KEY]).get_indexer(pd.MultiIndex.from_frame(judged[_KEY]))
    judged, where = judged[where >= 0], where[where >= 0]
    named = ((coders, "coder"), (codebook.frame_names, "frame"), (codebook.stance_names, "stance"))
    coder, frame, stance = (pd.Index(names).get_indexer(judged[column]) for names, column in named)
    present = judged["present"].to_numpy()
    presence = np.full((len(coders), len(units), len(codebook.frames)), -1)
    stances = presence.copy()
    presence[coder, where, frame] = present
    stances[coder, where, frame] = np.where(present, stance, -1)
    tasks = [Task("presence", presence, 2), Task("stance", stances, len(codebook.stance_names))]
    return tasks if codebook.split else tasks[:1]


def _comparisons(
    people: Sequence[str], models: Sequence[str], adjudicators: Sequence[str]
) -> Iterator[Comparison]:
    names = [*people, *models]
    independent = [place for place, name in enumerate(people) if name not in adjudicators]
    if len(independent) > 1:
        yield Comparison(ALL, ALL, independent)
    for coder, other in (*combinations(people, 2), *product(people, models)):
        yield Comparison(coder, other, [names.index(coder), names.index(other)])


def _rows(
    task: Task, members: Sequence[int], weights: np.ndarray, frames: Sequence[str], confidence: float
) -> Iterator[tuple[object, ...]]:
    """Frame, alpha, its interval, share of agreeing pairs and units, and the mean of all frames."""
    codes = task.codes[list(members)]
    found = [
        agreement(coincidences(codes[:, :, number].T, categories=task.categories), weights)
        for number in range(len(frames))
    ]
    sizes = ((codes >= 0).sum(axis=0) > 1).sum(axis=0)
    mean = Agreement(*(mean_of_known(np.stack(parts)) for parts in zip(*found, strict=True)))
    for frame, it, size in zip([*frames, MACRO], [*found, mean], [*sizes, sizes.sum()], strict=True):
        bounds = percentiles(it.alpha[1:], confidence=confidence)
        yield frame, it.alpha[0], *bounds, it.share[0], size
