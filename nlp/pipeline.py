"""The whole data flow in one table.

A stage is a pure function `run(params, *, table_a, table_b) -> Result` in the room of its name. What
it reads, writes and depends on stands here; `runner.py` does the reading, checking and writing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stage:
    """One row of the data flow."""

    name: str
    does: str
    reads: tuple[str, ...]
    writes: tuple[str, ...] = ()
    by_document: bool = False
    configs: tuple[str, ...] = ()
    publishes: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[str, ...] = ()  # modules beside the rooms that take part in the computing
    libraries: tuple[str, ...] = ()  # those whose version can change a number
    model: str | None = None  # the parameter that names an installed model
    recalls: str = ""  # the own table of which earlier rows are given as `earlier`, to save time
    remembers: tuple[str, ...] = ()  # own published tables of the last run, given as `last`


_TOPICS = (
    "topic_vocabulary",
    "topic_model",
    "topic_terms",
    "topic_quality",
    "topic_choice",
    "topic_changes",
)

_CODING = ("codebook", "codes", "coding", "embedding", "units")  # modules for codes by a machine

_JUDGED = ("coder_quality", "confusion", "mistakes", "ablation", "reliability")

_COMPARED = (
    "members",
    "authors",
    "author_zones",
    "prevalence",
    "frame_differences",
    "frame_actors",
    "frame_course",
    "topic_shares",
    "topic_differences",
    "topic_passages",
    "actors",
    "actor_groups",
    "comentions",
    "contrasts",
    "distances",
    "distance_map",
    "robustness",
    "variants",
)

_EXHIBITS = {"exhibits": "outputs/exhibits"} | {
    name: f"outputs/figures/{name}.svg" for name in ("frames", "stances", "topics", "distances", "course")
}

STAGES: tuple[Stage, ...] = (
    Stage(
        "corpus",
        "reads the source files",
        reads=("sources",),
        writes=("documents", "pages"),
        by_document=True,
        shared=("engine", "language", "lexicon", "reading"),
        libraries=(
            "lxml",
            "py3langid",
            "pypdf",
            "python-docx",
            "spacy-lookups-data",
            "striprtf",
            "trafilatura",
        ),
    ),
    Stage(
        "inventory",
        "counts the words of the whole corpus and finds near-duplicate texts",
        reads=("documents",),
        writes=("words", "duplicates"),
        publishes=("duplicates",),
        libraries=("datasketch", "numpy"),
    ),
    Stage(
        "clean",
        "makes clean paragraphs, with every change on record",
        reads=("documents", "words"),
        writes=("texts", "edits", "zones", "cleaning"),
        by_document=True,
        configs=("registry",),
        publishes=("cleaning",),
        shared=("lexicon", "registry"),
        libraries=("ftfy", "numpy", "spacy-lookups-data"),
    ),
    Stage(
        "annotate",
        "finds sentences, lemmas and mentions of named entities",
        reads=("texts", "edits", "zones", "pages"),
        writes=("sentences", "tokens", "mentions"),
        by_document=True,
        configs=("registry",),
        shared=("registry", "spans"),
        model="language",
        libraries=("spacy",),
    ),
    Stage(
        "entities",
        "links mentions to whom or what they stand for, and measures how well that goes",
        reads=("texts", "sentences", "mentions", "coded_mentions"),
        writes=("entities", "entity_quality", "checked_names"),
        configs=("registry",),
        publishes=("entity_quality", "checked_names"),
        files={"metrics": "outputs/metrics/entities.json"},
        shared=("manifest", "registry", "stats"),
        libraries=("numpy", "pandas"),
    ),
    Stage(
        "passages",
        "cuts texts into passages and takes their terms, names among them",
        reads=("texts", "sentences", "tokens", "entities"),
        writes=("passages", "passage_terms"),
        by_document=True,
        configs=("registry",),
        shared=("registry",),
        libraries=("pandas",),
    ),
    Stage(
        "topics",
        "chooses a topic model and a number of topics, by a rule, and fits it",
        reads=("passages", "passage_terms"),
        writes=(*_TOPICS, "topic_runs"),
        # What has changed comes first: so a run that is killed between two tables can be repeated.
        publishes=("topic_changes", *(it for it in _TOPICS if it != "topic_changes")),
        files={"metrics": "outputs/metrics/topics.json", "figure": "outputs/figures/topic_choice.svg"},
        shared=("drawing", "stats", "topic_models"),
        libraries=("gensim", "matplotlib", "numpy", "pandas", "scikit-learn", "scipy"),
        remembers=_TOPICS,
    ),
    Stage(
        "mixtures",
        "tells of which topics each passage is made",
        reads=("passages", "passage_terms", "topic_vocabulary", "topic_model"),
        writes=("topic_weights",),
        by_document=True,
        shared=("stats", "topic_models"),
        libraries=("gensim", "numpy", "pandas", "scipy"),
    ),
    Stage(
        "counts",
        "counts words and names in segments of the texts",
        reads=("sentences", "tokens", "entities"),
        writes=("measures", "occurrences", "counts"),
        by_document=True,
        libraries=("numpy", "pandas"),
    ),
    Stage(
        "features",
        "cuts texts into units and counts in each what a coder may look at",
        reads=("sentences", "tokens", "entities"),
        writes=("units", "cues", "features"),
        by_document=True,
        configs=("codebook",),
        shared=("codebook", "cues", "units"),
        libraries=("numpy", "pandas"),
    ),
    Stage(
        "embed",
        "turns units into vectors of their meaning",
        reads=("units",),
        writes=("embeddings",),
        by_document=True,
        shared=("codebook", "embedding", "units"),
        libraries=("numpy", "onnxruntime", "pandas", "tokenizers"),
        model="embedding",
        recalls="embeddings",
    ),
    Stage(
        "coder",
        "trains and validates the frame coder, leaving whole authors out",
        reads=("documents", "units", "features", "embeddings", "codings"),
        writes=("statements", "coded_sentences", "coder_weights", "validation", *_JUDGED),
        configs=("codebook",),
        publishes=_JUDGED,
        files={"metrics": "outputs/metrics/frames.json"},
        shared=("agreement", *_CODING, "cues", "manifest", "spans", "stats"),
        libraries=("numpy", "onnxruntime", "pandas", "scikit-learn", "scipy", "tokenizers"),
        model="embedding",
    ),
    Stage(
        "frames",
        "codes every unit for frames and their stance, and says why",
        reads=(
            "texts",
            "units",
            "cues",
            "features",
            "embeddings",
            "statements",
            "coded_sentences",
            "coder_weights",
        ),
        writes=("frame_codes", "explanations"),
        by_document=True,
        configs=("codebook",),
        shared=_CODING,
        libraries=("numpy", "onnxruntime", "scikit-learn", "scipy", "tokenizers"),
        model="embedding",
    ),
    Stage(
        "compare",
        "compares authors, or other groups, by what they name, write about and how they frame it",
        reads=(
            "documents",
            "sentences",
            "measures",
            "counts",
            "entities",
            "passages",
            "topic_quality",
            "topic_runs",
            "topic_weights",
            "units",
            "validation",
            "frame_codes",
        ),
        writes=_COMPARED,
        configs=("codebook", "registry"),
        publishes=_COMPARED,
        files={"network": "outputs/figures/comentions.gexf"},
        shared=("codebook", "codes", "manifest", "registry", "shares", "stats", "units"),
        libraries=("networkx", "numpy", "pandas", "scipy"),
    ),
    Stage(
        "exhibits",
        "sets tables and figures for a paper",
        reads=_COMPARED,
        configs=("codebook",),
        files=_EXHIBITS,
        shared=("codebook", "drawing", "manifest", "markdown"),
        libraries=("great-tables", "jinja2", "lxml", "matplotlib", "pandas", "xlsxwriter"),
    ),
    Stage(
        "report",
        "writes the report with the sentences behind every figure",
        reads=(
            "documents",
            "duplicates",
            "texts",
            "edits",
            "zones",
            "cleaning",
            "sentences",
            "entities",
            "entity_quality",
            "checked_names",
            "passages",
            "topic_terms",
            "topic_quality",
            "topic_choice",
            "topic_changes",
            "topic_weights",
            "occurrences",
            "units",
            "coded_sentences",
            *_JUDGED,
            "validation",
            "frame_codes",
            "explanations",
            *_COMPARED,
            "provenance",
        ),
        configs=("codebook", "registry"),
        files={"report": "outputs/report"},
        shared=("codebook", "codes", "manifest", "registry", "spans", "units"),
        libraries=("jinja2", "networkx", "numpy", "pandas"),
    ),
)

BY_NAME: dict[str, Stage] = {stage.name: stage for stage in STAGES}
WRITER: dict[str, Stage] = {table: stage for stage in STAGES for table in stage.writes}
SOURCES = ("sources", "codings", "coded_mentions", "provenance")
WHOLE = "all"  # the one part of a stage that works on the whole corpus
