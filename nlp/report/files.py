"""The report as files: one page, or a page with its evidence beside it where that would make it too large.

Names of files are numbers: of the group, and of the volume where a group has more than one file of it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nlp.report.code_index import Heading, index_of
from nlp.report.evidence import Evidence
from nlp.report.evidence.documents import Document
from nlp.report.page import text_page, to_html
from nlp.report.summary import Summary
from nlp.report.texts import entries_of, text_of
from nlp.report.volumes import Drawn, Volume

PAGE = "index.html"
_VOLUME = 2_000_000  # bytes of data in one file, where a document leaves it the choice
_COPIES = 2  # a text stands in the page to be read, and as data
# What could end a script or a line of it, or turn the direction of the words after it.
_SPECIAL = "<>&\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ESCAPED = str.maketrans({it: f"\\u{ord(it):04x}" for it in _SPECIAL})


def files_of(summary: Summary, evidence: Evidence, max_bytes: int) -> dict[str, str]:
    """The page with all evidence in it; beyond `max_bytes`, with files that it loads when needed."""
    if _COPIES * evidence.documents.characters <= max_bytes:
        page = _whole(summary, evidence)
        if len(page.encode()) <= max_bytes:
            return {PAGE: page}
    return _beside(summary, evidence)


def to_json(value: object) -> str:
    """As it may stand in HTML and in a script: no text in it can end either."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPED)


def _whole(summary: Summary, evidence: Evidence) -> str:
    head = _head(evidence, {})
    documents = list(evidence.documents)
    entries = [entry for it in documents for entry in entries_of(it)]
    numbers = range(1, len(head["groups"]) + 1)
    drawn = Drawn(
        head=to_json(head),
        documents=[to_json(it) for it in documents],
        chapters=index_of(entries, head, numbers),
        texts=[text_of(it, head) for it in documents],
    )
    return to_html(summary, drawn)


def _beside(summary: Summary, evidence: Evidence) -> dict[str, str]:
    files: dict[str, str] = {}
    volumes: list[Volume] = []
    place: dict[str, dict[str, str]] = {}
    for volume in _volumes(evidence):
        stamp = volume.stamp
        files[volume.script] = f'crossframe.take("{stamp}", [' + ",\n".join(volume.data) + "]);\n"
        files[volume.page] = text_page(summary, volume)
        volumes.append(_title_of(volume))
        place |= {it.doc_id: {"file": f"evidence-{volume.name}", "stamp": stamp} for it in volume.texts}
    drawn = Drawn(to_json(_head(evidence, place)), volumes=volumes)
    return {PAGE: to_html(summary, drawn), **files}


def _title_of(volume: Volume) -> Volume:
    """What the page says of it: nothing of its data and texts, and of its codes how many there are."""
    return volume._replace(
        data=[],
        texts=[it._replace(paragraphs=[]) for it in volume.texts],
        chapters=[it._replace(headings=_counted(it.headings)) for it in volume.chapters],
    )


def _counted(headings: list[Heading]) -> list[Heading]:
    return [it._replace(stances=[]) for it in headings]


def _head(evidence: Evidence, place: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    documents = [it | place.get(it["id"], {}) for it in evidence.head["documents"]]
    return evidence.head | {"documents": documents}


def _volumes(evidence: Evidence) -> Iterator[Volume]:
    """The documents of each group, as many in a volume as fit into it."""
    for group, doc_ids in enumerate(_in_groups(evidence.head), start=1):
        for number, documents in enumerate(_filled(evidence, doc_ids), start=1):
            name = f"{group}-{number}" if number > 1 else str(group)
            yield _volume(name, group, documents, evidence.head)


def _in_groups(head: Mapping[str, Any]) -> list[list[str]]:
    """The ids of each group's documents."""
    found: dict[str, list[str]] = {name: [] for name in head["groups"]}
    for it in head["documents"]:
        found.setdefault(it["group"], []).append(it["id"])
    return list(found.values())


def _filled(evidence: Evidence, doc_ids: list[str]) -> Iterator[list[tuple[Document, str]]]:
    documents: list[tuple[Document, str]] = []
    size = 0
    for document in map(evidence.documents.of, doc_ids):
        data = to_json(document)
        more = len(data.encode())
        if documents and size + more > _VOLUME:
            yield documents
            documents, size = [], 0
        documents.append((document, data))
        size += more
    yield documents


def _volume(
    name: str, group: int, documents: list[tuple[Document, str]], head: Mapping[str, Any]
) -> Volume:
    entries = [entry for document, _ in documents for entry in entries_of(document)]
    return Volume(
        name,
        [data for _, data in documents],
        [text_of(document, head) for document, _ in documents],
        index_of(entries, head, [group]),
    )
