"""params: every value is required, typed, bounded and explained; nothing has a default."""

import math
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from nlp.params import Params, Section
from nlp.store.configs import read_params
from nlp.store.project import Project

SHIPPED = read_params(Project(Path(__file__).parents[1])).model_dump()
SECTIONS: dict[str, type[Section]] = Params.__annotations__
FIELDS = [(section, name) for section, model in SECTIONS.items() for name in model.model_fields]


def with_value(section: str, name: str, value: object) -> dict[str, Any]:
    return {**deepcopy(SHIPPED), section: {**SHIPPED[section], name: value}}


def without(section: str, name: str) -> dict[str, Any]:
    kept = {key: value for key, value in SHIPPED[section].items() if key != name}
    return {**SHIPPED, section: kept}


def test_shipped_values_come_back_as_they_were_given() -> None:
    assert Params.model_validate(SHIPPED).model_dump() == SHIPPED


@pytest.mark.parametrize(("section", "name"), FIELDS)
def test_every_value_is_required_and_explained(section: str, name: str) -> None:
    with pytest.raises(ValidationError, match=rf"{section}\.{name}\n  Field required"):
        Params.model_validate(without(section, name))
    assert SECTIONS[section].model_fields[name].description


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_required(section: str) -> None:
    others = {name: values for name, values in SHIPPED.items() if name != section}
    with pytest.raises(ValidationError, match=rf"{section}\n  Field required"):
        Params.model_validate(others)


@pytest.mark.parametrize("section", SECTIONS)
def test_unknown_values_are_refused(section: str) -> None:
    with pytest.raises(ValidationError, match=rf"{section}\.sead\n  Extra inputs are not permitted"):
        Params.model_validate(with_value(section, "sead", 13))


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("corpus", "part_characters", 0),
        ("corpus", "part_characters", "2000"),
        ("corpus", "part_characters", 2000.0),
        ("corpus", "part_characters", True),
        ("corpus", "fallback_encoding", None),
        ("clean", "steps", ["lower_case"]),
        ("clean", "note_headings", "Notes"),
        ("annotate", "zones", ["body", "footer"]),
        ("annotate", "labels", {"NORP": 1}),
        ("topics", "seed", 1.5),
        ("topics", "n_topics", [1]),
        ("topics", "passes", 9),
        ("topics", "max_passage_share", 1.01),
        ("coder", "min_overlap", -0.01),
        ("coder", "min_overlap", math.nan),
        ("coder", "regularisation", 0.0),
        ("coder", "inner_folds", 1),
        ("compare", "confidence", 0.49),
        ("compare", "confidence", 1.0),
        ("compare", "confidence", 95),
        ("report", "title", ["A", "B"]),
    ],
)
def test_values_out_of_type_or_bounds_are_refused(section: str, name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=rf"^1 validation error for Params\n{section}\.{name}\b"):
        Params.model_validate(with_value(section, name, value))


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("corpus", "part_characters", 1),
        ("clean", "steps", []),
        ("topics", "n_topics", [2]),
        ("topics", "passes", 10),
        ("topics", "max_passage_share", 1),
        ("coder", "near_weight", 0.0),
        ("coder", "confidence", 0.999),
    ],
)
def test_values_at_their_bounds_are_taken(section: str, name: str, value: object) -> None:
    params = Params.model_validate(with_value(section, name, value))
    assert getattr(getattr(params, section), name) == value


@pytest.mark.parametrize(
    ("section", "zones", "told"),
    [
        ("passages", ["body", "reference"], "passages.zones: reference not in annotate.zones"),
        ("annotate", ["body"], "passages.zones: abstract, heading, quote not in annotate.zones"),
        ("features", ["body"], "features.zones and compare.zones must name the same zones"),
        ("compare", ["body", "note"], "features.zones and compare.zones must name the same"),
    ],
)
def test_zones_must_fit_together(section: str, zones: list[str], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Params.model_validate(with_value(section, "zones", zones))


def test_every_label_has_a_kind() -> None:
    labels = {"PERSON": "PERSON", "FAC": "BUILDING"}
    with pytest.raises(ValidationError, match=r"entities\.kinds: nothing is said of BUILDING"):
        Params.model_validate(with_value("annotate", "labels", labels))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"models": ["seeded"]}, "models has 'seeded', but topics.seed_words is empty"),
        ({"seed_words": {"A": ["war"]}}, "seed_words has topics, but topics.models no 'seeded'"),
        (
            {"models": ["seeded"], "n_topics": [2], "seed_words": {it: ["war"] for it in "ABC"}},
            "n_topics: 2 is fewer than the 3 topics with seed words",
        ),
        ({"n_topics": [3, 4, 3]}, "topics.n_topics: 3 stands there twice"),
        ({"models": ["nmf", "nmf"]}, "topics.models: nmf stands there twice"),
    ],
)
def test_what_is_asked_of_topics_must_fit_together(changed: dict[str, object], told: str) -> None:
    given = with_value("topics", "seed", 1)
    section = given["topics"]
    assert isinstance(section, dict)
    section.update(changed)
    with pytest.raises(ValidationError, match=told):
        Params.model_validate(given)


