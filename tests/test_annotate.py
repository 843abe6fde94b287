"""annotate: sentences, tokens and mentions, each with its way back to the source.

The tests' own pipeline is a sentence splitter, a list of parts of speech and a list of "model" names.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import annotate, clean, tables
from nlp.annotate.language import load
from nlp.clean.known import Known
from nlp.clean.trace import Trace
from nlp.errors import ConfigError
from nlp.params import CleanParams
from nlp.registry import Entity, Registry
from nlp.store.configs import read_params
from nlp.store.project import Project

ALL_PARAMS = read_params(Project(Path(__file__).parents[1]))
CLEAN = ALL_PARAMS.clean
PARAMS = ALL_PARAMS.annotate.model_copy(
    update={"language": "tiny", "zones": ["title", "abstract", "heading", "body", "quote"]}
)
load_installed = spacy.load
few = settings(max_examples=25)

MODEL_NAMES = {
    "Russia": "PERSON",  # a mistake: the registry knows better
    "Russia Today": "ORG",
    "the Kremlin’s": "ORG",
    "Red Square": "FAC",
    "1991": "DATE",
    "The Hague": "GPE",
    "the": "ORG",
    "Eurasian Economic": "NORP",
}


def entity(name: str, label: str, **more: Any) -> Entity:
    return Entity(
        **{"id": name.lower().replace(" ", "-"), "name": name, "label": label, "kind": "state"} | more
    )


REGISTRY = Registry(
    entities=(
        entity("Russia", "GPE", aliases=["Russian Federation"]),
        entity("Moscow", "GPE", metonym_of="russia"),
        entity("Eurasian Economic Union", "ORG", id="eeu", acronyms=["EEU"]),
        entity("Eurasian", "NORP"),
        entity("Customs Union", "ORG"),
        entity("United States", "GPE", acronyms=["US"]),
        entity("West", "LOC"),
        entity("Front", "ORG", aliases=["People's Front"], acronyms=["Poles"]),
        entity("Levada Centre", "ORG", aliases=["Levada"]),
    )
)


def tiny_pipeline() -> Any:
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    ruler = language.add_pipe("attribute_ruler")
    ruler.add([[{"IS_ALPHA": True}]], {"POS": "NOUN"})
    ruler.add([[{"IS_PUNCT": True}]], {"POS": "PUNCT"})
    ruler.add([[{"TEXT": "actors"}]], {"LEMMA": "actor"})
    ruler.add([[{"TEXT": "levada"}]], {"POS": "PROPN"})
    names = [{"label": label, "pattern": name} for name, label in MODEL_NAMES.items()]
    language.add_pipe("entity_ruler").add_patterns(names)
    return language


@pytest.fixture(scope="module", autouse=True)
def _tiny_language() -> Iterator[None]:
    """`load` without its memory, and with the tests' pipeline under the name `tiny`."""
    language = tiny_pipeline()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy, "load", lambda name: language if name == "tiny" else load_installed(name))
        patch.setattr(annotate, "load", load.__wrapped__)
        yield


def documents(*raws: str) -> pd.DataFrame:
    rows = [
        (f"d{n}", "A", "", None, "", "", "essay", "en", "", "0", "text", "", None, "", "", raw)
        for n, raw in enumerate(raws)
    ]
    return tables.make("documents", rows)


NO_PAGES = tables.make("pages", [])


def cleaned(
    table: pd.DataFrame, params: CleanParams = CLEAN, pages: pd.DataFrame = NO_PAGES
) -> dict[str, pd.DataFrame]:
    """What annotate reads, from table `documents`."""
    result = clean.run(params, documents=table, words=tables.make("words", []), registry=REGISTRY)
    return {"texts": result.texts, "edits": result.edits, "zones": result.zones, "pages": pages}


def run(*raws: str) -> annotate.Result:
    return annotate.run(PARAMS, **cleaned(documents(*raws)), registry=REGISTRY)


def mentions(text: str) -> list[str]:
    """Mentions as `text/label/entity_id`."""
    return [f"{row.text}/{row.label}/{row.entity_id}" for row in run(text).entities.itertuples()]


