"""How figures become SVG: the same bytes in every process, words as words, and described in words."""

import io
import textwrap
import warnings
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from nlp.errors import visible

INK, PALE = "#1f2d3d", "#8a94a0"
SHADES = ("#1f2d3d", "#c9d3dd", "#ffffff", "#76899b")  # that differ in black and white, with HATCHES
HATCHES = ("", "///", "...", "xxx")
_STYLE = {
    "svg.hashsalt": "crossframe",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,  # a name may have dollar signs
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_LONGEST = 28  # characters of a name beside an axis
_INCH = 16  # characters of a line below the figure, to an inch


def draw(
    fill: Callable[[Any], None],
    *,
    size: tuple[float, float],
    title: str,
    description: str,
    below: Sequence[str] = (),
) -> str:
    """An SVG of a figure that `fill` draws into; `size` in inches.

    Title and description are for screen readers; what is `below` stands under the figure, in lines that
    fit. The same at every call: no date, no random ids.
    """
    from matplotlib import rc_context  # 0.5 s
    from matplotlib.figure import Figure

    written = io.StringIO()
    with rc_context(_STYLE), warnings.catch_warnings():
        # The font has no sign for some scripts; whoever opens the file may have one.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=size, layout="constrained")
        fill(figure)
        if below:
            lines = [part for line in below for part in textwrap.wrap(visible(line), int(_INCH * size[0]))]
            figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=7, color="#444444")
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    svg = "\n".join(line.rstrip() for line in written.getvalue().splitlines())
    return _told(svg, title, description) + "\n"


def _told(svg: str, title: str, description: str) -> str:
    """The SVG as one image with a name and a description."""
    head, rest = svg.split("<svg ", 1)
    start, inside = rest.split(">", 1)
    words = f"<title>{escape(visible(title))}</title>\n<desc>{escape(visible(description))}</desc>"
    label = escape(visible(title), {'"': "&quot;"})
    return f'{head}<svg role="img" aria-label="{label}" {start}>\n{words}{inside}'


def short(name: str) -> str:
    """A name that fits beside an axis: in one line, cut if it is long."""
    shown = visible(name)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def title(name: str) -> str:
    """A heading of a panel: in two lines at most."""
    tied = visible(name).replace(" · ", "\N{NO-BREAK SPACE}· ")  # no line begins with the dot
    lines = textwrap.wrap(tied, _LONGEST)
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")


def say_nothing(figure: Any, why: str) -> None:
    """A figure without data says why."""
    figure.text(0.5, 0.55, why, ha="center", va="center", fontsize=10)
