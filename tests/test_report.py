"""report: what the page says, from the golden tables with something changed in them."""

from typing import Any

import pandas as pd
from conftest import GOLDEN, Tables

from nlp import report
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
    return report.run(configs.read_params(project).report, **given).page


def section(html: str, name: str) -> str:
    return html.split(f'<section id="{name}">')[1].split("</section>")[0]


def test_evidence_tells_the_page_where_there_are_pages(golden: Golden) -> None:
    sentences = golden[0]["sentences"]
    paged = sentences.assign(page=sentences["sent_id"].where(sentences["doc_id"] == "ash-2001", None) + 1)
    paged["page"] = paged["page"].astype("Int64")
    evidence = section(page(golden, sentences=paged), "evidence")
    assert '· p. 3 · <a href="#ash-2001/2">' in evidence
    assert evidence.count("· p. ") == evidence.count("#ash-2001/") > 0
    assert " · p. " not in section(page(golden), "evidence")
