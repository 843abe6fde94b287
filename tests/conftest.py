"""What several test files share: the golden project, in memory and on disk."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import settings

from nlp import provenance
from nlp import tables as schemas
from nlp.codebook import Codebook, Frame, Stance
from nlp.pipeline import STAGES
from nlp.runner import room, run_stage
from nlp.store import codings, configs, sources
from nlp.store.project import Project

pytest_plugins = ("browsing",)

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"

Tables = dict[str, pd.DataFrame]

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


def small_codebook(frames: Mapping[str, Sequence[str]], stances: Mapping[str, Sequence[str]]) -> Codebook:
    """A codebook of names and their cues, with nothing else in it."""
    return Codebook(
        version="1",
        unit="sentence",
        scope="",
        frames=[
            Frame(
                name=name,
                label=name,
                definition="",
                include=[],
                exclude=[],
                examples=[],
                near_misses=[],
                cues={"": list(cues)},
            )
            for name, cues in frames.items()
        ],
        stances=[
            Stance(name=name, label=name, definition="", cues={"": list(cues)})
            for name, cues in stances.items()
        ],
        rules=[],
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden tables anew; then read the diff"
    )


def run_in_memory(project: Project) -> tuple[Tables, dict[str, Any]]:
    """All tables and results of a project, without writing a file."""
    params, manifest = configs.read_params(project), configs.read_manifest(project)
    known: dict[str, Any] = {name: configs.read_config(project, name) for name in configs.CONFIGS}
    tables: Tables = {
        "sources": sources.read_sources(project, manifest, [it.doc_id for it in manifest.documents]),
        "codings": codings.read_codings(project, manifest, known["codebook"]),
        "coded_mentions": codings.read_coded_mentions(project, manifest),
        "provenance": provenance.read(project, manifest),
    }
    results: dict[str, Any] = {}
    for stage in STAGES:
        given = {name: tables[name] for name in stage.reads} | {name: known[name] for name in stage.configs}
        if stage.recalls:
            given["earlier"] = schemas.make(stage.recalls, [])
        if stage.remembers:
            given["last"] = {name: schemas.make(name, []) for name in stage.remembers}
        result = room(stage).run(getattr(params, stage.name), **given)
        tables |= {name: getattr(result, name) for name in stage.writes}
        results |= {f"{stage.name}.{name}": getattr(result, name) for name in stage.files}
    return tables, results


@pytest.fixture(scope="session")
def golden() -> tuple[Tables, dict[str, Any]]:
    """Tables and results of the golden corpus: the one place where tests load the language model."""
    return run_in_memory(Project(GOLDEN))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The golden project in a folder of its own."""
    return copy_golden(tmp_path / "project")


def copy_golden(folder: Path) -> Project:
    for part in ("configs", "corpus"):
        shutil.copytree(GOLDEN / part, folder / part)
    return Project(folder)


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The golden project after a run of all stages; nobody writes here."""
    project = copy_golden(tmp_path_factory.mktemp("first") / "project")
    for stage in STAGES:
        run_stage(project, stage)
    return project


@pytest.fixture
def ran(project: Project, first_run: Project) -> Project:
    """The golden project in a folder of its own, with the outputs of a run."""
    shutil.copytree(first_run.outputs, project.outputs)
    return project


@pytest.fixture
def checkout(tmp_path: Path) -> Project:
    """The golden project with all that DVC needs, in a folder with a space in its name and no git."""
    return _check_out(tmp_path / "a folder")


def _check_out(folder: Path) -> Project:
    shutil.copytree(GOLDEN, folder, ignore=shutil.ignore_patterns("expected", "outputs"))
    shutil.copytree(ROOT / "nlp", folder / "nlp", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".dvc").mkdir()
    for file in ("dvc.yaml", ".dvcignore", ".dvc/config", "requirements.lock"):
        shutil.copy(ROOT / file, folder / file)
    return Project(folder)


class Reproduced(NamedTuple):
    """A checkout after a run through DVC, and what the run has said."""

    project: Project
    said: str


@pytest.fixture(scope="session")
def first_reproduction(tmp_path_factory: pytest.TempPathFactory) -> Reproduced:
    """Nobody writes here."""
    project = _check_out(tmp_path_factory.mktemp("reproduction") / "a folder")
    command = [sys.executable, "-m", "nlp", "--project", str(project.root), "run"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return Reproduced(project, done.stdout)


@pytest.fixture
def reproduced(first_reproduction: Reproduced, tmp_path: Path) -> Reproduced:
    """The same in a folder of its own."""
    shutil.copytree(first_reproduction.project.root, tmp_path / "a folder")
    return first_reproduction._replace(project=Project(tmp_path / "a folder"))


Edit = Callable[[str, Mapping[str, str]], None]


@pytest.fixture
def edit(project: Project) -> Edit:
    """`edit("configs/params.yaml", {"old": "new"})` changes a file of the project."""

    def change(file: str, replacements: Mapping[str, str]) -> None:
        path = project.root / file
        text = path.read_text(encoding="utf-8")
        for old, new in replacements.items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    return change
