"""Another project's texts, codebook and codes: other frames, no stances, paragraphs; no code changed."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from browsing import MISMATCHES, exported, mark, opened, sampled
from conftest import GOLDEN, ROOT
from playwright.sync_api import Browser
from reporting import plain
from ruamel.yaml import YAML

from nlp import overview, runner
from nlp.codebook import Codebook
from nlp.labelling.importing import Given, import_lines
from nlp.pipeline import STAGES
from nlp.store import code_lines, configs
from nlp.store.project import Project
from nlp.store.results import read_table

Paragraph = tuple[str, str, str]  # its text, and the frames that Kim and Lee see in it
MONEY, MORAL, QUARREL = "economic_consequences", "morality", "conflict"

TEXTS: dict[str, tuple[str, list[Paragraph]]] = {
    "larch-2020": (
        "Larch",
        [
            (
                "The new tram will cost the town nine million crowns. Shopkeepers of Elmstead fear that the"
                " price of the work will ruin them.",
                MONEY,
                MONEY,
            ),
            (
                "Mayor Dora Quill and the council of Elmstead quarrel over the route. Each side accuses the"
                " other of deceit.",
                QUARREL,
                QUARREL,
            ),
            (
                "The line has eleven stops. It begins at the harbour and ends at the school.",
                "",
                "",
            ),
            (
                "It is wrong to burden our children with this debt. A decent town pays what it owes, at any"
                " the price.",
                f"{MORAL} {MONEY}",
                MORAL,
            ),
            (
                "Wages on the building site are low. The cost of bread has doubled since the spring.",
                MONEY,
                MONEY,
            ),
        ],
    ),
    "larch-2021": (
        "Larch",
        [
            (
                "The dispute between Elmstead and the harbour company goes on. Both accuse the judges.",
                QUARREL,
                QUARREL,
            ),
            (
                "Tickets bring in four thousand crowns a day. The loss grows all the same, and prices will"
                " rise.",
                MONEY,
                MONEY,
            ),
            ("The cars are green. They were built in Fenwick in the winter.", "", ""),
            (
                "Nobody should be ashamed of a ticket bought for a neighbour. It is a duty to share.",
                MORAL,
                MORAL,
            ),
            ("Quill opened the second line on a cold morning. A band played.", "", ""),
        ],
    ),
    "sorrel-2020": (
        "Sorrel",
        [
            (
                "What is wrong remains wrong, even on rails. The tram shames the town of Elmstead.",
                MORAL,
                MORAL,
            ),
            (
                "The council and the mayor quarrel in public. The dispute has split families.",
                QUARREL,
                f"{QUARREL} {MORAL}",
            ),
            ("The depot stands in Fenwick. It has a red roof and two doors.", "", ""),
            (
                "A town has a duty to its old people. They cannot climb these steps, and that is wrong.",
                MORAL,
                MORAL,
            ),
            (
                "Nobody asked what the work would cost. The price was a secret, and the loss is ours.",
                MONEY,
                MONEY,
            ),
        ],
    ),
}

CODEBOOK: dict[str, Any] = {
    "version": "2020",
    "unit": "paragraph",
    "scope": "How newspapers frame the building of a tram.",
    "stances": [],
    "rules": ["Code all frames that a paragraph has."],
    "frames": [
        {
            "name": name,
            "label": label,
            "definition": definition,
            "include": [],
            "exclude": [],
            "examples": [],
            "near_misses": [],
            "cues": cues,
        }
        for name, label, definition, cues in (
            (MONEY, "Economic consequences", "What it costs or brings.", ["cost*", "price*", "loss*"]),
            (MORAL, "Morality", "What is right or wrong.", ["wrong", "decent", "duty", "sham*"]),
            (QUARREL, "Conflict", "Two sides stand against each other.", ["quarrel*", "dispute*"]),
        )
    ],
}

REGISTRY: dict[str, Any] = {
    "entities": [
        {"id": "elmstead", "name": "Elmstead", "label": "GPE", "kind": "place"},
        {"id": "fenwick", "name": "Fenwick", "label": "GPE", "kind": "place"},
        {"id": "quill", "name": "Dora Quill", "label": "PERSON", "kind": "person", "aliases": ["Quill"]},
    ],
    "groups": [{"id": "towns", "name": "Towns", "members": ["elmstead", "fenwick"]}],
}

PARAMS = {
    "reference: final": "reference: lee",
    "adjudicators: [final]": "adjudicators: []",
    "min_coded: 12": "min_coded: 4",
    "title: Two authors on Northland": "title: Two papers on a tram",
    "codings_note: Invented codes of invented texts.": "codings_note: Kim and Lee coded with pencils.",
}


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        YAML().dump(content, file)


def text_of(paragraphs: Sequence[Paragraph]) -> str:
    return "\n\n".join(text for text, _, _ in paragraphs) + "\n"


def documents() -> list[dict[str, object]]:
    return [
        {
            "doc_id": doc_id,
            "file": f"texts/{doc_id}.txt",
            "authors": [author],
            "author": author,
            "year": 2020,
            "title": "Letters on transport",
            "venue": None,
            "kind": "news",
            "language": "en",
            "rights": "Invented for the tests",
            "sha256": hashlib.sha256(text_of(paragraphs).encode()).hexdigest(),
        }
        for doc_id, (author, paragraphs) in TEXTS.items()
    ]


def coded_lines(codebook: Codebook) -> list[str]:
    """A line for every paragraph; the first ones of all texts reach to their first sentence only."""
    lines = []
    for doc_id, (_, paragraphs) in TEXTS.items():
        whole = text_of(paragraphs)
        for number, (text, kim, lee) in enumerate(paragraphs):
            start = whole.index(text)
            line = {
                "unit": f"{doc_id}-{number}",
                "doc_id": doc_id,
                "block": f"{doc_id}-{number // 2}",
                "start": start,
                "end": start + (len(text) if number else text.index(".") + 1),
                "codebook": codebook.hash if number else "0123456789ab",
                "coded": "2021-03-04",
                "probability": 1,
                "codes": {"kim": kim.split(), "lee": lee.split()},
            }
            lines.append(json.dumps(line))
    return lines


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with all its stages run."""
    project = Project(tmp_path_factory.mktemp("news"))
    write(project.root / "configs/codebook.yaml", CODEBOOK)
    write(project.root / "configs/entities.yaml", REGISTRY)
    write(project.root / "corpus/corpus.yaml", {"documents": documents()})
    params = (GOLDEN / "configs" / "params.yaml").read_text(encoding="utf-8")
    for old, new in PARAMS.items():
        assert old in params
        params = params.replace(old, new)
    (project.root / "configs/params.yaml").write_text(params, encoding="utf-8")
    for folder in ("texts", "codings"):
        (project.corpus / folder).mkdir()
    for doc_id, (_, paragraphs) in TEXTS.items():
        (project.corpus / "texts" / f"{doc_id}.txt").write_bytes(text_of(paragraphs).encode())
    codebook = configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    lines = "\n".join(coded_lines(codebook))
    (project.corpus / "codings" / "frames.jsonl").write_text(lines, encoding="utf-8")
    runner.check_inputs(project)
    for stage in STAGES:
        runner.run_stage(project, stage)
    return project


