"""report: one page, or a page with its evidence beside it."""

import json
import re
from html import unescape
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from evident import Line, evident, machine, told, world
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import NOBODY, PARAMS, plain

from nlp import report
from nlp.codebook import Codebook
from nlp.report.files import _title_of, _volumes, to_json

BOOK = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})
PLAIN = small_codebook({"flood": ["water"]}, {})
HOSTILE = st.text(alphabet="</script>!-&\"'\u2028\u202e\U0001f600 a", min_size=1, max_size=40)
LONG = "water " * 20_000


def files(made: dict[str, pd.DataFrame], book: Codebook = BOOK, *, max_bytes: int = 5_000_000) -> Any:
    params = PARAMS.model_copy(update={"max_bytes": max_bytes})
    return report.run(params, **made, codebook=book, registry=NOBODY).report


def head_of(page: str) -> dict[str, Any]:
    (data,) = re.findall(
        r'<script type="application/json" id="corpus-data">(.*?)</script>', page, re.DOTALL
    )
    return dict(json.loads(data))


def inline(page: str) -> list[dict[str, Any]]:
    pattern = r'<script type="application/json" class="document-data">(.*?)</script>'
    return [json.loads(it) for it in re.findall(pattern, page, re.DOTALL)]


def beside(script: str) -> list[dict[str, Any]]:
    (data,) = re.fullmatch(r'crossframe\.take\("[0-9a-f]{12}", (\[.*\])\);\n', script, re.DOTALL).groups()  # type: ignore[union-attr]
    return list(json.loads(data))


def ids(page: str) -> list[str]:
    return [unescape(it) for it in re.findall(r' id="([^"]*)"', page)]


def links(page: str) -> list[str]:
    return [unescape(it) for it in re.findall(r' href="([^"]*)"', page)]


def section(page: str, name: str) -> str:
    return page.split(f'<section id="{name}">')[1].split("</section>")[0]


# ---- one page ---------------------------------------------------------------------------------------


