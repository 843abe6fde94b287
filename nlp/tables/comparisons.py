"""What the groups are compared by: frames, words and names, distances, and how robust it is."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column


class Prevalence(Table):
    """Share of an author's sentences that carry a frame in a stance."""

    author: Series[str] = column("Label that groups documents.")
    frame: Series[str] = column("Frame of the codebook.")
    stance: Series[str] = column("Stance, or 'any'.")
    method: Series[str] = column(
        "coded: share in the coded sample. corrected: that share, moved by what a coder that was not "
        "trained on the author says of the sentences outside the sample, as far as it can be trusted "
        "(not at all: both are equal). machine: codes as they are shown, by the coder trained on the "
        "whole sample (or by cue words, where none could be trained); the interval ignores its errors.",
        isin=["corrected", "coded", "machine"],
    )
    estimate: Series[float] = column("Share of sentences (0 to 1).", ge=0, le=1, nullable=True)
    low: Series[float] = column("Lower end of the interval.", ge=0, le=1, nullable=True)
    high: Series[float] = column("Upper end of the interval.", ge=0, le=1, nullable=True)
    n_sentences: Series[int] = column("Sentences of the author.", ge=0)
    n_coded: Series[int] = column("The author's sentences in the coded sample.", ge=0)
    n_blocks: Series[int] = column("Blocks in which these were drawn.", ge=0)
    estimable: Series[bool] = column(
        "Whether the sample is enough to go by: its sentences (compare.min_coded), in two blocks at "
        "least, and the independent ones that they are worth (compare.min_effective); whatever they show. "
        "What was not seen among enough of them has an upper end."
    )
    more_coded: Series[pd.Int64Dtype] = column(
        "About so many more coded sentences, drawn in the same way, bring the interval to +- "
        "compare.margin (where none is coded: for a share of a half, drawn as for the other authors); "
        "missing where it is so narrow already, and for the machine's codes.",
        ge=1,
        nullable=True,
    )


class FrameDifferences(Table):
    """How much larger a group's corrected share of a frame is than another's, and than that of the rest.

    The rest are all other groups of which anything is coded, their samples put together; a group without
    coded sentences is in no rest. With two groups the rest is the other one and has no rows of its own.
    Of more groups than compare.max_paired, none is compared with each other one, but only with the rest.

    Blocks of sentences count as drawn, or two texts would differ for certain once all is coded; so
    intervals are wider than those of the shares. Scope: these texts, if each group has one coded document.
    Where some have several, these show how documents of a group differ, and documents count as drawn, too.
    """

    author: Series[str] = column(
        "Group of documents: the author, or what compare.group_by says; the earlier of two."
    )
    other: Series[str] = column("The group compared with; 'rest' for all others together.")
    frame: Series[str] = column("Frame of the codebook.")
    stance: Series[str] = column("Stance, or 'any'.")
    difference: Series[float] = column(
        "The group's share less the other's (-1 to 1); missing where one of them is not estimable.",
        ge=-1,
        le=1,
        nullable=True,
    )
    low: Series[float] = column("Lower end of the interval.", ge=-1, le=1, nullable=True)
    high: Series[float] = column("Upper end of the interval.", ge=-1, le=1, nullable=True)
    p: Series[float] = column("p-value of no difference.", ge=0, le=1, nullable=True)
    q: Series[float] = column(
        "p-value corrected for all rows that have one (Benjamini & Yekutieli 2001).",
        ge=0,
        le=1,
        nullable=True,
    )
    estimable: Series[bool] = column("Whether both shares are estimable.")


class FrameActors(Table):
    """Which actors stand in the sentences of a frame: sentences that carry it and name the actor.

    Sentences are what the codebook has coded: with it, paragraphs or documents. Codes are those of the
    machine, for all alike; `coded` tells what the reference coder found. Actors that fewer sentences of
    the corpus name than compare.min_comentions have no row, nor those that never meet the frame.
    """

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    frame: Series[str] = column("Frame of the codebook.")
    stance: Series[str] = column("Stance, or 'any'.")
    entity_id: Series[str] = column(
        "Id of the actor (rolled up) in configs/entities.yaml, or 'unlisted/...'."
    )
    entity: Series[str] = column("Its name.")
    count: Series[int] = column("Sentences with both.", ge=0)
    frame_count: Series[int] = column("Sentences with the frame in this stance.", ge=0)
    actor_count: Series[int] = column("Sentences that name the actor.", ge=0)
    n_sentences: Series[int] = column("Sentences of the group.", ge=0)
    share: Series[float] = column("count / frame_count.", ge=0, le=1, nullable=True)
    low: Series[float] = column("Lower end of its interval.", ge=0, le=1, nullable=True)
    high: Series[float] = column("Upper end of its interval.", ge=0, le=1, nullable=True)
    expected: Series[float] = column(
        "actor_count / n_sentences: the share if frame and actor had nothing to do with each other.",
        ge=0,
        le=1,
        nullable=True,
    )
    n_coded: Series[int] = column("Sentences of the coded sample that name the actor.", ge=0)
    coded: Series[int] = column("Those in which the reference coder sees the frame in this stance.", ge=0)