def test_the_topic_model_may_have_zones_of_its_own() -> None:
    zones = ["body", "note"]
    assert Params.model_validate(with_value("passages", "zones", zones)).passages.zones == zones


def test_zones_are_written_once() -> None:
    """A YAML anchor: one place to change them, and all sections that analyse agree."""
    text = (Path(__file__).parents[1] / "configs" / "params.yaml").read_text(encoding="utf-8")
    assert text.count("zones: &analysed [") == 1
    assert text.count("zones: *analysed\n") == 2
    analysed = SHIPPED["passages"]["zones"]
    assert all(SHIPPED[name]["zones"] == analysed for name in ("features", "compare"))


# ---- vectors ----------------------------------------------------------------------------------------

WITHOUT = {"presence": {"cues": 1.0}, "stance": {"scope": 1.0}, "tried": {"presence": {}, "stance": {}}}


def with_model(model: str, **views: object) -> dict[str, Any]:
    """The same model in all sections, and these views of the coder."""
    given = deepcopy(SHIPPED)
    for section in ("embed", "coder", "frames"):
        given[section]["embedding"] = {"model": model, "max_tokens": 64, "batch_tokens": 64}
    given["coder"] |= views
    return given


@pytest.mark.parametrize("section", ["compare", "exhibits"])
def test_exhibits_tell_the_confidence_of_the_comparison(section: str) -> None:
    with pytest.raises(ValidationError, match=r"exhibits\.confidence must be compare\.confidence"):
        Params.model_validate(with_value(section, "confidence", 0.9))


@pytest.mark.parametrize("section", ["embed", "coder", "frames"])
@pytest.mark.parametrize("changed", [{"model": "another"}, {"max_tokens": 128}, {"batch_tokens": 1024}])
def test_all_stages_have_one_embedding(section: str, changed: dict[str, object]) -> None:
    given = deepcopy(SHIPPED)
    given[section]["embedding"] |= changed
    told = "embed.embedding, coder.embedding and frames.embedding must be the same"
    with pytest.raises(ValidationError, match=told):
        Params.model_validate(given)


@pytest.mark.parametrize(
    ("views", "told"),
    [
        ({"presence": {"cues": 1.0, "sentence": 1.0}}, "sentence"),
        ({"presence": {"context": 1.0, "codebook": 1.0}}, "codebook, context"),
        ({"stance": {"neighbours": 1.0}}, "neighbours"),
        ({"tried": {"presence": {"context": 1.0}, "stance": {}}}, "context"),
        ({"tried": {"presence": {}, "stance": {"sentence": 1.0}}}, "sentence"),
    ],
)
def test_views_that_need_vectors_need_a_model(views: dict[str, object], told: str) -> None:
    Params.model_validate(with_model("a-model", **{**WITHOUT, **views}))
    with pytest.raises(ValidationError, match=f"model is 'none', but coder has views {told} "):
        Params.model_validate(with_model("none", **{**WITHOUT, **views}))


def test_a_coder_can_do_without_vectors() -> None:
    views = {**WITHOUT, "tried": {"presence": {"words": 1.0}, "stance": {"entities": 1.0, "syntax": 1.0}}}
    assert Params.model_validate(with_model("none", **views)).embed.embedding.model == "none"


@pytest.mark.parametrize("task", ["presence", "stance"])
@pytest.mark.parametrize("views", [{}, {"smell": 1.0}, {"words": 0.0}, {"words": "strong"}])
def test_views_are_known_and_have_a_strength(task: str, views: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=rf"coder\.{task}"):
        Params.model_validate(with_value("coder", task, views))


@pytest.mark.parametrize(("section", "name"), FIELDS)
def test_values_cannot_be_changed_in_a_run(section: str, name: str) -> None:
    values = getattr(Params.model_validate(SHIPPED), section)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(values, name, None)


def test_sets_of_words_are_written_in_one_order() -> None:
    """Parts are known again by the hash of the parameters; the order of a set hangs on the process."""
    written = Params.model_validate(with_value("annotate", "titles", list("dacb"))).model_dump(mode="json")
    assert written["annotate"]["titles"] == list("abcd")
