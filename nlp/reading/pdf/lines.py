"""The lines of a PDF's page with their places on it, as far as pypdf tells them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdf import PageObject

Matrix = Sequence[float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BOLD = re.compile(r"bold|black|heavy|semibd|demi(?!tal)|-bd|cmbx|\bmedi\b", re.IGNORECASE)
_SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"'))
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*\d{0,3}$")
_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*|\s*[*∗†‡§¶]{1,3}\s*")
_RAISED_SIZE, _RAISED_BY = 0.85, 0.1  # times the size of the line: at most, and at least
_ASTRAY = 0.1  # of a page's characters: more of them at an angle, and the page is not set in lines


class Run(NamedTuple):
    """Characters set in one go: where their baseline begins, in points from the page's lower left."""

    text: str
    x: float
    y: float
    size: float  # points; 0 if the run does not stand upright
    bold: bool


class Line(NamedTuple):
    """A line as pypdf puts it together; its place, size and weight are those of most of its characters."""

    runs: tuple[Run, ...]
    x: float
    y: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def text_before(self, run: Run) -> str:
        """What stands on the line before one of its runs, without white space at its end."""
        number = next(number for number, it in enumerate(self.runs) if it is run)
        return "".join(it.text for it in self.runs[:number]).rstrip()


def raised(line: Line) -> Iterator[Run]:
    """The runs of a line that are numbers or signs, in smaller print and higher, behind some text."""
    seen = False
    for run in line.runs:
        if seen and is_raised(run, line) and _NUMBERS.fullmatch(run.text):
            yield run
        seen = seen or not run.text.isspace()


def is_raised(run: Run, line: Line) -> bool:
    higher = run.y - line.y
    return 0 < run.size <= _RAISED_SIZE * line.size and _RAISED_BY * line.size <= higher < line.size


def is_closed(line: Line) -> bool:
    """Whether a sentence ends with it; the mark of a note may follow."""
    high = {id(run) for run in raised(line)}
    text = "".join(run.text for run in line.runs if id(run) not in high)
    return bool(_CLOSED.search(text.rstrip()[-12:]))


class PageLines(NamedTuple):
    """What pypdf reads on a page, and its lines with text in them: none if their places are not sure."""

    text: str
    lines: tuple[Line, ...]


def lines_of(page: "PageObject") -> PageLines:
    """Whatever goes wrong with the places, the text is that of `page.extract_text()`."""
    try:
        listener = _Listener(page)
        _tell_sizes(page)
        text = page.extract_text(
            visitor_text=listener.hear_text,
            visitor_operand_before=listener.hear_before,
            visitor_operand_after=listener.hear_after,
        )
    except MemoryError:
        raise
    except Exception:  # a visitor that stumbles must not cost the page
        return PageLines(page.extract_text().replace("\f", "\n"), ())
    runs = listener.runs
    complete = "".join(run.text for run in runs) == text
    return PageLines(
        text.replace("\f", "\n"), tuple(_lines(runs)) if complete and _is_upright(runs) else ()
    )


def _tell_sizes(page: "PageObject") -> None:
    """Name the font anew where the print changes within a text: there pypdf begins a new run.

    Otherwise a raised number would be lost in its word where only the text matrix makes it small.
    """
    from pypdf.generic import ContentStream, NameObject

    if "/Contents" not in page:
        return
    contents = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
    told: list[tuple[Any, bytes]] = []
    font, scale = None, None
    for operands, operator in contents.operations:
        if operator == b"Tf":
            font = operands
        elif operator in (b"BT", b"Q"):
            font = scale = None
        elif operator == b"Ts" or (operator == b"Tm" and operands[:4] != scale):
            told += [(font, b"Tf")] * (font is not None)
            scale = operands[:4] if operator == b"Tm" else scale
        told.append((operands, operator))
    contents.operations = told
    page[NameObject("/Contents")] = contents


class _Listener:
    """Takes down what pypdf says of the text while it reads a page."""

    def __init__(self, page: "PageObject") -> None:
        self.runs: list[Run] = []
        self._forms: list[tuple[Any, Matrix]] = [(page, _IDENTITY)]  # those being drawn, and their places
        self._rise = 0.0
        self._shown_rise = 0.0  # of the text shown last
        self._bold: dict[int, bool] = {}  # by font

    def hear_before(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        if operator in _SHOWS:
            self._shown_rise = self._rise
        elif operator == b"Ts":
            self._rise = float(operands[0])
        elif operator == b"Do":
            drawing, outer = self._forms[-1]
            form = drawing["/Resources"]["/XObject"][operands[0]].get_object()
            own = [float(it) for it in form.get("/Matrix", _IDENTITY)]
            self._forms.append((form, _times(own, _times(cm, outer))))

    def hear_after(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        if operator == b"Do":
            self._forms.pop()

    def hear_text(self, text: str, cm: Matrix, tm: Matrix, font: Any, size: float) -> None:
        if not text:
            return
        a, b, c, d, x, y = _times(tm, _times(cm, self._forms[-1][1]))
        upright = a > 0 and d > 0 and abs(b) < 0.01 * a and abs(c) < 0.5 * d  # italics may be slanted
        self.runs.append(
            Run(text, x, y + self._shown_rise * d, size * d if upright else 0.0, self._is_bold(font))
        )

    def _is_bold(self, font: Any) -> bool:
        if font is None:
            return False
        if id(font) not in self._bold:
            self._bold[id(font)] = bool(_BOLD.search(str(font.get("/BaseFont", ""))))
        return self._bold[id(font)]


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, x, y = first
    e, f, g, h, right, up = then
    return (
        a * e + b * g,
        a * f + b * h,
        c * e + d * g,
        c * f + d * h,
        x * e + y * g + right,
        x * f + y * h + up,
    )


def _is_upright(runs: Sequence[Run]) -> bool:
    letters = [(len(run.text.strip()), run.size) for run in runs]
    return sum(count for count, size in letters if size <= 0) <= _ASTRAY * sum(
        count for count, _ in letters
    )


def _lines(runs: Iterable[Run]) -> Iterator[Line]:
    """Lines with text in them; runs of white space say nothing of its place."""
    row: list[Run] = []
    for run in runs:
        first, *others = re.split(r"[\n\f]", run.text)
        row += [run._replace(text=first)] * bool(first)
        for part in others:
            yield from line_of(row)
            row = [run._replace(text=part)] * bool(part)
    yield from line_of(row)


def line_of(runs: Sequence[Run]) -> Iterator[Line]:
    """The line that these runs make, if there is text in them."""
    seen = [run for run in runs if not run.text.isspace()]
    if not seen:
        return
    sizes, weights = Counter[float](), Counter[bool]()
    for run in seen:
        count = len(run.text.strip())
        sizes[round(run.size, 1)] += count
        weights[run.bold] += count
    size = max(sizes, key=lambda it: (sizes[it], it))
    main = next(run for run in seen if round(run.size, 1) == size)
    yield Line(tuple(runs), seen[0].x, main.y, size, weights[True] > 0.9 * weights.total())
