"""Which actors stand in the sentences of a frame: table `frame_actors`.

Mentions are those of actors (`actors.roll_up`), without cited authors: a reference is no statement.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from nlp import tables
from nlp.codebook import ANY, Codebook
from nlp.compare.judged import Judged
from nlp.params import CompareParams
from nlp.stats import clustered, ratios
from nlp.tables.names import CITED
from nlp.units import in_units

_UNIT = ["doc_id", "sent_id"]


class Ground(NamedTuple):
    """The coded units, what they carry and whom they name; matrices have a row for each unit."""

    units: pd.DataFrame  # doc_id, sent_id
    cells: list[tuple[str, str]]  # frame and stance (or any) of each column of the codes
    codes: sparse.csr_array  # the machine's: units x cells
    truth: sparse.csr_array  # the reference coder's
    coded: np.ndarray  # bool: in the coded sample
    actors: pd.DataFrame  # entity_id, entity
    named: sparse.csr_array  # units x actors
    cluster: np.ndarray  # number of the paragraph of each unit
    author: np.ndarray


def count_in_frames(
    frame_codes: pd.DataFrame,
    judged: Judged,
    rolled_up: pd.DataFrame,
    sentences: pd.DataFrame,
    author: pd.Series,
    codebook: Codebook,
    params: CompareParams,
) -> pd.DataFrame:
    """For each group, frame and stance the actors that its units name; `frame_codes` are of one coder.

    Actors named in fewer than `min_comentions` units of the corpus have no row, nor those that neither
    machine nor reference coder has found with the frame. What is named is a share of the frame's units;
    they come in bunches, so its interval goes by paragraphs. Paragraphs and documents that are coded as
    a whole are taken as they are.
    """
    ground = _ground(frame_codes, judged, rolled_up, sentences, author, codebook, params)
    found = [
        _rows(name, ground.author == name, ground, params.confidence) for name in sorted(set(ground.author))
    ]
    return tables.take("frame_actors", pd.concat(found)) if found else tables.make("frame_actors", [])


def _ground(
    frame_codes: pd.DataFrame,
    judged: Judged,
    rolled_up: pd.DataFrame,
    sentences: pd.DataFrame,
    author: pd.Series,
    codebook: Codebook,
    params: CompareParams,
) -> Ground:
    units = frame_codes[_UNIT].drop_duplicates().sort_values(_UNIT, ignore_index=True)
    stances = [*codebook.split, ANY]
    cells = [(frame, stance) for frame in codebook.frame_names for stance in stances]
    truth, coded = _truth(judged, units, codebook)
    actors, named = _named(rolled_up, units, sentences, codebook, params)
    place = units.merge(sentences[[*_UNIT, "paragraph"]], how="left", on=_UNIT)
    return Ground(
        units=units,
        cells=cells,
        codes=_codes(frame_codes[frame_codes["present"]], units, cells),
        truth=truth,
        coded=coded,
        actors=actors,
        named=named,
        cluster=place.groupby(["doc_id", "paragraph"], dropna=False).ngroup().to_numpy(),
        author=units["doc_id"].map(author).to_numpy(dtype=str),
    )


def _codes(present: pd.DataFrame, units: pd.DataFrame, cells: list[tuple[str, str]]) -> sparse.csr_array:
    """Units x cells: 1 where the frame is present, in its stance and in any."""
    row = pd.MultiIndex.from_frame(units).get_indexer(pd.MultiIndex.from_frame(present[_UNIT]))
    column = pd.MultiIndex.from_tuples(cells)
    found = [
        column.get_indexer(pd.MultiIndex.from_arrays([present["frame"], stance]))
        for stance in (present["stance"], pd.Series(ANY, present.index))
    ]
    rows, columns = np.append(row, row), np.concatenate(found)
    return _ones(rows[columns >= 0], columns[columns >= 0], (len(units), len(cells)))


def _truth(judged: Judged, units: pd.DataFrame, codebook: Codebook) -> tuple[sparse.csr_array, np.ndarray]:
    """The reference coder's codes (units x cells), and of which units there are any."""
    row = pd.MultiIndex.from_frame(judged.units[_UNIT]).get_indexer(pd.MultiIndex.from_frame(units))
    drawn = np.append((judged.units["block"] != "").to_numpy(), False)  # the last: of none
    coded = drawn[row]
    split = judged.truth if codebook.split else judged.truth[:, :, :0]
    every = np.concatenate([split, judged.truth.max(axis=2, keepdims=True, initial=False)], axis=2)
    found = np.zeros((len(units), every.shape[1] * every.shape[2]), dtype="int64")
    found[coded] = every.reshape(len(every), found.shape[1])[row[coded]]
    return sparse.csr_array(found), coded


