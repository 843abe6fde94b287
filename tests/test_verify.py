"""`crossframe verify`: a run elsewhere, and the report of it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Reproduced
from history import begin, commit, git, write
from test_incremental import contents

from nlp import dvc, verify
from nlp.cli import main
from nlp.store import copies, published
from nlp.store.project import Project
from nlp.verify.claims import Verdict
from nlp.verify.comparison import DIFFERS, IDENTICAL, NOT_MADE, File

TABLE = "outputs/tables/shares.csv"
RESULTS = {
    TABLE: b"author,share\nA,0.25\n",
    "outputs/report/index.html": b"<p>",
    "dvc.lock": b"stages: {}\n",
}
CLAIM = "claims:\n  - {sentence: So., table: shares, row: {author: A}, column: share, at_least: LIMIT}\n"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary folders are made."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, elsewhere: Path) -> dict[str, bytes]:
    """What runs make, to be changed by the test; the last copy is kept in `copy/` for it to look at."""
    results = dict(RESULTS)

    def reproduce(copy: Project, *, say: Callable[[str], None], own_code: bool, **_: Any) -> int:
        assert own_code
        assert copy.root.parent == elsewhere
        shutil.copytree(copy.root, elsewhere.parent / "copy", dirs_exist_ok=True)
        say("[1/1] all")
        write(copy, results)
        return 0

    monkeypatch.setattr(dvc, "reproduce", reproduce)
    return results


@pytest.fixture
def project(project: Project, tmp_path: Path) -> Project:
    """The golden project with results, not in a repository yet."""
    write(project, RESULTS)
    return project


def run_verify(project: Project) -> int:
    return main(["--project", str(project.root), "verify"])


Said = pytest.CaptureFixture[str]


def test_the_same_results_are_verified_and_nothing_is_touched(
    project: Project, made: Mapping[str, bytes], tmp_path: Path, elsewhere: Path, capsys: Said
) -> None:
    begin(tmp_path, project)  # in a folder of the repository
    head = commit(project, {"outputs/claims.yaml": CLAIM.replace("LIMIT", "0.25")})
    before = contents(project.root)
    assert run_verify(project) == 0
    assert capsys.readouterr().out.splitlines() == [
        "[1/1] all",
        "",
        f"A new run, compared with HEAD ({head[:10]})",
        "  3 files identical",
        "",
        "Claims",
        "  holds:         So. share is 0.25 (claimed: at least 0.25)",
        "",
        "Verified: 3 files compared, 1 claim checked",
    ]
    assert contents(project.root) == before
    assert list(elsewhere.iterdir()) == []


def test_other_results_and_false_claims_are_told(
    project: Project, made: dict[str, bytes], tmp_path: Path, capsys: Said
) -> None:
    begin(tmp_path, project)
    commit(project, {"outputs/claims.yaml": CLAIM.replace("LIMIT", "0.25")})
    made[TABLE] = b"author,share\nA,0.2\n"
    assert run_verify(project) == 1
    told = capsys.readouterr().out
    assert f"  2 files identical\n  {TABLE}: differs\n    line 2: '0.25' -> '0.2'\n" in told
    assert "  does not hold: So. share is 0.2 (claimed: at least 0.25)\n" in told
    assert "\nNot verified: 1 file and 1 claim at odds with the new run\n  -> run " in told


def test_committed_is_what_head_has_and_run_is_what_lies_on_disk(
    project: Project, made: Mapping[str, bytes], tmp_path: Path, capsys: Said
) -> None:
    begin(tmp_path, project)
    commit(project, {})
    write(project, {TABLE: "other", "configs/new.yaml": "a: 1\n", "corpus/texts/stray.txt": "Stray."})
    assert run_verify(project) == 0
    told = capsys.readouterr().out
    assert "which 2 differ from HEAD: configs/new.yaml; corpus/texts/stray.txt\n" in told
    assert (tmp_path / "copy" / "configs" / "new.yaml").is_file()


def test_without_git_results_are_held_against_those_in_the_folder(
    project: Project, made: Mapping[str, bytes], capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.root.parent))
    assert run_verify(project) == 0
    assert "compared with the files in this folder: no git repository" in capsys.readouterr().out


def test_in_a_repository_without_its_results_they_are_held_against_those_in_the_folder(
    project: Project, made: Mapping[str, bytes], tmp_path: Path, capsys: Said
) -> None:
    begin(tmp_path, project)
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message=other matters")
    assert run_verify(project) == 0
    assert "compared with the files in this folder: HEAD has no results\n" in capsys.readouterr().out


def test_a_copy_has_what_a_run_needs_and_of_results_only_what_topics_remember(
    project: Project, made: Mapping[str, bytes], tmp_path: Path
) -> None:
    write(
        project, {"outputs/work/a/b": "", "nlp/__pycache__/a.pyc": "", "notes.txt": "", ".dvc/cache/a": ""}
    )
    write(project, {"nlp/a.py": "", "outputs/tables/topic_quality.csv": "topic\n", ".dvc/config": ""})
    assert run_verify(project) == 0
    copied = contents(tmp_path / "copy")
    sources = {shown for shown in contents(project.root) if shown.startswith(("corpus/", "configs/"))}
    assert {it for it in copied if not it.startswith(("corpus/", "configs/"))} == {
        "nlp/a.py",
        ".dvc/config",
        "outputs/tables/topic_quality.csv",
    }
    assert {it for it in copied if it.startswith(("corpus/", "configs/"))} == sources


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"outputs/claims.yaml": "claims: 1\n"}, "error: outputs/claims.yaml: line 1: claims: "),
        (
            {"outputs/claims.yaml": "claims: []\nclaims: []\n"},
            "error: outputs/claims.yaml: line 2: claims: stands",
        ),
        ({"configs/codebook.yaml": "a: 1\n"}, "error: configs/codebook.yaml: "),
    ],
)
def test_mistakes_are_told_before_anything_runs(
    files: Mapping[str, str], told: str, project: Project, made: Mapping[str, bytes], capsys: Said
) -> None:
    write(project, files)
    assert run_verify(project) == 2
    said = capsys.readouterr()
    assert said.err.startswith(told)
    assert said.out == ""


def test_without_results_there_is_nothing_to_verify(
    project: Project, made: Mapping[str, bytes], capsys: Said
) -> None:
    for shown in RESULTS:
        (project.root / shown).unlink()
    assert run_verify(project) == 2
    assert capsys.readouterr().err == "error: outputs: no results yet\n  -> run 'crossframe run' first\n"


@pytest.mark.parametrize(("ending", "code"), [(KeyboardInterrupt, 130), (OSError(28, "No space left"), 2)])
def test_the_copy_goes_however_it_ends(
    ending: Any, code: int, project: Project, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def fail(*_: Any, **__: Any) -> int:
        raise ending

    monkeypatch.setattr(dvc, "reproduce", fail)
    before = contents(project.root)
    assert run_verify(project) == code
    assert list(elsewhere.iterdir()) == []
    assert contents(project.root) == before
    assert "next run goes on" not in capsys.readouterr().err


def test_a_stage_that_fails_is_no_verdict(
    project: Project, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr(dvc, "reproduce", lambda *_, **__: 2)
    assert run_verify(project) == 2
    assert capsys.readouterr().out == ""
    assert list(elsewhere.iterdir()) == []


def test_files_that_agree_are_counted_and_others_told() -> None:
    files = [File(f"a{it}", IDENTICAL) for it in range(3)]
    files += [File(f"b{it}", DIFFERS, ("x\x1b",)) for it in range(22)] + [File("c", NOT_MADE)]
    against = published.Committed({}, None, "no git")
    told = verify.lines(verify.Outcome(against, [], files, []))
    assert told[2:5] == ["  3 files identical", "  b0: differs", "    x<U+001B>"]
    assert told[-3:-1] == ["  and 3 more files so", ""]
    assert told[-1].startswith("Not verified: 23 files at odds with the new run\n  -> ")


def test_sentences_cannot_steer_the_terminal() -> None:
    from nlp.claims import Claim

    claim = Claim(sentence="So\x1b\n.", table="t", row={}, column="c", at_least=1)
    against = published.Committed({}, None, "no git")
    told = verify.lines(verify.Outcome(against, [], [], [Verdict(claim, False, "c is \x1b")]))
    assert told[-3] == "  does not hold: So<U+001B>⏎. c is <U+001B> (claimed: at least 1)"


def test_published_is_all_under_outputs_but_work_claims_and_hidden_files(project: Project) -> None:
    for shown in (
        "outputs/work/a.csv",
        "outputs/claims.yaml",
        "outputs/tables/.a.csv.1.tmp",
        "outputs/.gitkeep",
    ):
        write(project, {shown: ""})
    assert published.on_disk(project) == RESULTS
    assert published.tables(RESULTS) == {"shares": RESULTS[TABLE]}


def test_who_writes_is_not_copied(project: Project) -> None:
    """While another process changes the corpus, there is nothing whole to copy."""
    holder = (
        "import sys, pathlib; from nlp.store.lock import alone; from nlp.store.project import Project\n"
        "with alone(Project(pathlib.Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(project.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert run_verify(project) == 2
        other.kill()


PIPELINE = """stages:
  corpus:
    cmd: {python} -P -c "import nlp, time; print(nlp.__file__, flush=True); time.sleep({seconds})"
