"""The picture of the report for the README: `make screenshot`. Needs Chromium.

It shows the page with the panel open on the sentences of a cell, as one click does.
"""

import os
import shutil
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "outputs" / "report" / "index.html"
PICTURE = ROOT / "docs" / "report.png"
SIZE = ViewportSize(width=1400, height=1000)
CELL = "#frames td a.opens"
LIST = ".panel-body li"
NAMES = ("chromium", "chromium-browser", "google-chrome")  # as in the tests; $CHROMIUM goes before


def take() -> None:
    """Open the report, click the first cell of the frames, and write the picture."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(PAGE.as_uri())
        cell = page.locator(CELL).locator("visible=true").first
        cell.click()
        page.wait_for_selector(LIST)
        cell.evaluate("it => it.closest('tr').scrollIntoView({ block: 'center' })")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take()
