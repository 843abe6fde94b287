"""Draws the report. Formats what `summary.py` decided; computes nothing."""

import re
from collections.abc import Mapping
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from nlp.errors import visible
from nlp.manifest import ALL
from nlp.report.inline import early_script, policy, script, style
from nlp.report.opening import NOWHERE, leads, opens
from nlp.report.sections.frames import Share
from nlp.report.sections.outcomes import OUTCOMES
from nlp.report.sections.validation import ENOUGH, Figure
from nlp.report.summary import Summary
from nlp.report.volumes import Drawn, Volume

# They turn the direction of what follows them, numbers included, to the end of the paragraph.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def to_html(summary: Summary, drawn: Drawn) -> str:
    """The report as one page. Every text is escaped; only the templates make markup."""
    return _draw("page.html", drawn.pages, **summary._asdict(), drawn=drawn)


def text_page(summary: Summary, volume: Volume) -> str:
    """Some texts as a page of their own, with the index of their codes."""
    return _draw("text_page.html", NOWHERE, **summary._asdict(), volume=volume)


def _draw(name: str, pages: Mapping[str, str], **shown: object) -> str:
    environment = Environment(
        loader=PackageLoader("nlp.report"),
        autoescape=True,
        finalize=_steady,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (
        percent,
        whole,
        points,
        bounds,
        tenth,
        signed_tenth,
        hundredth,
        signed,
        times,
        p_value,
        compared,
    )
    environment.filters |= {it.__name__: it for it in filters}
    environment.globals |= {"enough": ENOUGH, "outcome_labels": OUTCOMES, "all": ALL}
    environment.globals |= {it.__name__: partial(it, pages=pages) for it in (opens, leads)}
    environment.globals |= {it.__name__: it for it in (early_script, script, style, policy)}
    return environment.get_template(name).render(**shown) + "\n"


def _steady(value: object) -> object:
    """Texts with signs for characters that would turn the words around them."""
    return _TURNING.sub(lambda it: visible(it[0]), value) if type(value) is str else value


def percent(share: float) -> str:
    """`0.1234` -> `12.3 %`; unknown -> a dash."""
    return "–" if share != share else f"{100 * share:.1f} %"


def bounds(share: Share | Figure) -> str:
    """The interval in per cent, `8.0–18.4`; unknown -> nothing."""
    return "" if share.low != share.low else f"{100 * share.low:.1f}–{100 * share.high:.1f}"


def points(share: float) -> str:
    """A difference of shares in points: `-0.1234` -> `−12.3`; unknown -> a dash."""
    return "–" if share != share else f"{round(100 * share, 1) + 0.0:.1f}".replace("-", "−")


def whole(share: float) -> str:
    """A share or difference in whole per cent or points, without a sign for them: `0.1234` -> `12`."""
    return "–" if share != share else f"{100 * share:.0f}"


def times(log_ratio: float) -> str:
    """How many times as often, of a log2: `3.32` -> `10`; below ten with a decimal."""
    ratio = 2**log_ratio
    return f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:,.0f}"


def signed_tenth(number: float) -> str:
    """`-12.34` -> `−12.3`; unknown -> a dash."""
    return "–" if number != number else f"{round(number, 1) + 0.0:.1f}".replace("-", "−")


def compared(p: float) -> str:
    """A p- or q-value after its name: `= 0.012`, `< 0.001`; unknown -> a dash."""
    return "–" if p != p else p_value(p) if p < 0.001 else f"= {p_value(p)}"


def tenth(number: float) -> str:
    """`12.34` -> `12.3`; unknown -> a dash."""
    return "–" if number != number else f"{number:.1f}"


def hundredth(number: float) -> str:
    """`-0.1234` -> `−0.12`; unknown -> a dash."""
    return "–" if number != number else f"{number:.2f}".replace("-", "−")


def signed(number: float) -> str:
    """`0.1234` -> `+0.12`; unknown -> a dash."""
    return "–" if number != number else f"{number:+.2f}".replace("-", "−")


def p_value(p: float) -> str:
    """`0.01234` -> `0.012`; `0.0001` -> `< 0.001`; unknown -> a dash."""
    return "–" if p != p else "< 0.001" if p < 0.001 else f"{p:.3f}"
