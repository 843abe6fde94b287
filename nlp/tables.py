"""One schema per table. A table that does not fit stops the run; none is coerced or repaired.

Offsets are Python character offsets, half open. Long form: a second coder is more rows, never more
columns. `KEYS` names the columns that identify a row; tables are stored in that order.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from nlp.errors import TableError


def _column(description: str, **checks: Any) -> Any:
    return pa.Field(description=description, **checks)


class Table(pa.DataFrameModel):
    class Config:
        strict = True
        ordered = True
        coerce = False


class Sources(Table):
    """A source text as it was received, with what the manifest says of it."""

    doc_id: Series[str] = _column("Name of the document.")
    file: Series[str] = _column("Path inside the corpus folder.")
    author: Series[str] = _column("Label that groups documents.")
    authors: Series[str] = _column("All authors, separated by '; '.")
    year: Series[pd.Int64Dtype] = _column("Year of publication, if known.", nullable=True)
    title: Series[str] = _column("Title.")
    venue: Series[str] = _column("Journal, book or site; empty if unknown.")
    kind: Series[str] = _column("Kind of text, as the manifest calls it.")
    language: Series[str] = _column("Language code.")
    rights: Series[str] = _column("Whose text it is.")
    sha256: Series[str] = _column("Hash of the file's bytes.")
    content: Series[object] = _column("The file's bytes.")


class Documents(Table):
    """A source text as read."""

    doc_id: Series[str] = _column("Name of the document.")
    author: Series[str] = _column("Label that groups documents.")
    authors: Series[str] = _column("All authors, separated by '; '.")
    year: Series[pd.Int64Dtype] = _column("Year of publication, if known.", nullable=True)
    title: Series[str] = _column("Title.")
    venue: Series[str] = _column("Journal, book or site; empty if unknown.")
    kind: Series[str] = _column("Kind of text, as the manifest calls it.")
    language: Series[str] = _column("Language code.")
    rights: Series[str] = _column("Whose text it is.")
    sha256: Series[str] = _column("Hash of the file's bytes.")
    reader: Series[str] = _column("Reader that took the text out of the file.")
    pages: Series[pd.Int64Dtype] = _column("Pages, where the format has them.", nullable=True)
    warning: Series[str] = _column("What was unusual in reading; empty if nothing.")
    raw: Series[str] = _column("The text before any change.", str_length={"min_value": 1})


class Texts(Table):
    """A text to analyse: the text that all offsets point into."""

    doc_id: Series[str] = _column("Name of the document.")
    author: Series[str] = _column("Label that groups documents.")
    text: Series[str] = _column("Clean text; paragraphs are separated by an empty line.")


class Edits(Table):
    """One change from raw to clean; together they rebuild either text from the other."""

    doc_id: Series[str] = _column("Name of the document.")
    raw_start: Series[int] = _column("Start in the raw text.", ge=0)
    raw_end: Series[int] = _column("End in the raw text.", ge=0)
    rule: Series[str] = _column("Cleaning steps that took part, joined by '+'.")
    before: Series[str] = _column("Raw text of the span.")
    after: Series[str] = _column("Clean text that stands for it.")


class Zones(Table):
    """A paragraph and what it is."""

    doc_id: Series[str] = _column("Name of the document.")
    paragraph: Series[int] = _column("Number of the paragraph in the text.", ge=0)
    start: Series[int] = _column("Start in the clean text.", ge=0)
    end: Series[int] = _column("End in the clean text.", ge=0)
    zone: Series[str] = _column(
        "What the paragraph is.",
        isin=["title", "abstract", "heading", "body", "quote", "note", "reference", "furniture"],
    )


class Sentences(Table):
    """A sentence of an analysed zone."""

    doc_id: Series[str] = _column("Name of the document.")
    sent_id: Series[int] = _column("Number of the sentence in the document.", ge=0)
    start: Series[int] = _column("Start in the clean text.", ge=0)
    end: Series[int] = _column("End in the clean text.", ge=0)
    raw_start: Series[int] = _column("Start in the raw text.", ge=0)
    raw_end: Series[int] = _column("End in the raw text.", ge=0)
    zone: Series[str] = _column("Zone of its paragraph.")
    paragraph: Series[int] = _column("Number of its paragraph.", ge=0)
    text: Series[str] = _column("Clean text of the sentence.", str_length={"min_value": 1})


class Tokens(Table):
    """A token of a sentence; white space is left out."""

    doc_id: Series[str] = _column("Name of the document.")
    sent_id: Series[int] = _column("Number of the sentence.", ge=0)
    start: Series[int] = _column("Start in the clean text.", ge=0)
    end: Series[int] = _column("End in the clean text.", ge=0)
    text: Series[str] = _column("The token as it stands.")
    lemma: Series[str] = _column("Dictionary form.")
    pos: Series[str] = _column("Universal part of speech.")
    is_stop: Series[bool] = _column("Whether spaCy lists it as a function word.")


class Entities(Table):
    """A mention of a named entity."""

    doc_id: Series[str] = _column("Name of the document.")
    sent_id: Series[int] = _column("Number of the sentence.", ge=0)
    start: Series[int] = _column("Start in the clean text.", ge=0)
    end: Series[int] = _column("End in the clean text.", ge=0)
    raw_start: Series[int] = _column("Start in the raw text.", ge=0)
    raw_end: Series[int] = _column("End in the raw text.", ge=0)
    text: Series[str] = _column("The mention as it stands.")
    label: Series[str] = _column("Kind of name (OntoNotes 5; WORK for works and projects).")
    entity_id: Series[str] = _column("Id in configs/entities.yaml; empty if not listed there.")
    entity: Series[str] = _column("Canonical name; the mention itself if not listed.")
    metonym_of: Series[str] = _column("Id of the state that a capital or seat stands for, or empty.")


class TopicTerms(Table):
    """A topic's strongest terms."""

    topic: Series[int] = _column("Number of the topic.", ge=0)
    label: Series[str] = _column("Its first three terms.")
    term: Series[str] = _column("Lemma.")
    weight: Series[float] = _column("Probability of the term in the topic.", ge=0, le=1)
    rank: Series[int] = _column("1 for the most probable term.", ge=1)


