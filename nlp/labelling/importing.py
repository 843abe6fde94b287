"""`crossframe import`: a coded file -> lines of corpus/codings/frames.jsonl."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from nlp.codebook import Codebook
from nlp.corpus import raw_texts
from nlp.errors import CodingError, ConfigError, CrossframeError, listed, visible
from nlp.labelling import formats
from nlp.labelling.checking import Answer, Drawn, OtherCodebook, Rules, checked
from nlp.labelling.formats.rows import Row
from nlp.store import code_lines, codings, configs, draws, sources
from nlp.store.code_lines import Line, Unit
from nlp.store.lock import alone
from nlp.store.project import Project

MAX_BYTES = 200_000_000
_HINT = "nothing was written; correct these rows or take them out"
_HINT_CODEBOOK = "; codes made by an older codebook are taken with --codebook-changed, and keep its hash"


class Given(NamedTuple):
    """What the command line says beside the file."""

    coders: Sequence[str]  # a name for the one who coded, or ANNOTATOR=NAME for each
    date: str | None  # ISO; None: as the file says, or else today
    today: str
    codebook_changed: bool


class Merged(NamedTuple):
    """What the answers make of the file of codes."""

    changed: dict[Unit, Line]  # lines with a further coder
    new: list[Line]
    known: int  # answers that stand there already


class Plan(NamedTuple):
    """What is to be written, and where it comes from."""

    read: formats.Read
    answers: list[Answer]
    merged: Merged
    before: str  # the file of codes
    after: str


def import_lines(project: Project, path: Path, given: Given, *, dry_run: bool) -> Iterator[str]:
    """Write the codes of a file into corpus/codings/frames.jsonl, and tell what they were.

    Raises CrossframeError with the rows that cannot be taken; nothing is written then.
    """
    with nullcontext() if dry_run else alone(project):
        plan = _plan(project, path, given)
        changed = plan.after != plan.before and not dry_run
        if changed:
            code_lines.write(project, before=plan.before, after=plan.after)
    yield f"{visible(path.name)}: {plan.read.form}, {len(plan.read.rows)} rows"
    yield from _told(plan.read.rows, plan.answers, plan.merged)
    yield from _outcome(plan.merged, dry_run=dry_run)
    if changed:
        yield from _next(plan.answers, configs.read_params(project).coder.reference)


def _plan(project: Project, path: Path, given: Given) -> Plan:
    codebook = configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    codings.read_codings(project, configs.read_manifest(project), codebook)
    read = formats.read(_load(path), codebook, where=str(path))
    answers = _checked(read.rows, _rules(project, read.rows, given, codebook), str(path))
    before = code_lines.read_text(project)
    merged = _merged(answers, code_lines.parse(before), str(path))
    after = code_lines.with_lines(before, changed=merged.changed, new=merged.new)
    return Plan(read, answers, merged, before, after)


def _load(path: Path) -> str:
    """The text of a coded file, or CrossframeError."""
    if not path.is_file():
        raise CrossframeError("no such file", where=path, hint="give the file that was coded")
    if path.stat().st_size > MAX_BYTES:
        raise CrossframeError(f"larger than {MAX_BYTES} bytes", where=path, hint="split it")
    content = path.read_bytes()
    if content.startswith(b"PK"):
        raise CodingError("is an archive", where=path, hint="unpack it, and import each file for its coder")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8; in a spreadsheet choose 'CSV UTF-8'"
        raise CodingError(f"not UTF-8 at byte {error.start}", where=path, hint=hint) from None


def _rules(project: Project, rows: Sequence[Row], given: Given, codebook: Codebook) -> Rules:
    return Rules(
        codebook=codebook,
        draw=cache(lambda name: _draw(project, name)),
        length=cache(lambda doc_id: _length(project, doc_id)),
        coder=_names(given.coders, sorted({it.coder for it in rows if it.codes is not None})),
        today=given.today,
        date=given.date,
        codebook_changed=given.codebook_changed,
    )


def _draw(project: Project, name: str) -> Drawn:
    if name not in draws.names(project):
        raise ValueError(f"draw {name!r} is not recorded in {draws.FOLDER}")
    stretches = draws.read_stretches(project, name)
    return draws.read_draw(project, name), {it.task: it for it in stretches if it.task}


def _length(project: Project, doc_id: str) -> int:
    manifest = configs.read_manifest(project)
    if doc_id not in {it.doc_id for it in manifest.documents}:
        raise ValueError(f"document {doc_id!r} is not in corpus/corpus.yaml")
    found = sources.read_sources(project, manifest, [doc_id])
    return len(raw_texts(configs.read_params(project).corpus, sources=found)["raw"].iloc[0])


def _names(coders: Sequence[str], there: Sequence[str]) -> Callable[[str], str]:
    """The names for those that the file names ("" where it does not); for one of them a name alone will do.

    Raises ConfigError where it stays open who coded.
    """
    pairs = dict(it.rsplit("=", 1) for it in coders if "=" in it)
    alone = [it for it in coders if "=" not in it]
    if "" in there and not alone:
        raise ConfigError("the file does not say who coded", where="--coder", hint="give --coder NAME")
    if unknown := sorted(set(pairs) - set(there)):
        told = f"it names {listed([it for it in there if it]) or 'nobody'}"
        raise ConfigError(f"the file does not name {unknown[0]!r}", where="--coder", hint=told)
    if len(alone) > 1 or (alone and (pairs or len(there) > 1)):
        told = " ".join(f"--coder '{it}=NAME'" for it in there if it) or "give one --coder NAME"
        raise ConfigError("several names, and who is who is not said", where="--coder", hint=told)
    return lambda said: alone[0] if alone else pairs.get(said, said)


def _checked(rows: Sequence[Row], rules: Rules, where: str) -> list[Answer]:
    """All coded rows as answers; all that are wrong are told at once."""
    answers: dict[tuple[str, str, str], Answer] = {}
    problems: list[str] = []
    hint = _HINT
    for row in rows:
        if row.codes is None and not row.problem:
            continue
        try:
            answer = checked(row, rules)
            if first := answers.get(answer.said):
                raise ValueError(f"{answer.coder} coded unit {answer.unit!r} in {first.place} too")
            answers[answer.said] = answer
        except ValueError as error:
            problems.append(f"{row.place}: {error}")
            hint = _HINT + _HINT_CODEBOOK if isinstance(error, OtherCodebook) else hint
    _refuse(problems, where, hint)
    return list(answers.values())


def _refuse(problems: list[str], where: str, hint: str = _HINT) -> None:
    if problems:
        raise CodingError(listed(problems), where=where, hint=hint)


def _merged(answers: Sequence[Answer], known: Mapping[Unit, Line], where: str) -> Merged:
    """Answers beside those that are there; no code of anybody is changed."""
    changed: dict[Unit, Line] = {}
    new: dict[Unit, Line] = {}
    problems: list[str] = []
    same = 0
    for it in answers:
        unit = it.doc_id, it.unit
        line = changed.get(unit) or new.get(unit) or known.get(unit)
        if line and (problem := _conflict(it, line)):
            problems.append(f"{it.place}: {problem}")
        elif line and it.coder in line["codes"]:
            same += 1
        else:
            (changed if unit in known else new)[unit] = _joined(it, line or _line(it))
    _refuse(problems, where)
    return Merged(changed, list(new.values()), same)


def _conflict(it: Answer, line: Line) -> str:
    """Why an answer cannot stand in the line that its unit has already; empty if it can."""
    if (line["start"], line["end"]) != (it.start, it.end):
        return f"unit {it.unit!r} goes from {line['start']} to {line['end']} in {code_lines.SHOWN}"
    if it.coder in line["codes"]:
        same = _same(line["codes"][it.coder], it.codes)
        return "" if same else f"{it.coder} has coded unit {it.unit!r} otherwise in {code_lines.SHOWN}"
    if it.codebook and line.get("codebook") not in (None, "", it.codebook):
        return f"unit {it.unit!r} was coded by codebook {line['codebook']!r}, not {it.codebook!r}"
    return ""


def _same(known: object, codes: Mapping[str, str]) -> bool:
    """Where there are no stances, lines may list the frames alone."""
    return sorted(known) == sorted(codes) if isinstance(known, list) else known == codes


def _line(it: Answer) -> Line:
    """A new line, without codes yet."""
    line: Line = {name: getattr(it, name) for name in ("unit", "doc_id", "block", "start", "end", "text")}
    more = {name: getattr(it, name) for name in ("coded", "codebook", "probability", "draw")}
    return {**line, **{name: value for name, value in more.items() if value}, "codes": {}}


def _joined(it: Answer, line: Line) -> Line:
    """The line with one more coder; its day is that of the latest codes."""
    joined: dict[str, Any] = {**line, "codes": {**line["codes"], it.coder: dict(it.codes)}}
    if "coded" in joined:
        joined["coded"] = max(it.coded, str(joined["coded"]))
    if it.comment:
        joined["comments"] = {**joined.get("comments", {}), it.coder: it.comment}
    return joined


def _told(rows: Sequence[Row], answers: Sequence[Answer], merged: Merged) -> Iterator[str]:
    per_coder = Counter(it.coder for it in answers)
    frames = Counter({it.coder: 0 for it in answers})
    frames.update(it.coder for it in answers for _ in it.codes)
    for coder, count in sorted(per_coder.items()):
        yield f"  coded by {visible(coder)}: {count} (frames: {frames[coder]})"
    if waiting := sum(it.codes is None for it in rows):
        yield f"  not coded, so left out: {waiting}"
    if merged.known:
        yield f"  there already, the same: {merged.known}"


def _outcome(merged: Merged, *, dry_run: bool) -> Iterator[str]:
    verb = "would write" if dry_run else "wrote"
    done = {"new lines": len(merged.new), "coders beside others": len(merged.changed)}
    told = " and ".join(f"{count} {what}" for what, count in done.items() if count)
    yield f"{verb} {told or 'nothing'} into {code_lines.SHOWN}"


def _next(answers: Sequence[Answer], reference: str) -> Iterator[str]:
    coders = sorted({it.coder for it in answers})
    if any("@" in it for it in coders):
        yield "note: names with '@' may be addresses of people; --coder ADDRESS=NAME gives others"
    if others := [it for it in coders if it != reference]:
        yield visible(
            f"note: the codes of {listed(others)} are compared with those of {reference!r}, whose codes"
            " count as true; to change that, name another coder in configs/params.yaml (coder.reference)"
        )
    yield "next: crossframe run"
