"""What is known of a document beside its text: the evidence that cleaning steps may use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from nlp import lexicon
from nlp.clean.trace import Change
from nlp.lexicon import Lexicon
from nlp.params import CleanParams


@dataclass(frozen=True)
class Known:
    """What the manifest says of the document, and the words of its corpus, registry and language."""

    params: CleanParams
    title: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    language: str = ""
    lost_capitals: str = ""
    words: Mapping[str, int] = field(default_factory=dict)  # of the corpus, as written within sentences
    names: frozenset[str] = frozenset()  # of the registry

    @property
    def lexicon(self) -> Lexicon:
        return lexicon.load(self.language)


Step = Callable[[str, Known], Iterator[Change]]
