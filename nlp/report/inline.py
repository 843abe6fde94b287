"""What stands in the page as it is: its script and its style, with the hashes that its policy allows."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

# In this order: what is used when the page is opened stands before it. `theme` goes before the page.
SCRIPTS = (
    "elements",
    "data",
    "query",
    "search",
    "coding",
    "matching",
    "find",
    "pieces",
    "copying",
    "grid",
    "difference",
    "marks",
    "drafts",
    "mark_form",
    "items",
    "filters",
    "list",
    "sentence",
    "texts",
    "panel",
    "routes",
    "tables",
    "keys",
    "bar",
    "start",
)


@cache
def early_script() -> Markup:
    """The script before the page is drawn: colours do not change after."""
    return Markup(_read("script/theme.js"))


@cache
def script() -> Markup:
    """All of `script/` as one function, whose result is the page's only global name."""
    parts = "\n".join(_read(f"script/{name}.js") for name in SCRIPTS)
    return Markup(f'const crossframe = (() => {{\n"use strict";\n{parts}}})();\n')


@cache
def style() -> Markup:
    """The style sheet."""
    return Markup(_read("templates/style.css"))


def policy(*, scripted: bool, beside: bool) -> str:
    """What the page may load: its own style and script, and from its folder the files beside it."""
    sources = [_hash(early_script()), _hash(script())] if scripted else ["'none'"]
    sources += ["'self'", "file:"] if beside else []
    return (
        f"default-src 'none'; style-src {_hash(style())}; script-src {' '.join(sources)};"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return files("nlp.report").joinpath(name).read_text(encoding="utf-8")
