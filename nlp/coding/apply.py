"""From features and weights to codes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from nlp.codebook import Codebook
from nlp.codes import Codes
from nlp.coding.material import Material
from nlp.coding.views import Design, Vocabulary, authors_named, presence_design, stance_design

INTERCEPT = "(intercept)"


def code_by_cues(material: Material, codebook: Codebook) -> Codes:
    """The baseline: a frame is present if one of its cues is, in the stance with most cues.

    Without any stance cue the codebook's first stance holds.
    """
    here = material.counted("cues", [f"here {name}" for name in codebook.frame_names]).toarray()
    groups = codebook.stance_groups
    counts = material.counted("groups", [f"{stance}/{group}" for stance, group in groups]).toarray()
    own = [[stance == name for stance, _ in groups] for name in codebook.stance_names]
    stance = (counts @ np.array(own, dtype=float).reshape(len(own), -1).T).argmax(axis=1)
    present = here > 0
    spread = np.repeat(stance[:, None], present.shape[1], axis=1)
    return Codes(present.astype(float), present, spread, np.ones(present.shape))


def designs_of(
    weights: pd.DataFrame, task: str, material: Material, codebook: Codebook
) -> dict[str, Design]:
    """The designs of the views that a trained coder uses for a task."""
    own = weights[weights["task"] == task]
    idf = weights[weights["task"] == "idf"]
    vocabulary = Vocabulary(dict(zip(idf["feature"], idf["weight"], strict=True)))
    views = sorted(set(own["view"]) - {""})
    if task == "presence":
        return {it: presence_design(it, material, codebook, vocabulary) for it in views}
    # All that the coder knows, whoever wrote these units: what is usual with others is a reason, too.
    authors = authors_named(zip(own["view"], own["feature"], strict=True))
    return {it: stance_design(it, material, codebook, vocabulary, authors) for it in views}


def table_of(
    weights: pd.DataFrame, task: str, view: str, names: Sequence[str], targets: Sequence[str]
) -> np.ndarray:
    """Features x targets: the weights of a view; 0 for what has none."""
    own = weights[(weights["task"] == task) & (weights["view"] == view)]
    table = own.pivot(index="feature", columns="target", values="weight")
    return table.reindex(index=list(names), columns=list(targets)).fillna(0.0).to_numpy()


def evidence(
    designs: dict[str, Design], weights: pd.DataFrame, task: str, targets: Sequence[str], size: int
) -> np.ndarray:
    """Log odds (or scores beside each other) of each target for each of the `size` rows of the designs."""
    total = table_of(weights, task, "", [INTERCEPT], targets).repeat(size, axis=0)
    for view, design in designs.items():
        total = total + design.matrix @ table_of(weights, task, view, design.names, targets)
    return total


def code_by_weights(material: Material, weights: pd.DataFrame, codebook: Codebook) -> Codes:
    """Apply a trained coder (table `coder_weights`) to units."""
    frames, stances = codebook.frame_names, codebook.stance_names
    designs = designs_of(weights, "presence", material, codebook)
    score = special.expit(evidence(designs, weights, "presence", frames, len(material)))
    limits = weights[weights["task"] == "threshold"].set_index("target")["weight"].reindex(frames)
    shape = (len(material), len(frames))
    if len(stances) < 2:
        return Codes(score, score >= limits.to_numpy(), np.zeros(shape, dtype=int), np.ones(shape))
    designs = designs_of(weights, "stance", material, codebook)
    found = evidence(designs, weights, "stance", stances, score.size)
    stance = found.argmax(axis=1)
    certain = certainty(found, weights, stances)[np.arange(len(stance)), stance]
    return Codes(score, score >= limits.to_numpy(), stance.reshape(shape), certain.reshape(shape))


def certainty(scores: np.ndarray, weights: pd.DataFrame, stances: Sequence[str]) -> np.ndarray:
    """Probabilities of the stances, from their scores."""
    own = weights[weights["task"] == "certainty"].pivot(index="feature", columns="target", values="weight")
    table = own.reindex(index=[*stances, INTERCEPT], columns=list(stances)).fillna(0.0).to_numpy()
    return special.softmax(scores @ table[:-1] + table[-1], axis=1)
