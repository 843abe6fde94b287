"""store.configs: YAML is read strictly, and every problem is told with its file and its place."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from nlp.codebook import Codebook
from nlp.errors import ConfigError
from nlp.manifest import Manifest
from nlp.params import Params
from nlp.registry import Registry
from nlp.store import configs
from nlp.store.project import Project, open_project

SHIPPED = Project(Path(__file__).parents[1])
TEA = "name: tea\nspoons: 2\nsteps: [boil, pour]\n"
CODEBOOK = """\
version: "1.0"
unit: sentence
scope: floods
rules: []
stances:
  - {name: affirmed, label: Affirmed, definition: It holds., cues: []}
frames:
  - name: NAME
    label: Threat
    definition: Something may do harm.
    include: []
    exclude: []
    examples: []
    near_misses: []
    cues: [threat*]
"""


class Recipe(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    spoons: int
    steps: list[str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "configs").mkdir()
    return Project(tmp_path)


def read(project: Project, content: str | bytes) -> Recipe:
    file = project.configs / "recipe.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return configs.read_yaml(project, "configs/recipe.yaml", Recipe)


def test_a_good_file_becomes_its_model(project: Project) -> None:
    assert read(project, TEA) == Recipe(name="tea", spoons=2, steps=["boil", "pour"])


@pytest.mark.parametrize(
    ("content", "told", "hint"),
    [
        (TEA + "spoons: 3\n", "line 4: spoons: stands in line 2 too", "keep one of each"),
        ("name: tea\n spoons: 2\n", "in line 2: mapping values are not allowed", "correct the line"),
        ("name: tea\nsteps: [boil\n", "in line 3: ", "correct the line"),
        ("name: *tea\n", "in line 1: found undefined alias 'tea'", "correct the line"),
        (TEA + "---\n" + TEA, "in line 4: but found another document", "correct the line"),
        ("name: !!python/name:os.system\n", "in line 1: could not determine", "correct the line"),
        ("name: 2024-13-01\n", "not valid YAML: month must be in 1..12", "correct the line"),
        ("name: \x00\n", "not valid YAML: unacceptable character #x0000", "correct the line"),
        (b"name: caf\xe9\n", "not UTF-8 at byte 9", "save the file as UTF-8"),
        (TEA + "milk: 1\n", "line 4: milk: Extra inputs are not permitted", "correct these entries"),
        ("name: tea\nspoons: 2\n", "steps: Field required", "correct these entries"),
        (
            TEA.replace("2", "two"),
            "line 2: spoons: Input should be a valid integer",
            "correct these entries",
        ),
        (TEA.replace("2", "2.0"), "spoons: Input should be a valid integer", "correct these entries"),
        (
            TEA.replace("pour", "5"),
            "line 3: steps[2]: Input should be a valid string",
            "correct these entries",
        ),
        ("", "empty", "write its entries"),
        ("[tea, 2]", "the file: Input should be a valid dictionary", "correct these entries"),
    ],
)
def test_a_bad_file_is_told_with_place_and_remedy(
    project: Project, content: str | bytes, told: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        read(project, content)
    assert told in caught.value.problem
    assert caught.value.hint.startswith(hint)
    assert str(caught.value).startswith(f"configs/recipe.yaml: {caught.value.problem}\n  -> {hint}")


def test_all_problems_are_told_at_once(project: Project) -> None:
    with pytest.raises(ConfigError) as caught:
        read(project, "spoons: two\nsteps: [boil, 5, 6]\nmilk: 1\n")
    places = [problem.split(": ")[-2] for problem in caught.value.problem.split("; ")]
    assert places == ["name", "spoons", "steps[2]", "steps[3]", "milk"]


def test_a_missing_file_is_told(project: Project) -> None:
    with pytest.raises(ConfigError, match=r"^configs/none\.yaml: no such file\n  -> create it"):
        configs.read_yaml(project, "configs/none.yaml", Recipe)


def test_a_file_of_unlikely_size_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configs, "MAX_BYTES", len(TEA))
    assert read(project, TEA).name == "tea"
    with pytest.raises(ConfigError, match=rf"larger than {len(TEA)} bytes\n  -> split or trim"):
        read(project, TEA + "\n")


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "y"])
def test_words_stay_words(project: Project, word: str) -> None:
    assert read(project, TEA.replace("pour", word)).steps == ["boil", word]


def test_a_byte_order_mark_is_allowed(project: Project) -> None:
    assert read(project, TEA.encode("utf-8-sig")) == read(project, TEA)


@pytest.mark.parametrize("name", ["no", "off", "true", "False"])
def test_a_frame_cannot_have_a_name_that_other_readers_swallow(project: Project, name: str) -> None:
    (project.configs / "codebook.yaml").write_text(CODEBOOK.replace("NAME", name), encoding="utf-8")
    told = f"codebook.yaml: line 8: frames[1].name: name '{name.lower()}' is read as true, false or nothing"
    with pytest.raises(ConfigError, match=f"^configs/{re.escape(told)}"):
        configs.read_config(project, "codebook")


def test_a_stance_is_found_by_its_place(project: Project) -> None:
    text = CODEBOOK.replace("NAME", "threat").replace("name: affirmed", "name: no")
    (project.configs / "codebook.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"codebook\.yaml: line 6: stances\[1\]\.name: name 'no' is read as"
    ):
        configs.read_config(project, "codebook")


def test_the_shipped_files_are_valid() -> None:
    read = [configs.read_params(SHIPPED), configs.read_manifest(SHIPPED)]
    read += [configs.read_config(SHIPPED, name) for name in ("codebook", "registry")]
    assert [type(it) for it in read] == [Params, Manifest, Codebook, Registry]


def test_a_project_is_a_folder_with_parameters(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        open_project(tmp_path)
    assert caught.value.problem == "no configs/params.yaml here"
    assert caught.value.where == str(tmp_path)
    assert "--project" in caught.value.hint

    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "params.yaml").touch()
    assert open_project(tmp_path) == Project(tmp_path)


def test_messages_show_paths_from_the_project_folder(project: Project) -> None:
    assert project.shown(project.corpus / "texts" / "a.txt") == "corpus/texts/a.txt"
    assert project.shown(project.work) == "outputs/work"
