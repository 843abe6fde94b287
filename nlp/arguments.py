"""What can be said on the command line; `cli.py` parses it."""

import argparse
import re
from datetime import date
from pathlib import Path

from nlp.pipeline import STAGES

FORMS = ("csv", "jsonl", "label-studio", "doccano")
_BLIND = (
    "The coder sees the sentence in its context, in random order, and neither author nor title nor the"
    " machine's codes. In CSV and JSONL the document and the probability stand behind the codes: hide these"
    " columns from a coder who should not know them."
)


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="crossframe",
        description="Compare how authors name, discuss and frame the same matter.",
    )
    options.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="project folder (default: here)"
    )
    commands = options.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="brings everything up to date, through DVC")
    _describe_add(commands.add_parser("add", help="takes texts into the corpus, each with its details"))
    command = commands.add_parser("remove", help="takes texts out of the corpus again")
    command.add_argument("doc_ids", nargs="+", metavar="ID", help="their doc_id in corpus/corpus.yaml")
    command.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")
    command = commands.add_parser("show", help="prints a document's clean text, or what was changed in it")
    command.add_argument("doc_id", metavar="ID", help="name of the document in corpus/corpus.yaml")
    command.add_argument("--edits", action="store_true", help="print every change, with its rule and place")
    command = commands.add_parser("explain", help="prints why the machine codes a unit as it does")
    command.add_argument(
        "unit", metavar="ID:NUMBER", help="document and number of the unit, as in the report"
    )
    _describe_simulate(commands.add_parser("simulate", help="shows how often intervals of shares hold"))
    _describe_sample(commands.add_parser("sample", help="draws the next sentences to code, for a coder"))
    _describe_import(commands.add_parser("import", help="reads a coded file into corpus/codings"))
    _describe_diff(
        commands.add_parser("diff", help="prints what has changed in the tables since a revision")
    )
    _describe_verify(
        commands.add_parser("verify", help="runs all anew elsewhere: same results, true claims?")
    )
    for stage in STAGES:
        command = commands.add_parser(stage.name, help=stage.does)
        command.set_defaults(workers=1)
        if stage.by_document:
            command.add_argument(
                "--workers", type=_positive, metavar="N", help="processes to use (default: 1)"
            )
    _describe_entities(commands.choices["entities"])
    return options


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


def _describe_sample(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Draws sentences that nobody has coded, stratified by author, and records with which probability"
        f" each could be drawn (corpus/codings/draws). {_BLIND}"
    )
    add = command.add_argument
    add("size", type=_positive, metavar="N", help="how many sentences")
    add("--format", choices=FORMS, default=FORMS[0], help="file for the coder (default: %(default)s)")
    add("--by-uncertainty", action="store_true", help="more of those that the machine is unsure of")
    add("--seed", type=_seed, metavar="S", help="of the draw (default: labelling.seed in params.yaml)")
    author = "only sentences under this label; once for each author"
    add("--author", dest="authors", action="append", default=[], metavar="LABEL", help=author)
    add("--again", default="", metavar="CODER", help="draw units of this coder, for another one to code")
    add("--out", type=Path, metavar="FILE", help="the coder's file (default: draw-001.csv and so on, here)")


def _describe_import(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Reads a file of 'crossframe sample' that was coded (CSV, JSONL), or an export of Label Studio"
        " (JSON or JSON-MIN) or doccano (JSONL). If rows do not fit, all such rows are told and nothing is"
        " written. What is not coded is left out."
    )
    add = command.add_argument
    add("file", type=Path, metavar="FILE")
    coder = "name of the coder, or ANNOTATOR=NAME once for each annotator that the file names"
    add("--coder", dest="coders", action="append", default=[], metavar="NAME", help=coder)
    day = "day of the coding, YYYY-MM-DD (default: as the file says, or today)"
    add("--date", type=_day, metavar="DAY", help=day)
    add("--codebook-changed", action="store_true", help="take codes made by an older codebook, too")
    add("--dry-run", action="store_true", help="say what would happen, and do nothing")


def _describe_diff(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Compares the published tables with those of a git revision and prints Markdown: rows that are new"
        " or have vanished, and estimates that lie outside the interval they had. Other than with the"
        " program diff, the exit code is 0 whether anything differs or not; 2 for an error."
    )
    add = command.add_argument
    add(
        "revision", nargs="?", default="HEAD", metavar="REV", help="a commit, branch or tag (default: HEAD)"
    )
    add("--top", type=_positive, default=20, metavar="N", help="rows told of each kind (default: 20)")


def _describe_verify(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Runs all stages anew in a temporary folder, holds the results against those at HEAD (without git:"
        " in this folder), and checks the claims in outputs/claims.yaml against the new tables. Changes"
        " nothing here. Exit code 0: all agree and hold; 1: some do not; 2: it could not be found out."
    )


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {2**32 - 1}")
    return int(text)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day as 2024-05-31") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)
