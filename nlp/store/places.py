"""Where in a YAML file something stands: the lines of what messages speak of."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Location = Sequence[int | str]
# `entities[3].aliases[1] 'un'`, `coder.zones`: how messages refer to what is in a file.
_REFERENCE = re.compile(r"\b([a-z]\w*(?:\[\d+\]|\.\w+)(?:\[\d+\]|\.\w+)*)( '[^']*')?")
_STEP = re.compile(r"\[(\d+)\]|\.?(\w+)")


class Doubled(NamedTuple):
    """A key that is written twice in one entry, with both lines."""

    path: str
    first: int
    again: int


class Places:
    """The lines of a YAML text by what stands in them. Takes as long as reading it: for messages only."""

    def __init__(self, text: str) -> None:
        from ruamel.yaml import YAML

        self._text = text
        self._root = YAML(typ="safe", pure=True).compose(text)

    def line(self, location: Location) -> int | None:
        """Where it stands, or the innermost entry around it that is there; None for the whole file."""
        passed = list(self._walk(location))
        return self._line_of(passed[-1]) if passed else None

    def with_lines(self, message: str) -> str:
        """`entities[3] 'un' ...` -> `entities[3] 'un' (line 12) ...`, for all that is in the file."""
        return _REFERENCE.sub(self._with_line, message)

    def doubled(self) -> Iterator[Doubled]:
        """Every key that is written twice."""
        for path, node in _mappings(self._root, (), set()):
            first: dict[str, Any] = {}
            for key, _ in node.value:
                if (known := first.setdefault(str(key.value), key)) is not key:
                    yield Doubled(shown([*path, key.value]), self._line_of(known), self._line_of(key))

    def _walk(self, location: Location) -> Iterator[Any]:
        """The node that tells the place of each step; steps that the file does not know are left out."""
        node = self._root
        for step in location:
            if found := _child(node, step):
                place, node = found
                yield place

    def _with_line(self, found: re.Match[str]) -> str:
        steps = [int(it[1]) - 1 if it[1] else it[2] for it in _STEP.finditer(found[1])]
        passed = list(self._walk(steps))
        known = len(passed) == len(steps)
        return f"{found[0]} (line {self._line_of(passed[-1])})" if known else found[0]

    def _line_of(self, node: Any) -> int:
        return line_at(self._text, node.start_mark.index)


def line_at(text: str, index: int) -> int:
    """Lines end with a line feed only, as in editors; the YAML reader also counts rarer signs."""
    return text.count("\n", 0, index) + 1


def shown(location: Location) -> str:
    """`frames[2].label`: a place in the file as messages tell it, entries counted from 1.

    The group of a list without groups has no name, and none is told.
    """
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in location if step != "")
    return "".join(steps).lstrip(".")


def _child(node: Any, step: int | str) -> tuple[Any, Any] | None:
    """The node that tells where the step is (of a pair, its key), and the node that it leads to."""
    if node.id == "mapping":
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    if node.id == "sequence" and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _mappings(node: Any, path: tuple[int | str, ...], seen: set[int]) -> Iterator[tuple[Any, Any]]:
    """All mappings with their paths; one that several places share is looked at once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.id == "mapping":
        yield path, node
        for key, value in node.value:
            yield from _mappings(value, (*path, str(key.value)), seen)
    elif node.id == "sequence":
        for number, value in enumerate(node.value):
            yield from _mappings(value, (*path, number), seen)
