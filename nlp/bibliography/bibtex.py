"""BibTeX and BibLaTeX -> entries."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from nlp.bibliography.entries import Entry, Library, collect, one_line, plain_doi, year_in
from nlp.bibliography.people import Person, person
from nlp.errors import ConfigError

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import ParsingFailedBlock

_KINDS = {
    "article": "journal article",
    "book": "book",
    "booklet": "book",
    "collection": "book",
    "conference": "conference paper",
    "electronic": "web article",
    "inbook": "book chapter",
    "incollection": "book chapter",
    "inproceedings": "conference paper",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "online": "web article",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "unpublished": "manuscript",
    "www": "web article",
}
_LATEX = re.compile(r"[\\{}$~%`]|--|''|<<|>>")
# A value that a missing comma has joined with the next field: the parser leaves its quotes or braces.
_SWALLOWED = re.compile(r"(?:[\"{].*[\"}]|\d+)\s*\b(\w[\w-]*)\s*=\s*[\"{\d]", re.DOTALL)
# Where a work appeared: the first of these that an entry has.
_VENUES = (
    "journaltitle",
    "journal",
    "booktitle",
    "titleaddon",
    "organization",
    "institution",
    "school",
    "publisher",
    "howpublished",
)


def read_bibtex(text: str, where: str) -> Library:
    """Entries of a BibTeX or BibLaTeX file, with LaTeX's accents and commands as plain characters.

    Broken and doubled entries are told as problems; ConfigError if there is no entry at all.
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock
    from bibtexparser.model import Entry as Block

    with _silent():
        found = parse_string(text.removeprefix("\ufeff"))
    twins = [block for block in found.failed_blocks if isinstance(block, DuplicateBlockKeyBlock)]
    problems = [_problem(block) for block in found.failed_blocks if block not in twins]
    blocks = [*found.entries, *(twin.ignore_error_block for twin in twins)]
    works = [block for block in blocks if isinstance(block, Block)]
    if not works and not problems:
        raise ConfigError(
            "no BibTeX entries",
            where=where,
            hint="export the library as BibTeX or BibLaTeX; CSL-JSON is read with --csl",
        )
    problems += [f"{_place(it)}: {fault}" for it in works if (fault := _lost_comma(it))]
    entries = [
        _entry(it.key, it.entry_type.lower(), {one.key.lower(): str(one.value) for one in it.fields})
        for it in works
        if not _lost_comma(it)
    ]
    return collect(entries, problems)


@contextmanager
def _silent() -> Iterator[None]:
    """The parser logs what it also returns."""
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _lost_comma(work: "Block") -> str:
    """What is wrong where the value of a field holds the next field too; "" where nothing is."""
    found = (_SWALLOWED.match(str(field.value)) for field in work.fields)
    return next((f"a comma is missing before {it[1]!r}" for it in found if it), "")


def _problem(block: "ParsingFailedBlock") -> str:
    return f"{_place(block)}: {_reason(block)}"


def _place(block: "Block | ParsingFailedBlock") -> str:
    key = re.match(r"@\s*\w+\s*[{(]\s*([^\s,]+)", block.raw or "")
    name = f" ({key[1]})" if key else ""
    return f"line {(block.start_line or 0) + 1}{name}"


def _reason(block: "ParsingFailedBlock") -> str:
    if doubled := getattr(block, "duplicate_keys", None):
        return f"the field {min(doubled)!r} stands twice"
    return "the entry is broken; is a brace or quotation mark missing?"


def _entry(key: str, type_: str, fields: Mapping[str, str]) -> Entry:
    edited = type_ in {"book", "mvbook", "collection", "proceedings"}
    names = fields.get("author") or (fields.get("editor", "") if edited else "")
    title = ": ".join(
        it for it in (_plain(fields.get("title", "")), _plain(fields.get("subtitle", ""))) if it
    )
    return Entry(
        key=key,
        title=title,
        people=_people(names),
        year=year_in(fields.get("date") or fields.get("year", "")),
        venue=_venue(fields),
        kind=_kind(type_, fields),
        language=_plain(fields.get("langid") or fields.get("language", "")),
        doi=plain_doi(fields.get("doi", "")),
        url=one_line(re.sub(r"\\url\{(.*)\}|\\(?=[_%&#~])", r"\1", fields.get("url", ""))),
        files=tuple(_files(fields.get("file", ""))),
    )


def _kind(type_: str, fields: Mapping[str, str]) -> str:
    if subtype := fields.get("entrysubtype"):
        return f"{subtype} article" if subtype in {"magazine", "newspaper"} else subtype
    if type_ == "misc":
        return "web article" if fields.get("url") else "document"
    return _KINDS.get(type_, type_)


def _venue(fields: Mapping[str, str]) -> str:
    found = (_plain(fields[name]) for name in _VENUES if name in fields)
    return next((it for it in found if it and "://" not in it), "")


def _people(names: str) -> tuple[Person, ...]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    split = (it for it in split_multiple_persons_names(names) if it.strip() != "others")
    people = (person(name, _plain) for name in split)
    return tuple(it for it in people if it.name)


def _plain(latex: str) -> str:
    r"""LaTeX as plain text on one line: `M{\"u}ller \& Co.` -> "Müller & Co."; as it is if undecodable."""
    if not _LATEX.search(latex):
        return one_line(latex)
    from bibtexparser.library import Library as Blocks
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    field = Field("text", re.sub(r"(?<!\\)%", r"\%", latex))  # a bare % is a sign here, not a comment
    _decoder().transform_entry(Block("misc", "", [field]), Blocks())
    return one_line(str(field.value))


@cache
def _decoder() -> "LatexDecodingMiddleware":
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware()


def _files(field: str) -> Iterator[str]:
    r"""Paths in a `file` field: `path`, or `name:path:type` several times with `;` (Zotero, JabRef)."""
    for item in re.split(r"(?<!\\);", field):
        *first, last = parts = re.split(r"(?<!\\):", item.strip())
        if len(parts) >= 3:
            path = ":".join(first[1:])
        elif len(parts) == 2 and re.fullmatch(r"[\w.+-]+/[\w.+-]+|PDF|HTML|TXT", last, re.IGNORECASE):
            path = first[0]
        elif len(parts) == 2 and len(first[0]) > 1:
            path = last
        else:
            path = item.strip()  # a path alone, perhaps with a drive
        if path:
            yield re.sub(r"\\([:;\\{}_&%$# ])", r"\1", path)
