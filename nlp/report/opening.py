"""Figures that open: a link from what a cell says to the sentences that it was counted in."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

Facet = str | int | Sequence[str] | None
OF_KIND = {
    "frame": "frame",
    "topic": "topic",
    "word": "word",
    "entity": "actor",
}  # key of a kind of contrast
NOWHERE: Mapping[str, str] = {}  # all documents stand in the page itself


def query(facets: Mapping[str, Facet]) -> str:
    """What sentences are asked for, as part of an address: `?author=Ash&frame=care`; None asks nothing."""
    return "?" + urlencode({key: it for key, it in facets.items() if it is not None}, doseq=True)


def opens(
    shown: object,
    *,
    count: int | None = None,
    of: str = "sentences",
    to: str = "texts",
    pages: Mapping[str, str] = NOWHERE,
    **facets: Facet,
) -> Markup:
    """A figure as a link that opens its sentences.

    `count` is how many there are by the tables, where these tell (`of`: sentences, units, codes, mentions,
    words or passages); the page is tested by it. `to` is where the link leads without script: an id of the
    page, or the sentence `doc/12`, which may stand in another file (`pages`, by document).
    """
    known = Markup(' data-count="{}" data-of="{}"').format(count, of) if count is not None else Markup()
    link = Markup('<a class="opens" href="{}#{}" data-find="{}"{}>{}</a>')
    return link.format(_page_of(to, pages), to, query(facets), known, shown)


def leads(doc_id: str, sent_id: int, *, pages: Mapping[str, str] = NOWHERE) -> Markup:
    """A link to a sentence: without script to the file that it stands in, with script into the panel."""
    place = f"{doc_id}/{sent_id}"
    link = Markup('<a href="{}#{}" data-place="{}">{}</a>')
    return link.format(_page_of(place, pages), place, place, place)


def _page_of(place: str, pages: Mapping[str, str]) -> str:
    """The file of a sentence; empty where it stands in this one."""
    doc_id, _, number = place.rpartition("/")
    return pages.get(doc_id, "") if number.isdigit() else ""