class TopicWeights(Table):
    """How much of a passage belongs to a topic."""

    doc_id: Series[str] = _column("Name of the document.")
    passage: Series[int] = _column("Number of the passage in the document.", ge=0)
    start: Series[int] = _column("Start in the clean text.", ge=0)
    end: Series[int] = _column("End in the clean text.", ge=0)
    topic: Series[int] = _column("Number of the topic.", ge=0)
    weight: Series[float] = _column("Share of the passage (0 to 1).", ge=0, le=1)


class TopicQuality(Table):
    """How far a topic holds together."""

    topic: Series[int] = _column("Number of the topic.", ge=0)
    label: Series[str] = _column("Its first three terms.")
    npmi: Series[float] = _column(
        "Mean normalised pointwise mutual information of its terms within passages (-1 to 1)."
    )
    passages: Series[int] = _column("Passages in which it is the strongest topic.", ge=0)
    share: Series[float] = _column("Mean weight over all passages.", ge=0, le=1)


class Codings(Table):
    """What a coder said of a unit, from corpus/codings."""

    unit: Series[str] = _column("Name of the coded unit.")
    doc_id: Series[str] = _column("Name of the document.")
    block: Series[str] = _column("Block of neighbouring units that was drawn together.")
    start: Series[int] = _column("Start in the raw text.", ge=0)
    end: Series[int] = _column("End in the raw text.", ge=0)
    coder: Series[str] = _column("Who coded.")
    frame: Series[str] = _column("Frame of the codebook.")
    stance: Series[str] = _column("Stance; empty where the coder did not see the frame.")


class CodedSentences(Table):
    """A code of the sample, carried over to the sentence it belongs to."""

    doc_id: Series[str] = _column("Name of the document.")
    sent_id: Series[int] = _column("Number of the sentence.", ge=0)
    coder: Series[str] = _column("Who coded.")
    frame: Series[str] = _column("Frame of the codebook.")
    block: Series[str] = _column("Block of neighbouring units that was drawn together.")
    present: Series[bool] = _column("Whether the coder saw the frame.")
    stance: Series[str] = _column("Stance; empty where the frame is absent.")


class CoderWeights(Table):
    """The trained coder as plain numbers: everything needed to code a sentence."""

    task: Series[str] = _column("What the number is for.", isin=["idf", "presence", "stance", "threshold"])
    target: Series[str] = _column("Frame or stance it speaks for; empty for idf.")
    feature: Series[str] = _column("Feature, or '(intercept)'.")
    weight: Series[float] = _column("Weight of the feature.")


