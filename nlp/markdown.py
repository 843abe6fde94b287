"""Words that come from texts and configuration, as GitHub's Markdown shows them just as they are."""

import re

from nlp.errors import visible

# An underscore within a word is none; < and & only where they begin a tag or a sign.
_MARKUP = re.compile(r"[\\`*|~$]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BRACKET = re.compile(r"\[(?![−+\d., <>%\\]+\](?![\[(:]))")  # but not that of an interval
_SIGN = re.compile(r":(?=[\w/+-])")  # :smile: and https://


def escaped(text: str) -> str:
    """The text, in one line and without any markup; in a cell of a table, too.

    At the beginning of a line it may still be taken for a list or a heading.
    """
    found = _MARKUP.sub(r"\\\g<0>", visible(text.strip()))
    return _SIGN.sub(r"\\:", _BRACKET.sub(r"\\[", found))
