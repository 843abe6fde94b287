"""Footnotes go to the end; the sentences that they cut are whole again."""

import pytest
from cleaning import FULL, LINE, LONG, cleaned, only, page, traced, zones

WEB = f"{LONG} {LONG}"  # a paragraph on a line of its own
BODY = page(FULL, FULL, FULL)  # paragraphs of a page
MOVE = only("footnotes", "paragraphs")


def parts(raw: str) -> list[str]:
    """The zones of a text as `b` (body), `h` (heading) and `n`: note and its first words."""
    return [text[:12] if zone == "note" else zone[0] for text, zone in zones(raw)]


# ---- where lines are paragraphs -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (f"{WEB}¹\n\n¹ See Holt.\n\n{WEB}", ["b", "b", "¹ See Holt."]),
        (f"{WEB}\n¹See Holt.\n¹² See Holt.\n{WEB}", ["b", "b", "¹See Holt.", "¹² See Holt."]),
        (f"{WEB}[^1]\n\n{WEB}\n\n[^1]: See Holt.", ["b", "b", "[^1]: See Ho"]),
        (f"{WEB}\n\n[^1]: See Holt.\n\n{WEB}", ["b", "b", "[^1]: See Ho"]),
        (f"{WEB}[^*]\n\n[^*]: Thanks.\n\n{WEB}", ["b", "b", "[^*]: Thanks"]),
        (f"{WEB}\n\nTrust\n\n¹ See Holt.\n\n{WEB}", ["b", "h", "b", "¹ See Holt."]),
        # a number that was lost
        (f"{WEB}\n\n¹ See.\n\nHolt, p. 4.\n\n³ So.\n\n{WEB}", ["b", "b", "¹ See.", "Holt, p. 4.", "³ So."]),
        (f"{WEB}\n\n¹ See.\n\n{WEB}\n\n³ So.\n\n{WEB}", ["b", "b", "b", "¹ See.", "³ So."]),
        (f"{WEB}\n\n¹ See.\n\nIn Holt, p. 4.\n\n² So.\n\n{WEB}", ["b", "b", "b", "¹ See.", "² So."]),
        # no notes
        (f"{WEB}\n\n1. See Holt.\n\n{WEB}", ["b", "b", "b"]),
        (f"{WEB}\n\n10⁶ people\n\n{WEB}", ["b", "h", "b"]),
    ],
)  # fmt: skip
def test_notes_between_paragraphs(raw: str, wanted: list[str]) -> None:
    assert parts(raw) == wanted


def test_a_sentence_that_a_note_has_cut_is_whole() -> None:
    begun, ended = f"{LONG} The towns, and the", "Harbour Office, send grain."
    text = cleaned(f"{begun}\n\n¹ See Holt.\n\n{ended}\n\n{WEB}")
    assert text == f"{begun} {ended}\n\n{WEB}\n\n¹ See Holt."


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    raw = f"{WEB}\n\n¹ See pas-\n\n{WEB}\n\nsim; Holt.\n\n² So.\n\n{WEB}"
    assert cleaned(raw).endswith("\n\n¹ See pas-sim; Holt.\n\n² So.")


@pytest.mark.parametrize(
    "end", [".", "www.example.org", "p. 12", "(Italian)", "so,", "https://example.org/a_b?c"]
)
def test_a_note_that_has_ended_does_not_go_on(end: str) -> None:
    begun = f"{LONG} The towns, and the"
    raw = f"{begun}\n\n¹ See {end}\n\nharbour office, send grain.\n\n² So.\n\n{WEB}"
    assert f"{begun} harbour office, send grain." in cleaned(raw)


# ---- on pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["1 ", "1. ", "[1] ", "(1) ", "1) "])
def test_plain_notes_at_the_foot_of_a_page(label: str) -> None:
    raw = f"{BODY}\nthe river.1\n{label}See Holt, who\nsays so.\n\f{BODY}"
    assert cleaned(raw, MOVE).split("\n\n")[-1] == f"{label}See Holt, who says so."
    assert parts(raw)[:-1] == ["b"] * (len(parts(raw)) - 1)


