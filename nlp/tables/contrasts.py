"""How far groups are apart, in words, names and all together, and how robust that is."""

from pandera.typing import Series

from nlp.tables.schema import Table, column


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
