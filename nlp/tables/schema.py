"""What all schemas have in common."""

from typing import Any

import pandera.pandas as pa


def column(description: str, **checks: Any) -> Any:
    """A column with what it means and what its values must satisfy."""
    return pa.Field(description=description, **checks)


class Table(pa.DataFrameModel):
    """Strict: just these columns, in this order, of these types."""

    class Config:
        strict = True
        ordered = True
        coerce = False
