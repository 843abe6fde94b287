"""What is known of a text, from whom, and what has to be asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from nlp.bibliography.entries import YEARS, Entry, one_line
from nlp.bibliography.people import Person
from nlp.errors import CorpusError
from nlp.intake.gather import Source, refuse
from nlp.intake.ids import label
from nlp.intake.names import Named, typed, understood
from nlp.language import code_of

Ask = Callable[[str], str]

OPTION, ENTRY, ANSWER = "option", "bibliography", "answer"
FILE, TEXT = GUESSED = "the file's own data", "its words"  # files often say what a template has said
KIND, RIGHTS = "document", "not stated"  # where nobody says anything


class Given(NamedTuple):
    """What the command line says; it holds for all files of the command."""

    authors: tuple[str, ...] = ()
    group: str | None = None
    year: int | None = None
    title: str | None = None
    venue: str | None = None
    kind: str | None = None
    language: str | None = None
    rights: str | None = None
    doc_id: str | None = None


class Details(NamedTuple):
    """All that the manifest says of a text beside its file, and what values (by key) are guessed from."""

    people: tuple[Person, ...]
    author: str
    year: int | None
    title: str
    venue: str | None
    kind: str
    language: str
    rights: str
    guessed: Mapping[str, str]
    doubts: tuple[str, ...]  # how names could be understood otherwise


Said = dict[str, list[tuple[str, object]]]


def settle(
    sources: Sequence[Source], given: Given, entries: Mapping[str, Entry], ask: Ask | None
) -> list[Details]:
    """The details of each source. What nobody says is asked; CorpusError lists all that stays unknown."""
    said = [_said(source, given, entries.get(source.sha256)) for source in sources]
    if ask:
        for source, known in zip(sources, said, strict=True):
            _ask_for_missing(source, known, ask)
    problems = [it for it in map(_missing, sources, said) if it]
    refuse(problems, len(sources))
    return [_details(known, given) for known in said]


def _missing(source: Source, said: Said) -> CorpusError | None:
    """What the manifest needs and nobody says."""
    flags = {"authors": "--author", "title": "--title", "language": "--language"}
    lost = [f"{key} ({flag})" for key, flag in flags.items() if not _first(said, key)[0]]
    hint = "give them with these options, or with --bib or --csl; on a terminal, crossframe asks"
    return CorpusError(f"not known: {', '.join(lost)}", where=source.shown, hint=hint) if lost else None


def _said(source: Source, given: Given, entry: Entry | None) -> Said:
    """What each one says, by key, in the order in which they are believed."""
    about = source.about
    said: Said = {
        "authors": [(OPTION, typed(given.authors, "--author")), (FILE, understood(about.authors))],
        "year": [(OPTION, given.year), (FILE, about.year if about.year in YEARS else None)],
        "title": [(OPTION, one_line(given.title or "")), (FILE, one_line(about.title))],
        "venue": [(OPTION, one_line(given.venue or ""))],
        "kind": [(OPTION, one_line(given.kind or ""))],
        "language": [(OPTION, _language(given.language)), (TEXT, source.language)],
        "rights": [(OPTION, one_line(given.rights or ""))],
    }
    if entry:
        for key, value in {
            "authors": tuple(Named(person, "") for person in entry.people),
            "year": entry.year,
            "title": entry.title,
            "venue": entry.venue,
            "kind": entry.kind,
            "language": code_of(entry.language),
        }.items():
            said[key].insert(1, (ENTRY, value))
    return said


def _language(name: str | None) -> str | None:
    if not name:
        return None
    if code := code_of(name):
        return code
    raise CorpusError(
        f"no language is known as {name!r}", where="--language", hint="give its code: en, de, ru ..."
    )


def _first(said: Said, key: str) -> tuple[str, object]:
    """Who says it, and what; ("", None) if nobody does."""
    return next(((by, value) for by, value in said[key] if value not in (None, "", ())), ("", None))


def _ask_for_missing(source: Source, said: Said, ask: Ask) -> None:
    """Ask for authors, title, year and language where nobody says them; an empty answer leaves them so."""
    for key, (question, parse) in _QUESTIONS.items():
        if not _first(said, key)[0]:
            said[key].append((ANSWER, parse(ask(f"{source.shown}: {question}"))))


def _year(answer: str) -> int | None:
    sign, digits = answer[:1] == "-", answer.lstrip("-")
    year = int(digits) * (-1 if sign else 1) if digits.isdecimal() else None
    return year if year in YEARS else None


_QUESTIONS: dict[str, tuple[str, Callable[[str], object]]] = {
    "authors": ("authors (Given Family; several with ';')", lambda answer: typed([answer], "authors")),
    "title": ("title", one_line),
    "year": ("year (empty if unknown)", _year),
    "language": ("language (en, de, ...)", code_of),
}


def _details(said: Said, given: Given) -> Details:
    first = {key: _first(said, key) for key in said}
    value = {key: found for key, (_, found) in first.items()}
    authors = value["authors"]
    assert isinstance(authors, tuple)
    people = tuple(it.person for it in authors)
    year = value["year"]
    return Details(
        people=people,
        author=one_line(given.group or "") or label(people),
        year=year if isinstance(year, int) else None,
        title=str(value["title"]),
        venue=str(value["venue"]) if value["venue"] else None,
        kind=str(value["kind"] or KIND),
        language=str(value["language"]),
        rights=str(value["rights"] or RIGHTS),
        guessed={key: by for key, (by, _) in first.items() if by in GUESSED},
        doubts=tuple(it.doubt for it in authors if it.doubt),
    )
