"""Which language a text is written in, as far as can be told."""

LETTERS = 200  # of shorter texts guesses are often wrong
_ENOUGH = 100_000  # characters; more do not change the answer
_NO_LANGUAGE = "zxx"  # ISO 639-2


def detect(text: str) -> str | None:
    """The language's ISO 639 code, such as "en", the same at every call; None if it cannot be told.

    That is so below 200 letters, and where the letters form no known language. A guess by letter
    n-grams (Lui & Baldwin 2012, langid.py); near relatives are sometimes confused.
    """
    sample = text[:_ENOUGH]
    if sum(map(str.isalpha, sample)) < LETTERS:
        return None
    from py3langid import classify  # 0.5 s for its model

    code = str(classify(sample)[0])
    return None if code == _NO_LANGUAGE else code
