"""Parameters of frame codes: features, vectors, the coder, its codes, and labelling."""

from typing import Annotated, Literal

from pydantic import Field

from nlp.params.section import Count, Section, Share, Zones


class Embedding(Section):
    """Which model turns sentences into vectors; one for all stages."""

    model: str = Field(
        min_length=1,
        description="Installed package with a sentence encoder as ONNX file, or, with the extra"
        " sentence-transformers, the name of any model that it can load; 'none' for no vectors.",
    )
    max_tokens: Annotated[int, Field(ge=8, le=8192)] = Field(
        description="Longer texts are cut at so many tokens; all-MiniLM-L6-v2 was trained with 256."
    )
    batch_tokens: Count = Field(
        description="Tokens, padding included, in one batch; does not change results."
    )


class FeaturesParams(Section):
    zones: Zones = Field(description="Zones that are coded for frames; they must be annotated.")


class EmbedParams(Section):
    embedding: Embedding = Field(description="The encoder, the same for all stages.")


PresenceView = Literal["cues", "sentence", "context", "codebook", "words", "entities", "position", "syntax"]
StanceView = Literal[
    "groups", "scope", "sentence", "neighbours", "context", "words", "entities", "position", "syntax"
]
EMBEDDED = frozenset({"sentence", "context", "codebook", "neighbours"})  # views that need vectors
Strength = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class TriedViews(Section):
    """Views that the coder does without."""

    presence: dict[PresenceView, Strength] = Field(description="For presence, each with its C.")
    stance: dict[StanceView, Strength] = Field(description="For stance, each with its C.")


class CoderParams(Section):
    embedding: Embedding = Field(description="The encoder, the same for all stages.")
    reference: str = Field(description="The coder in corpus/codings whose codes are taken as true.")
    min_overlap: Share = Field(
        description="A coded stretch belongs to the unit it overlaps most, if by this share of the shorter."
    )
    min_coded: Count = Field(
        description="With fewer coded units no coder is trained and cue words code alone."
    )
    presence: Annotated[dict[PresenceView, Strength], Field(min_length=1)] = Field(
        description="Views from which presence is judged, each with its C (inverse of its penalty)."
    )
    stance: Annotated[dict[StanceView, Strength], Field(min_length=1)] = Field(
        description="Views from which stance is judged, each with its C."
    )
    tried: TriedViews = Field(
        description="Further views: the table of ablations tells what they would add."
    )
    near_weight: Share = Field(
        description="Weight of cues beside a unit and in the heading above, beside the unit's own."
    )
    author_strength: Strength = Field(
        description="C for what is usual with an author: how freely a frame's stances may differ by author."
    )
    exemplar_weight: Share = Field(
        description="Weight of an exemplar of the codebook beside a coded unit, in learning stances."
    )
    min_term_count: Count = Field(
        description="Words and word pairs found in fewer units are no features of the view 'words'."
    )
    inner_folds: Annotated[int, Field(ge=2)] = Field(
        description="Folds of whole blocks inside the training data, for calibration and thresholds."
    )
    outer_folds: Annotated[int, Field(ge=2)] = Field(
        description="Folds of whole blocks in the validation beside that by authors."
    )
    listed_mistakes: Count = Field(description="Most confident mistakes listed for each frame.")
    adjudicators: list[str] = Field(
        description="Coders in corpus/codings who knew what others had coded, such as one who settles"
        " their differences: agreement of all coders together leaves them out."
    )
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level of the intervals of quality and reliability."
    )
    replicates: Annotated[int, Field(ge=100, le=100_000)] = Field(
        description="Bootstrap samples of coded blocks behind those intervals."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        description="Seed of the bootstrap and of the folds of blocks."
    )


class FramesParams(Section):
    embedding: Embedding = Field(description="The encoder, the same for all stages.")
    explained: Count = Field(description="Features told for each decision that is explained.")


class LabellingParams(Section):
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        description="Seed of the draws of sentences to code; `--seed` gives another."
    )
    least_per_author: Annotated[int, Field(ge=1, le=10_000)] = Field(
        description="Sentences drawn of every author, where there are so many; the others go by numbers."
    )
    uncertainty_floor: Annotated[float, Field(ge=0.01, le=1)] = Field(
        description="Share of a draw by uncertainty that is spread evenly, so that every sentence keeps a"
        " chance; 1 draws all alike."
    )
    context_sentences: Annotated[int, Field(ge=0, le=50)] = Field(
        description="Sentences before and after the one to code that its coder sees."
    )
