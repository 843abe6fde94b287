"""CSL-JSON (the citation style language's form of a bibliography, as Zotero exports it) -> entries."""

import json
import re
from html import unescape

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.bibliography.entries import YEARS, Entry, Library, collect, one_line, plain_doi, year_in
from nlp.bibliography.people import Person
from nlp.errors import ConfigError

_KINDS = {
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "chapter": "book chapter",
    "paper-conference": "conference paper",
    "post": "web article",
    "post-weblog": "web article",
    "webpage": "web article",
}


class _Part(BaseModel):
    """Some of what CSL-JSON may say; the rest is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Name(_Part):
    family: str = ""
    given: str = ""
    dropping: str = Field("", alias="dropping-particle")
    kept: str = Field("", alias="non-dropping-particle")
    suffix: str = ""
    literal: str = ""


class _Date(_Part):
    parts: list[list[int | str]] = Field([], alias="date-parts")
    raw: str = ""
    literal: str = ""


class _Item(_Part):
    id: str | int
    key: str = Field("", alias="citation-key")
    type: str
    title: str = ""
    author: list[_Name] = []
    editor: list[_Name] = []
    issued: _Date | str | None = None
    container: str = Field("", alias="container-title")
    publisher: str = ""
    event: str = Field("", alias="event-title")
    language: str = ""
    doi: str = Field("", alias="DOI")
    url: str = Field("", alias="URL")


def read_csl(text: str, where: str) -> Library:
    """Entries of a CSL-JSON file. Broken and doubled ones are told as problems; ConfigError if no JSON."""
    content = _parse(text, where)
    entries, problems = [], []
    for number, item in enumerate(content, start=1):
        try:
            entries.append(_entry(_Item.model_validate(item)))
        except ValidationError as error:
            found = error.errors()[0]
            place = ".".join(map(str, found["loc"]))
            problems.append(f"entry {number}: {place}: {found['msg']}".replace(": :", ":"))
    return collect(entries, problems)


def _parse(text: str, where: str) -> list[object]:
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ConfigError(
            f"not valid JSON in line {error.lineno}: {error.msg}",
            where=where,
            hint="export the library as CSL-JSON; BibTeX is read with --bib",
        ) from None
    except RecursionError:
        content = None
    items = content.get("items") if isinstance(content, dict) else content
    if not isinstance(items, list) or not items:
        raise ConfigError("no list of entries", where=where, hint="export the library as CSL-JSON")
    return items


def _entry(item: _Item) -> Entry:
    people = item.author or (item.editor if item.type == "book" else [])
    return Entry(
        key=item.key or str(item.id),
        title=_plain(item.title),
        people=tuple(it for it in map(_person, people) if it.name),
        year=_year(item.issued),
        venue=_plain(item.container or item.event or item.publisher),
        kind=_KINDS.get(item.type, item.type.replace("-", " ").replace("_", " ")),
        language=one_line(item.language),
        doi=plain_doi(item.doi),
        url=one_line(item.url),
        files=(),
    )


def _person(name: _Name) -> Person:
    if name.literal and not name.family:
        return Person(one_line(name.literal), one_line(name.literal))
    family = one_line(f"{name.kept} {name.family}")
    full = one_line(f"{name.given} {name.dropping} {family} {name.suffix}")
    return Person(full, family or full)


def _year(date: _Date | str | None) -> int | None:
    if not isinstance(date, _Date):
        return year_in(date or "")
    first = str(date.parts[0][0]) if date.parts and date.parts[0] else ""
    if re.fullmatch(r"-?\d{1,4}", first) and int(first) in YEARS:
        return int(first)
    return year_in(date.raw or date.literal)


def _plain(text: str) -> str:
    """Without the few HTML tags that CSL allows."""
    return one_line(unescape(re.sub(r"</?(?:i|b|sub|sup|sc|span)\b[^>]*>", "", text)))
