"""A nurse writes on a tablet whose network comes and goes; nothing she has typed is lost."""

import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.models import Draft, SessionRecord
from medspiller.core import clock, tenancy
from medspiller.demo.domain.families import FAMILIES
from medspiller.people.models import EmergencyAccess
from tests.journeys.conftest import DESK
from tests.journeys.person import Person
from tests.journeys.town import sign_in
from tests.support.browser import PATIENCE_SECONDS, axe_violations, sideways_scroll
from tests.support.database import HERE

pytestmark = pytest.mark.browser

TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True, "is_mobile": True}
NURSE, ADDRESS = "omsorgsarbeider", "/arbeid/blalys/"
WHY = "Hvorfor må du se denne personen nå?"
REASON = "Datteren ringte: moren er falt, og vi må vite hvem som har nøkkelen."
MOTHER = next(member for member in FAMILIES if member.birth_date)
SAVED = re.compile(r"^Lagret som kladd \d\d:\d\d$")


@pytest.fixture
def in_database(town):
    """Look at the database as jobs do."""

    def looked(at):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
            return at()

    return looked


def drafts() -> int:
    return Draft.objects.filter(body__isnull=False).count()


def says(page: Page):
    return page.locator("[data-draft-says]")


def at_the_form(window) -> Person:
    return Person(sign_in(window, NURSE)).visit(ADDRESS)


def test_the_network_goes_and_the_browser_is_closed(device, in_database):
    tablet = device(TABLET)
    nurse = at_the_form(tablet)
    nurse.type(WHY, REASON[:20])
    expect(says(nurse.page)).to_have_text(SAVED)

    # The lift: she goes on writing, and is told that it is not saved yet
    tablet.set_offline(True)
    nurse.type(WHY, REASON)
    expect(says(nurse.page)).to_have_text("Ikke lagret ennå – prøver igjen")
    assert axe_violations(nurse.page) == []
    tablet.set_offline(False)
    expect(says(nurse.page)).to_have_text(SAVED)

    # The battery is empty. On another machine the text stands there
    tablet.close()
    colleague_machine = at_the_form(device(DESK))
    colleague_machine.sees("Du har en kladd fra").has_typed(WHY, REASON)
    assert axe_violations(colleague_machine.page) == []
    assert in_database(drafts) == 1


def test_leaving_at_once_keeps_what_was_typed_last(device, in_database):
    desk = device(DESK)
    nurse = at_the_form(desk)
    nurse.type(WHY, REASON)
    nurse.visit("/arbeid/")
    # Sent while the browser was going on already: the next page does not wait for it
    deadline = time.monotonic() + PATIENCE_SECONDS
    while in_database(drafts) == 0 and time.monotonic() < deadline:
        nurse.page.wait_for_timeout(100)

    nurse.visit(ADDRESS).has_typed(WHY, REASON)


def test_sending_without_a_network_keeps_the_form(device, in_database):
    tablet = device(TABLET)
    nurse = at_the_form(tablet)
    nurse.type("Fornavn", MOTHER.given_name).type("Etternavn", MOTHER.family_name)
    nurse.type("Fødselsdato", MOTHER.birth_date.isoformat()).type(WHY, REASON)
    nurse.page.get_by_label("Jeg trenger dette").check()
    tablet.set_offline(True)
    nurse.press("Åpne personen")

    nurse.sees("Skjemaet er ikke sendt").reads_heading("Blålys").has_typed(WHY, REASON)
    assert axe_violations(nurse.page) == []
    assert sideways_scroll(nurse.page) == 0
    assert in_database(EmergencyAccess.objects.count) == 0

    # The network is back: the same button sends what stands there, once
    tablet.set_offline(False)
    nurse.press("Prøv å sende igjen")
    nurse.page.wait_for_url("**/arbeid/personer/**")
    assert in_database(drafts) == 0
    nurse.visit(ADDRESS).has_typed(WHY, "").does_not_see("Kast kladden")


def test_the_session_ends_and_the_text_is_there_after_signing_in(device, in_database):
    desk = device(DESK)
    nurse = at_the_form(desk)
    nurse.type(WHY, REASON)
    expect(says(nurse.page)).to_have_text(SAVED)

    in_database(lambda: SessionRecord.objects.filter(ended_at=None).update(seen_at=clock.now() - timedelta(minutes=29)))
    nurse.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    nurse.sees("Du blir snart logget ut", "Det du har skrevet i skjemaet, er lagret som kladd.")
    assert axe_violations(nurse.page) == []

    in_database(lambda: SessionRecord.objects.filter(ended_at=None).update(seen_at=clock.now() - timedelta(minutes=31)))
    nurse.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    # Nobody else reads the page
    nurse.page.wait_for_url("**/arbeid/logg-inn/**")
    nurse.does_not_see(REASON)

    at_the_form(desk).sees("Du har en kladd fra").has_typed(WHY, REASON)


def test_thrown_away_it_stays_away(device, in_database):
    nurse = at_the_form(device(DESK))
    nurse.type(WHY, REASON)
    expect(says(nurse.page)).to_have_text(SAVED)
    nurse.visit(ADDRESS).type(WHY, REASON + " Nå.")

    nurse.press("Kast kladden").sees("Kladden er kastet.").has_typed(WHY, "")

    nurse.visit(ADDRESS).has_typed(WHY, "").does_not_see("Kast kladden")
    assert in_database(drafts) == 0


def test_secrets_do_not_leave_the_page(device, in_database):
    desk = device(DESK)
    nurse, sent = at_the_form(desk), []
    nurse.page.on("request", lambda request: sent.append(request.post_data or "") if "/kladd/" in request.url else None)
    nurse.type("Fødselsnummer", "01815000117").type(WHY, REASON)
    expect(says(nurse.page)).to_have_text(SAVED)

    assert sent
    assert [body for body in sent if "01815000117" in body] == []


def test_without_script_a_button_keeps_it(device):
    desk = device(DESK, java_script_enabled=False)
    nurse = at_the_form(desk)
    nurse.type(WHY, REASON).press("Lagre som kladd")

    nurse.sees("Kladden er lagret.", "Du har en kladd fra").has_typed(WHY, REASON)
    nurse.press("Kast kladden").sees("Kladden er kastet.").has_typed(WHY, "")
