"""Are the tables of this run those that are committed? Exactly in words and counts, to the printed digits
in other numbers: another processor may give other last digits.

Exit code 1, with the places, if they are not.
"""

import csv
import io
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = "outputs/tables"
DIGIT = 2e-4  # two of the last printed digit


def main() -> int:
    committed = _git("ls-tree", "--name-only", "HEAD", f"{TABLES}/").split()
    made = {f"{TABLES}/{path.name}" for path in (ROOT / TABLES).iterdir()}
    told = [f"{name}: not in both" for name in sorted(made.symmetric_difference(committed))]
    for name in sorted(made.intersection(committed)):
        if name.endswith(".csv"):
            told += [f"{name}: {it}" for it in _differences(name)]
    print("\n".join(told[:20] or ["the tables agree to the printed digits"]))
    return bool(told)


def _differences(name: str) -> Iterator[str]:
    before = _rows(_git("show", f"HEAD:{name}"))
    after = _rows((ROOT / name).read_text(encoding="utf-8"))
    if len(before) != len(after):
        yield f"{len(before)} rows committed, {len(after)} made"
        return
    for line, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        if len(old) != len(new) or not all(map(_alike, old, new)):
            yield f"line {line}: {old} -> {new}"


def _alike(old: str, new: str) -> bool:
    if old == new:
        return True
    try:
        return "." in old + new and math.isclose(float(old), float(new), rel_tol=1e-3, abs_tol=DIGIT)
    except ValueError:
        return False


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _git(*arguments: str) -> str:
    own = ["git", *arguments]
    return subprocess.run(own, cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
