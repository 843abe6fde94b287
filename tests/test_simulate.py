"""simulate: made-up populations are what they should be, and the intervals of shares hold in them."""

from collections.abc import Mapping

import numpy as np
import pytest
from conftest import ROOT

from nlp import tables
from nlp.cli import main
from nlp.params import CompareParams
from nlp.simulate import authors_of
from nlp.simulate.coverage import Plan, by_share, of_differences, simulate
from nlp.simulate.population import Machine, Stratum, codes, draw_blocks, indicators, predicted
from nlp.store import configs, parts
from nlp.store.project import Project

SIZES = {"A": (Stratum(160, 96, 8),), "B": (Stratum(100, 48, 4), Stratum(57, 36, 3))}
PLAN = Plan(
    authors=SIZES,
    shares=(0.1, 0.2, 0.4),
    band=0.2,
    correlations=(0.0, 0.1, 0.2, 0.3),
    machine=Machine(0.65, 0.65),
    runs=150,
    seed=1,
)


@pytest.fixture(scope="module")
def params() -> CompareParams:
    return configs.read_params(Project(ROOT)).compare


# ---- populations ------------------------------------------------------------------------------------


@pytest.mark.parametrize("correlation", [0.0, 0.2])
def test_units_of_a_block_are_as_alike_as_asked_for(correlation: float) -> None:
    """Pairs of neighbours in blocks of two: each category, and the union, has its share and correlation."""
    made = codes(np.random.default_rng(1), np.arange(40_000) // 2, np.array([0.3, 0.2]), correlation)
    categories = indicators(made, 2)
    for units, share in zip([*categories.T, categories.sum(axis=1)], (0.3, 0.2, 0.5), strict=True):
        assert units.mean() == pytest.approx(share, abs=0.015)
        assert np.corrcoef(*units.reshape(-1, 2).T)[0, 1] == pytest.approx(correlation, abs=0.03)


def test_the_machine_errs_as_asked_for() -> None:
    random, shares = np.random.default_rng(2), np.array([0.2, 0.1])
    code = codes(random, np.arange(50_000), shares, 0.0)
    guess = predicted(random, code, shares, Machine(recall=0.7, precision=0.6))
    there, seen = code < 2, guess < 2
    assert (seen & there).sum() / there.sum() == pytest.approx(0.7, abs=0.02)
    assert (seen & there).sum() / seen.sum() == pytest.approx(0.6, abs=0.02)


def test_blocks_are_drawn_within_documents() -> None:
    random = np.random.default_rng(3)
    strata = (Stratum(100, 60, 5), Stratum(57, 36, 3), Stratum(40, 0, 0))
    for _ in range(20):
        drawn = draw_blocks(random, strata)
        for number, it in enumerate(strata):
            own = drawn.stratum == number
            assert own.sum() == it.units
            assert len(set(drawn.block[own & drawn.coded])) == it.blocks
            whole = [drawn.coded[drawn.block == name].all() for name in set(drawn.block[own & drawn.coded])]
            assert all(whole)


# ---- coverage ---------------------------------------------------------------------------------------


def test_intervals_hold_what_they_promise(params: CompareParams) -> None:
    """Nominal 95 %; of each tally there are some hundred cells, which are not independent."""
    runs = simulate(PLAN, params)
    found = {(author, share): tally for author, share, tally in by_share(runs, PLAN)}
    assert {it.cells > 0 for it in found.values()} == {True}
    assert all(0.91 <= it.coverage <= 0.99 for it in found.values())
    assert all(it.estimable > 0.8 for (_, share), it in found.items() if share >= 0.2)
    everything = [it.coverage for it in found.values()]
    assert np.mean(everything) == pytest.approx(0.955, abs=0.02)
    between = [it.coverage for _, it in of_differences(runs, PLAN, params)]
    assert all(0.91 <= it <= 0.99 for it in between)


def test_more_coded_blocks_make_narrower_intervals(params: CompareParams) -> None:
    authors = {"few": (Stratum(300, 60, 5),), "many": (Stratum(300, 180, 15),)}
    plan = PLAN._replace(authors=authors, shares=(0.3,), runs=30)
    few, many = (it for _, _, it in by_share(simulate(plan, params), plan))
    assert many.width < 0.6 * few.width


def test_the_same_seed_gives_the_same_numbers(params: CompareParams) -> None:
    plan = PLAN._replace(runs=3)
    one, same, other = (list(by_share(simulate(plan._replace(seed=it), params), plan)) for it in (1, 1, 2))
    np.testing.assert_equal(one, same)
    assert one != other


# ---- the command ------------------------------------------------------------------------------------


def coded(project: Project, blocks: Mapping[str, list[str]]) -> None:
    """Writes table `validation`: the block of each sentence of each document."""
    rows = [
        ("author", "cues", doc_id, number, "frame", 0.5, False, "", 0.5, block, None, False, "")
        for doc_id, names in blocks.items()
        for number, block in enumerate(names)
    ]
    parts.write(project, "coder", "validation", "all", tables.make("validation", rows))


def test_sizes_are_those_of_the_project(project: Project) -> None:
    documents = configs.read_manifest(project).documents
    one, other = documents[0], documents[1]
    coded(project, {one.doc_id: [*"aabb", "", ""], other.doc_id: ["", *"cc"]})
    found = authors_of(project)
    assert Stratum(6, 4, 2) in found[one.author]
    assert Stratum(3, 2, 1) in found[other.author]


def test_the_command_shows_coverage(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    document = configs.read_manifest(project).documents[0]
    coded(project, {document.doc_id: [f"{number // 6}" if number < 60 else "" for number in range(90)]})
    arguments = ["--runs", "20", "--shares", "0.3", "--correlations", "0.1", "0"]
    assert main(["--project", str(project.root), "simulate", *arguments]) == 0
    said = capsys.readouterr().out
    assert f"{document.author}: 90 sentences, 60 coded in 10 blocks; documents: 1" in said
    assert said.count("Correlation within blocks") == 3  # each, and mixed
    assert "±" in said


@pytest.mark.parametrize(
    ("arguments", "told"), [([], "needs table validation"), (["--shares", "0"], "no interval to test")]
)
def test_what_cannot_be_simulated_is_refused(
    project: Project, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["--project", str(project.root), "simulate", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_without_coded_sentences_there_are_no_sizes(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    coded(project, {})
    assert main(["--project", str(project.root), "simulate"]) == 2
    assert "no coded sentences" in capsys.readouterr().err
