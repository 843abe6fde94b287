"""In how many units who sees a frame: the counts behind the figures on frames, as their lists have them."""

from collections.abc import Mapping

import pandas as pd

from nlp.codebook import ANY
from nlp.codes import coder_of_all, sample_of

_KEYS = ["doc_id", "sent_id", "frame"]

Seen = Mapping[tuple[str, str, str, str], int]  # author, frame, stance or any, and by whom


def units_seen(frame_codes: pd.DataFrame, validation: pd.DataFrame, members: pd.DataFrame) -> Seen:
    """Units by author (or other group), frame, stance and who sees it; none where there is no entry.

    `coded`: the reference coder, in the sample. `machine`: the machine of all documents, or cue words
    where none could be trained. `best`: the reference in the sample, the machine elsewhere.
    """
    judged = sample_of(validation, "cues")
    coded = judged[judged["true_present"]].drop(columns="stance").rename(columns={"true_stance": "stance"})
    all_units = frame_codes[frame_codes["coder"] == coder_of_all(frame_codes)]
    machine = all_units[all_units["present"]]
    known = pd.MultiIndex.from_frame(judged[_KEYS])
    elsewhere = machine[~pd.MultiIndex.from_frame(machine[_KEYS]).isin(known)]
    seen = {"coded": coded, "machine": machine, "best": pd.concat([coded, elsewhere])}
    group = members.set_index("doc_id")["author"]
    return {key: n for by, codes in seen.items() for key, n in _counts(codes, group, by).items()}


def _counts(codes: pd.DataFrame, group: pd.Series, by: str) -> dict[tuple[str, str, str, str], int]:
    either = pd.concat([codes, codes.assign(stance=ANY)])
    sizes = either.assign(author=either["doc_id"].map(group)).groupby(["author", "frame", "stance"]).size()
    return {(str(author), str(frame), str(it), by): int(n) for (author, frame, it), n in sizes.items()}
