"""Who is named together with whom: table `comentions`, and the network as a file for other programs.

Mentions are those of actors (`actors.roll_up`). Cited authors are left out: that two works are cited in
one sentence says nothing of the matter.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from nlp import tables
from nlp.errors import visible
from nlp.manifest import ALL
from nlp.stats import npmi
from nlp.tables.names import CITED

_UNITS = {"sentence": ["doc_id", "sent_id"], "paragraph": ["doc_id", "paragraph"]}
_DECIMALS = 4


def count_together(
    rolled_up: pd.DataFrame, author: pd.Series, sentences: pd.DataFrame, least: int
) -> pd.DataFrame:
    """Pairs of actors that at least so many units of the corpus name together: table `comentions`.

    Such a pair has a row for the corpus and for each author who names both together, so that authors
    add up. Units that name nobody are units too: what is expected by chance is measured over all.
    """
    mentions = rolled_up[rolled_up["kind"] != CITED].sort_values(["entity_id", "entity"])
    actors = mentions.drop_duplicates("entity_id")[["entity_id", "entity"]].reset_index(drop=True)
    found = []
    for unit, keys in _UNITS.items():
        units = sentences[keys].drop_duplicates()
        incidence = _incidence(mentions, actors, units)
        edges = _by_author(incidence, units["doc_id"].map(author).to_numpy(), least)
        found += [it.assign(unit=unit) for it in edges]
    return tables.take("comentions", _named(pd.concat(found), actors))


def _incidence(mentions: pd.DataFrame, actors: pd.DataFrame, units: pd.DataFrame) -> sparse.csr_array:
    """1 where a unit names an actor: units x actors."""
    row = units.assign(row=np.arange(len(units)))
    column = actors[["entity_id"]].assign(column=np.arange(len(actors)))
    placed = mentions.merge(row).merge(column)[["row", "column"]].drop_duplicates()
    ones = np.ones(len(placed), dtype="int64")
    return sparse.csr_array((ones, (placed["row"], placed["column"])), shape=(len(units), len(actors)))


def _by_author(incidence: sparse.csr_array, author: np.ndarray, least: int) -> Iterator[pd.DataFrame]:
    """Edges for the whole corpus, then for each author, between actors by their number."""
    often = _together(incidence) >= least
    yield _edges(incidence, often).assign(author=ALL)
    for name in sorted(set(author)):
        yield _edges(incidence[author == name], often).assign(author=name)


def _together(incidence: sparse.csr_array) -> sparse.csr_array:
    """How many units name both: actors x actors, each pair once."""
    return sparse.triu(incidence.T @ incidence, k=1, format="csr")


def _edges(incidence: sparse.csr_array, often: sparse.csr_array) -> pd.DataFrame:
    both = _together(incidence).multiply(often).tocoo()
    total, alone = incidence.shape[0], incidence.sum(axis=0)
    source, target = alone[both.row], alone[both.col]
    return pd.DataFrame(
        {
            "source": both.row,
            "target": both.col,
            "count": both.data,
            "source_count": source,
            "target_count": target,
            "expected": source * target / max(total, 1),
            "npmi": npmi(both.data, source, target, total),
        }
    )


def _named(edges: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Edges with ids and names for the numbers of the actors."""
    ends = {end: actors.iloc[edges[end]] for end in ("source", "target")}
    named = {f"{end}_name": them["entity"].to_numpy() for end, them in ends.items()}
    return edges.assign(**{end: them["entity_id"].to_numpy() for end, them in ends.items()}, **named)


def to_gexf(comentions: pd.DataFrame, actors: pd.DataFrame) -> str:
    """The network of the whole corpus as GEXF 1.2: who is named in one sentence with whom.

    Nodes are the actors of an edge, with kind and mentions (in all and by author); edges have the number
    of sentences as weight, and NPMI. No date: the same tables give the same bytes.
    """
    import networkx
    from networkx.readwrite.gexf import GEXFWriter

    edges = comentions[(comentions["author"] == ALL) & (comentions["unit"] == "sentence")]
    edges = edges.sort_values(["source", "target"])
    graph = networkx.Graph()
    graph.add_nodes_from(_nodes(actors, {*edges["source"], *edges["target"]}))
    graph.add_edges_from((row.source, row.target, _weights(row)) for row in edges.itertuples())
    writer = GEXFWriter()
    writer.xml.remove(writer.xml.find("meta"))  # has the date
    writer.add_graph(graph)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{writer}'


def _nodes(actors: pd.DataFrame, ids: set[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Ids of actors with their attributes."""
    known = actors[(actors["counted"] == "rolled up") & (actors["kind"] != CITED)]
    known = known[known["entity_id"].isin(ids)].sort_values(["entity_id", "author", "kind"])
    for entity_id, rows in known.groupby("entity_id"):
        by_author = rows.groupby("author")["count"].sum()
        mentions = {f"mentions: {visible(author)}": int(count) for author, count in by_author.items()}
        kind = rows.groupby("kind")["count"].sum().idxmax()  # unlisted names may be of several
        label = visible(rows["entity"].iloc[0])
        yield entity_id, {"label": label, "kind": kind, "mentions": int(by_author.sum()), **mentions}


def _weights(edge: Any) -> dict[str, float]:
    weight = {"weight": edge.count}
    return weight if pd.isna(edge.npmi) else weight | {"npmi": round(edge.npmi, _DECIMALS)}
