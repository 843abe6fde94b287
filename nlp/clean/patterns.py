"""What several steps look for."""

import re

# Not the letter of `2014c`, nor what follows the apostrophe in `Asia’s` and `don’t`.
WORD = re.compile(r"(?<![^\W_])(?<![^\W\d_][’'](?=(?:s|t|d|m|ll|re|ve)\b))[^\W\d_]+")
YEAR = r"(?:1[5-9]|20)\d\d"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ON_THE_LINE = str.maketrans(RAISED, "0123456789")


def lowered(number: str) -> str:
    """`¹²` -> `12`."""
    return number.translate(_ON_THE_LINE)
