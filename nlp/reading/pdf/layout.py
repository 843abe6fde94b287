"""From the lines of a PDF's pages to text that tells paragraphs and footnotes apart."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from nlp.reading.pdf.lines import Line, PageLines, raised
from nlp.reading.pdf.notes import Column, Note, Notes
from nlp.reading.pdf.paragraphs import Form
from nlp.reading.pdf.sheet import Sheet, sheets, style_of

_BEGINS = "  "  # a paragraph
_BLANKS = re.compile(r"[ \t]+")
_LABEL = re.compile(r"\s*(?:[\[(]?\d+[.)\]]{0,2}\s*|[*∗†‡§¶]+\s*)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Called = Mapping[int, Sequence[str]]  # the labels that a run calls, by its id


def texts(pages: Sequence[PageLines]) -> list[str]:
    """The text of each page; of a page without lines as pypdf puts it together.

    An empty line stands between paragraphs, and two spaces before a line that the page shows to begin
    one, by its indentation or, at the top of a column, by its print. Notes stand where they stand on
    the page, `[^1]: ` before each; what of them stands on the next page follows here. Raised numbers
    are `[^1]` if there is a note, or else stay raised; notes with a sign are `[^*]`.
    """
    plain = [page.text for page in pages]
    if not any(page.lines for page in pages):
        return plain
    written = _laid_out(pages)
    return written if _letters(written) == _letters(plain) else plain


def _letters(texts: Iterable[str]) -> Counter[str]:
    """All letters, however often and in whatever order they stand."""
    return Counter(filter(str.isalpha, "".join(texts)))


def _laid_out(pages: Sequence[PageLines]) -> list[str]:
    found = sheets([page.lines for page in pages])
    style = style_of(found)
    notes = Notes(style)
    columns = [notes.columns(sheet) for sheet in found]
    form = Form([column.body for it in columns for column in it], style)
    writer = _Writer(form, *notes.labels())
    return [
        writer.page(sheet, it) if page.lines else writer.other(page.text)
        for page, sheet, it in zip(pages, found, columns, strict=True)
    ]


class _Writer:
    """Writes page after page."""

    def __init__(self, form: Form, labels: Mapping[int, str], called: Called) -> None:
        self._form = form
        self._labels = labels
        self._called = called

    def other(self, text: str) -> str:
        """A page of which only the text is known."""
        if not text.strip():
            return text
        self._form.interrupt()
        return f"{_BEGINS}{text.lstrip()}"

    def page(self, sheet: Sheet, columns: Sequence[Column]) -> str:
        parts = [*map(self._apart, sheet.top)]
        text_stands_last = False
        for column in columns:
            for paragraph in self._form.paragraphs(column.body):
                text = "\n".join(map(self._line, paragraph.lines))
                if paragraph.goes_on and text_stands_last:
                    parts[-1] += f"\n{text}"
                else:
                    parts.append(f"{_BEGINS if paragraph.begins else ''}{text}")
                text_stands_last = True
            aside = [*map(self._note, column.notes), *(self._apart(*lines) for lines in column.tail)]
            text_stands_last = text_stands_last and not aside
            parts += aside
        return "\n\n".join([*parts, *map(self._apart, sheet.bottom)])

    def _note(self, note: Note) -> str:
        first, *others = note.lines
        text = self._line(first._replace(runs=tuple(it for it in first.runs if it is not note.label)))
        if note.is_labelled and note.label is None:
            text = _LABEL.sub("", text, count=1)
        return "\n".join([f"[^{self._labels[id(note)]}]: {text}", *map(self._line, others)])

    def _apart(self, *lines: Line) -> str:
        """Lines that are no part of the text around them."""
        return _BEGINS + "\n".join(map(self._line, lines))

    def _line(self, line: Line) -> str:
        """The line's text with one space between words."""
        high = {id(run) for run in raised(line)}
        text = ""
        for run in line.runs:
            if id(run) not in high:
                text += run.text
            elif labels := self._called.get(id(run)):
                text = f"{text.rstrip()}{''.join(f'[^{it}]' for it in labels)}{_space_after(run.text)}"
            else:
                text += run.text.translate(_RAISED)
        return _BLANKS.sub(" ", text).strip()


def _space_after(text: str) -> str:
    return " " if text[-1].isspace() else ""
