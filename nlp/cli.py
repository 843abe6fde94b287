"""The command line: the only place that parses arguments, prints or exits."""

import argparse
import logging
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from nlp.errors import CrossframeError, visible
from nlp.pipeline import BY_NAME, STAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if all went well, 2 for a problem the user can solve, 130 if interrupted."""
    options = _parser().parse_args(arguments)
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
        unchanged = options.command in ("add", "remove")
        print("stopped" if unchanged else "stopped; the next run goes on from here", file=sys.stderr)
        return 130


class _Visible(logging.Formatter):
    """Warnings speak of files, so what is in them must not steer the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="crossframe",
        description="Compare how authors name, discuss and frame the same matter.",
    )
    parser.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="project folder (default: here)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="brings everything up to date, through DVC")
    _describe_add(commands.add_parser("add", help="takes texts into the corpus, each with its details"))
    command = commands.add_parser("remove", help="takes texts out of the corpus again")
    command.add_argument("doc_ids", nargs="+", metavar="ID", help="their doc_id in corpus/corpus.yaml")
    command.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")
    command = commands.add_parser("show", help="prints a document's clean text, or what was changed in it")
    command.add_argument("doc_id", metavar="ID", help="name of the document in corpus/corpus.yaml")
    command.add_argument("--edits", action="store_true", help="print every change, with its rule and place")
    _describe_simulate(commands.add_parser("simulate", help="shows how often intervals of shares hold"))
    for stage in STAGES:
        command = commands.add_parser(stage.name, help=stage.does)
        command.set_defaults(workers=1)
        if stage.by_document:
            command.add_argument(
                "--workers", type=_positive, metavar="N", help="processes to use (default: 1)"
            )
    _describe_entities(commands.choices["entities"])
    return parser


def _describe_simulate(command: argparse.ArgumentParser) -> None:
    command.description = "Makes up texts of this corpus's sizes, draws and corrects samples, and counts."
    add = command.add_argument
    shares, alike = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5), (0.0, 0.1, 0.2, 0.3)
    add("--shares", type=_share, nargs="+", default=shares, metavar="S", help="of sentences with a frame")
    add("--correlations", type=_share, nargs="+", default=alike, metavar="R", help="within blocks")
    add("--band", type=_share, default=0.2, metavar="B", help="0.2: shares 20%% less or more; 0: exact")
    add("--recall", type=_share, default=0.65, metavar="R", help="of the machine")
    add("--precision", type=_share, default=0.65, metavar="P", help="of the machine")
    add("--runs", type=_positive, default=200, metavar="N", help="default: 200")
    add("--seed", type=int, default=1, metavar="N", help="default: 1")


def _share(text: str) -> float:
    if not re.fullmatch(r"0|0?\.\d+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to below 1, such as 0.05")
    return float(text)


def _describe_entities(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    either = command.add_mutually_exclusive_group().add_argument
    either("--unlinked", action="store_true", help="only list the names that the registry should learn")
    accept = "write suggestions into the registry: these names, or else all that --top tells"
    either("--accept", nargs="*", metavar="NAME", help=accept)
    add("--top", type=_positive, metavar="N", help="how many names, most frequent first (default: 20)")
    add("--dry-run", action="store_true", help="with --accept: say what would be written, and do nothing")


def _describe_add(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Copies files into corpus/texts and lists them in corpus/corpus.yaml. What no option says is taken"
        " from the bibliography, then from the file itself, and is asked for on a terminal."
    )
    add = command.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with all texts in it")
    author = "'Given Family', 'Family, Given' or '{Institution}'; once for each author"
    add("--author", dest="authors", action="append", default=[], metavar="NAME", help=author)
    add("--group", metavar="LABEL", help="label under which texts are compared (default: the family names)")
    add("--year", type=int, metavar="Y")
    for name in ("title", "venue", "kind", "language", "rights"):
        add(f"--{name}", metavar=name[0].upper())
    add(
        "--id",
        dest="doc_id",
        metavar="ID",
        help="doc_id of a single file (default: made of names and year)",
    )
    bibliography = command.add_mutually_exclusive_group()
    bibliography.add_argument("--bib", type=Path, metavar="FILE", help="details from BibTeX or BibLaTeX")
    bibliography.add_argument("--csl", type=Path, metavar="FILE", help="details from CSL-JSON")
    add("--dry-run", action="store_true", help="say what would happen, and do nothing")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


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
        shares = read_table(project, "prevalence")
        print("\n".join(overview.lines(shares, codebook)))
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


def _simulate(options: argparse.Namespace) -> int:
    from nlp import simulate
    from nlp.store.project import open_project

    given = {name: value for name, value in vars(options).items() if name not in ("command", "project")}
    _say(simulate.lines(open_project(options.project.resolve()), **given))
    return 0


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
    "simulate": _simulate,
    "entities": _entities,
}
