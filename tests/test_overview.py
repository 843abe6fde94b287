"""What the end of a run says of topics."""

import pandas as pd
import pytest

from nlp import overview, tables


def quality(*stable: bool) -> pd.DataFrame:
    rows = [(at, f"label {at}", "a · b", 0.5, it, 0.5, 0.1, 0.5) for at, it in enumerate(stable)]
    return tables.make("topic_quality", rows)


@pytest.mark.parametrize(
    ("stable", "changes", "told"),
    [
        ([], [], ["", "Topics: not estimable (outputs/metrics/topics.json says why)"]),
        ([True, True], [], ["", "Topics: 2, all stable"]),
        ([True, False], [], ["", "Topics: 2; unstable: label 1"]),
        ([True], ["same"], ["", "Topics: 1, all stable"]),
        (
            [True, True],
            ["moved", "appeared", "vanished"],
            [
                "",
                "Topics: 2, all stable",
                "  since the last topics: 1 moved, 1 appeared, 1 vanished"
                " (outputs/tables/topic_changes.csv)",
            ],
        ),
    ],
)
def test_topics_are_told_at_the_end(stable: list[bool], changes: list[str], told: list[str]) -> None:
    rows = [(at, f"label {at}", it, None, "", "") for at, it in enumerate(changes)]
    assert overview.topic_lines(quality(*stable), tables.make("topic_changes", rows)) == told
