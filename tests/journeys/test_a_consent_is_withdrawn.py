"""A colleague has the page open that says *you may tell*; meanwhile the patient takes it back on their own page."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.people import services
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import Role
from tests.journeys.conftest import DESK, ON_EVERY_DEVICE
from tests.journeys.person import Person
from tests.journeys.town import acting_as, sign_in
from tests.support.browser import axe_violations, sideways_scroll
from tests.support.database import HERE

pytestmark = pytest.mark.browser

NURSE, PATIENT, FRIEND = "omsorgsarbeider", "datter", "Aslaug Demovik"
MAY = "Ja, det er lov"
TOLD = "Jeg har fortalt det til den pårørende"


@dataclass(frozen=True)
class Family:
    """Kari, who is the patient here, and the friend whom she lets know how she is."""

    patient_id: UUID
    friend_id: UUID

    @property
    def page(self) -> str:
        return f"/arbeid/personer/{self.patient_id}/"

    @property
    def friends_page(self) -> str:
        return f"{self.page}parorende/{self.friend_id}/"


@pytest.fixture
def family(town):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        nurse, kari = acting_as(NURSE), town.persons["Kari"]
        friend = services.register_carer(
            actor=nurse,
            unit_id=town.house.home_care,
            patient_id=kari,
            details=PersonDetails(given_name="Aslaug", family_name="Demovik"),
            relation=RelationDetails(RelationKind.FRIEND, clock.today()),
            roles=[RoleDetails(Role.PAARORENDE, clock.today(), named_by_patient=True)],
        )
        details = ConsentDetails(topics=frozenset({ConsentTopic.HEALTH}), to_person_id=friend.carer.id)
        services.give_consent(actor=nurse, owner_id=kari, details=details)
    return Family(kari, friend.carer.id)


def notes_that_somebody_was_told():
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        return AccessEntry.objects.filter(action="people.record_told", kind="write").count()


@ON_EVERY_DEVICE
def test_while_a_colleague_has_the_page_open(device, family, kind, script):
    # Amina has two pages open: Kari's with those around her, and her friend's. Both say yes
    window = device(kind, java_script_enabled=script)
    amina = Person(sign_in(window, NURSE)).visit(family.friends_page)
    amina.reads_heading(FRIEND).sees(MAY)
    overview = Person(window.new_page()).visit(family.page)
    overview.sees(FRIEND, MAY)

    # Kari takes it back on her own page
    kari = Person(sign_in(device(kind, java_script_enabled=script), PATIENT)).visit("/min-side/samtykker/")
    kari.press(f"Trekk tilbake: {FRIEND}").press("Ja, trekk det tilbake nå").sees("gjelder ikke lenger")

    # Amina has just talked with the friend, and wants to note it: she is told what changed, and nothing is noted
    amina.press(TOLD).reads_heading(FRIEND)
    amina.sees("Dette gjelder ikke lenger", "Ingenting er skrevet ned", "Et samtykke kan være trukket tilbake")
    amina.does_not_see(MAY, TOLD)
    assert notes_that_somebody_was_told() == 0
    assert sideways_scroll(amina.page) == 0
    if script:
        assert axe_violations(amina.page) == []

    # Opened anew, both pages say no
    amina.visit(family.friends_page).does_not_see(MAY, TOLD)
    overview.page.reload()
    overview.sees(FRIEND).does_not_see(MAY)


def test_what_holds_is_noted(device, family):
    amina = Person(sign_in(device(DESK), NURSE)).visit(family.friends_page)
    amina.press(TOLD).sees("Det er skrevet ned at den pårørende har fått vite det")

    assert notes_that_somebody_was_told() == 1


def test_by_keyboard_one_comes_from_the_person_to_what_may_be_told(device, family):
    amina = Person(sign_in(device(DESK), NURSE)).visit(family.page)
    amina.skips_to_the_content().tabs_to("Det personen har bestemt").presses_enter()
    assert amina.page.url.endswith("#samtykker")

    amina.visit(family.page).skips_to_the_content().tabs_to("Hva kan jeg fortelle?").presses_enter()
    amina.reads_heading(FRIEND).sees(MAY)
