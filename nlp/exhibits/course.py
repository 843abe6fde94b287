"""Frames over the course of texts."""

from collections.abc import Sequence

import pandas as pd

from nlp.codebook import ANY
from nlp.exhibits.digits import MISSING, count, percent
from nlp.exhibits.exhibit import Exhibit, figures, parts, words
from nlp.exhibits.setting import Setting


def course(frame_course: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each frame a row for each text: its share in each part of the text."""
    table = in_any_stance(frame_course, setting)
    numbers = sorted(table["part"].unique())
    texts = shown_texts(table, setting)
    size = table.drop_duplicates(["doc_id", "part"]).groupby("doc_id")["n_sentences"].sum()
    share = {(it.doc_id, it.frame, it.part): percent(it.share) for it in table.itertuples()}
    rows = [
        (
            label,
            [
                doc_id,
                author,
                count(size[doc_id]),
                *(share.get((doc_id, frame, part), MISSING) for part in numbers),
            ],
        )
        for frame, label in setting.frames.items()
        for doc_id, author in texts
    ]
    return Exhibit(
        "course",
        "Frames over the course of each text",
        ("frame_course",),
        words("Text", setting.heading) + figures(f"{setting.unit.capitalize()}s", *map(str, numbers)),
        parts(rows),
        (
            f"Share of {setting.unit}s with the frame in %, in any stance, by the machine's codes, in"
            f" {len(numbers)} successive parts of like length: parts of few {setting.unit}s jump. The table"
            " has counts and intervals.",
            *setting.any_stance,
            *setting.left_out,
            *texts_left_out(table, texts),
        ),
    )


def in_any_stance(frame_course: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """The rows of the groups that are shown, whatever the stance."""
    return setting.within(frame_course[frame_course["stance"] == ANY])


def shown_texts(table: pd.DataFrame, setting: Setting) -> list[tuple[str, str]]:
    """Name and group of the longest texts, as many as groups are shown at most, in their order."""
    texts = table.drop_duplicates(["doc_id", "frame", "part"]).groupby(["doc_id", "author"], sort=False)
    sizes = texts["n_sentences"].sum().sort_values(ascending=False, kind="stable")
    kept = set(sizes.index[: setting.params.top_groups])
    return [(str(doc_id), str(author)) for doc_id, author in texts.groups if (doc_id, author) in kept]


def texts_left_out(table: pd.DataFrame, texts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A note that not all texts are shown, if so."""
    known = table["doc_id"].nunique()
    if len(texts) == known:
        return ()
    return (f"{len(texts):,} of {known:,} texts, the longest; the table has all.",)
