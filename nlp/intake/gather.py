"""Which files are meant, and what they say of themselves."""

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from nlp.errors import CorpusError, listed
from nlp.language import detect
from nlp.params import CorpusParams
from nlp.reading import READERS, About, Limits, read

log = logging.getLogger("crossframe")
OPENING = 5000  # characters in which a text names its own DOI


class Source(NamedTuple):
    """A file that can be read. Its text is not kept: a folder may hold more than fits into memory."""

    path: Path
    shown: str  # the path as messages show it
    sha256: str
    reader: str  # with its version
    pages: int | None
    warnings: tuple[str, ...]
    about: About
    language: str | None  # that of the text, where it can be told
    opening: str


def gather(paths: Iterable[Path], params: CorpusParams) -> list[Source]:
    """All files meant, read one after another. CorpusError tells of all that cannot be read at once."""
    limits = Limits(**params.model_dump(include=set(Limits._fields)))
    sources: list[Source] = []
    problems: list[CorpusError] = []
    for path in _files(paths):
        try:
            sources.append(_source(path, limits))
        except CorpusError as error:
            problems.append(error)
    refuse(problems, len(problems) + len(sources))
    return sources


def refuse(problems: Sequence[CorpusError], files: int) -> None:
    """Raise what is wrong with the files of a command: a single error as it is, several as one."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise CorpusError(
            listed([f"{error.where}: {error.problem}" for error in problems]),
            where=f"{len(problems)} of {files} files",
            hint="; ".join(dict.fromkeys(error.hint for error in problems)),
        )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        for file in _in_folder(path) if path.is_dir() else [path]:
            if (real := resolved(file)) not in seen:
                seen.add(real)
                yield file


def resolved(path: Path) -> Path:
    """The path without links; as it is where they lead round in circles or may not be followed."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def _in_folder(folder: Path) -> Sequence[Path]:
    """Readable files in a folder and those in it, by name; hidden ones and other endings are left out."""
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(it for it in folders if not it.startswith("."))
        found += [Path(root, name) for name in sorted(names) if not name.startswith((".", "~$"))]
    known = [path for path in found if path.suffix.lower() in READERS]
    if not known:
        raise CorpusError(
            f"no file that ends in {', '.join(READERS)}",
            where=shown(folder),
            hint="name a folder with texts, or a single file",
        )
    if others := Counter(path.suffix.lower() or path.name for path in found if path not in set(known)):
        told = ", ".join(f"{number} {ending}" for ending, number in sorted(others.items()))
        log.warning("%s: files with other endings are left out (%s)", shown(folder), told)
    return known


def _source(path: Path, limits: Limits) -> Source:
    content = load(path, limits.max_bytes)
    reading = read(path.name, content, shown(path), limits)
    return Source(
        path=path,
        shown=shown(path),
        sha256=hashlib.sha256(content).hexdigest(),
        reader=reading.version or reading.reader,
        pages=reading.pages,
        warnings=reading.warnings,
        about=reading.about,
        language=detect(reading.text),
        opening=reading.text[:OPENING],
    )


def load(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file, or CorpusError where there is no such file or it is too large to be a text."""
    try:
        if not path.is_file():
            raise _no_file(path)
        if path.stat().st_size > max_bytes:
            raise CorpusError(
                f"larger than {max_bytes} bytes",
                where=shown(path),
                hint="split the file, or raise corpus.max_bytes in configs/params.yaml",
            )
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", where=shown(path), hint="give permission to read it"
        ) from None


def _no_file(path: Path) -> CorpusError:
    if path.exists():
        return CorpusError("no regular file", where=shown(path), hint="name a file with a text in it")
    if path.is_symlink():
        return CorpusError("a link that leads to no file", where=shown(path), hint="name the file itself")
    return CorpusError("no such file", where=shown(path), hint="check the path and its spelling")


def shown(path: Path) -> str:
    """The path for messages and for the manifest, also where the system's names are not valid Unicode."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")
