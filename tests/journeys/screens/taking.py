"""Takes the pictures, in the town that journeys happen in. Run by `python -m tests.journeys.screens`."""

import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.journeys.screens import option, sheet
from tests.journeys.screens.order import Order
from tests.journeys.things import Things, sign_in_nurse
from tests.journeys.town import Town, sign_in
from tests.journeys.visits import ANYBODY, NURSE, Look
from tests.support.browser import Site, window

pytestmark = pytest.mark.browser

HEIGHT = 900


def test_take(request: pytest.FixtureRequest, browser: Browser, visited: tuple[Site, Town, Things]) -> None:
    order = Order.read(request.config.getoption(option.NAME))
    site, town, things = visited
    wanted, began = list(order.missing()), time.monotonic()
    of, page = "", None
    with ExitStack() as windows:
        for number, (visit, look, file) in enumerate(wanted, 1):
            if page is None or visit.persona_id != of:
                windows.close()
                context = windows.enter_context(window(browser, site))
                if visit.persona_id == NURSE:
                    sign_in_nurse(context, site, things)
                elif visit.persona_id != ANYBODY:
                    sign_in(context, visit.persona_id).close()
                of, page = visit.persona_id, context.new_page()
            try:
                take(page, site, look, visit.address(town, things), file)
            except Error as fault:
                say(f"{visit}, {look}: {fault.message.splitlines()[0]}")
            if number % 20 == 0 or number == len(wanted):
                say(f"{number} of {len(wanted)} pictures, {time.monotonic() - began:.0f} s")
                sheet.write(order.folder)


def take(page: Page, site: Site, look: Look, address: str, file: Path) -> None:
    """Take one picture of the whole page. It has its name only when it is whole."""
    page.context.add_cookies(
        [
            {"name": "medspiller_language", "value": look.language, "url": site.url},
            {"name": "medspiller_theme", "value": look.theme, "url": site.url},
        ]
    )
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.goto(address)
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".unfinished.png")
    page.screenshot(path=draft, full_page=True)
    draft.replace(file)


def say(words: str) -> None:
    """Tell whoever waits."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
