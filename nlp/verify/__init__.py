"""`crossframe verify`: the whole run anew, elsewhere; are the results those committed, and claims true?"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from nlp import dvc, runner
from nlp.errors import listed, visible
from nlp.pipeline import STAGES
from nlp.store import configs, copies, published, revisions
from nlp.store.project import Project
from nlp.store.results import table_files
from nlp.verify import claims, comparison

Say = Callable[[str], None]
_SHOWN = 20  # files told of each kind that does not agree
_ALIKE_SHOWN = 3  # files told of each kind that agrees without being the same


class Outcome(NamedTuple):
    """What was verified against what, with all that was found."""

    against: published.Committed
    changed: Sequence[str]  # what a run needs that is on disk otherwise than at HEAD
    files: Sequence[comparison.File]
    verdicts: Sequence[claims.Verdict]

    @property
    def holds(self) -> bool:
        return all(it.agrees for it in self.files) and all(it.holds for it in self.verdicts)


def verify(project: Project, *, say: Say, complain: Say) -> Outcome | None:
    """Run everything in a temporary folder, and compare; None if a stage failed, which has said why.

    What stages say is passed on. The project's own outputs are neither used nor touched, but for what
    topics remember of the last run, which is taken from what is committed.

    Raises CrossframeError if a run cannot begin, or there are no results to hold it against.
    """
    said = configs.read_claims(project).claims  # a mistake in them is told before the run, not after it
    against = published.committed(project)
    changed = revisions.changed(project, copies.NEEDED) if against.revision else []
    with copies.temporary(project, _remembered(against)) as copy:
        runner.check_inputs(copy)
        if dvc.reproduce(copy, say=say, complain=complain, skipped=say, own_code=True):
            return None
        made = published.on_disk(copy)
    tables = published.tables(made)
    verdicts = [claims.check(claim, tables) for claim in said]
    return Outcome(against, changed, comparison.compare(against.files, made), verdicts)


def _remembered(against: published.Committed) -> dict[str, bytes]:
    """The tables that a stage reads of the run before."""
    names = [table_files(name)[0] for stage in STAGES for name in stage.remembers]
    return {shown: against.files[shown] for shown in names if shown in against.files}


def lines(outcome: Outcome) -> list[str]:
    """A short report: files, claims, verdict."""
    return [
        *_about(outcome),
        *_of_files(outcome.files),
        *_of_claims(outcome.verdicts),
        "",
        _verdict(outcome),
    ]


def _about(outcome: Outcome) -> Iterator[str]:
    revision = outcome.against.revision
    where = str(revision) if revision else f"the files in this folder: {outcome.against.reason}"
    yield from ("", f"A new run, compared with {visible(where)}")
    if outcome.changed:
        told = listed([visible(it) for it in outcome.changed], _ALIKE_SHOWN)
        yield f"  run from the files on disk, of which {len(outcome.changed)} differ from HEAD: {told}"


def _of_files(files: Sequence[comparison.File]) -> Iterator[str]:
    for state in comparison.AGREE:
        names = [visible(it.shown) for it in files if it.state == state]
        told = "" if state == comparison.IDENTICAL else f": {listed(names, _ALIKE_SHOWN)}"
        if names:
            yield f"  {_counted(len(names), 'file')} {state}{told}"
    apart = [it for it in files if not it.agrees]
    for file in apart[:_SHOWN]:
        yield f"  {visible(file.shown)}: {file.state}"
        yield from (f"    {visible(place)}" for place in file.places)
    if len(apart) > _SHOWN:
        yield f"  and {_counted(len(apart) - _SHOWN, 'more file')} so"


def _of_claims(verdicts: Sequence[claims.Verdict]) -> Iterator[str]:
    if verdicts:
        yield from ("", "Claims")
    for it in verdicts:
        told = f"{it.found} (claimed: {claims.wanted(it.claim)})"
        yield visible(f"  {'holds:         ' if it.holds else 'does not hold: '}{it.claim.sentence} {told}")


def _verdict(outcome: Outcome) -> str:
    apart = sum(not it.agrees for it in outcome.files)
    false = sum(not it.holds for it in outcome.verdicts)
    if not apart and not false:
        held = f", {_counted(len(outcome.verdicts), 'claim')} checked" if outcome.verdicts else ""
        return f"Verified: {_counted(len(outcome.files), 'file')} compared{held}"
    counts = {"file": apart, "claim": false}
    told = " and ".join(_counted(count, what) for what, count in counts.items() if count)
    hint = "run 'crossframe run', look at 'crossframe diff', and commit; or correct the claims"
    return f"Not verified: {told} at odds with the new run\n  -> {hint}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
