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
from spacy.language import Language
from spacy.tokens import Doc

from nlp import annotate, clean, tables
from nlp.annotate.language import load
from nlp.annotate.paragraphs import Paragraph, annotate_paragraphs
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
    "Academy of Russia": "ORG",
    "Russia and Moscow": "ORG",
    "Moscow’s 2008": "PERSON",
    "President Ada Berg": "PERSON",
    "Trade Union of Miners": "ORG",
    "Town Union of Millers": "ORG",
    "Resolution 12": "LAW",
    "Cole": "GPE",
    "Storm": "EVENT",
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
        entity("World Bank", "ORG", aliases=[{"name": "WB", "case": "exact", "if_defined": True}]),
        entity("Rossija", "GPE", aliases=[{"name": "RF", "language": "de"}]),
        entity("Ann Pole", "PERSON", aliases=[{"name": "Pole", "case": "exact", "if_defined": True}]),
        entity("Bob Pole", "PERSON", aliases=[{"name": "Pole", "case": "exact", "if_defined": True}]),
    )
)


def tiny_pipeline() -> Any:
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    ruler = language.add_pipe("attribute_ruler")
    ruler.add([[{"IS_ALPHA": True}]], {"POS": "NOUN"})
    ruler.add([[{"TEXT": {"REGEX": r"^[A-Z]\w*$"}}]], {"POS": "PROPN"})
    ruler.add([[{"TEXT": {"IN": ["As", "The", "In"]}}]], {"POS": "ADP"})
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
    return [f"{row.text}/{row.label}/{row.entity_id}" for row in together(run(text)).itertuples()]


def together(result: annotate.Result) -> pd.DataFrame:
    return result.mentions[result.mentions["recogniser"] == "pipeline"]


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
        # the model's longer name, if it has another name-like word
        ("The Academy of Russia acts.", ["Academy of Russia/ORG/"]),
        ("Both Russia and Moscow act.", ["Russia/GPE/russia", "Moscow/GPE/moscow"]),
        ("It was Moscow’s 2008 plan.", ["Moscow/GPE/moscow"]),
        # what is no part of a name
        ("Now President Ada Berg left.", ["Ada Berg/PERSON/"]),
        ("By Resolution 12.", ["Resolution 12/LAW/"]),
        # conditions
        ("The WB lends.", []),
        ("The World Bank lends. The WB gives.", ["World Bank/ORG/world-bank", "WB/ORG/world-bank"]),
        ("An RF law.", []),
        ("Pole and others.", []),
        ("Ann Pole spoke. So Pole did.", ["Ann Pole/PERSON/ann-pole", "Pole/PERSON/ann-pole"]),
        (
            "Ann Pole met Bob Pole. Then Pole left.",
            ["Ann Pole/PERSON/ann-pole", "Bob Pole/PERSON/bob-pole", "Pole/PERSON/"],
        ),
        # abbreviations that the text defines
        (
            "The EEU is no Eurasian Economic Union (EAU). EAU!",
            [
                "EEU/ORG/eeu",
                "Eurasian Economic Union/ORG/eeu",
                "EAU/ORG/eeu",
                "EAU/ORG/eeu",
            ],
        ),
        (
            "A Trade Union of Miners (TUM). Then TUM.",
            [
                "Trade Union of Miners/ORG/",
                "TUM/ORG/",
                "TUM/ORG/",
            ],
        ),
        ("A gross domestic product (GDP). Then GDP.", []),
        # authors cited by year
        (
            "It fell (Cole 2011; see Stone and Berg 1999).",
            ["Cole/PERSON/", "Stone/PERSON/", "Berg/PERSON/"],
        ),
        ("As Stone (2011) says. And so did Stone.", ["Stone/PERSON/", "Stone/PERSON/"]),
        ("As Stone (2011) says, the Stone fell on Stone Hill.", ["Stone/PERSON/"]),
        ("As President Stone (2011) says.", ["Stone/PERSON/"]),
        (
            "It fell (ten Brinke 2010; STONEHILL 2011; Stone R. 2012).",
            [
                "ten Brinke/PERSON/",
                "STONEHILL/PERSON/",
                "Stone R./PERSON/",
            ],
        ),
        (
            "It fell (Levada 2011; BNN 2012; Canal5 2012; World Trade 2013).",
            [
                "Levada/ORG/levada-centre",
                "BNN/ORG/",
                "Canal5/ORG/",
                "World Trade/ORG/",
            ],
        ),
        ("It fell (Moscow 2011) in (March 2014).", ["Moscow/GPE/moscow"]),
        ("After Storm (2004) and Moscow (2008).", ["Storm/EVENT/", "Moscow/GPE/moscow"]),
        # in order
        ("West, Russia and the EEU.", ["West/LOC/west", "Russia/GPE/russia", "EEU/ORG/eeu"]),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    assert mentions(text) == found


def test_what_the_model_finds_alone_is_told_beside() -> None:
    found = run("The Kremlin’s Russia, and the EEU.").mentions
    alone = found[found["recogniser"] == "model"]
    assert list(zip(alone["text"], alone["label"], strict=True)) == [("Russia", "PERSON")]
    assert set(alone["found_by"]) == {"model"}
    assert set(alone["entity_id"]) == {""}


