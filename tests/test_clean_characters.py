"""Characters and light markup: one line in, one line out."""

import unicodedata

import pytest
from cleaning import cleaned, one_step
from hypothesis import given
from hypothesis import strategies as st

QUOTED = "“one” ‘two’ «three» „four“ ‹five› \"six\" 'seven' don’t don't"
SOUND = "café côté naïve Ångström Мир 漢字 ½ € § © À Éé"


@pytest.mark.parametrize(
    ("rule", "raw", "wanted"),
    [
        ("line_ends", "a\r\nb", "a\nb"),
        ("line_ends", "a\rb\r\rc", "a\nb\n\nc"),
        ("line_ends", "a\vc\u2028d\u2029e\x85f", "a\nc\nd\ne\nf"),
        ("line_ends", "page\fpage", "page\fpage"),  # the end of a page says more than that of a line
        ("line_ends", "a\nb\n", "a\nb\n"),
        # what no reader sees
        ("controls", "so\xadft\x00 po\u200bwer\ufeff", "soft power"),
        ("controls", "a\u2060\x07b\x7f", "ab"),
        ("controls", "\ud800a\udfff", "a"),
        ("controls", "\u202eto left\u202c \u2067and\u2069 \u200fback\u200e\u061c", "to left and back"),
        ("controls", "a\x81b\x9dc", "abc"),
        ("controls", "a\tb\nc\xa0d\fe", "a\tb\nc\xa0d\fe"),
        ("controls", "नम\u200dस्ते \u200cمی", "नम\u200dस्ते \u200cمی"),  # joiners belong to some scripts
        ("controls", "har\xad\nbour", "har-\nbour"),  # there it was seen
        ("controls", "har\xad \fbour", "har- \fbour"),
        ("controls", "har-\xad\nbour", "har-\nbour"),
        # letters that stand for others
        ("ligatures", "ﬁrst ﬂow oﬃce baﬄe ﬀ ﬅ ﬆ", "first flow office baffle ff st st"),
        ("ligatures", "æsthetic œuvre ß ĳ", "æsthetic œuvre ß ĳ"),
        ("composed", "re\u0301sume\u0301 A\u030angstro\u0308m", "résumé Ångström"),
        ("composed", "\u212b and \u2126", "Å and Ω"),
        ("composed", "résumé", "résumé"),
        ("composed", "x\u0302 q\u0323", "x\u0302 q\u0323"),  # no single letter stands for these
        # letters that were read wrongly
        ("mojibake", "donâ€™t â€œsayâ€\x9d it", "don’t “say” it"),
        ("mojibake", "cafÃ© cÃ´tÃ©", "café côté"),
        ("mojibake", "ÐœÐ¸Ñ€", "Мир"),
        ("mojibake", "\x93quoted\x94 \x96 and it\x92s", "“quoted” – and it’s"),
        ("mojibake", SOUND, SOUND),
        ("mojibake", QUOTED, QUOTED),
        ("mojibake", "…” “É ’“ »« –", "…” “É ’“ »« –"),
        ("mojibake", "100 km², 10⁶, 5 µm, ±2 °C, é…", "100 km², 10⁶, 5 µm, ±2 °C, é…"),
        # blanks
        ("spaces", "a  b\t c\xa0d\u2009e", "a b c d e"),
        ("spaces", "a b\n\nc", "a b\n\nc"),
    ],
)  # fmt: skip
def test_characters(rule: str, raw: str, wanted: str) -> None:
    assert one_step(rule, raw) == wanted


def test_quotation_marks_and_dashes_stay_as_they_are() -> None:
    assert cleaned(f"{QUOTED} – — ‐ ‑ … ′ ″") == f"{QUOTED} – — ‐ ‑ … ′ ″"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_composed_text_is_in_normal_form(raw: str) -> None:
    assert one_step("composed", raw) == unicodedata.normalize("NFC", raw)


@given(st.text("“”‘’«»„‟‹›\"'´`–—…", max_size=12))
def test_no_quotation_mark_is_touched(raw: str) -> None:
    for rule in ("mojibake", "controls", "ligatures", "composed"):
        assert one_step(rule, raw) == raw


# ---- markup -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "raw", "wanted"),
    [
        ("markup", "# Trust\n## Grain\n###### Timber", "Trust\nGrain\nTimber"),
        ("markup", "> quoted\n>also\n> > twice", "quoted\nalso\ntwice"),
        ("markup", "  # Trust", "Trust"),
        ("markup", "#hashtag and 5 > 3\n#\n>\n####### seven", "#hashtag and 5 > 3\n#\n>\n####### seven"),
        ("markup", "- an item\n* another", "- an item\n* another"),
        ("emphasis", "the *Courier* and **all** of ***it***", "the Courier and all of it"),
        ("emphasis", "*The Courier*, *one* two*", "The Courier, one two*"),
        ("emphasis", "5 * 3 * 2 and a*b*c and * x *", "5 * 3 * 2 and a*b*c and * x *"),
        ("emphasis", "*not\nthis*", "*not\nthis*"),
        ("emphasis", r"\$4 billion, \*no\*, \#1, C:\temp", r"$4 billion, *no*, #1, C:\temp"),
        ("emphasis", "snake_case and _that_", "snake_case and _that_"),
    ],
)
def test_markup(rule: str, raw: str, wanted: str) -> None:
    assert one_step(rule, raw) == wanted
