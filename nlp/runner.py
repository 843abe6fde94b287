"""Carries out a stage: reads its tables, runs it, checks and writes what it returns, part by part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pandas as pd
from pydantic import BaseModel

from nlp import provenance, tables
from nlp.codebook import Codebook
from nlp.engine import spread
from nlp.last_run import part_names
from nlp.manifest import Manifest
from nlp.pipeline import SOURCES, WHOLE, WRITER, Stage
from nlp.registry import Registry
from nlp.software import versions
from nlp.store import codings, configs, parts, results, sources
from nlp.store.project import Project


@dataclass(frozen=True)
class Plan:
    """A stage with everything that all its parts share."""

    project: Project
    stage: Stage
    params: BaseModel
    configs: Mapping[str, BaseModel]
    manifest: Manifest
    whole: Mapping[str, tuple[str, ...]]  # hashes of the inputs that all parts read in full
    recalled: tuple[tuple[str, str], ...]  # parts of earlier runs that it recalls, with their hashes


@dataclass(frozen=True)
class Job:
    """A part to be made, with the documents in it where the stage reads sources."""

    plan: Plan
    part: str
    doc_ids: tuple[str, ...]


@dataclass(frozen=True)
class StageRun:
    """What a run of a stage did: the parts it made anew and those it kept."""

    stage: Stage
    made: tuple[str, ...]
    kept: tuple[str, ...]


def run_stage(project: Project, stage: Stage, *, workers: int = 1) -> StageRun:
    """Bring a stage's outputs up to date; parts that are current are kept.

    Raises CrossframeError for anything a user can put right; outputs are then as they were.
    """
    plan = _plan(project, stage)
    groups = _groups(plan)
    jobs = [Job(plan, part, doc_ids) for part, doc_ids in groups.items()]
    due = [job for job in jobs if not parts.is_current(project, stage.name, job.part, key(job))]
    made = tuple(spread(make_part, due, workers=workers))
    parts.drop_others(project, stage.name, stage.writes, set(groups))
    if stage.by_document:
        _publish(project, stage)
    return StageRun(stage, made, tuple(job.part for job in jobs if job.part not in made))


def check_inputs(project: Project) -> Codebook:
    """Read all that people write, so that a mistake ends a run before it has begun."""
    from nlp import corpus  # stages need not wait for each other's rooms
    from nlp.coder.alignment import check_codings
    from nlp.entities.labels import check_labels

    params = configs.read_params(project)
    manifest = configs.read_manifest(project)
    codebook, registry = (configs.read_config(project, name) for name in ("codebook", "registry"))
    sources.check_sources(project, manifest)
    assert isinstance(codebook, Codebook)
    assert isinstance(registry, Registry)
    check_labels(params.entities, registry, codings.read_coded_mentions(project, manifest))
    codes = codings.read_codings(project, manifest, codebook)
    coded = sources.read_sources(project, manifest, codes["doc_id"].unique())
    check_codings(codes, corpus.raw_texts(params.corpus, sources=coded), params.coder)
    return codebook


def make_part(job: Job) -> str:
    """Read, compute, check and write one part; returns its name."""
    stage, project = job.plan.stage, job.plan.project
    inputs: dict[str, object] = {table: _read(job, table) for table in stage.reads}
    if stage.recalls:
        inputs["earlier"] = _earlier(project, stage.recalls, job.plan.recalled)
    if stage.remembers:
        inputs["last"] = results.read_last(project, stage.remembers)
    result = room(stage).run(job.plan.params, **inputs, **job.plan.configs)
    written = [
        parts.write(project, stage.name, name, job.part, getattr(result, name)) for name in stage.writes
    ]
    if not stage.by_document:
        for name in stage.publishes:
            written += results.write_table(project, name, getattr(result, name))
    for name, shown in stage.files.items():
        written += results.write(project, shown, getattr(result, name))
    parts.record(
        project,
        stage.name,
        job.part,
        key(job),
        written,
        means=means(stage, job.plan.params, job.plan.configs),
    )
    return job.part


def _publish(project: Project, stage: Stage) -> None:
    """Put the parts of a document-by-document stage together for readers."""
    for name in stage.publishes:
        found = parts.part_names(project, stage.name, name)
        results.write_table(project, name, parts.read(project, stage.name, name, found))


def room(stage: Stage) -> ModuleType:
    """The package that does the stage's work; imported late, for it may import heavy libraries."""
    return import_module(f"nlp.{stage.name}")


def key(job: Job) -> str:
    """Hash of all that a part depends on: inputs, parameters, configuration, code and versions."""
    plan = job.plan
    inputs = {table: list(_hashes(job, table)) for table in plan.stage.reads}
    return parts.key({"inputs": inputs, "means": means(plan.stage, plan.params, plan.configs)})


