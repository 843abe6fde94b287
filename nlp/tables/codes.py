"""Topics, and frame codes of people and machines."""

from pandera.typing import Series

from nlp.tables.schema import Table, column


class TopicTerms(Table):
    """A topic's strongest terms."""

    topic: Series[int] = column("Number of the topic.", ge=0)
    label: Series[str] = column("Its first three terms.")
    term: Series[str] = column("Lemma.")
    weight: Series[float] = column("Probability of the term in the topic.", ge=0, le=1)
    rank: Series[int] = column("1 for the most probable term.", ge=1)


class TopicWeights(Table):
    """How much of a passage belongs to a topic."""

    doc_id: Series[str] = column("Name of the document.")
    passage: Series[int] = column("Number of the passage in the document.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    topic: Series[int] = column("Number of the topic.", ge=0)
    weight: Series[float] = column("Share of the passage (0 to 1).", ge=0, le=1)


class TopicQuality(Table):
    """How far a topic holds together."""

    topic: Series[int] = column("Number of the topic.", ge=0)
    label: Series[str] = column("Its first three terms.")
    npmi: Series[float] = column(
        "Mean normalised pointwise mutual information of its terms within passages (-1 to 1)."
    )
    passages: Series[int] = column("Passages in which it is the strongest topic.", ge=0)
    share: Series[float] = column("Mean weight over all passages.", ge=0, le=1)


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
    """The trained coder as plain numbers: everything needed to code a sentence."""

    task: Series[str] = column("What the number is for.", isin=["idf", "presence", "stance", "threshold"])
    target: Series[str] = column("Frame or stance it speaks for; empty for idf.")
    feature: Series[str] = column("Feature, or '(intercept)'.")
    weight: Series[float] = column("Weight of the feature.")


class Validation(Table):
    """A code by a coder that was not trained on the sentence's author.

    There is one for every sentence of an author of whom some sentences are in the coded sample.
    """

    model: Series[str] = column("Coder that predicted: machine or cues.")
    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    frame: Series[str] = column("Frame of the codebook.")
    score: Series[float] = column("Probability that the frame is present.", ge=0, le=1)
    present: Series[bool] = column("Predicted presence.")
    stance: Series[str] = column("Predicted stance, also where absence was predicted.")
    block: Series[str] = column(
        "Block it was drawn with; empty if the sentence is not in the coded sample."
    )
    true_present: Series[bool] = column("Presence by the reference coder; false if not in the sample.")
    true_stance: Series[str] = column("Stance by the reference coder; empty where absent or not coded.")


class CoderQuality(Table):
    """How well a coder does on authors it has not seen."""

    model: Series[str] = column("Coder: machine or cues.")
    task: Series[str] = column(
        "Presence of a frame, or its stance where the reference coder sees it.",
        isin=["presence", "stance"],
    )
    target: Series[str] = column("Frame or stance, or 'macro' for the mean of all.")
    author: Series[str] = column("Author left out, or 'all' for the pooled predictions.")
    precision: Series[float] = column("Share of predictions that are right.", nullable=True)
    recall: Series[float] = column("Share of true codes that are found.", nullable=True)
    f1: Series[float] = column("Harmonic mean of the two.", nullable=True)
    count: Series[int] = column("Codes of this kind by the reference coder.", ge=0)
    total: Series[int] = column("Sentences judged.", ge=0)


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
    stance_score: Series[float] = column("Probability of that stance.", ge=0, le=1)
