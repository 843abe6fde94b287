"""What may be drawn: sentences without codes, or the units that somebody has coded."""

import re
from typing import NamedTuple

import pandas as pd

from nlp.coder.alignment import find_homes
from nlp.errors import ConfigError, TableError
from nlp.last_run import read_table
from nlp.manifest import Manifest
from nlp.params import CoderParams
from nlp.store import code_lines, draws
from nlp.store.project import Project

WHERE = "crossframe sample"
COLUMNS = ["author", "doc_id", "unit", "start", "end", "sent_id", "text"]


class Population(NamedTuple):
    """Rows of COLUMNS in the order of authors and texts, and how many sentences are no part of them."""

    rows: pd.DataFrame
    coded: int
    out: int  # drawn earlier, and not come back


def analysed(project: Project, manifest: Manifest) -> pd.DataFrame:
    """All units that are coded for frames, with their authors; TableError if the corpus is newer."""
    documents = read_table(project, "documents", where=WHERE).set_index("doc_id")
    listed = {it.doc_id: (it.sha256, it.author) for it in manifest.documents}
    known = zip(documents.index, documents["sha256"], documents["author"], strict=True)
    if {doc_id: (sha256, author) for doc_id, sha256, author in known} != listed:
        raise TableError(
            "the corpus has changed since the last run",
            where=WHERE,
            hint="run 'crossframe run' first",
        )
    found = read_table(project, "units", where=WHERE)
    return found.assign(author=documents["author"].reindex(found["doc_id"]).to_numpy())


def uncoded(
    project: Project, sentences: pd.DataFrame, codings: pd.DataFrame, params: CoderParams
) -> Population:
    """The sentences that no coded unit covers, and none that is still out from an earlier draw."""
    known = codings.drop_duplicates(["doc_id", "unit"])
    waiting = _drawn(project, again="").merge(known[["doc_id", "unit"]], how="left", indicator=True)
    waiting = waiting[waiting["_merge"] == "left_only"]
    coded, out = (_covered(it, sentences, params) for it in (known, waiting))
    place = pd.MultiIndex.from_frame(sentences[["doc_id", "sent_id"]])
    rows = sentences[~place.isin(coded.union(out))]
    start, end = rows["raw_start"], rows["raw_end"]
    unit = rows["doc_id"] + "-" + start.astype(str) + "-" + end.astype(str)
    rows = rows.assign(unit=unit, start=start, end=end)
    return Population(_ordered(rows), len(coded), len(out.difference(coded)))


def coded_by(
    project: Project, coder: str, sentences: pd.DataFrame, codings: pd.DataFrame, params: CoderParams
) -> Population:
    """The units that somebody has coded, to be coded again; not those drawn for that before.

    Raises ConfigError if nobody of that name has coded anything.
    """
    coders = sorted(set(codings["coder"]))
    if coder not in coders:
        told = f"its coders are {', '.join(coders)}" if coders else "first let somebody code a sample"
        raise ConfigError(f"nobody called {coder!r} is in corpus/codings", where="--again", hint=told)
    own = codings[codings["coder"] == coder].drop_duplicates(["doc_id", "unit"])
    homes = find_homes(own, sentences, params.min_overlap)
    rows = own[["doc_id", "unit", "start", "end"]].merge(homes, on=["doc_id", "unit"])
    rows = rows.merge(sentences[["doc_id", "sent_id", "author", "text"]], on=["doc_id", "sent_id"])
    texts = code_lines.texts(project)
    keys = pd.MultiIndex.from_frame(rows[["doc_id", "unit"]])
    rows["text"] = [texts.get(key, text) for key, text in zip(keys, rows["text"], strict=True)]
    drawn = pd.MultiIndex.from_frame(_drawn(project, again=coder)[["doc_id", "unit"]])
    before = keys.isin(drawn)
    return Population(_ordered(rows[~before]), 0, int(before.sum()))


def draw_names(project: Project) -> set[str]:
    """All draws that there were: those recorded, and those that codes come from."""
    named = {it for it in code_lines.draws_named(project) if re.fullmatch(draws.NAME, it)}
    return named | set(draws.names(project))


def _drawn(project: Project, *, again: str) -> pd.DataFrame:
    """All that was drawn so far for this purpose: doc_id, unit, start, end."""
    rows = [
        (it.doc_id, it.unit, it.start, it.end)
        for name in draws.names(project)
        if draws.read_draw(project, name).again == again
        for it in draws.read_stretches(project, name)
        if it.task
    ]
    found = pd.DataFrame(rows, columns=["doc_id", "unit", "start", "end"])
    return found.astype({"doc_id": "str", "unit": "str", "start": "int64", "end": "int64"})


def _covered(units: pd.DataFrame, sentences: pd.DataFrame, params: CoderParams) -> pd.MultiIndex:
    homes = find_homes(units, sentences, params.min_overlap)
    return pd.MultiIndex.from_frame(homes[["doc_id", "sent_id"]]).unique()


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["author", "doc_id", "start", "unit"], ignore_index=True)[COLUMNS]
