"""Figures that open: a link from what a cell says to the sentences that it was counted in."""

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from nlp.errors import visible

Facet = str | int | Sequence[str] | None
OF_KIND = {
    "frame": "frame",
    "topic": "topic",
    "word": "word",
    "entity": "actor",
}  # key of a kind of contrast
NOWHERE: Mapping[str, str] = {}  # all documents stand in the page itself
# They turn the direction of what follows them, numbers included, to the end of the paragraph.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def steady(value: object) -> object:
    """Texts with signs for characters that would turn the words around them; markup as it is."""
    return _TURNING.sub(lambda it: visible(it[0]), value) if type(value) is str else value


def query(facets: Mapping[str, Facet]) -> str:
    """What sentences are asked for, as part of an address: `?author=Ash&frame=care`; None asks nothing."""
    return "?" + urlencode({key: it for key, it in facets.items() if it is not None}, doseq=True)


def opens(
    shown: object,
    *,
    count: int | None = None,
    of: str = "sentences",
    to: str | None = None,
    places: Callable[[Mapping[str, Facet]], str] = lambda _: "texts",
    pages: Mapping[str, str] = NOWHERE,
    **facets: Facet,
) -> Markup:
    """A figure as a link that opens its sentences.

    `count` is how many there are by the tables, where these tell (`of`: sentences, units, codes, mentions,
    words or passages); the page is tested by it. `to` is where the link leads without script, else
    `places` tells: an id of the page, or the sentence `doc/12`, which may stand in another file (`pages`,
    by document).
    """
    to = places(facets) if to is None else to
    known = Markup(' data-count="{}" data-of="{}"').format(count, of) if count is not None else Markup()
    link = Markup('<a class="opens" href="{}#{}" data-find="{}"{}>{}</a>')
    return link.format(_page_of(to, pages), to, query(facets), known, steady(shown))


def leads(doc_id: str, sent_id: int, *, pages: Mapping[str, str] = NOWHERE) -> Markup:
    """A link to a sentence: without script to the file that it stands in, with script into the panel."""
    place = f"{doc_id}/{sent_id}"
    link = Markup('<a href="{}#{}" data-place="{}">{}</a>')
    return link.format(_page_of(place, pages), place, place, steady(place))


def _page_of(place: str, pages: Mapping[str, str]) -> str:
    """The file of a sentence; empty where it stands in this one."""
    doc_id, _, number = place.rpartition("/")
    return pages.get(doc_id, "") if number.isdigit() else ""
