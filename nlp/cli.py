"""The command line: the only place that parses arguments, prints or exits."""

import argparse
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from nlp.arguments import parser
from nlp.errors import CrossframeError, visible
from nlp.pipeline import BY_NAME, STAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if all went well, 1 if `verify` finds a difference, 2 for a problem the user can solve,
    130 if interrupted.
    """
    options = parser().parse_args(arguments)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # sums in another order give other last digits, and no more speed
    warnings = logging.StreamHandler()
    warnings.setFormatter(_Visible("warning: %(message)s"))
    logging.basicConfig(handlers=[warnings], level=logging.WARNING)
    try:
        return _COMMANDS.get(options.command, _run_stage)(options)
    except CrossframeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # no permission, no space left ...
        said = f"{error.filename or 'a file'}: {error.strerror or error}"
        print(f"error: {visible(said)}", file=sys.stderr)
        print("  -> make room or give permission there, then run again", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        unchanged = options.command in ("add", "remove", "sample", "import", "diff", "verify")
        print("stopped" if unchanged else "stopped; the next run goes on from here", file=sys.stderr)
        return 130


class _Visible(logging.Formatter):
    """Warnings speak of files, so what is in them must not steer the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def _run_stage(options: argparse.Namespace) -> int:
    from nlp import runner  # pandas and pandera: not needed for --help
    from nlp.store.lock import writing
    from nlp.store.project import open_project

    project = open_project(options.project.resolve())
    started = time.perf_counter()
    with writing(project, "stage"):
        done = runner.run_stage(project, BY_NAME[options.command], workers=options.workers)
    seconds = time.perf_counter() - started
    parts = f"{len(done.made)} new, {len(done.kept)} kept" if done.stage.by_document else "done"
    _progress(done.stage.name, f"{parts:<16} {seconds:5.1f} s")
    return 0


def _entities(options: argparse.Namespace) -> int:
    """The stage, or what the registry should learn."""
    if options.accept is None and options.dry_run:
        raise CrossframeError("goes with --accept", where="--dry-run", hint="add it, or leave this out")
    if options.accept is None and not options.unlinked and options.top:
        raise CrossframeError("goes with --unlinked or --accept", where="--top", hint="add one of them")
    if options.accept is None and not options.unlinked:
        return _run_stage(options)
    from nlp import suggest
    from nlp.store.project import open_project

    project, top = open_project(options.project.resolve()), options.top or 20
    if options.accept is None:
        lines = suggest.unlinked_lines(project, top=top, width=shutil.get_terminal_size().columns)
    else:
        lines = suggest.accept_lines(project, options.accept, top=top, dry_run=options.dry_run)
    _say(lines)
    return 0


def _add(options: argparse.Namespace) -> int:
    from nlp.intake.adding import add
    from nlp.intake.details import Given
    from nlp.store.project import open_project

    said = {name: getattr(options, name) for name in Given._fields}
    additions = add(
        open_project(options.project.resolve()),
        options.paths,
        Given(**{**said, "authors": tuple(options.authors)}),
        bib=options.bib,
        csl=options.csl,
        ask=_ask if sys.stdin.isatty() else None,
        dry_run=options.dry_run,
    )
    for addition in additions:
        print(f"{'would add' if options.dry_run else 'added'} {addition.document.doc_id}")
        print("\n".join(map(visible, addition.lines())))
    if not options.dry_run:
        print("next: crossframe run")
    return 0


def _ask(question: str) -> str:
    try:
        return input(f"{visible(question)}: ")
    except EOFError:
        return ""


def _remove(options: argparse.Namespace) -> int:
    from nlp.intake.removing import remove
    from nlp.store.project import open_project

    project = open_project(options.project.resolve())
    for document, kept in remove(project, options.doc_ids, dry_run=options.dry_run):
        print(f"{'would remove' if options.dry_run else 'removed'} {document.doc_id}")
        gone = "would be deleted" if options.dry_run else "deleted"
        print(visible(f"  file      corpus/{document.file} {f'stays: {kept}' if kept else gone}"))
    if not options.dry_run:
        print("next: crossframe run")
    return 0


