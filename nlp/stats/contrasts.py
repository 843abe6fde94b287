"""Which features are typical of a group: keyness that knows that words come in bunches."""

from typing import NamedTuple

import numpy as np
from scipy import sparse, special

from nlp.stats.keyness import keyness
from nlp.stats.segments import (
    GROUPS,
    TEXTS,
    Segments,
    Spread,
    by_document,
    documents_of,
    number_of,
    spread,
    strata,
    sums,
)

_DRAWN = 5.0  # occurrences by which a side's design effect is drawn to that of both
_TINY = 1e-300


class Ground(NamedTuple):
    """What contrasts of groups start from: counts, and how they vary within texts and between documents."""

    counts: sparse.csr_array  # groups x features
    words: np.ndarray  # of each group
    documents: np.ndarray  # of each group
    spread: dict[str, Spread]  # by scope
    everything: dict[str, "Side"]  # all groups together, by scope


class Side(NamedTuple):
    """One side of a contrast: a group, or all but one."""

    found: np.ndarray  # how often, of each feature
    words: float
    documents: int
    variance: np.ndarray  # of the counts in strata that show one
    shown: np.ndarray  # these counts
    freedom: int

    def only(self, features: np.ndarray) -> "Side":
        """With these features alone, by number."""
        return self._replace(
            found=self.found[features], variance=self.variance[features], shown=self.shown[features]
        )


class Contrast(NamedTuple):
    """A group beside another, or beside all others; arrays hold a value for each feature."""

    found: np.ndarray  # how often
    total: float
    other_found: np.ndarray
    other_total: float
    statistic: np.ndarray  # G2
    effect: np.ndarray  # log2 of the rates' ratio
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray  # of the log ratio, for words in bunches
    design_effect: np.ndarray
    log_odds: np.ndarray  # weighted, natural logarithm
    z: np.ndarray
    scope: str


def ground(segments: Segments) -> Ground:
    """Count and measure once what all contrasts need. Sparse: grows with the features that groups have."""
    documents = by_document(segments)
    counts = sums(segments.counts, segments.group, number_of(segments.group))
    words, texts = np.bincount(segments.group, segments.sizes), documents_of(segments)
    known = {TEXTS: spread(segments, strata(segments)), GROUPS: spread(documents, documents.group)}
    everything = {
        scope: Side(
            counts.sum(axis=0),
            float(words.sum()),
            int(texts.sum()),
            it.variance.sum(axis=0),
            it.counts.sum(axis=0),
            int(it.freedom.sum()),
        )
        for scope, it in known.items()
    }
    return Ground(counts, words, texts, known, everything)


def contrast(
    known: Ground,
    one: int,
    other: int | None,
    *,
    features: np.ndarray,
    min_documents: int,
    prior: float,
    confidence: float,
) -> Contrast:
    """How much more often a group has features than another one, or (None) than all others together.

    `features` are the numbers of those that are asked for; all arrays of the result follow them.

    Beside the plain G2 and log ratio of `keyness` stands a p-value, with the interval of the log ratio,
    for words that come in bunches. From `min_documents` on either side, documents are what varies, and
    the comparison holds for the groups (scope `groups`); else segments within documents are, and it is
    one of these texts (scope `texts`), which neighbouring segments that are alike still make too narrow.

    Given how often both sides have the feature, the count of one is binomial. Both counts are divided by
    a design effect (Rao & Scott 1992), and the tail of Jeffreys' posterior is read off as a deviate of
    Student's t, with as many degrees of freedom as there are units less strata. So p is below
    1 - confidence just where the interval leaves 0 out. Unknown (NaN) without two units in any stratum.
    What one side never has is told by the interval, which is wide: half an occurrence is taken as seen.

    `log_odds` and `z` are those of Monroe, Colaresi & Quinn (2008, eq. 16, 19, 20) with an informative
    prior of `prior` words in the corpus's proportions; z takes occurrences as independent, as G2 does.

    Not safe where a side of very few segments is far more bursty than the other: see docs/design.md.
    """
    alone = known.documents[one], _rest(known.documents, one, other)
    scope = GROUPS if min(alone) >= min_documents else TEXTS
    own, its, corpus = (
        it.only(features)
        for it in (_side(known, scope, one), _other_side(known, scope, one, other), known.everything[scope])
    )
    plain = keyness(own.found, np.array(own.words), its.found, np.array(its.words), confidence=confidence)
    effect = design_effect(own, its)
    p, low, high = _bunched(own, its, effect, confidence)
    alpha = prior * corpus.found / corpus.words
    return Contrast(
        found=own.found,
        total=own.words,
        other_found=its.found,
        other_total=its.words,
        statistic=plain.statistic,
        effect=plain.effect,
        low=np.minimum(low, plain.effect),
        high=np.maximum(high, plain.effect),
        p=p,
        design_effect=effect,
        **_weighted(own, its, alpha, prior),
        scope=scope,
    )


