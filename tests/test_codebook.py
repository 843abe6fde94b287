"""codebook: names that survive every reader of YAML, and a hash of all that a coder reads."""

import re
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from nlp.codebook import Codebook, Frame, Stance, check_name

FRAME: dict[str, Any] = {
    "name": "threat",
    "label": "Threat",
    "definition": "Something may do harm.",
    "include": [],
    "exclude": [],
    "examples": ["The flood threatens the town."],
    "near_misses": [],
    "cues": ["threat*"],
}
STANCE: dict[str, Any] = {"name": "affirmed", "label": "Affirmed", "definition": "It holds.", "cues": []}


def codebook(frames: list[str], stances: list[str]) -> Codebook:
    return Codebook.model_validate(
        {
            "version": "1.0",
            "unit": "sentence",
            "scope": "floods",
            "frames": [{**FRAME, "name": name} for name in frames],
            "stances": [{**STANCE, "name": name} for name in stances],
            "rules": [],
        }
    )


@pytest.mark.parametrize("name", ["threat", "soft_power", "g20", "x", "noon", "only"])
def test_plain_names_are_taken_as_they_are(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", "Threat", "soft power", "soft-power", "_x", "20g", "größe", "x\n"])
def test_names_that_are_no_column_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"^name {re.escape(repr(name))} must be lower-case letters"):
        check_name(name)


@pytest.mark.parametrize("name", ["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
def test_names_that_yaml_may_swallow_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"^name '{name}' is read as true, false or nothing"):
        check_name(name)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (True, "name 'true' is read as true, false or nothing"),
        (False, "name 'false' is read as true, false or nothing"),
        (20, "name\n  Input should be a valid string"),
        (None, "name\n  Input should be a valid string"),
    ],
)
def test_a_name_that_yaml_has_not_read_as_a_word_is_refused(name: object, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Frame.model_validate({**FRAME, "name": name})


@pytest.mark.parametrize("name", [*FRAME, "colour"])
def test_a_frame_has_just_these_keys(name: str) -> None:
    changed = {**FRAME, "colour": "red"} if name == "colour" else {k: FRAME[k] for k in FRAME if k != name}
    with pytest.raises(ValidationError, match=rf"^1 validation error for Frame\n{name}\n"):
        Frame.model_validate(changed)


def test_a_frame_needs_cues_and_a_stance_does_not() -> None:
    without: list[object] = [[], {}, {"verbs": []}]
    for cues in without:
        with pytest.raises(ValidationError, match="cues\n  Value error, a frame needs at least one cue"):
            Frame.model_validate({**FRAME, "cues": cues})
    assert not any(codebook(["threat"], ["affirmed"]).stances[0].cues.values())


def test_cues_may_stand_in_groups() -> None:
    groups = {"verbs": ["deny", "denies"], "words": ["no"]}
    stances = [STANCE, {**STANCE, "name": "denied", "cues": groups}]
    book = Codebook.model_validate({**BOOK, "stances": stances})
    assert book.stances[1].cues == groups
    assert book.stance_groups == [("affirmed", ""), ("denied", "verbs"), ("denied", "words")]


def test_names_keep_the_order_of_the_codebook() -> None:
    book = codebook(["threat", "chance"], ["affirmed", "denied", "attributed"])
    assert book.frame_names == ["threat", "chance"]
    assert book.stance_names == ["affirmed", "denied", "attributed"]


BOOK: dict[str, Any] = {
    "version": "1.0",
    "unit": "sentence",
    "scope": "floods",
    "frames": [FRAME, {**FRAME, "name": "chance"}],
    "stances": [STANCE, {**STANCE, "name": "denied"}],
    "rules": ["Code what the sentence says."],
}


def hash_with(place: tuple[str | int, ...] = (), value: object = None) -> str:
    """The hash of the codebook after one change."""
    book = deepcopy(BOOK)
    inner: Any = book
    for step in place[:-1]:
        inner = inner[step]
    if place:
        inner[place[-1]] = value
    return Codebook.model_validate(book).hash


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("scope",), "droughts"),
        (("rules",), []),
        (("frames",), [BOOK["frames"][1], BOOK["frames"][0]]),
        (("frames", 1, "name"), "hope"),
        (("frames", 1, "label"), "Danger"),
        (("frames", 1, "definition"), "Something will do harm."),
        (("frames", 1, "include"), ["losses"]),
        (("frames", 1, "exclude"), ["losses"]),
        (("frames", 1, "examples"), []),
        (("frames", 1, "near_misses"), ["Threadbare."]),
        (("stances", 1, "name"), "refused"),
        (("stances", 1, "label"), "Refused"),
        (("stances", 1, "definition"), "It does not hold."),
    ],
)
def test_what_a_coder_reads_changes_the_hash(place: tuple[str | int, ...], value: object) -> None:
    assert hash_with(place, value) != hash_with()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), "2.0"),
        (("frames", 0, "cues"), ["threat*", "danger"]),
        (("frames", 0, "cues"), {"nouns": ["threat*"], "verbs": ["endanger*"]}),
        (("frames", 1, "exemplars"), {"denied": ["The flood threatens nobody."]}),
        (("stances", 1, "cues"), ["not"]),
    ],
)
def test_what_only_the_machine_reads_does_not(place: tuple[str | int, ...], value: object) -> None:
    assert hash_with(place, value) == hash_with()


