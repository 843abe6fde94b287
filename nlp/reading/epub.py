"""Electronic books, by zipfile and lxml: the documents of the spine, in its order."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from nlp.errors import CorpusError
from nlp.reading import markup, xhtml
from nlp.reading.about import dublin_core
from nlp.reading.archive import Archive
from nlp.reading.contract import Limits, Reading
from nlp.reading.markup import Element

# Fonts may be made unreadable to other programs; the text then stays open.
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read_epub(content: bytes, where: str, limits: Limits) -> Reading:
    """Footnotes are taken to the end of the book; navigation is left out."""
    archive = Archive(content, where, limits)
    _check_rights(archive, where)
    package_path = _package_path(archive)
    package = markup.parse_xml(archive.read(package_path))
    warnings: dict[str, None] = {}
    chapters = {
        name: root
        for name in _spine(package, posixpath.dirname(package_path))
        if (root := _chapter(archive, name, where, limits, warnings)) is not None
    }
    notes = xhtml.lift_notes(chapters)
    body = [it for root in chapters.values() for it in markup.paragraphs(root, xhtml.kind_of)]
    about = dublin_core(package, authors=("creator",), dates=("date",))
    return Reading(markup.as_text(body, notes), "epub", markup.version(), None, tuple(warnings), about)


def _chapter(
    archive: Archive, name: str, where: str, limits: Limits, warnings: dict[str, None]
) -> Element | None:
    if name not in archive.names:
        warnings[f"{name} is missing in the file"] = None
        return None
    text, warning = xhtml.decode(archive.read(name), where, limits)
    if warning:
        warnings[f"{name}: {warning}"] = None
    return xhtml.parse_xhtml(text)


def _check_rights(archive: Archive, where: str) -> None:
    content = archive.find("META-INF/encryption.xml")
    if content is None:
        return
    methods = (
        it.get("Algorithm")
        for it in markup.parse_xml(content).iterfind(".//{*}EncryptedData/{*}EncryptionMethod")
    )
    if any(method not in _FONTS_ONLY for method in methods):
        raise CorpusError(
            "protected by digital rights management",
            where=where,
            hint="ask the publisher for an unprotected copy",
        )


def _package_path(archive: Archive) -> str:
    container = markup.parse_xml(archive.read("META-INF/container.xml"))
    return str(next(container.iterfind(".//{*}rootfile")).get("full-path"))


def _spine(package: Element, folder: str) -> Iterator[str]:
    """Names in the archive of the documents to read."""
    items = {it.get("id"): it for it in package.iterfind("{*}manifest/{*}item")}
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or ""):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
