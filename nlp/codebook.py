"""Frames as data: configs/codebook.yaml."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from nlp.errors import entry

ANY = "any"  # in tables: whatever the stance
MACRO = "macro"  # in tables: the mean of all

# Older YAML readers take these for booleans or nothing, so another program would lose the frame.
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


Cue = Annotated[str, Field(pattern=r"^[^\s*](.*\S)?$")]


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def check_name(name: str) -> str:
    """Return the name, or raise ValueError where it could not be a column, a file or a YAML key."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"name {name!r} must be lower-case letters, digits and '_'")
    if name in (ANY, MACRO):
        raise ValueError(f"name {name!r} is taken: the tables use it for all together")
    if name in _YAML_WORDS:
        raise ValueError(
            f"name {name!r} is read as true, false or nothing by other YAML readers: choose another word"
        )
    return name


class Frame(Entry):
    """One frame with what a coder, human or machine, needs to know of it."""

    name: str
    label: str
    definition: str
    include: list[str]
    exclude: list[str]
    examples: list[str]
    near_misses: list[str]
    cues: list[Cue] = Field(min_length=1)

    @field_validator("name", mode="before")
    @classmethod
    def _plain_name(cls, name: object) -> object:
        """YAML reads `true` as a truth value: it is refused as the word that it was."""
        text = str(name).lower() if isinstance(name, bool) else name
        return check_name(text) if isinstance(text, str) else name


class Stance(Entry):
    """One way in which a sentence can relate to a frame."""

    name: str
    label: str
    definition: str
    cues: list[Cue]

    _plain_name = field_validator("name")(check_name)


class Codebook(Entry):
    """The whole of codebook.yaml. The first stance is the one without cues of its own."""

    version: str
    unit: str
    scope: str
    frames: list[Frame] = Field(min_length=1)
    stances: list[Stance] = Field(min_length=1)
    rules: list[str]

    @model_validator(mode="after")
    def _names_differ(self) -> "Codebook":
        for kind in ("frames", "stances"):
            names = [it.name for it in getattr(self, kind)]
            places = sorted((name, at) for at, name in enumerate(names) if names.count(name) > 1)
            if places:
                told = ", ".join(entry(kind, at, name) for name, at in places)
                raise ValueError(f"{kind} named twice: {told}")
        return self

    @property
    def hash(self) -> str:
        """What a coder reads, in 12 hex digits: cues and version do not change it."""
        entries = {"frames": {"cues"}, "stances": {"cues"}}
        read = {
            name: [it.model_dump(exclude=left_out) for it in getattr(self, name)]
            for name, left_out in entries.items()
        }
        said = {**self.model_dump(include={"unit", "scope", "rules"}), **read}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def frame_names(self) -> list[str]:
        return [frame.name for frame in self.frames]

    @property
    def stance_names(self) -> list[str]:
        return [stance.name for stance in self.stances]


def cue_pattern(cues: Sequence[str]) -> re.Pattern[str]:
    """One pattern for a list of cues: whole words in any capitals, `*` for any ending of a word.

    A space in a cue also matches a hyphen or a line end. No cues: a pattern that matches nothing.
    """
    return re.compile("|".join(_cue(cue) for cue in cues) or r"(?!)", re.IGNORECASE)


def _cue(cue: str) -> str:
    cue = cue.replace("’", "'")  # as in the texts that are searched
    words = [re.escape(word).replace(r"\*", r"[\w’'-]*") for word in cue.split()]
    text = r"[\s‐-–-]+".join(words)
    before = r"(?<!\w)" if cue[0].isalnum() else ""
    after = r"(?!\w)" if cue[-1].isalnum() else ""
    return f"{before}{text}{after}"
