"""coder: units + codings -> a trained coder and its validation."""

from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.coder import reliability
from nlp.coder.ablation import ablate
from nlp.coder.alignment import align, check_codings
from nlp.coder.learning import Learner
from nlp.coder.machine import weights_of
from nlp.coder.mistakes import list_mistakes
from nlp.coder.quality import confusion, measure, summarise
from nlp.coder.sample import Sample, lessons, read_codebook
from nlp.coder.validation import enough, validate
from nlp.codes import currency
from nlp.coding.material import Material
from nlp.params import CoderParams


class Result(NamedTuple):
    statements: pd.DataFrame
    coded_sentences: pd.DataFrame
    coder_weights: pd.DataFrame
    validation: pd.DataFrame
    coder_quality: pd.DataFrame
    confusion: pd.DataFrame
    mistakes: pd.DataFrame
    ablation: pd.DataFrame
    reliability: pd.DataFrame
    metrics: dict[str, object]


def run(
    params: CoderParams,
    *,
    documents: pd.DataFrame,
    units: pd.DataFrame,
    features: pd.DataFrame,
    embeddings: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Train a coder of frames and stances on the coded sample, and test it on authors left out.

    With too few codes no coder is trained: `coder_weights` is then empty. Raises CodingError for codes
    that point outside their document, ConfigError if the reference coder has coded nothing or the
    embedding model is not installed.
    """
    check_codings(codings, documents, params)
    coded = align(codings, units, params.min_overlap)
    author = documents.set_index("doc_id")["author"]
    statements = read_codebook(codebook, params.embedding)
    material = Material.of(units, features, embeddings, statements, author)
    sample = Sample.of(material, coded[coded["coder"] == params.reference], codebook)
    learner = Learner(sample, lessons(statements, codebook), params, codebook)
    validation = validate(learner)
    quality = measure(validation, author, codebook, params)
    trained = enough(learner, sample.coded)
    return Result(
        statements=statements,
        coded_sentences=coded,
        coder_weights=weights_of(learner, sample.coded) if trained else tables.make("coder_weights", []),
        validation=validation,
        coder_quality=quality,
        confusion=confusion(validation, author, codebook),
        mistakes=list_mistakes(validation, units, codebook, most=params.listed_mistakes),
        ablation=ablate(learner),
        reliability=reliability.measure(coded, validation, codebook, params),
        metrics=_definitions(coded, codebook)
        | {"coded units": codings["unit"].nunique(), "coded sentences": len(sample.coded)}
        | summarise(quality),
    )


def _definitions(coded: pd.DataFrame, codebook: Codebook) -> dict[str, object]:
    """Under which definitions the coded sample was coded; a code: what a coder said of a unit."""
    found = currency(coded, codebook)
    return {
        "codebook": codebook.hash,
        "codes": found.total,
        "codes made under it": found.current,
        "stale codes": found.stale,
        "codes made under unknown definitions": found.unknown,
    }
