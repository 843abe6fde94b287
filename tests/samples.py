"""Small files of every format, made by hand, for the tests of the readers."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from nlp.reading import Limits, Reading, extract

LIMITS = Limits(
    fallback_encoding="cp1252",
    max_bytes=1_000_000,
    max_unpacked_bytes=20_000_000,
    memory_mb=2048,
    seconds=60,
)
WHERE = "corpus/texts/a-file"


def reading(ending: str, content: bytes, limits: Limits = LIMITS) -> Reading:
    """What a file is read as, without a process of its own."""
    return extract(ending, content, WHERE, limits)


# PDF ---------------------------------------------------------------------------------------------


def pdf(
    *pages: Sequence[str], pictures: Sequence[int] = (), info: Mapping[str, str] | None = None
) -> bytes:
    """A PDF with the given lines on each page; a picture on the pages with these numbers (from 1)."""
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    bodies.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    bodies.append(
        _stream(
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
            " /BitsPerComponent 8 /Length {length} >>",
            "x",
        )
    )
    bodies.append("<< " + " ".join(f"/{key} ({value})" for key, value in (info or {}).items()) + " >>")
    kids = []
    for number, lines in enumerate(pages, start=1):
        drawn = "/Im0 Do\n" if number in pictures else ""
        text = "\n".join(f"({line}) Tj T*" for line in lines)
        bodies.append(_stream("<< /Length {length} >>", f"{drawn}BT /F1 12 Tf 14 TL 72 720 Td\n{text}\nET"))
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(bodies)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >> >>"
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _assembled(bodies)


def drawn_pdf(*pages: str, form: str = "", settings: str = "") -> bytes:
    """A PDF of pages drawn as these operators say, with fonts /F1 and, bold, /F2.

    They may draw /Fm, a form of other operators with these settings.
    """
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
    bodies += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Times-{kind} /Encoding /WinAnsiEncoding >>"
        for kind in ("Roman", "Bold")
    ]
    bodies.append("<< >>")
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] {settings} /Resources {fonts}"
    bodies.append(f"{head} /Length {len(form)} >>\nstream\n{form}\nendstream")
    resources = f"{fonts[:-3]} /XObject << /Fm 6 0 R >> >>"
    kids = []
    for drawn in pages:
        bodies.append(_stream("<< /Length {length} >>", drawn))
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(bodies)} 0 R"
            f" /Resources {resources} >>"
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _assembled(bodies)


def _stream(head: str, data: str) -> str:
    return f"{head.format(length=len(data))}\nstream\n{data}\nendstream"


def _assembled(bodies: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def encrypted_pdf(content: bytes, password: str) -> bytes:
    """The same PDF, opened by the password; by anybody if that is empty, to read and not to change."""
    from pypdf import PdfWriter

    writer, out = PdfWriter(clone_from=BytesIO(content)), BytesIO()
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


# Archives ----------------------------------------------------------------------------------------


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these entries, in this order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, compress_type=stored)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# DOCX --------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(build: Callable[[Any], None] | None = None, *, xml: str = "", **notes: Sequence[str]) -> bytes:
    """A Word document: built with python-docx, then of raw XML; `footnotes` and `endnotes` from id 1 on."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    if build:
        build(document)
    for element in parse_xml(f"<w:body {W} {_MORE}>{xml}</w:body>"):
        document.element.body.insert_element_before(element, "w:sectPr")
    for kind, texts in notes.items():
        _add_notes(document, kind, texts)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _add_notes(document: Any, kind: str, texts: Sequence[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    note = kind.removesuffix("s")
    items = "".join(
        f'<w:{note} w:id="{number}">{w_p(f"<w:r><w:{note}Ref/></w:r>", f" {text}")}</w:{note}>'
        for number, text in enumerate(texts, start=1)
    )
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    part = Part(
        PackURI(f"/word/{kind}.xml"),
        f"{office}.{kind}+xml",
        f"<w:{kind} {W}>{items}</w:{kind}>".encode(),
        document.part.package,
    )
    document.part.relate_to(
        part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    )


def w_p(*runs: str, settings: str = "") -> str:
    """A paragraph; runs that are no XML are text."""
    inner = "".join(run if run.startswith("<") else w_r(run) for run in runs)
    return f"<w:p><w:pPr>{settings}</w:pPr>{inner}</w:p>"


def w_r(text: str, settings: str = "") -> str:
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


# ODT ---------------------------------------------------------------------------------------------

_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri or name}:1.0"'
    for name, uri in {
        "office": "",
        "text": "",
        "table": "",
        "style": "",
        "draw": "drawing",
        "meta": "",
        "svg": "svg-compatible",
    }.items()
)
_STYLES = '<style:style style:name="Quotations" style:family="paragraph"/>'


def odt(
    body: str, *, styles: str = _STYLES, automatic: str = "", margins: str = "", meta: str = "", **more: str
) -> bytes:
    """An OpenDocument text with this body; further entries of the archive by name."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}>"
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles>"
            f"<office:master-styles><style:master-page>{margins}</style:master-page></office:master-styles>"
            "</office:document-styles>",
            "meta.xml": f'<office:document-meta {_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta></office:document-meta>',
            "META-INF/manifest.xml": "<manifest/>",
            **more,
        }
    )


# EPUB --------------------------------------------------------------------------------------------


def xhtml(body: str) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>Not text</title></head><body>{body}</body></html>"
    )


def epub(*chapters: str, nav: str = "Contents", meta: str = "", **more: str) -> bytes:
    """An electronic book of these chapters (bodies in XHTML), with a navigation document."""
    names = [f"c{number}" for number in range(1, len(chapters) + 1)]
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in ["nav", *names])
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{meta}</metadata><manifest>"
            f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}'
            f"</manifest><spine>{refs}</spine></package>",
            "OEBPS/nav.xhtml": xhtml(f"<nav>{nav}</nav>"),
            **{f"OEBPS/text/{name}.xhtml": xhtml(body) for name, body in zip(names, chapters, strict=True)},
            **more,
        }
    )


# Web pages and RTF -------------------------------------------------------------------------------


def page(body: str, *, head: str = "") -> bytes:
    """A web page in UTF-8 without saying so."""
    return (
        f"<!DOCTYPE html><html><head><title>A page</title>{head}</head><body>{body}</body></html>".encode()
    )


def rtf(body: str, *, head: str = "") -> bytes:
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{head}{body}}}".encode("cp1252")


SMALL: dict[str, bytes] = {
    ".txt": b"A small text.",
    ".md": b"# Small\n\nA text.",
    ".pdf": pdf(["A small text", "of two lines."], ["Second page."], info={"Title": "Small"}),
    ".docx": docx(lambda it: it.add_paragraph("A small text.")),
    ".odt": odt("<text:p>A small text.</text:p>"),
    ".epub": epub("<h1>Small</h1><p>A small text.</p>"),
    ".rtf": rtf(r"A small text.\par"),
    ".html": page("<article><h1>Small</h1><p>A small text.</p></article>"),
}
SMALL[".htm"] = SMALL[".xhtml"] = SMALL[".html"]
