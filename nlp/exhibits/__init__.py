"""exhibits: comparison tables -> formatted tables and figures."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.exhibits import (
    corpus,
    course,
    distances,
    entities,
    frame_actors,
    frames,
    robustness,
    topics,
    words,
)
from nlp.exhibits.exhibit import Exhibit
from nlp.exhibits.figures import course as courses
from nlp.exhibits.figures import distances as maps
from nlp.exhibits.figures import shares, stances
from nlp.exhibits.html import to_html
from nlp.exhibits.latex import to_latex
from nlp.exhibits.markdown import contents, to_markdown
from nlp.exhibits.setting import Setting, setting_of
from nlp.exhibits.sheets import sheets_of
from nlp.exhibits.workbook import to_xlsx
from nlp.params import ExhibitsParams

WORKBOOK = "crossframe.xlsx"
_RENDERERS = {"md": to_markdown, "html": to_html, "tex": to_latex}


class Result(NamedTuple):
    exhibits: Mapping[str, str | bytes]  # by name of the file
    frames: str
    stances: str
    topics: str
    distances: str
    course: str


FIGURES = tuple(f"{name}.svg" for name in Result._fields[1:])


def run(
    params: ExhibitsParams,
    *,
    members: pd.DataFrame,
    authors: pd.DataFrame,
    author_zones: pd.DataFrame,
    prevalence: pd.DataFrame,
    frame_differences: pd.DataFrame,
    frame_actors: pd.DataFrame,
    frame_course: pd.DataFrame,
    topic_shares: pd.DataFrame,
    topic_differences: pd.DataFrame,
    topic_passages: pd.DataFrame,
    actors: pd.DataFrame,
    actor_groups: pd.DataFrame,
    comentions: pd.DataFrame,
    contrasts: pd.DataFrame,
    distances: pd.DataFrame,
    distance_map: pd.DataFrame,
    robustness: pd.DataFrame,
    variants: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Set tables in Markdown, HTML and LaTeX, all tidy tables in a workbook, and figures in SVG.

    What is shown is decided in one module for each theme; what draws it knows no theme.
    """
    given = dict(locals())
    tables = {name: table for name, table in given.items() if isinstance(table, pd.DataFrame)}
    setting = setting_of(members, authors, codebook, params)
    shown = exhibits_of(tables, setting)
    return Result(
        exhibits=_files(shown) | {WORKBOOK: to_xlsx(sheets_of(tables, codebook, setting))},
        frames=shares.frames(prevalence, setting),
        stances=stances.stances(prevalence, setting),
        topics=shares.topics(topic_shares, setting),
        distances=maps.distances(distance_map, setting),
        course=courses.course(frame_course, setting),
    )


def exhibits_of(tables: Mapping[str, pd.DataFrame], setting: Setting) -> list[Exhibit]:
    """All exhibits in their order, decided but not drawn."""
    prevalence, robust = tables["prevalence"], tables["robustness"]
    return [
        corpus.corpus(tables["authors"], setting),
        corpus.zones(tables["author_zones"], setting),
        frames.frames(prevalence, setting),
        frames.frame_differences(tables["frame_differences"], robust, setting),
        frames.stance_differences(tables["frame_differences"], robust, setting),
        frame_actors.frame_actors(tables["frame_actors"], setting),
        course.course(tables["frame_course"], setting),
        entities.actors(tables["actors"], setting),
        entities.kinds(tables["actor_groups"], setting),
        entities.actor_groups(tables["actor_groups"], setting),
        topics.topics(tables["topic_shares"], setting),
        topics.topic_differences(tables["topic_differences"], robust, setting),
        words.words(tables["contrasts"], setting),
        words.names(tables["contrasts"], setting),
        distances.distances(tables["distances"], setting),
        robustness.robustness(robust, tables["topic_shares"], tables["contrasts"], setting),
    ]


def _files(exhibits: Sequence[Exhibit]) -> dict[str, str | bytes]:
    drawn: dict[str, str | bytes] = {
        f"{it.id}.{ending}": render(it) for it in exhibits for ending, render in _RENDERERS.items()
    }
    return {"README.md": contents(exhibits, FIGURES, WORKBOOK)} | drawn
