"""Noah turns sixteen: what may be told to his mother changes on the day, and all who should know it knew before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, Person, Relation
from medspiller.people.tasks import announce_ages
from tests.journeys.conftest import ON_EVERY_DEVICE
from tests.journeys.person import Person as Somebody
from tests.journeys.town import sign_in
from tests.support.browser import axe_violations, sideways_scroll
from tests.support.database import HERE
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.browser

CONTACT = "pårørendekontakt"
CHANGE = "Foreldrene får bare vite det ungdommen sier ja til"
TOLD, NOT_TOLD = (f"pasient- og brukerrettighetsloven § 3-4 ({part})" for part in (1, 4))


@pytest.fixture
def noah(town):
    """Noah, who is sixteen in twenty days; Kari has parental responsibility for him."""
    born = clock.today() + timedelta(days=20)
    born = born.replace(year=born.year - 16)
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        noah, kari = town.persons["Noah"], town.persons["Kari"]
        Person.objects.filter(id=noah).update(birth_date=born)
        relation = Relation.objects.create(
            person_id=noah, related_id=kari, kind=RelationKind.PARENT.value, valid_from=born
        )
        CarerRole.objects.create(
            relation=relation, patient_id=noah, carer_id=kari, role=Role.FORELDREANSVAR.value, valid_from=born,
            recorded_by=actors.SYSTEM_ID, recorded_by_name="Ingrid Demovik", recorded_at=clock.now(),
        )  # fmt: skip
    return noah


def the_night_comes() -> None:
    """Let the nightly job run, and what follows from it. In a thread of its own: the browser has an event loop here."""

    def work() -> None:
        announce_ages(timestamp=0)
        run_jobs()

    with ThreadPoolExecutor(max_workers=1) as night:
        night.submit(work).result()


@ON_EVERY_DEVICE
def test_changes_by_itself_on_the_day(device, town, noah, days_go_by, script, kind):
    def staff():
        return Somebody(sign_in(device(kind, java_script_enabled=script), CONTACT))

    def mother():
        return Somebody(sign_in(device(kind, java_script_enabled=script), "datter"))

    page, told = f"/arbeid/personer/{noah}/", f"/arbeid/personer/{noah}/parorende/{town.persons['Kari']}/"

    # Twenty days before, it is on the list of those who follow him up, and on his page
    the_night_comes()
    contact = staff().visit("/arbeid/oppgaver/").sees("fyller 16")
    contact.visit(page).sees("Noe endrer seg med alderen", CHANGE)
    assert sideways_scroll(contact.page) == 0
    # His mother reads on her own page what is coming
    kari = mother().sees("Noe endrer seg med alderen", "For deg som forelder", CHANGE)
    assert sideways_scroll(kari.page) == 0
    if script:
        assert axe_violations(kari.page) == []

    # The day before, his mother is told
    days_go_by(19)
    contact = staff().visit(told)
    expect(contact.page.get_by_role("main")).to_contain_text(TOLD)
    mother().sees("For deg som forelder")

    # On the day she is not, and nobody has done anything
    days_go_by(1)
    contact = staff().visit(told)
    expect(contact.page.get_by_role("main")).not_to_contain_text(TOLD)
    expect(contact.page.get_by_role("main")).to_contain_text(NOT_TOLD)
    contact.visit(page).sees("Noe endrer seg med alderen", CHANGE)
    mother().does_not_see("For deg som forelder")
