"""topics: passages and their terms -> a topic model, its quality, the reasons for it, and other runs."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from nlp.params import TopicsParams
from nlp.topics import figure
from nlp.topics.description import Learned
from nlp.topics.learning import frozen, labelled, learn_topics

_PUBLISHED = 4  # decimals of a table: what a frozen model knows of it, and so all that can be told


class Result(NamedTuple):
    topic_vocabulary: pd.DataFrame
    topic_model: pd.DataFrame
    topic_terms: pd.DataFrame
    topic_quality: pd.DataFrame
    topic_choice: pd.DataFrame
    topic_changes: pd.DataFrame
    topic_runs: pd.DataFrame
    metrics: dict[str, object]
    figure: str


def run(
    params: TopicsParams,
    *,
    passages: pd.DataFrame,
    passage_terms: pd.DataFrame,
    last: Mapping[str, pd.DataFrame],
) -> Result:
    """Choose a kind of topic model and a number of topics, and fit the model that is shown.

    `last` are the published tables of the last run: topics that are recognised keep their number and
    label, or, with `frozen`, all stay as they are. With too little text, all tables but `topic_choice`
    are empty, and that and `metrics` say why: topics of a handful of passages are noise.

    Raises ConfigError if the model is to stay as it is and there is none.
    """
    found = frozen(last) if params.frozen else learn_topics(passages, passage_terms, last, params)
    shown = labelled(found, params)
    choice = shown.topic_choice.round(_PUBLISHED)
    return Result(*shown, metrics=_metrics(shown, len(passages)), figure=figure.draw(choice))


def _metrics(found: Learned, passages: int) -> dict[str, object]:
    told: dict[str, object] = {"passages": passages, "vocabulary": len(found.topic_vocabulary)}
    chosen = found.topic_choice[found.topic_choice["chosen"]]
    if chosen.empty:
        return told | {"estimated": False, "reason": next(iter(found.topic_choice["note"]), "")}
    quality = found.topic_quality.round(_PUBLISHED)
    return told | {
        "estimated": True,
        "model": str(chosen["model"].iloc[0]),
        "topics": len(quality),
        "unstable": int((~quality["stable"]).sum()),
        "stability": float(quality["stability"].mean()),
        "c_v": float(quality["c_v"].mean()),
        "npmi": float(quality["npmi"].mean()),
    }
