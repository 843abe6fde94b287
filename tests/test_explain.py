"""crossframe explain: why the machine codes a unit as it does, from the tables of a run."""

import shutil
from pathlib import Path

import pytest
from coded import CODEBOOK, PARAMS, SAID, UNSPLIT, Inputs, Said, corpus, learner, toy_model
from conftest import GOLDEN
from ruamel.yaml import YAML

from nlp import cli, explain, tables
from nlp.codebook import Codebook
from nlp.coder.alignment import align
from nlp.coder.machine import weights_of
from nlp.errors import CodingError, TableError
from nlp.pipeline import WRITER
from nlp.store import parts
from nlp.store.project import Project


def project_of(folder: Path, codebook: Codebook, said: Said) -> Project:
    """A project after a run, as far as explanations go; its model is the toy."""
    project = Project(folder)
    (folder / "configs").mkdir()
    (folder / "corpus").mkdir()
    params = (GOLDEN / "configs" / "params.yaml").read_text(encoding="utf-8")
    (folder / "configs" / "params.yaml").write_text(params.replace("model: none", "model: toy"), "utf-8")
    with (folder / "configs" / "codebook.yaml").open("w", encoding="utf-8") as file:
        YAML().dump(codebook.model_dump(mode="json"), file)
    inputs = corpus("a", "b", said=said, params=PARAMS, codebook=codebook)
    whole = learner(inputs, PARAMS, codebook)
    made: Inputs = {
        **{name: inputs[name] for name in ("units", "cues", "features", "embeddings")},
        "statements": whole.sample.material.statements,
        "coded_sentences": align(inputs["codings"], inputs["units"], PARAMS.min_overlap),
        "coder_weights": weights_of(whole, whole.sample.coded),
        "texts": tables.make("texts", [("a", "A", "en", "x"), ("b", "B", "en", "x")]),
    }
    for name, table in made.items():
        parts.write(project, WRITER[name].name, name, "all", table)
    return project


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_of(tmp_path_factory.mktemp("explained"), CODEBOOK, SAID)


def said_of(project: Project, unit: str) -> list[str]:
    with toy_model():
        return list(explain.lines(project, unit))


def test_a_unit_is_shown_with_codes_and_reasons(explained: Project) -> None:
    told = said_of(explained, "a:1")
    assert told[0] == SAID[1][0]
    frames = [line for line in told if line.startswith(("attraction", "coercion"))]
    assert frames[0].startswith("attraction: present (probability 0.")
    assert frames[1].startswith("coercion: absent (probability 0.")
    at = told.index(frames[0])
    assert told[at + 1] == "  final: denied"
    assert any(line.endswith("cue of attraction: attracts") for line in told)
    assert any(line.startswith("  denied (probability 0.") for line in told)
    assert any(line.endswith("cue of denied (negation): nobody") for line in told)


def test_reasons_are_as_many_as_can_be_read(explained: Project) -> None:
    told = said_of(explained, "b:4")
    blocks = "\n".join(told).split("\n\n")
    assert len(blocks) == 1 + len(CODEBOOK.frames)
    for block in blocks[1:]:
        assert sum(line[2:3] in "+-" for line in block.splitlines()) <= 2 * 12


def test_a_codebook_without_stances_has_none_to_explain(tmp_path: Path) -> None:
    said: Said = [(text, dict.fromkeys(codes, "present")) for text, codes in SAID]
    told = said_of(project_of(tmp_path, UNSPLIT, said), "a:4")
    assert told[2].startswith("attraction: ")
    assert not [line for line in told if line.startswith("  present (probability")]


@pytest.mark.parametrize(
    ("unit", "problem", "hint"),
    [
        ("a", "'a' is no unit", "ID:NUMBER"),
        ("a:", "'a:' is no unit", "ID:NUMBER"),
        (":1", "':1' is no unit", "ID:NUMBER"),
        ("a:one", "'a:one' is no unit", "ID:NUMBER"),
        ("a:99", "no unit 99 in document 'a' is coded", "from the report"),
        ("c:1", "no unit 1 in document 'c' is coded", "crossframe run"),
    ],
)
def test_unknown_units_are_refused_with_a_hint(
    explained: Project, unit: str, problem: str, hint: str
) -> None:
    with pytest.raises(CodingError, match=problem) as caught:
        said_of(explained, unit)
    assert hint in str(caught.value)


def test_before_a_run_there_is_nothing_to_explain(project: Project) -> None:
    with pytest.raises(TableError, match="or 'crossframe run' for all stages"):
        said_of(project, "ash-2001:1")


def test_without_a_coder_there_are_no_reasons(explained: Project, tmp_path: Path) -> None:
    other = Project(shutil.copytree(explained.root, tmp_path / "other"))
    parts.write(other, "coder", "coder_weights", "all", tables.make("coder_weights", []))
    with pytest.raises(CodingError, match="no coder could be trained"):
        said_of(other, "a:1")


def test_the_command_prints_it(explained: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with toy_model():
        assert cli.main(["--project", str(explained.root), "explain", "a:1"]) == 0
        printed = capsys.readouterr().out
        assert printed.splitlines() == said_of(explained, "a:1")
        assert cli.main(["--project", str(explained.root), "explain", "a:99"]) != 0
    assert "no unit 99" in capsys.readouterr().err
