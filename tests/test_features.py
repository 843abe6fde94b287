"""features: what a coder may look at is counted where it stands, document by document."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import features, tables
from nlp.codebook import Codebook, Unit
from nlp.params import FeaturesParams

PARAMS = FeaturesParams(zones=["heading", "body"])
BOOK = small_codebook(
    {"threat": ["threat*", "no danger"], "hope": ["hope*"]},
    {"affirmed": [], "denied": ["not", "no", "deny", "denies"], "attributed": ["say*"]},
)


class Said(NamedTuple):
    """A sentence as `word/relation/head word/relation/head`, heads by number; names in capitals."""

    doc_id: str
    parse: str
    paragraph: int = 0
    zone: str = "body"


def world(said: Sequence[Said]) -> dict[str, pd.DataFrame]:
    """The tables that the stage reads; a character between sentences, and no names."""
    sentences, tokens = [], []
    place: dict[str, int] = {}
    number: dict[str, int] = {}
    for it in said:
        at, sent_id = place.get(it.doc_id, 0), number.get(it.doc_id, 0)
        parsed = [word.split("/") for word in it.parse.split()]
        starts = [at + sum(len(word) + 1 for word, *_ in parsed[:n]) for n in range(len(parsed))]
        for (word, dep, head), start in zip(parsed, starts, strict=True):
            pos = "PROPN" if word.isupper() and len(word) > 1 else "X"
            own = (it.doc_id, sent_id, start, start + len(word), word, word, pos, False)
            tokens.append((*own, dep, starts[int(head)]))
        text = " ".join(word for word, *_ in parsed)
        end = at + len(text)
        sentences.append((it.doc_id, sent_id, at, end, at, end, it.zone, it.paragraph, None, text))
        place[it.doc_id], number[it.doc_id] = end + 1, sent_id + 1
    return {
        "sentences": tables.make("sentences", sentences),
        "tokens": tables.make("tokens", tokens),
        "entities": tables.make("entities", []),
    }


def run(inputs: Mapping[str, pd.DataFrame], codebook: Codebook = BOOK) -> features.Result:
    """Tables in the order of their keys."""
    found = features.run(PARAMS, **inputs, codebook=codebook)._asdict()
    return features.Result(
        **{name: it.sort_values(tables.KEYS[name], ignore_index=True) for name, it in found.items()}
    )


def counted(
    said: Said | Sequence[Said], view: str, frame: str = "", book: Codebook = BOOK
) -> dict[str, float]:
    """Features of a view, in all units together (later units win)."""
    rows = run(world([said] if isinstance(said, Said) else said), book).features
    own = rows[(rows["view"] == view) & (rows["frame"] == frame)]
    return dict(zip(own["feature"], own["value"], strict=True))


# ---- stance -----------------------------------------------------------------------------------------

SAME = "It/nsubj/3 does/aux/3 not/neg/3 threaten/ROOT/3 us/dobj/3"
CLAUSE = "He/nsubj/1 denies/ROOT/1 that/mark/4 it/nsubj/4 threatens/ccomp/1 us/dobj/4"
CLAUSES = "They/nsubj/1 say/ROOT/1 he/nsubj/3 claims/ccomp/1 it/nsubj/5 threatens/ccomp/3"
BELOW = "It/nsubj/1 threatens/ROOT/1 all/dobj/1 who/nsubj/5 do/aux/5 care/relcl/2 not/neg/5"
BESIDE = "It/nsubj/1 threatens/ROOT/1 those/dobj/1 with/prep/2 no/det/5 money/pobj/3"


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (SAME, {"any denied": 1, "bears denied": 1, "bears denied/": 1}),
        (CLAUSE, {"any denied": 1, "bears denied": 0.5, "bears denied/": 0.5}),
        (CLAUSES, {"any attributed": 1, "bears attributed": 0.25, "bears attributed/": 0.25}),
        (BELOW, {"any denied": 1}),
        (BESIDE, {"any denied": 1}),
        ("There/expl/1 is/ROOT/1 no/det/3 danger/attr/1", {"inside denied": 1}),
        (
            "He/nsubj/1 denies/ROOT/1 there/expl/3 is/ccomp/1 no/det/5 danger/attr/3",
            {"inside denied": 1, "any denied": 1, "bears denied": 0.5, "bears denied/": 0.5},
        ),
        ("It/nsubj/1 threatens/ROOT/1 us/dobj/1", {}),
    ],
    ids=["same clause", "across a clause", "across two", "below", "beside", "inside", "both", "none"],
)
def test_a_stance_cue_bears_on_what_the_parse_puts_under_it(parse: str, expected: dict[str, float]) -> None:
    assert counted(Said("a", parse), "scope", "threat") == expected


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (SAME, {"any denied": 1, "bears denied": 1, "bears denied/": 1}),
        (CLAUSE, {"any denied": 1, "bears denied": 1, "bears denied/": 1}),
        (BELOW, {"any denied": 1}),
        (
            "Not/neg/1 it/ROOT/1 ./punct/1 It/nsubj/4 is/ROOT/4",
            {"any denied": 1, "bears denied": 1, "bears denied/": 1},
        ),
    ],
)
def test_a_frame_without_words_of_its_own_is_in_the_main_clauses(
    parse: str, expected: dict[str, float]
) -> None:
    assert counted(Said("a", parse), "scope", "hope") == expected


def test_of_several_places_of_a_frame_the_nearest_counts() -> None:
    parse = "He/nsubj/1 denies/ROOT/1 threats/dobj/1 that/mark/5 would/aux/5 threaten/relcl/2 us/dobj/5"
    assert counted(Said("a", parse), "scope", "threat")["bears denied"] == 1


def test_what_bears_is_told_by_group_and_added_up() -> None:
    book = BOOK.model_copy(
        update={
            "stances": [
                BOOK.stances[0],
                BOOK.stances[1].model_copy(update={"cues": {"verbs": ["denies"], "words": ["not"]}}),
            ]
        }
    )
    parse = "He/nsubj/1 denies/ROOT/1 it/nsubj/5 does/aux/5 not/neg/5 threaten/ccomp/1"
    assert counted(Said("a", parse), "scope", "threat", book) == {
        "any denied": 2,
        "bears denied": 1.5,
        "bears denied/verbs": 0.5,
        "bears denied/words": 1,
    }
    assert counted(Said("a", parse), "groups", book=book) == {"denied/verbs": 1, "denied/words": 1}


def test_a_head_outside_of_the_unit_makes_a_root() -> None:
    """White space is no token, so what hangs on it hangs on nothing."""
    inputs = world([Said("a", SAME)])
    inputs["tokens"].loc[inputs["tokens"]["text"] == "threaten", "head"] = 999
    found = run(inputs).features
    assert found.loc[found["frame"] == "threat", "value"].tolist() == [1, 1, 1]


# ---- cues, entities, position -----------------------------------------------------------------------

THREAT, HOPE, NOTHING = "A/det/1 threat/ROOT/1", "Hope/ROOT/0 and/cc/0 hope/conj/0", "Well/ROOT/0"


def cue_rows(said: Sequence[Said]) -> list[tuple[int, str, float]]:
    rows = run(world(said)).features.query("view == 'cues'")
    return list(zip(rows["sent_id"], rows["feature"], rows["value"], strict=True))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([Said("a", HOPE)], [(0, "here hope", 2)]),
        (
            [Said("a", HOPE), Said("a", NOTHING), Said("a", HOPE)],
            [(0, "here hope", 2), (1, "near hope", 4), (2, "here hope", 2)],
        ),
        ([Said("a", HOPE), Said("a", NOTHING, paragraph=1)], [(0, "here hope", 2)]),
        ([Said("a", HOPE), Said("b", NOTHING)], [(0, "here hope", 2)]),
        (
            [Said("a", THREAT, 0, "heading"), Said("a", NOTHING, 1), Said("a", NOTHING, 2)],
            [(0, "here threat", 1), (1, "heading threat", 1), (2, "heading threat", 1)],
        ),
        (
            [Said("a", THREAT, 0, "heading"), Said("a", HOPE, 1, "heading"), Said("a", NOTHING, 2)],
            [(0, "here threat", 1), (1, "here hope", 2), (2, "heading hope", 2)],
        ),
        ([Said("a", THREAT, 0, "heading"), Said("b", NOTHING)], [(0, "here threat", 1)]),
        ([Said("a", THREAT, 0, "note"), Said("a", NOTHING)], []),
    ],
    ids=["here", "near", "other paragraph", "other document", "heading", "last one", "not theirs", "zone"],
)
def test_cues_count_here_beside_and_above(
    said: Sequence[Said], expected: list[tuple[int, str, float]]
) -> None:
    assert cue_rows(said) == expected


@pytest.mark.parametrize("unit", get_args(Unit))
def test_the_tables_have_their_form(unit: Unit) -> None:
    said = [Said("a", THREAT, 0, "heading"), *(Said("a", it, 1) for it in PARSES), Said("b", HOPE)]
    for name, table in run(world(said), BOOK.model_copy(update={"unit": unit}))._asdict().items():
        pd.testing.assert_frame_equal(tables.check(name, table), table)


def test_hits_are_placed_in_the_text_of_their_unit() -> None:
    said = [Said("a", NOTHING), Said("a", THREAT), Said("a", HOPE, 1)]
    for unit in get_args(Unit):
        found = run(world(said), BOOK.model_copy(update={"unit": unit}))
        text = found.units.set_index(["doc_id", "sent_id"])["text"]
        words = [text[it.doc_id, it.sent_id][it.start : it.end] for it in found.cues.itertuples()]
        assert words == ["threat", "Hope", "hope"]


def entity(doc_id: str, sent_id: int, start: int, kind: str) -> tuple[object, ...]:
    place = (doc_id, sent_id, start, start + 1, start, start + 1)
    return (*place, "x", "ORG", kind, "x", "x", "", "", "x", "model", 0.5)


def test_names_are_counted_by_kind_in_their_unit() -> None:
    inputs = world([Said("a", NOTHING), Said("a", THREAT), Said("b", HOPE), Said("b", HOPE, 1, "note")])
    named = [
        ("a", 1, 5, "place"),
        ("a", 1, 7, "place"),
        ("a", 1, 9, "person"),
        ("b", 0, 0, "place"),
        ("b", 1, 20, "place"),
    ]
    inputs["entities"] = tables.make("entities", [entity(*it) for it in named])
    rows = run(inputs).features.query("view == 'entities'")
    assert list(rows.drop(columns=["frame", "view"]).itertuples(index=False, name=None)) == [
        ("a", 1, "person", 1),
        ("a", 1, "place", 2),
        ("b", 0, "place", 1),
    ]


def test_a_unit_stands_somewhere_in_its_document() -> None:
    rows = run(world([Said("a", THREAT), Said("b", NOTHING), Said("b", HOPE, 1, "heading")])).features
    rows = rows[rows["view"] == "position"]
    assert list(zip(rows["doc_id"], rows["sent_id"], rows["feature"], rows["value"], strict=True)) == [
        ("a", 0, "body", 1),
        ("a", 0, "place", 0.5),
        ("a", 0, "words", 2),
        ("b", 0, "body", 1),
        ("b", 0, "place", 0.25),
        ("b", 0, "words", 1),
        ("b", 1, "heading", 1),
        ("b", 1, "place", 0.75),
        ("b", 1, "words", 3),
    ]


# ---- syntax -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (NOTHING, {}),
        (SAME, {"negation": 1, "own voice": 1}),
        ("May/aux/2 we/nsubj/2 ask/ROOT/2 ?/punct/2", {"modal": 1, "own voice": 1, "question": 1}),
        ("If/mark/1 true/ROOT/1 but/cc/1 whether/mark/1", {"condition": 2, "contrast": 1}),
        ("It/nsubjpass/2 was/auxpass/2 said/ROOT/2", {"passive": 1}),
        (
            "BUSH/nsubj/1 says/ROOT/1 he/nsubj/3 knows/ccomp/1 it/nsubj/5 holds/ccomp/3",
            {"reported clause": 2, "reported by a name": 1},
        ),
        ("He/nsubj/1 says/ROOT/1 it/nsubj/3 is/ccomp/1", {"reported clause": 1}),
        ("“/punct/1 A/ROOT/1 b/dep/1 ”/punct/1 c/dep/1 d/dep/1 e/dep/1 f/dep/1", {"quoted": 0.25}),
        ('"/punct/1 A/ROOT/1 "/punct/1 c/dep/1', {"quoted": 0.25}),
        ("A/ROOT/0 “/punct/0 b/dep/0 c/dep/0", {"quoted": 0.5}),
    ],
)
def test_syntax_and_form_are_counted(parse: str, expected: dict[str, float]) -> None:
    assert counted(Said("a", parse), "syntax") == expected


# ---- laws -------------------------------------------------------------------------------------------

PARSES = [SAME, CLAUSE, BELOW, THREAT, HOPE, NOTHING]
said = st.builds(
    Said,
    st.sampled_from("abc"),
    st.sampled_from(PARSES),
    st.integers(0, 2),
    st.sampled_from(["heading", "body", "note"]),
)
corpora = st.lists(said, max_size=9).map(
    lambda rows: sorted(rows, key=lambda it: (it.doc_id, it.paragraph))
)
units = st.sampled_from(get_args(Unit))
few = settings(max_examples=30)


@few
@given(corpora, units)
def test_documents_one_by_one_give_what_they_give_together(said: list[Said], unit: Unit) -> None:
    """So parts of any size add up to the whole."""
    book = BOOK.model_copy(update={"unit": unit})
    inputs = world(said)
    pieces = [
        run({name: it[it["doc_id"] == doc_id] for name, it in inputs.items()}, book) for doc_id in "abc"
    ]
    for name, whole in run(inputs, book)._asdict().items():
        together = pd.concat([getattr(it, name) for it in pieces], ignore_index=True)
        pd.testing.assert_frame_equal(together, whole)


@few
@given(corpora, units)
def test_every_stance_cue_is_somewhere_for_every_frame(said: list[Said], unit: Unit) -> None:
    found = run(world(said), BOOK.model_copy(update={"unit": unit}))
    cues = found.cues[found.cues["name"].isin(BOOK.stance_names)].groupby(["doc_id", "sent_id"]).size()
    rows = found.features
    key = ["doc_id", "sent_id"]
    assert rows[rows["view"] == "groups"].groupby(key)["value"].sum().to_dict() == cues.to_dict()
    for frame in BOOK.frame_names:
        own = rows[(rows["view"] == "scope") & (rows["frame"] == frame)]
        told = {
            it: own[own["feature"].str.startswith(it)].groupby(key)["value"].sum()
            for it in ("any ", "inside ", "bears denied/")
        }
        assert told["any "].add(told["inside "], fill_value=0).to_dict() == cues.to_dict()
        assert (told["bears denied/"] <= told["any "].reindex(told["bears denied/"].index)).all()


@few
@given(corpora)
def test_a_paragraph_has_the_cues_of_its_sentences(said: list[Said]) -> None:
    inputs = world(said)
    zones = inputs["sentences"].set_index(["doc_id", "sent_id"])["paragraph"]

    def by_paragraph(unit: Unit) -> dict[object, int]:
        cues = run(inputs, BOOK.model_copy(update={"unit": unit})).cues
        return (
            pd.Series(
                [(it.doc_id, zones[it.doc_id, it.sent_id], it.name) for it in cues.itertuples(index=False)],
                dtype=object,
            )
            .value_counts()
            .to_dict()
        )

    assert by_paragraph("paragraph") == by_paragraph("sentence")


@pytest.mark.parametrize("unit", get_args(Unit))
@pytest.mark.parametrize("rows", [[], [Said("a", THREAT, 0, "note")]])
def test_nothing_gives_empty_tables(unit: Unit, rows: list[Said]) -> None:
    found = run(world(rows), BOOK.model_copy(update={"unit": unit}))
    assert [len(it) for it in found] == [0, 0, 0]


def test_without_stances_only_frames_are_looked_for() -> None:
    book = small_codebook({"present": ["threat*"]}, {})
    rows = run(world([Said("a", SAME)]), book).features
    assert set(rows["view"]) == {"cues", "position", "syntax"}
