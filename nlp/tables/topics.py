"""Topics: the passages they are made from, the model, and what it says of each passage."""

from pandera.typing import Series

from nlp.tables.schema import Table, column

_NUMBER = (
    "Number of the topic. It keeps it from run to run, as long as it can be recognised, and with it its"
    " label and colour."
)


class Passages(Table):
    """A stretch of a document, made of whole sentences of the analysed zones: what topics are made from."""

    doc_id: Series[str] = column("Name of the document.")
    author: Series[str] = column("Label that groups documents.")
    passage: Series[int] = column("Number of the passage in the document.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text; notes and the like may lie between.", ge=0)
    sent_id: Series[int] = column("Number of its first sentence.", ge=0)
    words: Series[int] = column("Words, without punctuation.", ge=0)
    text: Series[str] = column("Its sentences, joined by spaces.")


class PassageTerms(Table):
    """A term of a passage: a lemma, or a name of the registry."""

    doc_id: Series[str] = column("Name of the document.")
    passage: Series[int] = column("Number of the passage in the document.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    term: Series[str] = column("Lemma in small letters, or the name as the registry has it.")
    follows: Series[bool] = column("Whether it stands next to the term before it: the two may be a phrase.")


class TopicVocabulary(Table):
    """A term that the topic model knows."""

    term: Series[str] = column("Lemma, name, or phrase of two of them.")
    first: Series[str] = column("First part of a phrase; empty for other terms.")
    second: Series[str] = column("Second part of a phrase; empty for other terms.")
    passages: Series[int] = column("Passages that have it.", ge=1)
    count: Series[int] = column("How often it was found.", ge=1)
    idf: Series[float] = column(
        "Inverse document frequency: ln((1 + passages in all) / (1 + passages with it)) + 1.", ge=1
    )


class TopicModel(Table):
    """The topic model: how strongly each topic has each term."""

    model: Series[str] = column(
        "nmf: factors of sublinear TF-IDF. lda, seeded: parameters of the terms' posterior Dirichlet"
        " distribution.",
    )
    topic: Series[int] = column(_NUMBER, ge=0)
    term: Series[str] = column("Term of the vocabulary; for nmf those only that the topic has.")
    weight: Series[float] = column("Its weight; for nmf beside the topic's strongest term.", ge=0)


class TopicTerms(Table):
    """A topic's strongest terms, in three orders."""

    topic: Series[int] = column(_NUMBER, ge=0)
    label: Series[str] = column("The topic's label.")
    ranking: Series[str] = column(
        "probability: of the term in the topic. relevance: between probability and lift, its log ratio to"
        " that in the corpus (Sievert & Shirley 2014). frex: harmonic mean of the ranks by frequency and"
        " exclusivity (Bischof & Airoldi 2012).",
        isin=["probability", "relevance", "frex"],
    )
    rank: Series[int] = column("1 for the strongest.", ge=1)
    term: Series[str] = column("Term of the vocabulary.")
    score: Series[float] = column("What it is ranked by.")


class TopicQuality(Table):
    """How far a topic holds: is it found again, do its terms belong together, are they its own?

    Measured on the terms that are most relevant to it.
    """

    topic: Series[int] = column(_NUMBER, ge=0)
    label: Series[str] = column("Label: given by hand, kept from the run before, or made of its terms.")
    fingerprint: Series[str] = column(
        "Its most relevant terms: what `topics.labels` in params.yaml knows it by."
    )
    stability: Series[float] = column(
        "How alike it is to its counterparts in runs with other seeds and other passages left out: mean"
        " rank-biased overlap of terms (Webber, Moffat & Zobel 2010; 0 to 1).",
        ge=0,
        le=1,
    )
    stable: Series[bool] = column(
        "Whether that reaches `topics.min_stability`; if not, do not build on it."
    )
    c_v: Series[float] = column("Coherence c_v (Röder, Both & Hinneburg 2015; 0 to 1).", nullable=True)
    npmi: Series[float] = column("Mean NPMI of pairs of terms within passages (-1 to 1).", nullable=True)
    exclusivity: Series[float] = column(
        "Mean share of the topic in the probability of its terms over all topics (0 to 1).", ge=0, le=1
    )


class TopicChoice(Table):
    """How models with so many topics do: means over runs that each leave other passages out.

    The one is chosen that is most stable among those whose coherence c_v is below the best by no more
    than one standard error of their difference.
    """

    model: Series[str] = column("Kind of model.")
    n_topics: Series[int] = column("Number of topics.", ge=1)
    runs: Series[int] = column("Runs: each with another seed and other passages left out.", ge=0)
    c_v: Series[float] = column("Coherence c_v (Röder, Both & Hinneburg 2015; 0 to 1).", nullable=True)
    c_v_error: Series[float] = column(
        "Its standard error, as a mean over topics; mean over runs.", nullable=True, ge=0
    )
    npmi: Series[float] = column(
        "Coherence by NPMI within passages (Bouma 2009; Lau, Newman & Baldwin 2014; -1 to 1).",
        nullable=True,
    )
    exclusivity: Series[float] = column(
        "Mean share of a topic in the probability of its terms over all topics (0 to 1).", nullable=True
    )
    diversity: Series[float] = column(
        "Share of different terms among those of all topics (Dieng, Ruiz & Blei 2020; 0 to 1).",
        nullable=True,
    )
    stability: Series[float] = column(
        "How alike topics of two runs are, matched one to one: mean rank-biased overlap (0 to 1).",
        nullable=True,
    )
    held_out: Series[float] = column(
        "Mean log probability of a word of a passage left out, given the other half of its words (document"
        " completion: Wallach, Murray, Salakhutdinov & Mimno 2009).",
        nullable=True,
    )
    eligible: Series[bool] = column(
        "Whether its c_v is within one standard error of the best (of their difference)."
    )
    chosen: Series[bool] = column("Whether it is the one shown.")
    note: Series[str] = column("Why nothing is estimated; empty if it is.")


class TopicRuns(Table):
    """What another run of the chosen model says of a document, told by the topics that are shown."""

    n_topics: Series[int] = column("Number of topics of the run.", ge=1)
    run: Series[int] = column("Number of the run.", ge=0)
    topic: Series[int] = column(_NUMBER, ge=0)
    similarity: Series[float] = column(
        "Rank-biased overlap with its counterpart in the run (0 to 1); 0 if it has none.", ge=0, le=1
    )
    doc_id: Series[str] = column("Name of the document.")
    weight: Series[float] = column(
        "Mean weight of the counterpart over the passages of the document; 0 if there is none.", ge=0, le=1
    )


class TopicChanges(Table):
    """What has become of the topics since the last run with other topics. Empty after a first run."""

    topic: Series[int] = column(_NUMBER, ge=0)
    label: Series[str] = column("The topic's label; of a vanished one the last.")
    change: Series[str] = column(
        "same: the same terms in front. moved: recognised, with other terms. appeared. vanished.",
        isin=["same", "moved", "appeared", "vanished"],
    )
    similarity: Series[float] = column(
        "Rank-biased overlap of its terms before and now (0 to 1).", nullable=True, ge=0, le=1
    )
    gained: Series[str] = column("Terms that are among its strongest now, and were not.")
    lost: Series[str] = column("Terms that were among its strongest, and are not now.")


class TopicWeights(Table):
    """How much of a passage belongs to a topic. Passages without any known term have no rows."""

    doc_id: Series[str] = column("Name of the document.")
    passage: Series[int] = column("Number of the passage in the document.", ge=0)
    topic: Series[int] = column(_NUMBER, ge=0)
    weight: Series[float] = column(
        "Share of the passage (0 to 1); the shares of a passage sum to 1.", ge=0, le=1
    )
    variance: Series[float] = column(
        "Variance of its posterior distribution (lda, seeded); 0 for nmf, whose weights are not shrunk.",
        ge=0,
    )
    known: Series[float] = column("Share of the passage's terms that the model knows.", ge=0, le=1)


class TopicShares(Table):
    """How much of an author's text a topic takes.

    Intervals tell how far the share of other texts by the author may lie from it, as far as that can be
    seen: passages of a text are alike, the more so the closer they stand, and so are those of one text
    beside those of another. With one text by each author they hold for more of the same text.
    """

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    topic: Series[int] = column(_NUMBER, ge=0)
    label: Series[str] = column("The topic's label.")
    share: Series[float] = column(
        "Mean weight over the author's passages (0 to 1); missing if there are too few.",
        nullable=True,
        ge=0,
        le=1,
    )
    low: Series[float] = column(
        "Lower end of the interval, for passages and the model alike.", nullable=True, ge=0, le=1
    )
    high: Series[float] = column("Upper end of the interval.", nullable=True, ge=0, le=1)
    between_runs: Series[float] = column(
        "Standard deviation of the share over the runs with as many topics and the one that is shown;"
        " missing with a frozen model.",
        nullable=True,
        ge=0,
    )
    worth: Series[float] = column(
        "How many passages, drawn one by one and each of one topic, the share is worth: few, if texts stay"
        " with a matter for long.",
        nullable=True,
        ge=0,
    )
    passages: Series[int] = column("The author's passages that have topics.", ge=0)
    known: Series[float] = column(
        "Mean share of their terms that the model knows.", nullable=True, ge=0, le=1
    )
    estimable: Series[bool] = column(
        "Whether there are enough of them (compare.min_passages), and the model knows enough of their terms"
        " (compare.min_known), as a frozen one may not."
    )


class TopicDifferences(Table):
    """How much larger a topic's share is with one group than with another, and than with the rest.

    The rest are the passages of all other groups, put together. With two groups it is the other one and
    has no rows of its own. Of more groups than compare.max_paired, none is compared with each other one,
    but only with the rest.
    """

    author: Series[str] = column(
        "Group of documents: the author, or what compare.group_by says; the earlier of two."
    )
    other: Series[str] = column("The group compared with; 'rest' for all others together.")
    topic: Series[int] = column(_NUMBER, ge=0)
    label: Series[str] = column("The topic's label.")
    difference: Series[float] = column(
        "The author's share less the other's (-1 to 1); missing where one of them is not estimable.",
        nullable=True,
        ge=-1,
        le=1,
    )
    low: Series[float] = column("Lower end of the interval.", nullable=True, ge=-1, le=1)
    high: Series[float] = column("Upper end of the interval.", nullable=True, ge=-1, le=1)
    p: Series[float] = column("p-value of no difference.", nullable=True, ge=0, le=1)
    q: Series[float] = column(
        "p-value corrected for all rows that have one (Benjamini & Yekutieli 2001).",
        nullable=True,
        ge=0,
        le=1,
    )
    survives: Series[float] = column(
        "Share of all runs, whatever their number of topics, in which the topic is found and the difference"
        " has this sign and an interval without 0; missing with a frozen model.",
        nullable=True,
        ge=0,
        le=1,
    )
    runs: Series[int] = column("Those runs.", ge=0)
    estimable: Series[bool] = column("Whether both shares are estimable.")
    scope: Series[str] = column(
        "texts: no group has several documents, so nothing shows how much they differ, and the comparison"
        " is of these texts, not of their authors. groups: how much documents of a group differ is part of"
        " the interval.",
        isin=["texts", "groups"],
    )


class TopicPassages(Table):
    """A topic's most typical passages with each author."""

    topic: Series[int] = column(_NUMBER, ge=0)
    label: Series[str] = column("The topic's label.")
    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    rank: Series[int] = column("1 for the author's passage with most of it.", ge=1)
    doc_id: Series[str] = column("Name of the document.")
    passage: Series[int] = column("Number of the passage in the document.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    sent_id: Series[int] = column("Number of its first sentence.", ge=0)
    weight: Series[float] = column("Share of the passage that belongs to the topic (0 to 1).", ge=0, le=1)
    text: Series[str] = column("Its sentences, joined by spaces.")
