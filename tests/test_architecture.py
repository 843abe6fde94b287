"""STAGES, dvc.yaml, params.yaml, the command line, the rooms and the tables tell one story."""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from nlp import arguments, params, tables
from nlp.pipeline import BY_NAME, SOURCES, STAGES, WRITER, Stage
from nlp.runner import room
from nlp.store.configs import CONFIGS
from nlp.store.copies import NEEDED
from nlp.store.results import table_files

PACKAGE = ROOT / "nlp"
DVC: dict[str, Any] = YAML(typ="safe", pure=True).load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))[
    "stages"
]
SOURCE_FILES = {
    "sources": ["corpus/corpus.yaml", "corpus/texts"],
    "codings": ["corpus/codings"],
    "coded_mentions": ["corpus/codings"],
    "provenance": [
        "nlp/provenance.py",
        "configs/params.yaml",
        "corpus/corpus.yaml",
        "corpus/texts",
        "corpus/codings",
    ],
}
COMMANDS = {
    "run",
    "add",
    "remove",
    "show",
    "explain",
    "simulate",
    "sample",
    "import",
    "diff",
    "verify",
}  # those beside the stages
# Root modules without numbers of their own; the form of tables has a hash of its own.
NEUTRAL = {"tables", "params", "errors", "pipeline"}

each_stage = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)


def test_stages_are_named_alike_everywhere() -> None:
    names = [stage.name for stage in STAGES]
    assert list(DVC) == names
    assert list(params.Params.model_fields) == [*names, "labelling"]
    assert [name for name in _subcommands() if name not in COMMANDS] == names
    assert all((PACKAGE / name / "__init__.py").is_file() for name in names)


def _subcommands() -> list[str]:
    actions = arguments.parser()._subparsers
    assert actions is not None
    return list(actions._group_actions[0].choices or [])


@each_stage
def test_a_stage_takes_its_params_and_just_what_it_reads(stage: Stage) -> None:
    signature = inspect.signature(room(stage).run)
    first, *given = signature.parameters.values()
    assert first.name == "params"
    assert first.annotation is params.Params.model_fields[stage.name].annotation
    assert [it.name for it in given] == [
        *stage.reads,
        *stage.configs,
        *(["earlier"] if stage.recalls else []),
        *(["last"] if stage.remembers else []),
    ]
    assert all(it.kind is it.KEYWORD_ONLY for it in given)


@each_stage
def test_a_stage_returns_just_what_it_writes(stage: Stage) -> None:
    assert list(room(stage).Result._fields) == [*stage.writes, *stage.files]
    assert set(stage.publishes) <= set(stage.writes)
    assert set(stage.remembers) <= set(stage.publishes)


@each_stage
def test_dvc_knows_what_a_stage_depends_on(stage: Stage) -> None:
    entry = DVC[stage.name]
    assert entry["cmd"] == f"crossframe {stage.name}"
    assert entry["desc"] == stage.does
    assert entry["params"] == [{"configs/params.yaml": [stage.name]}]
    assert entry["deps"] == list(_dependencies(stage))


def _dependencies(stage: Stage) -> Iterator[str]:
    yield from ("requirements.lock", "nlp/runner.py", "nlp/software.py", "nlp/store", "nlp/tables")
    yield f"nlp/{stage.name}"
    yield from (f"nlp/{module}" if _is_folder(module) else f"nlp/{module}.py" for module in stage.shared)
    yield from (CONFIGS[name][0] for name in stage.configs)
    for table in stage.reads:
        yield from SOURCE_FILES.get(table) or [f"outputs/work/{WRITER[table].name}/{table}"]


@each_stage
def test_dvc_knows_what_a_stage_makes(stage: Stage) -> None:
    entry = DVC[stage.name]
    made = {
        path: how for kind in ("outs", "metrics") for it in entry.get(kind, []) for path, how in it.items()
    }
    private = {f"outputs/work/{stage.name}/{table}" for table in stage.writes}
    public = {path for table in stage.publishes for path in table_files(table)} | set(stage.files.values())
    assert set(made) == private | public
    assert all(how["persist"] for how in made.values())
    assert {path for path, how in made.items() if how.get("cache") is False} == public