class Validation(Table):
    """A code by a coder that was not trained on the sentence's author.

    There is one for every sentence of an author of whom some sentences are in the coded sample.
    """

    model: Series[str] = _column("Coder that predicted: machine or cues.")
    doc_id: Series[str] = _column("Name of the document.")
    sent_id: Series[int] = _column("Number of the sentence.", ge=0)
    frame: Series[str] = _column("Frame of the codebook.")
    score: Series[float] = _column("Probability that the frame is present.", ge=0, le=1)
    present: Series[bool] = _column("Predicted presence.")
    stance: Series[str] = _column("Predicted stance, also where absence was predicted.")
    block: Series[str] = _column(
        "Block it was drawn with; empty if the sentence is not in the coded sample."
    )
    true_present: Series[bool] = _column("Presence by the reference coder; false if not in the sample.")
    true_stance: Series[str] = _column("Stance by the reference coder; empty where absent or not coded.")


class CoderQuality(Table):
    """How well a coder does on authors it has not seen."""

    model: Series[str] = _column("Coder: machine or cues.")
    task: Series[str] = _column(
        "Presence of a frame, or stance where both see the frame.", isin=["presence", "stance"]
    )
    target: Series[str] = _column("Frame or stance, or 'macro' for the mean of all.")
    author: Series[str] = _column("Author left out, or 'all' for the pooled predictions.")
    precision: Series[float] = _column("Share of predictions that are right.", nullable=True)
    recall: Series[float] = _column("Share of true codes that are found.", nullable=True)
    f1: Series[float] = _column("Harmonic mean of the two.", nullable=True)
    count: Series[int] = _column("Codes of this kind by the reference coder.", ge=0)
    total: Series[int] = _column("Sentences judged.", ge=0)


class FrameCodes(Table):
    """What a coder, human or machine, says of a sentence and a frame."""

    doc_id: Series[str] = _column("Name of the document.")
    sent_id: Series[int] = _column("Number of the sentence.", ge=0)
    frame: Series[str] = _column("Frame of the codebook.")
    coder: Series[str] = _column("machine, cues, or a coder of the coded sample.")
    score: Series[float] = _column("Probability that the frame is present.", ge=0, le=1)
    present: Series[bool] = _column("Whether the frame is coded.")
    stance: Series[str] = _column("Stance; empty where the frame is absent.")
    stance_score: Series[float] = _column("Probability of that stance.", ge=0, le=1)


class Authors(Table):
    """What was compared: the corpus by author."""

    author: Series[str] = _column("Label that groups documents.")
    documents: Series[int] = _column("Documents.", ge=1)
    paragraphs: Series[int] = _column("Paragraphs of the analysed zones.", ge=0)
    sentences: Series[int] = _column("Sentences of the analysed zones.", ge=0)
    words: Series[int] = _column("Words of the analysed zones, without punctuation.", ge=0)
    mentions: Series[int] = _column("Mentions of named entities.", ge=0)
    coded: Series[int] = _column("Sentences in the coded sample.", ge=0)


class Prevalence(Table):
    """Share of an author's sentences that carry a frame in a stance."""

    author: Series[str] = _column("Label that groups documents.")
    frame: Series[str] = _column("Frame of the codebook.")
    stance: Series[str] = _column("Stance, or 'any'.")
    method: Series[str] = _column(
        "corrected: machine codes corrected with the coded sample. coded: coded sample alone. "
        "machine: machine codes as they are, whose interval ignores the machine's errors.",
        isin=["corrected", "coded", "machine"],
    )
    estimate: Series[float] = _column("Share of sentences (0 to 1).", ge=0, le=1, nullable=True)
    low: Series[float] = _column("Lower end of the interval.", ge=0, le=1, nullable=True)
    high: Series[float] = _column("Upper end of the interval.", ge=0, le=1, nullable=True)
    n_sentences: Series[int] = _column("Sentences of the author.", ge=0)
    n_coded: Series[int] = _column("The author's sentences in the coded sample.", ge=0)
    estimable: Series[bool] = _column("Whether there is enough to say anything.")


class Rates(Table):
    """How often an author names an entity, takes up a topic or uses a frame."""

    author: Series[str] = _column("Label that groups documents.")
    kind: Series[str] = _column("Kind of feature.", isin=["entity", "topic", "frame", "word"])
    feature: Series[str] = _column("Entity, topic, frame (with its stance) or lemma.")
    count: Series[int] = _column("How often it was found.", ge=0)
    total: Series[int] = _column(
        "Out of how many: words (entities, words), passages (topics) or sentences in the sample (frames).",
        ge=0,
    )
    rate: Series[float] = _column("count / total.", ge=0, nullable=True)
    low: Series[float] = _column("Lower end of the interval.", ge=0, nullable=True)
    high: Series[float] = _column("Upper end of the interval.", ge=0, nullable=True)


