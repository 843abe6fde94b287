"""Texts for laws: made of what the cleaning rules look for, and of anything else."""

from cleaning import LINE, LONG
from hypothesis import strategies as st

_PRINTED = """\
¹ See Smith. | ² Ibid., p. 4 | ³ www.example.org | [^1]: A note | [^2] | [^*] | [^*]: Thanks
2 See Smith 2009. | 1. Ibid. | power1. | norms2 | it3) | state4, | so5 | trust 6 , | law.⁷ | G20
G2030 | 201546 | 1990s | km² | 10⁶
12 | 13 | 14 | Page 3 of 9 | A. ASH 112 | A. ASH 113 | The Great Title 4 | Downloaded from x | © 2014
inte- | gration | post- | Roman | ‐ | - | and— | —so | # Heading | > quote
*stars* | ** | \\$ | SearchDr Smith
Search | Notes | References | Abstract | Read also | List of abbreviations | Читать | writes: | that
(ash and Birch 2013) | nATO | in the | (cU) | customs Union | holt | 2014c | don’t | donâ€™t | ﬁrst
Trust. | Hello there."""
_UNSEEN = [*"\f\n\v\u2028\x85\x93 \t\xa0\xad\u200b", "\n\n", "\n\n  ", "\r\n", "e\u0301"]
_PATTERNS = [
    *(pattern.strip() for line in _PRINTED.splitlines() for pattern in line.split("|")),
    *_UNSEEN,
    *(LINE, f"{LINE}.", LONG),
]
_ODD = "aB1é漢-–.:“”*#>²³ \t\n\r\f\xa0\xad\u200b\u2028\x00"
_WHOLE = st.characters(exclude_categories=["Cs"])
_pieces = st.lists(st.sampled_from(_PATTERNS), max_size=25)
_gaps = st.sampled_from(["\n", "\n", "\n\n", "\n\n  ", " ", "", "\f"])
_lines = st.lists(st.sampled_from([LINE, LINE, *_PATTERNS]), min_size=1, max_size=12).map("\n".join)
_pages = st.lists(_lines, max_size=4).flatmap(
    lambda made: st.sampled_from(["\f", "\n\f", "\n"]).map(lambda gap: gap.join(made))
)
_decoded = st.builds(
    lambda content, encoding: content.decode(encoding, "replace"),
    st.binary(max_size=60),
    st.sampled_from(["utf-8", "cp1251", "latin-1", "utf-16"]),
)

raws = st.one_of(
    st.builds(lambda pieces, gap: gap.join(pieces), _pieces, _gaps),
    _pages,
    st.text(alphabet=_ODD, max_size=60),
    st.text(alphabet=_WHOLE, max_size=30),
    _decoded,
)
"""Raw texts: of the rules' own patterns, in runs and on pages; of odd, of any characters; of any bytes."""

knowns = st.sampled_from(
    [
        {},
        {
            "title": "The Great Title",
            "authors": ("Ann Ash", "Bob Birch"),
            "venue": "Journal of Great Things",
            "lost_capitals": "ACHINOP",
            "words": {"integration": 3, "Holt": 4},
            "names": frozenset({"NATO", "Customs Union", "Great Title"}),
        },
    ]
)
"""What may be known of a document: nothing, or something of everything."""
