"""`crossframe sample`: a draw of sentences to code, its record, and the file for the coder."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all
from nlp.errors import ConfigError, CrossframeError, TableError, visible
from nlp.labelling import formats, population
from nlp.labelling.population import Population
from nlp.labelling.probabilities import allocate, inclusion, mixture, pivotal
from nlp.labelling.uncertainty import uncertainty
from nlp.last_run import read_table
from nlp.params import LabellingParams
from nlp.store import codings, configs, draws
from nlp.store.draws import Draw, Stretch
from nlp.store.lock import alone
from nlp.store.parts import replacing
from nlp.store.project import Project


class Wanted(NamedTuple):
    """What the command line asks for."""

    size: int
    by_uncertainty: bool
    seed: int | None  # that of params.yaml if None
    authors: Sequence[str]  # all if empty
    again: str  # the coder whose units are to be coded again; empty for sentences without codes


class Plan(NamedTuple):
    """A draw that is decided, and not written yet."""

    draw: Draw
    stretches: list[Stretch]
    left_out: Population
    files: dict[Path, str]


def sample_lines(project: Project, wanted: Wanted, *, form: str, out: Path | None) -> Iterator[str]:
    """Draw sentences to code, write the coder's file and record the draw; tell what was drawn.

    Raises CrossframeError, and then nothing is written.
    """
    with alone(project):
        plan = _plan(project, wanted, form, out)
        record = _carry_out(project, plan)
    yield from _told(plan)
    yield from (f"wrote {visible(str(path))}" for path in plan.files)
    yield f"recorded in {project.shown(record)}: the probability of every sentence"
    yield f"to do: {formats.TO_DO[form]}"
    yield "next: crossframe import FILE"


def _plan(project: Project, wanted: Wanted, form: str, out: Path | None) -> Plan:
    params, manifest = configs.read_params(project), configs.read_manifest(project)
    codebook = configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    sentences = population.analysed(project, manifest)
    known = codings.read_codings(project, manifest, codebook)
    if wanted.again:
        found = population.coded_by(project, wanted.again, sentences, known, params.coder)
    else:
        found = population.uncoded(project, sentences, known, params.coder)
    rows = _of_authors(found.rows, wanted, {it.author for it in manifest.documents})
    scores, unsure = _unsure(project, rows, wanted)
    number = 1 + max((int(it.removeprefix("draw-")) for it in population.draw_names(project)), default=0)
    draw = _described(number, wanted, params.labelling, rows, codebook, scores)
    drawn = _drawn(draw, rows.assign(uncertainty=unsure), number)
    stretches = _stretches(drawn, sentences, params.labelling.context_sentences)
    tasks = sorted((it for it in stretches if it.task), key=lambda it: it.task)
    files = _files(out or Path(f"{draw.draw}{formats.ENDINGS[form]}"), form, draw, tasks, codebook)
    return Plan(draw, stretches, found, files)


def _of_authors(rows: pd.DataFrame, wanted: Wanted, authors: set[str]) -> pd.DataFrame:
    if unknown := sorted(set(wanted.authors) - authors):
        told = ", ".join(map(repr, unknown))
        hint = f"the labels are {', '.join(sorted(authors))}"
        raise ConfigError(f"no author {told} in corpus/corpus.yaml", where="--author", hint=hint)
    if wanted.authors:
        rows = rows[rows["author"].isin(wanted.authors)].reset_index(drop=True)
    if wanted.size > len(rows):
        raise CrossframeError(
            f"{wanted.size} are too many: {len(rows)} are left to draw from",
            where="crossframe sample",
            hint="draw fewer; sentences that are out and will not come back are free again when their"
            f" draw is deleted from {draws.FOLDER}",
        )
    if wanted.size < (strata := rows["author"].nunique()):
        raise CrossframeError(
            f"{wanted.size} are too few: the sentences are by {strata} authors, and each needs a chance",
            where="crossframe sample",
            hint=f"draw {strata} or more, or name authors with --author",
        )
    return rows


def _unsure(project: Project, rows: pd.DataFrame, wanted: Wanted) -> tuple[str, np.ndarray]:
    """Whose scores, and the uncertainty of each row; zeros where nobody asked for it."""
    if not wanted.by_uncertainty:
        return "", np.zeros(len(rows))
    codes = read_table(project, "frame_codes", where=population.WHERE)
    keys = pd.MultiIndex.from_frame(rows[["doc_id", "sent_id"]])
    found = uncertainty(codes).reindex(keys).to_numpy()
    if np.isnan(found).any():
        raise TableError(
            "table frame_codes is older than the sentences",
            where="crossframe sample",
            hint="run 'crossframe run' first",
        )
    return coder_of_all(codes), found.round(draws.DECIMALS)


def _described(
    number: int,
    wanted: Wanted,
    params: LabellingParams,
    rows: pd.DataFrame,
    codebook: Codebook,
    scores: str,
) -> Draw:
    return Draw(
        draw=f"draw-{number:03}",
        size=wanted.size,
        seed=params.seed if wanted.seed is None else wanted.seed,
        by="uncertainty" if wanted.by_uncertainty else "equal",
        scores=scores,
        floor=params.uncertainty_floor if wanted.by_uncertainty else 1.0,
        least_per_author=params.least_per_author,
        authors=sorted(set(rows["author"])),
        again=wanted.again,
        codebook=codebook.hash,
    )


def _drawn(draw: Draw, rows: pd.DataFrame, number: int) -> pd.DataFrame:
    """The rows with their probabilities, and the tasks of those drawn, in random order."""
    random = np.random.default_rng([draw.seed, number])  # the same seed draws anew in a further draw
    sizes = {str(author): int(size) for author, size in rows["author"].value_counts(sort=False).items()}
    count = allocate(dict(sorted(sizes.items())), draw.size, least=draw.least_per_author)
    probability, chosen = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for author, places in sorted(rows.groupby("author").indices.items()):
        weights = mixture(rows["uncertainty"].to_numpy()[places], floor=draw.floor)
        probability[places] = inclusion(weights, count[str(author)])
        chosen[places] = pivotal(probability[places], random)
    task = np.full(len(rows), "", dtype=object)
    numbers = random.permutation(int(chosen.sum())) + 1
    task[chosen] = [f"{draw.draw}-{it:04}" for it in numbers]
    return rows.assign(probability=probability, task=task)


def _stretches(drawn: pd.DataFrame, sentences: pd.DataFrame, context: int) -> list[Stretch]:
    there = {doc_id: part for doc_id, part in sentences.groupby("doc_id")}
    columns = [name for name in Stretch.model_fields if name in drawn.columns]
    made = []
    for row in drawn.to_dict("records"):
        said = {name: row[name] for name in columns} | dict.fromkeys(("before", "text", "after"), "")
        if row["task"]:
            said |= _seen(row["text"], row["sent_id"], there[row["doc_id"]], context)
        made.append(Stretch.model_validate(said))
    return made


def _seen(text: str, sent_id: int, document: pd.DataFrame, context: int) -> dict[str, str]:
    """A sentence with those before and after it, each with single spaces only."""
    place = int(np.flatnonzero(document["sent_id"].to_numpy() == sent_id)[0])
    texts = list(document["text"])
    seen = {
        "before": " ".join(texts[max(place - context, 0) : place]),
        "text": text,
        "after": " ".join(texts[place + 1 : place + 1 + context]),
    }
    return {name: " ".join(it.split()) for name, it in seen.items()}


def _files(
    out: Path, form: str, draw: Draw, tasks: Sequence[Stretch], codebook: Codebook
) -> dict[Path, str]:
    """The coder's file, and what belongs to it, with their texts."""
    main, *more = formats.written(form, draw, tasks, codebook).items()
    files = {out: main[1]} | {out.with_name(f"{out.stem.split('.')[0]}{ending}"): it for ending, it in more}
    for path in files:
        if path.exists():
            raise CrossframeError("is there already", where=path, hint="move it, or give another --out")
        if not path.parent.is_dir():
            raise CrossframeError(
                "no such folder", where=path.parent, hint="make it, or give another --out"
            )
    return files


