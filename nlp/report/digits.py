"""Numbers as the report prints them. What is unknown is a dash.

The exhibits have their own (`nlp/exhibits/digits.py`): a paper has p without a zero before the point, signs
before differences and no decimals in shares.
"""

from nlp.report.sections.contrast import Share
from nlp.report.sections.validation import Figure

UNKNOWN = "–"
_MINUS = "−"


def percent(share: float) -> str:
    """`0.1234` -> `12.3 %`."""
    return UNKNOWN if share != share else f"{tenth(100 * share)} %"


def whole(share: float) -> str:
    """A share or difference in whole per cent or points, without a sign for them: `0.1234` -> `12`."""
    return _rounded(100 * share, 0)


def points(share: float) -> str:
    """A difference of shares in points: `-0.1234` -> `−12.3`."""
    return tenth(100 * share)


def bounds(share: Share | Figure) -> str:
    """The interval in per cent, `8.0–18.4`; unknown -> nothing."""
    return "" if share.low != share.low else f"{points(share.low)}–{points(share.high)}"


def tenth(number: float) -> str:
    """`-12.34` -> `−12.3`."""
    return _rounded(number, 1)


def hundredth(number: float) -> str:
    """`-0.1234` -> `−0.12`."""
    return _rounded(number, 2)


def times(log_ratio: float) -> str:
    """How many times as often, of a log2: `3.32` -> `10`; below ten with a decimal."""
    ratio = 2**log_ratio
    return UNKNOWN if ratio != ratio else f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:,.0f}"


def p_value(p: float) -> str:
    """`0.01234` -> `0.012`; `0.0001` -> `< 0.001`."""
    return UNKNOWN if p != p else "< 0.001" if p < 0.001 else f"{p:.3f}"


def compared(p: float) -> str:
    """A p- or q-value after its name: `= 0.012`, `< 0.001`."""
    return UNKNOWN if p != p else p_value(p) if p < 0.001 else f"= {p_value(p)}"


def _rounded(number: float, decimals: int) -> str:
    """With a minus sign and not a hyphen before negative numbers; a rounded zero has none."""
    return UNKNOWN if number != number else f"{number:z.{decimals}f}".replace("-", _MINUS)


FILTERS = (percent, whole, points, bounds, tenth, hundredth, times, p_value, compared)
