"""Coded files of any content: each is read or refused, and none shows a fault of the program."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, small_codebook
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import CodingError
from nlp.labelling import formats
from nlp.labelling.checking import Drawn, Rules, checked
from nlp.labelling.formats.rows import Row

CODEBOOK = small_codebook({"pressure": ["x"]}, {"affirmed": [], "denied": ["not"]})
KEYS = ["data", "result", "value", "choices", "from_name", "codes", "text", "task", "email", "id", "anna"]
WORDS = st.sampled_from(
    ["", "frame_pressure", "choices", "denied", "pressure: denied", "draw-001-0001", "a"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | WORDS | st.text(max_size=3),
    lambda it: st.lists(it, max_size=3) | st.dictionaries(st.sampled_from(KEYS), it, max_size=4),
    max_leaves=15,
)


def shaped(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of a form that a reader expects, in which a field may be missing or something else."""
    often = {name: st.one_of(it, it, VALUES) for name, it in fields.items()}
    return st.fixed_dictionaries(often) | st.fixed_dictionaries({}, optional=often)


CONTROL = shaped(from_name=WORDS, type=WORDS, value=shaped(choices=st.lists(WORDS, max_size=2)))
ANNOTATION = shaped(result=st.lists(CONTROL, max_size=2), completed_by=VALUES, updated_at=WORDS)
PLACE = {"text": WORDS, "doc_id": WORDS, "start": st.just(0), "end": st.just(9), "codebook": WORDS}
SHAPES = {
    "full": shaped(data=shaped(**PLACE), annotations=st.lists(ANNOTATION, max_size=2)),
    "flat": shaped(**PLACE, frame_pressure=WORDS, comment=WORDS, annotation_id=VALUES, annotator=VALUES),
    "lines": shaped(**PLACE, codes=shaped(anna=shaped(pressure=WORDS)), comments=VALUES, coded=WORDS),
    "labels": shaped(**PLACE, label=st.lists(WORDS, max_size=2), Comments=VALUES),
}


def draw(name: str) -> Drawn:
    raise ValueError(f"draw {name!r} is not recorded")


RULES = Rules(
    codebook=CODEBOOK,
    draw=draw,
    length=lambda _: 100,
    coder=lambda name: name or "anna",
    today="2024-05-31",
    date=None,
    codebook_changed=True,
)


def outcome(text: str) -> list[Row]:
    """The rows of a file, each of them taken or refused."""
    try:
        rows = formats.read(text, CODEBOOK, where="file").rows
    except CodingError as error:
        assert error.problem
        return []
    for row in rows:
        if row.codes is not None:
            try:
                assert 0 <= checked(row, RULES).start < 100
            except ValueError as error:
                assert str(error)
    return rows


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=300)
@given(st.data())
def test_any_export_is_read_or_refused(shape: str, data: st.DataObject) -> None:
    items = data.draw(st.lists(SHAPES[shape], min_size=1, max_size=2))
    found = (json.dumps(items), "".join(json.dumps(it) + "\n" for it in items))
    assert all(len(outcome(text)) <= 4 * len(items) for text in found)


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_export_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["label-studio.json", "label-studio-min.json", "doccano.jsonl"]))
    text = (ROOT / "tests" / "labelling" / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 60, len(text))))
    damaged = text[:start] + data.draw(st.sampled_from(["", "0", '"', "null", "[]", "{}"])) + text[end:]
    assert len(outcome(damaged)) <= 20


@given(st.text(alphabet=st.sampled_from('text,frame:pressure,"\n\r;\t=x '), max_size=200))
def test_any_table_is_read_or_refused(text: str) -> None:
    assert len(outcome("text,frame:pressure,done,doc_id,start,end\n" + text)) <= len(text) + 1


def csv_rows(text: str) -> list[Row]:
    return formats.read(text, CODEBOOK, where=str(Path("file"))).rows


def test_with_one_stance_a_mark_or_a_list_of_frames_will_do() -> None:
    codebook = small_codebook({"pressure": ["x"], "lure": ["y"]}, {"present": []})
    table = formats.read(
        "text,frame:pressure,frame:lure\nOne.,X,\nTwo.,present,x\n", codebook, where="file"
    )
    assert [row.codes for row in table.rows] == [
        {"pressure": "present"},
        {"pressure": "present", "lure": "present"},
    ]
    lines = formats.read('{"codes": {"anna": ["lure"], "ben": []}}', codebook, where="file")
    assert [row.codes for row in lines.rows] == [{"lure": "present"}, {}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_choose_its_delimiter(delimiter: str) -> None:
    table = 'text,frame:pressure,done\n"One, two; three.", Denied ,\nFour.,,x\nFive.,,\n,,\n'
    cells = '"One, two; three."'
    text = table.replace(cells, "\0").replace(",", delimiter).replace("\0", cells)
    found = csv_rows(text)
    assert [row.codes for row in found] == [{"pressure": "denied"}, {}, None]
    assert [row.place for row in found] == ["row 2", "row 3", "row 4"]
    assert found[0].said["text"] == "One, two; three."
