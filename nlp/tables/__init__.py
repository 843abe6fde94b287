"""One schema per table. A table that does not fit stops the run; none is coerced or repaired.

Offsets are Python character offsets, half open. Long form: a second coder is more rows, never more
columns. `KEYS` names the columns that identify a row; tables are stored in that order.
"""

from collections.abc import Iterable, Sequence

import pandas as pd
import pandera.pandas as pa

from nlp.errors import TableError
from nlp.tables.codes import (
    Ablation,
    CodedSentences,
    CoderQuality,
    CoderWeights,
    Codings,
    Confusion,
    Explanations,
    FrameCodes,
    Mistakes,
    Reliability,
    Validation,
)
from nlp.tables.comparisons import FrameActors, FrameCourse, FrameDifferences, Prevalence
from nlp.tables.contrasts import Contrasts, DistanceMap, Distances, Robustness, Variants
from nlp.tables.features import Counts, Cues, Embeddings, Features, Measures, Occurrences, Statements
from nlp.tables.groups import Authors, AuthorZones, Members
from nlp.tables.names import (
    ActorGroups,
    Actors,
    CheckedNames,
    CodedMentions,
    Comentions,
    Entities,
    EntityQuality,
    Mentions,
)
from nlp.tables.provenance import Provenance
from nlp.tables.schema import Table
from nlp.tables.texts import (
    Cleaning,
    Documents,
    Duplicates,
    Edits,
    Pages,
    Sentences,
    Sources,
    Texts,
    Tokens,
    Units,
    Words,
    Zones,
)
from nlp.tables.topics import (
    Passages,
    PassageTerms,
    TopicChanges,
    TopicChoice,
    TopicDifferences,
    TopicModel,
    TopicPassages,
    TopicQuality,
    TopicRuns,
    TopicShares,
    TopicTerms,
    TopicVocabulary,
    TopicWeights,
)

SCHEMAS: dict[str, type[Table]] = {
    "sources": Sources,
    "documents": Documents,
    "pages": Pages,
    "words": Words,
    "duplicates": Duplicates,
    "texts": Texts,
    "edits": Edits,
    "zones": Zones,
    "cleaning": Cleaning,
    "sentences": Sentences,
    "tokens": Tokens,
    "mentions": Mentions,
    "coded_mentions": CodedMentions,
    "entities": Entities,
    "entity_quality": EntityQuality,
    "checked_names": CheckedNames,
    "passages": Passages,
    "passage_terms": PassageTerms,
    "topic_vocabulary": TopicVocabulary,
    "topic_model": TopicModel,
    "topic_terms": TopicTerms,
    "topic_quality": TopicQuality,
    "topic_choice": TopicChoice,
    "topic_runs": TopicRuns,
    "topic_changes": TopicChanges,
    "topic_weights": TopicWeights,
    "measures": Measures,
    "occurrences": Occurrences,
    "counts": Counts,
    "units": Units,
    "cues": Cues,
    "features": Features,
    "embeddings": Embeddings,
    "statements": Statements,
    "codings": Codings,
    "coded_sentences": CodedSentences,
    "coder_weights": CoderWeights,
    "validation": Validation,
    "coder_quality": CoderQuality,
    "confusion": Confusion,
    "mistakes": Mistakes,
    "ablation": Ablation,
    "reliability": Reliability,
    "frame_codes": FrameCodes,
    "explanations": Explanations,
    "members": Members,
    "authors": Authors,
    "author_zones": AuthorZones,
    "prevalence": Prevalence,
    "frame_differences": FrameDifferences,
    "frame_actors": FrameActors,
    "frame_course": FrameCourse,
    "topic_shares": TopicShares,
    "topic_differences": TopicDifferences,
    "topic_passages": TopicPassages,
    "actors": Actors,
    "actor_groups": ActorGroups,
    "comentions": Comentions,
    "contrasts": Contrasts,
    "distances": Distances,
    "distance_map": DistanceMap,
    "robustness": Robustness,
    "variants": Variants,
    "provenance": Provenance,
}