@each_stage
def test_the_modules_that_take_part_are_named(stage: Stage) -> None:
    """What a room imports beside itself is part of its key, or its results would outlive a change."""
    used, todo = {stage.name}, {stage.name}
    while todo:
        todo = {name for module in todo - NEUTRAL for name in _imported(module)} - used
        used |= todo
    assert used - {stage.name} - NEUTRAL == set(stage.shared)


def _imported(module: str) -> Iterator[str]:
    """What a module or folder of the package imports of the package."""
    for path in (PACKAGE / module).rglob("*.py") if _is_folder(module) else [PACKAGE / f"{module}.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "nlp":
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nlp."):
                yield str(node.module).split(".")[1]


def _is_folder(module: str) -> bool:
    return (PACKAGE / module).is_dir()


@each_stage
def test_every_parameter_is_used_by_its_stage(stage: Stage) -> None:
    section = params.Params.model_fields[stage.name].annotation
    assert section is not None
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / stage.name).rglob("*.py"))
    elsewhere = (PACKAGE / "runner.py").read_text(encoding="utf-8")
    for name in section.model_fields:
        assert f"params.{name}" in code or f".{stage.name}.{name}" in elsewhere, name


def test_every_parameter_explains_itself() -> None:
    for section in params.Params.model_fields.values():
        assert section.annotation is not None
        assert all(field.description for field in section.annotation.model_fields.values())
        assert all(field.is_required() for field in section.annotation.model_fields.values())


def test_every_table_has_a_writer_a_schema_and_a_key() -> None:
    assert set(tables.SCHEMAS) == set(tables.KEYS) == {*WRITER, *SOURCES}
    read = {table for stage in STAGES for table in stage.reads}
    assert set(tables.SCHEMAS) - read <= {table for stage in STAGES for table in stage.publishes}


def test_a_copy_to_run_has_all_that_dvc_asks_for() -> None:
    asked = {path for entry in DVC.values() for path in [*entry["deps"], *entry["params"][0]]}
    sources = {path for path in asked if not path.startswith("outputs/")}
    assert all(any(path == it or path.startswith(f"{it}/") for it in NEEDED) for path in sources)


def test_only_one_module_calls_git() -> None:
    calling = [path.name for path in PACKAGE.rglob("*.py") if '["git"' in path.read_text(encoding="utf-8")]
    assert calling == ["revisions.py"]


def test_tables_are_read_after_they_are_written() -> None:
    known = set(SOURCES)
    for stage in STAGES:
        assert set(stage.reads) <= known
        known |= set(stage.writes)


def test_every_column_is_described() -> None:
    for name, schema in tables.SCHEMAS.items():
        columns = schema.to_schema().columns
        assert all(column.description for column in columns.values()), name
        assert set(tables.KEYS[name]) <= set(columns)


def test_work_by_document_starts_from_work_by_document() -> None:
    for stage in STAGES:
        if stage.by_document and stage.name != "corpus":
            assert WRITER[stage.reads[0]].by_document


def test_no_room_without_a_name() -> None:
    assert not [
        path
        for path in PACKAGE.rglob("*.py")
        if path.stem in {"utils", "helpers", "common", "base", "misc"}
    ]


def test_files_stay_short() -> None:
    code = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]
    assert not [path for path in code if len(path.read_text(encoding="utf-8").splitlines()) > 300]


def test_nothing_is_pickled() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert not re.search(r"import (pickle|joblib)|\.load\(.*allow_pickle=True", code)


def test_the_program_knows_nothing_of_its_first_corpus() -> None:
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".py", ".html", ".css", ".js"}:
            assert not re.search(
                r"Russia|Putin|Kremlin|Moscow|soft.power", path.read_text(encoding="utf-8")
            ), path


def test_stage_names_lead_to_stages() -> None:
    assert [BY_NAME[stage.name] for stage in STAGES] == list(STAGES)
