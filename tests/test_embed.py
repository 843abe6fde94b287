"""embed: every text becomes a vector once, and what is remembered changes nothing else."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import embed, embedding, runner, tables
from nlp.params import Embedding, EmbedParams
from nlp.pipeline import BY_NAME
from nlp.store import parts
from nlp.store.project import Project

Said = tuple[str, int, str, str]  # document, paragraph, zone, text
SAID: list[Said] = [
    ("a", 0, "heading", "Floods."),
    ("a", 1, "body", "One."),
    ("a", 1, "body", "Two."),
    ("a", 2, "body", "Three."),
    ("b", 0, "body", "One."),
]
NOTHING = tables.make("embeddings", [])


class Fake:
    """Vectors that tell texts apart, and what was asked for."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def vectors(self, texts: list[str], *, batch_tokens: int) -> np.ndarray:
        self.embedded += texts
        return np.array([[len(text), sum(map(ord, text))] for text in texts], dtype=np.float32)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake()
    monkeypatch.setattr(embedding, "load", lambda name, max_tokens: fake)
    monkeypatch.setattr(embedding, "version", lambda name: f"{name} 1.0")
    return fake


def params(model: str = "fake", max_tokens: int = 8) -> EmbedParams:
    return EmbedParams(embedding=Embedding(model=model, max_tokens=max_tokens, batch_tokens=16))


def units(said: list[Said]) -> pd.DataFrame:
    rows = [
        (doc, n, n, n + 1, n, n + 1, zone, par, None, text) for n, (doc, par, zone, text) in enumerate(said)
    ]
    return tables.make("units", rows)


def run(said: list[Said], earlier: pd.DataFrame = NOTHING, model: str = "fake") -> pd.DataFrame:
    return embed.run(params(model), units=units(said), earlier=earlier).embeddings


def changed(said: list[Said], at: int, text: str) -> list[Said]:
    return [*said[:at], (*said[at][:3], text), *said[at + 1 :]]


def test_a_unit_is_embedded_alone_and_with_what_stands_around(model: Fake) -> None:
    found = run(SAID)
    assert found.drop(columns=["text_hash", "vector"]).to_numpy().tolist() == [
        [doc, number, view, "fake 1.0"]
        for number, (doc, *_) in enumerate(SAID)
        for view in ("sentence", "context")
    ]
    assert model.embedded == [
        "Floods.",
        "One.",
        "Floods. One. Two.",
        "Two.",
        "Three.",
        "Floods. Three.",
    ]
    tables.check("embeddings", found)


def test_the_same_text_is_embedded_once(model: Fake) -> None:
    found = run(SAID)
    assert len(model.embedded) == len(set(model.embedded))
    by_text = found.groupby("text_hash")["vector"].agg(list)
    assert all(np.array_equal(own[0], it) for own in by_text for it in own)


def test_what_is_remembered_is_not_embedded_again(model: Fake) -> None:
    first = run(SAID)
    model.embedded.clear()
    pd.testing.assert_frame_equal(run(SAID, first), first)
    assert model.embedded == []


@pytest.mark.parametrize(
    ("at", "embedded"),
    [
        (1, ["New.", "Floods. New. Two."]),
        (3, ["New.", "Floods. New."]),
        (0, ["New.", "New. One. Two.", "New. Three."]),
        (4, ["New."]),
    ],
    ids=["in a paragraph", "alone", "heading", "other document"],
)
def test_a_change_embeds_itself_and_what_it_stands_around(
    model: Fake, at: int, embedded: list[str]
) -> None:
    first = run(SAID)
    model.embedded.clear()
    run(changed(SAID, at, "New."), first)
    assert model.embedded == embedded


def test_vectors_of_another_model_are_not_taken(model: Fake) -> None:
    other = run(SAID).assign(model="fake 0.9", vector=[np.zeros(2)] * (2 * len(SAID)))
    model.embedded.clear()
    pd.testing.assert_frame_equal(run(SAID, other), run(SAID))
    assert len(model.embedded) == 2 * len(set(model.embedded))


def test_without_a_model_there_are_no_vectors() -> None:
    assert run(SAID, model=embedding.NONE).empty


def test_no_units_have_no_vectors(model: Fake) -> None:
    assert run([]).empty
    assert model.embedded == []


said = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.integers(0, 2),
        st.sampled_from(["heading", "body"]),
        st.sampled_from(["One.", "Two.", "Three.", ""]),
    ),
    max_size=6,
).map(lambda rows: sorted(rows, key=lambda it: it[:2]))


@settings(max_examples=30)
@given(said, said)
def test_earlier_rows_change_nothing_but_what_is_embedded(before: list[Said], now: list[Said]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fake = Fake()
        patch.setattr(embedding, "load", lambda name, max_tokens: fake)
        patch.setattr(embedding, "version", lambda name: f"{name} 1.0")
        earlier, known = run(before), {*fake.embedded}
        fake.embedded.clear()
        fresh, wanted = run(now), {*fake.embedded}
        fake.embedded.clear()
        pd.testing.assert_frame_equal(run(now, earlier), fresh)
        assert {*fake.embedded} == wanted - known


# ---- as the runner gives them -----------------------------------------------------------------------


def make(project: Project, said: list[Said], max_tokens: int = 8) -> pd.DataFrame:
    """The part `p` as the runner makes it, with what it recalls."""
    stage, given = BY_NAME["embed"], params(max_tokens=max_tokens)
    parts.write(project, "features", "units", "p", units(said))
    recalled = tuple(parts.made_with(project, "embed", "embeddings", runner.means(stage, given, {})))
    plan = runner.Plan(project, stage, given, {}, None, {}, recalled)  # type: ignore[arg-type]
    runner.make_part(runner.Job(plan, "p", ()))
    return parts.read(project, "embed", "embeddings", ["p"])


def test_a_run_recalls_what_the_last_one_wrote(tmp_path: Path, model: Fake) -> None:
    project = Project(tmp_path)
    make(project, SAID)
    model.embedded.clear()
    found = make(project, changed(SAID, 3, "New."))
    assert model.embedded == ["New.", "Floods. New."]
    pd.testing.assert_frame_equal(found, make(Project(tmp_path / "fresh"), changed(SAID, 3, "New.")))


def test_vectors_cut_at_another_length_do_not_come_back(tmp_path: Path, model: Fake) -> None:
    make(Project(tmp_path), SAID)
    texts = model.embedded[:]
    make(Project(tmp_path), SAID, max_tokens=16)
    assert model.embedded == texts * 2


def test_vectors_that_somebody_has_changed_do_not_come_back(tmp_path: Path, model: Fake) -> None:
    project = Project(tmp_path)
    first = make(project, SAID)
    parts.write(project, "embed", "embeddings", "p", first.assign(vector=[np.zeros(2)] * len(first)))
    pd.testing.assert_frame_equal(make(project, SAID), first)
