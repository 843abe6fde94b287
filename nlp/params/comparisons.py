"""Parameters of the comparison and of the report."""

from typing import Annotated, Literal

from pydantic import Field

from nlp.params.section import Count, Section, Share, WordClasses, Zones

Grouping = Literal["author", "year", "venue", "kind", "language", "document"]


class CountsParams(Section):
    max_segments: Count = Field(
        description="Segments that a text is cut into at most. They are what intervals and tests of words,"
        " names and distances take as drawn, so the more memory is needed, the more there are."
    )
    min_segment_words: Count = Field(
        description="Words of a segment at least: what stands close together is alike, and shorter segments"
        " would pass for more evidence than there is."
    )
    pos: WordClasses = Field(
        description="Universal parts of speech whose lemmas are compared as words. Without PROPN, parts of"
        " names are no words of their own: contrasts of names stay."
    )


class Variants(Section):
    """Other sensible ways to do the analysis, in which contrasts should hold, too."""

    zones: dict[str, Zones] = Field(
        description="Name of a variant: the zones that it counts, out of compare.zones."
    )
    units: list[Literal["paragraph"]] = Field(
        description="Other units whose share with a frame is compared: paragraph."
    )
    thresholds: list[Annotated[float, Field(gt=-1, lt=1)]] = Field(
        description="What is added to the probability from which the machine codes a frame."
    )
    drop_documents: Annotated[int, Field(ge=0, le=1000)] = Field(
        description="So many documents, the longest first, are each left out in turn; a group that has no"
        " other is then not compared. 0 for none."
    )
    features: Annotated[int, Field(ge=0, le=10**6)] = Field(
        description="Words, and names, of each two groups whose contrasts are repeated: those with the"
        " smallest p."
    )


class CompareParams(Section):
    group_by: Grouping = Field(
        description="Field of the manifest whose values are compared: author (the label, also of texts by"
        " several), year, venue, kind, language or document."
    )
    max_paired: Count = Field(
        description="Of more groups than this, none is compared with each other one, but only with all"
        " the others together, and there are no distances: pairs grow with the square, and with them what"
        " q-values ask for."
    )
    zones: Zones = Field(description="Zones that are counted and compared; the same as for the features.")
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level of all intervals; 1 less it is the level of p at which a contrast"
        " counts as significant in table robustness."
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
        description="Words and names that both sides together have less often get no row in the contrasts,"
        " and are not tested. More for a large corpus: rare words cost q-values and can show nothing."
    )
    prior_words: Annotated[float, Field(gt=0, allow_inf_nan=False)] = Field(
        description="Words that the prior of the weighted log odds is worth; they have the proportions of"
        " the whole corpus. The more, the less do rare words stand out."
    )
    min_sample: Count = Field(
        description="Words that a group has at least to take part in the comparison of lexical diversity,"
        " which is made at the size of the smallest group."
    )
    min_comentions: Count = Field(
        description="Two actors that fewer sentences (or paragraphs) of the corpus name together get no"
        " row in the table of co-mentions and no edge in the network."
    )
    min_documents: Annotated[int, Field(ge=2)] = Field(
        description="From so many documents in both groups on, documents are taken as drawn, and contrasts"
        " of words and names, distances and the intervals of diversity and sentence length hold for more"
        " than these texts; with fewer, segments of the texts are."
    )
    replicates: Count = Field(
        description="Random exchanges behind p and `expected` of distances, and draws behind the intervals"
        " of those of frames. p cannot be below 1 / (replicates + 1), so many groups ask for more."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(description="Seed of these random numbers.")
    course_parts: Count = Field(
        description="Parts of a text over which the course of frames is told; fewer for short texts, for a"
        " share of five sentences says little."
    )
    variants: Variants = Field(
        description="Other ways to do the analysis, for tables robustness and variants: zones (sets of"
        " them, by name), units, thresholds (added to the machine's), drop_documents (how many of them in"
        " turn) and features (how many words and names)."
    )


class ExhibitsParams(Section):
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level that exhibits tell with intervals; the same as compare.confidence."
    )
    top_rows: Count = Field(
        description="Rows that an exhibit shows of a list that has no end: actors, words and names of a"
        " group, differences of a frame or topic. The tables have all."
    )
    top_actors: Count = Field(
        description="Actors that the exhibit of actors in frames shows for each frame and group."
    )
    top_groups: Annotated[int, Field(ge=1, le=100)] = Field(
        description="Groups that exhibits and figures show, those with the most words; the tables have all."
    )


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
    max_bytes: Annotated[int, Field(ge=100_000)] = Field(
        description="From how many bytes on the page has its texts and evidence in files of their own, by"
        " group, which it loads when they are needed. What is left, tables above all, may be larger."
    )