def means(stage: Stage, params: BaseModel, known: Mapping[str, BaseModel]) -> str:
    """Hash of all that a stage computes with, whatever it computes from; `known` are its configs."""
    return parts.key(
        {
            "params": params.model_dump(mode="json"),
            "configs": {name: it.model_dump(mode="json") for name, it in known.items()},
            "code": code_hash(stage.name, stage.shared),
            "form": form_hash(stage.writes),
            "versions": versions(stage, params),
        }
    )


@cache
def form_hash(names: tuple[str, ...]) -> str:
    """Hash of how tables are written: what their pages say of them, columns, order, digits."""
    forms = [
        (
            name,
            tables.SCHEMAS[name].__doc__,
            [
                (column, str(it.dtype), it.description)
                for column, it in tables.SCHEMAS[name].to_schema().columns.items()
            ],
            tables.KEYS[name],
            results.table_files(name),
        )
        for name in names
    ]
    return parts.key([forms, parts.DECIMALS, results.DECIMALS, results.MAX_ROWS])


@cache
def code_hash(stage: str, shared: tuple[str, ...]) -> str:
    """Hash of the code that can change the stage's result: its room, and modules or folders beside it."""
    package = Path(__file__).parent
    files = [path for name in (stage, *shared) for path in _files(package, name)]
    return parts.key({path.relative_to(package).as_posix(): parts.file_hash(path) for path in files})


def _files(package: Path, name: str) -> list[Path]:
    if not (package / name).is_dir():
        return [package / f"{name}.py"]
    found = (package / name).rglob("*")
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def _plan(project: Project, stage: Stage) -> Plan:
    manifest = configs.read_manifest(project)
    if "sources" in stage.reads:
        sources.check_sources(project, manifest)
    params = getattr(configs.read_params(project), stage.name)
    known = {name: configs.read_config(project, name) for name in stage.configs}
    return Plan(
        project=project,
        stage=stage,
        params=params,
        configs=known,
        manifest=manifest,
        whole={
            table: tuple(_file_hashes(project, table, found))
            for table, found in _inputs(project, stage).items()
            if not _is_split(stage, table)
        },
        recalled=tuple(parts.made_with(project, stage.name, stage.recalls, means(stage, params, known))),
    )


@lru_cache(maxsize=1)
def _earlier(project: Project, table: str, recalled: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """What earlier runs have written of a table, read once for all parts of a stage."""
    return parts.read(project, WRITER[table].name, table, [part for part, _ in recalled])


def _inputs(project: Project, stage: Stage) -> dict[str, list[str]]:
    """The parts that there are of every table from another stage, or TableError."""
    return {
        name: part_names(project, name, where=f"stage {stage.name}")
        for name in stage.reads
        if name not in SOURCES
    }


def _is_split(stage: Stage, table: str) -> bool:
    """Whether each part of the stage reads just its own part of the table."""
    return stage.by_document and WRITER[table].by_document


def _groups(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The parts that the stage is to make, with the documents of each where it reads sources."""
    if not plan.stage.by_document:
        return {WHOLE: ()}
    if "sources" in plan.stage.reads:
        size = configs.read_params(plan.project).corpus.part_characters
        found = sources.group_documents(plan.project, plan.manifest, size)
        return {part: tuple(doc_ids) for part, doc_ids in found.items()}
    first = plan.stage.reads[0]
    return {part: () for part in part_names(plan.project, first, where=f"stage {plan.stage.name}")}


def _read(job: Job, table: str) -> pd.DataFrame:
    plan = job.plan
    if table == "sources":
        return sources.read_sources(plan.project, plan.manifest, job.doc_ids)
    if table == "codings":
        codebook = plan.configs["codebook"]
        assert isinstance(codebook, Codebook)
        return codings.read_codings(plan.project, plan.manifest, codebook)
    if table == "coded_mentions":
        return codings.read_coded_mentions(plan.project, plan.manifest)
    if table == "provenance":
        return provenance.read(plan.project, plan.manifest)
    if _is_split(plan.stage, table):
        return parts.read(plan.project, WRITER[table].name, table, [job.part])
    return _whole(plan.project, table, plan.whole[table]).copy(deep=False)


@lru_cache(maxsize=4)
def _whole(project: Project, table: str, hashes: tuple[str, ...]) -> pd.DataFrame:
    """All of a table, read once for all parts of a stage; `hashes` tell its versions apart."""
    writer = WRITER[table].name
    return parts.read(project, writer, table, parts.part_names(project, writer, table))


def _hashes(job: Job, table: str) -> Iterator[str]:
    """What identifies the content of an input, without reading it as a table."""
    project = job.plan.project
    if table == "sources":
        yield from sources.hashes(job.plan.manifest, job.doc_ids)
    elif table == "provenance":
        yield parts.key(provenance.read(project, job.plan.manifest).to_csv())
    elif table in SOURCES:
        yield from codings.hashes(project, job.plan.manifest, table)
    elif _is_split(job.plan.stage, table):
        yield from _file_hashes(project, table, [job.part])
    else:
        yield from job.plan.whole[table]


def _file_hashes(project: Project, table: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield parts.file_hash(parts.part_file(project, WRITER[table].name, table, name))
