"""Places in a text as JavaScript counts them: in UTF-16 code units, of which an emoji has two."""

_CODE_UNITS, _LONE = "utf-16-le", "surrogatepass"  # half an emoji counts as what it is: one code unit


def to_utf16(text: str, place: int) -> int:
    """A place among the code points of a text as one among its code units."""
    if text.isascii():
        return place
    return len(text[:place].encode(_CODE_UNITS, _LONE)) // 2


def cut_utf16(text: str, start: int, end: int) -> str:
    """The stretch between two such places."""
    return text.encode(_CODE_UNITS, _LONE)[2 * start : 2 * end].decode(_CODE_UNITS, _LONE)
