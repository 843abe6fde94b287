"""Words and names by which the groups can be told from the others."""

from typing import Any

import pandas as pd

from nlp.exhibits.digits import bounded, count, hundredth, p_value, signed, tenth
from nlp.exhibits.exhibit import Exhibit, figures, parts, strongest, told
from nlp.exhibits.exhibit import words as columns_of_words
from nlp.exhibits.setting import Setting
from nlp.manifest import REST


def words(contrasts: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each group the words that it uses more than the others do."""
    return _distinctive(contrasts, "word", "words", "Distinctive words", "Word", setting)


def names(contrasts: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each group the actors that it names more than the others do."""
    return _distinctive(contrasts, "entity", "names", "Distinctive names", "Name", setting)


def _distinctive(
    contrasts: pd.DataFrame, kind: str, name: str, title: str, heading: str, setting: Setting
) -> Exhibit:
    rows = contrasts[(contrasts["kind"] == kind) & (contrasts["other"] == REST)]
    more = setting.within(rows[rows["effect"] > 0])
    shown = setting.within(strongest(more, "statistic", ["author"], setting.params.top_rows))
    return Exhibit(
        name,
        f"{title} by {setting.by}",
        ("contrasts",),
        columns_of_words(heading)
        + figures(
            "Count", "Others", "Log ratio", "G2", "z", "Dispersion", "Documents", "Their documents", "q"
        ),
        parts((it.author, _row(it)) for it in shown.itertuples()),
        (
            f"What a {setting.by} uses more than all others together, by the strength of the evidence (p)."
            " Count, Others: how often it was found here and there. Log ratio: log2 of the ratio of the"
            f" rates, with its {setting.interval} for texts made in the same way, where words come in"
            " bunches. G2 and z (log odds with the corpus as prior) take every occurrence as independent, p"
            " and q do not. Dispersion: 0 spread evenly over the texts, 1 all in one place. q: p adjusted"
            " for all rows of the table (Benjamini-Yekutieli).",
            *setting.scope,
            *setting.of_texts(rows),
            *setting.left_out,
            *told(len(shown), len(more), "rows with a higher rate: those with the strongest evidence"),
        ),
    )


def _row(it: Any) -> list[str]:
    effect = bounded(it.effect, it.low, it.high, signed)
    counts = [count(it.count), count(it.other_count)]
    scores = [tenth(it.statistic), signed(it.z, decimals=1), hundredth(it.dispersion)]
    return [
        it.label,
        *counts,
        effect,
        *scores,
        count(it.documents),
        count(it.other_documents),
        p_value(it.q),
    ]
