"""PDF, by pypdf: the lines of its pages as they were set."""

import contextlib
import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nlp.errors import CorpusError
from nlp.reading.about import NOTHING, about
from nlp.reading.archive import encrypted
from nlp.reading.contract import About, Limits, Reading
from nlp.reading.pdf.layout import texts
from nlp.reading.pdf.lines import PageLines, lines_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject

_HARDLY_ANY = 25  # letters and digits on a page with a picture: a stamp, not its text
_OCR = "run OCR first, for example with ocrmypdf, and add the result"


class _Page(NamedTuple):
    found: PageLines
    lacking: bool  # whether it has no text, or hardly any beside a picture
    error: str


def read_pdf(content: bytes, where: str, limits: Limits) -> Reading:
    """Pages are separated by form feeds. Raises CorpusError for encrypted and for scanned files."""
    import pypdf

    with _heard("pypdf") as remarks:
        reader = _opened(content, where)
        pages = [_page(page) for page in reader.pages]
        known, declared = _about(reader), _declared(reader)
    if not pages:
        raise CorpusError("has no pages", where=where, hint="get the file again; it may be cut off")
    if all(page.lacking for page in pages):
        raise _without_text(pages, where)
    laid_out, warning = _laid_out([page.found for page in pages])
    warnings = (*_warnings(pages, declared), *_told(remarks), *warning)
    return Reading("\f".join(laid_out), "pdf", f"pypdf {pypdf.__version__}", len(pages), warnings, known)


@contextlib.contextmanager
def _heard(name: str) -> Iterator[list[str]]:
    """What a library's logger says meanwhile; none of it goes elsewhere."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(name)
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.propagate = before
        logger.removeHandler(handler)


def _opened(content: bytes, where: str) -> "PdfReader":
    """Many encrypted files open with the empty password: only printing or changing them is protected."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise encrypted(where)
    except (DependencyError, FileNotDecryptedError, NotImplementedError):
        raise encrypted(where) from None
    return reader


def _page(page: "PageObject") -> _Page:
    try:
        found = lines_of(page)
    except MemoryError:
        raise
    except Exception as error:  # pypdf promises no kind of error for damaged files
        return _Page(PageLines("", ()), lacking=True, error=f"{type(error).__name__}: {error}")
    characters = sum(map(str.isalnum, found.text))
    lacking = not characters or (characters < _HARDLY_ANY and _has_picture(page))
    return _Page(found, lacking, "")


def _laid_out(pages: Sequence[PageLines]) -> tuple[list[str], list[str]]:
    """The text of each page, and a warning if it is only that of pypdf."""
    try:
        return texts(pages), []
    except MemoryError:
        raise
    except Exception as error:  # no layout is so odd that it should cost the text
        warning = f"paragraphs and notes not told by layout ({type(error).__name__}: {error})"
        return [page.text for page in pages], [warning]


def _has_picture(page: "PageObject") -> bool:
    """Whether an image is drawn on the page, by itself or in a form."""
    with contextlib.suppress(Exception):  # what is damaged is no picture
        drawn = page.get_contents().get_data()  # type: ignore[union-attr]
        listed = page["/Resources"]["/XObject"].items()  # type: ignore[index]
        return any(name.encode() in drawn and _is_picture(it.get_object()) for name, it in listed)
    return False


def _is_picture(drawn: "DictionaryObject") -> bool:
    inner = drawn.get("/Resources", {}).get("/XObject", {})
    return any(it.get_object().get("/Subtype") == "/Image" for it in (drawn, *inner.values()))


def _about(reader: "PdfReader") -> About:
    """Title and author, as the file's information dictionary has them."""
    with contextlib.suppress(Exception):  # damaged metadata is none
        if (found := reader.metadata) is not None:
            texts = (found.get(key) for key in ("/Title", "/Author"))
            title, author = ("" if it is None else str(it.get_object()) for it in texts)
            return about(title, [author])
    return NOTHING


def _declared(reader: "PdfReader") -> int:
    """The number of pages that the file says it has, 0 if it cannot be told."""
    with contextlib.suppress(Exception):
        return int(reader.root_object["/Pages"]["/Count"])  # type: ignore[index]
    return 0


def _without_text(pages: Sequence[_Page], where: str) -> CorpusError:
    if errors := [page.error for page in pages if page.error]:
        hint = "get the file again, or save it anew with another program"
        return CorpusError(
            f"none of its {len(pages)} pages can be read ({errors[0]})", where=where, hint=hint
        )
    return CorpusError(f"no text on its {len(pages)} page(s)", where=where, hint=_OCR)


def _warnings(pages: Sequence[_Page], declared: int) -> Iterator[str]:
    if declared > len(pages):
        yield f"only {len(pages)} of {declared} pages found"
    failed = [number for number, page in enumerate(pages, start=1) if page.error]
    if failed:
        yield f"cannot read page(s) {_numbers(failed)}: {pages[failed[0] - 1].error}"
    lacking = [number for number, page in enumerate(pages, start=1) if page.lacking and not page.error]
    if lacking:
        yield f"no text on page(s) {_numbers(lacking)} of {len(pages)}: empty, or scanned (then {_OCR})"


def _numbers(numbers: Sequence[int]) -> str:
    """`2, 5-7` for 2, 5, 6 and 7."""
    runs = [[it for _, it in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _told(remarks: Sequence[str]) -> Iterator[str]:
    if remarks:
        yield f"pypdf had to make sense of {len(remarks)} oddities, first: {remarks[0]}"
