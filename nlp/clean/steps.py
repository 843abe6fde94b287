"""The cleaning steps in the one order that is safe: the list to read first."""

from nlp.clean.case import case
from nlp.clean.characters import composed, controls, ligatures, line_ends, mojibake, spaces
from nlp.clean.furniture import page_numbers, running_heads, search_box, stamps
from nlp.clean.known import Step
from nlp.clean.marks import note_marks
from nlp.clean.markup import emphasis, markup
from nlp.clean.notes import footnotes
from nlp.clean.paragraphs import hyphens, paragraphs

STEPS: dict[str, Step] = {
    # characters
    "mojibake": mojibake,
    "line_ends": line_ends,
    "controls": controls,
    "ligatures": ligatures,
    "composed": composed,
    # what a page or a site puts around the text; here lines and pages are still to be seen
    "running_heads": running_heads,
    "page_numbers": page_numbers,
    "stamps": stamps,
    "search_box": search_box,
    # notes go to the end, so that the sentences around them are whole
    "footnotes": footnotes,
    "note_marks": note_marks,
    # lines become paragraphs
    "hyphens": hyphens,
    "paragraphs": paragraphs,
    # within paragraphs
    "markup": markup,
    "emphasis": emphasis,
    "spaces": spaces,
    "case": case,
}
