"""Testing the coder on authors whose sentences it has not seen, beside cue words alone."""

from collections.abc import Iterator

import pandas as pd

from nlp import coding, tables
from nlp.codebook import Codebook
from nlp.coder.training import Sample, fit
from nlp.coding import Codes
from nlp.params import CoderParams


def validate(sample: Sample, params: CoderParams, codebook: Codebook) -> pd.DataFrame:
    """Predictions for all sentences of every author of whom some were coded: table `validation`.

    For each such author a coder is trained, with its vocabulary and thresholds, on all the others
    (leave one group out). With a single author, or too few sentences of the others, there are no
    predictions of the machine; cue words need no training.
    """
    rows: list[tuple[object, ...]] = []
    for author in sorted(set(sample.author[sample.coded])):
        test = sample.where(sample.author == author)
        rows += _rows("cues", test, coding.code_by_cues(test.cues), codebook)
        weights = fit(sample.where(sample.coded & (sample.author != author)), params, codebook)
        if len(weights):
            codes = coding.code_by_weights(test.sentences, test.cues, weights, codebook)
            rows += _rows("machine", test, codes, codebook)
    return tables.make("validation", rows)


def _rows(model: str, sample: Sample, codes: Codes, codebook: Codebook) -> Iterator[tuple[object, ...]]:
    names = [*codebook.stance_names, ""]  # -1, absent, is the last
    keys = zip(sample.sentences["doc_id"], sample.sentences["sent_id"], strict=True)
    for row, (doc_id, sent_id) in enumerate(keys):
        for number, frame in enumerate(codebook.frame_names):
            truth = sample.truth[row, number]
            yield (
                model,
                doc_id,
                sent_id,
                frame,
                codes.score[row, number],
                codes.present[row, number],
                names[codes.stance[row, number]],
                sample.block[row],
                truth >= 0,
                names[truth],
            )
