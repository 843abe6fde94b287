"""Whether two files of results say the same: exactly in words and counts, to the printed digits elsewhere.

Another processor may give other last digits.
"""

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

_DIGIT = 2.01e-4  # two of the last printed digit, and what decimals lose in a machine
_RELATIVE = 1e-3


def differences(shown: str, committed: bytes, made: bytes) -> Iterator[str]:
    """The places where two files differ by more than last digits, as far as their kind is known here.

    Raises ValueError if one cannot be read as what its name says.
    """
    return _READERS[kind(shown)](committed, made)


def kind(shown: str) -> str:
    """`csv`, `json` or `parquet` for files that hold data; empty for what is drawn from them."""
    ending = shown.rpartition(".")[2]
    return ending if ending in _READERS else ""


def _of_csv(committed: bytes, made: bytes) -> Iterator[str]:
    before, after = _rows(committed), _rows(made)
    if len(before) != len(after):
        yield f"{len(before)} lines committed, {len(after)} made"
        return
    for line, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        if len(old) != len(new) or not all(map(_cells_alike, old, new)):
            yield f"line {line}: {_differing(old, new)}"


def _rows(content: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(content.decode(), newline="")))
    except csv.Error as error:
        raise ValueError(f"no CSV: {error}") from None


def _differing(old: list[str], new: list[str]) -> str:
    if len(old) != len(new):
        return f"{len(old)} cells committed, {len(new)} made"
    pairs = (f"{a!r} -> {b!r}" for a, b in zip(old, new, strict=True) if not _cells_alike(a, b))
    return ", ".join(pairs)


def _cells_alike(old: str, new: str) -> bool:
    if old == new:
        return True
    try:
        return "." in old + new and _close(float(old), float(new))
    except ValueError:
        return False


def _close(old: float, new: float) -> bool:
    return math.isclose(old, new, rel_tol=_RELATIVE, abs_tol=_DIGIT)


def _of_json(committed: bytes, made: bytes) -> Iterator[str]:
    yield from _values("", json.loads(committed), json.loads(made))


def _values(place: str, old: object, new: object) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted({*old, *new}):
            yield from _values(f"{place}.{name}".lstrip("."), old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, pair in enumerate(zip(old, new, strict=True), start=1):
            yield from _values(f"{place}[{number}]", *pair)
    elif not _values_alike(old, new):
        yield f"{place or 'the whole'}: {old!r} -> {new!r}"


def _values_alike(old: object, new: object) -> bool:
    numbers = [it for it in (old, new) if isinstance(it, int | float) and not isinstance(it, bool)]
    if len(numbers) == 2 and any(isinstance(it, float) for it in numbers):
        return _close(*numbers)
    return type(old) is type(new) and old == new


def _of_parquet(committed: bytes, made: bytes) -> Iterator[str]:
    before, after = (pd.read_parquet(io.BytesIO(it)) for it in (committed, made))
    forms = [[f"{name} ({dtype})" for name, dtype in it.dtypes.items()] for it in (before, after)]
    if forms[0] != forms[1]:
        yield f"columns {', '.join(forms[0])} -> {', '.join(forms[1])}"
    elif len(before) != len(after):
        yield f"{len(before)} rows committed, {len(after)} made"
    else:
        for column in before.columns:
            pairs = zip(before[column], after[column], strict=True)
            unlike = (it for it in enumerate(pairs, start=1) if not _entries_alike(*it[1]))
            yield from (f"row {row}, {column}: {old!r} -> {new!r}" for row, (old, new) in unlike)


def _entries_alike(old: object, new: object) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return (math.isnan(old) and math.isnan(new)) or _close(old, new)
    return repr(old) == repr(new)


_READERS: Mapping[str, Callable[[bytes, bytes], Iterator[str]]] = {
    "csv": _of_csv,
    "json": _of_json,
    "parquet": _of_parquet,
}
