"""What files say of themselves, without what programs write there by themselves."""

import re
from collections.abc import Iterable
from typing import Any

from nlp.reading.characters import valid
from nlp.reading.contract import About

NOTHING = About("", (), None)

_NO_TITLE = re.compile(
    r"untitled.*|no title|document ?\d*|word document|presentation ?\d*|powerpoint presentation|title"
    r"|microsoft \w+ - .*|.*\.(?:docx?|dotx?|rtf|odt|pdf|txt|tex|dvi|indd|qxd|pages|html?|epub|pptx?|wpd)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"unknown.*|anonymous|author|admin\w*|user\w*|owner|root|python-docx|microsoft.*|windows.*|.*@.*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d{1,3}(?!\d))")
_MOST = 500  # characters of a title or a name that can be meant


def about(title: str, authors: Iterable[str], date: str = "") -> About:
    """Junk such as `Microsoft Word - x.doc` and `admin` left out; the year is that of publication.

    When a file was made says nothing of when its text came out, so such dates are not asked for.
    """
    title = _tidy(title)
    names = [name for author in authors for name in _names(_tidy(author))]
    year = _YEAR.search(date)
    return About(
        title if len(title) <= _MOST and not _NO_TITLE.fullmatch(title) else "",
        tuple(dict.fromkeys(name for name in names if not _NO_AUTHOR.fullmatch(name))),
        int(year[1]) if year else None,
    )


def _tidy(text: str) -> str:
    return " ".join(valid(text)[0].split())


def _names(author: str) -> list[str]:
    """`A B; C D`, `A B and C D` and `A B, C D` are two names, `B, A` is one."""
    if len(author) > _MOST:
        return []
    parts = re.split(r";|\s+and\s+|\s*&\s*", author)
    return [name for part in parts for name in _split_at_commas(part.strip(" ,")) if name]


def _split_at_commas(names: str) -> list[str]:
    parts = [part.strip() for part in names.split(",")]
    return parts if all(" " in part for part in parts) else [names]


def dublin_core(root: Any, *, authors: tuple[str, ...], dates: tuple[str, ...] = ()) -> About:
    """Title, authors and year from an XML element that holds them, by the local names of the elements."""
    texts: dict[str, list[str]] = {}
    for element in root.iter("{*}*"):
        name = str(element.tag).rpartition("}")[2]
        texts.setdefault(name, []).append(element.text or "")
    named = next((texts[name] for name in authors if any(texts.get(name, []))), [])
    date = next((texts[name][0] for name in dates if any(texts.get(name, []))), "")
    return about(next(iter(texts.get("title", [])), ""), named, date)
