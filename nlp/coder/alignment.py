"""Hand-made codes belong to stretches of the raw text; here they find their sentences."""

import pandas as pd

from nlp import tables
from nlp.errors import CodingError
from nlp.spans import overlap


def align(
    codings: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, min_overlap: float
) -> pd.DataFrame:
    """Carry every code over to the sentence that its unit overlaps most: table `coded_sentences`.

    A sentence that takes in several units carries all their frames; where their stances differ, that
    of the unit with the larger overlap. Units outside the analysed zones find no sentence.
    """
    _check_offsets(codings, documents)
    units = codings.drop_duplicates("unit")[["unit", "doc_id", "start", "end"]]
    homes = pd.concat(
        [
            _homes(part, sentences[sentences["doc_id"] == doc_id], min_overlap)
            for doc_id, part in units.groupby("doc_id", sort=True)
        ]
        or [pd.DataFrame({"unit": [], "sent_id": [], "common": []})]
    )
    found = codings.merge(homes, on="unit", validate="many_to_one")
    found["present"] = found["stance"] != ""
    keys = ["doc_id", "sent_id", "coder", "frame"]
    found = found.sort_values(
        [*keys, "present", "common", "unit"], ascending=[True] * 4 + [False, False, True]
    )
    found = found.drop_duplicates(keys)
    found = found.astype({"sent_id": "int64"})
    return found[list(tables.SCHEMAS["coded_sentences"].to_schema().columns)].reset_index(drop=True)


def _check_offsets(codings: pd.DataFrame, documents: pd.DataFrame) -> None:
    length = documents.set_index("doc_id")["raw"].str.len()
    outside = codings[codings["end"] > codings["doc_id"].map(length)].drop_duplicates("unit")
    if len(outside):
        told = [
            f"unit {it.unit!r} ends at {it.end}, but {it.doc_id} has {length[it.doc_id]} characters"
            for it in outside.head(10).itertuples()
        ]
        raise CodingError(
            "; ".join(told),
            where="corpus/codings/frames.jsonl",
            hint="offsets count characters of the source file as read; correct or remove these lines",
        )


def _homes(units: pd.DataFrame, sentences: pd.DataFrame, min_overlap: float) -> pd.DataFrame:
    """Unit, the sentence it overlaps most, and by how many characters."""
    if sentences.empty:
        return pd.DataFrame({"unit": [], "sent_id": [], "common": []})
    spans = [units["start"], units["end"], sentences["raw_start"], sentences["raw_end"]]
    start, end, first, last = (span.to_numpy() for span in spans)
    common = overlap(start, end, first, last)
    best = common.argmax(axis=1)
    most = common.max(axis=1)
    shorter = pd.Series(end - start).clip(upper=pd.Series((last - first)[best])).to_numpy()
    homes = pd.DataFrame(
        {
            "unit": units["unit"].to_numpy(),
            "sent_id": sentences["sent_id"].to_numpy()[best],
            "common": most,
        }
    )
    return homes[most >= min_overlap * shorter]
