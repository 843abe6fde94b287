"""What a run is made with."""

from pandera.typing import Series

from nlp.tables.schema import Table, column


class Provenance(Table):
    """Something that a run is made with, the same on every machine with the same requirements.lock."""

    kind: Series[str] = column(
        "text: a source text. input: another file that people write. parameter: a value of"
        " configs/params.yaml. software, model: what computes. citation: how the software is cited.",
        isin=["text", "input", "parameter", "software", "model", "citation"],
    )
    name: Series[str] = column(
        "File, section and name of the parameter, package, or field of the citation."
    )
    value: Series[str] = column(
        "Hash (sha256) of the file's bytes; value of the parameter, as JSON unless it is a text; version."
    )
    note: Series[str] = column(
        "Rights of the text; what the parameter does; licence as the package's metadata tell it. May be"
        " empty."
    )
    stages: Series[str] = column("Stages that work with it, separated by ', ', or 'all'; empty for none.")