class FrameCourse(Table):
    """Frames over the course of a text: shares in successive parts of like length, by the machine's codes.

    A part has as many sentences as the others, or one more or less; in a text with fewer sentences than
    compare.course_parts some have none, and no share. Intervals ignore the machine's errors.
    """

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    doc_id: Series[str] = column("Name of the document.")
    frame: Series[str] = column("Frame of the codebook.")
    stance: Series[str] = column("Stance, or 'any'.")
    part: Series[int] = column("Part of the text, from 1 on.", ge=1)
    n_sentences: Series[int] = column("Sentences in it.", ge=0)
    count: Series[int] = column("Those with the frame in this stance.", ge=0)
    share: Series[float] = column("count / n_sentences.", ge=0, le=1, nullable=True)
    low: Series[float] = column("Lower end of Wilson's interval.", ge=0, le=1, nullable=True)
    high: Series[float] = column("Upper end of Wilson's interval.", ge=0, le=1, nullable=True)


class Contrasts(Table):
    """Distinctive words and names: how much more often a group uses them than another, or than the rest.

    Statistic, effect and log odds take every occurrence as independent; the interval, p and q do not:
    they count an occurrence by what it is worth, as words come in bunches. Every group is compared with
    the rest; of three groups to compare.max_paired, each also with each that follows in the alphabet. Of
    more, a group has rows only for what it has itself.
    """

    kind: Series[str] = column("Kind of feature.", isin=["entity", "word"])
    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    other: Series[str] = column("The group compared with; 'rest' for all others together.")
    feature: Series[str] = column("Lemma, or id of the actor (rolled up).")
    label: Series[str] = column("Lemma, or name of the actor.")
    count: Series[int] = column("How often it was found with the group.", ge=0)
    total: Series[int] = column("Words of the group.", ge=0)
    documents: Series[int] = column("Documents of the group that have it.", ge=0)
    dispersion: Series[float] = column(
        "How unevenly it is spread over the group's segments: 0 evenly, 1 all in the smallest one"
        " (normalised deviation of proportions: Gries 2008, Lijffijt & Gries 2012). Rare features cannot"
        " but be uneven. Missing where the group has it not, or a single segment.",
        ge=0,
        le=1,
        nullable=True,
    )
    other_count: Series[int] = column("How often it was found with the other.", ge=0)
    other_total: Series[int] = column("Words of the other.", ge=0)
    other_documents: Series[int] = column("Documents of the other that have it.", ge=0)
    statistic: Series[float] = column("Log-likelihood ratio G2 (Dunning 1993).", ge=0)
    effect: Series[float] = column(
        "Log ratio (Hardie 2014): log2 of the rates' ratio, 0.5 added to each count."
    )
    low: Series[float] = column(
        "Lower end of the effect's interval; missing, as p, where no text has two segments.", nullable=True
    )
    high: Series[float] = column("Upper end of the effect's interval.", nullable=True)
    log_odds: Series[float] = column(
        "Log odds ratio with the corpus as informative Dirichlet prior (Monroe, Colaresi & Quinn 2008)."
    )
    z: Series[float] = column("The log odds ratio in standard errors, occurrences taken as independent.")
    p: Series[float] = column(
        "p-value of no difference, with the design effect of the segments (Rao & Scott 1992).",
        ge=0,
        le=1,
        nullable=True,
    )
    q: Series[float] = column(
        "p-value corrected for all rows of the table (Benjamini & Yekutieli 2001).",
        ge=0,
        le=1,
        nullable=True,
    )
    scope: Series[str] = column(
        "texts: segments of texts were taken as drawn, so the comparison is of these texts, not of their"
        " authors. groups: documents were (from compare.min_documents in both on).",
        isin=["texts", "groups"],
    )


