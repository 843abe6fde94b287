"""report: what the tables count is what is found when a figure is opened."""

import json
from typing import Any

import pytest
from conftest import GOLDEN, Tables
from looked_up import (
    Library,
    acting,
    actors_of,
    code_of,
    has,
    lines_of,
    paragraphs,
    stance_of,
    text_of_unit,
)

from nlp.codebook import ANY
from nlp.manifest import ALL, REST
from nlp.pipeline import BY_NAME
from nlp.report.evidence import evidence_of
from nlp.report.evidence.offsets import cut_utf16
from nlp.report.tables import Tables as Given
from nlp.store import configs
from nlp.store.project import Project

Golden = tuple[Tables, dict[str, Any]]


@pytest.fixture(scope="module")
def made(golden: Golden) -> Tables:
    return golden[0]


@pytest.fixture(scope="module")
def library(made: Tables) -> Library:
    """The evidence of the golden corpus, with all words that are compared."""
    known: Any = {name: configs.read_config(Project(GOLDEN), name) for name in ("codebook", "registry")}
    given = Given(**{name: made[name] for name in BY_NAME["report"].reads if name in Given._fields})
    words = set(made["contrasts"].query("kind == 'word'")["feature"])
    found = evidence_of(given, known["codebook"], known["registry"], title="", words=words)
    return Library(found.head, [json.loads(json.dumps(it)) for it in found.documents])


def test_shares_open_the_units_of_the_sample(library: Library, made: Tables) -> None:
    rows = made["prevalence"].query("method == 'coded'")
    assert rows["n_coded"].sum() > 0
    coded = made["validation"].query("scheme == 'author' and model == 'cues' and true_present")
    truth = coded.assign(group=coded["doc_id"].map(made["members"].set_index("doc_id")["author"]))
    for row in rows.itertuples():
        units = list(library.sample(row.author))
        assert len(units) == row.n_coded
        assert len(list(library.units(row.author))) == row.n_sentences
        carried = sum(has(stance_of(it, row.frame, "coded"), row.stance) for it in units)
        true = truth[(truth["group"] == row.author) & (truth["frame"] == row.frame)]["true_stance"]
        assert carried == len(true if row.stance == ANY else true[true == row.stance])


def test_shares_by_machine_open_its_units(library: Library, made: Tables) -> None:
    for row in made["prevalence"].query("method == 'machine' and estimable").itertuples():
        seen = sum(
            has(stance_of(it, row.frame, "machine"), row.stance) for _, it in library.units(row.author)
        )
        assert seen / row.n_sentences == pytest.approx(row.estimate, abs=1e-4)


def test_the_course_opens_the_units_of_each_part(library: Library, made: Tables) -> None:
    units = {it["id"]: it["units"] for it in library.documents}
    for row in made["frame_course"].itertuples():
        own = [it for it in units[row.doc_id] if it["part"] == row.part]
        assert len(own) == row.n_sentences
        assert sum(has(stance_of(it, row.frame, "machine"), row.stance) for it in own) == row.count


def test_mentions_open_their_sentences(library: Library, made: Tables) -> None:
    found: dict[tuple[str, str, str], int] = {}
    for document, line in library.counted():
        for actor_id, kind, _ in actors_of(document, line):
            key = library.group[document["id"]], actor_id, kind
            found[key] = found.get(key, 0) + 1
    rows = made["actors"].query("counted == 'rolled up' and count > 0")
    assert {(it.author, it.entity_id, it.kind): it.count for it in rows.itertuples()} == found


def test_kinds_and_groups_open_their_sentences(library: Library, made: Tables) -> None:
    assert set(made["actor_groups"]["grouping"]) == {"kind", "group"}
    for row in made["actor_groups"].itertuples():
        named = [who for it in library.counted(row.author) for who in actors_of(*it)]
        kinds = sum(kind == row.name for _, kind, _ in named)
        assert row.count == (kinds if row.grouping == "kind" else sum(row.name in it[2] for it in named))


def test_actors_named_together_open_what_names_both(library: Library, made: Tables) -> None:
    rows = made["comentions"]
    assert len(rows)
    for row in rows.itertuples():
        both, documents = {row.source, row.target}, library.of(None if row.author == ALL else row.author)
        together = {
            "sentence": lambda it: [[line] for line in it["sentences"] if line.get("counted")],
            "paragraph": paragraphs,
        }[row.unit]
        assert row.count == sum(
            both <= {who for line in lines for who in acting(it, line)}
            for it in documents
            for lines in together(it)
        )


def test_actors_in_frames_open_the_units_that_name_them(library: Library, made: Tables) -> None:
    for row in made["frame_actors"].itertuples():
        naming = [
            unit
            for document, unit in library.units(row.author)
            if any(row.entity_id in acting(document, it) for it in lines_of(document, unit))
        ]
        assert len(naming) == row.actor_count
        assert sum(has(stance_of(it, row.frame, "machine"), row.stance) for it in naming) == row.count
        coded = [it for it in naming if it.get("sample")]
        assert len(coded) == row.n_coded
        assert sum(has(stance_of(it, row.frame, "coded"), row.stance) for it in coded) == row.coded


