"""corpus.yaml as text: entries are put in and taken out, and every other byte stays as it was."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from nlp.errors import ConfigError
from nlp.manifest import Document, Manifest
from nlp.store.configs import MAX_BYTES, checked
from nlp.store.parts import replacing
from nlp.store.project import Project

SHOWN = "corpus/corpus.yaml"
EMPTY = "documents: []\n"
_PLAIN = re.compile(r"[^\W_][\w /&().;'’‘“”–—+-]*")
_HEAD = re.compile(r"\ufeff?documents:")
_NONE = re.compile(r"documents: *(\[ *\])? *(#.*)?")
# Other readers of YAML take these for something else than text.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})


def read_text(project: Project) -> str:
    """The manifest as it stands, with its own line ends; an empty one where there is none yet."""
    path = project.root / SHOWN
    if not path.exists():
        return EMPTY
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"not UTF-8 at byte {error.start}", where=SHOWN, hint="save the file as UTF-8"
        ) from None


def documents(text: str) -> list[Document]:
    """The entries of a manifest that, unlike that of a run, may have none yet."""
    told = [line for line in text.removeprefix("\ufeff").splitlines() if not re.match(r"\s*(#|$)", line)]
    if len(told) == 1 and _NONE.fullmatch(told[0]):
        return []
    return checked(text.removeprefix("\ufeff"), SHOWN, Manifest).documents


def with_entries(text: str, added: Sequence[Document]) -> str:
    """The manifest with further entries after its last one. ConfigError if that cannot be done as text."""
    known = documents(text)
    return _verified(_Sheet.of(text).with_entries(added), [*known, *added])


def without_entries(text: str, doc_ids: Collection[str]) -> str:
    """The manifest without these entries, the comments directly above them and the blank lines before."""
    known = documents(text)
    gone = {number for number, document in enumerate(known) if document.doc_id in doc_ids}
    left = [document for number, document in enumerate(known) if number not in gone]
    return _verified(_Sheet.of(text).without(gone), left)


def _verified(text: str, wanted: list[Document]) -> str:
    """The text, after reading it back as a run would; nothing is written that says something else."""
    try:
        found = documents(text)
    except ConfigError:
        found = None
    if found != wanted:
        raise ConfigError(
            "its entries are written in a way that crossframe cannot edit",
            where=SHOWN,
            hint="write entries as list items ('- doc_id: ...'), a line for each key, or edit by hand",
        )
    return text


def write(project: Project, *, before: str, after: str) -> None:
    """Put the new manifest in place in one step, if the old one is still as it was read."""
    if len(after.encode()) > MAX_BYTES:
        raise ConfigError(
            f"would be larger than {MAX_BYTES} bytes", where=SHOWN, hint="add fewer documents"
        )
    if read_text(project) != before:
        raise ConfigError("has changed in the meantime", where=SHOWN, hint="run the command again")
    path = project.root / SHOWN
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(after.encode())


class _Sheet(NamedTuple):
    """The manifest's lines, and for each entry its first and its last line with something in it."""

    lines: list[str]
    newline: str
    spans: list[tuple[int, int]]
    head: int  # the line with the key `documents`

    @classmethod
    def of(cls, text: str) -> "_Sheet":
        newline = "\r\n" if "\n" in text and text.count("\r\n") == text.count("\n") else "\n"
        spans = [
            (text.count("\n", 0, start), text.count("\n", 0, len(text[:end].rstrip())))
            for start, end in _marks(text)
        ]
        lines = text.split(newline)
        heads = (number for number, line in enumerate(lines) if _HEAD.match(line))
        return cls(lines, newline, spans, next(heads, 0))

    def with_entries(self, added: Sequence[Document]) -> str:
        end = self.spans[-1][1] if self.spans else self.head
        before, after = self.lines[: end + 1], self.lines[end + 1 :]
        if not self.spans:
            before[-1] = re.sub(r"documents: *(\[ *\])?", "documents:", before[-1], count=1)
        new = [line for number, document in enumerate(added) for line in self._entry(document, number)]
        return self.newline.join([*before, *new, *after])

    def _entry(self, document: Document, number: int) -> list[str]:
        """The lines of a new entry, indented and set apart as those that are there."""
        last = len(self.spans) - 1
        dash = re.match(r"\s*-\s+", self.lines[self.spans[last][0]]) if self.spans else None
        blank = not self.lines[self._start(last)].strip() if last > 0 else last == 0 or number > 0
        starts = [dash[0] if dash else "  - "]
        lines = _lines(document)
        starts += [" " * len(starts[0])] * (len(lines) - 1)
        return [*([""] if blank else []), *(start + it for start, it in zip(starts, lines, strict=True))]

    def without(self, numbers: Collection[int]) -> str:
        gone = {at for it in numbers for at in range(self._start(it), self.spans[it][1] + 1)}
        kept = [it for it in range(len(self.spans)) if it not in numbers]
        if kept and kept[0] > 0:  # no blank lines before what is now the first entry
            above = range(self._start(kept[0]), self.spans[kept[0]][0])
            gone |= {at for at in above if not self.lines[at].strip()}
        left = [line for at, line in enumerate(self.lines) if at not in gone]
        if not kept:
            left[self.head] = left[self.head].replace("documents:", "documents: []", 1)
        return self.newline.join(left)

    def _start(self, number: int) -> int:
        """First of the lines that belong to an entry: comments above it, blank lines before them."""
        floor = self.spans[number - 1][1] if number else self.head
        start = self.spans[number][0]
        while start - 1 > floor and self.lines[start - 1].lstrip().startswith("#"):
            start -= 1
        while number and start - 1 > floor and not self.lines[start - 1].strip():
            start -= 1
        return start


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Where each entry begins and ends in the text, by the YAML reader's own account."""
    from ruamel.yaml import YAML

    root = YAML(typ="safe", pure=True).compose(text)
    found = next(value for key, value in root.value if key.value == "documents")
    for entry in found.value or ():
        yield entry.start_mark.index, _end(entry)


def _end(node: Any) -> int:
    """The end of a node's last scalar or bracket; the node's own end may lie behind later comments."""
    if node.id == "scalar" or node.flow_style:
        return node.end_mark.index
    children = [it for pair in node.value for it in pair] if node.id == "mapping" else node.value
    return max(map(_end, children))


def _lines(document: Document) -> list[str]:
    """Keys and values in the order of the model; optional ones only where they say something."""
    required = {name for name, field in Document.model_fields.items() if field.is_required()}
    said = document.model_dump().items()
    return [f"{key}: {_value(value)}" for key, value in said if key in required or value not in (None, [])]


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """Plain where every reader of YAML takes it for this text, else in double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS and _is_text(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(it if it.isprintable() else f"\\U{ord(it):08x}" for it in quoted)


def _is_text(text: str) -> bool:
    """Not a number and not a date."""
    from ruamel.yaml import YAML

    return bool(YAML(typ="safe", pure=True).load(text) == text)