def test_several_notes_and_their_lines() -> None:
    notes = [f"7 {LINE} and", "12 of them.", "8 Ibid.", "9 See Holt."]
    raw = f"{BODY}\nthe towns7, the river,8 and the “grain”9.\n{page(notes)}\n\f{BODY}"
    assert cleaned(raw, MOVE).split("\n\n")[-3:] == [f"{notes[0]} {notes[1]}", *notes[2:]]


def test_a_note_whose_mark_was_lost_follows_another() -> None:
    raw = f"{BODY}\nthe river.1\n1 See Holt.\n2 Ibid.\n\f{BODY}"
    assert cleaned(raw, MOVE).endswith("\n\n1 See Holt.\n\n2 Ibid.")


@pytest.mark.parametrize(
    "above",
    [["1 Of the river"], ["1 Grain", "2 Timber", "3 Barges"], ["1. Grain", "", "2. Timber"]],
    ids=["heading", "list", "spaced list"],
)
def test_numbers_higher_up_on_the_page_are_no_notes(above: list[str]) -> None:
    raw = f"{BODY}\nthe river.1\n\n{page(above)}\n\n{BODY}\n1 See Holt.\n\f{BODY}"
    moved = [edit.before for edit in traced(raw).edits() if edit.moved_to is not None]
    assert moved == ["1 See Holt."]


@pytest.mark.parametrize(
    "raw",
    [
        f"{BODY}\n1 See Holt.\n2 Ibid.\n\f{BODY}",  # no mark above
        f"{BODY}\n1.1 metres and 3.1, 11 or 1% or x1y or G1\n1 See Holt.\n\f{BODY}",
        f"{BODY}\nthe river.1\n1 See Holt.\n{BODY}",  # no pages
        f"{BODY}\n1 See Holt.\nthe river.1\n\f{BODY}",  # the mark stands below
        f"{BODY}\nthe river.1\n\f{BODY}\n1 See Holt.",  # the mark stands on another page
    ],
)
def test_no_plain_notes(raw: str) -> None:
    assert "footnotes" not in {rule for rule, *_ in traced(raw).tally}


def test_marks_and_notes_of_a_page_go_together() -> None:
    first = f"{BODY}\nthe river.1 {LINE}\n1 See Holt.\n"
    second = f"and the towns.2 So it is.\n{BODY}\n2 Ibid.\n"
    text = cleaned(f"{first}\f{second}\f{BODY}")
    assert f"the river. {LINE} and the towns. So it is." in text
    assert text.endswith("\n\n1 See Holt.\n\n2 Ibid.")


def test_a_raised_note_on_a_page_ends_where_the_text_goes_on() -> None:
    raw = page(FULL, FULL, [f"{LINE}¹", "¹ See Holt, who says so.", "and timber as well.", *FULL])
    assert cleaned(raw).split("\n\n")[-1] == "¹ See Holt, who says so."
    assert f"{LINE} and timber as well.\n\n{LINE}" in cleaned(raw)


def test_a_raised_note_on_a_page_takes_its_lines() -> None:
    note = [f"¹ {LINE[:60]}", f"{LINE[:50]}; see Holt", "and others."]
    raw = page(FULL, FULL, [f"{LINE}¹"], note, ["", "and timber as well.", *FULL])
    assert cleaned(raw).split("\n\n")[-1] == " ".join(note)


def test_the_last_line_before_a_note_is_no_rest_of_another() -> None:
    first = page(FULL, FULL, ["the river.¹", "", "¹ See Holt, www.example.com/long and"])
    second = page(FULL, FULL, ["and so it goes on.²", "", "² Ibid."])
    assert [
        edit.before for edit in traced(f"{first}\n\f{second}").edits() if edit.moved_to is not None
    ] == [
        "¹ See Holt, www.example.com/long and",
        "² Ibid.",
    ]


def test_notes_found_in_two_ways_do_not_overlap() -> None:
    raw = f"{BODY}\nthe river.1 So.²\n1 See Holt.\n² Ibid.\n\f{BODY}"
    assert cleaned(raw).endswith("\n\n1 See Holt.\n\n² Ibid.")


def test_a_broken_word_is_joined_over_a_note() -> None:
    raw = f"{WEB} The inte-\n\n¹ See Holt.\n\ngration of towns.\n\n{WEB}"
    assert "The integration of towns." in cleaned(raw)
