"""Names in the texts: mentions as they are found, the entities they stand for, and how good both are."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column

CITED = "cited author"  # kind of entity
UNLISTED = "unlisted/"  # before the id of an entity that the registry does not list


class Mentions(Table):
    """A mention of a named entity as one of two recognisers finds it."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    raw_start: Series[int] = column("Start in the raw text.", ge=0)
    raw_end: Series[int] = column("End in the raw text.", ge=0)
    text: Series[str] = column("The mention as it stands.")
    label: Series[str] = column("Kind of name (OntoNotes 5; WORK for works and projects).")
    recogniser: Series[str] = column(
        "pipeline: model, registry, definitions and citations together. model: the statistical model alone,"
        " for comparison.",
        isin=["pipeline", "model"],
    )
    found_by: Series[str] = column(
        "What found it: a name of the registry, an abbreviation that the document defines, an author-year"
        " citation, or the model.",
        isin=["registry", "abbreviation", "citation", "model"],
    )
    entity_id: Series[str] = column("Id in configs/entities.yaml; empty if the registry does not decide.")
    long_form: Series[str] = column("What the document says an abbreviation stands for; else empty.")
    cited: Series[bool] = column("Whether it names the author of a work cited by year.")


class Entities(Table):
    """A mention of a named entity, with whom or what it stands for."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    raw_start: Series[int] = column("Start in the raw text.", ge=0)
    raw_end: Series[int] = column("End in the raw text.", ge=0)
    text: Series[str] = column("The mention as it stands.")
    label: Series[str] = column("Kind of name (OntoNotes 5; WORK for works and projects).")
    kind: Series[str] = column(f"Kind of entity; {CITED!r} where a person is named as author of a work.")
    entity_id: Series[str] = column(
        "Id in configs/entities.yaml, or 'unlisted/...' for names that it does not list."
    )
    entity: Series[str] = column("Canonical name: of the registry, or the fullest form in the texts.")
    metonym_of: Series[str] = column("Id of the actor that a capital or seat stands for, or empty.")
    adjective_of: Series[str] = column("Id of the actor that an adjective or people belongs to, or empty.")
    actor_id: Series[str] = column("Who is meant where metonyms and adjectives count for their actor.")
    linked_by: Series[str] = column(
        "alias: a name of the registry. abbreviation: defined in the document. surname: the only person of"
        " that surname, in the document or else in the corpus. model: by its own words alone.",
        isin=["alias", "abbreviation", "surname", "model"],
    )
    confidence: Series[float] = column("How far the link can be trusted (0 to 1).", ge=0, le=1)


class CodedMentions(Table):
    """A coded mention of a coded unit; a unit without any has one row without mention."""

    unit: Series[str] = column("Name of the coded stretch of text.")
    doc_id: Series[str] = column("Name of the document.")
    block: Series[str] = column("Block of units that were drawn together.")
    unit_start: Series[int] = column("Start of the unit in the raw text.", ge=0)
    unit_end: Series[int] = column("End of the unit in the raw text.", ge=0)
    unit_text: Series[str] = column("The unit as the coders saw it.")
    start: Series[pd.Int64Dtype] = column("Start of the mention in unit_text.", ge=0, nullable=True)
    end: Series[pd.Int64Dtype] = column("End of the mention in unit_text.", ge=0, nullable=True)
    label: Series[str] = column("Kind of name; empty if the unit has no mention.")
    entity: Series[str] = column("Canonical name; empty if the unit has no mention.")


class EntityQuality(Table):
    """How well names are found and linked in the coded sentences."""

    recogniser: Series[str] = column("pipeline, or the model alone.", isin=["pipeline", "model"])
    task: Series[str] = column(
        "strict: same span and label. lenient: same label, spans that overlap. linking: the entity of"
        " mentions that are found (strict).",
        isin=["strict", "lenient", "linking"],
    )
    label: Series[str] = column("Label, or 'all'.")
    measure: Series[str] = column("What is estimated.", isin=["precision", "recall", "f1", "accuracy"])
    estimate: Series[float] = column("Its value (0 to 1).", ge=0, le=1, nullable=True)
    low: Series[float] = column(
        "Lower end of the interval (bootstrap of blocks).", ge=0, le=1, nullable=True
    )
    high: Series[float] = column("Upper end of the interval.", ge=0, le=1, nullable=True)
    count: Series[int] = column("Coded mentions of the label; for linking those that were found.", ge=0)


class CheckedNames(Table):
    """A name in a coded unit, as coded and as found: the cases behind table `entity_quality`."""

    unit: Series[str] = column("Name of the coded stretch of text.")
    doc_id: Series[str] = column("Name of the document.")
    number: Series[int] = column("Number in the unit: first the coded names, then the others.", ge=0)
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    start: Series[pd.Int64Dtype] = column(
        "Start in the clean text; missing where a coded name has no place there.", ge=0, nullable=True
    )
    end: Series[pd.Int64Dtype] = column("End in the clean text.", ge=0, nullable=True)
    text: Series[str] = column("The name as it stands in the clean text.")
    label: Series[str] = column("Kind of name.")
    coded_entity: Series[str] = column("Canonical name by the coders; empty if it is not coded.")
    entity: Series[str] = column("Canonical name by the pipeline; empty if it does not find it.")
    pipeline: Series[str] = column(
        "right: span, label and entity as coded. mislinked: another entity. missed: not found with this"
        " span and label. false: found, not coded. Empty: neither.",
        isin=["right", "mislinked", "missed", "false", ""],
    )
    model: Series[str] = column(
        "The same of the statistical model alone, which links nothing.",
        isin=["right", "missed", "false", ""],
    )


class Actors(Table):
    """How often a group names an entity, in the zones that are compared."""

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    counted: Series[str] = column(
        "named: every name for itself. rolled up: capitals, seats and adjectives count for their actor.",
        isin=["named", "rolled up"],
    )
    entity_id: Series[str] = column("Id in configs/entities.yaml, or 'unlisted/...'.")
    entity: Series[str] = column("Canonical name.")
    kind: Series[str] = column("Kind of entity; cited authors are kept apart from persons.")
    count: Series[int] = column("Mentions.", ge=0)
    rate: Series[float] = column("Mentions per 1,000 words.", ge=0, nullable=True)
    low: Series[float] = column("Lower end of the interval of the rate.", ge=0, nullable=True)
    high: Series[float] = column("Upper end of the interval of the rate.", ge=0, nullable=True)
    share: Series[float] = column(
        "Share of all the group's mentions, those of cited authors included (0 to 1).",
        ge=0,
        le=1,
        nullable=True,
    )
    first_doc_id: Series[str] = column("Document of the group's first mention; empty if there is none.")
    first_sent_id: Series[pd.Int64Dtype] = column(
        "Number of the sentence of that mention; missing if there is none.", ge=0, nullable=True
    )


class ActorGroups(Table):
    """How often a group names entities of a kind, or of a group of the registry (rolled up)."""

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    grouping: Series[str] = column("kind, or group of the registry.", isin=["kind", "group"])
    name: Series[str] = column("Name of the kind or group; an entity may be in several groups.")
    entities: Series[int] = column("Different entities named.", ge=0)
    count: Series[int] = column("Mentions.", ge=0)
    rate: Series[float] = column("Mentions per 1,000 words.", ge=0, nullable=True)
    low: Series[float] = column("Lower end of the interval of the rate.", ge=0, nullable=True)
    high: Series[float] = column("Upper end of the interval of the rate.", ge=0, nullable=True)
    share: Series[float] = column(
        "Share of all the group's mentions, those of cited authors included (0 to 1).",
        ge=0,
        le=1,
        nullable=True,
    )


class Comentions(Table):
    """Two actors (rolled up, cited authors left out) that are named together."""

    author: Series[str] = column(
        "Group of documents: the author, or what compare.group_by says; 'all' for the whole corpus."
    )
    unit: Series[str] = column("What names both: sentences or paragraphs.", isin=["sentence", "paragraph"])
    source: Series[str] = column("Id of an actor, the earlier in the alphabet.")
    target: Series[str] = column("Id of the other.")
    source_name: Series[str] = column("Name of the source.")
    target_name: Series[str] = column("Name of the target.")
    count: Series[int] = column("Units that name both.", ge=1)
    source_count: Series[int] = column("Units that name the source.", ge=1)
    target_count: Series[int] = column("Units that name the target.", ge=1)
    expected: Series[float] = column(
        "Units that would name both by chance: source_count * target_count / all units.", ge=0
    )
    npmi: Series[float] = column(
        "Normalised pointwise mutual information: 0 as expected by chance, 1 never apart (Bouma 2009).",
        ge=-1,
        le=1,
        nullable=True,
    )
