"""Grammar and form of a unit, whatever it is about."""

from collections.abc import Iterator

from nlp.features.parsed import Parsed

_MODALS = frozenset({"may", "might", "can", "could", "would", "should"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_CONTRASTS = frozenset(
    {"but", "however", "yet", "although", "though", "despite", "while", "whereas", "nevertheless"}
)
_AUTHORS = frozenset({"we", "i", "our", "my", "us"})
_OPENING, _CLOSING = frozenset("“«„"), frozenset("”»")


def syntax_rows(parsed: Parsed) -> Iterator[tuple[str, float]]:
    """Feature and value: negation, modality, question, quotation, reports, the author's own voice."""
    words = [it.lower() for it in parsed.text]
    counted = {
        "negation": parsed.dep.count("neg"),
        "modal": sum(it in _MODALS for it in words),
        "condition": sum(it in _CONDITIONS for it in words),
        "contrast": sum(it in _CONTRASTS for it in words),
        "own voice": sum(it in _AUTHORS for it in words),
        "question": words.count("?"),
        "reported clause": parsed.dep.count("ccomp"),
        "reported by a name": _reported_by_name(parsed),
        "passive": parsed.dep.count("nsubjpass"),
        "quoted": _quoted(words),
    }
    yield from ((name, float(value)) for name, value in counted.items() if value)


def _reported_by_name(parsed: Parsed) -> int:
    """Clauses that hang on a verb whose subject is a name."""
    named = {
        head
        for dep, pos, head in zip(parsed.dep, parsed.pos, parsed.head, strict=True)
        if dep == "nsubj" and pos == "PROPN"
    }
    return sum(dep == "ccomp" and head in named for dep, head in zip(parsed.dep, parsed.head, strict=True))


def _quoted(words: list[str]) -> float:
    """Share of the tokens that stand between quotation marks."""
    inside, count = False, 0
    for it in words:
        if it in _CLOSING or (it == '"' and inside):
            inside = False
        elif it in _OPENING or it == '"':
            inside = True
        else:
            count += inside
    return count / max(len(words), 1)