def _rest(values: np.ndarray, one: int, other: int | None) -> float:
    return values.sum() - values[one] if other is None else values[other]


def _side(known: Ground, scope: str, group: int) -> Side:
    found = known.spread[scope]
    return Side(
        known.counts[[group]].toarray()[0],
        float(known.words[group]),
        int(known.documents[group]),
        found.variance[[group]].toarray()[0],
        found.counts[[group]].toarray()[0],
        int(found.freedom[group]),
    )


def _other_side(known: Ground, scope: str, one: int, other: int | None) -> Side:
    if other is not None:
        return _side(known, scope, other)
    return _without(known.everything[scope], _side(known, scope, one))


def _without(everything: Side, own: Side) -> Side:
    return Side(
        everything.found - own.found,
        everything.words - own.words,
        everything.documents - own.documents,
        np.maximum(everything.variance - own.variance, 0),
        everything.shown - own.shown,
        everything.freedom - own.freedom,
    )


def design_effect(own: Side, its: Side) -> np.ndarray:
    """How many times the variance of a comparison is that of words strewn at random; at least 1.

    The variances of both sides, as if both had the same rate. A side's own is drawn to that of both: a
    side that has few occurrences, or none, does not show how they come.
    """
    shown, count = own.shown + its.shown, own.found + its.found
    both = np.divide(own.variance + its.variance, shown, out=np.ones_like(shown), where=shown > 0)
    drawn = [(it.variance + _DRAWN * both) / (it.shown + _DRAWN) for it in (own, its)]
    share = own.words / (own.words + its.words)
    # Under equal rates: variances (1-share)^2 share and share^2 (1-share), over share (1-share).
    effect = (1 - share) * drawn[0] + share * drawn[1]
    return np.where(count > 0, np.maximum(effect, 1), 1)


def _bunched(
    own: Side, its: Side, effect: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """p-value, and ends of the interval of the log2 ratio."""
    freedom = own.freedom + its.freedom
    if freedom < 1:
        unknown = np.full(len(effect), np.nan)
        return unknown, unknown, unknown
    first, second = own.found / effect + 0.5, its.found / effect + 0.5
    share = own.words / (own.words + its.words)
    below, above = special.betainc(first, second, share), special.betaincc(first, second, share)
    deviate = special.ndtri(np.minimum(np.minimum(below, above), 0.5))
    tail = special.ndtr(special.stdtrit(freedom, (1 - confidence) / 2))
    ends = special.betaincinv(first, second, tail), special.betaincinv(second, first, tail)
    odds = [np.maximum(end, _TINY) / np.maximum(1 - end, _TINY) for end in ends]
    base = np.log2(its.words / own.words)
    return 2 * special.stdtr(freedom, deviate), np.log2(odds[0]) + base, -np.log2(odds[1]) + base


def _weighted(own: Side, its: Side, alpha: np.ndarray, prior: float) -> dict[str, np.ndarray]:
    """Weighted log-odds; 0 for a feature that the corpus has not."""
    told = alpha > 0
    sides = [np.where(told, it.found + alpha, 1.0) for it in (own, its)]
    logits = [
        np.log(count / (it.words + prior - count)) for count, it in zip(sides, (own, its), strict=True)
    ]
    delta = np.where(told, logits[0] - logits[1], 0.0)
    return {"log_odds": delta, "z": delta / np.sqrt(1 / sides[0] + 1 / sides[1])}
