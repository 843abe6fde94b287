"""Decides what the report says of contrasts when the analysis is done in other sensible ways.

Places are whole pixels, so that the same tables give the same page.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.report.opening import OF_KIND, Facet
from nlp.report.sections.contrast import called, from_more, sides_of, size_of, turned
from nlp.report.sections.limits import strongest

KINDS = {"frame": "Frames", "topic": "Topics", "word": "Words", "entity": "Names"}
_EACH = 15  # contrasts told of a kind
_DRAWN = 4  # of these with every variant
_WIDTH, _LEFT, _RIGHT, _TOP, _AXIS = 760, 300, 20, 8, 24
_LINE, _GAP = 16, 10  # height of a variant, and between its name and the picture
_LETTERS = 44  # of a variant's name
_STEPS = [base * 10.0**power for power in range(-6, 7) for base in (1, 2, 5)]  # between ticks

Row = Any  # of table `robustness`, or of `variants`


class Mark(NamedTuple):
    """A variant: its difference with its interval, as it is drawn."""

    name: str
    y: int
    x: int
    low: int
    high: int


class Forest(NamedTuple):
    """Every variant of a contrast; the line at `zero` is no difference, that at `main` the contrast's."""

    width: int
    height: int
    left: int  # where names end
    bottom: int
    zero: int
    main: int
    ticks: list[tuple[int, float]]
    marks: list[Mark]


class Contrast(NamedTuple):
    """A contrast told from the side that has more, and in how many variants it is the same."""

    row: Row
    label: str
    stance: str
    more: str
    less: str
    size: float
    same_sign: int
    same_significance: int
    forest: Forest | None

    @property
    def behind(self) -> dict[str, Facet]:
        """What sentences it was made from: those of both sides."""
        row = self.row
        return {
            "author": sides_of(row),
            OF_KIND[row.kind]: row.feature,
            "stance": row.stance if row.stance not in ("", ANY) else None,
        }


class Kind(NamedTuple):
    """Contrasts of frames, topics, words or names, those with the smallest p first."""

    name: str
    label: str
    contrasts: list[Contrast]
    known: int
    passed: int  # with a p below the level
    held: int  # of these that keep sign and significance in all variants

    @property
    def chosen(self) -> bool:
        """Whether only those with the strongest evidence were measured again."""
        return self.name in ("word", "entity")


class Robustness(NamedTuple):
    """Kinds of contrasts, and the sorts of variants with how many there are of each."""

    kinds: list[Kind]
    sorts: list[tuple[str, int]]
    level: float

    @property
    def lemmas(self) -> set[str]:
        """Every word that stands there."""
        return {str(it.row.feature) for kind in self.kinds if kind.name == "word" for it in kind.contrasts}


def robustness_of(
    robustness: pd.DataFrame,
    variants: pd.DataFrame,
    labels: Mapping[tuple[str, str], str],
    codebook: Codebook,
    level: float,
) -> Robustness:
    """`labels` are what readers call a feature, by kind and name; `level` is that of p."""
    measured = robustness[robustness["variants"] > 0]
    size = measured["difference"].abs()
    ranked = measured.assign(size=size).sort_values(["p", "size"], ascending=[True, False], kind="stable")
    shown = strongest(ranked, ["kind"], each=_EACH)
    drawn = _drawn(variants, strongest(shown, ["kind"], each=_DRAWN))
    stances = {ANY: "any stance" if codebook.split else "", "": ""} | {
        it.name: it.label for it in codebook.stances
    }
    kinds = []
    for name, label in KINDS.items():
        own, passed = (
            ranked[ranked["kind"] == name],
            ranked[(ranked["kind"] == name) & (ranked["p"] < level)],
        )
        told = [
            _contrast(row, labels, stances, drawn.get(_key(row)))
            for row in shown[shown["kind"] == name].itertuples(index=False)
        ]
        held = int(((passed["same_sign"] == 1) & (passed["same_significance"] == 1)).sum())
        kinds += [Kind(name, label, told, len(own), len(passed), held)] if len(own) else []
    return Robustness(kinds, _sorts(variants), level)


def _key(row: Row) -> tuple[str, ...]:
    return row.kind, row.author, row.other, row.feature, row.stance


def _sorts(variants: pd.DataFrame) -> list[tuple[str, int]]:
    """What stands before the colon of a variant's name tells of what sort it is."""
    names = pd.Series(variants["variant"].unique(), dtype=object)
    sizes = names.str.split(":").str[0].value_counts().sort_index()
    return [(str(name), int(n)) for name, n in sizes.items()]


def _contrast(
    row: Row, labels: Mapping[tuple[str, str], str], stances: Mapping[str, str], variants: Any
) -> Contrast:
    told = from_more(row)
    return Contrast(
        row=told,
        label=labels.get((told.kind, told.feature), told.feature),
        stance=stances[told.stance],
        more=called(told.author),
        less=called(told.other),
        size=told.difference,
        same_sign=round(told.same_sign * told.variants),
        same_significance=round(told.same_significance * told.variants),
        forest=None if variants is None else _forest(row, variants),
    )


# ---- every variant ----------------------------------------------------------------------------------


def _drawn(variants: pd.DataFrame, shown: pd.DataFrame) -> dict[tuple[str, ...], pd.DataFrame]:
    keys = ["kind", "author", "other", "feature", "stance"]
    own = variants.merge(shown[keys], on=keys)
    return {tuple(map(str, key)): rows for key, rows in own.groupby(keys)}


def _forest(row: Row, variants: pd.DataFrame) -> Forest:
    """Told from the side that has more, so that the same sign stands to the right of no difference."""
    drawn = variants.sort_values("variant").itertuples(index=False)
    rows = [turned(it) if size_of(row) < 0 else it for it in drawn]
    ends = [0.0, abs(row.difference), *(it.low for it in rows), *(it.high for it in rows)]
    least, span = min(ends), max(max(ends) - min(ends), 1e-9)
    scale = (_WIDTH - _LEFT - _RIGHT) / span

    def place(value: float) -> int:
        return _LEFT + round((value - least) * scale)

    marks = [
        Mark(_short(it.variant), _TOP + at * _LINE, place(it.difference), place(it.low), place(it.high))
        for at, it in enumerate(rows)
    ]
    bottom = _TOP + len(rows) * _LINE
    ticks = [(place(it), it) for it in _ticks(least, least + span)]
    return Forest(
        width=_WIDTH,
        height=bottom + _AXIS,
        left=_LEFT - _GAP,
        bottom=bottom,
        zero=place(0),
        main=place(abs(row.difference)),
        ticks=ticks,
        marks=marks,
    )


def _ticks(low: float, high: float) -> list[float]:
    """Four to eight round numbers within the range."""
    step = next(it for it in _STEPS if (high - low) / it <= 8)
    return [round(it * step, 6) for it in range(ceil(low / step), floor(high / step) + 1)]


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 2] + " …"


def labels_of(
    topic_shares: pd.DataFrame, contrasts: pd.DataFrame, codebook: Codebook
) -> dict[tuple[str, str], str]:
    """What readers call a feature, by kind and name."""
    frames = {("frame", it.name): it.label for it in codebook.frames}
    topics = {("topic", str(it.topic)): f"{it.topic} {it.label}" for it in topic_shares.itertuples()}
    found = contrasts[["kind", "feature", "label"]].drop_duplicates()
    named: Sequence[Any] = list(found.itertuples(index=False))
    return frames | topics | {(it.kind, it.feature): it.label for it in named}
