"""What the last run has written, for commands beside the stages."""

import pandas as pd

from nlp.errors import TableError
from nlp.pipeline import WRITER
from nlp.store import parts
from nlp.store.project import Project


def part_names(project: Project, table: str, *, where: str) -> list[str]:
    """The parts that there are of a table, or TableError; `where` says who needs it."""
    writer = WRITER[table].name
    if found := parts.part_names(project, writer, table):
        return found
    raise TableError(
        f"needs table {table}, which is not there yet",
        where=where,
        hint=f"run 'crossframe {writer}' first, or 'crossframe run' for all stages",
    )


def read_table(project: Project, table: str, *, where: str) -> pd.DataFrame:
    """All parts of a table as one, or TableError if it is not there."""
    found = part_names(project, table, where=where)
    return parts.read(project, WRITER[table].name, table, found)