FRAMES = [MONEY, MORAL, QUARREL]
N = sum(len(paragraphs) for _, paragraphs in TEXTS.values())
pytestmark = pytest.mark.slow


def work(project: Project, stage: str, table: str) -> pd.DataFrame:
    folder = project.work / stage / table
    return pd.concat([pd.read_parquet(part) for part in sorted(folder.glob("*.parquet"))])


def test_paragraphs_are_coded_and_none_of_their_sentences(news: Project) -> None:
    codes = work(news, "frames", "frame_codes")
    assert codes["coder"].value_counts().to_dict() == dict.fromkeys(
        ["cues", "machine", "kim", "lee"], N * len(FRAMES)
    )
    lee = codes[(codes["coder"] == "lee") & codes["present"]]
    assert lee["frame"].value_counts().to_dict() == {
        frame: sum(frame in lee for _, texts in TEXTS.values() for _, _, lee in texts) for frame in FRAMES
    }
    assert set(lee["stance"]) == {"present"}


def test_shares_are_of_the_new_frames_and_not_split(news: Project) -> None:
    shares = read_table(news, "prevalence")
    assert set(shares["frame"]) == set(FRAMES)
    assert set(shares["stance"]) == {"any"}
    coded = shares[shares["method"] == "coded"].set_index(["author", "frame"])
    assert coded.loc[("Larch", MONEY), "estimate"] == pytest.approx(3 / 10)
    assert coded.loc[("Sorrel", MORAL), "estimate"] == pytest.approx(3 / 5)
    assert set(read_table(news, "frame_course")["frame"]) == set(FRAMES)
    assert set(read_table(news, "frame_actors")["stance"]) == {"any"}
    assert set(read_table(news, "coder_quality")["task"]) == {"presence"}


def test_the_two_coders_are_compared(news: Project) -> None:
    found = read_table(news, "reliability")
    pairs = set(found[["coder", "other"]].itertuples(index=False, name=None))
    assert {("kim", "lee"), ("all", "all"), ("kim", "machine"), ("lee", "cues")} <= pairs
    assert set(found["task"]) == {"presence"}
    pair = found[(found["coder"] == "kim") & (found["other"] == "lee")].set_index("frame")
    assert pair.loc[QUARREL, "alpha"] == 1
    assert pair.loc[MONEY, "agreement"] == pytest.approx(1 - 1 / N, abs=1e-4)
    assert set(pair["units"]) == {N, N * len(FRAMES)}


