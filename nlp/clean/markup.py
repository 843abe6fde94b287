"""Light Markdown, as readers write it and as it is left in some texts."""

import re
from collections.abc import Iterator

from nlp.clean.known import Known
from nlp.clean.trace import Change

HEADING = re.compile(r"#{1,6}[ \t]+(?=[^\sa-z])")  # no capital, no heading: `# of people`
QUOTE = re.compile(r"(?:>[ \t]+)+(?=\S)|>(?=[^\W\d_]|[\"“‘'«])")  # but not `>50 %`
_MARKED = re.compile(rf"^[ \t]*(?:({HEADING.pattern})|{QUOTE.pattern})", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{0,500}?[^\s*\\])\1(?![\w*])|\\(?=[$*_#~])")


def markup(text: str, known: Known) -> Iterator[Change]:
    """Cut the signs of headings (`# `) and block quotations (`> `), whose lines are then known as such."""
    for found in _MARKED.finditer(text):
        yield Change(*found.span(), "", zone="heading" if found[1] else "quote")


def emphasis(text: str, known: Known) -> Iterator[Change]:
    r"""`*Time*` -> `Time`, `\$4` -> `$4`: stars in pairs around words, and strokes before signs."""
    for found in _EMPHASIS.finditer(text):
        if found[1]:
            yield Change(*found.span(1), "")
            yield Change(found.end(2), found.end(), "")
        else:
            yield Change(*found.span(), "")
