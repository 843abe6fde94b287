"""`crossframe diff`: what has changed in the published tables since a git revision."""

from nlp.changes.comparison import compare_all
from nlp.changes.drawing import page
from nlp.store import published, revisions
from nlp.store.project import Project


def lines(project: Project, revision: str, *, most: int) -> list[str]:
    """The changes as Markdown, at most so many rows of each kind.

    Raises CrossframeError if there is no git, no such revision, or no tables in one of the two.
    """
    new = published.own_tables(project)
    since = revisions.find(project, revision)
    return page(compare_all(published.tables_at(project, since), new), str(since), most=most)
