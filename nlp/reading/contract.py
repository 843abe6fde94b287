"""What goes into a reader and what comes out: the same for every format."""

from typing import NamedTuple


class About(NamedTuple):
    """What a file says of itself; empty where it says nothing that can be meant."""

    title: str
    authors: tuple[str, ...]
    year: int | None


class Reading(NamedTuple):
    r"""The text of a file, and how it was come by.

    Formats with structure (docx, html, odt, epub, rtf) give one paragraph per line, an empty line
    between paragraphs, and light Markdown marks before them: `# ` to `###### ` for headings, `> ` for
    block quotes, `- ` for list items. Notes are marked `[^3]` where they are called; their texts stand
    at the end as paragraphs `[^3]: text`. A row of a table is a line with its cells joined by ` | `.
    Digits that are set high are written so: `km²`, `land.¹`. Nothing is escaped. Plain text and Markdown
    are left as they are; front matter of Markdown (YAML between two lines of `---`) is no part of the
    text.

    A PDF gives its lines as they were set and a form feed between two pages, so n pages have n-1. Where
    its layout can be told, an empty line stands between paragraphs, and two spaces before a line that
    surely begins one: where nothing but a page's end, its margins or notes stand between, a line
    without them goes on with the paragraph before. Notes stay on their pages, `[^3]: ` or `[^*]: `
    before each; raised numbers that call none are raised digits.
    """

    text: str  # valid Unicode: no lone surrogates, no NUL
    reader: str  # "text", "markdown", "pdf", "docx", "html", "odt", "epub", "rtf"
    version: str  # library and version, "" where none is needed
    pages: int | None  # of a PDF
    warnings: tuple[str, ...]
    about: About


class Limits(NamedTuple):
    """What a file may cost, and the encoding of files that name none (`corpus` in params.yaml)."""

    fallback_encoding: str
    max_bytes: int  # of the file
    max_unpacked_bytes: int  # of all entries of a ZIP-based file together
    memory_mb: int  # of the process that reads the file
    seconds: int