@given(HOSTILE)
def test_data_never_ends_its_script(text: str) -> None:
    written = to_json({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not re.search("[<>&\u2028\u2029\u202a-\u202e\u2066-\u2069]", written)


@settings(max_examples=15)
@given(st.lists(HOSTILE.filter(str.strip), min_size=1, max_size=4), HOSTILE.filter(str.strip))
def test_hostile_texts_come_back_from_the_page_as_they_are(texts: list[str], group: str) -> None:
    made = world({"a1": told(*texts)}, BOOK, {"a1": group})
    page = files(made)["index.html"]
    assert [[it["text"] for it in document["sentences"]] for document in inline(page)] == [texts]
    assert head_of(page)["groups"] == [group]


CODES = [
    ("a1", 0, "flood", 0.9, "denied"),
    ("a1", 2, "flood", 0.9, "affirmed"),
    ("b1", 0, "flood", 0.9, "denied"),
]


def coded(**more: Any) -> dict[str, pd.DataFrame]:
    """Two documents of two groups, with three codes."""
    lines: list[Line] = [("body", 0, "Water."), ("body", 0, "Boats."), ("body", 1, "More water.")]
    texts = {"a1": lines, "b1": told("Smoke.", "Boats.")}
    return world(texts, BOOK, {"a1": "Ada", "b1": "Bo"}, frame_codes=machine(CODES), **more)


def test_the_index_leads_from_a_frame_and_author_to_the_sentences() -> None:
    page = files(coded())["index.html"]
    index = section(page, "codes")
    assert re.search(r'id="codes-flood-1">Ada <small>2 sentences<', index)
    assert re.search(r'id="codes-flood-2">Bo <small>1 sentence<', index)
    assert "affirmed: a1 2" in plain(index)
    assert {"#a1/0", "#a1/2", "#b1/0"} == set(links(index))
    assert {"a1/0", "a1/1", "a1/2", "b1/0", "text-a1", "text-b1"} <= set(ids(page))


def test_the_text_tells_names_and_codes_of_its_sentences() -> None:
    text = plain(section(files(coded())["index.html"], "texts"))
    assert "Water. flood · denied · machine Boats. More water. flood · affirmed · machine" in text


def test_every_id_of_a_page_is_its_only_one() -> None:
    found = ids(files(coded())["index.html"])
    assert len(found) == len(set(found))


def test_without_stances_the_index_has_none() -> None:
    made = world({"a1": told("Water.")}, PLAIN, frame_codes=machine([("a1", 0, "flood", 0.9, "present")]))
    index = section(files(made, PLAIN)["index.html"], "codes")
    assert plain(index).endswith("Ada 1 sentence a1 0")


# ---- files beside it --------------------------------------------------------------------------------


def large(**more: Any) -> dict[str, str]:
    """A page that is too large, with its files."""
    made = coded()
    sentences = made["sentences"].assign(
        text=made["sentences"]["text"].where(made["sentences"].index > 0, LONG)
    )
    return dict(files(made | {"sentences": sentences}, max_bytes=100_000))


def test_a_page_that_would_be_too_large_leaves_its_evidence_to_files_by_group() -> None:
    found = large()
    assert list(found) == ["index.html", "evidence-1.js", "texts-1.html", "evidence-2.js", "texts-2.html"]
    assert LONG not in found["index.html"]
    assert inline(found["index.html"]) == []
    files_of_documents = {it["id"]: it["file"] for it in head_of(found["index.html"])["documents"]}
    assert files_of_documents == {"a1": "evidence-1", "b1": "evidence-2"}
    assert [it["id"] for it in beside(found["evidence-1.js"])] == ["a1"]


def test_files_have_what_the_page_would_have() -> None:
    small, apart = files(coded())["index.html"], files(coded() | long_titles(), max_bytes=100_000)
    assert inline(small) == [it for n in (1, 2) for it in beside(apart[f"evidence-{n}.js"])]
    assert head_of(small)["documents"][0].keys().isdisjoint({"file", "stamp"})


def long_titles() -> dict[str, pd.DataFrame]:
    """A page that is too large for another reason than its texts."""
    return {"documents": coded()["documents"].assign(rights="x" * 100_000)}


def test_a_file_too_many_goes_into_another_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.report.files._VOLUME", 300)
    texts = {name: told("Water. " * 30) for name in ("a1", "a2", "a3")}
    found = files(world(texts, BOOK) | long_rights(texts), max_bytes=100_000)
    assert [it for it in found if it.endswith(".js")] == [
        "evidence-1.js",
        "evidence-1-2.js",
        "evidence-1-3.js",
    ]
    assert [it["file"] for it in head_of(found["index.html"])["documents"]] == [
        "evidence-1",
        "evidence-1-2",
        "evidence-1-3",
    ]
    for page in found:
        assert len(ids(found[page])) == len(set(ids(found[page])))


def long_rights(texts: dict[str, list[Line]]) -> dict[str, pd.DataFrame]:
    return {"documents": world(texts, BOOK)["documents"].assign(rights="x" * 100_000)}


def test_links_lead_somewhere_without_a_script() -> None:
    """From the page to its files, too, and in them from the index to the sentences."""
    found = large()
    pages = {name: set(ids(text)) for name, text in found.items() if name.endswith(".html")}
    for name in pages:
        for link in links(found[name]):
            if not link.startswith("http"):
                page, _, place = link.partition("#")
                assert (page or name) in pages
                assert not place or place in pages[page or name], (name, link)


def test_names_of_files_are_numbers_whoever_the_author_is() -> None:
    made = world({"a1": told(LONG)}, BOOK, {"a1": "../<b>"})
    assert list(files(made, max_bytes=100_000)) == ["index.html", "evidence-1.js", "texts-1.html"]


def test_the_same_tables_give_the_same_bytes() -> None:
    assert large() == large()
    assert files(coded()) == files(coded())


def test_what_is_drawn_before_leaves_no_trace() -> None:
    made = world({"a1": told(LONG)}, BOOK, frame_codes=machine([("a1", 0, "flood", 0.9, "denied")]))
    whole, split = files(made), files(made, max_bytes=100_000)
    assert len(split) == 3
    assert (files(made), files(made, max_bytes=100_000)) == (whole, split)


def test_the_page_keeps_of_codes_elsewhere_how_many_there_are() -> None:
    made = world({"a1": told("water")}, BOOK, frame_codes=machine([("a1", 0, "flood", 0.9, "denied")]))
    evidence = evident(made, BOOK)
    (volume,) = map(_title_of, _volumes(evidence))
    (heading,) = [it for chapter in volume.chapters for it in chapter.headings]
    assert (heading.units, heading.stances) == (1, [])
