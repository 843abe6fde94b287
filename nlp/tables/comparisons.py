"""What the groups are compared by: frames."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column


class Prevalence(Table):
    """Share of a group's sentences that carry a frame in a stance."""

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
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
    n_sentences: Series[int] = column("Sentences of the group.", ge=0)
    n_coded: Series[int] = column("The group's sentences in the coded sample.", ge=0)
    n_blocks: Series[int] = column("Blocks in which these were drawn.", ge=0)
    estimable: Series[bool] = column(
        "Whether the sample is enough to go by: its sentences (compare.min_coded), in two blocks at "
        "least, and the independent ones that they are worth (compare.min_effective); whatever they show. "
        "What was not seen among enough of them has an upper end."
    )
    more_coded: Series[pd.Int64Dtype] = column(
        "About so many more coded sentences, drawn in the same way, bring the interval to +- "
        "compare.margin (where none is coded: for a share of a half, drawn as for the other groups); "
        "missing where it is so narrow already, where too little is coded to tell, "
        "and for the machine's codes.",
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
