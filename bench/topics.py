"""Topics: how long the choice takes, what a fit costs beside bare gensim, whether inference is linear, and
how the chosen model does beside a single gensim LDA with as many topics.

`python bench/topics.py` measures the corpus of this project as its last run has left it, and the news of
gensim's own test data, cut into lemmas by nothing but spaces.
"""

import re
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from timing import report, seconds, table

from nlp import tables, topics
from nlp.params import TopicsParams
from nlp.store import configs
from nlp.store.project import Project
from nlp.topic_models import MODELS, Array, Task, lda
from nlp.topics import criteria
from nlp.topics.choice import chosen
from nlp.topics.description import Learned
from nlp.topics.matching import match
from nlp.topics.material import Material, learn
from nlp.topics.rankings import strongest
from nlp.topics.runs import partial_runs, split, stability

PAIRS = 5
COPIES = (1, 4, 16)  # of the passages, for inference


def measure(project: Project) -> None:
    """The corpus of the project."""
    params = configs.read_params(project).topics
    _measure("", table(project, "passages"), table(project, "passage_terms"), params)


def _measure(name: str, passages: pd.DataFrame, terms: pd.DataFrame, params: TopicsParams) -> None:
    last = {it: tables.make(it, []) for it in Learned._fields if it != "topic_runs"}
    made: list[topics.Result] = []
    times = [
        seconds(lambda: made.append(topics.run(params, passages=passages, passage_terms=terms, last=last)))
    ]
    tried = len(params.models) * len(params.n_topics) * params.runs
    report(f"{name}topics, choice of {tried} runs", times)
    material = learn(passages, terms, params)
    _fits(material, params)
    _inference(material, params)
    _beside(material, made[0].topic_choice, params)


def _task(material: Material, n_topics: int, seed: int, params: TopicsParams) -> Task:
    return Task(material.counts, material.idf, n_topics, seed, params.passes)


def _fits(material: Material, params: TopicsParams) -> None:
    """The time of a fit of LDA beside gensim's by itself, at the same settings."""
    task = _task(material, 8, params.seed, params)
    bags = lda.bags(material.counts)
    pairs = [
        (seconds(lambda: lda.fit(task)), seconds(lambda: _bare(bags, material, task))) for _ in range(PAIRS)
    ]
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    print(f"{'fit of lda / bare gensim':<28} {ratio:8.2f}   ({len(bags)} passages, 8 topics)")


def _bare(bags: list[Any], material: Material, task: Task) -> Array:
    from gensim.models import LdaModel

    model = LdaModel(
        bags,
        id2word=dict(enumerate(material.terms)),
        num_topics=task.n_topics,
        passes=task.passes,
        alpha="symmetric",
        eta="auto",
        random_state=task.seed,
        dtype=np.float64,
        eval_every=None,
    )
    return model.get_topics()


def _inference(material: Material, params: TopicsParams) -> None:
    """The time that a passage takes, among few and among many."""
    sizes = ", ".join(str(copies * len(material.documents)) for copies in COPIES)
    for name in ("nmf", "lda"):
        weights = MODELS[name].fit(_task(material, 8, params.seed, params))
        told = [1000 * _inferred(name, weights, material, copies) for copies in COPIES]
        shown = " ".join(f"{it:.3f}" for it in told)
        print(f"{f'inference, {name}':<28} {shown} ms a passage, of {sizes}")


def _inferred(name: str, weights: Array, material: Material, copies: int) -> float:
    """Seconds for each of the passages, of which there are so many copies."""
    from scipy import sparse

    counts = sparse.vstack([material.counts] * copies, format="csr")
    took = seconds(lambda: MODELS[name].infer(weights, counts, material.idf, seed=1))
    return took / counts.shape[0]


def _beside(material: Material, choice: pd.DataFrame, params: TopicsParams) -> None:
    """NPMI and stability of the chosen model, and of LDA as gensim tells its topics: by probability.

    Both see the same parts of the passages.
    """
    kind = chosen(choice)
    runs = partial_runs(kind, material, params)
    single = [
        _single(material, kind.n_topics, params.seed + number, params) for number in range(params.runs)
    ]
    pairs = [match(one, other).similarity.mean() for at, one in enumerate(single) for other in single[:at]]
    for name, models, alike in (
        (f"{kind.model}, {kind.n_topics} topics", [run.terms for run in runs], stability(runs)),
        ("a single gensim LDA", single, float(np.mean(pairs))),
    ):
        npmi = np.mean([criteria.npmi(terms, material.counts).mean() for terms in models])
        print(f"{name:<28} NPMI {npmi:.3f}, stability {alike:.2f}")


def _single(material: Material, n_topics: int, seed: int, params: TopicsParams) -> Any:
    """The most probable terms of each topic of one model."""
    seen, _ = split(len(material.documents), params.left_out, params.max_passages, seed)
    part = material._replace(counts=material.counts[seen])
    task = _task(part, n_topics, seed, params)
    return strongest(_bare(lda.bags(part.counts), part, task), params.n_terms)


def _news() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The 300 news texts of gensim's test data (Lee, Pincombe & Welsh 2005), each a passage."""
    from gensim.test.utils import datapath
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    lines = Path(datapath("lee_background.cor")).read_text(encoding="utf-8").splitlines()
    passages, terms = [], []
    for number, line in enumerate(lines):
        passages.append(("news", "", number, 0, len(line), 0, len(line.split()), line))
        words = list(re.finditer(r"[^\W\d_]{3,}", line.lower()))
        kept = [it for it in words if it[0] not in ENGLISH_STOP_WORDS]
        terms += [("news", number, number * 100_000 + it.start(), 0, it[0], False) for it in kept]
    return tables.make("passages", passages), tables.make("passage_terms", terms)


if __name__ == "__main__":
    here = Project(Path(__file__).parents[1])
    measure(here)
    print()
    _measure("news: ", *_news(), configs.read_params(here).topics)
