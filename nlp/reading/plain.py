"""Plain text and Markdown: the text is left as it is, but for Markdown's front matter."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from nlp.reading.about import NOTHING, about
from nlp.reading.characters import check_text, decode
from nlp.reading.contract import About, Limits, Reading

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)

_MOST_AUTHORS = 100


def read_text(content: bytes, where: str, limits: Limits) -> Reading:
    """Raises CorpusError for binary and empty files, and for an encoding that is not known."""
    text, warning = decode(content, where, limits.fallback_encoding)
    check_text(text, where)
    return Reading(text, "text", "", None, (warning,) if warning else (), NOTHING)


def read_markdown(content: bytes, where: str, limits: Limits) -> Reading:
    """As plain text, but front matter is no text: it is told in `about`."""
    reading = read_text(content, where, limits)
    found = _FRONT_MATTER.match(reading.text)
    values = _yaml(found[1]) if found else {}
    text = reading.text[found.end() :].lstrip("\r\n") if found and values else reading.text
    return reading._replace(text=text, reader="markdown", about=_about(values))


def _about(values: Mapping[str, Any]) -> About:
    authors = values.get("author") or values.get("authors")
    named = authors[:_MOST_AUTHORS] if isinstance(authors, list) else [authors]
    year = values.get("date") or values.get("year")
    return about(_scalar(values.get("title")), map(_name, named), _scalar(year))


def _name(author: object) -> str:
    return _scalar(author.get("name") if isinstance(author, dict) else author)


def _scalar(value: object) -> str:
    """Text, number or date; nothing for lists, which aliases can make as long as one likes."""
    return str(value) if isinstance(value, str | int | date) else ""


def _yaml(text: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    try:
        values = YAML(typ="safe", pure=True).load(text)
    except Exception:  # two lines around a text do not make it YAML
        return {}
    return values if isinstance(values, dict) else {}
