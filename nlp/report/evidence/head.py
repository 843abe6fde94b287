"""What the page knows of all documents before it opens one."""

from typing import Any

import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all
from nlp.report.kinds import kinds_of
from nlp.report.sections.provenance import reference_of
from nlp.report.tables import Tables

_MOST_ACTORS = 300  # to choose from


def head_of(tables: Tables, codebook: Codebook, title: str) -> dict[str, Any]:
    """The form is told in `nlp.report.evidence`."""
    return {
        "title": title,
        "unit": codebook.unit,
        "grouped_by": next(iter(tables.members["grouped_by"]), "author"),
        "groups": list(tables.authors["author"]),
        "frames": [[it.name, it.label] for it in codebook.frames],
        "stances": [[it.name, it.label] for it in codebook.stances if it.name in codebook.split],
        "topics": _topics(tables.topic_quality),
        "actors": _actors(tables.actors),
        "kinds": kinds_of(tables.actor_groups),
        "actor_groups": _groups(tables.actor_groups),
        "zones": list(dict.fromkeys(tables.author_zones.sort_values("zone")["zone"])),
        "rules": sorted({rule for rules in tables.edits["rule"].unique() for rule in rules.split("+")}),
        "coders": sorted(set(tables.coded_sentences["coder"])),
        "reference": reference_of(tables.provenance),
        "machine": coder_of_all(tables.frame_codes),
        "codebook": codebook.hash,
        "documents": _documents(tables),
    }


def _topics(topic_quality: pd.DataFrame) -> list[list[Any]]:
    ordered = topic_quality.sort_values("topic")
    return [[int(number), label] for number, label in zip(ordered["topic"], ordered["label"], strict=True)]


def _actors(actors: pd.DataFrame) -> list[list[str]]:
    """Those named most often in the analysed zones; cited authors are kept apart from persons."""
    rolled_up = actors[(actors["counted"] == "rolled up") & (actors["count"] > 0)]
    keys = ["entity_id", "entity", "kind"]
    total = rolled_up.groupby(keys)["count"].sum().reset_index()
    often = total.sort_values(["count", "entity_id", "kind"], ascending=[False, True, True])
    return [list(it) for it in often[keys].head(_MOST_ACTORS).itertuples(index=False)]


def _groups(actor_groups: pd.DataFrame) -> list[str]:
    return sorted(set(actor_groups.loc[actor_groups["grouping"] == "group", "name"]))


def _documents(tables: Tables) -> list[dict[str, Any]]:
    """Documents by group, in the order of the page."""
    place = {name: number for number, name in enumerate(tables.authors["author"])}
    group = tables.members.set_index("doc_id")["author"]
    found = [_document(row, group.get(row.doc_id, "")) for row in tables.documents.itertuples(index=False)]
    return sorted(found, key=lambda it: (place.get(it["group"], len(place)), it["id"]))


def _document(row: Any, group: str) -> dict[str, Any]:
    year = None if pd.isna(row.year) else int(row.year)
    return {"id": row.doc_id, "group": group, "author": row.author, "title": row.title, "year": year}