# ---- mentions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the registry
        ("Russia acts.", ["Russia/GPE/russia"]),
        ("RUSSIA acts.", ["RUSSIA/GPE/russia"]),
        ("The Russian Federation acts.", ["Russian Federation/GPE/russia"]),
        ("Russia’s aims.", ["Russia/GPE/russia"]),
        ("Russia-led bodies.", ["Russia/GPE/russia"]),
        ("The customs union grows.", ["customs union/ORG/customs-union"]),
        ("People’s Front and People's Front.", ["People’s Front/ORG/front", "People's Front/ORG/front"]),
        # the longest name wins
        ("The Eurasian Economic Union.", ["Eurasian Economic Union/ORG/eeu"]),
        ("A Eurasian idea.", ["Eurasian/NORP/eurasian"]),
        ("Russia Today reports.", ["Russia Today/ORG/"]),
        ("Eurasian Economic plans.", ["Eurasian Economic/NORP/"]),
        # acronyms and other words that count in exactly these capitals
        ("The EEU grows.", ["EEU/ORG/eeu"]),
        ("The eeu grows.", []),
        ("The US helps us and Us.", ["US/GPE/united-states"]),
        ("Poles stand by poles.", ["Poles/ORG/front"]),
        # a single lower-case word is no name, unless it is used as one
        ("The west of the West.", ["West/LOC/west"]),
        ("They asked levada.", ["levada/ORG/levada-centre"]),
        # the model
        ("It was the Kremlin’s idea.", ["Kremlin/ORG/"]),
        ("On Red Square.", ["Red Square/LOC/"]),
        ("The Hague rules.", ["Hague/GPE/"]),
        ("In 1991 it fell.", []),
        ("What the state wants.", []),
        # in order
        ("West, Russia and the EEU.", ["West/LOC/west", "Russia/GPE/russia", "EEU/ORG/eeu"]),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    assert mentions(text) == found


def test_a_listed_name_is_told_canonically_and_any_other_as_it_stands() -> None:
    found = run("The russian federation, Moscow and Red Square.").entities
    assert list(found["entity"]) == ["Russia", "Moscow", "Red Square"]
    assert list(found["metonym_of"]) == ["", "russia", ""]


def test_only_the_chosen_labels_of_the_model_are_kept() -> None:
    params = PARAMS.model_copy(update={"labels": {"DATE": "EVENT"}})
    table = documents("Russia on Red Square in 1991.")
    found = annotate.run(params, **cleaned(table), registry=REGISTRY).entities
    assert list(zip(found["text"], found["label"], strict=True)) == [("Russia", "GPE"), ("1991", "EVENT")]


# ---- sentences and tokens ---------------------------------------------------------------------------


def test_sentences_are_numbered_through_the_document_and_end_with_their_paragraph() -> None:
    found = run(
        "A heading\n\nRussia acts. It wins!\n\n¹ A note.\n\nNo stop, but an end of the text,"
    ).sentences
    assert list(zip(found["sent_id"], found["paragraph"], found["zone"], found["text"], strict=True)) == [
        (0, 0, "heading", "A heading"),
        (1, 1, "body", "Russia acts."),
        (2, 1, "body", "It wins!"),
        (3, 2, "body", "No stop, but an end of the text,"),
    ]


def test_a_sentence_knows_the_page_on_which_it_starts() -> None:
    pages = tables.make("pages", [("d0", 1, 0, 15), ("d0", 2, 16, 27), ("d0", 4, 28, 33)])
    table = documents("Russia acts. It wins! Gone. Last.", "No pages here.")
    found = annotate.run(PARAMS, **cleaned(table, pages=pages), registry=REGISTRY).sentences
    assert dict(zip(found["text"], found["page"].fillna(-1), strict=True)) == {
        "Russia acts.": 1,
        "It wins!": 1,
        "Gone.": 2,
        "Last.": 4,
        "No pages here.": -1,
    }


def test_white_space_around_a_sentence_is_not_part_of_it() -> None:
    params = CLEAN.model_copy(update={"steps": ["line_ends"]})
    table = documents("One.  Two. \n Three. ")
    found = annotate.run(PARAMS, **cleaned(table, params), registry=REGISTRY).sentences
    assert list(zip(found["start"], found["end"], found["text"], strict=True)) == [
        (0, 4, "One."),
        (6, 10, "Two."),
        (13, 19, "Three."),
    ]


