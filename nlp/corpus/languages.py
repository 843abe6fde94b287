"""Warnings about a document's language."""

import re

from nlp.language import detect


def language_warnings(text: str, listed: str, expected: str) -> list[str]:
    """What is odd about a document whose manifest says `listed` in a pipeline for `expected`.

    Regions and scripts do not count: `en-GB` is `en`.
    """
    return warnings_of(detect(text), listed, expected)


def warnings_of(found: str | None, listed: str, expected: str) -> list[str]:
    """The same for a text that looks like `found`, where that can be told."""
    warnings = []
    if _plain(listed) != _plain(expected):
        warnings.append(f"its language is {listed}, but the pipeline is made for {expected}")
    if found is not None and found != _plain(listed):
        warnings.append(f"the text looks like {found}, but corpus.yaml says {listed}")
    return warnings


def _plain(code: str) -> str:
    return re.split("[-_]", code.strip().casefold())[0]
