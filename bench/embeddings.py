"""How fast sentences become vectors, in batches of as many tokens each and of as many sentences each."""

import statistics

import numpy as np
from timing import report_speed, seconds, table

from nlp import embedding
from nlp.store import configs
from nlp.store.project import Project

FIXED = 128  # sentences, as they stand in the texts, whatever their lengths
PAIRS = 3


def measure(project: Project) -> None:
    """The units of the corpus, each alone; the vectors are the same."""
    params = configs.read_params(project).embed.embedding
    if params.model == embedding.NONE:
        return
    texts = list(table(project, "units")["text"])
    model = embedding.load(params.model, params.max_tokens)

    def by_tokens() -> np.ndarray:
        return model.vectors(texts, batch_tokens=params.batch_tokens)

    def by_sentences() -> np.ndarray:
        batches = [texts[at : at + FIXED] for at in range(0, len(texts), FIXED)]
        all_tokens = FIXED * params.max_tokens  # so that none is divided
        return np.concatenate([model.vectors(it, batch_tokens=all_tokens) for it in batches])

    assert np.array_equal(by_tokens(), by_sentences())  # and warms up
    pairs = [(seconds(by_tokens), seconds(by_sentences)) for _ in range(PAIRS)]
    names = (f"vectors, {params.batch_tokens} tokens", f"vectors, {FIXED} sentences")
    for name, times in zip(names, zip(*pairs, strict=True), strict=True):
        report_speed(name, len(texts), times)
    ratio = statistics.median(fixed / ours for ours, fixed in pairs)
    print(f"{'by tokens / by sentences':<28} {ratio:8.2f}   ({len(texts)} sentences)")
