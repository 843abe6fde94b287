"""What drawing by uncertainty is worth: draws of the coded sample, again and again, as if it were all.

`python bench/draws.py [PROJECT]` after `crossframe run`. The error of a share is that of the difference
estimator: what the machine says of every sentence (by a coder not trained on the author), corrected by
the weighted errors in the sentences drawn. No sentence is looked at.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from timing import table

from nlp.labelling.probabilities import allocate, inclusion, mixture, pivotal
from nlp.labelling.uncertainty import uncertainty
from nlp.store import configs
from nlp.store.project import open_project

RUNS, SHARE = 2000, 0.25  # draws, and how much of the coded sample each takes
KEYS = ["doc_id", "sent_id"]


def main(root: Path) -> None:
    project = open_project(root.resolve())
    params = configs.read_params(project).labelling
    codes = table(project, "validation")
    codes = codes.query("scheme == 'author' and model == 'machine' and block != ''")
    wide = codes.pivot(index=KEYS, columns="frame", values=["present", "true_present"]).astype(float)
    errors = (wide["true_present"] - wide["present"]).to_numpy()
    documents = table(project, "documents").set_index("doc_id")["author"]
    author = documents.reindex(wide.index.get_level_values("doc_id")).to_numpy()
    unsure = uncertainty(codes.assign(coder="machine")).reindex(wide.index).to_numpy()
    print(
        f"root mean square error of a share, per author and frame; {SHARE:.0%} of {len(wide)}, {RUNS} draws"
    )
    for name, floor in {"all alike": 1.0, "by uncertainty": params.uncertainty_floor}.items():
        found = _error(errors, author, mixture_of(unsure, author, floor), params.least_per_author)
        print(f"  {name:<15} {found:.4f}")


def mixture_of(unsure: np.ndarray, author: np.ndarray, floor: float) -> np.ndarray:
    weights = np.zeros(len(unsure))
    for places in pd.Series(author).groupby(author).indices.values():
        weights[places] = mixture(unsure[places], floor=floor)
    return weights


def _error(errors: np.ndarray, author: np.ndarray, weights: np.ndarray, least: int) -> float:
    strata = {str(name): it for name, it in pd.Series(author).groupby(author).indices.items()}
    sizes = {name: len(places) for name, places in strata.items()}
    count = allocate(sizes, round(SHARE * len(errors)), least=least)
    random, squares = np.random.default_rng(1), []
    for name, places in strata.items():
        chance = inclusion(weights[places], count[name])
        own = errors[places]
        for _ in range(RUNS):
            drawn = pivotal(chance, random)
            corrected = (own[drawn] / chance[drawn, None]).sum(axis=0) / len(places)
            squares.append((corrected - own.mean(axis=0)) ** 2)
    return float(np.sqrt(np.mean(squares)))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
