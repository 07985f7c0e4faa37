"""One takes the last place and cannot come; the one who waits for it gets it. On phones, with script and without."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import clock, tenancy
from medspiller.signups.tests.factories import make_course, make_meeting
from tests.journeys.conftest import PHONE
from tests.support.browser import Site, axe_violations, follow, sideways_scroll, window
from tests.support.database import HERE
from tests.support.staff import build_house

pytestmark = pytest.mark.browser


@pytest.fixture
def sign_up_page(site: Site) -> str:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        course = make_course(build_house(HERE).carers)
        meeting = make_meeting(course, capacity=1, starts_at=clock.now() + timedelta(days=10))
        return f"/tilbud/{course.slug}/pamelding/{meeting.id}/"


def ensure_good_to_use(page: Page, script: bool) -> None:
    assert sideways_scroll(page) <= 0
    if script:
        assert axe_violations(page) == []


def sign_up(page: Page, name: str, contact: str, button: str) -> str:
    """Fill in the form, and return the link that is shown once."""
    page.get_by_label("Navnet ditt").fill(name)
    page.get_by_label("Telefonnummer eller e-postadresse").fill(contact)
    follow(page, page.get_by_role("button", name=button))
    return page.get_by_role("link", name="Åpne lenken").get_attribute("href") or ""


def open_link(page: Page, link: str) -> None:
    page.goto(link)
    # A program that looks at links learns nothing
    expect(page.get_by_text("Kurs i å stå nær")).to_have_count(0)
    follow(page, page.get_by_role("button", name="Vis påmeldingen"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_place_goes_to_the_one_who_waits(browser: Browser, site: Site, sign_up_page: str, script: bool) -> None:
    with (
        window(browser, site, **PHONE, java_script_enabled=script) as karis,
        window(browser, site, **PHONE, java_script_enabled=script) as olas,
    ):
        kari, ola = karis.new_page(), olas.new_page()

        # Kari forgets how she can be reached, is told, and takes the only place
        kari.goto(sign_up_page)
        kari.get_by_label("Navnet ditt").fill("Kari Demoli")
        follow(kari, kari.get_by_role("button", name="Ta en plass"))
        expect(kari.locator("#error-summary")).to_be_visible()
        ensure_good_to_use(kari, script)
        karis_link = sign_up(kari, "Kari Demoli", "kari@example.org", "Ta en plass")
        expect(kari.get_by_role("heading", level=1)).to_have_text("Du har plass")
        ensure_good_to_use(kari, script)

        # Ola waits, and sees that he is the first in the line
        ola.goto(sign_up_page)
        expect(ola.get_by_text("Alle plassene er tatt nå")).to_be_visible()
        olas_link = sign_up(ola, "Ola Demoli", "ola@example.org", "Stå på venteliste")
        expect(ola.get_by_role("heading", level=1)).to_have_text("Du står på venteliste")
        open_link(ola, olas_link)
        expect(ola.get_by_text("Du står først i køen")).to_be_visible()

        # Kari cannot come
        open_link(kari, karis_link)
        follow(kari, kari.get_by_role("button", name="Meld deg av"))
        expect(kari.get_by_text("Du er meldt av").first).to_be_visible()

        # The place is kept for Ola, who says yes
        open_link(ola, olas_link)
        expect(ola.get_by_role("heading", name="Det er holdt av en plass til deg")).to_be_visible()
        ensure_good_to_use(ola, script)
        follow(ola, ola.get_by_role("button", name="Ja, jeg tar plassen"))
        expect(ola.get_by_text("Plassen er din")).to_be_visible()
        expect(ola.get_by_text("Har plass", exact=True)).to_be_visible()
