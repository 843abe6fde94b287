"""Features as people read them."""

import re
from collections.abc import Callable

_CUES = {"here": "cue of {}", "near": "cue of {} beside it", "heading": "cue of {} in the heading"}
_SEEN = {
    "unit": "close to the codebook on {}",
    "context": "in context close to the codebook on {}",
}
_BEARING = {
    "any": "cue of {} in the unit",
    "bears": "cue of {} that bears on the frame",
    "inside": "cue of {} in the frame's own words",
}


def told(view: str, feature: str) -> str:
    """What a feature of a view says, in words; `no ...` where it is the feature's absence that counts."""
    if feature.startswith("no "):
        return f"no {told(view, feature.removeprefix('no '))}"
    return _TELLERS.get(view, str)(feature)


def _cues(feature: str) -> str:
    where, _, frame = feature.partition(" ")
    return _CUES[where].format(frame)


def _codebook(feature: str) -> str:
    found = re.fullmatch(r"(unit|context) like (.*) \((closest|mean)\)", feature)
    if not found:
        return feature
    seen, about, how = found.groups()
    return _SEEN[seen].format(about) + (" as a whole" if how == "mean" else "")


def _groups(feature: str) -> str:
    return f"cue of {_of_group(feature)}"


def _scope(feature: str) -> str:
    how, _, name = feature.partition(" ")
    return _BEARING[how].format(_of_group(name)) if how in _BEARING else feature


def _of_group(name: str) -> str:
    stance, _, group = name.partition("/")
    return f"{stance} ({group})" if group else stance


_TELLERS: dict[str, Callable[[str], str]] = {
    "cues": _cues,
    "codebook": _codebook,
    "groups": _groups,
    "scope": _scope,
}
