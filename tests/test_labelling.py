"""The labelling loop: a draw goes out in any format, and its codes come back, or nothing does."""

import csv
import json
import shutil
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import drawn
import pandas as pd
import pytest
from conftest import ROOT, Edit, copy_golden
from hypothesis import given
from hypothesis import strategies as st
from test_incremental import NEW_TEXT, add_document, contents

from nlp import arguments, runner
from nlp.cli import main
from nlp.codebook import Codebook
from nlp.labelling import formats, importing
from nlp.labelling.formats import sheet
from nlp.pipeline import BY_NAME
from nlp.store import code_lines, codings, configs, draws, parts
from nlp.store.project import Project

RECORDED = ROOT / "tests" / "labelling"  # two draws, and what Label Studio and doccano exported of them
RECORDED_HASH = "97a810710db1"  # of the golden codebook when they were recorded
CODINGS = Path(code_lines.SHOWN)
CODED = 12  # of the units of the golden corpus; the rest is to be drawn

# What a coder finds in the first tasks of a draw; None: not coded.
FOUND: Mapping[str, dict[str, str] | None] = {
    "draw-001-0001": {"pressure": "affirmed"},
    "draw-001-0002": {},
    "draw-001-0003": {"pressure": "attributed", "attraction": "denied"},
    "draw-001-0004": None,
    "draw-001-0005": {"attraction": "affirmed"},
}


