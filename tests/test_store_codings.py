"""store.codings: codes that people bring are checked line by line."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from conftest import small_codebook

from nlp import tables
from nlp.errors import CodingError
from nlp.manifest import Document, Manifest
from nlp.store import codings
from nlp.store.project import Project

CODEBOOK = small_codebook({"threat": ["threat"], "chance": ["chance"]}, {"affirmed": [], "denied": []})


def document(doc_id: str) -> Document:
    return Document(
        doc_id=doc_id,
        file=f"texts/{doc_id}.txt",
        authors=["A. Miller"],
        author="Miller",
        year=None,
        title="On floods",
        venue=None,
        kind="essay",
        language="en",
        rights="free",
        sha256=hashlib.sha256(doc_id.encode()).hexdigest(),
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "corpus" / "codings").mkdir(parents=True)
    return Project(tmp_path)


@pytest.fixture
def manifest() -> Manifest:
    return Manifest(documents=[document("b"), document("a")])


def line(**changes: object) -> str:
    """One coded unit as it stands in the file."""
    unit = {"unit": "a-1", "doc_id": "a", "block": "a-b0", "start": 0, "end": 5}
    codes = {"codes": {"anna": {"threat": "denied"}, "ben": {}}}
    return json.dumps({**unit, **codes, **changes}, ensure_ascii=False)


def read(
    project: Project, manifest: Manifest, lines: Sequence[str], encoding: str = "utf-8"
) -> pd.DataFrame:
    file = project.corpus / "codings" / "frames.jsonl"
    file.write_bytes("".join(f"{it}\n" for it in lines).encode(encoding))
    return codings.read_codings(project, manifest, CODEBOOK)


def test_no_file_means_no_codes(project: Project, manifest: Manifest) -> None:
    pd.testing.assert_frame_equal(
        codings.read_codings(project, manifest, CODEBOOK), tables.make("codings", [])
    )


def test_a_line_gives_a_row_for_every_coder_and_frame(project: Project, manifest: Manifest) -> None:
    place, unknown = ("a-1", "a", "a-b0", 0, 5), ("", "", None)
    expected = [
        (*place, "anna", "chance", "", *unknown),
        (*place, "anna", "threat", "denied", *unknown),
        (*place, "ben", "chance", "", *unknown),
        (*place, "ben", "threat", "", *unknown),
    ]
    found = read(project, manifest, [line()])
    pd.testing.assert_frame_equal(found, tables.make("codings", expected))


def test_how_codes_came_about_is_carried_along(project: Project, manifest: Manifest) -> None:
    known = line(codebook="0123456789ab", coded="2024-02-29", probability=0.25)
    found = read(project, manifest, [known, line(unit="a-2", probability=1)])
    told = found.drop_duplicates("unit")[["codebook", "coded_on", "probability"]]
    assert told.values.tolist() == [["0123456789ab", "2024-02-29", 0.25], ["", "", 1.0]]


def test_what_else_a_line_says_is_left_out(project: Project, manifest: Manifest) -> None:
    found = read(project, manifest, [line(text="A flood.", unsure=True)])
    pd.testing.assert_frame_equal(found, read(project, manifest, [line()]))


def test_without_stances_a_list_of_frames_will_do(project: Project, manifest: Manifest) -> None:
    plain = small_codebook({"threat": ["threat"], "chance": ["chance"]}, {})
    read(project, manifest, [])
    found = []
    for codes in (["threat"], {"threat": "present"}):
        text = line(codes={"anna": codes, "ben": []})
        (project.corpus / "codings" / "frames.jsonl").write_text(text, encoding="utf-8")
        found.append(codings.read_codings(project, manifest, plain))
    assert found[0]["stance"].tolist() == ["", "present", "", ""]
    pd.testing.assert_frame_equal(*found)


@pytest.mark.parametrize("space", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_line(project: Project, manifest: Manifest, space: str) -> None:
    assert len(read(project, manifest, [line(text=f"A{space}flood.")])) == 4


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ('{"unit": "a-1"', "Expecting ',' delimiter"),
        ("[]", "Input should be a valid dictionary"),
        (line(doc_id="z"), "document 'z' is not in corpus/corpus.yaml"),
        (line(codes={"anna": {"storm": "denied"}}), "unknown frame 'storm'"),
        (line(codes={"anna": {"threat": "feared"}}), "unknown stance 'feared'"),
        (line(codes={"anna": {"threat": ""}}), "unknown stance ''"),
        (line(codes={"anna": "threat"}), "codes.anna: Input should be a valid dictionary"),
        (line(codes={"anna": [1]}), "codes.anna: Input should be a valid dictionary"),
        (line(codes={"anna": ["threat"]}), "only a codebook without stances does with a list of frames"),
        (line(codes={"all": {}}), "a coder cannot be called 'all': the tables use that name"),
        (line(start=5), "unit 'a-1' ends at 5, before it starts"),
        (line(start=-1), "start: Input should be greater than or equal to 0"),
        (line(end="5"), "end: Input should be a valid integer"),
        (line(block=None), "block: Input should be a valid string"),
        (line(codebook="1.1"), "codebook: String should match pattern"),
        (line(coded="2023-02-29"), "coded: Value error, "),
        (line(coded="20240229"), "coded: Value error, write the date as YYYY-MM-DD"),
        (line(probability=0), "probability: Input should be greater than 0"),
        (line(probability=1.01), "probability: Input should be less than or equal to 1"),
    ],
)
def test_a_bad_line_is_told_with_its_number(
    project: Project, manifest: Manifest, bad: str, told: str
) -> None:
    with pytest.raises(CodingError) as caught:
        read(project, manifest, [line(), bad, line(unit="a-2")])
    assert caught.value.problem.startswith("line 2: ")
    assert told in caught.value.problem
    assert caught.value.where == "corpus/codings/frames.jsonl"
    assert caught.value.hint.startswith("correct or remove these lines")


def test_all_bad_lines_are_told_at_once(project: Project, manifest: Manifest) -> None:
    with pytest.raises(CodingError, match=r"frames\.jsonl: line 1: .*; line 3: .*\n  -> correct"):
        read(project, manifest, ["{", line(), line(doc_id="z")])


def test_a_unit_that_is_there_twice_is_told(project: Project, manifest: Manifest) -> None:
    with pytest.raises(CodingError, match=r"frames\.jsonl: line 2: unit 'a-1'"):
        read(project, manifest, [line(), line()])


def test_units_of_two_documents_may_share_a_name(project: Project, manifest: Manifest) -> None:
    assert len(read(project, manifest, [line(), line(doc_id="b")])) == 8


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_holds_no_codes(project: Project, manifest: Manifest, content: str) -> None:
    assert read(project, manifest, [content]).empty


def test_a_file_in_another_encoding_is_told(project: Project, manifest: Manifest) -> None:
    with pytest.raises(CodingError, match=r"frames\.jsonl: cannot be read .*\n.*UTF-8"):
        read(project, manifest, [line(text="Überflutung")], encoding="cp1252")


def test_codes_hang_on_their_file_and_the_listed_documents(project: Project, manifest: Manifest) -> None:
    def hashes(manifest: Manifest) -> tuple[str, ...]:
        return tuple(codings.hashes(project, manifest, "codings"))

    absent = hashes(manifest)
    read(project, manifest, [line()])
    present = hashes(manifest)
    read(project, manifest, [line(unit="a-2")])
    assert len({absent, present, hashes(manifest), hashes(Manifest(documents=[document("a")]))}) == 4


# -- mentions --------------------------------------------------------------------------------------


def coded(*mentions: dict[str, object], **changes: object) -> str:
    """One unit with coded mentions as it stands in the file."""
    unit = {"unit": "a-1", "doc_id": "a", "block": "a-b0", "start": 0, "end": 9, "text": "The flood."}
    return json.dumps({**unit, "mentions": mentions, **changes})


FLOOD = {"start": 4, "end": 9, "label": "EVENT", "entity": "Flood"}


def read_mentions(project: Project, manifest: Manifest, *lines: str) -> pd.DataFrame:
    (project.corpus / "codings" / "entities.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return codings.read_coded_mentions(project, manifest)


def test_a_row_for_every_mention_and_one_for_a_unit_without(project: Project, manifest: Manifest) -> None:
    place = ("a", "a-b0", 0, 9, "The flood.")
    expected = [("a-1", *place, 4, 9, "EVENT", "Flood"), ("a-2", *place, None, None, "", "")]
    found = read_mentions(project, manifest, coded(FLOOD), coded(unit="a-2"))
    pd.testing.assert_frame_equal(found, tables.make("coded_mentions", expected))


def test_no_file_means_no_coded_mentions(project: Project, manifest: Manifest) -> None:
    assert codings.read_coded_mentions(project, manifest).empty


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (coded({**FLOOD, "end": 99}), "a mention from 4 to 99 does not fit into its text"),
        (coded({**FLOOD, "end": 4}), "a mention from 4 to 4 does not fit into its text"),
        (coded(FLOOD, FLOOD), "unit 'a-1' has two mentions that start at the same place"),
        (coded({**FLOOD, "label": ""}), "mentions.0.label: String should have at least 1 character"),
        (coded(doc_id="z"), "document 'z' is not in corpus/corpus.yaml"),
        (coded(mentions=None), "mentions: Input should be a valid list"),
    ],
)
def test_bad_mentions_are_told_with_their_line(
    project: Project, manifest: Manifest, bad: str, told: str
) -> None:
    with pytest.raises(CodingError) as caught:
        read_mentions(project, manifest, coded(unit="a-0"), bad)
    assert caught.value.problem == f"line 2: {told}"
    assert caught.value.where == "corpus/codings/entities.jsonl"
