"""Small corpora for tests of comparisons: measures and counts of segments, and the parameters."""

import pandas as pd
from conftest import ROOT
from ruamel.yaml import YAML

from nlp import tables
from nlp.params import CompareParams, Params

_CONFIG = YAML(typ="safe", pure=True).load((ROOT / "configs" / "params.yaml").read_text(encoding="utf-8"))
PARAMS = Params.model_validate(_CONFIG).compare.model_copy(
    update={"min_count": 1, "min_documents": 6, "replicates": 99, "max_paired": 4, "min_sample": 4}
)

Texts = dict[str, list[str]]  # doc_id -> words of each of its segments, separated by spaces


def params(**changed: object) -> CompareParams:
    return PARAMS.model_copy(update=changed)


def measures(texts: Texts) -> pd.DataFrame:
    """Each segment is a sentence and a paragraph."""
    rows = [
        (doc_id, n, "body", n, n, len(words), sum(map(len, words)), sum(len(it) > 6 for it in words))
        for doc_id, segments in texts.items()
        for n, words in enumerate(map(str.split, segments))
    ]
    return tables.make("measures", rows)


def counts(texts: Texts, *kinds: str) -> pd.DataFrame:
    """Every word counts as each of the kinds."""
    words = [
        (doc_id, n, "body", kind, word)
        for doc_id, segments in texts.items()
        for n, segment in enumerate(segments)
        for word in segment.split()
        for kind in kinds
    ]
    found = pd.DataFrame(words, columns=["doc_id", "segment", "zone", "kind", "feature"], dtype=object)
    return tables.take("counts", found.groupby(list(found)).size().rename("count").reset_index())
