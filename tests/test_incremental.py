"""A run does only what is new, and goes on where an earlier one was stopped."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import Edit

from nlp import runner
from nlp import tables as schemas
from nlp.pipeline import STAGES, WRITER, Stage
from nlp.runner import StageRun, run_stage
from nlp.store import parts
from nlp.store.project import Project
from nlp.store.results import read_table, table_files

BY_DOCUMENT = [stage.name for stage in STAGES if stage.by_document]
NEW_TEXT = (
    "Northland asked Sarn for salt.\n\nTolby welcomed the gift. " + "The Velm froze early that year. " * 8
)


def run_all(project: Project) -> dict[str, StageRun]:
    return {stage.name: run_stage(project, stage) for stage in STAGES}


def add_document(project: Project, doc_id: str, text: str) -> None:
    (project.corpus / "texts" / f"{doc_id}.txt").write_text(text, encoding="utf-8", newline="\n")
    entry = f"""  - doc_id: {doc_id}
    file: texts/{doc_id}.txt
    authors: [Cy Clover]
    author: Clover
    year: null
    title: Salt
    venue: null
    kind: essay
    language: en
    rights: Invented for the tests
    sha256: {hashlib.sha256(text.encode()).hexdigest()}
"""
    with (project.corpus / "corpus.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write(entry)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.slow
def test_a_new_document_is_the_only_one_read_and_annotated(ran: Project) -> None:
    add_document(ran, "clover", NEW_TEXT)
    again = run_all(ran)
    for name in ("corpus", "annotate", "frames"):
        assert again[name].made == ("clover",), name
        assert len(again[name].kept) == 4
    assert len(again["clean"].made) == 5  # the corpus has new words; the other texts stay as they were
    assert again["coder"].made == ("all",)  # it read the new sentences, and came to the same weights


@pytest.mark.slow
def test_a_document_without_new_words_is_the_only_one_cleaned(ran: Project) -> None:
    add_document(ran, "clover", "The.\n\nMira.\n")  # as at the start of a sentence: teaches no case
    again = run_all(ran)
    assert again["inventory"].made == ("all",)
    assert again["clean"].made == ("clover",)


def test_a_stage_by_document_publishes_all_its_documents(project: Project) -> None:
    stage = replace(_stage("corpus"), publishes=("documents",))
    run_stage(project, stage)
    first = read_table(project, "documents")["doc_id"].tolist()
    assert first == ["ash-2001", "ash-2004", "birch-2003", "birch-2005"]
    add_document(project, "clover", NEW_TEXT)
    assert run_stage(project, stage).made == ("clover",)
    assert read_table(project, "documents")["doc_id"].tolist() == [*first, "clover"]


@pytest.mark.slow
def test_nothing_new_nothing_done(ran: Project) -> None:
    before = contents(ran.outputs)
    assert all(run.made == () for run in run_all(ran).values())
    assert contents(ran.outputs) == before


@pytest.mark.slow
def test_a_document_taken_out_leaves_no_trace_but_in_what_topics_remember(ran: Project) -> None:
    before = contents(ran.outputs)
    add_document(ran, "clover", NEW_TEXT)
    run_all(ran)
    manifest = ran.corpus / "corpus.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").split("  - doc_id: clover")[0], encoding="utf-8"
    )
    (ran.corpus / "texts" / "clover.txt").unlink()
    run_all(ran)
    assert not read_table(ran, "topic_changes").empty
    for table in _stage("topics").remembers:
        (ran.root / table_files(table)[0]).unlink()
    run_all(ran)
    assert contents(ran.outputs) == before


@pytest.mark.slow
def test_with_a_frozen_model_topics_are_inferred_in_new_documents_alone(ran: Project, edit: Edit) -> None:
    stages = STAGES[: STAGES.index(_stage("mixtures")) + 1]
    model = contents(ran.work / "topics" / "topic_model")
    weights = contents(ran.work / "mixtures" / "topic_weights")
    edit("configs/params.yaml", {"frozen: false": "frozen: true"})
    add_document(ran, "clover", NEW_TEXT)
    again = {stage.name: run_stage(ran, stage) for stage in stages}
    assert again["mixtures"].made == ("clover",)
    assert contents(ran.work / "topics" / "topic_model") == model
    assert contents(ran.work / "mixtures" / "topic_weights").items() > weights.items()
    new = parts.read(ran, "mixtures", "topic_weights", ["clover"])
    assert set(new["topic"]) == set(read_table(ran, "topic_quality")["topic"])


@pytest.mark.slow
def test_a_stopped_run_goes_on_where_it_was(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("corpus", "inventory", "clean"):
        run_stage(project, _stage(name))
    make_part = runner.make_part
    made: list[str] = []

    def stop_after_two(job: runner.Job) -> str:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(make_part(job))
        return made[-1]

    monkeypatch.setattr(runner, "make_part", stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        run_stage(project, _stage("annotate"))
    monkeypatch.undo()
    again = run_stage(project, _stage("annotate"))
    assert sorted(again.kept) == sorted(made)
    assert len(again.made) == 2


@pytest.mark.slow
def test_what_a_killed_writer_left_is_swept_up(project: Project) -> None:
    run_stage(project, _stage("corpus"))
    left = project.work / "corpus" / "documents" / ".ash-2001.parquet.99.tmp"
    left.write_bytes(b"half a part")
    run_stage(project, _stage("corpus"))
    assert not left.exists()


@pytest.mark.slow
def test_a_tampered_part_is_made_again(ran: Project) -> None:
    part = ran.work / "clean" / "texts" / "ash-2001.parquet"
    written = part.read_bytes()
    table = pd.read_parquet(part)
    table.assign(text=table["text"] + " More.").to_parquet(part, index=False)
    assert run_stage(ran, _stage("clean")).made == ("ash-2001",)
    assert part.read_bytes() == written


@pytest.mark.slow
def test_a_parameter_touches_only_its_stage_and_what_follows(ran: Project, edit: Edit) -> None:
    edit("configs/params.yaml", {"top_words: 12": "top_words: 3"})
    again = run_all(ran)
    assert [name for name, run in again.items() if run.made] == ["report"]


@pytest.mark.slow
def test_two_processes_make_the_same_as_one(ran: Project, tmp_path: Path) -> None:
    alone = contents(ran.work / "annotate")
    for path in (ran.work / "annotate").rglob("*.parquet"):
        path.unlink()
    assert len(run_stage(ran, _stage("annotate"), workers=2).made) == 4
    assert contents(ran.work / "annotate") == alone


@pytest.mark.parametrize("name", BY_DOCUMENT)
def test_split_is_whole(name: str, golden: tuple[dict[str, pd.DataFrame], object]) -> None:
    """A stage that works by document gives for all at once what it gives for each alone."""
    from nlp.store import configs

    project = Project(Path(__file__).parent / "golden")
    stage, tables = _stage(name), golden[0]
    section = getattr(configs.read_params(project), name)
    known = {config: configs.read_config(project, config) for config in stage.configs}
    shared = {table for table in stage.reads if table in WRITER and not WRITER[table].by_document}
    pieces = []
    for doc_id in tables["documents"]["doc_id"]:
        own = {
            table: tables[table]
            if table in shared
            else tables[table][tables[table]["doc_id"] == doc_id].reset_index(drop=True)
            for table in stage.reads
        }
        earlier = {"earlier": schemas.make(stage.recalls, [])} if stage.recalls else {}
        pieces.append(runner.room(stage).run(section, **own, **earlier, **known))
    for table in stage.writes:
        joined = pd.concat([getattr(piece, table) for piece in pieces], ignore_index=True)
        order = list(joined.columns)
        pd.testing.assert_frame_equal(
            joined.sort_values(order, ignore_index=True),
            tables[table].sort_values(order, ignore_index=True),
        )


def test_code_beside_a_room_may_be_a_module_or_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "__file__", str(tmp_path / "runner.py"))

    counted = ("room/run.py", "folder/deep/one.py", "folder/two.html", "alone.py")
    for file in (*counted, "folder/__pycache__/one.pyc"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("old", encoding="utf-8")

    def hash_with(file: str, text: str) -> str:
        (tmp_path / file).write_text(text, encoding="utf-8")
        return runner.code_hash.__wrapped__("room", ("alone", "folder"))

    first = hash_with("alone.py", "old")
    for file in counted:
        assert hash_with(file, "new") != first
        assert hash_with(file, "old") == first
    assert hash_with("folder/__pycache__/one.pyc", "bytecode") == first
    assert hash_with("elsewhere.py", "new") == first


def _stage(name: str) -> Stage:
    return next(stage for stage in STAGES if stage.name == name)
