"""Claims as data (outputs/claims.yaml): sentences of a paper with the cells of tables they rest on."""

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, model_validator


def _checked(value: object) -> object:
    """One check with one message; pydantic's for a union tells one for each of its types."""
    if not isinstance(value, bool | int | float | str):
        raise ValueError("must be a number, true, false or text; put text that looks otherwise in quotes")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("must be a finite number")
    return value


_Number = Annotated[float, Field(allow_inf_nan=False)]
Value = Annotated[bool | int | float | str, PlainValidator(_checked)]


class Claim(BaseModel):
    """A sentence, the cell it rests on, and what must be found there.

    A claim says exactly one of `value`, `at_least` and `at_most`. A number as `value` has a `tolerance`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    sentence: str = Field(pattern=r"\S")
    table: str = Field(min_length=1, description="Name of a published table, without ending.")
    row: Mapping[str, Value] = Field(description="Columns and their values that only one row has.")
    column: str = Field(min_length=1)
    value: Annotated[Value | None, Field(description="An empty text is an empty cell.")] = None
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    at_least: _Number | None = None
    at_most: _Number | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Claim":
        said = [name for name in ("value", "at_least", "at_most") if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"needs one of value, at_least and at_most, and has {len(said)}")
        wanted = is_number(self.value)
        if wanted and self.tolerance is None:
            raise ValueError("a number as value needs a tolerance, such as 0.005, or 0")
        if not wanted and self.tolerance is not None:
            raise ValueError("tolerance goes with a number as value")
        return self


class Claims(BaseModel):
    """The whole of claims.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    claims: list[Claim]


def is_number(value: object) -> bool:
    """Whether this is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
