"""Frame codes of people and machines."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column


class Codings(Table):
    """What a coder said of a unit, from corpus/codings."""

    unit: Series[str] = column("Name of the coded unit.")
    doc_id: Series[str] = column("Name of the document.")
    block: Series[str] = column("Block of neighbouring units that was drawn together.")
    start: Series[int] = column("Start in the raw text.", ge=0)
    end: Series[int] = column("End in the raw text.", ge=0)
    coder: Series[str] = column("Who coded.")
    frame: Series[str] = column("Frame of the codebook.")
    stance: Series[str] = column("Stance; empty where the coder did not see the frame.")
    codebook: Series[str] = column("Hash of the codebook it was coded by; empty if unknown.")
    coded_on: Series[str] = column("Day it was coded, YYYY-MM-DD; empty if unknown.")
    probability: Series[float] = column(
        "Probability with which the unit was drawn; missing if unknown.", nullable=True, gt=0, le=1
    )


class CodedSentences(Table):
    """A code of the sample, carried over to the sentence it belongs to."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    coder: Series[str] = column("Who coded.")
    frame: Series[str] = column("Frame of the codebook.")
    block: Series[str] = column("Block of neighbouring units that was drawn together.")
    present: Series[bool] = column("Whether the coder saw the frame.")
    stance: Series[str] = column("Stance; empty where the frame is absent.")
    codebook: Series[str] = column("Hash of the codebook it was coded by; empty if unknown.")
    coded_on: Series[str] = column("Day it was coded, YYYY-MM-DD; empty if unknown.")
    probability: Series[float] = column(
        "Probability with which the unit was drawn; missing if unknown.", nullable=True, gt=0, le=1
    )


class CoderWeights(Table):
    """The trained coder as plain numbers: everything needed to code a unit.

    For each frame or stance the weights of its features add up to its log odds (stances: to its score
    beside those of the other stances). Views are averaged, so each has its share in the weights.
    """

    task: Series[str] = column(
        "presence or stance: weights of features. threshold: probability from which a frame is coded."
        " certainty: from the scores of all stances to the log odds of each. idf: of words.",
        isin=["presence", "stance", "threshold", "certainty", "idf"],
    )
    target: Series[str] = column("Frame or stance it speaks for; empty for idf.")
    view: Series[str] = column("View that the feature belongs to; empty for thresholds and intercepts.")
    feature: Series[str] = column("Feature, '(intercept)', or stance (certainty).")
    weight: Series[float] = column("Weight of the feature.")
    usual: Series[float] = column("Mean of the feature in the coded units, for explanations.")


class Validation(Table):
    """A code by a coder that was not trained on it: not on its author, or not on its block.

    Where authors are left out, there is one for every unit of an author of whom some units are in the
    coded sample; where blocks are, for the units of the sample.
    """

    scheme: Series[str] = column("What was left out in training.", isin=["author", "block"])
    model: Series[str] = column(
        "machine; cues: cue words alone; words: TF-IDF of words and word pairs with logistic regression"
        " (units of the sample only); majority: what is most frequent in training (likewise)."
    )
    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the unit.", ge=0)
    frame: Series[str] = column("Frame of the codebook.")
    score: Series[float] = column("Probability that the frame is present.", ge=0, le=1)
    present: Series[bool] = column("Predicted presence.")
    stance: Series[str] = column("Predicted stance, also where absence was predicted.")
    stance_score: Series[float] = column(
        "Probability of that stance; may be low, for in the choice rare stances weigh as much as frequent.",
        ge=0,
        le=1,
    )
    block: Series[str] = column("Block it was drawn with; empty if the unit is not in the coded sample.")
    probability: Series[float] = column(
        "Probability with which it was drawn; missing if unknown or not in the sample.",
        nullable=True,
        gt=0,
        le=1,
    )
    true_present: Series[bool] = column("Presence by the reference coder; false if not in the sample.")
    true_stance: Series[str] = column("Stance by the reference coder; empty where absent or not coded.")


class CoderQuality(Table):
    """How well a coder does on authors, or on blocks, that it has not seen."""

    scheme: Series[str] = column("What was left out in training.", isin=["author", "block"])
    model: Series[str] = column("machine, cues, words or majority: see table validation.")
    task: Series[str] = column(
        "Presence of a frame, or its stance where the reference coder sees it.",
        isin=["presence", "stance"],
    )
    frame: Series[str] = column("Frame; 'all' for stances of all frames, 'macro' for the mean over frames.")
    stance: Series[str] = column("Stance; 'any' for presence, 'macro' for the mean over stances.")
    author: Series[str] = column("Author whose units are judged, or 'all'.")
    measure: Series[str] = column(
        "precision, recall, f1; average_precision: mean precision over all thresholds; calibration_error:"
        " mean distance between probabilities and shares, in ten bins (Naeini et al. 2015).",
        isin=["precision", "recall", "f1", "average_precision", "calibration_error"],
    )
    estimate: Series[float] = column("Its value (0 to 1).", ge=0, le=1, nullable=True)
    low: Series[float] = column(
        "Lower end of the interval (bootstrap of blocks); for all authors only.", ge=0, le=1, nullable=True
    )
    high: Series[float] = column("Upper end of the interval.", ge=0, le=1, nullable=True)
    count: Series[int] = column("Codes of this kind by the reference coder.", ge=0)
    total: Series[int] = column("Units judged.", ge=0)


