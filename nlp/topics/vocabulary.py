"""Which lemmas of a passage a topic model sees."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from nlp.params import TopicsParams
from nlp.topics.passages import Passage


def terms_of(passages: Sequence[Passage], tokens: pd.DataFrame, params: TopicsParams) -> list[list[str]]:
    """Lemmas of content words for each passage, without those in too few or too many passages."""
    wanted = tokens[tokens["pos"].isin(params.pos) & ~tokens["is_stop"]]
    lemmas = wanted["lemma"].str.lower()
    wanted = wanted.assign(lemma=lemmas)[lemmas.str.fullmatch(r"[^\W\d_][\w-]*[^\W_]")]
    by_sentence = wanted.groupby(["doc_id", "sent_id"])["lemma"].agg(list).to_dict()
    found = [
        [lemma for number in it.sent_ids for lemma in by_sentence.get((it.doc_id, number), [])]
        for it in passages
    ]
    spread = Counter(lemma for passage in found for lemma in set(passage))
    most = params.max_passage_share * len(passages)
    kept = {lemma for lemma, count in spread.items() if params.min_passage_count <= count <= most}
    return [[lemma for lemma in passage if lemma in kept] for passage in found]
