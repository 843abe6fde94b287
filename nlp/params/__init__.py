"""Every value that can change a number, one frozen section per stage, and one for labelling
(configs/params.yaml).

There are no defaults here: a run is described by its files, so a missing value is an error.
"""

from pydantic import model_validator

from nlp.params.codes import (
    EMBEDDED,
    CoderParams,
    Embedding,
    EmbedParams,
    FeaturesParams,
    FramesParams,
    LabellingParams,
    TriedViews,
)
from nlp.params.comparisons import CompareParams, CountsParams, ExhibitsParams, ReportParams, Variants
from nlp.params.section import Section, Step, Zone
from nlp.params.texts import (
    AnnotateParams,
    CleanParams,
    CorpusParams,
    EntitiesParams,
    InventoryParams,
)
from nlp.params.topics import MixturesParams, PassagesParams, TopicsParams

__all__ = [
    "AnnotateParams",
    "CleanParams",
    "CoderParams",
    "CompareParams",
    "CorpusParams",
    "CountsParams",
    "EmbedParams",
    "Embedding",
    "EntitiesParams",
    "ExhibitsParams",
    "FeaturesParams",
    "FramesParams",
    "InventoryParams",
    "LabellingParams",
    "MixturesParams",
    "Params",
    "PassagesParams",
    "ReportParams",
    "Section",
    "Step",
    "TopicsParams",
    "TriedViews",
    "Variants",
    "Zone",
]

_ANALYSING = ("passages", "features", "compare")  # sections with zones of their own


class Params(Section):
    """The whole of configs/params.yaml."""

    corpus: CorpusParams
    inventory: InventoryParams
    clean: CleanParams
    annotate: AnnotateParams
    entities: EntitiesParams
    passages: PassagesParams
    topics: TopicsParams
    mixtures: MixturesParams
    counts: CountsParams
    features: FeaturesParams
    embed: EmbedParams
    coder: CoderParams
    frames: FramesParams
    compare: CompareParams
    exhibits: ExhibitsParams
    report: ReportParams
    labelling: LabellingParams

    @model_validator(mode="after")
    def _labels_have_kinds(self) -> "Params":
        given = {*self.annotate.labels.values(), "PERSON", "ORG"}  # the last two: authors of cited works
        if missing := given - set(self.entities.kinds):
            raise ValueError(f"entities.kinds: nothing is said of {', '.join(sorted(missing))}")
        return self

    @model_validator(mode="after")
    def _zones_fit_together(self) -> "Params":
        analysed = {name: set(getattr(self, name).zones) for name in _ANALYSING}
        for name, zones in analysed.items():
            if missing := zones - set(self.annotate.zones):
                raise ValueError(f"{name}.zones: {', '.join(sorted(missing))} not in annotate.zones")
        if analysed["features"] != analysed["compare"]:
            raise ValueError("features.zones and compare.zones must name the same zones")
        for name, fewer in self.compare.variants.zones.items():
            if missing := set(fewer) - analysed["compare"]:
                told = ", ".join(sorted(missing))
                raise ValueError(f"compare.variants.zones, {name!r}: {told} not in compare.zones")
        return self

    @model_validator(mode="after")
    def _embedding_is_one(self) -> "Params":
        if not self.embed.embedding == self.coder.embedding == self.frames.embedding:
            raise ValueError("embed.embedding, coder.embedding and frames.embedding must be the same")
        used = {*self.coder.presence, *self.coder.stance} | {
            *self.coder.tried.presence,
            *self.coder.tried.stance,
        }
        if self.embed.embedding.model == "none" and (needed := sorted(EMBEDDED & used)):
            raise ValueError(f"embed.embedding.model is 'none', but coder has views {', '.join(needed)}")
        return self

    @model_validator(mode="after")
    def _confidence_is_told(self) -> "Params":
        if self.exhibits.confidence != self.compare.confidence:
            raise ValueError(
                "exhibits.confidence must be compare.confidence: it is told with its intervals"
            )
        return self
