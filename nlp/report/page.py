"""Draws the report. Formats what `summary.py` decided; computes nothing."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from nlp.report.summary import Share, Summary


def to_html(summary: Summary) -> str:
    """The report as one page. Every text is escaped; only the templates make markup."""
    environment = Environment(
        loader=PackageLoader("nlp.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "bounds": bounds, "tenth": tenth, "hundredth": hundredth}
    return environment.get_template("page.html").render(**summary._asdict()) + "\n"


def percent(share: float) -> str:
    """`0.1234` -> `12.3 %`; unknown -> a dash."""
    return "–" if share != share else f"{100 * share:.1f} %"


def bounds(share: Share) -> str:
    """The interval in per cent, `8.0–18.4`; unknown -> nothing."""
    return "" if share.low != share.low else f"{100 * share.low:.1f}–{100 * share.high:.1f}"


def tenth(number: float) -> str:
    """`12.34` -> `12.3`; unknown -> a dash."""
    return "–" if number != number else f"{number:.1f}"


def hundredth(number: float) -> str:
    """`-0.1234` -> `−0.12`; unknown -> a dash."""
    return "–" if number != number else f"{number:.2f}".replace("-", "−")
