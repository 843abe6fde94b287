"""counts: texts in segments, and what is counted in each."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import counts, tables
from nlp.params import CountsParams
from nlp.tables.names import CITED

PARAMS = CountsParams(max_segments=4, min_segment_words=5, pos=["NOUN", "VERB"])
Row = tuple[object, ...]
Words = list[list[str]]  # sentences of a text; a word as `lemma/POS`

word = st.sampled_from(["war/NOUN", "wage/VERB", "of/ADP", "Peace/NOUN", "./PUNCT", "x/NOUN", "thing/NOUN"])
texts = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.lists(word, max_size=9), min_size=1, max_size=20),
    min_size=1,
)


def run(made: dict[str, Words], names: list[Row] | None = None, **changed: object) -> counts.Result:
    sentences = [
        (doc_id, n, 100 * n, 100 * n + 99, 0, 0, "note" if n % 7 == 6 else "body", n // 3, None, "x")
        for doc_id, own in made.items()
        for n in range(len(own))
    ]
    tokens = [
        (doc_id, n, 100 * n + at, 100 * n + at + 1, lemma, lemma, pos, lemma == "thing", "ROOT", 100 * n)
        for doc_id, own in made.items()
        for n, words in enumerate(own)
        for at, (lemma, pos) in enumerate(it.split("/") for it in words)
    ]
    found = counts.run(
        PARAMS.model_copy(update=changed),
        sentences=tables.make("sentences", sentences),
        tokens=tables.make("tokens", tokens),
        entities=tables.make("entities", names or []),
    )
    return counts.Result(**{name: tables.check(name, table) for name, table in found._asdict().items()})


def name(doc_id: str, sent_id: int, actor: str, kind: str = "state") -> Row:
    start = 100 * sent_id
    place = (doc_id, sent_id, start, start + 1, start, start + 1)
    return (*place, actor, "GPE", kind, f"{actor} city", actor, "", "", actor, "alias", 1.0)


@given(texts)
def test_segments_are_successive_and_of_like_length(made: dict[str, Words]) -> None:
    for _, own in run(made).measures.groupby("doc_id"):
        assert own["segment"].is_monotonic_increasing
        words = own["words"].sum()
        number = np.clip(words // PARAMS.min_segment_words, 1, PARAMS.max_segments)
        assert own["segment"].max() < number
        longest = own["words"].max()
        sizes = own.groupby("segment")["words"].sum()
        assert (abs(sizes - words / number) <= longest + 1e-9).all() or number == 1


@given(texts)
def test_counts_add_up_to_the_words(made: dict[str, Words]) -> None:
    found = run(made)
    of_kind = found.counts.groupby("kind")["count"].sum()
    assert of_kind.get("form", 0) == found.measures["words"].sum()
    compared = [it for own in made.values() for words in own for it in words]
    content = sum(it in ("war/NOUN", "wage/VERB", "Peace/NOUN") for it in compared)
    assert of_kind.get("word", 0) == content
    assert found.occurrences["count"].sum() == content
    both = found.counts.query("kind == 'form'").groupby(["doc_id", "segment", "zone"])["count"].sum()
    own = found.measures.groupby(["doc_id", "segment", "zone"])["words"].sum()
    pd.testing.assert_series_equal(both, own[own > 0], check_names=False, check_index_type=False)


@given(texts)
def test_split_is_whole(made: dict[str, Words]) -> None:
    whole = run(made)
    parts = [run({doc_id: own}) for doc_id, own in made.items()]
    for table in ("measures", "counts"):
        together = pd.concat([getattr(it, table) for it in parts], ignore_index=True)
        pd.testing.assert_frame_equal(tables.check(table, together), getattr(whole, table))


def test_measures_are_words_letters_and_long_words() -> None:
    found = run({"a": [["Parliament/NOUN", "can't/VERB", "./PUNCT", "1991/NUM"], ["—/PUNCT"]]}).measures
    assert found[["words", "letters", "long_words"]].to_numpy().tolist() == [[3, 18, 1], [0, 0, 0]]


@pytest.mark.parametrize(
    ("token", "counted", "compared"),
    [
        ("empire/NOUN", True, True),
        ("co2/NOUN", True, True),
        ("post-Soviet/NOUN", True, True),
        ("is/AUX", True, False),
        ("thing/NOUN", True, False),  # a function word here
        ("1991/NOUN", True, False),
        ("x/NOUN", True, False),
        ("%/NOUN", False, False),
    ],
)
def test_all_words_are_counted_and_content_words_compared(
    token: str, *, counted: bool, compared: bool
) -> None:
    table = run({"a": [[token]]}).counts
    feature = token.split("/")[0].lower()
    assert list(table.query("kind == 'form'")["feature"]) == ([feature] if counted else [])
    assert list(table.query("kind == 'word'")["feature"]) == ([feature] if compared else [])


def test_names_count_for_their_actor_and_cited_authors_for_nobody() -> None:
    names = [name("a", 0, "tolby"), name("a", 1, "tolby"), name("a", 2, "holt", CITED)]
    table = run({"a": [["war/NOUN"]] * 3}, names).counts.query("kind == 'entity'")
    assert table[["feature", "count"]].to_numpy().tolist() == [["tolby", 2]]


def test_a_text_without_words_has_one_segment() -> None:
    found = run({"a": [[], ["./PUNCT"]]})
    assert found.measures["segment"].tolist() == [0, 0]
    assert found.counts.empty
