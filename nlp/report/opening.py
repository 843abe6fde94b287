"""Figures that open: a link from what a cell says to the sentences that it was counted in."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

Facet = str | int | Sequence[str] | None


def query(facets: Mapping[str, Facet]) -> str:
    """What sentences are asked for, as part of an address: `?author=Ash&frame=care`; None asks nothing."""
    return "?" + urlencode({key: it for key, it in facets.items() if it is not None}, doseq=True)


def opens(
    shown: object, *, count: int | None = None, of: str = "sentences", to: str = "texts", **facets: Facet
) -> Markup:
    """A figure as a link that opens its sentences.

    `count` is how many there are by the tables, where these tell (`of`: sentences, units, mentions, words
    or passages); the page is tested by it. `to` is where the link leads without script: an id of the page.
    """
    known = Markup(' data-count="{}" data-of="{}"').format(count, of) if count is not None else Markup()
    link = Markup('<a class="opens" href="#{}" data-find="{}"{}>{}</a>')
    return link.format(to, query(facets), known, shown)
