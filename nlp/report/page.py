"""Draws the report. Formats what `summary.py` decided; computes nothing."""

from collections.abc import Mapping
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from nlp.manifest import ALL
from nlp.report import digits
from nlp.report.inline import early_script, policy, script, style
from nlp.report.opening import NOWHERE, leads, opens, steady
from nlp.report.sections.outcomes import OUTCOMES
from nlp.report.sections.validation import ENOUGH
from nlp.report.summary import Summary
from nlp.report.volumes import Drawn, Volume


def to_html(summary: Summary, drawn: Drawn) -> str:
    """The report as one page. Every text is escaped; only the templates make markup."""
    return _draw("page.html", drawn.pages, summary, drawn=drawn)


def text_page(summary: Summary, volume: Volume) -> str:
    """Some texts as a page of their own, with the index of their codes."""
    return _draw("text_page.html", NOWHERE, summary, volume=volume)


def _draw(name: str, pages: Mapping[str, str], summary: Summary, **more: object) -> str:
    links = {
        "opens": partial(opens, places=summary.places.of, pages=pages),
        "leads": partial(leads, pages=pages),
    }
    return _environment().get_template(name, globals=links).render(**summary._asdict(), **more) + "\n"


@cache
def _environment() -> Environment:
    """The templates: read once, however many pages are drawn."""
    environment = Environment(
        loader=PackageLoader("nlp.report"),
        autoescape=True,
        finalize=steady,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {it.__name__: it for it in digits.FILTERS}
    environment.globals |= {"enough": ENOUGH, "outcome_labels": OUTCOMES, "all": ALL}
    environment.globals |= {it.__name__: it for it in (early_script, script, style, policy)}
    return environment