"""


def one_stage(folder: Path, seconds: int) -> Project:
    """A project whose only stage says which program it is, and sleeps."""
    pipeline = PIPELINE.format(python=sys.executable, seconds=seconds)
    files = {"dvc.yaml": pipeline, ".dvc/config": "", "nlp/__init__.py": "", "configs/params.yaml": "{}"}
    write(Project(folder), files)
    return Project(folder)


@pytest.mark.slow
def test_stages_run_the_code_of_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    project, said = one_stage(tmp_path / "a b", 0), list[str]()
    for own_code in (True, False):
        (project.root / "dvc.lock").unlink(missing_ok=True)
        dvc.reproduce(
            project, say=said.append, complain=said.append, skipped=said.append, own_code=own_code
        )
    own, other = (it for it in said if not it.startswith(">"))
    assert own == str(project.root / "nlp" / "__init__.py")
    assert other == str(ROOT / "nlp" / "__init__.py")


INTERRUPTED = """
import sys
from pathlib import Path
from nlp import dvc
from nlp.store import copies
from nlp.store.project import Project

def say(line):
    print(line, flush=True)

with copies.temporary(Project(Path(sys.argv[1])), {}) as copy:
    dvc.reproduce(copy, say=say, complain=say, skipped=say)
"""


@pytest.mark.slow
def test_ctrl_c_ends_the_run_and_then_takes_the_copy_away(tmp_path: Path) -> None:
    project, elsewhere = one_stage(tmp_path / "project", 60), tmp_path / "elsewhere"
    elsewhere.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(project.root)],
        env={**os.environ, "TMPDIR": str(elsewhere)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a terminal sends Ctrl-C to all that is in its foreground
        text=True,
    ) as process:
        assert process.stdout is not None
        while not process.stdout.readline().endswith("__init__.py\n"):
            assert process.poll() is None
        assert len(list(elsewhere.iterdir())) == 1
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.slow
def test_a_run_is_verified_by_a_run(
    reproduced: Reproduced, tmp_path: Path, elsewhere: Path, capsys: Said
) -> None:
    checkout = reproduced.project
    begin(tmp_path, checkout)
    write(checkout, {".gitignore": "/outputs/work/\n__pycache__/\n"})
    git(checkout.root, "add", "--all", ".")
    git(checkout.root, "commit", "--quiet", "--message=results")
    before = contents(checkout.root)
    assert before.pop("outputs/work/.stage.pid")  # who held the locks last
    assert before.pop("outputs/work/.run.pid")
    capsys.readouterr()
    assert run_verify(checkout) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("[1/")
    assert sum("identical" in line for line in told) == 1
    assert not any(line.endswith("differ from HEAD") for line in told)
    assert told[-1].startswith("Verified: ")
    assert contents(checkout.root).items() >= before.items()
    assert list(elsewhere.iterdir()) == []


def test_a_copy_is_of_the_project_alone(project: Project, elsewhere: Path) -> None:
    """What is given is written over what is copied, and the project stays as it is."""
    given = {"outputs/tables/a.csv": b"a\n"}
    with copies.temporary(project, given) as copy:
        assert copy.root.parent == elsewhere.resolve()
        assert published.on_disk(copy) == given
        assert contents(copy.corpus) == contents(project.corpus)
        write(copy, {"corpus/corpus.yaml": "other"})
    assert (project.corpus / "corpus.yaml").read_text(encoding="utf-8") != "other"
