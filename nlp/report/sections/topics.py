"""Decides what the report says of topics: which there are and why, whose they are, and what shows them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.report.sections.contrast import NOTABLE, Share, called, from_more, sides_of, texts_only
from nlp.report.sections.limits import ACROSS
from nlp.report.sections.topic_drawings import Bars, Chart, bars_of, chart_of

LASTING = 0.9  # of the runs: differences that survive in as many come first, whatever their q
MOST = 20  # differences shown
_PASSAGES = 24  # typical ones shown of a topic, where authors are many
COLOURS = 10  # classes n0 to n9 of the style sheet
_IN_WORDS = {
    "nmf": "non-negative matrix factorisation (NMF)",
    "lda": "latent Dirichlet allocation (LDA)",
    "seeded": "latent Dirichlet allocation guided by seed words (seeded LDA)",
}
_CHANGES = ["appeared", "vanished", "moved"]

Row = Any  # of the table that a field names


class Topic(NamedTuple):
    """A topic with its quality, the share of each author and the passages that show it."""

    about: Row  # of table `topic_quality`
    colour: int  # by its number, so that it keeps it from run to run
    terms: str
    shares: list[Share | None]  # by author; None without any passage
    passages: list[tuple[int, str, list[Row]]]  # place and name of authors; rows of `topic_passages`

    @property
    def shown(self) -> int:
        """Passages that show it."""
        return sum(len(rows) for *_, rows in self.passages)


class Choice(NamedTuple):
    """How the model was chosen; without topics, why none was."""

    model: str  # the one chosen, in words; empty where there is none
    runs: int  # of each model tried
    tried: int
    reasons: list[str]  # why others, or all, could not be tried
    rows: list[Row]  # of table `topic_choice`
    chart: Chart | None


class Difference(NamedTuple):
    """By how much a topic's share is larger with one author than with another (0 to 1)."""

    topic: Topic
    more: str
    less: str
    authors: list[str] | None  # both; None where one is all others, as whoever is asked for is anybody
    estimate: float
    low: float
    high: float
    q: float
    survived: int | None  # runs; None with a frozen model
    runs: int


class Differences(NamedTuple):
    """Those with a small q, and those that survive in nearly all runs, strongest evidence first.

    Shares that are not estimable cannot be compared.
    """

    shown: list[Difference]
    notable: int  # by their q
    lasting_only: int  # that survive, and have no small q
    compared: int
    unknown: int
    runs: int
    level: float
    lasting: int  # per cent of the runs
    texts_only: bool  # each author has one document: no inference beyond these texts


class Change(NamedTuple):
    """What has become of a topic since the last run with other topics."""

    about: Row  # of table `topic_changes`
    colour: int


class TopicSection(NamedTuple):
    """Everything that is told of topics, in the order of the page."""

    choice: Choice
    worth: list[tuple[str, int, float]]  # author, passages, and how many drawn one by one they are worth
    frozen: bool  # kept from an earlier run: other runs say nothing of the shares
    passages: int
    unstable: int
    topics: list[Topic]
    bars: Bars | None  # None where authors are too many to be drawn
    differences: Differences
    changes: list[Change]
    unchanged: int


def topics_of(
    quality: pd.DataFrame,
    terms: pd.DataFrame,
    choice: pd.DataFrame,
    shares: pd.DataFrame,
    differences: pd.DataFrame,
    passages: pd.DataFrame,
    changes: pd.DataFrame,
    documents: pd.Series,
    names: Sequence[str],
) -> TopicSection:
    """Put together what the tables `topic_*` tell; shares and passages of the authors that are shown.

    `documents` is the number of documents of each author, shown or not.
    """
    topics = _topics(quality, terms, shares, passages, names)
    by_author = shares.drop_duplicates("author").set_index("author")["passages"].to_dict()
    moved = changes[changes["change"].isin(_CHANGES)]
    return TopicSection(
        choice=_choice(choice),
        worth=_worth(shares, names),
        frozen=_is_frozen(shares),
        passages=sum(by_author.values()),
        unstable=int((~quality["stable"]).sum()),
        topics=topics,
        bars=_bars(topics, names, by_author) if len(names) <= ACROSS else None,
        differences=_differences(differences, topics, documents),
        changes=[Change(row, row.topic % COLOURS) for row in _by_kind(moved).itertuples(index=False)],
        unchanged=len(changes) - len(moved),
    )