KEYS: dict[str, list[str]] = {
    "sources": ["doc_id"],
    "documents": ["doc_id"],
    "pages": ["doc_id", "page"],
    "words": ["form"],
    "duplicates": ["doc_id", "other"],
    "texts": ["doc_id"],
    "edits": ["doc_id", "raw_start", "raw_end", "rule"],
    "zones": ["doc_id", "paragraph"],
    "cleaning": ["doc_id", "rule"],
    "sentences": ["doc_id", "sent_id"],
    "tokens": ["doc_id", "start"],
    "mentions": ["doc_id", "start", "recogniser"],
    "coded_mentions": ["doc_id", "unit_start", "unit", "start"],
    "entities": ["doc_id", "start"],
    "entity_quality": ["recogniser", "task", "label", "measure"],
    "checked_names": ["doc_id", "unit", "number"],
    "passages": ["doc_id", "passage"],
    "passage_terms": ["doc_id", "start"],
    "topic_vocabulary": ["term"],
    "topic_model": ["topic", "term"],
    "topic_terms": ["topic", "ranking", "rank"],
    "topic_quality": ["topic"],
    "topic_choice": ["model", "n_topics"],
    "topic_runs": ["n_topics", "run", "topic", "doc_id"],
    "topic_changes": ["topic"],
    "topic_weights": ["doc_id", "passage", "topic"],
    "measures": ["doc_id", "sent_id"],
    "occurrences": ["doc_id", "sent_id", "word"],
    "counts": ["doc_id", "segment", "zone", "kind", "feature"],
    "units": ["doc_id", "sent_id"],
    "cues": ["doc_id", "sent_id", "start", "end", "name"],
    "features": ["doc_id", "sent_id", "frame", "view", "feature"],
    "embeddings": ["doc_id", "sent_id", "view"],
    "statements": ["frame", "kind", "number"],
    "codings": ["doc_id", "start", "unit", "coder", "frame"],
    "coded_sentences": ["doc_id", "sent_id", "coder", "frame"],
    "coder_weights": ["task", "target", "view", "feature"],
    "validation": ["scheme", "model", "doc_id", "sent_id", "frame"],
    "coder_quality": ["scheme", "model", "task", "frame", "stance", "author", "measure"],
    "confusion": ["scheme", "frame", "true_stance", "stance"],
    "mistakes": ["frame", "rank"],
    "ablation": ["scheme", "task", "views"],
    "reliability": ["task", "coder", "other", "frame"],
    "frame_codes": ["doc_id", "sent_id", "frame", "coder"],
    "explanations": ["doc_id", "sent_id", "frame", "task", "rank"],
    "members": ["author", "doc_id"],
    "authors": ["author"],
    "author_zones": ["author", "zone"],
    "prevalence": ["author", "frame", "stance", "method"],
    "frame_differences": ["author", "other", "frame", "stance"],
    "frame_actors": ["author", "frame", "stance", "entity_id"],
    "frame_course": ["doc_id", "frame", "stance", "part"],
    "topic_shares": ["topic", "author"],
    "topic_differences": ["topic", "author", "other"],
    "topic_passages": ["topic", "author", "rank"],
    "actors": ["counted", "author", "entity_id", "kind"],
    "actor_groups": ["grouping", "name", "author"],
    "comentions": ["author", "unit", "source", "target"],
    "contrasts": ["kind", "author", "other", "feature"],
    "distances": ["space", "author", "other"],
    "distance_map": ["space", "author"],
    "robustness": ["kind", "author", "other", "feature", "stance"],
    "variants": ["kind", "author", "other", "feature", "stance", "variant"],
    "provenance": ["kind", "name"],
}


def make(name: str, rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """A new table from rows of values in the schema's order of columns; no rows give an empty table.

    For what the program itself has computed: values take the column's type. Tables that come from
    elsewhere go through `check`, which changes no value.
    """
    return take(name, pd.DataFrame(list(rows), columns=list(SCHEMAS[name].to_schema().columns)))


def take(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A new table from its columns of a frame that may have others, too."""
    columns = SCHEMAS[name].to_schema().columns
    types = {column: schema.dtype.type for column, schema in columns.items()}
    return frame[list(columns)].reset_index(drop=True).astype(types)


def check(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table in the order of its key, or TableError with the columns that break the schema."""
    try:
        SCHEMAS[name].validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5)
        told = "; ".join(
            f"{case.column or case.failure_case}: {case.check} ({case.failure_case!r})"
            for case in cases.itertuples()
        )
        raise _broken(name, told) from error
    if table.duplicated(KEYS[name]).any():
        row = table.loc[table.duplicated(KEYS[name]), KEYS[name]].iloc[0].to_dict()
        raise _broken(name, f"two rows for {row}")
    return table.sort_values(KEYS[name], kind="stable", ignore_index=True)


def _broken(name: str, told: str) -> TableError:
    return TableError(
        told,
        where=f"table {name}",
        hint="this is a fault of the stage that wrote it: delete outputs/work and run again, or report it",
    )
