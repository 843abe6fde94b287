"""How uncertain the codes of a sentence are."""

import numpy as np
import pandas as pd

from nlp.codes import coder_of_all


def uncertainty(frame_codes: pd.DataFrame) -> pd.Series:
    """From 0 to 1 for every sentence (index doc_id, sent_id), from its scores in table `frame_codes`.

    Twice the root of the mean over frames of p(1 - p), p being the score of the frame: the standard
    deviation of an error of the machine, if its scores are right. Sampling in proportion to it is what
    makes a share corrected by the sample vary least (Särndal, Swensson & Wretman 1992, section 12.2;
    Kossen et al., Active Testing, ICML 2021). Cue words give no probability: a frame that has one counts
    as wholly uncertain, one that has none as certain.
    """
    coder = coder_of_all(frame_codes)
    rows = frame_codes[frame_codes["coder"] == coder]
    score = rows["score"] * (1.0 if coder == "machine" else 0.5)
    variance = (score * (1 - score)).groupby([rows["doc_id"], rows["sent_id"]]).mean()
    return 2 * np.sqrt(variance)
