"""report: how numbers are printed."""

from collections.abc import Callable

import pytest

from nlp.report import digits
from nlp.report.digits import compared, hundredth, p_value, percent, points, tenth, times, whole

NAN = float("nan")


@pytest.mark.parametrize(
    ("said", "number", "printed"),
    [
        (tenth, -12.34, "−12.3"),
        (tenth, -0.04, "0.0"),
        (hundredth, -0.1234, "−0.12"),
        (hundredth, -0.001, "0.00"),
        (points, -0.1234, "−12.3"),
        (points, -0.0004, "0.0"),
        (percent, 0.1234, "12.3 %"),
        (percent, -0.1234, "−12.3 %"),
        (whole, 0.1234, "12"),
        (whole, -0.001, "0"),
        (times, 3.32, "10"),
        (times, 1.0, "2.0"),
        (p_value, 0.01234, "0.012"),
        (p_value, 0.0001, "< 0.001"),
        (compared, 0.01234, "= 0.012"),
        (compared, 0.0001, "< 0.001"),
    ],
)
def test_numbers_are_printed(said: Callable[[float], str], number: float, printed: str) -> None:
    assert said(number) == printed


@pytest.mark.parametrize("said", [it for it in digits.FILTERS if it not in (digits.bounds, times)])
def test_what_is_unknown_is_a_dash(said: Callable[[float], str]) -> None:
    assert said(NAN) == "–"
