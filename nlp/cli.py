"""The command line: the only place that parses arguments, prints or exits."""

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.errors import CrossframeError
from nlp.pipeline import BY_NAME, STAGES

if TYPE_CHECKING:
    import pandas as pd


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if all went well, 2 for a problem the user can solve, 130 if interrupted."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="warning: %(message)s", level=logging.WARNING)
    try:
        return _run_all(options) if options.command == "run" else _run_stage(options)
    except CrossframeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("stopped; the next run goes on from here", file=sys.stderr)
        return 130


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
    for stage in STAGES:
        command = commands.add_parser(stage.name, help=stage.does)
        command.set_defaults(workers=1)
        if stage.by_document:
            command.add_argument(
                "--workers", type=_positive, metavar="N", help="processes to use (default: 1)"
            )
    return parser


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


def _progress(name: str, state: str) -> None:
    number = [stage.name for stage in STAGES].index(name) + 1
    print(f"[{number}/{len(STAGES)}] {name:<9} {state}", flush=True)


def _run_all(options: argparse.Namespace) -> int:
    from nlp import dvc, runner
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
        print(_frame_table(shares, codebook.frame_names, codebook.stance_names))
        print(f"\nReport: {project.shown(project.report)}")
    return code


def _frame_table(shares: "pd.DataFrame", frames: Sequence[str], stances: Sequence[str]) -> str:
    """Authors by frames: the corrected share with its interval, and below it the split by stance."""
    corrected = shares[shares["method"] == "corrected"]
    lines = ["", "Share of sentences with each frame (corrected, with interval), and by stance", ""]
    lines.append((" " * 26 + "".join(f"{frame:<20}" for frame in frames)).rstrip())
    for author, rows in corrected.groupby("author", sort=True):
        cells = {(row.frame, row.stance): row for row in rows.itertuples()}
        lines.append(
            f"{author:<26}" + "".join(f"{_cell(cells[frame, 'any']):<20}" for frame in frames).rstrip()
        )
        for stance in stances:
            split = "".join(f"{_cell(cells[frame, stance], short=True):<20}" for frame in frames)
            lines.append(f"  {stance:<24}{split}".rstrip())
    if corrected["author"].nunique() == 1:
        lines += ["", "Only one author: no comparison possible."]
    return "\n".join(lines)


def _cell(row: Any, *, short: bool = False) -> str:
    if not row.estimable:
        return "not estimable" if not short else "-"
    share = f"{100 * row.estimate:.0f} %"
    return share if short else f"{share} ({100 * row.low:.0f}-{100 * row.high:.0f})"
