"""What a run is made with: table `provenance`, read from a project's files and what is installed.

No path, time or processor, and nothing that differs between two machines with the same requirements.lock:
results are compared byte by byte.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd
from pydantic import BaseModel

import nlp
from nlp import software, tables
from nlp.embedding import NONE
from nlp.manifest import Manifest
from nlp.params import Params
from nlp.pipeline import STAGES, Stage
from nlp.store import codings, configs, inputs
from nlp.store.project import Project

Row = tuple[str, str, str, str, str]
PACKAGE = "crossframe"
ALL = "all"  # stages: what they all hang on, other than what no stage reads


def read(project: Project, manifest: Manifest) -> pd.DataFrame:
    """Table `provenance` of a project as it is now. The hashes of texts are those of the manifest."""
    params = configs.read_params(project)
    rows = [
        *_texts(manifest),
        *_inputs(project),
        *_parameters(params),
        *_libraries(project),
        *_models(params),
        *_citation(),
    ]
    return tables.check("provenance", tables.make("provenance", rows))


def _texts(manifest: Manifest) -> Iterator[Row]:
    readers = _stages(lambda it: "sources" in it.reads)
    for it in manifest.documents:
        yield "text", f"corpus/{it.file}", it.sha256, it.rights, readers


def _inputs(project: Project) -> Iterator[Row]:
    read_by = dict.fromkeys((configs.PARAMS, configs.MANIFEST, inputs.LOCK), ALL)
    read_by |= {shown: _stages(partial(_takes, name)) for name, (shown, _) in configs.CONFIGS.items()}
    read_by |= {shown: _stages(partial(_takes, name)) for name, shown in codings.FILES.items()}
    for shown, found in inputs.hashes(project):
        yield "input", shown, found, "", read_by.get(shown, "")


def _takes(name: str, stage: Stage) -> bool:
    return name in {*stage.reads, *stage.configs}


def _stages(wanted: Callable[[Stage], bool]) -> str:
    return ", ".join(stage.name for stage in STAGES if wanted(stage))


def _parameters(params: Params) -> Iterator[Row]:
    staged = {stage.name for stage in STAGES}
    for name in Params.model_fields:
        section = getattr(params, name)
        for key, value in section.model_dump(mode="json").items():
            said = str(type(section).model_fields[key].description)
            yield "parameter", f"{name}.{key}", _written(value), said, name if name in staged else ""


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _libraries(project: Project) -> Iterator[Row]:
    locked = inputs.locked(project)
    about = software.about(PACKAGE)
    yield "software", PACKAGE, nlp.__version__, software.licence(PACKAGE), ALL
    yield "software", "Python", about.get("Requires-Python", ""), "", ALL
    for name in sorted({name for stage in STAGES for name in stage.libraries}):
        users = _stages(lambda it: name in it.libraries)  # noqa: B023
        yield "software", name, _version(name, locked), software.licence(name), users


def _version(name: str, locked: dict[str, list[tuple[str, str]]]) -> str:
    """The installed version; where it is one of several that the lock has for several Pythons, them all."""
    installed = str(software.about(name)["Version"])
    known = locked.get(inputs.normal(name), [])
    if not known:
        return installed
    if installed not in {version for version, _ in known}:
        return f"{installed}, other than in {inputs.LOCK}"
    return ", ".join(f"{version} ({where})" if where else version for version, where in known)


def _models(params: Params) -> Iterator[Row]:
    users: dict[tuple[str, str], list[str]] = {}
    for stage in STAGES:
        if stage.model:
            _, name, version = software.model(stage, _section(params, stage))
            users.setdefault((name, version.removeprefix(f"{name} ")), []).append(stage.name)
    for (name, version), names in users.items():
        if name != NONE:
            yield "model", name, version, software.licence(name), ", ".join(names)


def _section(params: Params, stage: Stage) -> BaseModel:
    section = getattr(params, stage.name)
    assert isinstance(section, BaseModel)
    return section


def _citation() -> Iterator[Row]:
    about = software.about(PACKAGE)
    if {"Author", "Summary"} <= set(about):
        yield "citation", "author", about["Author"], "", ""
        yield "citation", "title", about["Summary"], "", ""
        yield "citation", "version", nlp.__version__, "", ""
