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