class Confusion(Table):
    """What the machine makes of each stance, where the reference coder sees the frame."""

    scheme: Series[str] = column("What was left out in training.", isin=["author", "block"])
    frame: Series[str] = column("Frame of the codebook, or 'all'.")
    true_stance: Series[str] = column("Stance by the reference coder.")
    stance: Series[str] = column("Stance by the machine.")
    count: Series[int] = column("Units.", ge=0)


class Mistakes(Table):
    """The machine's most confident mistakes about authors it has not seen: to be read."""

    frame: Series[str] = column("Frame of the codebook.")
    rank: Series[int] = column("1 for the mistake that it was surest of.", ge=1)
    mistake: Series[str] = column(
        "What went wrong.", isin=["frame not there", "frame missed", "other stance"]
    )
    confidence: Series[float] = column("Probability that the machine gave to what is wrong.", ge=0, le=1)
    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the unit.", ge=0)
    stance: Series[str] = column("Stance by the machine; empty where it sees no frame.")
    true_stance: Series[str] = column("Stance by the reference coder; empty where it sees no frame.")
    text: Series[str] = column("The unit.")


class Ablation(Table):
    """What each view is worth: macro-F1 of the machine with other views than it has."""

    scheme: Series[str] = column("What was left out in training.", isin=["author", "block"])
    task: Series[str] = column("Presence of a frame, or its stance.", isin=["presence", "stance"])
    views: Series[str] = column("as it is; a view left out, by itself, or added.")
    f1: Series[float] = column("Mean F1 over frames, or over stances.", ge=0, le=1)
    difference: Series[float] = column("From the machine as it is.", ge=-1, le=1)
    low: Series[float] = column("Lower end of the difference's interval.", ge=-1, le=1)
    high: Series[float] = column("Upper end of the difference's interval.", ge=-1, le=1)


class Reliability(Table):
    """How far coders agree about a frame, beyond chance: Krippendorff's alpha.

    Codes of a coder who knew those of another agree with them for that reason, too: see
    `coder.adjudicators`. Sentences of the analysed zones only, as for all that the coder does.
    """

    frame: Series[str] = column("Frame of the codebook, or 'macro' for the mean of all.")
    task: Series[str] = column(
        "Presence of the frame, or its stance where both saw it.", isin=["presence", "stance"]
    )
    coder: Series[str] = column(
        "A coder of corpus/codings, or 'all' for all of them together but the adjudicators."
    )
    other: Series[str] = column(
        "Another coder; 'machine' or 'cues' as in table validation, which had not seen the author; or"
        " 'all'."
    )
    alpha: Series[float] = column(
        "1: perfect agreement; 0: as by chance. Missing where nothing can be compared, or where all"
        " codes are the same.",
        nullable=True,
        le=1,
    )
    low: Series[float] = column("Lower end of its bootstrap interval.", nullable=True)
    high: Series[float] = column("Upper end of its bootstrap interval.", nullable=True)
    agreement: Series[float] = column(
        "Share of the pairs of codes that agree, chance or not.", nullable=True, ge=0, le=1
    )
    units: Series[int] = column("Units with two codes at least; for 'macro' added up over frames.", ge=0)


class FrameCodes(Table):
    """What a coder, human or machine, says of a sentence and a frame."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    frame: Series[str] = column("Frame of the codebook.")
    coder: Series[str] = column("machine, cues, or a coder of the coded sample.")
    score: Series[float] = column("Probability that the frame is present.", ge=0, le=1)
    present: Series[bool] = column("Whether the frame is coded.")
    stance: Series[str] = column("Stance; empty where the frame is absent.")
    stance_score: Series[float] = column(
        "Probability of that stance; may be low, for in the choice rare stances weigh as much as frequent.",
        ge=0,
        le=1,
    )


class Explanations(Table):
    """What moved the machine to code a unit as it did: the features with most weight.

    Contributions are told as distances from a usual unit, and add up, over all features, to the
    distance in log odds (stances: in the stance's score).
    """

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the unit.", ge=0)
    frame: Series[str] = column("Frame of the codebook.")
    task: Series[str] = column("What is explained.", isin=["presence", "stance"])
    rank: Series[int] = column("1 for the largest contribution.", ge=1)
    view: Series[str] = column("Side from which the coder saw it.")
    feature: Series[str] = column("What it saw.")
    contribution: Series[float] = column("How far it moved the decision; below 0: against it.")
    start: Series[pd.Int64Dtype] = column("Start in the unit's text, if it is a word.", nullable=True, ge=0)
    end: Series[pd.Int64Dtype] = column("End in the unit's text.", nullable=True, ge=0)
