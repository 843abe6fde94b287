"""Which entry of a bibliography belongs to which file."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PureWindowsPath

from nlp.bibliography.entries import Entry, Library
from nlp.errors import CorpusError, listed
from nlp.intake.gather import Source, resolved


def match(sources: Sequence[Source], library: Library, file: Path) -> dict[str, Entry]:
    """For each source, by its sha256, its entry: the one that the first rule with an answer finds.

    `file` is the bibliography. CorpusError where a source has no entry or several, or an entry several
    sources.
    """
    found = {source.sha256: _candidates(source, library, file) for source in sources}
    if len(sources) == len(library.entries) == 1 and not library.problems:  # nothing else can be meant
        return {sources[0].sha256: library.entries[0]}
    if lost := [source.shown for source in sources if not found[source.sha256]]:
        known = listed([str(entry) for entry in library.entries]) or "none"
        broken = f"; not readable: {listed(list(library.problems))}" if library.problems else ""
        raise CorpusError(
            f"no entry for {listed(lost)}; the entries are: {known}{broken}",
            where=file.name,
            hint="name a file like the key of its entry, or add it without the bibliography",
        )
    _check_unique(sources, found, library, file)
    return {key: entries[0] for key, entries in found.items()}


def _check_unique(
    sources: Sequence[Source], found: Mapping[str, list[Entry]], library: Library, file: Path
) -> None:
    owner: dict[str, str] = {}
    problems = []
    for source in sources:
        first, *more = found[source.sha256]
        if more or first.key in library.doubled:
            keys = ", ".join(entry.key for entry in (first, *more))
            problems.append(f"several entries fit {source.shown}: {keys}")
        elif (other := owner.setdefault(first.key, source.shown)) != source.shown:
            problems.append(f"{first.key} fits both {other} and {source.shown}")
    if problems:
        raise CorpusError(
            listed(problems),
            where=file.name,
            hint="name a file like the key of its entry; add a work once; give each entry a key of its own",
        )


def _candidates(source: Source, library: Library, file: Path) -> list[Entry]:
    for rule in _RULES:
        if entries := [entry for entry in library.entries if rule(source, entry, file)]:
            return entries
    return []


def _same_path(source: Source, entry: Entry, file: Path) -> bool:
    return any(resolved(file.parent / path) == resolved(source.path) for path in entry.files)


def _same_name(source: Source, entry: Entry, file: Path) -> bool:
    names = {PureWindowsPath(path).name.casefold() for path in entry.files}  # takes / and \
    return source.path.name.casefold() in names


def _same_key(source: Source, entry: Entry, file: Path) -> bool:
    return source.path.stem.casefold() == entry.key.casefold()


def _same_doi(source: Source, entry: Entry, file: Path) -> bool:
    if not entry.doi:
        return False
    named = re.search(re.escape(entry.doi) + r"(?![\w/-])", source.opening.lower())
    return bool(named) or _letters(source.path.stem).endswith(_letters(entry.doi))


def _same_title(source: Source, entry: Entry, file: Path) -> bool:
    title, stem = words(entry.title), source.path.stem
    return bool(title) and (title in {words(source.about.title), words(stem)} or _as_zotero(stem, title))


def _as_zotero(stem: str, title: str) -> bool:
    """Zotero names files `Author - Year - Title`, with the title cut short."""
    start = words(stem.split(" - ", 2)[-1]) if stem.count(" - ") >= 2 else ""
    return start.count(" ") >= 2 and title.startswith(start)


_RULES: tuple[Callable[[Source, Entry, Path], bool], ...] = (
    _same_path,
    _same_name,
    _same_key,
    _same_doi,
    _same_title,
)


def words(text: str) -> str:
    """The words of a title without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(it for it in plain if not unicodedata.combining(it))
    return " ".join(re.findall(r"[^\W_]+", kept))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