def _carry_out(project: Project, plan: Plan) -> Path:
    """Write the files, then record the draw; after any failure none of them is left."""
    try:
        for path, text in plan.files.items():
            with replacing(path) as temporary:
                temporary.write_text(text, encoding="utf-8", newline="")
        return draws.write(project, plan.draw, plan.stretches)
    except BaseException:
        if plan.draw.draw not in draws.names(project):
            for path in plan.files:
                path.unlink(missing_ok=True)
        raise


def _told(plan: Plan) -> Iterator[str]:
    """The draw in a table: authors, how many sentences of how many, with which probabilities."""
    draw, rows = plan.draw, plan.stretches
    how = f"by uncertainty of coder {draw.scores!r}" if draw.scores else "all alike"
    what = f"units of coder {draw.again!r}" if draw.again else "sentences without codes"
    yield visible(f"{draw.draw}: {draw.size} of {len(rows)} {what}, {how}, seed {draw.seed}")
    left_out = {"coded already": plan.left_out.coded, "out with earlier draws": plan.left_out.out}
    for reason, count in left_out.items():
        if count:
            yield f"left out: {count} {reason}"
    width = max(map(len, map(visible, draw.authors)))
    yield f"  {'author':<{width}}  there  drawn  probability"
    for author in draw.authors:
        own = [it for it in rows if it.author == author]
        low, high = min(it.probability for it in own), max(it.probability for it in own)
        span = f"{low:.3f}" if low == high else f"{low:.3f} to {high:.3f}"
        yield f"  {visible(author):<{width}}  {len(own):>5}  {sum(bool(it.task) for it in own):>5}  {span}"
