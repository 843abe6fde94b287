"""Kinds of topic models behind one signature: `MODELS`. Adding one adds a module and a line here."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from nlp.topic_models import lda, nmf
from nlp.topic_models.task import Array, Mixtures, Task

__all__ = ["MODELS", "Array", "Mixtures", "Model", "Task"]


class Model(NamedTuple):
    """What a kind of model can do.

    `fit` gives the weights, topics x terms: all that is needed from then on. `infer` says of which
    topics each passage is made, by itself: one by one or all together, the same comes out.
    `probabilities` are those of the terms in each topic; its rows sum to 1.
    """

    fit: Callable[[Task], Array]
    infer: Callable[..., Mixtures]
    probabilities: Callable[..., Array]


MODELS: Mapping[str, Model] = {
    "nmf": Model(nmf.fit, nmf.infer, nmf.probabilities),
    "lda": Model(lda.fit, lda.infer, lda.probabilities),
    "seeded": Model(lda.fit, lda.infer, lda.probabilities),
}
