"""Features as people read them."""

import pytest

from nlp.coding.wording import told


@pytest.mark.parametrize(
    ("view", "feature", "expected"),
    [
        ("cues", "here hope", "cue of hope"),
        ("cues", "no near hope", "no cue of hope beside it"),
        ("cues", "heading hope", "cue of hope in the heading"),
        ("groups", "denied/", "cue of denied"),
        ("groups", "no denied/absence and loss", "no cue of denied (absence and loss)"),
        (
            "scope",
            "bears denied/absence and loss",
            "cue of denied (absence and loss) that bears on the frame",
        ),
        ("scope", "any denied", "cue of denied in the unit"),
        ("scope", "inside denied", "cue of denied in the frame's own words"),
        ("codebook", "unit like hope: include (closest)", "close to the codebook on hope: include"),
        (
            "codebook",
            "context like hope: include (mean)",
            "in context close to the codebook on hope: include as a whole",
        ),
        ("entities", "state as subject", "state as subject"),
        ("sentence", "meaning of a word", "meaning of a word"),
    ],
)
def test_features_are_told_in_words(view: str, feature: str, expected: str) -> None:
    assert told(view, feature) == expected
