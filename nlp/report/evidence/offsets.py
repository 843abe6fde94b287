"""Places in a text as JavaScript counts them: in UTF-16 code units, of which an emoji has two."""

_LAST_OF_ONE = "\uffff"  # characters beyond it have two code units


def to_utf16(text: str, place: int) -> int:
    """A place among the code points of a text as one among its code units."""
    if text.isascii():
        return place
    return place + sum(it > _LAST_OF_ONE for it in text[:place])


def cut_utf16(text: str, start: int, end: int) -> str:
    """The stretch between two such places."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
