"""What somebody has begun to answer is theirs until it is done: through logging out, another tab and a newer form."""

import json
import re

import pytest
from playwright.sync_api import expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import tenancy
from medspiller.questionnaires.tests.factories import publish
from tests.journeys.asking import (
    CHILDREN,
    DAUGHTER,
    SMALL,
    Answering,
    ask_the_family,
    at_forms_of,
    at_own_forms,
    shipped,
)
from tests.journeys.conftest import DESK
from tests.journeys.town import sign_in
from tests.support.browser import axe_violations
from tests.support.database import HERE

pytestmark = pytest.mark.browser

MATTERS = "Hva er viktigst for deg"


@pytest.fixture
def family(town):
    ask_the_family(town)
    return town.persons


def is_kept(one: Answering) -> Answering:
    expect(one.page.locator("form[data-draft-unsaved]")).to_have_count(0)
    expect(one.page.locator("[data-draft-says]")).to_have_text(re.compile("^Lagret som kladd"))
    return one


def publish_anew(title: str) -> None:
    """A newer version of the nurse's form, with another name and without one of its questions."""
    written = json.loads(shipped("children-as-next-of-kin").text)
    written |= {"version": "1.1.0", "title": title}
    written["item"][0]["item"] = [each for each in written["item"][0]["item"] if each["linkId"] != "asked-whom"]
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        publish(HERE, written)


def test_a_newer_version_is_published_while_a_nurse_fills_in(device, family):
    desk = device(DESK)
    nurse = at_forms_of(desk, family["Solveig"]).begins(CHILDREN, how="På telefon")
    nurse.answers("Hva er bakgrunnen?", "Psykisk sykdom").answers("Hvem svarte?", "Pasienten")
    publish_anew("Barn og søsken som pårørende")

    nurse.goes_on().is_at("Er det barn?").reads_heading(CHILDREN)
    nurse.answers("Har pasienten barn", "Nei").answers("Har pasienten søsken", "Nei").sees(
        "Da er avklaringen gjort for nå."
    )
    nurse.goes_on().is_at("Ferdig for nå").goes_on()
    nurse.finishes().reads_heading(CHILDREN).sees("Hvem svarte?", shipped("children-as-next-of-kin").version)

    # Whoever begins now is asked as the newer version asks
    again = at_forms_of(desk, family["Solveig"])
    expect(again.page.locator("#nytt")).not_to_contain_text(CHILDREN)
    again.begins("Barn og søsken som pårørende", how="På telefon").is_not_asked("Hvem svarte?")


def test_logged_out_and_the_telephone_gone_one_goes_on_elsewhere(device, family):
    phone = device(SMALL)
    kari = at_own_forms(phone, DAUGHTER).begins("Hva er viktig for deg?")
    is_kept(kari.writes(MATTERS, "Å få sove."))
    kari.press("Logg ut")
    # Closed in the middle of leaving, the browser may wait for ever.
    expect(kari.page).not_to_have_url(re.compile("/min-side/"))
    phone.close()

    kari = at_own_forms(device(DESK), DAUGHTER)
    kari.sees("Bare du kan se dette").press("Hva er viktig for deg?").sees("Du fortsetter fra").has_typed(
        MATTERS, "Å få sove."
    )
    assert axe_violations(kari.page) == []


def test_of_two_tabs_the_last_is_kept_and_the_other_is_told(device, family):
    desk = device(DESK)
    one = at_own_forms(desk, DAUGHTER).begins("Hva er viktig for deg?")
    other = Answering(desk.new_page())
    other.visit(one.page.url)
    is_kept(one.writes(MATTERS, "Fra den ene."))

    other.writes(MATTERS, "Fra den andre.").goes_on().sees("Du har skrevet to steder samtidig", "Fra den ene.")
    assert axe_violations(other.page) == []
    other.press("Tilbake").has_typed(MATTERS, "Fra den andre.")


def test_nobody_else_sees_what_is_begun(device, family):
    nurse = at_forms_of(device(DESK), family["Solveig"]).begins(CHILDREN, how="På papir")
    nurse.answers("Hva er bakgrunnen?", "Psykisk sykdom").goes_on().is_at("Er det barn?")

    colleague = Answering(sign_in(device(DESK), "leder"))
    colleague.visit(f"/arbeid/personer/{family['Solveig']}/skjema/").does_not_see("Påbegynt og ikke fullført")
    assert colleague.page.goto(nurse.page.url).status == 404
