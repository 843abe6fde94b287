"""`crossframe entities --unlinked` and `--accept`: what the registry should learn, and its learning it."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from nlp import lexicon
from nlp.errors import ConfigError, listed, visible
from nlp.last_run import part_names, read_table
from nlp.pipeline import WRITER
from nlp.store import configs, parts, registry_entries
from nlp.store.lock import alone
from nlp.store.project import Project
from nlp.suggest.examples import Sentence, Sentences, examples
from nlp.suggest.names import IsWord, Place, Suggestion, Unlisted, suggestions, unlisted

_WHERE = "crossframe entities"
_MARGIN = " " * 7  # the width of a count, and a space


class Found(NamedTuple):
    """The names, and the suggestions that they become, made as they are asked for."""

    unlisted: Unlisted
    suggestions: Iterator[Suggestion]


def unlinked_lines(project: Project, *, top: int, width: int) -> Iterator[str]:
    """The most frequent names that the registry does not list, each with sentences that show it."""
    found = _find(project, registry_entries.read_text(project))
    shown = list(islice(found.suggestions, top))
    sentences = _sentences(project, [place for it in shown for place in it.places])
    for it in shown:
        yield from _told(it)
        for example in examples(it.places, sentences):
            yield from textwrap.wrap(
                f"{example.doc_id}: {example.text}",
                max(width, 40),
                initial_indent=_MARGIN,
                subsequent_indent=_MARGIN + "  ",
                break_on_hyphens=False,
            )
        yield ""
    yield from _summary(found.unlisted, len(shown))


def accept_lines(project: Project, names: Sequence[str], *, top: int, dry_run: bool) -> Iterator[str]:
    """Write suggestions into the registry, and tell how: those named, or else the `top` most frequent.

    Raises ConfigError for names that are no suggestions or are taken; nothing has changed then.
    """
    with nullcontext() if dry_run else alone(project):
        before = registry_entries.read_text(project)
        found = _find(project, before)
        chosen = _named(found, names) if names else list(islice(found.suggestions, top))
        new = [it.entity for it in chosen if not it.owner]
        after, written = registry_entries.with_entities(before, new)
        if new and not dry_run:
            registry_entries.write(project, before=before, after=after)
    for it in chosen:
        yield from (f"note: {visible(it.entity.name)}: {visible(remark)}" for remark in _remarks(it))
    yield f"{'would write' if dry_run else 'wrote'} {len(new)} into {registry_entries.SHOWN}"
    for entry in written:
        yield from (f"{number:>5} {visible(line)}" for number, line in enumerate(entry.lines, entry.line))
    if new and not dry_run:
        yield "next: crossframe run"


def _find(project: Project, registry_text: str) -> Found:
    registry = registry_entries.registry(registry_text)
    found = unlisted(read_table(project, "entities", where=_WHERE), registry)
    return Found(found, suggestions(found.names, registry, _is_word(project)))


def _is_word(project: Project) -> IsWord:
    """By the words of the corpus, and by what is more frequent in its languages."""
    forms = frozenset(read_table(project, "words", where=_WHERE)["form"])
    languages = {it.language for it in configs.read_manifest(project).documents}
    lexicons = [lexicon.load(it) for it in sorted(languages)]

    def is_word(form: str) -> bool:
        small = form.lower()
        return small in forms or any(it.log_prob(small) > it.log_prob(form) for it in lexicons)

    return is_word


def _sentences(project: Project, places: Sequence[Place]) -> Sentences:
    """The sentences of the places, read part by part."""
    wanted = {(it.doc_id, it.sent_id) for it in places}
    documents = {doc_id for doc_id, _ in wanted}
    found: dict[tuple[str, int], Sentence] = {}
    for part in part_names(project, "sentences", where=_WHERE):
        rows = parts.read(project, WRITER["sentences"].name, "sentences", [part])
        rows = rows.loc[rows["doc_id"].isin(documents), ["doc_id", "sent_id", "start", "text"]]
        for doc_id, sent_id, start, text in rows.itertuples(index=False, name=None):
            if (doc_id, sent_id) in wanted:
                found[doc_id, sent_id] = Sentence(start, text)
    return found


def _named(found: Found, names: Sequence[str]) -> list[Suggestion]:
    """The suggestions of these names or ids, or ConfigError."""
    known: dict[str, Suggestion] = {}
    for it in found.suggestions:
        known.setdefault(it.entity.name.casefold(), it)
        known[it.entity.id] = it
    problems = [_unknown(name, list(known)) for name in names if name.casefold() not in known]
    if problems:
        raise ConfigError(
            listed(problems),
            where="--accept",
            hint="'crossframe entities --unlinked' lists the names; --top N shows more of them",
        )
    chosen = {it.entity.id: it for it in (known[name.casefold()] for name in names)}
    if taken := [f"{it.entity.name!r}: {_taken(it)}" for it in chosen.values() if it.owner]:
        raise ConfigError(
            listed(taken), where=registry_entries.SHOWN, hint="add the name there by hand, with a condition"
        )
    return list(chosen.values())


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return f"no suggestion {name!r}" + (f" (near: {near[0]})" if near else "")


def _told(it: Suggestion) -> Iterator[str]:
    """What is suggested: count, name, what it is, its id, and its other forms."""
    entity, spread = it.entity, f"{it.documents} document{'s' if it.documents > 1 else ''}"
    yield f"{len(it.places):>6} {visible(entity.name)} ({entity.label}, {entity.kind}), in {spread}"
    others = [visible(alias.name) for alias in (*entity.names(),)[1:]]
    yield f"{_MARGIN}id {entity.id}" + (f"; also {', '.join(others)}" if others else "")
    yield from (f"{_MARGIN}note: {visible(remark)}" for remark in _remarks(it))


def _remarks(it: Suggestion) -> list[str]:
    return [*([f"{_taken(it)}, so it is not accepted"] if it.owner else []), *it.remarks]


def _taken(it: Suggestion) -> str:
    return f"{it.owner!r} goes by that name too"


def _summary(found: Unlisted, shown: int) -> Iterator[str]:
    """How much there is beside what was shown, and what to do."""
    yield f"{shown} of {len(found.names)} names that {registry_entries.SHOWN} does not list"
    if found.cited:
        yield f"left out: {found.cited} that are only found as authors of cited works"
    if found.learnt:
        yield f"left out: {found.learnt} that it lists by now; 'crossframe run' links them"
    if shown:
        yield "next: crossframe entities --accept [NAME ...]"
