"""An organisation changes what it offers, a moderator approves it, and the public reads it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.catalogue import services
from medspiller.catalogue.models import Entry
from medspiller.catalogue.tests import factories
from medspiller.core import clock, tenancy
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.town import Town, acting_as, sign_in
from tests.support.browser import Site, axe_violations, follow, sideways_scroll, window
from tests.support.database import HERE

pytestmark = pytest.mark.browser


@pytest.fixture
def entry(town: Town) -> Entry:
    """An offer of an organisation for which the persona *organisasjon* edits."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        contact, editor = acting_as("pårørendekontakt"), acting_as("organisasjon")
        organisation, today = factories.make_organisation("Mestringsverket"), clock.today()
        services.appoint_editor(
            actor=contact,
            user_id=editor.id,
            organisation_id=organisation.id,
            valid_from=today,
            valid_to=today + timedelta(days=90),
        )
        factories.provider(contact)
        return factories.approved(contact, town.house.carers, organisation_id=organisation.id)


def ensure_good_to_use(page: Page) -> None:
    assert axe_violations(page) == []
    assert sideways_scroll(page) <= 0


def test_an_organisation_edits_a_moderator_approves_and_the_public_sees(
    browser: Browser, site: Site, entry: Entry
) -> None:
    # Runa of the organisation sees their own offer on her phone, and nothing of anybody
    with window(browser, site, **PHONE) as at_the_organisation:
        page = sign_in(at_the_organisation, "organisasjon")
        page.goto("/arbeid/tilbud/")
        ensure_good_to_use(page)
        follow(page, page.get_by_role("link", name="Kveldsgruppe"))
        follow(page, page.get_by_role("link", name="Endre det"))
        ensure_good_to_use(page)

        # She adds a number, looks at how it will be, and sends it
        page.get_by_role("group", name="Bokmål").get_by_label("Tittel").fill("Kveldsgruppe med suppe")
        page.get_by_role("button", name="Legg til et telefonnummer").click()
        page.get_by_label("Hva nummeret er til, på bokmål").last.wait_for()
        page.get_by_role("button", name="Fjern telefonnummer 2").click()
        expect(page.get_by_role("button", name="Fjern telefonnummer 2")).to_have_count(0)
        page.get_by_role("button", name="Fjern telefonnummer 1").click()
        expect(page.get_by_role("button", name="Fjern telefonnummer 1")).to_have_count(0)
        follow(page, page.get_by_role("button", name="Se det på Bokmål"))
        expect(page.locator(".k-public")).to_contain_text("Kveldsgruppe med suppe")
        page.get_by_label("Noen ord til den som godkjenner").fill("Vi serverer suppe nå")
        follow(page, page.get_by_role("button", name="Send", exact=True))
        expect(page.get_by_text("Det er sendt.")).to_be_visible()

    with window(browser, site, **DESK) as elsewhere:
        # The public reads what was, until Ingrid has approved it
        reader = elsewhere.new_page()
        reader.goto(f"/tilbud/{entry.slug}/")
        expect(reader.get_by_role("heading", level=1)).to_have_text("Kveldsgruppe")

        page = sign_in(elsewhere, "pårørendekontakt")
        page.goto("/arbeid/tilbud/venter/")
        follow(page, page.get_by_role("link", name="Kveldsgruppe med suppe"))
        expect(page.get_by_text("Vi serverer suppe nå")).to_be_visible()
        expect(page.locator("ins")).to_have_text(["Kveldsgruppe med suppe"])
        ensure_good_to_use(page)
        follow(page, page.get_by_role("button", name="Godkjenn"))

        reader.reload()
        expect(reader.get_by_role("heading", level=1)).to_have_text("Kveldsgruppe med suppe")
