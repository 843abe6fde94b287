"""`make bench`: how long things take, measured side by side in one run.

Machines differ and are noisy: read the ratios, and medians rather than single times.
"""

import hashlib
import itertools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coding
import embeddings
import tables
import topics
from report import measure as measure_report
from timing import REPEATS, report, seconds, table

from nlp import clean, runner
from nlp.annotate.language import load
from nlp.annotate.mentions import find_mentions
from nlp.clean.known import Known
from nlp.params import AnnotateParams
from nlp.pipeline import BY_NAME
from nlp.registry import Entity, Registry
from nlp.store import configs
from nlp.store.project import Project

ROOT = Path(__file__).parents[1]
CHARACTERS = 2_000_000  # of sound text to be cleaned
ALIASES = 10_000  # of a large registry


def main() -> None:
    compiled = any((ROOT / "nlp" / "__pycache__").glob("cli.*.pyc"))
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, bytecode compiled: {compiled}\n")
    with tempfile.TemporaryDirectory() as folder:
        project = _copy(Path(folder) / "project")
        report(
            "crossframe --help", [seconds(lambda: _crossframe(project, "--help")) for _ in range(REPEATS)]
        )
        cold = seconds(lambda: _crossframe(project, "run"))
        report("whole cold run", [cold])
        report("run, nothing new", [seconds(lambda: _crossframe(project, "run")) for _ in range(3)])
        _clean(project)
        _annotate(project)
        _names(project)
        embeddings.measure(project)
        coding.measure(project)
        topics.measure(project)
        tables.measure(project)
        measure_report(project)
        _add_document(project)
        report("run, one document added", [seconds(lambda: _crossframe(project, "run"))])


def _copy(folder: Path) -> Project:
    """The project without its outputs, so that nothing measured here touches them."""
    skipped = shutil.ignore_patterns(".git", ".venv", "outputs", "cache", "tmp", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, folder, ignore=skipped)
    (folder / "dvc.lock").unlink(missing_ok=True)
    return Project(folder)


def _crossframe(project: Project, command: str) -> None:
    """The installed command, as people start it."""
    program = Path(sys.executable).with_name("crossframe")
    own = [str(program), "--project", str(project.root), command]
    subprocess.run(own, check=True, stdout=subprocess.DEVNULL)


def _clean(project: Project) -> None:
    """Sound text through all steps, edits and zones included, beside finding the words in it."""
    texts, words = table(project, "texts"), table(project, "words")
    registry = configs.read_config(project, "registry")
    assert isinstance(registry, Registry)
    text = "\n\n".join(texts["text"])
    text = "\n\n".join([text] * (CHARACTERS // len(text) + 1))
    known = Known(
        configs.read_params(project).clean,
        language="en",
        words=dict(zip(words["form"], words["count"], strict=True)),
        names=registry.proper_names,
    )

    def ours() -> None:
        trace = clean.clean(text, known)
        assert len(list(trace.edits())) + len(list(clean.zoned(trace, known)))

    def bare() -> None:
        re.findall(r"\w+", text)

    pairs = [(seconds(ours), seconds(bare)) for _ in range(REPEATS)]
    for name, times in zip(("clean", "bare re.findall"), zip(*pairs, strict=True), strict=True):
        print(f"{name:<28} {len(text) / statistics.median(times) / 1e6:8.2f} million characters/s")
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    print(f"{'clean / finding words':<28} {ratio:8.2f}   ({len(text)} characters)")


def _annotate(project: Project) -> None:
    """The stage as it runs, reading, checking and writing included, beside a bare pipe."""
    manifest = configs.read_manifest(project)
    texts = _analysed_texts(project)
    registry = configs.read_config(project, "registry")
    assert isinstance(registry, Registry)
    annotator = load(configs.read_params(project).annotate.language, registry)

    def stage() -> None:
        shutil.rmtree(project.work / "annotate")
        runner.run_stage(project, BY_NAME["annotate"])

    def bare() -> None:
        for _ in annotator.language.pipe(texts):
            pass

    stage()  # warm-up
    bare()
    pairs = [(seconds(stage), seconds(bare)) for _ in range(REPEATS)]
    words = sum(len(text.split()) for text in texts)
    for name, times in zip(("annotate", "bare language.pipe"), zip(*pairs, strict=True), strict=True):
        print(f"{name:<28} {words / statistics.median(times):8.0f} words/s")
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    print(f"{'annotate / bare pipe':<28} {ratio:8.2f}   ({len(manifest.documents)} texts, {words} words)")


def _names(project: Project) -> None:
    """Names with the registry, and with one of 10,000 aliases, beside the model alone on the same texts."""
    params, registry = configs.read_params(project).annotate, configs.read_config(project, "registry")
    assert isinstance(registry, Registry)
    texts = _analysed_texts(project)
    large = Registry(entities=(*registry.entities, *_invented(ALIASES - len(registry.proper_names))))

    def found_with(names: Registry | None) -> float:
        language = load(params.language, names or registry).language

        def all_texts() -> None:
            for text in texts:
                _find(language, text, names, params)

        return seconds(all_texts)

    sorts = {"the registry": registry, f"{ALIASES} aliases": large}
    for names in sorts.values():
        found_with(names)  # warm-up: loads and compiles
    rounds = [[found_with(None), *(found_with(names) for names in sorts.values())] for _ in range(REPEATS)]
    for place, name in enumerate(sorts, start=1):
        ratio = statistics.median(times[0] / times[place] for times in rounds)
        print(f"{'speed with ' + name:<28} {ratio:8.2f} of the bare model's")


def _find(language: Any, text: str, names: Registry | None, params: AnnotateParams) -> None:
    docs = list(language.pipe(text.split("\n\n")))
    if names is not None:
        find_mentions(docs, text, "en", load(params.language, names).names, params)


def _invented(count: int) -> Iterator[Entity]:
    """Entities with names of two words that look like names and occur nowhere."""
    syllables = ["Bel", "Dor", "Fan", "Gor", "Hal", "Kir", "Lun", "Mor", "Nav", "Pol", "Rov", "Sel"]
    endings = itertools.cycle(syllables)
    words = ("".join(it).title() for it in itertools.product(syllables, repeat=3))
    for number, word in enumerate(itertools.islice(itertools.cycle(words), count)):
        name = f"{word} {next(endings)}{number}"
        yield Entity(id=f"invented-{number}", name=name, label="PERSON", kind="person")


def _analysed_texts(project: Project) -> list[str]:
    """The very text that the stage annotates, a string for each document."""
    texts, zones = table(project, "texts"), table(project, "zones")
    wanted = zones[zones["zone"].isin(configs.read_params(project).annotate.zones)]
    return [
        "\n\n".join(
            row.text[it.start : it.end] for it in wanted[wanted["doc_id"] == row.doc_id].itertuples()
        )
        for row in texts.itertuples()
    ]


def _add_document(project: Project) -> None:
    text = "The council met in spring. It spoke of trade and of peace.\n\n" * 200
    (project.corpus / "texts" / "bench.txt").write_text(text, encoding="utf-8", newline="\n")
    entry = f"""
  - doc_id: bench
    file: texts/bench.txt
    authors: [Nobody]
    author: Nobody
    year: null
    title: Bench
    venue: null
    kind: essay
    language: en
    rights: none
    sha256: {hashlib.sha256(text.encode()).hexdigest()}
"""
    with (project.corpus / "corpus.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write(entry)


if __name__ == "__main__":
    main()
