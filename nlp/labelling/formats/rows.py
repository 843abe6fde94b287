"""What a coded file says, in one form for all formats."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """What one coder said of one stretch; nothing is checked yet but that it can be read."""

    place: str  # where it stands in the file, for messages
    said: Mapping[str, Any] = field(default_factory=dict)  # what the file says beside the codes
    coder: str = ""  # empty where the file does not say
    codes: Mapping[str, str] | None = None  # frame to stance; None if the stretch is not coded
    comment: str = ""
    date: str = ""  # ISO; empty where the file does not say
    problem: str = ""  # why it cannot be read


SAID = ("task", "unit", "doc_id", "block", "start", "end", "text", "codebook", "probability")


def said(source: Mapping[str, Any]) -> dict[str, Any]:
    """What a row of a file says of its stretch, without what it leaves empty."""
    return {name: source[name] for name in SAID if source.get(name) not in (None, "")}
