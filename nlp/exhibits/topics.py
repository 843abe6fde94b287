"""Topics by group, and their differences."""

from typing import Any

import pandas as pd

from nlp.exhibits import differences
from nlp.exhibits.digits import bounded, count, percent, tenth
from nlp.exhibits.exhibit import Exhibit, figures, parts, words
from nlp.exhibits.frames import NOT_ESTIMABLE
from nlp.exhibits.setting import Setting


def topics(topic_shares: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each topic a row for each group."""
    shown = setting.within(topic_shares).sort_values("topic", kind="stable")
    return Exhibit(
        "topics",
        f"Topics by {setting.by}",
        ("topic_shares",),
        words(setting.heading) + figures("Share", "Between runs", "Passages"),
        parts((heading(it), _share(it)) for it in shown.itertuples()),
        (
            f"Share: mean weight of the topic over the passages in %, with its {setting.interval} for other"
            " passages and other runs of the model. Between runs: standard deviation of the share over"
            " runs, in percentage points.",
            *setting.scope,
            *setting.left_out,
        ),
    )


def heading(row: Any) -> str:
    """A topic by its number, which it keeps from run to run, and its label."""
    return f"{row.topic} · {row.label}"


def _share(row: Any) -> list[str]:
    share = bounded(row.share, row.low, row.high, percent) if row.estimable else NOT_ESTIMABLE
    return [row.author, share, tenth(100 * row.between_runs), count(row.passages)]


def topic_differences(
    topic_differences: pd.DataFrame, robustness: pd.DataFrame, setting: Setting
) -> Exhibit:
    """Under each topic the differences with the strongest evidence."""
    shown = differences.best(topic_differences, ["topic"], setting).sort_values("topic", kind="stable")
    return Exhibit(
        "topic_differences",
        "Differences in topics",
        ("topic_differences", "robustness"),
        words(setting.heading, "Compared with") + figures("In runs") + differences.COLUMNS,
        differences.rows_of(
            shown,
            differences.robust(robustness, "topic"),
            setting,
            key=lambda it: (it.author, it.other, str(it.topic), ""),
            heading=heading,
            more=lambda it: [f"{percent(it.survives)} % ({it.runs})" if it.runs else percent(it.survives)],
        ),
        (
            *differences.notes(setting, of_what="for other passages and other runs of the model"),
            "In runs: share of all runs of the model (in brackets: how many), whatever their number of"
            " topics, that find the topic and the difference with this sign and an interval without 0.",
            *setting.scope_of(topic_differences),
            *differences.cut(shown, topic_differences),
        ),
    )
