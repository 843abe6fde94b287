"""What a frame coder looks at."""

from pandera.typing import Series

from nlp.tables.schema import Table, column


class Cues(Table):
    """A cue word of the codebook, found in a unit."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the unit.", ge=0)
    start: Series[int] = column("Start in the unit's text.", ge=0)
    end: Series[int] = column("End in the unit's text.", ge=0)
    name: Series[str] = column("Frame or stance that it points to.")
    group: Series[str] = column("Group of the cues in the codebook; empty if they have none.")


class Features(Table):
    """Something counted in a unit; what is not there has no row."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the unit.", ge=0)
    frame: Series[str] = column("Frame that it is counted for; empty if for all alike.")
    view: Series[str] = column("The side from which a coder sees it.")
    feature: Series[str] = column("What is counted.")
    value: Series[float] = column("How much of it there is.")


class Embeddings(Table):
    """A unit, or a unit with what stands around it, as a vector."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the unit.", ge=0)
    view: Series[str] = column("sentence: the unit alone. context: with heading and neighbours.")
    text_hash: Series[str] = column("Hash of the text that was embedded.")
    model: Series[str] = column("Model with its version.")
    vector: Series[object] = column("Numbers; the vector has length 1.")


class Statements(Table):
    """A sentence of the codebook, as a vector."""

    frame: Series[str] = column("Frame of the codebook.")
    kind: Series[str] = column("definition, include, exclude, examples, near_misses, or a stance.")
    number: Series[int] = column("Its place among those of its kind.", ge=0)
    text: Series[str] = column("The sentence.")
    vector: Series[object] = column("Numbers; the vector has length 1. Empty without a model.")


class Measures(Table):
    """How long a sentence is, and the segment of its text that it belongs to."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    zone: Series[str] = column("Zone of its paragraph.")
    paragraph: Series[int] = column("Number of its paragraph.", ge=0)
    segment: Series[int] = column(
        "Number of the segment: texts are cut into a few segments of like length, which intervals and"
        " tests take as drawn.",
        ge=0,
    )
    words: Series[int] = column("Words, without punctuation.", ge=0)
    letters: Series[int] = column("Letters and digits in them.", ge=0)
    long_words: Series[int] = column("Those of more than six letters.", ge=0)


class Occurrences(Table):
    """How often a sentence has a word that is compared: what leads from a count back to its sentences."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.")
    word: Series[str] = column("Lemma in small letters, of the compared parts of speech.")
    count: Series[int] = column("How often.", ge=1)


class Counts(Table):
    """How often a segment of a text has a word or names an actor."""

    doc_id: Series[str] = column("Name of the document.")
    segment: Series[int] = column("Number of the segment, as in table measures.", ge=0)
    zone: Series[str] = column("Zone.")
    kind: Series[str] = column(
        "form: running word in small letters. word: lemma of the compared parts of speech, without"
        " function words. entity: actor (rolled up), without cited authors.",
        isin=["form", "word", "entity"],
    )
    feature: Series[str] = column("Word, lemma, or id of the actor.")
    count: Series[int] = column("How often.", ge=1)
