"""store.revisions: files as git has them, from wherever in a repository the project is."""

from pathlib import Path

import pytest
from history import begin, commit, git, write

from nlp.store import revisions
from nlp.store.project import Project
from nlp.store.revisions import GitError

FILES: dict[str, str | bytes] = {
    "outputs/tables/a b.csv": "x\n1\n",
    "outputs/tables/ä\n[x].csv": b"\x00\xff\r\n\n",
    "outputs/empty": "",
    "outputs.txt": "beside",
}


@pytest.fixture(params=[".", "study/one"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    found = Project((tmp_path / request.param).resolve())
    begin(tmp_path, found)
    return found


def test_files_are_read_to_the_byte_and_by_their_names_in_the_project(project: Project) -> None:
    first = commit(project, FILES)
    commit(project, {"outputs/empty": "no more"})
    wanted = {shown: it.encode() if isinstance(it, str) else it for shown, it in FILES.items()}
    del wanted["outputs.txt"]
    found = revisions.find(project, "HEAD~1")
    assert found == ("HEAD~1", first)
    assert revisions.read(project, found, ["outputs"]) == wanted
    assert revisions.read(project, found, ["elsewhere"]) == {}


def test_links_are_no_files(project: Project) -> None:
    commit(project, {"outputs/a": "a"})
    (project.root / "outputs" / "b").symlink_to("a")
    commit(project, {})
    assert revisions.read(project, revisions.find(project, "HEAD"), ["outputs"]) == {"outputs/a": b"a"}


@pytest.mark.parametrize(
    "name",
    [
        "nope",
        "",
        "-h",
        "--help",
        "--output=x",
        "HEAD:a",
        "a",
        "./a",
        "^HEAD",
        "HEAD..HEAD",
        "HEAD^{tree}",
        "\0",
    ],
)
def test_what_names_no_commit_is_refused(name: str, project: Project) -> None:
    commit(project, {"a": "a"})
    with pytest.raises(GitError, match="git knows no revision") as caught:
        revisions.find(project, name)
    assert caught.value.where == str(project.root)
    assert "git log" in caught.value.hint


def test_a_repository_without_commits_has_no_head(project: Project) -> None:
    with pytest.raises(GitError, match="git knows no revision 'HEAD'"):
        revisions.find(project, "HEAD")


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="no git repository") as caught:
        revisions.find(Project(tmp_path), "HEAD")
    assert "use a clone" in caught.value.hint


def test_without_git(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="git is not installed"):
        revisions.find(project, "HEAD")


def test_what_is_otherwise_on_disk_is_told_by_its_name_in_the_project(project: Project) -> None:
    commit(project, {"corpus/a": "a", "corpus/b c": "b", "configs/d": "d", "other": "o"})
    assert revisions.changed(project, ["corpus", "configs"]) == []
    write(project, {"corpus/a": "new", "corpus/ä/new": "new", "other": "new"})
    (project.root / "corpus" / "b c").unlink()
    git(project.root, "mv", "configs/d", "configs/e")
    told = ["configs/d", "configs/e", "corpus/a", "corpus/b c", "corpus/ä/new"]
    assert revisions.changed(project, ["corpus", "configs", "missing"]) == told