@pytest.fixture
def open_project(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The golden project after a run, with few codes; the working folder is another one."""
    prepare(project)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return project


def prepare(project: Project, *, score: float | None = 0.6) -> None:
    path = project.root / CODINGS
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(True)[:CODED]), encoding="utf-8")
    drawn.write_tables(project, score=score)


def crossframe(project: Project, *said: str) -> int:
    return main(["--project", str(project.root), *said])


def codebook_of(project: Project) -> Codebook:
    found = configs.read_config(project, "codebook")
    assert isinstance(found, Codebook)
    return found


def codes_of(project: Project, coder: str) -> dict[tuple[str, int, int], dict[str, str]]:
    """All that a coder said, by document and offsets."""
    read = codings.read_codings(project, configs.read_manifest(project), codebook_of(project))
    own = read[read["coder"] == coder]
    found: dict[tuple[str, int, int], dict[str, str]] = {}
    for it in own.itertuples():
        codes = found.setdefault((it.doc_id, it.start, it.end), {})
        if it.stance:
            codes[it.frame] = it.stance
    return found


def stretches(project: Project, name: str = "draw-001") -> list[draws.Stretch]:
    return list(draws.read_stretches(project, name))


def tasks(project: Project, name: str = "draw-001") -> dict[str, draws.Stretch]:
    return {it.task: it for it in stretches(project, name) if it.task}


# Drawing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [(), ("--by-uncertainty",)])
def test_a_draw_records_every_sentence_with_its_probability(
    open_project: Project, how: tuple[str, ...]
) -> None:
    assert crossframe(open_project, "sample", "9", *how) == 0
    found = pd.DataFrame([it.model_dump() for it in stretches(open_project)])
    assert found["probability"].sum() == pytest.approx(9)
    for author, own in found.groupby("author"):
        assert own["probability"].sum() == pytest.approx((own["task"] != "").sum()), author
        assert (own["probability"].nunique() == 1) == (not how)
    assert set(found["author"]) == {"Ash", "Birch"}
    assert sorted(found["task"][found["task"] != ""]) == [f"draw-001-{it:04}" for it in range(1, 10)]
    coded = set(codes_of(open_project, "final"))
    assert len(found) == 44 - CODED
    assert not coded & {(it.doc_id, it.start, it.end) for it in stretches(open_project)}


def test_the_unsure_sentences_are_the_likelier_ones(open_project: Project) -> None:
    crossframe(open_project, "sample", "9", "--by-uncertainty")
    for author in ("Ash", "Birch"):
        own = sorted((it for it in stretches(open_project) if it.author == author), key=_unsure)
        chances = [it.probability for it in own]
        assert chances == sorted(chances)
        assert chances[0] < chances[-1]


def _unsure(it: draws.Stretch) -> float:
    return it.uncertainty


def test_a_drawn_sentence_is_the_stretch_of_the_source(open_project: Project) -> None:
    crossframe(open_project, "sample", "9")
    for it in tasks(open_project).values():
        raw = (open_project.corpus / "texts" / f"{it.doc_id}.txt").read_text(encoding="utf-8")
        assert " ".join(raw[it.start : it.end].split()) == it.text
        around = " ".join(raw.split())
        assert " ".join([*it.before.split(), *it.text.split(), *it.after.split()]) in around


def test_the_same_seed_draws_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name, seed in (("one", "5"), ("two", "5"), ("three", "6")):
        project = copy_golden(tmp_path / name)
        prepare(project)
        monkeypatch.chdir(project.root)
        crossframe(project, "sample", "9", "--by-uncertainty", "--seed", seed)
        made.append({name: it for name, it in contents(project.root).items() if "draw-" in name})
    assert len(made[0]) == 3
    assert made[0] == made[1]
    assert made[0]["draw-001.csv"] != made[2]["draw-001.csv"]


def test_sentences_that_are_out_or_coded_are_not_drawn_again(
    open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    crossframe(open_project, "sample", "9")
    crossframe(open_project, "sample", "9", "--format", "jsonl")
    first, second = (
        set(map(_stretch, tasks(open_project, it).values())) for it in ("draw-001", "draw-002")
    )
    assert not first & set(map(_stretch, stretches(open_project, "draw-002")))
    fill("jsonl", Path("draw-002.jsonl"), {task: {} for task in tasks(open_project, "draw-002")})
    crossframe(open_project, "import", "draw-002.jsonl")
    (open_project.root / draws.FOLDER / "draw-001.csv").unlink()  # it will not come back
    capsys.readouterr()
    crossframe(open_project, "sample", "9")
    assert f"left out: {CODED + 9} coded already" in capsys.readouterr().out
    free = set(map(_stretch, stretches(open_project, "draw-003")))
    assert first <= free
    assert not second & free


def _stretch(it: draws.Stretch) -> tuple[str, int, int]:
    return it.doc_id, it.start, it.end


def test_authors_can_be_chosen(open_project: Project) -> None:
    crossframe(open_project, "sample", "3", "--author", "Ash")
    assert {it.author for it in stretches(open_project)} == {"Ash"}


def test_cue_words_do_where_there_is_no_machine(open_project: Project) -> None:
    drawn.write_tables(open_project)
    crossframe(open_project, "sample", "9", "--by-uncertainty")
    assert draws.read_draw(open_project, "draw-001").scores == "cues"
    assert len({it.probability for it in stretches(open_project)}) > 2


@pytest.mark.parametrize("form", ["label-studio", "doccano"])
def test_tools_show_coders_nothing_of_author_or_machine(open_project: Project, form: str) -> None:
    crossframe(open_project, "sample", "9", "--format", form, "--by-uncertainty")
    shown = "".join(path.read_text(encoding="utf-8") for path in Path().iterdir())
    assert "draw-001-0009" in shown
    for secret in ("ash-", "birch-", "Birch", '"Ash', "probability", "uncertainty"):
        assert secret not in shown


REFUSED_DRAWS: dict[str, tuple[tuple[str, ...], str]] = {
    "too many": (("sample", "33"), "33 are too many: 32 are left to draw from"),
    "fewer than authors": (("sample", "1"), "1 are too few: the sentences are by 2 authors"),
    "unknown author": (("sample", "9", "--author", "Ahs"), "no author 'Ahs' in corpus/corpus.yaml"),
    "unknown coder": (("sample", "9", "--again", "finale"), "nobody called 'finale' is in corpus/codings"),
    "file there": (("sample", "9", "--out", "taken.csv"), "is there already"),
    "no folder": (("sample", "9", "--out", "gone/a.csv"), "no such folder"),
}


@pytest.mark.parametrize("case", REFUSED_DRAWS)
def test_a_draw_that_cannot_be_leaves_nothing(
    case: str, open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    said, told = REFUSED_DRAWS[case]
    Path("taken.csv").write_text("mine", encoding="utf-8")
    before = {**contents(open_project.corpus), **contents(Path())}
    assert crossframe(open_project, *said) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "\n  -> " in error
    assert {**contents(open_project.corpus), **contents(Path())} == before


def test_a_corpus_newer_than_the_last_run_is_not_drawn_from(
    open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    add_document(open_project, "clover", NEW_TEXT)
    assert crossframe(open_project, "sample", "9") == 2
    assert "the corpus has changed since the last run" in capsys.readouterr().err


def test_before_the_first_run_there_is_nothing_to_draw_from(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crossframe(project, "sample", "9") == 2
    assert "needs table documents" in capsys.readouterr().err


def test_a_draw_that_cannot_be_recorded_takes_its_files_back(
    open_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(draws, "write", full)
    assert crossframe(open_project, "sample", "9", "--format", "label-studio") == 2
    assert not list(Path().iterdir())


# There and back ----------------------------------------------------------------------------------

Found = Mapping[str, dict[str, str] | None]


def fill(form: str, path: Path, found: Found, coder: str = "anna") -> None:
    """Code a file as a coder, or the tool that it was made for, would."""
    path.write_bytes(_FILL[form](path.read_bytes().decode("utf-8"), found, coder).encode("utf-8"))


def _fill_csv(text: str, found: Found, coder: str) -> str:
    rows = rows_of(text)
    for row in rows:
        codes = found.get(row["task"])
        if codes is not None:
            row |= {"done": "x"} | {f"frame:{frame}": stance for frame, stance in codes.items()}
    return sheet_of(rows, ";")  # as some spreadsheets do


def rows_of(text: str) -> list[dict[str, str]]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def sheet_of(rows: list[dict[str, str]], delimiter: str) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def _fill_jsonl(text: str, found: Found, coder: str) -> str:
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        codes = found.get(line["task"])
        line["codes"] = {} if codes is None else {coder: codes}
    return "".join(json.dumps(line) + "\n" for line in lines)


def _fill_label_studio(text: str, found: Found, coder: str) -> str:
    exported = json.loads(text)
    for task in exported:
        codes = found.get(task["data"]["task"])
        result = [
            {
                "from_name": f"frame_{frame}",
                "to_name": "sentence",
                "type": "choices",
                "value": {"choices": [stance]},
            }
            for frame, stance in (codes or {}).items()
        ]
        made = {"result": result, "completed_by": {"email": coder}, "was_cancelled": False}
        task["annotations"] = [] if codes is None else [made]
    return json.dumps(exported)


def _fill_doccano(text: str, found: Found, coder: str) -> str:
    lines = [json.loads(line) for line in text.splitlines()]
    for number, line in enumerate(lines, start=1):
        codes = found.get(line["task"])
        labels = [f"{frame}: {stance}" for frame, stance in (codes or {}).items()]
        line |= {"id": number, "label": labels if codes != {} else ["(no frame)"], "Comments": []}
    return "".join(json.dumps(line) + "\n" for line in lines)


_FILL: dict[str, Callable[[str, Found, str], str]] = {
    "csv": _fill_csv,
    "jsonl": _fill_jsonl,
    "label-studio": _fill_label_studio,
    "doccano": _fill_doccano,
}


@pytest.mark.parametrize("form", formats.FORMS)
def test_what_a_coder_found_comes_back_and_only_once(open_project: Project, form: str) -> None:
    crossframe(open_project, "sample", "9", "--format", form, "--by-uncertainty")
    path = Path(f"draw-001{formats.ENDINGS[form]}")
    fill(form, path, FOUND)
    named = ("--coder", "anna") if form in ("csv", "doccano") else ()
    old = (open_project.root / CODINGS).read_bytes()
    assert crossframe(open_project, "import", str(path), *named, "--dry-run") == 0
    assert (open_project.root / CODINGS).read_bytes() == old
    assert crossframe(open_project, "import", str(path), *named, "--date", "2024-05-31") == 0
    new = (open_project.root / CODINGS).read_bytes()
    there = tasks(open_project)
    assert codes_of(open_project, "anna") == {
        _stretch(there[task]): codes for task, codes in FOUND.items() if codes is not None
    }
    assert new.startswith(old)
    lines = [json.loads(line) for line in new.removeprefix(old).splitlines()]
    by_unit = {it.unit: it for it in there.values()}
    for line in lines:
        it = by_unit[line["unit"]]
        assert line["text"] == it.text
        assert line["probability"] == it.probability
        assert (line["draw"], line["coded"]) == ("draw-001", "2024-05-31")
        assert line["codebook"] == codebook_of(open_project).hash
    assert crossframe(open_project, "import", str(path), *named, "--date", "2024-06-30") == 0
    assert (open_project.root / CODINGS).read_bytes() == new


def test_a_second_coder_stands_beside_the_first(open_project: Project) -> None:
    crossframe(open_project, "sample", "9")
    first, second = Path("draw-001.csv"), Path("second.csv")
    shutil.copy(first, second)
    fill("csv", first, FOUND)
    fill("csv", second, {**FOUND, "draw-001-0001": {}, "draw-001-0004": {"pressure": "denied"}})
    crossframe(open_project, "import", str(first), "--coder", "anna", "--date", "2024-05-31")
    crossframe(open_project, "import", str(second), "--coder", "ben", "--date", "2024-06-30")
    lines = code_lines.parse(code_lines.read_text(open_project))
    by_task = {
        it.task: lines[it.doc_id, it.unit] for it in tasks(open_project).values() if it.task in FOUND
    }
    assert by_task["draw-001-0001"]["codes"] == {"anna": {"pressure": "affirmed"}, "ben": {}}
    assert by_task["draw-001-0001"]["coded"] == "2024-06-30"
    assert by_task["draw-001-0004"]["codes"] == {"ben": {"pressure": "denied"}}


def test_a_coder_may_get_the_task_and_the_text_alone(open_project: Project) -> None:
    crossframe(open_project, "sample", "9")
    path = Path("draw-001.csv")
    fill("csv", path, FOUND)
    shown = ("task", "text", "frame:attraction", "frame:pressure", "done")
    rows = [{name: row[name] for name in shown} for row in rows_of(path.read_bytes().decode("utf-8"))]
    path.write_text(sheet_of(rows, ","), encoding="utf-8")
    assert crossframe(open_project, "import", str(path), "--coder", "anna") == 0
    there = tasks(open_project)
    assert set(codes_of(open_project, "anna")) == {
        _stretch(there[task]) for task, codes in FOUND.items() if codes is not None
    }
    lines = code_lines.parse(code_lines.read_text(open_project)).values()
    assert {it["codebook"] for it in lines if "codebook" in it} == {codebook_of(open_project).hash}


def test_units_are_drawn_for_another_coder(
    open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    crossframe(open_project, "sample", "5", "--again", "final", "--author", "Ash", "--format", "jsonl")
    coded = codes_of(open_project, "final")
    assert {_stretch(it) for it in stretches(open_project)} == {it for it in coded if "ash" in it[0]}
    fill("jsonl", Path("draw-001.jsonl"), FOUND)
    crossframe(open_project, "import", "draw-001.jsonl")
    assert len((open_project.root / CODINGS).read_text(encoding="utf-8").splitlines()) == CODED
    assert len(codes_of(open_project, "anna")) == 4
    assert codes_of(open_project, "final") == coded
    capsys.readouterr()
    assert crossframe(open_project, "sample", "9", "--again", "final") == 2  # five are drawn already
    assert f"9 are too many: {CODED - 5} are left" in capsys.readouterr().err


def test_the_report_of_an_import_says_whose_codes_count(
    open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    crossframe(open_project, "sample", "9")
    fill("csv", Path("draw-001.csv"), FOUND)
    capsys.readouterr()
    crossframe(open_project, "import", "draw-001.csv", "--coder", "anna")
    said = capsys.readouterr().out
    assert "coded by anna: 4 (frames: 4)" in said
    assert "not coded, so left out: 5" in said
    assert "wrote 4 new lines into corpus/codings/frames.jsonl" in said
    assert "compared with those of 'final'" in said
    assert said.endswith("next: crossframe run\n")


def test_the_next_run_takes_what_was_imported(open_project: Project) -> None:
    crossframe(open_project, "sample", "9")
    fill("csv", Path("draw-001.csv"), {task: {"pressure": "denied"} for task in tasks(open_project)})
    crossframe(open_project, "import", "draw-001.csv", "--coder", "anna")
    runner.check_inputs(open_project)
    runner.run_stage(open_project, BY_NAME["coder"])
    coded = parts.read(open_project, "coder", "coded_sentences", ["all"])
    own = coded[(coded["coder"] == "anna") & coded["present"]]
    assert len(own) == 9
    assert set(own["stance"]) == {"denied"}


def test_the_first_codes_of_a_project_come_in_like_this(open_project: Project) -> None:
    (open_project.root / CODINGS).unlink()
    assert crossframe(open_project, "sample", "9", "--format", "jsonl") == 0
    fill("jsonl", Path("draw-001.jsonl"), FOUND)
    assert crossframe(open_project, "import", "draw-001.jsonl") == 0
    assert len(codes_of(open_project, "anna")) == 4


def test_a_name_of_a_draw_is_not_given_twice(open_project: Project) -> None:
    crossframe(open_project, "sample", "9")
    fill("csv", Path("draw-001.csv"), FOUND)
    crossframe(open_project, "import", "draw-001.csv", "--coder", "anna")
    for path in (open_project.root / draws.FOLDER).iterdir():
        path.unlink()
    crossframe(open_project, "sample", "9")
    assert draws.names(open_project) == ["draw-002"]


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_a_broken_record_of_a_draw_is_told(
    open_project: Project, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    crossframe(open_project, "sample", "9")
    fill("csv", Path("draw-001.csv"), FOUND)
    path = open_project.root / draws.FOLDER / f"draw-001.{ending}"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Ash", "").replace("0.3", "3"), encoding="utf-8"
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace('"floor": 1.0', '"floor": 0'), encoding="utf-8"
    )
    assert crossframe(open_project, "import", "draw-001.csv", "--coder", "anna") == 2
    assert f"{draws.FOLDER}/draw-001.{ending}: cannot be read (" in capsys.readouterr().err


def test_a_line_that_lists_frames_alone_is_known_again() -> None:
    """Codebooks without stances may have such lines."""
    assert importing._same(["b", "a"], {"a": "present", "b": "present"})
    assert not importing._same(["a"], {"a": "present", "b": "present"})


# Exports of the tools themselves -----------------------------------------------------------------


def recorded(project: Project, name: str) -> Path:
    """A recorded export, with the draws that it is of, for today's codebook."""
    target = project.root / draws.FOLDER
    target.mkdir(parents=True)
    for path in RECORDED.glob("draw-*"):
        shutil.copy(path, target)
    text = (RECORDED / name).read_text(encoding="utf-8")
    copy = Path(name)
    copy.write_text(text.replace(RECORDED_HASH, codebook_of(project).hash), encoding="utf-8")
    return copy


ANNA_AND_BEN = ("--coder", "annotator-1=anna", "--coder", "annotator-2=ben")


@pytest.mark.parametrize("name", ["label-studio.json", "label-studio-min.json"])
def test_an_export_of_label_studio_is_read(
    open_project: Project, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Seven tasks: one by two annotators, one empty annotation, one skipped, one left open.

    Task 6 was coded in the browser, the others through the server.
    """
    path = recorded(open_project, name)
    assert crossframe(open_project, "import", str(path), *ANNA_AND_BEN) == 0
    there = {task: _stretch(it) for task, it in tasks(open_project).items()}
    assert codes_of(open_project, "anna") == {
        there["draw-001-0001"]: {"pressure": "affirmed"},
        there["draw-001-0002"]: {"attraction": "attributed"},
        there["draw-001-0003"]: {"pressure": "denied", "attraction": "affirmed"},
        there["draw-001-0004"]: {},
        there["draw-001-0006"]: {"attraction": "denied"},
    }
    assert codes_of(open_project, "ben") == {there["draw-001-0001"]: {"pressure": "attributed"}}
    lines = code_lines.parse(code_lines.read_text(open_project)).values()
    assert [it["comments"] for it in lines if "comments" in it] == [{"anna": "who says so?"}]
    assert {it["coded"] for it in lines if "coded" in it} == {"2026-11-22"}
    skipped = 2 if name == "label-studio.json" else 1  # the other export leaves out what was skipped
    assert f"not coded, so left out: {skipped}" in capsys.readouterr().out


def test_an_export_of_doccano_is_read(open_project: Project) -> None:
    path = recorded(open_project, "doccano.jsonl")
    assert crossframe(open_project, "import", str(path), "--coder", "cara") == 0
    there = {task: _stretch(it) for task, it in tasks(open_project, "draw-002").items()}
    assert codes_of(open_project, "cara") == {
        there["draw-002-0001"]: {"pressure": "affirmed"},
        there["draw-002-0002"]: {"attraction": "denied", "pressure": "attributed"},
        there["draw-002-0003"]: {},
        there["draw-002-0004"]: {"attraction": "affirmed"},
    }


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((), "annotator-1"),
        (("--coder", "anna"), "several names, and who is who is not said"),
        (("--coder", "annotator-9=anna"), "the file does not name 'annotator-9'"),
        (("--coder", "annotator-1=machine"), "a coder cannot be called 'machine'"),
        (("--coder", "annotator-1=ben", "--coder", "annotator-2=ben"), "ben coded unit"),
    ],
)
def test_who_coded_must_be_clear(
    open_project: Project, said: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded(open_project, "label-studio.json")
    before = (open_project.root / CODINGS).read_bytes()
    assert crossframe(open_project, "import", str(path), *said) == (2 if said else 0)
    output = capsys.readouterr()
    assert told in output.out + output.err
    assert ((open_project.root / CODINGS).read_bytes() == before) == bool(said)


# What does not fit -------------------------------------------------------------------------------

Spoil = Callable[[list[dict[str, str]]], object]

BAD_ROWS: dict[str, tuple[Spoil, str]] = {
    "text": (lambda it: it[0].update(text="Other."), "row 2: the text is not the one that was drawn"),
    "offset": (lambda it: it[1].update(start="3"), "row 3: start is '3', but"),
    "document": (lambda it: it[1].update(doc_id="oak"), "row 3: doc_id is 'oak', but"),
    "task": (lambda it: it[2].update(task="draw-001-0099"), "row 4: task 'draw-001-0099' was not drawn"),
    "draw": (lambda it: it[2].update(task="draw-009-0001"), "row 4: draw 'draw-009' is not recorded"),
    "no task": (lambda it: it[0].update(task="", doc_id=""), "row 2: has neither a task nor doc_id"),
    "stance": (lambda it: it[0].update({"frame:pressure": "afirmed"}), "row 2: unknown stance 'afirmed'"),
    "codebook": (lambda it: it[0].update(codebook="0" * 12), "row 2: coded by codebook '000000000000'"),
    "twice": (lambda it: it.append(it[0]), "row 11: anna coded unit"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_rows_that_do_not_fit_are_told_and_nothing_is_written(
    case: str, open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, told = BAD_ROWS[case]
    crossframe(open_project, "sample", "9")
    before = contents(open_project.corpus)
    spoilt("draw-001.csv", spoil)
    assert crossframe(open_project, "import", "draw-001.csv", "--coder", "anna") == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("row ") == 1 + ("in row" in error)
    assert "nothing was written" in error
    assert contents(open_project.corpus) == before


def spoilt(name: str, spoil: Spoil) -> None:
    """The file coded in its rows 2 to 6, and then changed."""
    path = Path(name)
    fill("csv", path, {**FOUND, "draw-001-0004": {"pressure": "denied"}})
    rows = rows_of(path.read_bytes().decode("utf-8"))
    spoil(rows)
    path.write_bytes(sheet_of(rows, ",").encode("utf-8"))


def test_all_bad_rows_are_told_at_once(open_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    crossframe(open_project, "sample", "9")
    spoilt("draw-001.csv", lambda it: [row.update(text="Other.") for row in it[:3]])
    assert crossframe(open_project, "import", "draw-001.csv", "--coder", "anna") == 2
    error = capsys.readouterr().err
    assert all(f"row {number}: the text" in error for number in (2, 3, 4))


def test_no_code_of_anybody_is_changed(open_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    crossframe(open_project, "sample", "9")
    shutil.copy("draw-001.csv", "again.csv")
    fill("csv", Path("draw-001.csv"), FOUND)
    fill("csv", Path("again.csv"), {**FOUND, "draw-001-0002": {"pressure": "denied"}, "draw-001-0009": {}})
    crossframe(open_project, "import", "draw-001.csv", "--coder", "anna")
    before = (open_project.root / CODINGS).read_bytes()
    assert crossframe(open_project, "import", "again.csv", "--coder", "anna") == 2
    assert "row 3: anna has coded unit" in capsys.readouterr().err
    assert (open_project.root / CODINGS).read_bytes() == before


def test_codes_by_an_older_codebook_keep_its_hash(open_project: Project, edit: Edit) -> None:
    crossframe(open_project, "sample", "9")
    old = codebook_of(open_project).hash
    edit("configs/codebook.yaml", {"wins its neighbours by gifts": "wins its neighbours by presents"})
    fill("csv", Path("draw-001.csv"), FOUND)
    assert crossframe(open_project, "import", "draw-001.csv", "--coder", "anna") == 2
    assert crossframe(open_project, "import", "draw-001.csv", "--coder", "anna", "--codebook-changed") == 0
    lines = code_lines.parse(code_lines.read_text(open_project)).values()
    assert [it["codebook"] for it in lines if "codebook" in it] == [old] * 4
    assert codebook_of(open_project).hash != old


def test_codes_under_two_codebooks_do_not_share_a_line(
    open_project: Project, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    crossframe(open_project, "sample", "9")
    fill("csv", Path("draw-001.csv"), FOUND)
    crossframe(open_project, "import", "draw-001.csv", "--coder", "anna")
    edit("configs/codebook.yaml", {"wins its neighbours by gifts": "wins its neighbours by presents"})
    today = codebook_of(open_project).hash
    spoilt("draw-001.csv", lambda it: [row.update(codebook=today) for row in it])
    assert crossframe(open_project, "import", "draw-001.csv", "--coder", "ben") == 2
    assert "was coded by codebook" in capsys.readouterr().err


FREE = {"doc_id": "ash-2004", "start": 0, "end": 15, "text": "After the flood", "codes": {"anna": {}}}
FREE_LINES: dict[str, tuple[dict[str, Any], str]] = {
    "document": ({"doc_id": "oak"}, "document 'oak' is not in corpus/corpus.yaml"),
    "after the end": ({"end": 4790}, "from 0 to 4790 is no stretch of ash-2004, of 479 characters"),
    "backwards": ({"start": 15}, "from 15 to 15 is no stretch"),
    "no number": ({"start": "x"}, "start 'x' is not a whole number"),
    "no text": ({"text": ""}, "has neither a task nor text"),
    "unknown frame": ({"codes": {"anna": {"lure": "denied"}}}, "unknown frame 'lure'"),
    "no mapping": ({"codes": ["pressure"]}, 'codes must be {"name": {frame: stance}}'),
    "no name": ({"codes": {" ": {}}}, "' ' is no name for a coder"),
    "no day": ({"coded": "31.5.2024"}, "date '31.5.2024' is not written YYYY-MM-DD"),
    "chance": ({"probability": 2}, "probability 2 is not a number above 0, up to 1"),
    "codebook": ({"codebook": ""}, "coded and does not say by which codebook"),
    "other offsets": ({"unit": "ash-2004-00"}, "unit 'ash-2004-00' goes from"),
}


def free(project: Project, **changes: Any) -> str:
    return json.dumps({**FREE, "codebook": codebook_of(project).hash, **changes}) + "\n"


def test_a_stretch_that_was_not_drawn_is_taken_at_its_offsets(open_project: Project) -> None:
    Path("free.jsonl").write_text(free(open_project, probability=0.5), encoding="utf-8")
    assert crossframe(open_project, "import", "free.jsonl") == 0
    line = code_lines.parse(code_lines.read_text(open_project))["ash-2004", "ash-2004-0-15"]
    assert line["probability"] == 0.5
    assert "draw" not in line


@pytest.mark.parametrize("case", FREE_LINES)
def test_bad_lines_are_told_with_their_numbers(
    case: str, open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, told = FREE_LINES[case]
    if case == "other offsets":
        Path("first.jsonl").write_text(free(open_project, unit="ash-2004-00", end=10), encoding="utf-8")
        assert crossframe(open_project, "import", "first.jsonl") == 0
    before = contents(open_project.corpus)
    text = free(open_project, start=1) + "\n" + free(open_project, **changes)
    Path("free.jsonl").write_text(text, encoding="utf-8")
    assert crossframe(open_project, "import", "free.jsonl") == 2
    assert f"line 3: {told}" in capsys.readouterr().err
    assert contents(open_project.corpus) == before


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "no heading with the columns"),
    "another table": (b"a,b\n1,2\n", "no heading with the columns"),
    "a column twice": (b"text,frame:pressure,frame:pressure\n", "two columns are called 'frame:pressure'"),
    "an archive": (b"PK\x03\x04", "is an archive"),
    "Latin-1": (b"text,frame:pressure\ncaf\xe9,denied\n", "not UTF-8 at byte"),
    "broken JSON": (b'[{"data": ', "not one of the forms"),
    "broken line": (b'{"codes": {}}\n{"codes": \n', "line 2: "),
    "a list of numbers": (b"[1, 2]", "a list without tasks"),
    "deep": (b"[" * 100_000, "not one of the forms"),
    "other lines": (b'{"a": 1}\n', "lines with neither 'codes' nor 'label' and 'text'"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_of_another_kind_is_refused(
    case: str, open_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = UNREADABLE[case]
    Path("file").write_bytes(content)
    assert crossframe(open_project, "import", "file", "--coder", "anna") == 2
    assert told in capsys.readouterr().err


TASK = {"id": 1, "data": {"task": "draw-001-0001", "text": "Orrin was punished twice."}}
PRESSURE = {"from_name": "frame_pressure", "type": "choices", "value": {"choices": ["denied"]}}


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ([PRESSURE, PRESSURE], "task 1: control 'frame_pressure' has two results"),
        ([{**PRESSURE, "value": {"choices": ["denied", "affirmed"]}}], "frame 'pressure' has not just one"),
        ([{**PRESSURE, "from_name": "frame_lure"}], "unknown frame 'lure'"),
        ([{**PRESSURE, "value": 3}], "task 1: "),
        (["x"], "task 1: "),
    ],
)
def test_an_odd_annotation_is_told_with_its_task(
    open_project: Project, result: list[Any], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded(open_project, "label-studio.json")
    task = {**TASK, "annotations": [{"result": result, "completed_by": 1}]}
    Path("odd.json").write_text(json.dumps([task]), encoding="utf-8")
    assert crossframe(open_project, "import", "odd.json") == 2
    assert told in capsys.readouterr().err


# Small laws --------------------------------------------------------------------------------------


@given(st.text(max_size=20) | st.from_regex(r"'*[=+@-].*", fullmatch=True))
def test_a_quoted_cell_is_read_as_it_was_and_is_no_formula(text: str) -> None:
    quoted = sheet._quoted(text)
    assert sheet._plain(quoted) == text
    assert not quoted.startswith(("=", "+", "-", "@"))


_LINE = st.builds(
    lambda unit, codes: {"doc_id": "a", "unit": unit, "start": 0, "end": 1, "codes": codes},
    st.integers(0, 9).map(str),
    st.dictionaries(st.text(max_size=3), st.just({}), max_size=2),
)


@given(
    st.lists(_LINE, unique_by=lambda it: it["unit"], max_size=5),
    _LINE,
    st.booleans(),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_other_lines_stay_byte_for_byte(
    lines: list[dict[str, Any]], put: dict[str, Any], closed: bool, mark: str, end: str
) -> None:
    text = mark + end.join(json.dumps(line, indent=None, separators=(",", ":")) for line in lines)
    text += end if closed and lines else ""
    there = ("a", put["unit"]) in code_lines.parse(text)
    changed, new = ({("a", put["unit"]): put}, []) if there else ({}, [put])
    after = code_lines.with_lines(text, changed=changed, new=new)
    known = code_lines.parse(text)
    assert code_lines.parse(after) == {**known, ("a", put["unit"]): put}
    assert after.startswith(mark)
    if not there:
        assert after.startswith(text.rstrip("\n"))
    assert code_lines.with_lines(text, changed={}, new=[]) == text


def test_the_command_line_offers_every_form() -> None:
    assert arguments.FORMS == formats.FORMS
    assert set(formats.TO_DO) == set(formats.FORMS)
