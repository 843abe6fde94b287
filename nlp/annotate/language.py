"""The spaCy pipeline with the names of the registry."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nlp.annotate.names import Names
from nlp.errors import ConfigError
from nlp.registry import Registry

if TYPE_CHECKING:
    from spacy.language import Language


class Annotator(NamedTuple):
    """A spaCy pipeline and a registry compiled for it."""

    language: Language
    names: Names


@lru_cache(maxsize=2)
def load(name: str, registry: Registry) -> Annotator:
    """Load the spaCy pipeline and compile the registry; kept, for both take a while."""
    import spacy  # 0.5 s and 300 MB: only where text is annotated

    try:
        language = spacy.load(name)
    except (OSError, TypeError, AttributeError):  # the last two: a package of another kind
        raise ConfigError(
            f"{name!r} is not an installed spaCy pipeline",
            where="configs/params.yaml: annotate.language",
            hint="install it with pip, or name another one",
        ) from None
    return Annotator(language, Names.of(registry, language))