def test_the_hash_is_the_same_everywhere() -> None:
    """It stands in files of codes, so no change of the program may change it."""
    assert hash_with() == "a7f8a536a409"


@pytest.mark.parametrize(
    ("frames", "stances", "told"),
    [
        (
            ["b", "a", "b", "c", "a"],
            ["affirmed"],
            r"frames\[2\] 'a', frames\[5\] 'a', frames\[1\] 'b', ",
        ),
        (["a"], ["denied", "denied"], r"stances named twice: stances\[1\] 'denied', stances\[2\]"),
        ([], ["affirmed"], "frames\n  List should have at least 1 item"),
        (["a", "denied"], ["denied"], "'denied' names a frame and a stance"),
    ],
)
def test_frames_are_there_and_names_differ(frames: list[str], stances: list[str], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        codebook(frames, stances)


@pytest.mark.parametrize(
    ("stances", "names", "split"),
    [
        ([], ["present"], []),
        (["affirmed"], ["affirmed"], []),
        (["affirmed", "denied"], ["affirmed", "denied"], ["affirmed", "denied"]),
    ],
)
def test_a_single_stance_splits_nothing(stances: list[str], names: list[str], split: list[str]) -> None:
    book = codebook(["threat"], stances)
    assert (book.stance_names, book.split) == (names, split)


@pytest.mark.parametrize("unit", ["sentences", "clause", ""])
def test_a_unit_that_nobody_can_cut_is_refused(unit: str) -> None:
    with pytest.raises(
        ValidationError, match="unit\n  Input should be 'sentence', 'paragraph' or 'document'"
    ):
        Codebook.model_validate({**BOOK, "unit": unit})


@pytest.mark.parametrize("cue", ["", " ", " trust", "trust ", "*", "-", "–- *", "a\nb", 5])
def test_a_cue_that_would_find_nothing_or_anything_is_refused(cue: object) -> None:
    with pytest.raises(ValidationError, match=r"cues\.\.0\n"):
        Frame.model_validate({**FRAME, "cues": [cue]})
    with pytest.raises(ValidationError, match=r"cues\.\.0\n"):
        Stance.model_validate({**STANCE, "cues": [cue]})


@pytest.mark.parametrize("cue", ["a", "?", "c++", "-based", "post-*war*", "a b"])
def test_a_cue_of_words_or_signs_is_taken(cue: str) -> None:
    assert Frame.model_validate({**FRAME, "cues": [cue]}).cues == {"": [cue]}


def test_exemplars_are_of_stances_that_there_are() -> None:
    exemplars = {"denied": ["The flood threatens nobody."], "affirmed": ["It threatens all."]}
    frames = [FRAME, {**FRAME, "name": "chance", "exemplars": exemplars}]
    assert Codebook.model_validate({**BOOK, "frames": frames}).frames[1].exemplars == exemplars
    with pytest.raises(
        ValidationError, match=r"frames\[2\] 'chance': exemplars of 'denied', which is no stance"
    ):
        Codebook.model_validate({**BOOK, "frames": frames, "stances": [STANCE]})


@pytest.mark.parametrize("name", ["examples", "near_misses", "definition"])
def test_a_stance_may_not_be_called_like_a_list_of_a_frame(name: str) -> None:
    with pytest.raises(ValidationError, match="frames have a list of that name"):
        Stance(name=name, label="", definition="", cues={"": []})
