"""Names in texts that have nothing to do with the corpus: the registry must do no harm there.

`outside/README.md` says where the sentences come from and who coded them.
"""

import json
from itertools import groupby

import pytest
from conftest import ROOT

from nlp.annotate.language import load
from nlp.annotate.mention import Mention
from nlp.annotate.mentions import find_mentions
from nlp.registry import Registry
from nlp.store import configs
from nlp.store.project import Project

Span = tuple[int, int, int, str]


def spans(number: int, doc: object, found: list[Mention]) -> set[Span]:
    told = (doc[it.start : it.end] for it in found)  # type: ignore[index]
    return {
        (number, it.start_char, it.end_char, mention.label) for it, mention in zip(told, found, strict=True)
    }


def f1(found: set[Span], true: set[Span]) -> float:
    return 2 * len(found & true) / (len(found) + len(true))


@pytest.mark.slow
def test_the_registry_makes_the_model_no_worse_outside_its_subject() -> None:
    project = Project(ROOT)
    params, registry = configs.read_params(project).annotate, configs.read_config(project, "registry")
    assert isinstance(registry, Registry)
    annotator = load(params.language, registry)
    lines = (ROOT / "tests" / "outside" / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    units = [json.loads(line) for line in lines]
    true: set[Span] = set()
    together: set[Span] = set()
    alone: set[Span] = set()
    number = 0
    for own in [list(block) for _, block in groupby(units, key=lambda it: it["block"])]:
        texts = [it["text"] for it in own]
        docs = list(annotator.language.pipe(texts))
        found = find_mentions(docs, "\n\n".join(texts), "en", annotator.names, params)
        for unit, doc, names in zip(own, docs, found, strict=True):
            number += 1
            true |= {(number, it["start"], it["end"], it["label"]) for it in unit["mentions"]}
            together |= spans(number, doc, names.together)
            alone |= spans(number, doc, names.by_model)
    assert len(true) == 214
    assert f1(together, true) >= 0.85 > f1(alone, true)
