"""Whether two dvc.lock tell of the same run: the same inputs, code and parameters, and which results."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Entry = tuple[str, str, str]  # stage, kind of entry, path or parameter file
_RESULTS = "outputs/"
_BETWEEN = "outputs/work/"


def differences(committed: Any, made: Any, *, identical: Collection[str]) -> Iterator[str]:
    """The entries that differ, as `stage: deps path`; both are the content of a dvc.lock.

    Hashes of results may differ, as results may in their last digits; those of published files that are
    identical in both runs may not. Raises ValueError if one has not the form of a dvc.lock.
    """
    before, after = _entries(committed), _entries(made)
    for entry in sorted({*before, *after}):
        stage, kind, path = entry
        if before.get(entry) == after.get(entry):
            continue
        both = entry in before and entry in after
        if not (both and path.startswith(_RESULTS) and path not in identical):
            yield f"{stage}: {kind} {path}".rstrip()


def digits_differ(committed: Any, made: Any) -> bool:
    """Whether the tables between stages have other bytes: those drawn from them may, too."""
    before, after = _entries(committed), _entries(made)
    return any(before[it] != after.get(it) for it in before if it[2].startswith(_BETWEEN))


def _entries(content: Any) -> Mapping[Entry, object]:
    try:
        return dict(_walk(content["stages"]))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not of the form of a dvc.lock ({error!r})") from None


def _walk(stages: Any) -> Iterator[tuple[Entry, object]]:
    for stage, about in stages.items():
        for kind, it in about.items():
            if kind == "params":
                yield from (((stage, kind, file), values) for file, values in it.items())
            elif isinstance(it, list):
                yield from (((stage, kind, entry["path"]), entry) for entry in it)
            else:
                yield (stage, kind, ""), it
