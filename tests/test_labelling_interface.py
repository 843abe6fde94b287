"""The labelling interface of Label Studio, made from any codebook."""

from xml.etree import ElementTree as ET

from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st

from nlp.codebook import Codebook
from nlp.labelling.formats.label_studio import interface

HOSTILE = (
    "\"/><Choice value='x'/>",
    "a & b < c > d",
    "]]> <!-- --> <?xml?>",
    "$text and ${before}",
    "one\ntwo\x00\x1b[31m\ud800",
    "",
)


def codebook_saying(text: str) -> Codebook:
    """A codebook whose every free field is this text; frames are named as controls might be."""
    plain = small_codebook({"text": ["a"], "before": ["b"], "comment": ["c"]}, {"so": [], "sentence": []})
    said = {"label": text, "definition": text}
    lists = {name: [text] for name in ("include", "exclude", "examples", "near_misses")}
    return plain.model_copy(
        update={
            "scope": text,
            "rules": [text],
            "frames": [it.model_copy(update={**said, **lists}) for it in plain.frames],
            "stances": [it.model_copy(update=said) for it in plain.stances],
        }
    )


@given(st.sampled_from(HOSTILE) | st.text())
def test_whatever_a_codebook_says_the_interface_has_the_same_controls(text: str) -> None:
    view = ET.fromstring(interface(codebook_saying(text)).encode("utf-8"))
    choices = {it.attrib["name"]: [choice.attrib["value"] for choice in it] for it in view.iter("Choices")}
    assert choices == {f"frame_{name}": ["so", "sentence"] for name in ("text", "before", "comment")}
    names = [it.attrib["name"] for it in view.iter() if "name" in it.attrib]
    assert len(set(names)) == len(names)
    assert {it.attrib["toName"] for it in view.iter() if "toName" in it.attrib} == {"sentence"}


@given(st.sampled_from(HOSTILE) | st.text())
def test_only_the_three_texts_are_fields_of_a_task(text: str) -> None:
    view = ET.fromstring(interface(codebook_saying(text)).encode("utf-8"))
    said = [value for it in view.iter() for value in it.attrib.values()]
    fields = [value for value in said if "$" in value.replace("$\u2060", "")]
    assert fields == ["$before", "$text", "$after"]


def test_a_coder_can_read_the_definitions() -> None:
    view = ET.fromstring(interface(codebook_saying("What it is.")).encode("utf-8"))
    assert all(it.attrib["hint"] == "What it is.: What it is." for it in view.iter("Choice"))
    shown = [it.attrib["value"] for it in view.iter("Header")]
    assert shown.count("What it is.") == 2 * 3 + 2
    assert shown.count("Near miss: What it is.") == 3
