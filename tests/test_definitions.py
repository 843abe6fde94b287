"""annotate.definitions: abbreviations that a text defines itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.annotate.definitions import defined, definitions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the World Trade Organization (WTO) rules", {"WTO": "World Trade Organization"}),
        ("a Union of Free Ports (UFP; since 1990)", {"UFP": "Union of Free Ports"}),
        (
            "Organization for Security and Co-operation (OSC)",
            {"OSC": "Organization for Security and Co-operation"},
        ),
        ("an Organisation of Turkic Peoples (OTP)", {"OTP": "Organisation of Turkic Peoples"}),
        ("Academy of Arts and Agriculture (AAA)", {"AAA": "Academy of Arts and Agriculture"}),
        ("the Great Harmony Forum (“GHF”)", {"GHF": "Great Harmony Forum"}),
        ("a River Water Board (hereafter the RWB)", {"RWB": "River Water Board"}),
        ("the Partnership for Peace (PfP)", {"PfP": "Partnership for Peace"}),
        ("gross domestic product (GDP)", {"GDP": "gross domestic product"}),
        ("Amid the mines of Northern Ore (NO)", {"NO": "Northern Ore"}),
        ("two Ports (A) and one (see below)", {}),
        ("nothing that fits (XYZ)", {}),
        ("(WTO) with nothing before it", {}),
        ("World Trade\n\nOrganization (WTO)", {}),
        ("First Aid (FA), then Far Away (FA)", {"FA": "First Aid"}),
    ],
)
def test_definitions(text: str, found: dict[str, str]) -> None:
    assert {short: it.long for short, it in defined(text).items()} == found


@given(st.text(st.sampled_from("ABab ().\n-"), max_size=60))
def test_a_definition_stands_where_it_says_and_has_the_letters(text: str) -> None:
    for it in definitions(text):
        assert text[it.start : it.end].startswith(it.long)
        rest = iter(it.long.lower())
        assert all(letter in rest for letter in it.short.lower() if letter.isalnum())
