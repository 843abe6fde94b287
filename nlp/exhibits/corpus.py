"""What is compared: the corpus by group, and what its texts consist of."""

from typing import get_args

import pandas as pd

from nlp.exhibits.digits import MISSING, bounded, count, tenth
from nlp.exhibits.exhibit import Exhibit, RowGroup, figures, words
from nlp.exhibits.setting import Setting
from nlp.params import Zone


def corpus(authors: pd.DataFrame, setting: Setting) -> Exhibit:
    """A row for each group: its size, diversity at equal size and readability."""
    sample = count(authors["sample"].max()) if len(authors) else MISSING
    return Exhibit(
        "corpus",
        f"The corpus by {setting.by}",
        ("authors",),
        words(setting.heading)
        + figures("Documents", "Sentences", "Words", "Types", "Diversity", "Sentence length", "LIX", "ARI")
        + figures("Coded"),
        (RowGroup("", [_described(row) for row in setting.within(authors).itertuples()]),),
        (
            "Only the zones that are compared are counted. Types are different words, and grow with the"
            f" length of texts. Diversity: different words to be expected in a random sample of {sample}"
            f" words, the size of the smallest group that has enough, with its {setting.interval}."
            " Sentence length: mean words, with its interval. LIX and ARI: readability; higher is harder."
            " Coded: sentences in the coded sample.",
            *setting.scope,
            *setting.left_out,
        ),
    )


def _described(row: object) -> list[str]:
    found = row._asdict()  # type: ignore[attr-defined]
    sizes = [count(found[it]) for it in ("documents", "sentences", "words", "types")]
    diversity = bounded(found["diversity"], found["low"], found["high"], count)
    length = bounded(found["sentence_length"], found["sentence_low"], found["sentence_high"], tenth)
    reading = [tenth(found[it]) for it in ("lix", "ari")]
    return [found["author"], *sizes, diversity, length, *reading, count(found["coded"])]


def zones(author_zones: pd.DataFrame, setting: Setting) -> Exhibit:
    """Words of each group by zone of the text."""
    found = [it for it in get_args(Zone) if it in set(author_zones["zone"])]
    size = {(it.author, it.zone): it.words for it in setting.within(author_zones).itertuples()}
    analysed = author_zones.loc[author_zones["analysed"], "zone"].unique()
    rows = [
        [group, *(count(size.get((group, zone), 0)) for zone in found), count(_total(size, group))]
        for group in setting.groups
    ]
    return Exhibit(
        "zones",
        f"Words by {setting.by} and zone of the text",
        ("author_zones",),
        words(setting.heading) + figures(*(it.capitalize() for it in found), "All"),
        (RowGroup("", rows),),
        (
            f"Compared are: {', '.join(it for it in found if it in analysed) or 'none'}. The others are"
            " read, so that they can be shown.",
            *setting.left_out,
        ),
    )


def _total(size: dict[tuple[str, str], int], group: str) -> int:
    return sum(it for (author, _), it in size.items() if author == group)
