"""Parameters of topics: passages, the choice of a model, and its passages' mixtures."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from nlp.params.section import Count, Section, Share, WordClasses, Zones

TopicModelName = Literal["nmf", "lda", "seeded"]
Seed = Annotated[int, Field(ge=0, lt=2**31)]
_Name = Annotated[str, Field(min_length=1)]


class PassagesParams(Section):
    zones: Zones = Field(description="Zones that topics are made from; they must be annotated.")
    passage_words: Annotated[int, Field(ge=10, le=10_000)] = Field(
        description="Words of a passage, at least: paragraphs are joined until they have so many, and"
        " cut between sentences at half as many more. At the end of a document half as many are enough."
    )
    pos: WordClasses = Field(description="Universal parts of speech whose lemmas are terms.")


class TopicsParams(Section):
    models: Annotated[list[TopicModelName], Field(min_length=1)] = Field(
        description="Kinds of models to choose from; `seeded` needs seed_words."
    )
    n_topics: Annotated[list[Annotated[int, Field(ge=2, le=500)]], Field(min_length=1)] = Field(
        description="Numbers of topics to choose from; a single one fixes it."
    )
    runs: Annotated[int, Field(ge=2, le=1000)] = Field(
        description="Runs of each kind and number, each with another seed and other passages left out."
    )
    left_out: Annotated[float, Field(gt=0, le=0.5)] = Field(
        description="Share of the passages that each run leaves out."
    )
    max_passages: Annotated[int, Field(ge=100)] = Field(
        description="Passages that such a run sees, at most, so that the choice takes bounded time; the"
        " model that is shown sees all."
    )
    seed: Seed = Field(description="Seed of the first run and of inference; further runs count on from it.")
    passes: Annotated[int, Field(ge=10)] = Field(
        description="Passes of lda and seeded over the passages; below 10 they have not settled."
    )
    min_passages: Count = Field(description="With fewer passages no topics are estimated.")
    passages_per_topic: Count = Field(
        description="Numbers of topics that leave fewer passages for each are not tried."
    )
    min_passage_count: Count = Field(
        description="Terms found in fewer passages are left out of the vocabulary ..."
    )
    min_passage_share: Share = Field(description="... and those in a smaller share of the passages ...")
    max_passage_share: Share = Field(description="... and those in a larger share.")
    min_phrase_count: Count = Field(
        description="Two terms that stand together less often are not joined to a phrase."
    )
    min_phrase_npmi: Annotated[float, Field(ge=-1, le=1)] = Field(
        description="Nor those without a higher normalised pointwise mutual information (Bouma 2009)."
    )
    relevance: Share = Field(
        description="Weight of probability beside lift in the ranking of terms that topics are judged and"
        " labelled by (lambda of Sievert & Shirley 2014)."
    )
    n_terms: Annotated[int, Field(ge=5, le=100)] = Field(
        description="Strongest terms of a topic: those that it is judged by and that are shown."
    )
    min_stability: Share = Field(description="Topics with less stability are marked as unstable.")
    recognised: Share = Field(
        description="Rank-biased overlap of terms from which a topic counts as one of the last run, and a"
        " label given by hand as its own."
    )
    frozen: bool = Field(
        description="Keep the topics of the last run, and only infer them in new documents."
    )
    labels: dict[_Name, _Name] = Field(
        description="Labels given by hand, each for a fingerprint (outputs/tables/topic_quality.csv)."
    )
    seed_words: dict[_Name, Annotated[list[_Name], Field(min_length=1)]] = Field(
        description="For `seeded`: names of topics with words that they are to be about; `*` stands for any"
        " letters. Further topics are free."
    )
    seed_weight: Annotated[float, Field(gt=0, le=1)] = Field(
        description="How strongly seed words guide: as if this share of all words had been seen as such."
    )

    @model_validator(mode="after")
    def _seeded_has_seed_words(self) -> "TopicsParams":
        if "seeded" in self.models and not self.seed_words:
            raise ValueError("topics.models has 'seeded', which needs topics in topics.seed_words")
        if self.seed_words and "seeded" not in self.models:
            raise ValueError("topics.seed_words has topics, which need 'seeded' in topics.models")
        if (least := min(self.n_topics)) < len(self.seed_words):
            raise ValueError(
                f"topics.n_topics: {least} are fewer than have seed words: {len(self.seed_words)}"
            )
        return self

    @model_validator(mode="after")
    def _nothing_twice(self) -> "TopicsParams":
        for name in ("models", "n_topics"):
            values = getattr(self, name)
            if twice := sorted({it for it in values if values.count(it) > 1}):
                raise ValueError(f"topics.{name}: {twice[0]!r} stands there twice")
        return self


class MixturesParams(Section):
    seed: Seed = Field(description="Seed of the inference of each passage; not for nmf.")
