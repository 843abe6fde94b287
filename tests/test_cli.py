"""The command line: what it says, and what it refuses."""

import errno
import hashlib
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Edit, Reproduced
from test_incremental import NEW_TEXT, add_document, contents

from nlp.cli import _Visible, main
from nlp.pipeline import STAGES
from nlp.store.project import Project

PARAMS, MANIFEST, CODEBOOK, ENTITIES = (
    "configs/params.yaml",
    "corpus/corpus.yaml",
    "configs/codebook.yaml",
    "configs/entities.yaml",
)
CODINGS = "corpus/codings/frames.jsonl"

REFUSED: dict[str, tuple[str, str, str, list[str]]] = {
    "missing file": (MANIFEST, "texts/ash-2001.txt", "texts/gone.txt", ["ash-2001", "gone.txt is missing"]),
    "another file": (MANIFEST, "sha256: ", "sha256: 0000", ["sha256"]),
    "doubled id": (MANIFEST, "ash-2004\n", "ash-2001\n", ["ash-2001", "twice"]),
    "ids that differ in capitals": (
        MANIFEST,
        "doc_id: ash-2004",
        "doc_id: ASH-2001",
        ["ash-2001", "capitals"],
    ),
    "slash in an id": (MANIFEST, "doc_id: ash-2001", "doc_id: a/b", ["documents[1].doc_id", "'a/b'"]),
    "dots in an id": (MANIFEST, "doc_id: ash-2001", "doc_id: a..b", ["documents[1].doc_id", "'a..b'"]),
    "space in an id": (MANIFEST, "doc_id: ash-2001", "doc_id: a b", ["documents[1].doc_id", "'a b'"]),
    "path out of the corpus": (MANIFEST, "texts/ash-2001.txt", "../secret.txt", ["documents[1].file"]),
    "unknown key": (MANIFEST, "    kind: essay", "    kind: essay\n    colour: red", ["colour"]),
    "missing key": (MANIFEST, "    kind: essay\n", "", ["documents[1].kind", "required"]),
    "unknown parameter": (PARAMS, "  seed: 13", "  seed: 13\n  sed: 1", ["topics.sed"]),
    "missing parameter": (PARAMS, "  seed: 13\n", "", ["topics.seed", "required"]),
    "parameter of another type": (PARAMS, "passes: 10", "passes: ten", ["topics.passes", "integer"]),
    "doubled parameter": (PARAMS, "  seed: 13", "  seed: 13\n  seed: 14", ["line", "seed"]),
    "doubled key in the codebook": (CODEBOOK, 'version: "1"', 'version: "1"\nversion: "2"', ["line"]),
    "no as a frame": (CODEBOOK, "name: attraction", "name: no", ["frames[1].name", "'no'"]),
    "true as a frame": (CODEBOOK, "name: attraction", "name: true", ["frames[1].name", "'true'"]),
    "unknown key in the registry": (ENTITIES, "id: sarn,", "id: sarn, colour: red,", ["colour"]),
    "one name for two": (ENTITIES, "name: Tolby", "name: Sarn", ["Sarn", "tolby"]),
    "broken YAML": (ENTITIES, "entities:", "entities: [", ["line"]),
    "coding of an unknown document": (CODINGS, '"doc_id": "ash-2001"', '"doc_id": "x"', ["line 1", "'x'"]),
    "coding of an unknown frame": (CODINGS, '"attraction"', '"lure"', ["line 1", "'lure'"]),
    "coding that is no JSON": (CODINGS, '{"unit": "ash-2001-00"', '{"unit" "ash-2001-00"', ["line 1"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_before_anything_runs(
    case: str, project: Project, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    file, old, new, told = REFUSED[case]
    edit(file, {old: new})
    before = contents(project.root)
    assert main(["--project", str(project.root), "run"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"error: {file}")
    assert all(part in said for part in told)
    assert "\n  -> " in said
    after = contents(project.root)
    assert {path: after[path] for path in before} == before


CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n\t", "empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "neither encoding": (b"caf\xe9 \x81\x8d", "neither UTF-8 nor cp1252"),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_a_file_without_text_is_refused_and_loses_nothing(
    case: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = CONTENTS[case]
    replace_source(project, content)
    assert main(["--project", str(project.root), "corpus"]) == 2
    said = capsys.readouterr().err
    assert "corpus/texts/ash-2001.txt" in said
    assert told in said
    assert not list(project.work.rglob("ash-2001.parquet"))


def replace_source(project: Project, content: bytes) -> None:
    path = project.corpus / "texts" / "ash-2001.txt"
    manifest = project.corpus / "corpus.yaml"
    old, new = (hashlib.sha256(it).hexdigest() for it in (path.read_bytes(), content))
    path.write_bytes(content)
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_another_encoding_is_read_with_a_warning(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    replace_source(project, "The café of Sarn.".encode("cp1252"))
    assert main(["--project", str(project.root), "corpus"]) == 0
    assert "corpus/texts/ash-2001.txt: not UTF-8 at byte 7: read as cp1252" in caplog.text


def test_a_file_that_nobody_listed_is_mentioned(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    (project.corpus / "texts" / "stray.txt").write_text("Stray.", encoding="utf-8")
    assert main(["--project", str(project.root), "corpus"]) == 0
    assert "corpus/texts/stray.txt: not in corpus/corpus.yaml" in caplog.text


def test_a_folder_that_is_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(tmp_path), "clean"]) == 2
    assert "no configs/params.yaml here" in capsys.readouterr().err


def test_a_stage_before_its_time(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(project.root), "clean"]) == 2
    assert "run 'crossframe corpus' first" in capsys.readouterr().err


@pytest.fixture
def bridges(tmp_path: Path) -> Path:
    path = tmp_path / "bridges.txt"
    path.write_text(f"On bridges\n\n{NEW_TEXT * 20}", encoding="utf-8")
    return path


def test_add_then_read_then_remove(
    project: Project, bridges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--project", str(project.root)]
    before = contents(project.corpus)
    details = ["--author=Miller, Ann", "--author={River Board}", "--title=On bridges", "--year=2015"]
    assert main([*command, "add", str(bridges), *details, "--dry-run"]) == 0
    would = capsys.readouterr().out
    assert contents(project.corpus) == before
    assert main([*command, "add", str(bridges), *details]) == 0
    said = capsys.readouterr().out
    assert said == would.replace("would add", "added") + "next: crossframe run\n"
    assert said.startswith("added miller-river-board-2015\n")
    for line in (
        "author    Miller & River Board (Ann Miller; River Board)",
        "year      2015",
        "title     On bridges",
        "language  en  (from its words)",
        "reader    text",
        "file      corpus/texts/miller-river-board-2015.txt",
    ):
        assert f"  {line}\n" in said
    assert main([*command, "corpus"]) == 0
    assert "corpus    5 new" in capsys.readouterr().out
    assert main([*command, "remove", "miller-river-board-2015"]) == 0
    said = capsys.readouterr().out
    assert "removed miller-river-board-2015\n  file      corpus/texts/" in said
    assert said.endswith("miller-river-board-2015.txt deleted\nnext: crossframe run\n")
    assert contents(project.corpus) == before


def test_what_comes_from_files_cannot_steer_the_terminal(
    project: Project, bridges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--project", str(project.root), "add", "--author=Ann Miller"]
    assert main([*command, "--title=A\x1b[31m\x9bred", str(bridges), "--dry-run"]) == 0
    assert main([*command, "--title=A", "ill\x1b[31m\nname.txt"]) == 2
    said = capsys.readouterr()
    assert "  title     Ared\n" in said.out
    assert said.err.startswith("error: ill<U+001B>[31m⏎name.txt: no such file\n  -> ")
    record = logging.LogRecord("", logging.WARNING, "", 1, "%s is odd", ("a\x1bb\n",), None)
    assert _Visible("warning: %(message)s").format(record) == "warning: a<U+001B>b⏎ is odd"


def test_a_full_disk_is_told_with_the_file_that_was_written(
    project: Project, bridges: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    details = ["--author=Ann Miller", "--title=A", "--id=a"]
    assert main(["--project", str(project.root), "add", *details, str(bridges)]) == 2
    path = project.corpus / "texts" / "a.txt"
    assert capsys.readouterr().err.startswith(f"error: {path}: No space left on device\n")


def test_on_a_terminal_what_is_missing_is_asked_for(
    project: Project, bridges: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Ann Miller", "On bridges", "2015"])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["--project", str(project.root), "add", str(bridges)]) == 0
    assert asked[1] == f"{bridges}: title: "
    assert "added miller-2015" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ending", "code", "told"), [(EOFError, 2, "not known: authors"), (KeyboardInterrupt, 130, "stopped\n")]
)
def test_nothing_is_added_where_the_questions_are_broken_off(
    ending: type[BaseException],
    code: int,
    told: str,
    project: Project,
    bridges: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def leave(question: str) -> str:
        raise ending

    before = contents(project.corpus)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", leave)
    assert main(["--project", str(project.root), "add", str(bridges)]) == code
    assert told in capsys.readouterr().err
    assert contents(project.corpus) == before


def test_without_a_terminal_what_is_missing_is_told(
    project: Project, bridges: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert main(["--project", str(project.root), "add", str(bridges)]) == 2
    assert capsys.readouterr().err == (
        f"error: {bridges}: not known: authors (--author), title (--title)\n"
        "  -> give them with these options, or with --bib or --csl; on a terminal, crossframe asks\n"
    )


@pytest.mark.parametrize("workers", ["0", "-1", "two"])
def test_workers_must_be_a_number(workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["clean", "--workers", workers])
    assert workers in capsys.readouterr().err


def test_help_names_every_stage_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from nlp.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'pandera', 'pydantic', 'spacy', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(stage.name in done.stdout for stage in STAGES)
    assert done.stdout.endswith("[]\n")


@pytest.mark.slow
def test_run_without_git_then_again(reproduced: Reproduced, capsys: pytest.CaptureFixture[str]) -> None:
    checkout, said = reproduced
    assert [line.split()[1] for line in said.splitlines() if line.startswith("[")] == [
        stage.name for stage in STAGES
    ]
    assert "Ash" in said
    assert said.endswith("Report: outputs/report/index.html\n")
    before = contents(checkout.outputs / "tables")
    assert main(["--project", str(checkout.root), "run"]) == 0
    assert capsys.readouterr().out.count("unchanged") == len(STAGES)
    assert contents(checkout.outputs / "tables") == before
    refuse_late(checkout, capsys)


def refuse_late(checkout: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake that only a stage can see: said once, with exit code 2, and results stay."""
    before = contents(checkout.outputs / "tables")
    codings = checkout.root / CODINGS
    codings.write_text(codings.read_text(encoding="utf-8").replace('"end": ', '"end": 9'), encoding="utf-8")
    assert main(["--project", str(checkout.root), "run"]) == 2
    said = capsys.readouterr()
    assert "error: corpus/codings/frames.jsonl: unit 'ash-2001-00' ends at 9" in said.err
    assert "Traceback" not in said.out + said.err
    assert contents(checkout.outputs / "tables") == before


@pytest.mark.slow
def test_there_and_back_again_and_then_a_new_document(
    reproduced: Reproduced, capsys: pytest.CaptureFixture[str]
) -> None:
    """DVC keeps earlier results of its own; they must not mislead the records of the parts."""
    checkout = reproduced.project
    params = checkout.root / PARAMS
    first = params.read_text(encoding="utf-8")
    for text in (first.replace("heading_words: 14", "heading_words: 2"), first):
        params.write_text(text, encoding="utf-8")
        assert main(["--project", str(checkout.root), "run"]) == 0
    add_document(checkout, "clover", NEW_TEXT)
    capsys.readouterr()
    assert main(["--project", str(checkout.root), "run"]) == 0
    assert (
        capsys.readouterr().out.count("1 new, 4 kept") == 4
    )  # all but clean (new words) and features (entities)


@pytest.mark.slow
def test_a_second_run_at_once_is_told_who_is_at_work(project: Project) -> None:
    holder = (
        "import sys, pathlib; from nlp.store.lock import writing; from nlp.store.project import Project\n"
        "with writing(Project(pathlib.Path(sys.argv[1])), 'run'):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(project.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        second = [sys.executable, "-m", "nlp", "--project", str(project.root), "run"]
        done = subprocess.run(second, capture_output=True, text=True, check=False)
        other.kill()
    assert done.returncode == 2
    assert f"another run is in progress (PID {other.pid})" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("kept", [["ash-2001"], ["ash-2001", "ash-2004"]], ids=["document", "author"])
def test_one_document_or_author_is_enough_to_run(
    kept: list[str], project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_only(project, kept)
    for stage in STAGES:
        assert main(["--project", str(project.root), stage.name]) == 0
    page = project.report.read_text(encoding="utf-8")
    assert "no comparison possible" in page
    contrasts = (project.outputs / "tables" / "contrasts.md").read_text(encoding="utf-8")
    assert "no comparison possible" in contrasts
    shares = (project.outputs / "tables" / "prevalence.md").read_text(encoding="utf-8")
    assert "no comparison possible" in shares
    assert "Traceback" not in capsys.readouterr().err


def keep_only(project: Project, kept: list[str]) -> None:
    manifest = project.corpus / "corpus.yaml"
    head, *entries = manifest.read_text(encoding="utf-8").split("  - doc_id: ")
    left = [entry for entry in entries if entry.split("\n")[0] in kept]
    manifest.write_text("  - doc_id: ".join([head, *left]), encoding="utf-8")
    for codings in (project.corpus / "codings").glob("*.jsonl"):
        lines = codings.read_text(encoding="utf-8").splitlines(keepends=True)
        own = [line for line in lines if any(f'"doc_id": "{name}"' in line for name in kept)]
        codings.write_text("".join(own), encoding="utf-8")


@pytest.mark.slow
def test_without_codings_cue_words_code_alone(project: Project) -> None:
    (project.root / CODINGS).unlink()
    add_document(project, "clover", NEW_TEXT)
    for stage in STAGES:
        assert main(["--project", str(project.root), stage.name]) == 0
    page = project.report.read_text(encoding="utf-8")
    assert "No coded sample" in page
    assert "not estimable" in page
