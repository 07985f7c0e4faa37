"""Three who look for help: an old man with a keyboard, a teenager on a phone, and somebody who reads English."""

import pytest
from playwright.sync_api import Browser, Page, expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import tenancy
from tests.journeys.conftest import DESK, PHONE
from tests.security import things_of_offers
from tests.support.browser import Site, axe_violations, follow, sideways_scroll, window
from tests.support.database import HERE

pytestmark = pytest.mark.browser

WEATHER = "<title>Weather</title>"
# A window of 1280 pixels at 200 per cent.
ENLARGED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}


@pytest.fixture(autouse=True)
def offers(site: Site) -> None:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        things_of_offers.build(HERE)


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until what is called `name` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => (document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || '').trim()"
        )
        if focused.startswith(name):
            return
    pytest.fail(f"{name} is not reached by keyboard")


def ensure_good_to_use(page: Page) -> None:
    assert axe_violations(page) == []
    assert sideways_scroll(page) <= 0


def test_an_eighty_year_old_finds_somebody_to_talk_to_by_keyboard(browser: Browser, site: Site) -> None:
    with window(browser, site, **ENLARGED) as at_home:
        page = at_home.new_page()
        page.goto("/")

        # He writes it as he would say it, and slips on a key
        tab_to(page, "Skriv det slik")
        page.keyboard.type("noen å snakke med")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Kom innom på torsdager")).to_be_visible()
        ensure_good_to_use(page)

        # He reads it, and prints it for the fridge
        tab_to(page, "Kom innom på torsdager")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_text("Eksempelveien 1")).to_be_visible()
        ensure_good_to_use(page)
        tab_to(page, "Skriv ut")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Kom innom på torsdager")
        assert sideways_scroll(page) <= 0


def test_a_fourteen_year_old_reads_and_leaves_in_a_hurry(browser: Browser, site: Site) -> None:
    with window(browser, site, **PHONE) as on_the_bus:
        # The weather is fetched from nobody here
        on_the_bus.route("https://www.yr.no/**", lambda route: route.fulfill(body=WEATHER))
        page = on_the_bus.new_page()
        page.goto("/hjelp-na/")
        page.goto("/ung/")
        follow(page, page.get_by_role("link", name="13 til 15 år"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Til deg som er 13 til 15")
        ensure_good_to_use(page)

        # The numbers are in sight without scrolling, and stay so
        for number in ("116 111", "116 117", "112"):
            expect(page.locator(".c-numbers").get_by_text(number)).to_be_in_viewport()
        page.mouse.wheel(0, 1500)
        expect(page.locator(".c-numbers")).to_be_in_viewport()
        expect(page.locator("#quick-exit")).to_be_in_viewport()

        # She opens what is there for her; of one that reads nothing is stored on the phone
        follow(page, page.locator("main .m-door-link").first)
        assert "/tilbud/" in page.url
        ensure_good_to_use(page)
        assert on_the_bus.cookies() == []

        # She says that something on it is wrong, without a word of her own
        follow(page, page.get_by_role("link", name="Er noe feil her?"))
        expect(page.get_by_role("textbox")).to_have_count(0)
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Takk")
        expect(page.locator(".c-numbers")).to_be_in_viewport()

        # Somebody comes. Nothing of it is left to go back to
        follow(page, page.locator("#quick-exit"))
        assert page.title() == "Weather"
        page.go_back()
        assert page.url.endswith("/hjelp-na/")


def test_somebody_who_reads_english_is_helped_to_choose_and_keeps_a_list(browser: Browser, site: Site) -> None:
    with window(browser, site, **DESK, locale="en-GB") as at_the_library:
        page = at_the_library.new_page()
        page.goto("/tilbud/")
        expect(page.get_by_role("heading", level=1)).to_have_text("What help is there?")
        follow(page, page.get_by_role("link", name="Help me choose"))

        # Five questions, one tap each; none of the answers stands in the address
        for answer in ("Friend or neighbour", "Mental illness", "Somebody to talk to", "In the daytime", "26 to 66"):
            ensure_good_to_use(page)
            follow(page, page.get_by_role("button", name=answer, exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("This may suit you")
        expect(page.get_by_text("It can help with: somebody to talk to.").first).to_be_visible()
        assert "?" not in page.url
        ensure_good_to_use(page)

        # Two of them side by side, and home behind a private link
        for box in page.get_by_role("checkbox").all()[:2]:
            box.check()
        follow(page, page.get_by_role("button", name="Compare, print or save"))
        expect(page.get_by_role("table")).to_be_visible()
        ensure_good_to_use(page)
        follow(page, page.get_by_role("link", name="Print"))
        ensure_good_to_use(page)
        page.go_back()
        follow(page, page.get_by_role("button", name="Save behind a private link"))
        ensure_good_to_use(page)
        link = page.locator(".c-saved-link a").get_attribute("href")
        page.goto(str(link))
        expect(page.get_by_text("Drop in on Thursdays")).to_have_count(0)
        follow(page, page.get_by_role("button", name="Show what is saved"))
        expect(page.get_by_role("heading", name="Drop in on Thursdays")).to_be_visible()
        ensure_good_to_use(page)