def test_tokens() -> None:
    found = run("The  actors left. Gone.").tokens
    columns = ["sent_id", "start", "end", "text", "lemma", "pos", "is_stop"]
    assert [tuple(row) for row in found[columns].itertuples(index=False)] == [
        (0, 0, 3, "The", "", "NOUN", True),
        (0, 4, 10, "actors", "actor", "NOUN", False),
        (0, 11, 15, "left", "", "NOUN", False),
        (0, 15, 16, ".", "", "PUNCT", False),
        (1, 17, 21, "Gone", "", "NOUN", False),
        (1, 21, 22, ".", "", "PUNCT", False),
    ]


def test_a_document_without_annotated_zones_has_empty_tables() -> None:
    assert [len(table) for table in run("Notes\n\n1. Russia acts.")] == [0, 0, 0]


# ---- offsets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name", "source"),
    [
        ("Then Rus-\nsia acts.", "Russia", "Rus-\nsia"),
        ("so\xadft  Rus\xadsia acts.", "Russia", "Rus\xadsia"),
        ("\ufeff\r\nA\r\n\r\nCustoms \t Union.", "Customs Union", "Customs \t Union"),
        ("“Russia”", "Russia", "Russia"),
    ],
)
def test_a_mention_opens_in_the_source(raw: str, name: str, source: str) -> None:
    mention = run(raw).entities.iloc[0]
    assert (mention.text, raw[mention.raw_start : mention.raw_end]) == (name, source)


NAMES = ["Russia", "the Kremlin’s", "Rus-\nsia", "EEU", "West", "Red\nSquare", "Eurasian  Economic Union"]
OTHERS = ["so\xadft", "\xa0", " \t", ".", "! ", "\r\n\r\n", "\n", "¹ a", "1991", "漢é"]
raws = st.lists(st.sampled_from([*NAMES, *OTHERS]), min_size=1, max_size=30).map(" ".join)


def origins(trace: Trace, start: int, end: int) -> tuple[int, int]:
    """Where a span's own characters came from, told by the trace and not by the edits."""
    return int(trace.origin[start]), int(trace.origin[end - 1]) + 1


@few
@given(raws)
def test_every_row_stands_where_it_says(raw: str) -> None:
    trace = clean.clean(raw, Known(CLEAN, language="en"))
    for name, table in run(raw)._asdict().items():
        for row in tables.check(name, table).itertuples():
            assert trace.text[row.start : row.end] == row.text
            if name != "tokens":
                assert (row.raw_start, row.raw_end) == origins(trace, row.start, row.end)


@few
@given(raws)
def test_all_but_white_space_is_in_a_token_of_a_sentence(raw: str) -> None:
    result = run(raw)
    for sentence in result.sentences.itertuples():
        own = result.tokens[result.tokens["sent_id"] == sentence.sent_id]
        assert "".join(own["text"]) == "".join(sentence.text.split())
        assert (own["start"].min(), own["end"].max()) == (sentence.start, sentence.end)
    assert set(result.tokens["sent_id"]) == set(result.sentences["sent_id"])


@few
@given(raws)
def test_mentions_do_not_overlap_and_start_in_their_sentence(raw: str) -> None:
    result = run(raw)
    assert list(result.entities["start"][1:]) == sorted(result.entities["start"][1:])
    assert (result.entities["start"].to_numpy()[1:] >= result.entities["end"].to_numpy()[:-1]).all()
    sentences = result.sentences.set_index("sent_id")
    for row in result.entities.itertuples():
        assert sentences.loc[row.sent_id, "start"] <= row.start < sentences.loc[row.sent_id, "end"]


@few
@given(st.lists(raws, min_size=1, max_size=3), st.sampled_from([1, 64]))
def test_split_is_whole(made: list[str], batch_size: int) -> None:
    whole = run(*made)
    params = PARAMS.model_copy(update={"batch_size": batch_size})
    table = documents(*made)
    parts = [
        annotate.run(params, **cleaned(table.iloc[[row]]), registry=REGISTRY) for row in range(len(table))
    ]
    for name, expected in whole._asdict().items():
        joined = pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(joined, expected)


# ---- what can go wrong ------------------------------------------------------------------------------


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ConfigError, match="no_such_model") as caught:
        annotate.run(
            PARAMS.model_copy(update={"language": "no_such_model"}),
            **cleaned(documents("Russia acts.")),
            registry=REGISTRY,
        )
    assert caught.value.where == "configs/params.yaml: annotate.language"