def _topics(
    quality: pd.DataFrame,
    terms: pd.DataFrame,
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    names: Sequence[str],
) -> list[Topic]:
    known = {
        (row.topic, row.author): Share(row.share, row.low, row.high, row.estimable)
        for row in shares.itertuples()
    }
    ranked = terms[terms["ranking"] == "relevance"].sort_values(["topic", "rank"])
    relevant = ranked.groupby("topic")["term"].agg(", ".join)
    return [
        Topic(
            about=row,
            colour=row.topic % COLOURS,
            terms=relevant[row.topic],
            shares=[known.get((row.topic, name)) for name in names],
            passages=_typical(passages[passages["topic"] == row.topic], names),
        )
        for row in quality.sort_values("topic").itertuples(index=False)
    ]


def _bars(topics: Sequence[Topic], names: Sequence[str], passages: Mapping[str, int]) -> Bars:
    return bars_of([(it.about, it.colour, it.shares) for it in topics], names, passages)


def _typical(passages: pd.DataFrame, names: Sequence[str]) -> list[tuple[int, str, list[Row]]]:
    """By author, where there are any; of many authors those that show the topic best."""
    ranked = passages.sort_values("rank")
    if len(names) > ACROSS:
        ranked = ranked.loc[ranked["weight"].sort_values(ascending=False, kind="stable").index[:_PASSAGES]]
    found = [list(ranked[ranked["author"] == name].itertuples(index=False)) for name in names]
    return [(at, name, rows) for at, (name, rows) in enumerate(zip(names, found, strict=True)) if rows]


def _choice(table: pd.DataFrame) -> Choice:
    tried = table[table["runs"] > 0]
    chosen = table[table["chosen"]]
    return Choice(
        model=_in_words(str(chosen["model"].iloc[0])) if len(chosen) else "",
        runs=int(chosen["runs"].iloc[0]) if len(chosen) else 0,
        tried=len(tried),
        reasons=[str(it) for it in table["note"].unique() if it],
        rows=list(table.itertuples(index=False)),
        chart=chart_of(table),
    )


def _worth(shares: pd.DataFrame, names: Sequence[str]) -> list[tuple[str, int, float]]:
    """Of authors whose shares are estimable; the mean over topics, which differ little."""
    known = shares[shares["estimable"]].groupby("author")[["passages", "worth"]].mean()
    found = known.reindex([it for it in names if it in known.index])
    return [(row.Index, int(row.passages), row.worth) for row in found.itertuples()]


def _in_words(model: str) -> str:
    return _IN_WORDS.get(model, model)


def _is_frozen(shares: pd.DataFrame) -> bool:
    known = shares[shares["estimable"]]
    return bool(len(known) and known["between_runs"].isna().all())


def _differences(table: pd.DataFrame, topics: Sequence[Topic], documents: pd.Series) -> Differences:
    """A difference is listed for its q, or for surviving in the other runs."""
    known = table[table["q"].notna()]
    notable = known["q"] < NOTABLE
    listed = known[notable | (known["survives"] >= LASTING)]
    order = ["p", "survives", "size", "topic", "author", "other"]
    ranked = listed.assign(size=listed["difference"].abs()).sort_values(
        order, ascending=[True, False, False, True, True, True]
    )
    by_number = {it.about.topic: it for it in topics}
    return Differences(
        shown=[_difference(row, by_number[row.topic]) for row in ranked.head(MOST).itertuples()],
        notable=int(notable.sum()),
        lasting_only=len(listed) - int(notable.sum()),
        compared=len(known),
        unknown=len(table) - len(known),
        runs=int(known["runs"].max()) if len(known) else 0,
        level=NOTABLE,
        lasting=round(100 * LASTING),
        texts_only=texts_only(documents),
    )


def _difference(row: Row, topic: Topic) -> Difference:
    """Told from the author with the larger share."""
    told = from_more(row)
    return Difference(
        topic=topic,
        more=called(told.author),
        less=called(told.other),
        authors=sides_of(told),
        estimate=told.difference,
        low=told.low,
        high=told.high,
        q=told.q,
        survived=None if pd.isna(told.survives) else round(told.survives * told.runs),
        runs=told.runs,
    )


def _by_kind(changes: pd.DataFrame) -> pd.DataFrame:
    return changes.assign(at=changes["change"].map(_CHANGES.index)).sort_values(["at", "topic"])
