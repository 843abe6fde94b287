"""Where figures lead without script: to the first of the words or names that they count, to the index of
codes, or else to the texts.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from nlp.report.code_index import anchor_of
from nlp.report.opening import Facet
from nlp.report.tables import Tables
from nlp.tables.names import CITED

_TEXTS, _CODES = "texts", "codes"  # sections of the page
_OF_CODES = ("by", "outcome", "true", "said", "coder", "unseen", "stance")


class Places(NamedTuple):
    """What the page has to lead to."""

    firsts: Mapping[tuple[str, str, str], str]  # group, `word`, `actor` or neither, and which -> `doc/12`
    groups: Mapping[str, int]  # by name, from 1 on, in the order of the page

    def of(self, facets: Mapping[str, Facet]) -> str:
        """The id of a place for what is asked for; of several groups the first that has one."""
        authors, (frame, *_) = _several(facets, "author"), [*_several(facets, "frame"), ""]
        if frame and authors and authors[0] in self.groups:
            return anchor_of(frame, self.groups[authors[0]])
        if frame or any(facets.get(it) for it in _OF_CODES):
            return _CODES
        named = [(key, it) for key in ("word", "actor") for it in _several(facets, key)[:1]]
        key, name = next(iter(named), ("", ""))
        found = (self.firsts.get((author, key, name)) for author in authors or self.groups)
        return next(filter(None, found), _TEXTS)


def _several(facets: Mapping[str, Facet], key: str) -> Sequence[str]:
    asked = facets.get(key)
    return [asked] if isinstance(asked, str) else list(asked) if isinstance(asked, Sequence) else []


def places_of(tables: Tables, words: Collection[str]) -> Places:
    """Of these words, of all actors, and of texts as a whole."""
    group = tables.members.set_index("doc_id")["author"]
    told = tables.occurrences[tables.occurrences["word"].isin(list(words))]
    actors = tables.actors[(tables.actors["counted"] == "rolled up") & (tables.actors["count"] > 0)]
    persons_last = actors.sort_values("kind", key=lambda it: it != CITED, kind="stable")
    firsts = {
        (it.author, "actor", it.entity_id): _place(it.first_doc_id, it.first_sent_id)
        for it in persons_last.itertuples()  # who is named and cited is looked for where named
    }
    for name, table in (("word", told), ("", tables.sentences.assign(word=""))):
        rows = table.assign(author=table["doc_id"].map(group)).drop_duplicates(["author", "word"])
        firsts |= {(it.author, name, it.word): _place(it.doc_id, it.sent_id) for it in rows.itertuples()}
    return Places(firsts, {str(it): at for at, it in enumerate(tables.authors["author"], 1)})


def _place(doc_id: str, sent_id: int) -> str:
    return f"{doc_id}/{sent_id}"