def _sample(options: argparse.Namespace) -> int:
    from nlp.labelling import sampling
    from nlp.store.project import open_project

    said = {name: getattr(options, name) for name in sampling.Wanted._fields}
    project = open_project(options.project.resolve())
    _say(sampling.sample_lines(project, sampling.Wanted(**said), form=options.format, out=options.out))
    return 0


def _import(options: argparse.Namespace) -> int:
    from nlp.labelling import importing
    from nlp.store.project import open_project

    said = {name: getattr(options, name) for name in ("coders", "date", "codebook_changed")}
    given = importing.Given(**said, today=date.today().isoformat())
    project = open_project(options.project.resolve())
    _say(importing.import_lines(project, options.file, given, dry_run=options.dry_run))
    return 0


def _progress(name: str, state: str) -> None:
    number = [stage.name for stage in STAGES].index(name) + 1
    print(f"[{number}/{len(STAGES)}] {name:<9} {state}", flush=True)


def _run_all(options: argparse.Namespace) -> int:
    from nlp import dvc, overview, runner
    from nlp.store.lock import writing
    from nlp.store.project import open_project
    from nlp.store.results import read_table

    project = open_project(options.project.resolve())
    with writing(project, "run"):
        codebook = runner.check_inputs(project)
        code = dvc.reproduce(
            project,
            say=lambda line: print(line, flush=True),
            complain=lambda line: print(line, file=sys.stderr, flush=True),
            skipped=lambda name: _progress(name, "unchanged"),
        )
    if code == 0:
        topics = [read_table(project, it) for it in ("topic_quality", "topic_changes")]
        told = overview.lines(read_table(project, "prevalence"), codebook) + overview.topic_lines(*topics)
        print("\n".join(told))
        print(f"\nReport: {project.shown(project.report)}")
    return code


def _show(options: argparse.Namespace) -> int:
    from nlp import show
    from nlp.store.project import open_project

    found = show.read(open_project(options.project.resolve()), options.doc_id)
    lines = show.edit_lines if options.edits else show.text_lines
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    _say(lines(found, shutil.get_terminal_size().columns, colour=colour))
    return 0


def _explain(options: argparse.Namespace) -> int:
    from nlp import explain
    from nlp.store.project import open_project

    _say(explain.lines(open_project(options.project.resolve()), options.unit))
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from nlp import simulate
    from nlp.store.project import open_project

    given = {name: value for name, value in vars(options).items() if name not in ("command", "project")}
    _say(simulate.lines(open_project(options.project.resolve()), **given))
    return 0


def _diff(options: argparse.Namespace) -> int:
    from nlp import changes
    from nlp.store.project import open_project

    project = open_project(options.project.resolve())
    _say(changes.lines(project, options.revision, most=options.top))
    return 0


def _verify(options: argparse.Namespace) -> int:
    from nlp import verify
    from nlp.store.project import open_project

    outcome = verify.verify(
        open_project(options.project.resolve()),
        say=lambda line: print(line, flush=True),
        complain=lambda line: print(line, file=sys.stderr, flush=True),
    )
    if outcome is None:  # a stage has failed, and has said why
        return 2
    _say(verify.lines(outcome))
    return 0 if outcome.holds else 1


def _say(lines: Iterable[str]) -> None:
    encoding = sys.stdout.encoding or "utf-8"  # elsewhere than in UTF-8, signs become question marks
    for line in lines:
        print(line.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()  # here, where a reader that has left is no error


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": _run_all,
    "add": _add,
    "remove": _remove,
    "show": _show,
    "explain": _explain,
    "simulate": _simulate,
    "diff": _diff,
    "verify": _verify,
    "sample": _sample,
    "import": _import,
    "entities": _entities,
}