class Distances(Table):
    """How far apart two groups are: Jensen-Shannon distance between what they are made of."""

    space: Series[str] = column(
        "frames: corrected shares of frames by stance. topics: shares of topics. entities: mentions of"
        " actors (rolled up). words: lemmas.",
        isin=["frames", "topics", "entities", "words"],
    )
    author: Series[str] = column("Group of documents, the earlier in the alphabet.")
    other: Series[str] = column("The group compared with.")
    features: Series[int] = column("Different features that the two have.", ge=0)
    distance: Series[float] = column(
        "Square root of the Jensen-Shannon divergence in bits: 0 alike, 1 nothing in common"
        " (Endres & Schindelin 2003). Missing where one of the two has too little.",
        ge=0,
        le=1,
        nullable=True,
    )
    low: Series[float] = column(
        "Lower end of its interval: for the mean distance of other texts of these lengths, made in the same"
        " way. Missing where one of the two has too few segments to show how they vary.",
        ge=0,
        le=1,
        nullable=True,
    )
    high: Series[float] = column("Upper end of its interval.", ge=0, le=1, nullable=True)
    expected: Series[float] = column(
        "Distance (root of the mean divergence) when segments of the two are exchanged at random: what"
        " chance alone makes of texts of these lengths. Frames: when both have the same shares. Missing, as"
        " p and what is beyond chance, where both are of a single segment: nothing can be exchanged.",
        ge=0,
        le=1,
        nullable=True,
    )
    beyond: Series[float] = column(
        "Distance beyond chance: root of (distance^2 - expected^2) / (1 - expected^2), 0 where it is less."
        " Other than the distance itself, it can be compared between pairs and spaces.",
        ge=0,
        le=1,
        nullable=True,
    )
    beyond_low: Series[float] = column("Lower end of its interval.", ge=0, le=1, nullable=True)
    beyond_high: Series[float] = column("Upper end of its interval.", ge=0, le=1, nullable=True)
    p: Series[float] = column("p-value of no more distance than by chance.", ge=0, le=1, nullable=True)
    q: Series[float] = column(
        "p-value corrected for all rows that have one (Benjamini & Yekutieli 2001).",
        ge=0,
        le=1,
        nullable=True,
    )
    scope: Series[str] = column("texts or groups: see table contrasts.", isin=["texts", "groups"])


class DistanceMap(Table):
    """Distances beyond chance as a map: classical scaling to two dimensions (Torgerson 1952).

    Axes have no meaning. Groups without distances have no row, nor two whose distance is unknown.
    """

    space: Series[str] = column("As in table distances.", isin=["frames", "topics", "entities", "words"])
    author: Series[str] = column("Group of documents.")
    x: Series[float] = column("First coordinate.")
    y: Series[float] = column("Second coordinate.")
    shown: Series[float] = column(
        "Share of the variance between groups that the two dimensions show (0 to 1).",
        ge=0,
        le=1,
        nullable=True,
    )
    stress: Series[float] = column(
        "How far the map's distances are off: stress-1 (Kruskal 1964), 0 not at all, above 0.2 poor.",
        ge=0,
        nullable=True,
    )


class Robustness(Table):
    """Whether a contrast stays what it is when the analysis is done in another sensible way.

    Variants are those of compare.variants; table `variants` has each of them.
    """

    kind: Series[str] = column("What is compared.", isin=["frame", "topic", "entity", "word"])
    author: Series[str] = column("Group of documents.")
    other: Series[str] = column("The group compared with; 'rest' for all others together.")
    feature: Series[str] = column("Frame, number of the topic, lemma, or id of the actor.")
    stance: Series[str] = column("Stance, or 'any'; empty where there are none.")
    difference: Series[float] = column("As in the table of the contrast (words, names: the log ratio).")
    p: Series[float] = column("As there.", ge=0, le=1)
    variants: Series[int] = column("Variants in which it could be measured.", ge=0)
    same_sign: Series[float] = column("Share of them with the same sign.", ge=0, le=1, nullable=True)
    same_significance: Series[float] = column(
        "Share of them with the same answer to whether p is below 1 - compare.confidence (and, if so, with"
        " the same sign).",
        ge=0,
        le=1,
        nullable=True,
    )


class Variants(Table):
    """A contrast in one variant of the analysis."""

    kind: Series[str] = column("What is compared.", isin=["frame", "topic", "entity", "word"])
    author: Series[str] = column("Group of documents.")
    other: Series[str] = column("The group compared with; 'rest' for all others together.")
    feature: Series[str] = column("Frame, number of the topic, lemma, or id of the actor.")
    stance: Series[str] = column("Stance, or 'any'; empty where there are none.")
    variant: Series[str] = column("What was done in another way, as compare.variants names it.")
    difference: Series[float] = column("What was then measured.")
    low: Series[float] = column("Lower end of its interval.")
    high: Series[float] = column("Upper end of its interval.")
    p: Series[float] = column("p-value of no difference.", ge=0, le=1)
