"""What the authors are compared by."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column


class Authors(Table):
    """What was compared: the corpus by author."""

    author: Series[str] = column("Label that groups documents.")
    documents: Series[int] = column("Documents.", ge=1)
    paragraphs: Series[int] = column("Paragraphs of the analysed zones.", ge=0)
    sentences: Series[int] = column("Sentences of the analysed zones.", ge=0)
    words: Series[int] = column("Words of the analysed zones, without punctuation.", ge=0)
    mentions: Series[int] = column("Mentions of named entities.", ge=0)
    coded: Series[int] = column("Sentences in the coded sample.", ge=0)


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
    """How much larger an author's corrected share of a frame is than another's.

    Holds for the texts of the corpus: with one text by each author, it is a comparison of these texts,
    and no inference to others by the same authors.
    """

    author: Series[str] = column("Label that groups documents; the earlier in the alphabet.")
    other: Series[str] = column("The author compared with.")
    frame: Series[str] = column("Frame of the codebook.")
    stance: Series[str] = column("Stance, or 'any'.")
    difference: Series[float] = column(
        "The author's share less the other's (-1 to 1); missing where one of them is not estimable.",
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


class Rates(Table):
    """How often an author names an entity or uses a frame.

    Intervals take occurrences of entities as independent and are too narrow: take those of table
    `actors`.
    """

    author: Series[str] = column("Label that groups documents.")
    kind: Series[str] = column("Kind of feature.", isin=["entity", "frame", "word"])
    feature: Series[str] = column("Entity, frame (with its stance) or lemma.")
    count: Series[int] = column("How often it was found.", ge=0)
    total: Series[int] = column(
        "Out of how many: words (entities, words), sentences of the sample (frames; all sentences, coded"
        " by the machine, where there is no sample).",
        ge=0,
    )
    rate: Series[float] = column(
        "count / total; for frames the share in the coded sample, each document by its length.",
        ge=0,
        nullable=True,
    )
    low: Series[float] = column("Lower end of the interval.", ge=0, nullable=True)
    high: Series[float] = column("Upper end of the interval.", ge=0, nullable=True)


class Contrasts(Table):
    """An author against all others: how much more often a feature is found.

    Evidence for words and entities takes each occurrence as independent and is overstated.
    Frames enter with the number of independent sentences that their sample, drawn in blocks, is worth
    (Rao & Scott 1992); the counts shown are the plain ones.
    """

    author: Series[str] = column("The author compared with all others.")
    kind: Series[str] = column("Kind of feature.", isin=["entity", "frame", "word"])
    feature: Series[str] = column("Entity, frame (with its stance) or lemma.")
    count: Series[int] = column("How often it was found with the author.", ge=0)
    total: Series[int] = column("Out of how many.", ge=0)
    rate: Series[float] = column("As in table rates.", ge=0)
    other_count: Series[int] = column("How often it was found with the others.", ge=0)
    other_total: Series[int] = column("Out of how many.", ge=0)
    statistic: Series[float] = column("Log-likelihood ratio G2 (Dunning 1993).", ge=0)
    effect: Series[float] = column(
        "Log ratio (Hardie 2014): log2 of the rates' ratio, 0.5 added to each count."
    )
    low: Series[float] = column("Lower end of the effect's interval.")
    high: Series[float] = column("Upper end of the effect's interval.")
    p: Series[float] = column("p-value of G2 on one degree of freedom.", ge=0, le=1)
    q: Series[float] = column(
        "p-value corrected for all rows of its kind (Benjamini & Yekutieli 2001).", ge=0, le=1
    )


class Actors(Table):
    """How often an author names an entity of the analysed zones."""

    author: Series[str] = column("Label that groups documents.")
    counted: Series[str] = column(
        "named: every name for itself. rolled up: capitals, seats and adjectives count for their actor.",
        isin=["named", "rolled up"],
    )
    entity_id: Series[str] = column("Id in configs/entities.yaml, or 'unlisted/...'.")
    entity: Series[str] = column("Canonical name.")
    kind: Series[str] = column("Kind of entity; cited authors are kept apart from persons.")
    count: Series[int] = column("Mentions.", ge=0)
    rate: Series[float] = column("Mentions per 1,000 words.", ge=0, nullable=True)
    low: Series[float] = column("Lower end of the interval of the rate.", ge=0, nullable=True)
    high: Series[float] = column("Upper end of the interval of the rate.", ge=0, nullable=True)
    share: Series[float] = column("Share of all the author's mentions (0 to 1).", ge=0, le=1, nullable=True)
    first_doc_id: Series[str] = column("Document of the author's first mention; empty if there is none.")
    first_sent_id: Series[pd.Int64Dtype] = column(
        "Number of the sentence of that mention; missing if there is none.", ge=0, nullable=True
    )


class ActorGroups(Table):
    """How often an author names entities of a kind, or of a group of the registry (rolled up)."""

    author: Series[str] = column("Label that groups documents.")
    grouping: Series[str] = column("kind, or group of the registry.", isin=["kind", "group"])
    name: Series[str] = column("Name of the kind or group; an entity may be in several groups.")
    entities: Series[int] = column("Different entities named.", ge=0)
    count: Series[int] = column("Mentions.", ge=0)
    rate: Series[float] = column("Mentions per 1,000 words.", ge=0, nullable=True)
    low: Series[float] = column("Lower end of the interval of the rate.", ge=0, nullable=True)
    high: Series[float] = column("Upper end of the interval of the rate.", ge=0, nullable=True)
    share: Series[float] = column("Share of all the author's mentions (0 to 1).", ge=0, le=1, nullable=True)


class Comentions(Table):
    """Two actors (rolled up, cited authors left out) that are named together."""

    author: Series[str] = column("Label that groups documents; 'all' for the whole corpus.")
    unit: Series[str] = column("What names both: sentences or paragraphs.", isin=["sentence", "paragraph"])
    source: Series[str] = column("Id of an actor, the earlier in the alphabet.")
    target: Series[str] = column("Id of the other.")
    source_name: Series[str] = column("Name of the source.")
    target_name: Series[str] = column("Name of the target.")
    count: Series[int] = column("Units that name both.", ge=1)
    source_count: Series[int] = column("Units that name the source.", ge=1)
    target_count: Series[int] = column("Units that name the target.", ge=1)
    expected: Series[float] = column(
        "Units that would name both by chance: source_count * target_count / all units.", ge=0
    )
    npmi: Series[float] = column(
        "Normalised pointwise mutual information: 0 as expected by chance, 1 never apart (Bouma 2009).",
        ge=-1,
        le=1,
        nullable=True,
    )