def _named(
    rolled_up: pd.DataFrame,
    units: pd.DataFrame,
    sentences: pd.DataFrame,
    codebook: Codebook,
    params: CompareParams,
) -> tuple[pd.DataFrame, sparse.csr_array]:
    """Actors that enough units name, and units x actors. A mention is in the unit of its sentence."""
    ordered = sentences.sort_values(_UNIT, ignore_index=True)
    belongs = in_units(ordered, codebook.unit)
    first = belongs.drop_duplicates("unit").set_index("unit")[_UNIT]
    belongs["first"] = first["sent_id"].reindex(belongs["unit"]).to_numpy()
    own = rolled_up[rolled_up["kind"] != CITED]
    placed = own[[*_UNIT, "entity_id", "entity"]].merge(belongs[[*_UNIT, "first"]], on=_UNIT)
    placed = placed.assign(sent_id=placed["first"]).drop_duplicates([*_UNIT, "entity_id"])
    placed = placed.merge(units, on=_UNIT)
    often = placed.groupby("entity_id").size()
    names = placed.sort_values(["entity_id", "entity"]).drop_duplicates("entity_id")
    names = names[names["entity_id"].map(often) >= params.min_comentions].reset_index(drop=True)
    column = pd.Index(names["entity_id"]).get_indexer(placed["entity_id"])
    row = pd.MultiIndex.from_frame(units).get_indexer(pd.MultiIndex.from_frame(placed[_UNIT]))
    kept = column >= 0
    return names[["entity_id", "entity"]], _ones(row[kept], column[kept], (len(units), len(names)))


def _ones(row: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(row), dtype="int64"), (row, column)), shape=shape)


def _rows(name: str, own: np.ndarray, ground: Ground, confidence: float) -> pd.DataFrame:
    """All that is counted of one group: cells with actors."""
    codes, truth = ground.codes[own], ground.truth[own]
    who = np.flatnonzero(np.asarray(ground.named[own].sum(axis=0)))
    named = ground.named[own][:, who]
    count, coded = (codes.T @ named).toarray(), (truth.T @ named).toarray()
    low, high = _intervals(codes, named, ground.cluster[own], confidence)
    cell, actor = np.nonzero((count > 0) | (coded > 0))
    frames = np.asarray(codes.sum(axis=0))[cell]
    actors = np.asarray(named.sum(axis=0))[actor]
    names = ground.actors.iloc[who[actor]]
    return pd.DataFrame(
        {
            "author": name,
            "frame": [ground.cells[it][0] for it in cell],
            "stance": [ground.cells[it][1] for it in cell],
            "entity_id": names["entity_id"].to_numpy(),
            "entity": names["entity"].to_numpy(),
            "count": count[cell, actor],
            "frame_count": frames,
            "actor_count": actors,
            "n_sentences": int(own.sum()),
            "share": ratios(count[cell, actor], frames),
            "low": low[cell, actor],
            "high": high[cell, actor],
            "expected": actors / own.sum(),
            "n_coded": (ground.coded[own].astype("int64") @ named)[actor],
            "coded": coded[cell, actor],
        }
    )


def _intervals(
    codes: sparse.csr_array, named: sparse.csr_array, cluster: np.ndarray, confidence: float
) -> np.ndarray:
    """Of the shares of the units of each cell that name each actor: two ends x cells x actors."""
    clusters, place = np.unique(cluster, return_inverse=True)
    together = _ones(place, np.arange(len(place)), (len(clusters), len(place)))
    found = np.full((2, codes.shape[1], named.shape[1]), np.nan)
    for cell in range(codes.shape[1]):
        carries = codes[:, [cell]]
        sizes = (together @ carries).toarray().ravel().astype(float)
        if sizes.any():
            both = (together @ named.multiply(carries)).tocsr()
            found[:, cell] = clustered(both, sizes, confidence=confidence)
    return found
