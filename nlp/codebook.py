"""Frames as data: configs/codebook.yaml."""

import hashlib
import json
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from nlp.errors import entry

ANY = "any"  # in tables: whatever the stance
MACRO = "macro"  # in tables: the mean of all
DEFINING = ("definition", "include", "exclude", "examples", "near_misses")  # what a frame is, in sentences
PRESENT = "present"  # the one stance of a codebook without stances

Unit = Literal["sentence", "paragraph", "document"]

# Older YAML readers take these for booleans or nothing, so another program would lose the frame.
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

# Cues and exemplars are for the machine, and the version is only a name: no code is made by them.
_UNREAD: dict[str, Any] = {
    "version": True,
    "frames": {"__all__": {"cues", "exemplars"}},
    "stances": {"__all__": {"cues"}},
}

# Begins with no space or star, ends with no space, and is more than hyphens, which are not looked at.
Cue = Annotated[str, Field(pattern=r"^([-‐‑–][-‐‑– *]*)?[^-‐‑–\s*](.*\S)?$")]
# In groups by what they have in common, or in one list without a name.
Cues = Annotated[
    dict[str, list[Cue]], BeforeValidator(lambda cues: {"": cues} if isinstance(cues, list) else cues)
]


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
    cues: Cues
    exemplars: dict[str, list[str]] = {}  # stance -> sentences that a machine may learn it from

    @field_validator("cues")
    @classmethod
    def _has_cues(cls, cues: dict[str, list[str]]) -> dict[str, list[str]]:
        if not any(cues.values()):
            raise ValueError("a frame needs at least one cue")
        return cues

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
    cues: Cues

    @field_validator("name")
    @classmethod
    def _name_of_its_own(cls, name: str) -> str:
        """Exemplars go by their stance, beside the other sentences of a frame."""
        if name in DEFINING:
            raise ValueError(f"name {name!r} is taken: frames have a list of that name")
        return check_name(name)


class Codebook(Entry):
    """The whole of codebook.yaml. The first stance, if any, holds where no cue points to another."""

    version: str
    unit: Unit
    scope: str
    frames: list[Frame] = Field(min_length=1)
    stances: list[Stance]
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

    @model_validator(mode="after")
    def _cues_have_one_owner(self) -> "Codebook":
        if shared := set(self.frame_names) & {it.name for it in self.stances}:
            raise ValueError(f"{min(shared)!r} names a frame and a stance")
        return self

    @model_validator(mode="after")
    def _exemplars_have_stances(self) -> "Codebook":
        for number, frame in enumerate(self.frames):
            if unknown := set(frame.exemplars) - set(self.stance_names):
                named = entry("frames", number, frame.name)
                raise ValueError(f"{named}: exemplars of {min(unknown)!r}, which is no stance")
        return self

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that tell definitions apart: of all that a coder reads.

        The same for other cues or another version; another one for any other change of a word, or of
        the order of frames, stances, rules and notes.
        """
        read = self.model_dump(mode="json", exclude=_UNREAD)
        text = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def frame_names(self) -> list[str]:
        return [frame.name for frame in self.frames]

    @property
    def stance_names(self) -> list[str]:
        """What can be said of a frame that is there: never empty."""
        return [stance.name for stance in self.stances] or [PRESENT]

    @property
    def stance_groups(self) -> list[tuple[str, str]]:
        """Every stance with each group of its cues."""
        return [(stance.name, group) for stance in self.stances for group in stance.cues]

    @property
    def split(self) -> list[str]:
        """The stances by which tables split a frame: none where a single one tells nothing."""
        return self.stance_names if len(self.stance_names) > 1 else []
