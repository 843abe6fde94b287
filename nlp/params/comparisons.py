"""Parameters of the comparison and of the report."""

from typing import Annotated

from pydantic import Field

from nlp.params.section import Count, Section, Share, WordClasses, Zones


class CompareParams(Section):
    zones: Zones = Field(description="Zones that are counted and compared; the same as for the features.")
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level of all intervals."
    )
    min_coded: Count = Field(
        description="A frame share from fewer coded sentences is marked as not estimable."
    )
    min_effective: Annotated[float, Field(ge=0, allow_inf_nan=False)] = Field(
        description="A frame share is marked as not estimable if its sample is worth fewer independent"
        " sentences: coded ones, less what those of a block have in common, more for what is left uncoded"
        " being little. With 20, a share of a half is known to 20 points."
    )
    margin: Annotated[float, Field(gt=0, lt=0.5)] = Field(
        description="Half the width of interval that more coding should bring (column more_coded): 0.05"
        " for a share that is known to 5 points."
    )
    min_passages: Count = Field(description="A topic share from fewer passages is marked as not estimable.")
    min_known: Share = Field(
        description="A topic share is marked as not estimable, too, if the model knows a smaller share of"
        " the terms of an author's passages: a frozen model may never have seen what they are about."
    )
    recognised: Share = Field(
        description="Rank-biased overlap of terms from which another run of the topic model counts as"
        " having a topic, too."
    )
    typical_passages: Count = Field(description="Typical passages listed for each topic and author.")
    min_count: Count = Field(
        description="Features found less often in the whole corpus get no row in the contrasts."
    )
    min_comentions: Count = Field(
        description="Two actors that fewer sentences (or paragraphs) of the corpus name together get no"
        " row in the table of co-mentions and no edge in the network."
    )
    pos: WordClasses = Field(description="Universal parts of speech whose lemmas are compared as words.")


class ReportParams(Section):
    title: str = Field(description="Heading of the report.")
    codings_note: str = Field(description="Who made the codes in corpus/codings; shown with the figures.")
    top_entities: Count = Field(
        description="Actors, groups and cited authors shown in the comparison of authors."
    )
    network_actors: Annotated[int, Field(ge=2, le=100)] = Field(
        description="Actors drawn in the network of co-mentions, at most; more than 30 are hard to read."
    )
    top_words: Count = Field(description="Distinctive words shown for each author.")
