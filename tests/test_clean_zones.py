"""What each paragraph is."""

import pytest
from cleaning import LINE, LONG, PARAMS, run, zones

TITLE = "Empire and Trust"
FEW = f"{LINE[:30]}."  # running text, but no long paragraph


def found(raw: str, **about: str) -> str:
    """The zones of a text, in order."""
    return " ".join(zone for _, zone in zones(raw, **{"title": TITLE} | about))


# ---- titles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (f"Empire and trust\n\n{LONG}", "title body"),
        (f"“EMPIRE AND TRUST”\n\n{LONG}", "title body"),
        (f"EMPIRE\nand trust, an essay\n{LONG}", "title heading body"),  # its beginning
        (
            f"M. Holt (2013) Empire and Trust, River Press\n{LONG}",
            "title body",
        ),  # a citation of the text itself
        (f"Empire and Trust\nMira Holt and Jon Stark\n{LONG}", "title title body"),  # a byline
        (f"By Dr Mira Holt\n{LONG}", "title body"),
        (f"Mira Holt\n{TITLE}\n{LONG}", "title title body"),
        (f"# {TITLE}\n{LONG}", "title body"),
        (f"{LONG}\n{TITLE}\n{LONG}", "body title body"),
        (f"I\n{LONG}", "heading body"),  # a part of a word
        (f"Empires\n{LONG}", "heading body"),
        (f"{LONG}\nEmpire\n{LONG}", "body heading body"),  # a heading that begins like the title
        (f"And\n{LONG}\nBy\n{LONG}", "heading body heading body"),
        (f"Mira\nof the river\n{LONG}", "title heading body"),
        (f"{LONG}\n" * 15 + TITLE, " ".join(["body"] * 15 + ["heading"])),  # only at the beginning
    ],
)
def test_titles(raw: str, wanted: str) -> None:
    assert found(raw, authors="Mira Holt; Jon Stark") == wanted


def test_a_document_without_title_and_authors_has_none() -> None:
    assert found(f"Some heading\n{LONG}", title="") == "heading body"


def test_what_stands_above_the_title_is_the_menu_of_the_page() -> None:
    assert found(f"Politics\n\nThe North\n\n{TITLE}\n\n{LONG}") == "furniture furniture title body"
    assert found(f"Politics\n\n{LONG}\n\n{TITLE}\n\n{LONG}") == "furniture body title body"


# ---- abstract, headings, body -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (f"Abstract\n{LONG}\n{LONG}", "heading abstract abstract"),
        (f"ABSTRACT:\n{LONG}\nTrust\n{LONG}", "heading abstract heading body"),
        (f"Abstract: {LONG}\n{LONG}", "abstract body"),
        (f"Summary\n{LONG}\nKeywords: rivers, towns\n{LONG}", "heading abstract reference body"),
        (f"{LONG}\nHierarchy and trust\n{LONG}", "body heading body"),
        (f"{LONG}\n2.1 Hierarchy: an outline\n{LONG}", "body heading body"),
        (f"{LONG}\nIt ends.\n{LONG}", "body body body"),
        (f"{LONG}\n{LINE} and so on and so on without\n{LONG}", "body body body"),  # too many words
        (f"{LONG}\n# It ends.\n{LONG}", "body heading body"),  # marked as one
        (f"{LONG}\n### In short, it ends;\n{LONG}", "body heading body"),
        (f"{LONG}\nAbstraction: {LONG}", "body body"),
        (f"Abstracts of power are many, and {LINE}.", "body"),
    ],
)
def test_abstract_and_headings(raw: str, wanted: str) -> None:
    assert found(raw) == wanted


# ---- block quotations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opened",
    [
        *(
            f"{LONG[:-1]}, as Holt {word}"
            for word in ("wrote that", "writes,", "writes:", "notes that,", "has said:")
        ),
        f"{LONG[:-1]} for example:",
        f"{LONG[:-1]} as follows:",
        f"{LONG[:-1]}, but Holt argued in the spring,",
    ],
)
def test_a_quotation_follows(opened: str) -> None:
    assert found(f"{opened}\n{LONG}\n{LONG}") == "body quote body"


@pytest.mark.parametrize(
    "before",
    [
        f"{LONG[:-1]}, as Holt writes.",
        f"{LONG[:-1]} there are five:",
        f"{LONG[:-1]} is what they wrote?",
        f"{LONG[:-1]},",
        f"{LONG[:-1]}, as Holt writes. It rained,",
    ],
)
def test_no_quotation_follows(before: str) -> None:
    assert found(f"{before}\n{LONG}\n{LONG}") == "body body body"


