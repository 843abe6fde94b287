"""What of the evidence is in the page itself, and what stands in files beside it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from nlp.report.code_index import Chapter, Heading
from nlp.report.texts import Text

_STAMP = 12  # characters


class Volume(NamedTuple):
    """Some documents of one group, in files of their own."""

    name: str  # such as 3, or 3-2 for the second volume of a group
    data: Sequence[str]  # of each document, as JSON
    texts: Sequence[Text]
    chapters: Sequence[Chapter]

    @property
    def page(self) -> str:
        """The file to read it in."""
        return f"texts-{self.name}.html"

    @property
    def script(self) -> str:
        """The file with its data."""
        return f"evidence-{self.name}.js"

    @property
    def stamp(self) -> str:
        """What its data are known by: the page takes no file of another run."""
        return sha256("\n".join(self.data).encode()).hexdigest()[:_STAMP]


class Elsewhere(NamedTuple):
    """A heading of the index of codes that stands in another file."""

    page: str
    anchor: str
    is_first: bool  # of the volumes of its group: the index leads to this one
    heading: Heading


class Drawn(NamedTuple):
    """The evidence as the page has it: as data, and to be read."""

    head: str  # JSON
    documents: Sequence[str] = ()  # JSON
    chapters: Sequence[Chapter] = ()
    texts: Sequence[Text] = ()
    volumes: Sequence[Volume] = ()

    @property
    def pages(self) -> Mapping[str, str]:
        """The file that each document is read in, where it is another."""
        return {text.doc_id: it.page for it in self.volumes for text in it.texts}

    @property
    def elsewhere(self) -> Mapping[str, Sequence[Elsewhere]]:
        """What the index has in other files, by frame."""
        found: dict[str, list[Elsewhere]] = {}
        seen: set[str] = set()
        for volume in self.volumes:
            for chapter in volume.chapters:
                for it in chapter.headings:
                    entry = Elsewhere(volume.page, it.anchor, it.anchor not in seen, it)
                    found.setdefault(chapter.label, []).append(entry)
                    seen.add(it.anchor)
        return found
