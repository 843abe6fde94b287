"""coder: sentences + codings -> a trained coder and its validation."""

from typing import NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.coder import reliability
from nlp.coder.alignment import align, check_codings
from nlp.coder.quality import measure, summarise
from nlp.coder.training import Sample, fit
from nlp.coder.validation import validate
from nlp.coding import currency
from nlp.params import CoderParams
from nlp.units import coding_units


class Result(NamedTuple):
    coded_sentences: pd.DataFrame
    coder_weights: pd.DataFrame
    validation: pd.DataFrame
    coder_quality: pd.DataFrame
    reliability: pd.DataFrame
    metrics: dict[str, object]


def run(
    params: CoderParams,
    *,
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Train a coder of frames and stances on the coded sample, and test it on authors left out.

    Only sentences of the chosen zones take part. With too few codes no coder is trained:
    `coder_weights` is then empty. Raises CodingError for codes that point outside their document,
    ConfigError if the reference coder has coded nothing.
    """
    check_codings(codings, documents, params)
    analysed = sentences[sentences["zone"].isin(params.zones)].reset_index(drop=True)
    analysed = coding_units(analysed, codebook.unit)
    coded = align(codings, analysed, params.min_overlap)
    author = documents.set_index("doc_id")["author"]
    sample = Sample.of(analysed, coded[coded["coder"] == params.reference], author, codebook)
    validation = validate(sample, params, codebook)
    quality = measure(validation, author, codebook)
    return Result(
        coded_sentences=coded,
        coder_weights=fit(sample.where(sample.coded), params, codebook),
        validation=validation,
        coder_quality=quality,
        reliability=reliability.measure(coded, validation, codebook, params),
        metrics=_definitions(coded, codebook)
        | summarise(quality, codings["unit"].nunique(), int(sample.coded.sum())),
    )


def _definitions(coded: pd.DataFrame, codebook: Codebook) -> dict[str, object]:
    """Under which definitions the coded sample was coded; a code: what a coder said of a sentence."""
    found = currency(coded, codebook)
    return {
        "codebook": codebook.hash,
        "codes": found.total,
        "codes made under it": found.current,
        "stale codes": found.stale,
        "codes made under unknown definitions": found.unknown,
    }
