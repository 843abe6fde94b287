"""entities: mentions -> entities, entity_quality, checked_names. Whom or what every mention stands for."""

from typing import NamedTuple

import pandas as pd

from nlp.entities.checks import check_names
from nlp.entities.labels import check_labels
from nlp.entities.linking import link
from nlp.entities.quality import measure, summarise
from nlp.entities.units import align
from nlp.params import EntitiesParams
from nlp.registry import Registry


class Result(NamedTuple):
    entities: pd.DataFrame
    entity_quality: pd.DataFrame
    checked_names: pd.DataFrame
    metrics: dict[str, object]


def run(
    params: EntitiesParams,
    *,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    coded_mentions: pd.DataFrame,
    registry: Registry,
) -> Result:
    """Link every mention, and measure finding and linking on the coded sentences.

    Names that the registry does not list are linked among themselves: abbreviations to the long form
    that the document gives, surnames to the one person of that name. Raises ConfigError or CodingError
    for a label that the parameters do not know.
    """
    check_labels(params, registry, coded_mentions)
    together = mentions[mentions["recogniser"] == "pipeline"]
    entities = link(together, registry, params)
    units = align(coded_mentions, texts, sentences)
    quality = measure(units, mentions, entities, params)
    checked = check_names(units, mentions, entities, texts, sentences)
    return Result(entities, quality, checked, summarise(quality))