def test_a_listed_name_that_counts_only_here_is_cited_all_the_same() -> None:
    found = together(run("Ann Pole spoke. It fell (Pole 2011)."))
    assert list(zip(found["entity_id"], found["cited"], strict=True)) == [
        ("ann-pole", False),
        ("ann-pole", True),
    ]


def test_an_abbreviation_means_what_stands_beside_it() -> None:
    miners, millers = "Trade Union of Miners", "Town Union of Millers"
    found = together(run(f"A {miners} (TUM).\n\nA {millers} (TUM).\n\nThen TUM."))
    assert list(found[found["text"] == "TUM"]["long_form"]) == [miners, millers, miners]


def test_a_mention_says_what_found_it_and_what_it_is_short_for() -> None:
    found = together(run("Russia on Red Square. A Trade Union of Miners (TUM; Cole 2011)."))
    assert list(zip(found["text"], found["found_by"], found["long_form"], found["cited"], strict=True)) == [
        ("Russia", "registry", "", False),
        ("Red Square", "model", "", False),
        ("Trade Union of Miners", "model", "", False),
        ("TUM", "abbreviation", "Trade Union of Miners", False),
        ("Cole", "citation", "", True),
    ]


def test_an_alias_of_another_language_counts_in_documents_of_it() -> None:
    table = documents("An RF law.")
    table["language"] = "de"
    found = together(annotate.run(PARAMS, **cleaned(table), registry=REGISTRY))
    assert list(found["entity_id"]) == ["rossija"]


def test_only_the_chosen_labels_of_the_model_are_kept() -> None:
    params = PARAMS.model_copy(update={"labels": {"FAC": "EVENT"}})
    table = documents("Russia on Red Square, not in The Hague, in 1991.")
    found = together(annotate.run(params, **cleaned(table), registry=REGISTRY))
    names = [("Russia", "GPE"), ("Red Square", "EVENT")]
    assert list(zip(found["text"], found["label"], strict=True)) == names


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


def test_paragraphs_of_running_text_are_parsed_together_and_cut_apart_again() -> None:
    zones = [
        ("heading", "One"),
        ("body", "Two. Three"),
        ("quote", "four."),
        ("body", "Five"),
        ("note", "Six"),
    ]
    paragraphs = [Paragraph(0, number, *it) for number, it in enumerate(zones)]
    language = tiny_pipeline()
    seen: list[str] = []
    make_doc = language.make_doc

    def watched(text: str) -> Any:
        seen.append(text)
        return make_doc(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "make_doc", watched)
        params = PARAMS.model_copy(update={"run_characters": 15})
        docs = list(annotate_paragraphs(paragraphs, language, params))
    assert [it for it in seen if "\n" in it or it in ("One", "Six", "Five")] == [
        "One",
        "Two. Three\n\nfour.",
        "Five",
        "Six",
    ]
    assert [doc.text for doc in docs] == [text for _, text in zones]
    assert [[it.text for it in doc.sents] for doc in docs][1:3] == [["Two.", "Three"], ["four."]]


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
        (0, 0, 3, "The", "", "ADP", True),
        (0, 4, 10, "actors", "actor", "NOUN", False),
        (0, 11, 15, "left", "", "NOUN", False),
        (0, 15, 16, ".", "", "PUNCT", False),
        (1, 17, 21, "Gone", "", "PROPN", False),
        (1, 21, 22, ".", "", "PUNCT", False),
    ]


def second_word_rules(doc: Doc) -> Doc:
    """A parse: all words of a sentence hang on its second one."""
    for sentence in [list(it) for it in doc.sents]:
        for at, token in enumerate(sentence):
            root = min(1, len(sentence) - 1)  # white space may stand alone
            token.dep_ = "ROOT" if at == root else "dep"
            token.head = sentence[root]
    return doc


@pytest.mark.parametrize("run_characters", [1, 1000])
def test_a_token_names_the_place_of_its_head(monkeypatch: pytest.MonkeyPatch, run_characters: int) -> None:
    """Parsed together with other paragraphs or not, and where white space has been left out."""
    language = tiny_pipeline()
    Language.component("second_word_rules", func=second_word_rules)
    language.add_pipe("second_word_rules")
    monkeypatch.setattr(spacy, "load", lambda name: language)
    params = PARAMS.model_copy(update={"run_characters": run_characters})
    texts = cleaned(documents("She saw them. Gone.\n\nThey left us.\n\nAll of us."))
    found = annotate.run(params, **texts, registry=REGISTRY).tokens
    word = found.set_index("start")["text"]
    told = zip(found["text"], found["dep"], found["head"], strict=True)
    assert [f"{text} {dep} {word[head]}" for text, dep, head in told] == [
        "She dep saw",
        "saw ROOT saw",
        "them dep saw",
        ". dep saw",
        "Gone dep .",
        ". ROOT .",
        "They dep left",
        "left ROOT left",
        "us dep left",
        ". dep left",
        "All dep of",
        "of ROOT of",
        "us dep of",
        ". dep of",
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
    mention = run(raw).mentions.iloc[0]
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
    sentences = result.sentences.set_index("sent_id")
    for _, found in result.mentions.groupby("recogniser"):
        assert (found["start"].to_numpy()[1:] >= found["end"].to_numpy()[:-1]).all()
    for row in result.mentions.itertuples():
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
