"""Numbers as a paper prints them. What is missing is a dash."""

from collections.abc import Callable

import pandas as pd

MISSING = "–"
_MINUS = "−"
_SMALL_P = 0.001


def count(number: float) -> str:
    """`1234` -> `1,234`."""
    return MISSING if pd.isna(number) else f"{number:,.0f}"


def percent(share: float) -> str:
    """`0.1234` -> `12`; what is not nothing is not shown as nothing: `<1`; nor is less than all: `>99`."""
    if pd.isna(share):
        return MISSING
    shown = f"{100 * share:.0f}"
    edges = {"0": "<1" if share > 0 else "0", "100": ">99" if share < 1 else "100"}
    return edges.get(shown, shown)


def points(difference: float) -> str:
    """A difference of shares in percentage points, with its sign: `-0.034` -> `−3`."""
    return signed(100 * difference, decimals=0)


def signed(number: float, *, decimals: int = 2) -> str:
    """`1.234` -> `+1.23`, `-1.234` -> `−1.23`; a rounded zero has no sign."""
    if pd.isna(number):
        return MISSING
    shown = f"{abs(number):.{decimals}f}"
    if not float(shown):
        return shown
    return ("+" if number > 0 else _MINUS) + shown


def plain(number: float, *, decimals: int) -> str:
    """`1234.567` -> `1,234.6`; a minus sign and not a hyphen before negative numbers."""
    return MISSING if pd.isna(number) else f"{number:,.{decimals}f}".replace("-", _MINUS)


def tenth(number: float) -> str:
    return plain(number, decimals=1)


def hundredth(number: float) -> str:
    return plain(number, decimals=2)


def rate(number: float) -> str:
    """Two decimals below 10, one above: `3.456` -> `3.46`, `34.56` -> `34.6`."""
    return plain(number, decimals=2 if number < 10 else 1)


def p_value(p: float) -> str:
    """`0.0123` -> `.012`, `0.0001` -> `<.001`, `0.99999` -> `1`."""
    if pd.isna(p):
        return MISSING
    shown = f"{p:.3f}"
    return "<.001" if p < _SMALL_P else "1" if shown == "1.000" else shown[1:]


def bounded(value: float, low: float, high: float, said: Callable[[float], str]) -> str:
    """A number with its interval: `12 [8, 17]`; without one where that is missing."""
    if pd.isna(value) or pd.isna(low) or pd.isna(high):
        return said(value)
    return f"{said(value)} [{said(low)}, {said(high)}]"
