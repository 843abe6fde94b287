"""report: sentences as evidence."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.report.evidence.offsets import cut_utf16, to_utf16

TEXTS = st.text(alphabet="ab \u00e9\u2028\U0001f600\U00010330<>&", max_size=30)


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_stretch_is_the_same_in_utf_16(text: str, one: int, other: int) -> None:
    start, end = sorted(min(it, len(text)) for it in (one, other))
    assert cut_utf16(text, to_utf16(text, start), to_utf16(text, end)) == text[start:end]
