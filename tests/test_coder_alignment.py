"""coder: codes of a sample find their sentences."""

import pytest
from coded import PLAIN, Codes, codings, corpus, documents, run, sentences, unit

from nlp.coder.alignment import align, check_codings
from nlp.errors import CodingError, ConfigError

THREE = sentences(("a", 0, 20, "first"), ("a", 20, 50, "second"), ("a", 60, 100, "third"))
DOCUMENTS = documents(("a", "A", 200), ("b", "B", 30))


@pytest.mark.parametrize(
    ("start", "end", "home"),
    [
        pytest.param(0, 20, 0, id="a sentence"),
        pytest.param(22, 30, 1, id="inside a sentence"),
        pytest.param(10, 45, 1, id="over two sentences: the larger share"),
        pytest.param(5, 27, 0, id="over two sentences: the larger share is the first"),
        pytest.param(15, 25, 0, id="as much of both: the first"),
        pytest.param(0, 110, 2, id="all sentences: the longest"),
        pytest.param(45, 55, 1, id="half of the unit"),
        pytest.param(46, 56, None, id="less than half of the unit"),
        pytest.param(90, 200, None, id="less than half of the sentence, which is shorter"),
        pytest.param(70, 200, 2, id="more than half of the sentence"),
        pytest.param(50, 60, None, id="between sentences"),
        pytest.param(150, 200, None, id="after the last sentence"),
    ],
)
def test_a_unit_belongs_to_the_sentence_it_overlaps_most(start: int, end: int, home: int | None) -> None:
    coded = align(codings(unit("u", start, end, {"coercion": "denied"})), THREE, 0.5)
    expected = [] if home is None else [(home, "attraction", False, ""), (home, "coercion", True, "denied")]
    columns = ["sent_id", "frame", "present", "stance"]
    assert [tuple(row) for row in coded[columns].itertuples(index=False)] == expected


@pytest.mark.parametrize(
    ("one", "other", "stances"),
    [
        ({"coercion": "denied"}, {}, {"coercion": "denied"}),
        ({}, {"coercion": "denied"}, {"coercion": "denied"}),
        (
            {"attraction": "affirmed"},
            {"coercion": "denied"},
            {"attraction": "affirmed", "coercion": "denied"},
        ),
        ({"coercion": "affirmed"}, {"coercion": "denied"}, {"coercion": "denied"}),
        ({}, {}, {}),
    ],
)
def test_two_units_in_a_sentence_add_up_and_the_larger_one_decides(
    one: Codes, other: Codes, stances: Codes
) -> None:
    units = codings(unit("small", 60, 70, one), unit("large", 70, 100, other))
    coded = align(units, THREE, 0.5)
    assert list(coded["sent_id"]) == [2, 2]
    assert {row.frame: row.stance for row in coded.itertuples() if row.present} == stances


def test_coders_are_kept_apart() -> None:
    units = codings(
        unit("u", 0, 20, {"coercion": "denied"}), unit("u", 0, 20, {"coercion": "affirmed"}, by="second")
    )
    coded = align(units, THREE, 0.5)
    found = coded[coded["present"]].set_index("coder")["stance"]
    assert found.to_dict() == {"final": "denied", "second": "affirmed"}


def test_a_unit_in_a_document_without_sentences_finds_none() -> None:
    units = codings(unit("u", 0, 20, {"coercion": "denied"}), unit("v", 0, 20, {}, doc_id="b"))
    assert set(align(units, THREE, 0.5)["doc_id"]) == {"a"}


@pytest.mark.parametrize(("doc_id", "end", "size"), [("a", 201, 200), ("b", 31, 30)])
def test_a_unit_beyond_the_end_of_its_document_is_refused(doc_id: str, end: int, size: int) -> None:
    units = codings(unit("fine", 0, 20, {}), unit("wrong", 0, end, {}, doc_id=doc_id))
    with pytest.raises(CodingError, match=f"unit 'wrong' ends at {end}, but {doc_id} has {size}") as caught:
        check_codings(units, DOCUMENTS, PLAIN)
    assert "fine" not in caught.value.problem
    assert caught.value.where == "corpus/codings/frames.jsonl"


def test_a_unit_that_ends_with_its_document_is_fine() -> None:
    check_codings(codings(unit("u", 0, 200, {})), DOCUMENTS, PLAIN)


def test_no_codings_give_no_coded_sentences() -> None:
    assert align(codings(), THREE, 0.5).empty


def test_a_unit_without_any_overlap_finds_no_sentence() -> None:
    assert align(codings(unit("u", 150, 200, {})), THREE, 0.0).empty


def test_units_of_the_same_name_in_two_documents_keep_to_their_own() -> None:
    both = sentences(("a", 0, 20, "first"), ("a", 20, 30, "second"), ("b", 0, 20, "other"))
    units = codings(unit("u", 20, 30, {}), unit("u", 0, 20, {}, doc_id="b"))
    coded = align(units, both, 0.5)
    assert set(zip(coded["doc_id"], coded["sent_id"], strict=True)) == {("a", 1), ("b", 0)}


def test_a_name_that_never_coded_is_a_mistake() -> None:
    inputs = corpus("a", "b")
    with pytest.raises(ConfigError, match=r"coder\.reference: nobody called 'finel'.*\n.*final"):
        run(inputs, reference="finel")
    with pytest.raises(
        ConfigError, match=r"coder\.adjudicators: nobody called 'joe'.*\n.*final; or nobody"
    ):
        run(inputs, adjudicators=["final", "joe"])
