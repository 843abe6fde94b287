"""The sentences behind the figures, with all that is known of them, as data.

`Evidence.head` is what the page knows of all documents:

    {"title", "unit": "sentence" | "paragraph" | "document", "grouped_by": "author",
     "groups": names in the order of the page,
     "frames": [[name, label]], "stances": [[name, label]] (none where there is nothing to split),
     "topics": [[number, label]], "actors": [[id, name, kind]] (those named most often),
     "kinds", "actor_groups", "zones", "rules": names,
     "coders": those of the sample, "reference": the one whose codes are taken as true, or "",
     "machine": "machine", or "cues" where none could be trained, "codebook": its hash,
     "documents": [{"id", "group", "author", "title", "year", "file"?, "stamp"?}]}

`file` is added where documents stand in files of their own, and `stamp`, by which that file is known to be
of the same run. A document is

    {"id", "actors": [[id, name, kind, [groups]]], "words": lemmas that the page shows,
     "sentences": [{"n": number, "text", "zone", "p": paragraph, "page"?, "counted"?: in an analysed zone,
                    "raw"?: its source, where it differs beyond white space,
                    "edits"?: [[rule, before, after]],
                    "names"?: [[start, end, number of the actor]],
                    "words"?: [[number of the word, how often]],
                    "checked"?: [[start, end, label, by pipeline, by model, coded entity, found entity]]}],
     "passages": [{"from": sentence, "to": sentence, "topics": [[number, weight]] by weight}],
     "units": [{"n": first sentence, "to": last sentence, "part": of the text, from 1 on,
                "start", "end": in the source, "raw"?: the source, where it differs from the text,
                "sample"?: drawn for coders, "coders"?: those who judged it,
                "scores"?: those of `unseen` for all frames, rounded down; null where it has none,
                "codes"?: [{"frame", "reference"?: stance, "machine"?: [score, stance or ""],
                            "unseen"?: [score, stance or "", stance that it would be],
                            "why"?: [[task, start, end, feature, contribution]],
                            "coders"?: {coder: stance or ""}}]}]}

What is marked with `?` is left out where there is none. An empty stance says that the frame is not seen.
`unseen` is the machine that was trained without the unit's author; its third entry is there only where it
does not see the frame. Codes are listed where anybody sees the frame: in a unit of the sample, a code
without `reference` is one that the reference coder did not see. The text of a unit is that of its counted
sentences, joined by spaces. Offsets count UTF-16 code units, as JavaScript does: into the sentence's text
(names, checked; null where a coded name has no place in it), or the unit's (why; null where a reason is no
word). What became of a coded name, or of one found beside them, is told as in table `checked_names`. An
author of a cited work is an actor of his own, of kind "cited author", whom tables of actors keep apart from
the person of the same id.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from nlp.codebook import Codebook
from nlp.registry import Registry
from nlp.report.evidence.documents import Documents
from nlp.report.evidence.head import head_of
from nlp.report.tables import Tables


class Evidence(NamedTuple):
    """All that can be looked up behind the figures."""

    head: dict[str, Any]
    documents: Documents  # in the order of the head


def evidence_of(
    tables: Tables, codebook: Codebook, registry: Registry, *, title: str, words: Collection[str]
) -> Evidence:
    """The evidence for all figures; `words` are those that the page shows."""
    head = head_of(tables, codebook, title)
    doc_ids = [it["id"] for it in head["documents"]]
    return Evidence(head, Documents(doc_ids, tables, codebook, registry, set(words)))
