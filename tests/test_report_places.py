"""report: where figures lead without script."""

import pytest
from conftest import small_codebook
from evident import told, world

from nlp import tables
from nlp.report.opening import Facet
from nlp.report.places import places_of
from nlp.report.tables import Tables

BOOK = small_codebook({"flood": ["water"]}, {})


def made() -> Tables:
    words = [("a1", 1, "oak", 2), ("a2", 0, "oak", 1), ("b1", 1, "elm", 1)]
    known = world(
        {"a1": told("One.", "Oak, oak."), "a2": told("Oak."), "b1": told("One.", "Elm.")},
        BOOK,
        groups={"a1": "Ada", "a2": "Ada", "b1": "Bo"},
        occurrences=tables.make("occurrences", words),
    )
    return Tables(**{name: known[name] for name in Tables._fields})


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"author": "Ada", "word": "oak"}, "a1/1"),
        ({"author": ["Bo", "Ada"], "word": "oak"}, "a1/1"),  # the first that has it
        ({"author": None, "word": "elm"}, "b1/1"),
        ({"author": "Bo"}, "b1/0"),
        ({"author": "Bo", "word": "ash"}, "texts"),
        ({"author": "Bo", "frame": "flood"}, "codes-flood-2"),
        ({"author": ["Ada", "Bo"], "frame": "flood", "stance": None}, "codes-flood-1"),
        ({"frame": "flood", "outcome": "hit"}, "codes"),
        ({"by": "coded"}, "codes"),
        ({}, "a1/0"),
    ],
)
def test_a_figure_leads_to_what_it_counts(asked: dict[str, Facet], place: str) -> None:
    assert places_of(made(), {"oak", "elm"}).of(asked) == place
