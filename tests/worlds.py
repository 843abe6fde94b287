"""Small made-up corpora as tables, for the tests of `compare`."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from conftest import small_codebook

from nlp import compare, counts, tables
from nlp.params import CompareParams, CountsParams, Variants
from nlp.registry import Registry
from nlp.units import coding_units

PARAMS = CompareParams(
    group_by="author",
    max_paired=9,
    zones=["body"],
    confidence=0.95,
    min_coded=4,
    min_effective=0,
    margin=0.05,
    min_passages=1,
    min_known=0,
    recognised=0.4,
    typical_passages=1,
    min_count=1,
    min_comentions=1,
    min_documents=6,
    prior_words=100,
    min_sample=1,
    replicates=20,
    seed=1,
    course_parts=4,
    variants=Variants(zones={}, units=[], thresholds=[], drop_documents=0, features=5),
)
COUNTED = CountsParams(max_segments=3, min_segment_words=2, pos=["NOUN"])
REGISTRY = Registry(entities=())
CODEBOOK = small_codebook(
    {"attraction": ["attraction"], "coercion": ["coercion"]}, {"affirmed": [], "denied": []}
)
Inputs = dict[str, Any]
Row = tuple[object, ...]
Key = tuple[str, int]  # doc_id, sent_id
Codes = Mapping[str, str]  # frame -> stance
Sample = dict[Key, tuple[str, Codes]]  # block and codes of coded sentences
FORCE, DENIED = {"coercion": "affirmed"}, {"coercion": "denied"}


def documents(author: Mapping[str, str], **fields: Mapping[str, object]) -> pd.DataFrame:
    """Table `documents` of these documents and their authors, with other fields of some of them."""
    rows = [
        (it, name, name, 2020, "", "", "essay", "en", "", "0", "text", "", None, "", "", "x")
        for it, name in author.items()
    ]
    made = tables.make("documents", rows)
    for field, values in fields.items():
        given = [values.get(it, old) for it, old in zip(made["doc_id"], made[field], strict=True)]
        made[field] = pd.Series(given, dtype=made[field].dtype)
    return made


def tokens(doc_id: str, text: str) -> list[Row]:
    """Rows of table `tokens` from `word/POS word/POS`, all in the first sentence, without a parse."""
    pairs = [word.split("/") for word in text.split()]
    return [
        (doc_id, 0, n, n + 1, word, word, pos, word == "thing", "ROOT", n)
        for n, (word, pos) in enumerate(pairs)
    ]


def mention(doc_id: str, start: int, name: str, kind: str = "organisation", sent_id: int = 0) -> Row:
    """A mention of a name that no registry lists."""
    place = (doc_id, sent_id, start, start + 1, start, start + 1)
    return (*place, name, "ORG", kind, name, name, "", "", name, "model", 0.5)


def sentence(doc_id: str, number: int, paragraph: int, zone: str = "body") -> Row:
    return (doc_id, number, number, number + 1, number, number + 1, zone, paragraph, None, "x")


def frame_codes(coder: str, found: Mapping[Key, Codes]) -> list[Row]:
    """Rows of table `frame_codes`: for every sentence, the frames found and their stances."""
    rows: list[Row] = []
    for key, codes in found.items():
        for frame in CODEBOOK.frame_names:
            there = frame in codes
            rows.append((*key, frame, coder, float(there), there, codes.get(frame, ""), float(there)))
    return rows


def held_out(model: str, found: Mapping[Key, Codes], in_sample: Sample) -> list[Row]:
    """Rows of table `validation`: what the model found, and block and codes of the coded sentences."""
    rows: list[Row] = []
    for key, codes in found.items():
        block, truth = in_sample.get(key, ("", {}))
        for frame in CODEBOOK.frame_names:
            there = frame in codes
            said = (0.8 if there else 0.2, there, codes.get(frame, "affirmed"), 0.5)
            judged = (block, None, frame in truth, truth.get(frame, ""))
            rows.append(("author", model, *key, frame, *said, *judged))
    return rows


def topic_tables(author: Mapping[str, str], weights: Mapping[str, Sequence[tuple[float, ...]]]) -> Inputs:
    """Tables of topics by the weights in the passages of each document; no other run of the model."""
    cells = [(doc_id, n, own) for doc_id, passages in weights.items() for n, own in enumerate(passages)]
    return {
        "passages": tables.make(
            "passages", [(doc_id, author[doc_id], n, n, n + 1, n, 1, "x") for doc_id, n, _ in cells]
        ),
        "topic_quality": tables.make(
            "topic_quality",
            [(n, f"topic {n}", "x", 1.0, True, 0.5, 0.5, 0.5) for n, _ in enumerate(cells[0][2])],
        ),
        "topic_runs": tables.make("topic_runs", []),
        "topic_weights": tables.make(
            "topic_weights",
            [(doc_id, n, topic, it, 0.0, 1.0) for doc_id, n, own in cells for topic, it in enumerate(own)],
        ),
    }


def texts(sentences: Sequence[Row], words: Sequence[Row], mentions: Sequence[Row]) -> Inputs:
    """What `compare` reads of sentences, their words and the names in them."""
    made = tables.make("sentences", sentences)
    named = tables.make("entities", mentions)
    counted = counts.run(COUNTED, sentences=made, tokens=tables.make("tokens", words), entities=named)
    return {
        "sentences": made,
        "entities": named,
        "units": coding_units(made, "sentence"),
        "measures": counted.measures,
        "counts": counted.counts,
    }


NAMES = {"a1": "Ada", "a2": "Ada", "b1": "Bo"}
SENTENCES = [("a1", n) for n in range(6)] + [("a2", 0), ("a2", 1)] + [("b1", n) for n in range(4)]
MACHINE = {key: FORCE if key in SENTENCES[:6] or key == ("b1", 3) else {} for key in SENTENCES}
UNSEEN = {key: FORCE if key in SENTENCES[:4] or key == ("a2", 0) else {} for key in SENTENCES[:8]}
SAMPLE: Sample = {
    ("a1", 0): ("x", FORCE),
    ("a1", 1): ("x", FORCE),
    ("a1", 4): ("y", {}),
    ("a1", 5): ("y", {}),
}


def world(**zones: str) -> Inputs:
    """Ada has two texts with four coded sentences, Bo has one text and no coded sentence.

    First sentences are in the zone that is given for their document.
    """
    unseen = [row for model in ("machine", "cues") for row in held_out(model, UNSEEN, SAMPLE)]
    codes = [*frame_codes("machine", MACHINE), *frame_codes("cues", dict.fromkeys(SENTENCES, DENIED))]
    return {
        "documents": documents(NAMES),
        **texts(
            [
                sentence(it, n, paragraph=n // 2, zone=zones.get(it, "body") if n == 0 else "body")
                for it, n in SENTENCES
            ],
            [
                *tokens("a1", "power/NOUN trade/NOUN Power/NOUN ./PUNCT thing/NOUN"),
                *tokens("a2", "trade/NOUN is/AUX %/SYM"),
                *tokens("b1", "war/NOUN power/NOUN war/NOUN war/NOUN ./PUNCT"),
            ],
            [mention("a1", 0, "EU"), mention("b1", 0, "EU"), mention("b1", 1, "EU")],
        ),
        **topic_tables(NAMES, {"a1": [(0.6, 0.4)], "a2": [(0.5, 0.5)], "b1": [(0.1, 0.9), (0.2, 0.8)]}),
        "validation": tables.make("validation", unseen),
        "frame_codes": tables.make("frame_codes", codes),
    }


DOC_IDS = ["a1", "a2", "b1", "c1"]
KEYS = [(doc_id, number) for doc_id in DOC_IDS for number in range(12)]


def any_world(seed: int, doc_ids: Sequence[str] = DOC_IDS, uncoded: str = "C") -> Inputs:
    """Random words, mentions, topics and codes of authors who are the first letter of their documents.

    Nothing of one of them is in the coded sample.
    """
    draw, make = np.random.default_rng(seed), tables.make
    keys = [(doc_id, number) for doc_id in doc_ids for number in range(12)]
    author = {doc_id: doc_id[0].upper() for doc_id in doc_ids}

    def codes() -> Codes:
        chosen = draw.choice(["", "", "affirmed", "denied"], size=2)
        return {name: it for name, it in zip(CODEBOOK.frame_names, chosen, strict=True) if it}

    def words() -> str:
        known = ["power/NOUN", "trade/NOUN", "war/NOUN", "is/AUX", "thing/NOUN"]
        return " ".join(draw.choice(known, size=30))

    def mentions(doc_id: str) -> list[Row]:
        names = draw.choice(["EU", "UN", "CSTO"], size=draw.integers(1, 9))
        return [mention(doc_id, n, it, sent_id=n % 12) for n, it in enumerate(names)]

    coded = [key for key in keys if author[key[0]] != uncoded]
    in_sample = {key: (f"{key[0]}/{key[1] // 3}", codes()) for key in coded if draw.random() < 0.6}
    unseen = {model: {key: codes() for key in coded} for model in ("machine", "cues")}
    found = {coder: {key: codes() for key in keys} for coder in ("machine", "cues")}
    return {
        "documents": documents(author),
        **texts(
            [sentence(*key, paragraph=key[1] // 4) for key in keys],
            [row for doc_id in doc_ids for row in tokens(doc_id, words())],
            [row for doc_id in doc_ids for row in mentions(doc_id)],
        ),
        **topic_tables(
            author,
            {doc_id: [*map(tuple, draw.dirichlet([1, 1, 1], draw.integers(1, 6)))] for doc_id in doc_ids},
        ),
        "validation": make(
            "validation", [row for model in unseen for row in held_out(model, unseen[model], in_sample)]
        ),
        "frame_codes": make("frame_codes", [row for it in found for row in frame_codes(it, found[it])]),
    }


def run(inputs: Inputs, **changed: object) -> compare.Result:
    """The stage on these tables; all that it returns is checked."""
    params = PARAMS.model_copy(update=changed)
    result = compare.run(params, **inputs, codebook=CODEBOOK, registry=REGISTRY)
    checked = {name: tables.check(name, it) for name, it in result._asdict().items() if name != "network"}
    return compare.Result(**checked, network=result.network)


def only(inputs: Inputs, author: str) -> Inputs:
    """The same tables, with one author's documents alone."""
    made = inputs["documents"]
    own = set(made.loc[made["author"] == author, "doc_id"])
    return {
        name: table[table["doc_id"].isin(own)].reset_index(drop=True) if "doc_id" in table else table
        for name, table in inputs.items()
    }


def assert_same(one: compare.Result, other: compare.Result, **how: Any) -> None:
    for table, expected in zip(one[:-1], other[:-1], strict=True):
        pd.testing.assert_frame_equal(table, expected, **how)
    assert one.network == other.network