def test_nothing_follows_a_heading_as_a_quotation() -> None:
    assert found(f"What Holt says\n{LONG}") == "heading body"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (f"{LONG}\n{LONG} (Holt 2013, 38)\n{LONG}", "body quote body"),  # cited behind its stop
        (f"{LONG}\n“{LONG}” (Holt, 2013)\n{LONG}", "body quote body"),
        (f"{LONG}\n{LONG[:-1]} (Holt 2013, 38).\n{LONG}", "body body body"),
        (f"{LONG}\n> {LONG}\n> {LONG}\n{LONG}", "body quote body"),  # marked as one
        (f"{LONG}\n\n> {LONG}\n\n> {LONG}\n\n{LONG}", "body quote quote body"),
        (f"{LONG}\n> Few words\n{LONG}", "body quote body"),
    ],
)
def test_quotations_that_show_themselves(raw: str, wanted: str) -> None:
    assert found(raw) == wanted


# ---- notes, references, lists -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (f"{LONG}\n¹ See Holt.\n¹² {LONG}\n{LONG}", "body body note note"),
        (f"{LONG}\nNOTES\n1. {LONG}\nTrust\n{LONG}", "body note note note note"),
        (f"{LONG}\n# Endnotes:\n1. {LONG}", "body note note"),
        (f"Notes\n1. {LONG}\nReferences\n{LONG}", "note note reference reference"),
        (f"{LONG}\nWorks Cited\nHolt, M. 2013.\nStark, J. 2014.", "body reference reference reference"),
        (f"{LONG}\nReferences\nHolt. 2013.\n¹ A footnote.", "body reference reference note"),
        (f"Notes on power are many, and {LINE}.", "body"),
        (f"{LONG}\nA note\n{LONG}", "body heading body"),
        (f"{LONG}\n## References\n> Holt. 2013.\n# Stark. 2014.", "body reference reference reference"),
        # lists
        (f"List of abbreviations used:\nHO – Harbour\nNT – Towns\n{LONG}", "reference " * 3 + "body"),
        (f"Contents\nGrain 12\nTimber ..... 14\nTrust\n{LONG}", "reference " * 3 + "heading body"),
        (f"Glossary\nBarge: a boat.\nIntroduction\n{LONG}", "reference reference heading body"),
        (f"Contents\nTrust\nNotes\nReferences\nTrust\n{LONG}\nReferences\nHolt. 2013.",
         "reference " * 4 + "heading body reference reference"),
        (f"Contents of the barge\n{LONG}", "reference body"),
        (f"Acronymsx\n{FEW}", "heading body"),
    ],
)  # fmt: skip
def test_notes_references_and_lists(raw: str, wanted: str) -> None:
    assert found(raw) == wanted


# ---- furniture of web pages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (f"{LONG}\nRead also\nAnother story\n{FEW}", "body furniture furniture furniture"),
        (f"{LONG}\n{LONG}\nTOP READS:\n{LONG}", "body body furniture furniture"),
        (f"Share this\nComments\n{LONG}\n{LONG}", "furniture furniture body body"),  # at the top
        (
            f"{LONG}\nRead more\nAnother story\n{LONG}\n{LONG}",
            "body furniture heading body body",
        ),  # in between
        (f"Menu\n{LONG}\nSkip to content\n{LONG}", "furniture body furniture body"),
        (f"{LONG}\nSearch and find\n{LONG}", "body heading body"),
        (f"{LONG}\nЧитать на русском\n{LONG}", "body furniture body"),  # a link to another language
        (f"{LONG}\n中文版\n{LONG}", "body furniture body"),
        (f"{LONG}\nLire en français\n{LONG}", "body heading body"),
        (f"{LONG}\nThe “Мир” of old\n{LONG}", "body heading body"),
        (f"{LONG}\nЭто цитата.\n{LONG}", "body body body"),
        ("Это было в городе. Там жили люди.\nRead in English\nЭто было в городе.", "body furniture body"),
    ],
)
def test_furniture(raw: str, wanted: str) -> None:
    assert found(raw) in (
        wanted,
        wanted.replace("furniture body", "heading body") if "English" in raw else wanted,
    )


def test_headings_are_parameters() -> None:
    changed = PARAMS.model_copy(update={"reference_headings": ["Literatur"], "furniture_lines": ["Suche"]})
    made = run(f"{LONG}\nSuche\nLiteratur\nHolt. 2013.\nReferences", params=changed)
    assert list(made.zones["zone"]) == ["body", "furniture", "reference", "reference", "reference"]


def test_an_empty_text_has_no_zones() -> None:
    assert zones("\x00") == []
