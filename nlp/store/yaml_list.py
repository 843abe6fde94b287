"""A list in a YAML file as text: entries are put in and taken out, and every other byte stays as it was."""

import json
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from nlp.errors import ConfigError
from nlp.store.configs import MAX_BYTES
from nlp.store.parts import replacing
from nlp.store.project import Project

_PLAIN = re.compile(r"[^\W_][\w /&().;'’‘“”–—+-]*")
# Other readers of YAML take these for something else than text.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})


def read_text(project: Project, shown: str) -> str:
    """The file as it stands, with its own line ends."""
    try:
        return (project.root / shown).read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ConfigError("no such file", where=shown, hint="create it, or restore it with git") from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"not UTF-8 at byte {error.start}", where=shown, hint="save the file as UTF-8"
        ) from None


def replace(project: Project, shown: str, text: str) -> None:
    """Put the new file in place in one step, with the rights of the old one, which may be a link."""
    if len(text.encode()) > MAX_BYTES:
        raise ConfigError(f"would be larger than {MAX_BYTES} bytes", where=shown, hint="add fewer entries")
    path = (project.root / shown).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.stat().st_mode & 0o222:
        raise ConfigError("is read-only", where=shown, hint="make it writable and run the command again")
    with replacing(path) as temporary:
        temporary.write_bytes(text.encode())
        if path.exists():
            shutil.copymode(path, temporary)


def changed(shown: str) -> ConfigError:
    """For a file that is no longer what was read."""
    return ConfigError("has changed in the meantime", where=shown, hint="run the command again")


def not_editable(shown: str, first: str) -> ConfigError:
    """For a list that is written in a form that cannot be edited as text."""
    return ConfigError(
        "its entries are written in a way that crossframe cannot edit",
        where=shown,
        hint=f"write entries as list items ({first}), a line for each key, or edit by hand",
    )


class Sheet(NamedTuple):
    """The lines of a file, and for each entry of a list the first and the last with something in it."""

    key: str
    lines: list[str]
    newline: str
    spans: list[tuple[int, int]]
    head: int  # the line with the key
    apart: bool  # whether entries stand apart when there are not two that show it

    @classmethod
    def of(cls, text: str, key: str, *, apart: bool) -> "Sheet":
        """The list under a key of the whole file; the text must be valid YAML and have the key."""
        newline = "\r\n" if "\n" in text and text.count("\r\n") == text.count("\n") else "\n"
        head, entries = _composed(text, key)
        spans = [
            (
                text.count("\n", 0, it.start_mark.index),
                text.count("\n", 0, len(text[: _end(it)].rstrip())),
            )
            for it in entries.value or ()
        ]
        return cls(
            key, text.split(newline), newline, spans, text.count("\n", 0, head.start_mark.index), apart
        )

    @property
    def dash(self) -> str:
        """What stands before an entry: a dash with white space on both sides, as in the last entry."""
        found = re.match(r"\s*-\s+", self.lines[self.spans[-1][0]]) if self.spans else None
        return found[0] if found else "  - "

    def with_entries(self, added: Sequence[Sequence[str]]) -> str:
        """The text with further entries after the last one, each given by its lines without indent."""
        end = self.spans[-1][1] if self.spans else self.head
        before, after = self.lines[: end + 1], self.lines[end + 1 :]
        if not self.spans:
            before[-1] = re.sub(rf"{self.key}: *(\[ *\])?", f"{self.key}:", before[-1], count=1)
        new = [line for number, lines in enumerate(added) for line in self._entry(lines, number)]
        return self.newline.join([*before, *new, *after])

    def without(self, numbers: Collection[int]) -> str:
        """The text without these entries, the comments directly above them and the blank lines before."""
        gone = {at for it in numbers for at in range(self._start(it), self.spans[it][1] + 1)}
        kept = [it for it in range(len(self.spans)) if it not in numbers]
        if kept and kept[0] > 0:  # no blank lines before what is now the first entry
            above = range(self._start(kept[0]), self.spans[kept[0]][0])
            gone |= {at for at in above if not self.lines[at].strip()}
        left = [line for at, line in enumerate(self.lines) if at not in gone]
        if not kept:
            left[self.head] = left[self.head].replace(f"{self.key}:", f"{self.key}: []", 1)
        return self.newline.join(left)

    def _entry(self, lines: Sequence[str], number: int) -> list[str]:
        """The lines of a new entry, indented and set apart as those that are there."""
        first, *more = lines
        blank = self._stand_apart() and (number > 0 or bool(self.spans))
        indent = " " * len(self.dash)
        return [*([""] if blank else []), self.dash + first, *(indent + line for line in more)]

    def _stand_apart(self) -> bool:
        """Whether blank lines stand before most entries (but the first, which never has one)."""
        blank = [not self.lines[self._start(it)].strip() for it in range(1, len(self.spans))]
        return 2 * sum(blank) > len(blank) if blank else self.apart

    def _start(self, number: int) -> int:
        """First of the lines that belong to an entry: comments above it, blank lines before them."""
        floor = self.spans[number - 1][1] if number else self.head
        start = self.spans[number][0]
        while start - 1 > floor and self.lines[start - 1].lstrip().startswith("#"):
            start -= 1
        while number and start - 1 > floor and not self.lines[start - 1].strip():
            start -= 1
        return start


def _composed(text: str, key: str) -> tuple[Any, Any]:
    """The key and its list by the YAML reader's own account of where they stand."""
    from ruamel.yaml import YAML

    root = YAML(typ="safe", pure=True).compose(text)
    return next((head, entries) for head, entries in root.value if head.value == key)


def _end(node: Any) -> int:
    """The end of a node's last scalar or bracket; the node's own end may lie behind later comments."""
    if node.id == "scalar" or node.flow_style:
        return node.end_mark.index
    children = [it for pair in node.value for it in pair] if node.id == "mapping" else node.value
    return max(map(_end, children))


def value(content: object) -> str:
    """A value in one line, in the form that all readers of YAML take for the same."""
    if isinstance(content, Mapping):
        return f"{{{', '.join(f'{key}: {value(it)}' for key, it in content.items())}}}"
    if isinstance(content, list):
        return f"[{', '.join(map(value, content))}]"
    return _text(content) if isinstance(content, str) else json.dumps(content)


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
