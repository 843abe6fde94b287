"""A document as people read it: its clean text with zones, and every change that made it."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

from nlp.errors import CorpusError, CrossframeError, listed, visible
from nlp.manifest import Document, Manifest
from nlp.pipeline import WRITER
from nlp.spans import page_at, to_raw
from nlp.store import configs, parts, sources
from nlp.store.project import Project

Tables = Mapping[str, pd.DataFrame]
TABLES = ("documents", "pages", "texts", "edits", "zones")
_MARGIN = 11  # characters: the longest name of a zone, and two spaces
_CONTEXT = 40  # characters of the raw text on either side of a change
_LEAST = 40  # characters; a narrower window is not worth wrapping for

# Marks of colour, until lines are painted: private characters, which `visible` leaves in no text.
_OFF, _RED, _GREEN, _BLUE, _DIM = "\ue000\ue001\ue002\ue003\ue004"
_COLOURS = {_OFF: "\x1b[0m", _RED: "\x1b[31m", _GREEN: "\x1b[32m", _BLUE: "\x1b[34m", _DIM: "\x1b[2m"}


def read(project: Project, doc_id: str) -> Tables:
    """The document's rows of the TABLES.

    Raises CorpusError for an unknown id, and CrossframeError if it is not cleaned yet as it is now.
    """
    manifest = configs.read_manifest(project)
    entry = _entry(manifest, doc_id)
    size = configs.read_params(project).corpus.part_characters
    groups = sources.group_documents(project, manifest, size)
    part = next(name for name, members in groups.items() if doc_id in members)
    found = {table: _rows(project, table, part, doc_id) for table in TABLES}
    if not _is_current(entry, found):
        raise CrossframeError(
            "not cleaned yet, or not as it is now",
            where=f"document {doc_id}",
            hint="run 'crossframe run' first",
        )
    return found


def _entry(manifest: Manifest, doc_id: str) -> Document:
    by_id = {document.doc_id: document for document in manifest.documents}
    if doc_id in by_id:
        return by_id[doc_id]
    near = get_close_matches(doc_id, by_id, n=3, cutoff=0.5)
    raise CorpusError(
        f"no document {doc_id!r}",
        where="corpus/corpus.yaml",
        hint=f"did you mean {' or '.join(near)}?" if near else f"it lists {listed(sorted(by_id))}",
    )


def _rows(project: Project, table: str, part: str, doc_id: str) -> pd.DataFrame:
    """The document's rows of the table, none if the part is not there."""
    writer = WRITER[table].name
    there = [part] if parts.part_file(project, writer, table, part).is_file() else []
    rows = parts.read(project, writer, table, there)
    return rows[rows["doc_id"] == doc_id].reset_index(drop=True)


def _is_current(entry: Document, found: Tables) -> bool:
    """Whether the tables belong together and to the file that the manifest lists."""
    if found["documents"].empty or found["texts"].empty:
        return False
    document = found["documents"].iloc[0]
    spans = zip(found["edits"]["raw_start"], found["edits"]["raw_end"], strict=True)
    fitting = [document.raw[start:end] for start, end in spans] == list(found["edits"]["before"])
    return bool(document.sha256 == entry.sha256 and fitting)


def text_lines(found: Tables, width: int, *, colour: bool) -> Iterator[str]:
    """The clean text, paragraph by paragraph: zones in the margin, a line where a page begins."""
    text, zones = found["texts"]["text"].iloc[0], found["zones"]
    starts, _ = to_raw(found["edits"], zones["start"].to_numpy(), zones["end"].to_numpy())
    before = None
    for row, page in zip(zones.itertuples(), page_at(found["pages"], starts), strict=True):
        if page != before:
            yield from _paint([f"{' ' * _MARGIN}{_DIM}- p. {page} -{_OFF}", ""], colour)
            before = page
        margin = f"{_DIM}{row.zone:>{_MARGIN - 2}}{_OFF}  "
        lines = _wrap(visible(text[row.start : row.end]), width, " " * _MARGIN)
        lines[0] = margin + lines[0][_MARGIN:]
        yield from _paint([*lines, ""], colour)


def edit_lines(found: Tables, width: int, *, colour: bool) -> Iterator[str]:
    """Every change in the order of the raw text, each in its context, and the sums by rule."""
    raw, edits = found["documents"]["raw"].iloc[0], found["edits"]
    pages = page_at(found["pages"], edits["raw_start"])
    for edit, page in zip(edits.itertuples(), pages, strict=True):
        place = f"{edit.raw_start}" if page is None else f"{edit.raw_start} (p. {page})"
        yield from _paint([f"{_DIM}{place}{_OFF} {edit.rule}"], colour)
        yield from _paint([*_wrap(_in_context(raw, edit), width, "    "), ""], colour)
    yield from _sums(edits)


def _in_context(raw: str, edit: Any) -> str:
    """`…co[-⏎-]{+-+}operation…`, with marks for colours."""
    start, end = max(edit.raw_start - _CONTEXT, 0), edit.raw_end + _CONTEXT
    before, after = (_stretch(side) for side in (edit.before, edit.after))
    if not pd.isna(edit.moved_to):
        change = f"{_BLUE}[~{before}~]{_OFF} (moved to the end)"
    else:
        change = f"{_RED}[-{before}-]{_OFF}" if before else ""
        change += f"{_GREEN}{{+{after}+}}{_OFF}" if after else ""
    left, right = visible(raw[start : edit.raw_start]), visible(raw[edit.raw_end : end])
    return f"{'…' if start else ''}{left}{change}{right}{'…' if end < len(raw) else ''}"


def _sums(edits: pd.DataFrame) -> Iterator[str]:
    """Changes of each rule, with the characters that it removed, added and moved."""
    before, after = edits["before"].str.len(), edits["after"].str.len()
    moved = edits["moved_to"].notna()
    counted = pd.DataFrame(
        {
            "rule": edits["rule"],
            "changes": 1,
            "removed": before.where(~moved, 0),
            "added": after.where(~moved, 0),
            "moved": before.where(moved, 0),
        }
    )
    sums = counted.groupby("rule").sum()
    width = max(map(len, ["rule", *sums.index]))
    yield f"{'rule':<{width}}" + "".join(f"{name:>10}" for name in sums.columns)
    for row in sums.itertuples():
        yield f"{row[0]:<{width}}" + "".join(f"{number:>10}" for number in row[1:])


def _stretch(text: str) -> str:
    """One side of a change; if it is nothing but white space, that is shown too."""
    return visible(text) if text.strip() else visible(text).replace(" ", "·")


def _wrap(text: str, width: int, indent: str) -> list[str]:
    lines = textwrap.wrap(
        text,
        max(width, _LEAST),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return lines or [indent]


def _paint(lines: Iterable[str], colour: bool) -> Iterator[str]:
    """Lines with their marks made colours, which last from line to line, or taken out."""
    codes = str.maketrans(_COLOURS if colour else dict.fromkeys(_COLOURS, ""))
    lasting = _OFF
    for line in lines:
        marks = [character for character in line if character in _COLOURS]
        whole = f"{lasting}{line}{_OFF}" if marks or lasting != _OFF else line
        lasting = marks[-1] if marks else lasting
        yield whole.translate(codes).rstrip()