class Contrasts(Table):
    """An author against all others: how much more often a feature is found.

    Empty where there is only one author: no comparison possible.
    """

    author: Series[str] = _column("The author compared with all others.")
    kind: Series[str] = _column("Kind of feature.", isin=["entity", "topic", "frame", "word"])
    feature: Series[str] = _column("Entity, topic, frame (with its stance) or lemma.")
    count: Series[int] = _column("How often it was found with the author.", ge=0)
    total: Series[int] = _column("Out of how many.", ge=0)
    rate: Series[float] = _column("count / total.", ge=0)
    other_count: Series[int] = _column("How often it was found with the others.", ge=0)
    other_total: Series[int] = _column("Out of how many.", ge=0)
    statistic: Series[float] = _column("Log-likelihood ratio G2 (Dunning 1993).", ge=0)
    effect: Series[float] = _column(
        "Log ratio (Hardie 2014): log2 of the rates' ratio, 0.5 added to each count."
    )
    low: Series[float] = _column("Lower end of the effect's interval.")
    high: Series[float] = _column("Upper end of the effect's interval.")
    p: Series[float] = _column("p-value of G2 on one degree of freedom.", ge=0, le=1)
    q: Series[float] = _column(
        "p-value corrected for all rows of its kind (Benjamini & Yekutieli 2001).", ge=0, le=1
    )


SCHEMAS: dict[str, type[Table]] = {
    "sources": Sources,
    "documents": Documents,
    "texts": Texts,
    "edits": Edits,
    "zones": Zones,
    "sentences": Sentences,
    "tokens": Tokens,
    "entities": Entities,
    "topic_terms": TopicTerms,
    "topic_weights": TopicWeights,
    "topic_quality": TopicQuality,
    "codings": Codings,
    "coded_sentences": CodedSentences,
    "coder_weights": CoderWeights,
    "validation": Validation,
    "coder_quality": CoderQuality,
    "frame_codes": FrameCodes,
    "authors": Authors,
    "prevalence": Prevalence,
    "rates": Rates,
    "contrasts": Contrasts,
}

KEYS: dict[str, list[str]] = {
    "sources": ["doc_id"],
    "documents": ["doc_id"],
    "texts": ["doc_id"],
    "edits": ["doc_id", "raw_start", "raw_end"],
    "zones": ["doc_id", "paragraph"],
    "sentences": ["doc_id", "sent_id"],
    "tokens": ["doc_id", "start"],
    "entities": ["doc_id", "start"],
    "topic_terms": ["topic", "rank"],
    "topic_weights": ["doc_id", "passage", "topic"],
    "topic_quality": ["topic"],
    "codings": ["doc_id", "start", "unit", "coder", "frame"],
    "coded_sentences": ["doc_id", "sent_id", "coder", "frame"],
    "coder_weights": ["task", "target", "feature"],
    "validation": ["model", "doc_id", "sent_id", "frame"],
    "coder_quality": ["model", "task", "target", "author"],
    "frame_codes": ["doc_id", "sent_id", "frame", "coder"],
    "authors": ["author"],
    "prevalence": ["author", "frame", "stance", "method"],
    "rates": ["kind", "feature", "author"],
    "contrasts": ["kind", "author", "feature"],
}


def make(name: str, rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """A new table from rows of values in the schema's order of columns; no rows give an empty table.

    For what the program itself has computed: values take the column's type. Tables that come from
    elsewhere go through `check`, which changes no value.
    """
    columns = SCHEMAS[name].to_schema().columns
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype({column: schema.dtype.type for column, schema in columns.items()})


def check(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table in the order of its key, or TableError with the columns that break the schema."""
    try:
        SCHEMAS[name].validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5)
        told = "; ".join(
            f"{case.column or case.failure_case}: {case.check} ({case.failure_case!r})"
            for case in cases.itertuples()
        )
        raise _broken(name, told) from error
    if table.duplicated(KEYS[name]).any():
        row = table.loc[table.duplicated(KEYS[name]), KEYS[name]].iloc[0].to_dict()
        raise _broken(name, f"two rows for {row}")
    return table.sort_values(KEYS[name], kind="stable", ignore_index=True)


def _broken(name: str, told: str) -> TableError:
    return TableError(
        told,
        where=f"table {name}",
        hint="this is a fault of the stage that wrote it: delete outputs/work and run again, or report it",
    )
