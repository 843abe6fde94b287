"""Hand-made codes belong to stretches of the raw text; here they find their sentences."""

import logging

import pandas as pd

from nlp import tables
from nlp.errors import CodingError, ConfigError, listed
from nlp.params import CoderParams
from nlp.spans import overlap

log = logging.getLogger("crossframe")
_OR_NOBODY = {"adjudicators": "; or nobody: []"}
_NOWHERE = pd.DataFrame({"doc_id": [], "unit": [], "sent_id": [], "common": []}).astype(
    {"doc_id": "str", "unit": "str", "sent_id": "int64", "common": "int64"}
)


def align(codings: pd.DataFrame, sentences: pd.DataFrame, min_overlap: float) -> pd.DataFrame:
    """Carry every code over to the sentence that its unit overlaps most: table `coded_sentences`.

    A sentence that takes in several units carries all their frames; where their stances differ, that
    of the unit with the larger overlap. Units outside the analysed zones find no sentence.
    """
    units = codings.drop_duplicates(["doc_id", "unit"])
    homes = find_homes(units, sentences, min_overlap)
    if lost := len(units) - len(homes):
        log.warning(
            "%d of %d coded units lie outside the analysed zones and are not used", lost, len(units)
        )
    found = codings.merge(homes, on=["doc_id", "unit"], validate="many_to_one")
    found["present"] = found["stance"] != ""
    keys = ["doc_id", "sent_id", "coder", "frame"]
    found = found.sort_values(
        [*keys, "present", "common", "unit"], ascending=[True] * 4 + [False, False, True]
    )
    found = found.drop_duplicates(keys)
    return found[list(tables.SCHEMAS["coded_sentences"].to_schema().columns)].reset_index(drop=True)


def find_homes(units: pd.DataFrame, sentences: pd.DataFrame, min_overlap: float) -> pd.DataFrame:
    """The sentence that every unit overlaps most: doc_id, unit, sent_id and the characters in common.

    A unit without such a sentence, or with too little of one, has no row.
    """
    return pd.concat(
        [
            _NOWHERE,
            *(
                _homes(part, sentences[sentences["doc_id"] == doc_id], min_overlap)
                for doc_id, part in units.groupby("doc_id", sort=True)
            ),
        ]
    )


def check_codings(codings: pd.DataFrame, documents: pd.DataFrame, params: CoderParams) -> None:
    """Raise CodingError for units outside their document, ConfigError for a name that never coded."""
    length = dict(zip(documents["doc_id"], documents["raw"].str.len(), strict=True))
    ends = [length[doc_id] for doc_id in codings["doc_id"]]
    outside = codings[codings["end"] > ends].drop_duplicates(["doc_id", "unit"])
    if len(outside):
        told = [
            f"unit {it.unit!r} ends at {it.end}, but {it.doc_id} has {length[it.doc_id]} characters"
            for it in outside.itertuples()
        ]
        raise CodingError(
            listed(told),
            where="corpus/codings/frames.jsonl",
            hint="offsets count characters of the source file as read; correct or remove these lines",
        )
    coders = sorted(set(codings["coder"]))
    named = [("reference", params.reference), *(("adjudicators", it) for it in params.adjudicators)]
    for parameter, name in named if coders else []:
        if name not in coders:
            raise ConfigError(
                f"nobody called {name!r} has coded anything in corpus/codings",
                where=f"configs/params.yaml: coder.{parameter}",
                hint=f"name one of its coders: {', '.join(coders)}{_OR_NOBODY.get(parameter, '')}",
            )


def _homes(units: pd.DataFrame, sentences: pd.DataFrame, min_overlap: float) -> pd.DataFrame:
    """Unit, the sentence it overlaps most, and by how many characters."""
    if sentences.empty:
        return _NOWHERE
    spans = [units["start"], units["end"], sentences["raw_start"], sentences["raw_end"]]
    start, end, first, last = (span.to_numpy() for span in spans)
    common = overlap(start, end, first, last)
    best = common.argmax(axis=1)
    most = common.max(axis=1)
    shorter = pd.Series(end - start).clip(upper=pd.Series((last - first)[best])).to_numpy()
    homes = pd.DataFrame(
        {
            "doc_id": units["doc_id"].to_numpy(),
            "unit": units["unit"].to_numpy(),
            "sent_id": sentences["sent_id"].to_numpy()[best],
            "common": most,
        }
    )
    return homes[(most > 0) & (most >= min_overlap * shorter)]
