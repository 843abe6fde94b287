"""report: what the page says, from the golden tables with something changed in them."""

from typing import Any

import pandas as pd
from conftest import GOLDEN, Tables
from reporting import EVIL, rows_of

from nlp import report, tables
from nlp.codebook import Codebook
from nlp.pipeline import BY_NAME
from nlp.store import configs
from nlp.store.project import Project

Golden = tuple[Tables, dict[str, Any]]


def page(golden: Golden, **changed: pd.DataFrame) -> str:
    """The page made from the golden tables, some of them changed."""
    project = Project(GOLDEN)
    stage = BY_NAME["report"]
    known = {name: configs.read_config(project, name) for name in stage.configs}
    given: dict[str, Any] = {name: golden[0][name] for name in stage.reads} | changed | known
    return report.run(configs.read_params(project).report, **given).report["index.html"]


def section(html: str, name: str) -> str:
    return html.split(f'<section id="{name}">')[1].split("</section>")[0]


def test_the_corpus_section_tells_how_a_text_was_read(golden: Golden) -> None:
    documents = golden[0]["documents"].assign(reader="pdf", reader_version="pypdf 7.1.0", pages=12)
    documents["pages"] = documents["pages"].astype("Int64")
    corpus = section(page(golden, documents=documents), "corpus")
    for told in ("Corpus and cleaning", "After the flood", "pypdf 7.1.0", "<td>12</td>", "<td>2004</td>"):
        assert told in corpus
    raw = documents.set_index("doc_id")["raw"]
    assert all(f"<td>{len(raw[doc_id])}</td>" in corpus for doc_id in raw.index)


def test_the_corpus_section_tells_what_to_be_careful_about(golden: Golden) -> None:
    calm = section(page(golden), "corpus")
    assert "Nothing: every text was read without a warning" in calm
    documents = golden[0]["documents"]
    first = documents["doc_id"] == "ash-2001"
    documents = documents.assign(
        warnings=first.map({True: "not UTF-8 at byte 6; the text looks like de", False: ""}),
        lost_capitals=first.map({True: "CIN", False: ""}),
    )
    twins = tables.make("duplicates", [("ash-2004", "birch-2003", 0.871)])
    corpus = section(page(golden, documents=documents, duplicates=twins), "corpus")
    careful = corpus.split("careful about</h3>")[1].split("<h3>")[0]
    assert '<a href="#text-ash-2001">ash-2001</a>' in careful
    assert "were lost before the text was received: C, I, N." in careful
    assert "<li>Warning: not UTF-8 at byte 6.</li>\n<li>Warning: the text looks like de.</li>" in careful
    assert careful.count("(Jaccard index 0.87)") == 2
    assert "birch-2005" not in careful


def test_the_corpus_section_tells_what_cleaning_changed(golden: Golden) -> None:
    rows = [
        ("ash-2001", "spaces", 3, 6, 3),
        ("ash-2001", "hyphens", 1, 2, 0),
        ("ash-2004", "hyphens", 9, 18, 0),
    ]
    html = page(golden, cleaning=tables.make("cleaning", rows))
    changed = section(html, "corpus").split("cleaning changed</h3>")[1]
    assert '<th scope="col">hyphens</th><th scope="col">spaces</th>' in changed
    assert rows_of(changed)[:3] == [
        "ash-2001 1 −2 +0 3 −6 +3",
        "ash-2004 9 −18 +0 –",
        "birch-2003 – –",
    ]
    nothing = page(golden, cleaning=tables.make("cleaning", []))
    assert "every text stands as it was received" in section(nothing, "corpus")


def test_codes_say_under_which_definitions_they_were_made(golden: Golden) -> None:
    codes, codebook = golden[0]["coded_sentences"], configs.read_config(Project(GOLDEN), "codebook")
    assert isinstance(codebook, Codebook)
    total = len(codes.drop_duplicates(["doc_id", "sent_id", "coder"]))
    unknown = section(page(golden), "validation")
    assert f"Of {total} of the {total} codes nothing says under which definitions" in unknown
    stale = page(golden, coded_sentences=codes.assign(codebook="0123456789ab"))
    assert f"{total} of {total} codes were made under other definitions" in section(stale, "validation")
    current = section(page(golden, coded_sentences=codes.assign(codebook=codebook.hash)), "validation")
    assert "How far coders agree" in current
    assert "definitions" not in current


def test_no_text_becomes_markup(golden: Golden) -> None:
    documents = golden[0]["documents"]
    words = ["authors", "title", "venue", "language", "rights", "reader", "reader_version", "warnings"]
    html = page(
        golden,
        documents=documents.assign(**dict.fromkeys(words, EVIL), lost_capitals="<script>"),
        cleaning=tables.make("cleaning", [("ash-2001", EVIL, 1, 1, 1)]),
        duplicates=tables.make("duplicates", [("ash-2001", EVIL, 0.9)]),
    )
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)") > 4 * len(words)


def test_no_name_turns_the_words_after_it(golden: Golden) -> None:
    turned = {
        name: table.replace({"author": {"Ash": "\u202eAsh"}})
        for name, table in golden[0].items()
        if name in BY_NAME["report"].reads and "author" in table
    }
    shown = page(golden, **turned)
    assert "&lt;U+202E&gt;Ash" in shown
    assert "\u202e" not in shown
