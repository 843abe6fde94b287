"""`crossframe add`: files -> copies in corpus/texts and entries in corpus.yaml."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from nlp.bibliography.bibtex import read_bibtex
from nlp.bibliography.csl import read_csl
from nlp.bibliography.entries import Entry, Library
from nlp.corpus import languages
from nlp.errors import CorpusError, listed
from nlp.intake.details import Ask, Details, Given, settle
from nlp.intake.gather import Source, gather, load, refuse, shown
from nlp.intake.ids import doc_id
from nlp.intake.matching import match
from nlp.manifest import Document, Manifest
from nlp.params import CorpusParams
from nlp.store import configs, entries
from nlp.store.lock import alone
from nlp.store.parts import file_hash, replacing
from nlp.store.project import Project

log = logging.getLogger("crossframe")
MAX_BIBLIOGRAPHY = 50_000_000  # bytes


class Addition(NamedTuple):
    """A text that comes in: its file, its new entry, and which values (by key) are guessed from what."""

    source: Path
    document: Document
    guessed: Mapping[str, str]

    def lines(self) -> Iterator[str]:
        """The entry in lines, with a remark where a value is no more than a guess."""
        document = self.document
        author = f"{document.author} ({'; '.join(document.authors)})"
        shown = {"author": author, "year": "unknown"} | {
            name: str(value)
            for name in ("year", "title", "venue", "kind", "language", "reader", "pages")
            if (value := getattr(document, name)) is not None
        }
        for name, value in shown.items():
            by = self.guessed.get("authors" if name == "author" else name)
            yield f"  {name:<9} {value}" + (f"  (from {by})" if by else "")
        yield from (f"  warning   {warning}" for warning in document.warnings)
        yield f"  file      corpus/{document.file}"


def add(
    project: Project,
    paths: Sequence[Path],
    given: Given,
    *,
    bib: Path | None = None,
    csl: Path | None = None,
    ask: Ask | None = None,
    dry_run: bool = False,
) -> list[Addition]:
    """Copy files into the corpus and list them in corpus.yaml; with `dry_run`, only say so.

    Raises CorpusError or ConfigError, and nothing has changed then.
    """
    with nullcontext() if dry_run else alone(project):
        params = configs.read_params(project).corpus
        before = entries.read_text(project)
        known = entries.documents(before)
        found = gather(paths, params)
        _check_new(project, found, known)
        settled = settle(found, _for_all(given, found), _matched(found, bib, csl), ask)
        additions = _plan(project, found, settled, given, known, params)
        after = entries.with_entries(before, [it.document for it in additions])
        if not dry_run:
            _carry_out(project, additions, before, after)
    return additions


def _for_all(given: Given, found: Sequence[Source]) -> Given:
    """The options, if they can be meant for all the files."""
    for flag, value in {"--id": given.doc_id, "--title": given.title}.items():
        if value and len(found) > 1:
            raise CorpusError(
                f"holds for one file, and these are {len(found)}",
                where=flag,
                hint="add the files one by one",
            )
    return given


def _check_new(project: Project, found: Sequence[Source], known: Sequence[Document]) -> None:
    """CorpusError for bytes that are in the corpus already, or twice in the command."""
    owner = {document.sha256: f"{document.doc_id} (corpus/{document.file})" for document in known}
    problems = []
    for source in found:
        if (other := owner.setdefault(source.sha256, source.shown)) != source.shown:
            told, hint = f"byte for byte the same as {other}", "leave one of the two out"
        elif source.path.resolve().is_relative_to(project.corpus.resolve()):
            told, hint = "lies in the corpus folder already", "move it out of corpus/ and add it from there"
        else:
            continue
        problems.append(CorpusError(told, where=source.shown, hint=hint))
    refuse(problems, len(found))


def _matched(found: Sequence[Source], bib: Path | None, csl: Path | None) -> dict[str, Entry]:
    file = bib or csl
    if file is None:
        return {}
    try:
        text = load(file, MAX_BIBLIOGRAPHY).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"not UTF-8 at byte {error.start}", where=shown(file), hint="export or save it as UTF-8"
        ) from None
    library: Library = (read_bibtex if bib else read_csl)(text, shown(file))
    matched = match(found, library, file)
    for problem in library.problems:
        log.warning("%s: %s", shown(file), problem)
    return matched


def _plan(
    project: Project,
    found: Sequence[Source],
    settled: Sequence[Details],
    given: Given,
    known: Sequence[Document],
    params: CorpusParams,
) -> list[Addition]:
    """The new entries, checked together with the known ones as a run would."""
    taken = {document.doc_id.casefold() for document in known}
    taken |= {path.stem.casefold() for path in (project.corpus / "texts").glob("*")}
    additions: list[Addition] = []
    for source, details in zip(found, settled, strict=True):
        name = given.doc_id or doc_id(details.people, details.year, details.title, taken)
        if name.casefold() in taken:
            raise CorpusError(f"{name!r} is taken", where="--id", hint="choose another, or leave it out")
        taken.add(name.casefold())
        document = _document(name, source, details)
        _mention(source, document, params)
        if not given.group:
            _mention_label(source, document, details, (*known, *(it.document for it in additions)))
        additions.append(Addition(source.path, document, details.guessed))
    _check([*known, *(it.document for it in additions)])
    return additions


def _document(name: str, source: Source, details: Details) -> Document:
    try:
        return Document(
            doc_id=name,
            file=f"texts/{name}{source.path.suffix.lower()}",
            authors=[person.name for person in details.people],
            author=details.author,
            year=details.year,
            title=details.title,
            venue=details.venue,
            kind=details.kind,
            language=details.language,
            rights=details.rights,
            sha256=source.sha256,
            reader=source.reader,
            pages=source.pages,
            warnings=list(source.warnings),
        )
    except ValidationError as error:
        raise _refused(error, source.shown) from None


def _check(documents: list[Document]) -> None:
    try:
        Manifest(documents=documents)
    except ValidationError as error:
        raise _refused(error, entries.SHOWN) from None


def _refused(error: ValidationError, where: str) -> CorpusError:
    return CorpusError(
        listed([_told(".".join(map(str, it["loc"])), it["msg"]) for it in error.errors()]),
        where=where,
        hint="give other values, with --id, --group, --year ...",
    )


def _told(key: str, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message if not key or message.startswith(f"{key} ") else f"{key}: {message}"


def _mention(source: Source, document: Document, params: CorpusParams) -> None:
    """Warn of a language that the run will warn of."""
    for warning in languages.warnings_of(source.language, document.language, params.language):
        log.warning("%s: %s", source.shown, warning)


def _mention_label(source: Source, document: Document, details: Details, known: Sequence[Document]) -> None:
    """Warn of a label that may be a mistake; some of the `known` may have the same."""
    for doubt in details.doubts:
        log.warning("%s: %s", source.shown, doubt)
    others = {name for it in known if it.author == document.author for name in it.authors}
    if others and not others & set(document.authors):
        log.warning(
            "%s: the label %r already stands for %s; if these are other persons, give --group",
            *(source.shown, document.author, listed(sorted(others), 3)),
        )


def _carry_out(project: Project, additions: Sequence[Addition], before: str, after: str) -> None:
    """Copy the files, then put the manifest in place; after any failure no copy is left."""
    copies: list[Path] = []
    try:
        for source, document, _ in additions:
            target = project.corpus / document.file
            if target.exists():
                raise CorpusError(
                    "is there already", where=f"corpus/{document.file}", hint="choose an --id"
                )
            copies.append(target)
            _copy(source, document, target)
        entries.write(project, before=before, after=after)
    except BaseException:
        if entries.read_text(project) != after:
            for path in copies:
                path.unlink(missing_ok=True)
        raise


def _copy(source: Path, document: Document, target: Path) -> None:
    content = source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary:
        temporary.write_bytes(content)
        if file_hash(temporary) != document.sha256:
            raise CorpusError("has changed meanwhile", where=shown(source), hint="run the command again")
