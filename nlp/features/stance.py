"""How a unit speaks of a frame: which words of denial, report and doubt bear on it.

A frame is where its cue words are, or else in the main clause. A stance cue bears on it if the parse puts
the frame under the cue, or under the word that the cue belongs to; less so for every clause between the
two (after ConText, Harkema et al. 2009, and de Marneffe, Manning & Potts 2012).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from nlp.cues import Hit, Source
from nlp.features.parsed import Parsed

Rows = Iterator[tuple[str, str, str, float]]  # frame, view, feature, value

_CLAUSES = frozenset({"acl", "advcl", "ccomp", "conj", "csubj", "parataxis", "relcl"})
_FADES = 0.5  # per clause in between


def stance_rows(parsed: Parsed, hits: Sequence[Hit], frames: Sequence[str], stances: Sequence[str]) -> Rows:
    """Stance cues anywhere in the unit (for all frames alike), and those that bear on each frame."""
    found = [(it.source, own) for it in hits if (own := parsed.within(it.start, it.end))]
    cues = [it for it in found if it[0].name in stances]
    for (name, group), count in Counter(source for source, _ in cues).items():
        yield "", "groups", f"{name}/{group}", float(count)
    if not cues:
        return
    anchors = {name: [own for source, own in found if source.name == name] for name in frames}
    elsewhere = _bearing(parsed, [], cues)  # the same for all frames without a word of theirs
    for frame in frames:
        values = _bearing(parsed, anchors[frame], cues) if anchors[frame] else elsewhere
        yield from ((frame, "scope", name, value) for name, value in values.items())


def _bearing(
    parsed: Parsed, anchors: Sequence[range], cues: Sequence[tuple[Source, range]]
) -> Mapping[str, float]:
    """Cues that are part of the frame's own words count apart: they deny or report nothing of it."""
    own = {token for tokens in anchors for token in tokens}
    ways = [_crossings(parsed, parsed.head_of(it)) for it in anchors]
    ways = ways or [_crossings(parsed, it) for it in parsed.roots]
    values: dict[str, float] = defaultdict(float)
    for (stance, group), tokens in cues:
        if own.intersection(tokens):
            values[f"inside {stance}"] += 1
            continue
        strength = max((_strength(parsed, tokens, way) for way in ways), default=0.0)
        values[f"any {stance}"] += 1
        if strength:
            values[f"bears {stance}"] += strength
            values[f"bears {stance}/{group}"] += strength
    return values


def _crossings(parsed: Parsed, token: int) -> Mapping[int, int]:
    """For every word above a token, how many clauses lie between them."""
    crossed, found = 0, {}
    for it in parsed.way_up(token):
        found[it] = crossed
        crossed += parsed.dep[it] in _CLAUSES
    return found


def _strength(parsed: Parsed, tokens: Sequence[int], way: Mapping[int, int]) -> float:
    """How far a cue bears on what lies at the foot of the way: 1 in the same clause, 0 not at all."""
    top = parsed.head_of(tokens)
    above = [way[it] for it in (top, parsed.head[top]) if it in way]
    return _FADES ** min(above) if above else 0.0
