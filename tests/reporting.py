"""A report on a few made-up tables: what the tests of its parts share."""

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote_plus

import pandas as pd

from nlp import report, tables
from nlp.codebook import Codebook
from nlp.params import ReportParams
from nlp.pipeline import BY_NAME
from nlp.registry import Registry

PARAMS = ReportParams(
    title="A report",
    codings_note="Coded by a lamp.",
    top_entities=9,
    network_actors=9,
    top_words=9,
    max_bytes=5_000_000,
)
NOBODY = Registry(entities=())
EVIL = "<script>alert(1)</script>\"' onmouseover="


def reported(name: str, codebook: Codebook, **made: pd.DataFrame) -> str:
    """The section of this name, in a report on the tables given; of all else there is nothing."""
    nothing = {name: tables.make(name, []) for name in BY_NAME["report"].reads}
    page = report.run(PARAMS, **nothing | made, codebook=codebook, registry=NOBODY).report["index.html"]
    return page.split(f'<section id="{name}">')[1].split("</section>")[0]


def plain(html: str) -> str:
    """What is to be read of it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows_of(html: str) -> list[str]:
    """What is to be read in each row of its tables, without the heads."""
    bodies = "".join(re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL))
    return [plain(row) for row in re.findall(r"<tr>(.*?)</tr>", bodies, re.DOTALL)]


def opened(html: str) -> tuple[str, str, str, str]:
    """The first figure that opens: what it shows, where it leads, what it asks for, and the count."""
    link = re.search(
        r'<a class="opens" href="#(.*?)" data-find="(.*?)"(?: data-count="(.*?)")?.*?>(.*?)</a>', html
    )
    assert link
    to, find, count, shown = (unescape(it or "") for it in link.groups())
    return plain(shown), to, unquote_plus(find), count


def shares(authors: list[str], frames: list[str], stances: list[str]) -> pd.DataFrame:
    """Table `prevalence`, of which nothing is known."""
    return tables.make(
        "prevalence",
        [
            (author, frame, stance, method, None, None, None, 0, 0, 0, False, None)
            for author in authors
            for frame in frames
            for stance in [*stances, "any"]
            for method in ("corrected", "coded", "machine")
        ],
    )


def authors(*names: str, documents: int = 1) -> pd.DataFrame:
    """Table `authors`, of which not much is known."""
    known = ("author", "documents")
    columns = [it for it in tables.SCHEMAS["authors"].to_schema().columns if it not in known]
    made = [(name, documents, *[1] * len(columns)) for name in names]
    found = pd.DataFrame(made, columns=[*known, *columns]).assign(coded=0)
    return tables.take("authors", found)


def members(author: Mapping[str, str], grouped_by: str = "author") -> pd.DataFrame:
    """Table `members` of documents and their groups."""
    rows = [(name, it, grouped_by, "", name, None, "", "essay") for it, name in author.items()]
    return tables.make("members", rows)