def test_how_codes_came_about_is_kept_with_them(news: Project) -> None:
    coded = work(news, "coder", "coded_sentences")
    assert set(coded["coded_on"]) == {"2021-03-04"}
    assert set(coded["probability"]) == {1.0}
    metrics = json.loads((news.outputs / "metrics" / "frames.json").read_text(encoding="utf-8"))
    assert metrics["codes"] == 2 * N
    assert metrics["stale codes"] == 2 * len(TEXTS)
    assert metrics["codes made under it"] == 2 * (N - len(TEXTS))


def test_the_report_speaks_of_paragraphs_and_of_no_stance(news: Project) -> None:
    page = news.report.read_text(encoding="utf-8")
    told = ("Economic consequences", "Morality", "Conflict", "Kim and Lee coded with pencils.")
    assert all(it in page for it in told)
    assert f"{2 * len(TEXTS)} of {2 * N} codes were made under other definitions" in page
    assert "Share of each author's paragraphs that carry a frame." in page
    whole = TEXTS["sorrel-2020"][1][1][0]
    assert whole in plain(page.split('<section id="texts">')[1])
    for stance in ("stance", "affirmed", "denied"):
        for section in ("frames", "validation"):
            assert stance not in page.split(f'<section id="{section}">')[1].split("</section>")[0].lower()


@pytest.mark.browser
def test_its_report_opens_and_marks_in_it_are_imported(
    browser: Browser, news: Project, tmp_path: Path
) -> None:
    with opened(browser, news.report) as page:
        assert page.evaluate(MISMATCHES) == []
        page.goto(f"{news.report.as_uri()}{sampled(page)}")
        mark(page, note="", name="Anna")
        text = exported(page)
    (line,) = map(json.loads, text.splitlines())
    assert isinstance(line["codes"]["Anna"], list)  # there are no stances to choose
    project = Project(tmp_path / "news")
    for part in ("configs", "corpus"):
        shutil.copytree(news.root / part, project.root / part)
    (file := tmp_path / "marks.jsonl").write_text(text, encoding="utf-8")
    given = Given([], None, "2026-01-31", codebook_changed=False)
    assert "1 rows" in "\n".join(import_lines(project, file, given, dry_run=False))
    assert '"Anna"' in code_lines.read_text(project)


def test_a_run_ends_with_shares_by_frame_alone(news: Project) -> None:
    codebook = configs.read_config(news, "codebook")
    assert isinstance(codebook, Codebook)
    said = overview.lines(read_table(news, "prevalence"), codebook)
    assert said[1] == "Share of paragraphs with each frame (corrected, with interval)"
    assert said[3].split() == FRAMES
    assert [line.split()[0] for line in said[4:]] == ["Larch", "Sorrel"]


def test_nothing_speaks_of_another_project(news: Project) -> None:
    other = YAML(typ="safe", pure=True).load((ROOT / "configs" / "codebook.yaml").read_text("utf-8"))
    words = {it[key] for kind in ("frames", "stances") for it in other[kind] for key in ("name", "label")}
    for path in news.outputs.rglob("*"):
        if path.is_file():
            assert not [word for word in words if word in _text_of(path)], path


def _text_of(path: Path) -> str:
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    if path.suffix == ".xlsx":
        with ZipFile(path) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return path.read_text("utf-8")


def test_documents_may_be_coded_whole(browser: Browser, news: Project, tmp_path: Path) -> None:
    """The same project with documents as units: a code of any stretch is then one of its document."""
    project = Project(tmp_path / "whole")
    for part in ("configs", "corpus"):
        shutil.copytree(news.root / part, project.root / part)
    write(project.root / "configs/codebook.yaml", {**CODEBOOK, "unit": "document"})
    lines = [
        {
            "unit": doc_id,
            "doc_id": doc_id,
            "block": doc_id,
            "start": 0,
            "end": len(text_of(texts)),
            "codes": {"lee": [MONEY]},
        }
        for doc_id, (_, texts) in TEXTS.items()
    ]
    codings = project.corpus / "codings" / "frames.jsonl"
    codings.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for stage in STAGES:
        runner.run_stage(project, stage)
    codes = work(project, "frames", "frame_codes")
    assert codes.groupby("coder")["doc_id"].nunique().to_dict() == {"cues": 3, "lee": 3}
    assert len(codes) == 2 * 3 * len(FRAMES)
    page = project.report.read_text(encoding="utf-8")
    assert "Share of each author's documents that carry a frame." in page
    assert read_table(project, "reliability")["other"].unique().tolist() == ["cues"]
    with opened(browser, project.report) as shown:
        assert shown.evaluate(MISMATCHES) == []
