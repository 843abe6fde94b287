"""Whether contrasts hold in other variants of the analysis: tables `variants` and `robustness`."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.compare.contrasts import contrasts
from nlp.compare.differences import differ
from nlp.compare.groups import pairs_of
from nlp.compare.samples import measure
from nlp.compare.topics import Pairs, in_runs, tell, topic_differences
from nlp.compare.variants import Material, variants_of
from nlp.manifest import REST
from nlp.params import CompareParams

KEYS = ["kind", "author", "other", "feature", "stance"]
_TWO = 2  # groups: the rest of one is the other
_NUMBERS = ["difference", "low", "high", "p"]


class Contrasted(Protocol):
    """The contrasts of one table in some material: columns KEYS, difference, low, high and p.

    With two groups left, each is compared with the rest, too: of three it may have been just that.
    """

    def __call__(self, material: Material, codebook: Codebook, params: CompareParams) -> pd.DataFrame: ...


def frames_in(material: Material, codebook: Codebook, params: CompareParams) -> pd.DataFrame:
    """Differences in frames that can be estimated."""
    corrected = measure(material.judged, material.author, params)
    pairs = pairs_of(len(corrected.groups), params.max_paired, rest_of_two=True)
    found = differ(corrected, pairs, codebook, params)
    return _known(found.assign(kind="frame", feature=found["frame"]))


def topics_in(material: Material, codebook: Codebook, params: CompareParams) -> pd.DataFrame:
    """Differences in topics that can be estimated."""
    quality, runs, weights = material[-3:]
    told = tell(quality, runs, weights, material.author, params)
    pairs = Pairs(*pairs_of(len(told.authors), params.max_paired, rest_of_two=True))
    return _of_topics(topic_differences(told, pairs, params))


def _of_topics(found: pd.DataFrame) -> pd.DataFrame:
    return _known(found.assign(kind="topic", feature=found["topic"].astype("str"), stance=""))


def _known(found: pd.DataFrame) -> pd.DataFrame:
    return found.loc[found["p"].notna(), [*KEYS, *_NUMBERS]]


def words_in(material: Material, codebook: Codebook, params: CompareParams) -> pd.DataFrame:
    """Contrasts of words and names, as log ratios."""
    found = contrasts(material.author, material.measures, material.counts, material.names, params)
    found = found.rename(columns={"effect": "difference"}).assign(stance="")
    groups = sorted(set(material.author))
    if len(groups) == _TWO:  # they are told as rests alone
        pair = found[found["author"] == groups[0]].assign(other=groups[1])
        found = pd.concat([found, pair], ignore_index=True)
    return _known(found)


CONTRASTED: Mapping[str, Contrasted] = {"frame": frames_in, "topic": topics_in, "word": words_in}


def vary(
    material: Material, codebook: Codebook, params: CompareParams
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `robustness` and `variants`: all contrasts that can be estimated, in every variant.

    Each variant is computed by the very functions that make the tables of contrasts. Topics are also
    told by each other run of their model that has the topic.
    """
    every_kind = (it(material, codebook, params) for it in CONTRASTED.values())
    headline = _headline(pd.concat(every_kind), material, params)
    found = [*_repeated(material, codebook, params), *_by_runs(material, params)]
    every = pd.concat([it.assign(variant=name) for name, it in found] or [headline.assign(variant="")[:0]])
    every = headline[KEYS].merge(every, on=KEYS)
    return tables.take("robustness", _held(headline, every, params)), tables.take("variants", every)


def _headline(rows: pd.DataFrame, material: Material, params: CompareParams) -> pd.DataFrame:
    """Of words, and of names, those with the smallest p of each two groups; of two groups no rests."""
    if material.author.nunique() == _TWO:
        rows = rows[rows["other"] != REST]
    ranked = rows.sort_values(["p", *KEYS], kind="stable")
    rank = ranked.groupby(["kind", "author", "other"]).cumcount()
    few = ranked["kind"].isin(["frame", "topic"]) | (rank < params.variants.features)
    return ranked[few].sort_values(KEYS, ignore_index=True)


def _repeated(
    material: Material, codebook: Codebook, params: CompareParams
) -> Iterator[tuple[str, pd.DataFrame]]:
    for variant in variants_of(material, codebook, params):
        changed = variant.change(material)
        for kind, contrasted in CONTRASTED.items():
            if kind in variant.kinds:
                yield variant.name, contrasted(changed, codebook, params)


def _by_runs(material: Material, params: CompareParams) -> Iterator[tuple[str, pd.DataFrame]]:
    """Topics, as each other run has them: with another seed, number of topics and choice of passages."""
    quality, runs, weights = material[-3:]
    told = tell(quality, runs, weights, material.author, params)
    pairs = Pairs(*pairs_of(len(told.authors), params.max_paired))
    if not len(pairs.one):
        return
    for at, topic in enumerate(told.topics.index):
        for (topics, run), found in in_runs(at, pairs, told, params):
            rows = pd.DataFrame(found._asdict()).rename(columns={"value": "difference"})
            yield (
                f"model: {topics} topics, run {run}",
                _of_topics(rows.assign(**pairs.named(told.authors), topic=topic)),
            )


def _held(headline: pd.DataFrame, every: pd.DataFrame, params: CompareParams) -> pd.DataFrame:
    """In which share of its variants each contrast keeps its sign, and its significance."""
    both = every.merge(headline[[*KEYS, "difference", "p"]], on=KEYS, suffixes=("", "_shown"))
    level = 1 - params.confidence
    sign = np.sign(both["difference"]) == np.sign(both["difference_shown"])
    clear, shown = both["p"] < level, both["p_shown"] < level
    both = both.assign(variants=1, same_sign=sign, same_significance=(clear == shown) & (sign | ~shown))
    how = {"variants": "sum", "same_sign": "mean", "same_significance": "mean"}
    held = both.groupby(KEYS, sort=False).agg(how).reset_index()
    return headline.merge(held, how="left", on=KEYS).fillna({"variants": 0})
