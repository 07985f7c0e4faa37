"""Every page in a real browser: nothing that axe finds wrong, no complaint, nothing out of sight at the side."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.things import Things, sign_in_nurse
from tests.journeys.town import Town, sign_in
from tests.journeys.visits import (
    ANYBODY,
    EVERY_LOOK,
    EXAMPLES,
    NO_PAGE,
    NURSE,
    Look,
    Visit,
    got_routes,
    look_number,
    visits,
    why_left_out,
)
from tests.support.browser import AXE, Site, axe_violations, listen_for_complaints, sideways_scroll, window

pytestmark = pytest.mark.browser

VISITS = visits()


Visited = tuple[Site, Town, Things]
Windows = Callable[[str], Page]


@pytest.fixture(scope="module")
def windows(browser: Browser, visited: Visited) -> Iterator[Windows]:
    """A page in a window for each persona, signed in once: looking at a page leaves nothing in it."""
    site, _town, things = visited
    opened: dict[str, Page] = {}

    def of(persona_id: str) -> Page:
        if persona_id not in opened:
            context = stack.enter_context(window(browser, site))
            if persona_id == NURSE:
                sign_in_nurse(context, site, things)
            elif persona_id != ANYBODY:
                sign_in(context, persona_id).close()
            # Sent to the browser once, not with each page.
            context.add_init_script(path=AXE)
            opened[persona_id] = context.new_page()
        return opened[persona_id]

    with ExitStack() as stack:
        yield of


def faults(page: Page, visited: Visited, visit: Visit, look: Look) -> list[str]:
    """Look at a page and return everything that is wrong with it."""
    site, town, things = visited
    page.context.add_cookies(
        [
            {"name": "medspiller_language", "value": look.language, "url": site.url},
            {"name": "medspiller_theme", "value": look.theme, "url": site.url},
        ]
    )
    page.set_viewport_size({"width": look.width, "height": 800})
    address = visit.address(town, things)
    found = listen_for_complaints(page)
    answer = page.goto(address)
    shown = page.evaluate("[document.documentElement.lang, document.documentElement.dataset.colorScheme]")
    if answer is None or answer.status != 200:
        found.append(f"answered {answer and answer.status}")
    if urlsplit(page.url).path != address:
        found.append(f"led on to {page.url}")
    if shown != [look.language, look.theme]:
        found.append(f"shown as {shown}")
    if sideways_scroll(page) > 0:
        found.append(f"{sideways_scroll(page)} pixels wider than the window")
    found += axe_violations(page)
    return found


@pytest.mark.parametrize(
    ("visit", "look"), [(visit, look_number(number)) for number, visit in enumerate(VISITS)], ids=str
)
def test_the_page_has_no_fault(windows, visited, visit, look):
    assert faults(windows(visit.persona_id), visited, visit, look) == []


@pytest.mark.soak
@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_the_page_has_no_fault_however_one_looks_at_it(windows, visited, visit, look):
    assert faults(windows(visit.persona_id), visited, visit, look) == []


def test_every_route_is_visited_or_excused_by_name():
    left_out = {str(route["name"]): why_left_out(route) for route in got_routes()}

    assert {name: why for name, why in left_out.items() if why and name not in NO_PAGE} == {}


def test_every_example_and_excuse_is_about_a_route():
    known = {route["name"] for route in got_routes()}

    assert set(EXAMPLES) | set(NO_PAGE) <= known
    assert set(EXAMPLES) & set(NO_PAGE) == set()


def test_every_way_of_looking_comes_up():
    used = {look_number(number) for number in range(len(EVERY_LOOK))}

    assert used == set(EVERY_LOOK)


class TestTheChecksThemselves:
    """A check that finds nothing must be able to find something."""

    def test_see_a_picture_without_a_text(self, page):
        page.set_content('<html lang="nb"><title>T</title><main><h1>T</h1><img src="data:,"></main></html>')

        assert any(fault.startswith("image-alt") for fault in axe_violations(page))

    def test_see_what_is_wider_than_the_window(self, page):
        page.set_content('<div style="width: 3000px">…</div>')

        assert sideways_scroll(page) > 0

    def test_hear_the_content_policy_refuse(self, page):
        heard = listen_for_complaints(page)
        page.goto("/")
        with page.expect_console_message():
            page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">…</p>')")

        assert any("Content Security Policy" in complaint for complaint in heard)

    def test_hear_a_script_fail(self, page):
        heard = listen_for_complaints(page)
        page.goto("/")
        with page.expect_event("pageerror"):
            page.evaluate("setTimeout(() => { throw new Error('planted') })")

        assert any("planted" in complaint for complaint in heard)
