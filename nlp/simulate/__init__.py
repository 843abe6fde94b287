"""`crossframe simulate`: whether the intervals of shares hold, for samples of this corpus's sizes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from nlp.errors import CrossframeError
from nlp.last_run import read_table
from nlp.params import CompareParams
from nlp.simulate.coverage import Plan, Tally, by_share, of_differences, simulate
from nlp.simulate.population import Machine, Stratum
from nlp.store import configs
from nlp.store.project import Project

_OFTEN = 0.1  # a cell counts in the summary if it is estimable in this share of the runs


def authors_of(project: Project) -> Mapping[str, tuple[Stratum, ...]]:
    """Sentences, coded sentences and their blocks, document by document, of all authors with a coded one.

    Raises CrossframeError if there is none yet.
    """
    rows = read_table(project, "validation", where="crossframe simulate").drop_duplicates(
        ["doc_id", "sent_id"]
    )
    coded = rows[rows["block"] != ""].groupby("doc_id")
    counted = {
        "units": rows.groupby("doc_id").size(),
        "coded": coded.size(),
        "blocks": coded["block"].nunique(),
    }
    sizes = pd.DataFrame(counted).fillna(0)
    if sizes.empty:
        raise CrossframeError(
            "no coded sentences to take the sizes from",
            where="corpus/codings",
            hint="code a sample, then run 'crossframe run'",
        )
    author = sizes.index.map(_authors(project)).to_numpy()
    return {
        str(name): tuple(Stratum(*map(int, row)) for row in own.itertuples(index=False))
        for name, own in sizes.groupby(author)
    }


def _authors(project: Project) -> Mapping[str, str]:
    manifest = configs.read_manifest(project)
    return {document.doc_id: document.author for document in manifest.documents}


def lines(
    project: Project,
    *,
    shares: Sequence[float],
    correlations: Sequence[float],
    band: float,
    recall: float,
    precision: float,
    runs: int,
    seed: int,
) -> Iterator[str]:
    """What is simulated, and a table of coverage for each correlation and for all mixed.

    Raises CrossframeError for shares that are 0, and where nothing is coded.
    """
    if not all([*shares, recall, precision]):
        raise CrossframeError(
            "a share of 0 has no interval to test",
            where="--shares, --recall and --precision",
            hint="give shares above 0",
        )
    plan = Plan(
        authors=authors_of(project),
        shares=tuple(sorted(shares)),
        band=band,
        correlations=tuple(correlations),
        machine=Machine(recall, precision),
        runs=runs,
        seed=seed,
    )
    params = configs.read_params(project).compare
    yield from _heading(plan, params)
    kinds = [(it,) for it in correlations]
    for alike in [*kinds, plan.correlations] if len(kinds) > 1 else kinds:
        yield from _section(plan._replace(correlations=alike), params)


def _heading(plan: Plan, params: CompareParams) -> Iterator[str]:
    level = f"{100 * params.confidence:g} %"
    yield f"Coverage of the corrected intervals (nominal {level}), where they are estimable"
    yield ""
    for name, strata in plan.authors.items():
        units, coded, blocks = (sum(column) for column in zip(*strata, strict=True))
        yield f"  {name}: {units} sentences, {coded} coded in {blocks} blocks; documents: {len(strata)}"
    yield ""
    yield (
        f"{plan.runs} runs; shares are drawn within {100 * plan.band:g} % of those shown; the machine finds"
        f" {100 * plan.machine.recall:g} % of the frames, {100 * plan.machine.precision:g} % of what it"
        " finds is right"
    )
    yield "In a cell: coverage, half the mean width of the interval, and how often the share is estimable"


def _section(plan: Plan, params: CompareParams) -> Iterator[str]:
    runs = simulate(plan, params)
    found = list(by_share(runs, plan))
    width = max(map(len, ["differences", *plan.authors])) + 2
    yield ""
    yield f"Correlation within blocks: {' or '.join(f'{it:g}' for it in plan.correlations)}"
    yield "share".ljust(width) + "".join(f"{it:<18g}" for it in plan.shares).rstrip()
    for author in plan.authors:
        yield author.ljust(width) + _cells(tally for name, _, tally in found if name == author)
    if differences := [tally for _, tally in of_differences(runs, plan, params)]:
        yield "differences".ljust(width) + _cells(differences)
    yield _sum([tally for _, _, tally in found])


def _cells(tallies: Iterable[Tally]) -> str:
    return "".join(_cell(it).ljust(18) for it in tallies).rstrip()


def _cell(tally: Tally) -> str:
    if not tally.estimable > 0:
        return "-"
    return f"{tally.coverage:.3f} ±{tally.width / 2:.2f} {100 * tally.estimable:3.0f} %"


def _sum(tallies: list[Tally]) -> str:
    """Range of the coverages of cells that are estimable often enough to be simulated well."""
    known = pd.Series([it.coverage for it in tallies if it.estimable >= _OFTEN], dtype=float)
    if known.empty:
        return "hardly any share is estimable"
    within = int(known.between(0.93, 0.97).sum())
    return (
        f"of {len(known)} cells that are estimable in {100 * _OFTEN:g} % of the runs or more, {within}"
        f" cover 0.93 to 0.97; least {known.min():.3f}, most {known.max():.3f}"
    )
