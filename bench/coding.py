"""How fast sentences are coded without vectors: all that is counted in them, and what follows from it."""

import pandas as pd
from timing import report_speed, seconds, table

from nlp import embedding, features, tables
from nlp.codebook import Codebook
from nlp.coder.learning import Learner
from nlp.coder.machine import weights_of
from nlp.coder.sample import Sample, lessons, read_codebook
from nlp.coding.apply import code_by_weights
from nlp.coding.material import Material
from nlp.params import CoderParams
from nlp.store import configs
from nlp.store.project import Project

SENTENCES = 20_000  # at least
VIEWS = {"presence": {"cues": 4.0, "position": 0.3}, "stance": {"groups": 1.0, "scope": 0.3}}
NO_VECTORS = tables.make("embeddings", [])


def measure(project: Project) -> None:
    """From annotated sentences to codes, without reading and writing.

    The texts of the corpus come again and again under other names, so there are fewer different words
    than in a corpus of that size.
    """
    params, codebook = configs.read_params(project), configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    weights = _trained(project, params.coder, codebook)
    times = SENTENCES // len(table(project, "units")) + 1
    read = {name: _repeated(table(project, name), times) for name in ("sentences", "tokens", "entities")}
    nothing = tables.make("statements", [])
    author = pd.Series({doc_id: "" for doc_id in read["sentences"]["doc_id"].unique()})
    coded: list[int] = []

    def counted() -> features.Result:
        return features.run(params.features, **read, codebook=codebook)

    def whole() -> None:
        found = counted()
        material = Material.of(found.units, found.features, NO_VECTORS, nothing, author)
        coded.append(len(code_by_weights(material, weights, codebook).score))

    whole()  # warm-up
    rounds = [(seconds(counted), seconds(whole)) for _ in range(3)]
    for name, each in zip(
        ("features alone", "coding without vectors"), zip(*rounds, strict=True), strict=True
    ):
        report_speed(name, coded[0], each)
    print(f"{'':<28} ({coded[0]} sentences, {len(codebook.frames)} frames)")


def _trained(project: Project, params: CoderParams, codebook: Codebook) -> pd.DataFrame:
    """The weights of a coder of these views."""
    params = params.model_copy(
        update={**VIEWS, "embedding": params.embedding.model_copy(update={"model": embedding.NONE})}
    )
    statements = read_codebook(codebook, params.embedding)
    author = table(project, "documents").set_index("doc_id")["author"]
    material = Material.of(
        table(project, "units"), table(project, "features"), NO_VECTORS, statements, author
    )
    codes = table(project, "coded_sentences")
    sample = Sample.of(material, codes[codes["coder"] == params.reference], codebook)
    return weights_of(Learner(sample, lessons(statements, codebook), params, codebook), sample.coded)


def _repeated(own: pd.DataFrame, times: int) -> pd.DataFrame:
    copies = [own.assign(doc_id=own["doc_id"] + f"-{number:03}") for number in range(times)]
    return pd.concat(copies, ignore_index=True)
