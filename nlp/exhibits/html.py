"""Exhibits as web pages, each complete in itself: no script, and nothing asked of the network."""

from functools import cache
from typing import Any

import pandas as pd

from nlp.exhibits.exhibit import Exhibit, plain

_STYLE = """
#{id} {{ overflow-x: auto; position: relative; }}
#{id} table.gt_table {{ margin-left: 0; font-size: .85rem; font-variant-numeric: tabular-nums; }}
#{id} caption {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
#{id} .gt_row {{ white-space: nowrap; padding-top: 3px; padding-bottom: 3px; }}
#{id} .gt_stub {{ white-space: normal; max-width: 22rem; overflow-wrap: anywhere; border-right: none; }}
#{id} .gt_group_heading {{ text-align: left; font-weight: 600; overflow-wrap: anywhere; }}
"""


def to_html(exhibit: Exhibit) -> str:
    """The table as great-tables lays it out, on a page with its notes. Ids hang on the exhibit's."""
    from markupsafe import Markup

    style, table = _table(exhibit)
    page = _template().render(
        title=plain(exhibit.title),
        style=Markup(style),
        wanted=Markup(_STYLE.format(id=exhibit.id)),
        table=Markup(table),
        notes=[plain(it) for it in exhibit.notes],
        sources=exhibit.sources,
    )
    return "\n".join(line.rstrip() for line in page.splitlines() if line.strip()) + "\n"


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("nlp.exhibits")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("exhibit.html")


def _table(exhibit: Exhibit) -> tuple[str, str]:
    """What great-tables makes of it, as style and table, with a caption and the names of row groups put in.

    They are put in here, since great-tables makes ids of the names, and two names may give one id.
    """
    from lxml import etree, html

    block = html.fragment_fromstring(_laid_out(exhibit))
    style = block.find("style")
    block.remove(style)
    table = block.find("table")
    caption = etree.Element("caption", id=f"{exhibit.id}-caption")
    caption.text = plain(exhibit.title)
    table.insert(0, caption)
    table.find("thead/tr/th").set("id", f"{exhibit.id}-c0")
    headings = [plain(it.heading) for it in exhibit.groups if it.rows]
    for cell, heading in zip(block.find_class("gt_group_heading"), headings, strict=False):
        cell.text = heading
    # Who has no mouse scrolls a wide table with the keys.
    block.attrib.update({"tabindex": "0", "role": "region", "aria-labelledby": f"{exhibit.id}-caption"})
    block.attrib.pop("style")
    style.tail = None
    return str(style.text_content()), html.tostring(block, encoding="unicode")


def _laid_out(exhibit: Exhibit) -> str:
    from great_tables import GT  # 0.2 s

    names = [f"c{number}" for number in range(len(exhibit.columns))]
    rows = [
        [f"g{number}", *map(plain, row)]
        for number, group in enumerate(exhibit.groups, 1)
        for row in group.rows
    ]
    frame = pd.DataFrame(rows, columns=["group", *names], dtype="str")
    parted = {"groupname_col": "group"} if any(it.heading for it in exhibit.groups) else {}
    first, *others = exhibit.columns
    laid_out = (
        GT(frame if parted else frame[names], rowname_col="c0", id=exhibit.id, **parted)
        .tab_stubhead(plain(first.heading))
        .cols_label({name: plain(it.heading) for name, it in zip(names[1:], others, strict=True)})
    )
    for name, column in zip(names[1:], others, strict=True):
        laid_out = laid_out.cols_align("right" if column.figures else "left", columns=[name])
    return laid_out.as_raw_html()