def test_words_open_their_sentences(library: Library, made: Tables) -> None:
    found: dict[tuple[str, str], int] = {}
    for document, line in library.counted():
        for word, count in line.get("words", []):
            key = library.group[document["id"]], document["words"][word]
            found[key] = found.get(key, 0) + count
    rows = made["contrasts"].query("kind == 'word' and other == @REST", local_dict={"REST": REST})
    assert len(rows)
    for row in rows.itertuples():
        assert found.get((row.author, row.feature), 0) == row.count


def test_topics_open_their_passages(library: Library, made: Tables) -> None:
    for row in made["topic_shares"].itertuples():
        own = [it for document in library.of(row.author) for it in document["passages"]]
        assert len(own) == row.passages
        weights = [dict(it["topics"]).get(row.topic, 0.0) for it in own]
        if row.estimable:
            assert sum(weights) / len(own) == pytest.approx(row.share, abs=1e-3)


def test_quality_opens_what_it_was_measured_on(library: Library, made: Tables) -> None:
    rows = made["coder_quality"].query("scheme == 'author' and task == 'presence' and frame != 'macro'")
    for row in rows.query("measure in ('precision', 'recall')").itertuples():
        units = list(library.sample(None if row.author == ALL else row.author))
        coded = [it for it in units if stance_of(it, row.frame, "coded")]
        assert (len(units), len(coded)) == (row.total, row.count)
        if row.model != "machine":
            continue
        found = [it for it in units if stance_of(it, row.frame, "unseen")]
        hits = sum(bool(stance_of(it, row.frame, "coded")) for it in found)
        of = {"precision": found, "recall": coded}[row.measure]
        if of:
            assert hits / len(of) == pytest.approx(row.estimate, abs=1e-4)


def test_confusions_open_their_units(library: Library, made: Tables) -> None:
    for row in made["confusion"].query("scheme == 'author'").itertuples():
        frames = [it for it, _ in library.head["frames"]] if row.frame == ALL else [row.frame]
        codes = [code_of(it, frame) for it in library.sample() for frame in frames]
        said = [it["unseen"][-1] for it in codes if it.get("reference") == row.true_stance]
        assert said.count(row.stance) == row.count


def test_agreement_opens_the_units_that_both_judged(library: Library, made: Tables) -> None:
    known = set(library.head["coders"])
    for row in made["reliability"].query("task == 'presence' and frame != 'macro'").itertuples():
        if {row.coder, row.other} <= known:
            both = [it for _, it in library.units() if {row.coder, row.other} <= set(it.get("coders", []))]
            assert len(both) == row.units
            said = [code_of(it, row.frame).get("coders", {}) for it in both]
            agreed = sum(bool(it.get(row.coder)) == bool(it.get(row.other)) for it in said)
            assert agreed / len(both) == pytest.approx(row.agreement, abs=1e-4)


def test_what_moved_the_machine_stands_in_its_unit(library: Library, made: Tables) -> None:
    """Every word that is to be marked is told by its own letters."""
    texts = made["units"].set_index(["doc_id", "sent_id"])["text"]
    words = made["explanations"].dropna(subset=["start"])
    spans = {
        (row.doc_id, row.sent_id, row.frame, texts[row.doc_id, row.sent_id][row.start : row.end])
        for row in words.itertuples()
    }
    marked = {
        (document["id"], unit["n"], code["frame"], cut_utf16(text_of_unit(document, unit), start, end))
        for document, unit in library.units()
        for code in unit.get("codes", [])
        for _, start, end, *_ in code.get("why", [])
        if start is not None
    }
    assert marked <= spans


def test_every_sentence_stands_in_the_data_once(library: Library, made: Tables) -> None:
    told = [(it["id"], line["n"], line["text"]) for it in library.documents for line in it["sentences"]]
    rows = made["sentences"][["doc_id", "sent_id", "text"]]
    assert sorted(told) == sorted(rows.itertuples(index=False, name=None))


def test_names_are_marked_by_their_letters(library: Library, made: Tables) -> None:
    marked = [
        (document["id"], line["n"], cut_utf16(line["text"], start, end))
        for document in library.documents
        for line in document["sentences"]
        for start, end, _ in line.get("names", [])
    ]
    rows = made["entities"][["doc_id", "sent_id", "text"]]
    assert sorted(marked) == sorted(rows.itertuples(index=False, name=None))


def test_a_unit_leads_to_its_source(library: Library, made: Tables) -> None:
    raw = made["documents"].set_index("doc_id")["raw"]
    for document, unit in library.units():
        source = raw[document["id"]][unit["start"] : unit["end"]]
        assert unit.get("raw", text_of_unit(document, unit)) == source


def test_changes_of_sentences_are_those_of_the_text(library: Library, made: Tables) -> None:
    told = {
        (document["id"], *change)
        for document in library.documents
        for line in document["sentences"]
        for change in line.get("edits", [])
    }
    rows = made["edits"][["doc_id", "rule", "before", "after"]]
    assert told <= set(rows.itertuples(index=False, name=None))


def test_the_head_knows_who_was_named_most(library: Library, made: Tables) -> None:
    rows = made["actors"].query("counted == 'rolled up'")
    total = rows.groupby(["entity_id", "kind"])["count"].sum()
    order = [total[actor_id, kind] for actor_id, _, kind in library.head["actors"]]
    assert order == sorted(total[total > 0], reverse=True)


def test_the_head_knows_whose_codes_are_taken_as_true(library: Library) -> None:
    assert library.head["reference"] == configs.read_params(Project(GOLDEN)).coder.reference
