"""What several steps look for."""

YEAR = r"(?:1[5-9]|20)\d\d"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ON_THE_LINE = str.maketrans(RAISED, "0123456789")


def lowered(number: str) -> str:
    """`¹²` -> `12`."""
    return number.translate(_ON_THE_LINE)
