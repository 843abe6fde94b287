"""entities.yaml as text: entities are put in, and every other byte stays as it was."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from nlp.errors import ConfigError, listed
from nlp.registry import Alias, Entity, Registry
from nlp.store import yaml_list
from nlp.store.configs import CONFIGS, checked
from nlp.store.project import Project
from nlp.store.yaml_list import Sheet

SHOWN = CONFIGS["registry"][0]
WIDTH = 108  # characters of a line, as in the code


class Written(NamedTuple):
    """An entry as it stands in the file: the number of its first line, and its lines."""

    line: int
    lines: tuple[str, ...]


def read_text(project: Project) -> str:
    """The registry as it stands, with its own line ends."""
    return yaml_list.read_text(project, SHOWN)


def registry(text: str) -> Registry:
    """What the text says, or ConfigError."""
    return checked(text.removeprefix("\ufeff"), SHOWN, Registry)


def with_entities(text: str, added: Sequence[Entity]) -> tuple[str, list[Written]]:
    """The registry with further entities after its last one, and these as they are written.

    ConfigError if that cannot be done as text, or the registry would be in doubt of a name.
    """
    known = registry(text)
    sheet = Sheet.of(text, "entities", apart=False)
    after = sheet.with_entries([_lines(it, WIDTH - len(sheet.dash)) for it in added])
    _verify(after, known, added)
    new = Sheet.of(after, "entities", apart=False)
    spans = new.spans[len(known.entities) :]
    return after, [Written(first + 1, tuple(new.lines[first : last + 1])) for first, last in spans]


def write(project: Project, *, before: str, after: str) -> None:
    """Put the new registry in place in one step, if the old one is still as it was read."""
    if read_text(project) != before:
        raise yaml_list.changed(SHOWN)
    yaml_list.replace(project, SHOWN, after)


def _verify(text: str, known: Registry, added: Sequence[Entity]) -> None:
    """Read it back as a run would; nothing is written that says something else."""
    wanted = _joined(known, added)
    try:
        found = registry(text)
    except ConfigError:
        found = None
    if found != wanted:
        raise yaml_list.not_editable(SHOWN, "'- {id: ...}' or '- id: ...'")


def _joined(known: Registry, added: Sequence[Entity]) -> Registry:
    try:
        return Registry(entities=(*known.entities, *added), groups=known.groups)
    except ValidationError as error:
        problems = [it["msg"].removeprefix("Value error, ") for it in error.errors()]
        raise ConfigError(
            listed(problems), where=SHOWN, hint="give the new entities other ids and names"
        ) from None


def _lines(entity: Entity, width: int) -> list[str]:
    """The entry without indent: in one line if that is not too long, else a line for each key."""
    said = dict(_said(entity))
    line = yaml_list.value(said)
    if len(line) <= width:
        return [line]
    return [line for key, it in said.items() for line in _pair(key, it, width)]


def _said(entity: Entity) -> Iterator[tuple[str, object]]:
    """Keys and values in the order of the model; optional ones only where they say something."""
    for key, field in Entity.model_fields.items():
        content = getattr(entity, key)
        if content != field.default:
            yield key, [_item(it) for it in content] if isinstance(content, tuple) else content


def _item(item: Alias | str) -> object:
    """An alias without conditions is its name alone."""
    if isinstance(item, str):
        return item
    said = item.model_dump(exclude_defaults=True)
    return said if len(said) > 1 else item.name


def _pair(key: str, content: object, width: int) -> Iterator[str]:
    """A key with its value; a list that is too long goes on in further lines."""
    line = f"{key}: {yaml_list.value(content)}"
    if len(line) <= width or not isinstance(content, list):
        yield line
        return
    line = f"{key}: ["
    for number, item in enumerate(content, start=1):
        piece = yaml_list.value(item) + (", " if number < len(content) else "]")
        if len(line) + len(piece.rstrip()) > width and line.strip():
            yield line.rstrip()
            line = "  "
        line += piece
    yield line
