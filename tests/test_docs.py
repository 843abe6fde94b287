"""What the documents say of the code is what the code says."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

from nlp.pipeline import STAGES


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("path", "text"), _generator().pages().items(), ids=lambda it: Path(str(it)).stem[:20]
)
def test_generated_pages_are_current(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "run 'make docs'"


PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/design.md",
    "docs/labelling.md",
    "docs/topics.md",
    "docs/comparisons.md",
    "docs/verify.md",
    "docs/report.md",
    "corpus/README.md",
]


@pytest.mark.parametrize("name", [*PAGES, "corpus/codings/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_readme_shows_the_doors() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_design_names_every_room_and_module() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    named = [stage.name for stage in STAGES]
    modules = [path.stem for path in (ROOT / "nlp").glob("*.py") if not path.stem.startswith("__")]
    for name in [*named, *modules]:
        assert re.search(rf"^  {name}(\.py|/)", design, re.MULTILINE), name


def test_every_key_of_an_address_is_told() -> None:
    script = (ROOT / "nlp" / "report" / "script" / "query.js").read_text(encoding="utf-8")
    lists = re.findall(r"^const \w*KEYS = \[(.*)\];$", script, re.MULTILINE)
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)
    assert {it for row in rows for it in re.findall(r"`(\w+)`", row)} == {
        it for row in lists for it in re.findall(r'"(\w+)"', row)
    }
