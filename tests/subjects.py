"""Passages about three subjects, for tests of topics."""

import hashlib
from collections.abc import Sequence

import pandas as pd
from conftest import ROOT

from nlp import tables, topics
from nlp.pipeline import BY_NAME
from nlp.store.configs import read_params
from nlp.store.project import Project

TRADE = ["trade", "market", "tariff", "custom", "export"]
WAR = ["war", "army", "border", "troop", "weapon"]
MEMORY = ["memory", "empire", "history", "language", "church"]
SUBJECTS = [TRADE, WAR, MEMORY]
Said = Sequence[tuple[str, list[str]]]  # document and words of each passage
Given = tuple[pd.DataFrame, pd.DataFrame]

PARAMS = read_params(Project(ROOT)).topics.model_copy(
    update={
        "models": ["nmf"],
        "n_topics": [2, 3],
        "runs": 4,
        "passes": 10,
        "min_passages": 4,
        "passages_per_topic": 4,
        "min_passage_count": 1,
        "min_passage_share": 0.0,
        "max_passage_share": 1.0,
        "n_terms": 5,
    }
)


def news(passages: int) -> list[tuple[str, list[str]]]:
    """Passages of twelve words, each about one subject, with a word or two from the next one."""
    made = []
    for number in range(passages):
        own, other = SUBJECTS[number % 3], SUBJECTS[(number + 1) % 3]
        turned = [own[(number // 3 + place) % 5] for place in range(10)]
        made.append(("ab"[number % 2], turned + other[number // 3 % 5 :][:2]))
    return made


def passages_of(said: Said) -> Given:
    """Tables `passages` and `passage_terms`; no term follows another."""
    passages, terms = [], []
    numbers: dict[str, int] = {}
    for doc_id, words in said:
        number = numbers[doc_id] = numbers.get(doc_id, -1) + 1
        start = 10_000 * number
        span = (start, start + 9_999)
        passages.append((doc_id, doc_id.upper(), number, *span, number, len(words), " ".join(words)))
        for place, word in enumerate(words):
            terms.append((doc_id, number, start + 10 * place, start + 10 * place + 9, word, False))
    return (
        tables.check("passages", tables.make("passages", passages)),
        tables.check("passage_terms", tables.make("passage_terms", terms)),
    )


def remembered(result: topics.Result) -> dict[str, pd.DataFrame]:
    """What the next run is given of this one, as it is published."""
    return {
        name: tables.check(name, getattr(result, name)).round(4) for name in BY_NAME["topics"].remembers
    }


def run(
    said: Said | Given, *, last: dict[str, pd.DataFrame] | None = None, **changed: object
) -> topics.Result:
    """The stage with parameters for few passages; all its tables are checked."""
    passages, terms = said if isinstance(said, tuple) else passages_of(said)
    nothing = {name: tables.make(name, []) for name in BY_NAME["topics"].remembers}
    params = PARAMS.model_copy(update=changed)
    result = topics.run(params, passages=passages, passage_terms=terms, last=last or nothing)
    for name in BY_NAME["topics"].writes:
        tables.check(name, getattr(result, name))
    return result


def digest() -> str:
    """Hash of all that runs of every kind of model give."""
    told = hashlib.sha256()
    for model in ("nmf", "lda", "seeded"):
        seeds = {"Arms": ["troop"]} if model == "seeded" else {}
        for part in run(news(24), models=[model], n_topics=[2, 3], seed_words=seeds):
            text = part.to_json(double_precision=15) if isinstance(part, pd.DataFrame) else str(part)
            told.update(text.encode())
    return told.hexdigest()
