"""Whom nobody follows up any more and who is still to be told: the leader of the last unit, and nobody else."""

from datetime import date, timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import InformationGiven, Involvement, Person
from medspiller.people.tests import factories
from medspiller.people.tests.test_web import text_of

DUE = date(2027, 1, 15)


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")


@pytest.fixture
def untold(house):
    """Somebody whose follow-up has ended by itself, before anybody told them."""
    made = factories.make_person("Kari", birth_date=date(1975, 3, 2))
    factories.involve(made, house.home_care, basis=InvolvementBasis.SUPPORT, ended=True)
    InformationGiven.objects.create(
        person=made, unit_id=house.home_care, registered_on=DUE - timedelta(days=31), due_on=DUE
    )
    return made


def named(actor, person):
    within = selectors.reach(actor=actor)
    return selectors.left_to_tell(actor=actor, person_ids=[person.id], within=within).get(person.id)


class TestIsLeft:
    def test_to_the_leader_of_the_unit_that_was_the_last(self, leader, untold, house):
        factories.involve(untold, house.carers, ended=True)
        Involvement.objects.filter(unit_id=house.carers).update(ends_at=clock.now() - timedelta(days=1, hours=12))
        of_carers = factories.worker(house.tenant_id, house.carers, Role.LEADER)

        found = named(leader, untold)

        assert (found.name, found.only_to_tell, found.basis.code) == ("Kari Demoli", True, "legal_duty")
        assert found.basis.unit_id == house.home_care
        assert named(of_carers, untold) is None
        assert selectors.unit_left_to_tell(actor=actors.system(house.tenant_id), person_id=untold.id) == house.home_care

    @pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.CARER_CONTACT, Role.CASE_WORKER])
    def test_to_nobody_else_there(self, untold, house, role):
        assert named(factories.worker(house.tenant_id, house.home_care, role), untold) is None

    def test_to_nobody_who_is_close_to_them(self, house, untold):
        leader = factories.worker(house.tenant_id, house.home_care, Role.LEADER, number=factories.NUMBER)
        own = factories.make_person(number=factories.NUMBER)
        factories.relate(own, untold, RelationKind.CHILD)

        assert named(leader, untold) is None
        with pytest.raises(NotFound):
            selectors.person_to_tell(actor=leader, person_id=untold.id)

    @pytest.mark.parametrize("ahead", [True, False])
    def test_to_nobody_while_a_unit_has_to_do_with_them_or_will(self, leader, untold, house, ahead):
        factories.involve(untold, house.carers, ahead=ahead)

        assert named(leader, untold) is None

    @pytest.mark.parametrize(
        "changes",
        [{"informed_at": clock.now(), "how": "letter"}, {"reason_not_to": "Det kan sette noen i fare."}],
    )
    def test_no_longer_than_until_it_is_done(self, leader, untold, changes):
        InformationGiven.objects.filter(person=untold).update(**changes)

        assert named(leader, untold) is None

    def test_not_where_they_have_died(self, leader, untold):
        Person.objects.filter(id=untold.id).update(died_on=clock.today())

        assert named(leader, untold) is None

    def test_not_by_a_number_alone_where_they_are_strictly_protected(self, leader, untold):
        Person.objects.filter(id=untold.id).update(protected_address=ProtectedAddress.STRICT.value)
        assert named(leader, untold).is_protected

        Involvement.objects.filter(person=untold).update(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
        assert named(leader, untold) is None


class TestTelling:
    def test_shows_the_name_and_a_number_that_is_safe_on_a_ground_of_its_own(self, leader, untold, house):
        system = actors.system(house.tenant_id)
        for system_of, value, safe in (
            (ContactSystem.PHONE, "+4700123456", True),
            (ContactSystem.PHONE, "+4700123457", False),
            (ContactSystem.ADDRESS, "Demoveien 1", None),
        ):
            details = ContactDetails(system_of, value, safe_to_call=safe)
            services.add_contact_point(actor=system, person_id=untold.id, details=details)

        found = selectors.person_to_tell(actor=leader, person_id=untold.id)

        assert (found.name, found.due_on) == ("Kari Demoli", DUE)
        assert found.reached == ((ContactSystem.PHONE, "+4700123456"),)
        entry = AccessEntry.objects.get(actor_id=leader.id, kind="read")
        assert (entry.basis, entry.person_id) == ("legal_duty", untold.id)
        assert set(entry.information) == {"name_and_birth", "registration", "contact_details"}

    def test_shows_no_number_of_whoever_has_a_protected_address(self, leader, untold, house):
        details = ContactDetails(ContactSystem.PHONE, "+4700123456", safe_to_call=True)
        services.add_contact_point(actor=actors.system(house.tenant_id), person_id=untold.id, details=details)
        Person.objects.filter(id=untold.id).update(protected_address=ProtectedAddress.CONFIDENTIAL.value)

        assert selectors.person_to_tell(actor=leader, person_id=untold.id).reached == ()

    def test_is_written_down_on_that_ground_and_ends_it(self, leader, untold):
        services.record_informed(actor=leader, person_id=untold.id, how=How.LETTER)

        assert AccessEntry.objects.get(action="people.inform_person", kind="write").basis == "legal_duty"
        with pytest.raises(NotFound):
            selectors.person_to_tell(actor=leader, person_id=untold.id)

    def test_opens_nothing_else(self, leader, untold):
        with pytest.raises(Closed):
            selectors.family(actor=leader, person_id=untold.id)
        assert not selectors.visible_persons(actor=leader).exists()

    def test_is_done_on_the_page(self, staff, untold, house):
        page = staff(Role.LEADER, house.home_care)
        address = f"/arbeid/personer/{untold.id}/informert/"

        assert "Kari Demoli" in text_of(page.get(address))
        typed = {"told": "no", "reason": "Vi har verken adresse eller nummer."}
        answer = page.post(address, typed)

        assert (answer.status_code, answer["Location"]) == (302, "/arbeid/personer/")
        assert InformationGiven.objects.get().reason_not_to == "Vi har verken adresse eller nummer."
        assert page.get(address).status_code == 404

    def test_is_nobody_to_a_nurse_there(self, staff, untold, house):
        nurse = staff(Role.CARE_WORKER, house.home_care)

        assert nurse.get(f"/arbeid/personer/{untold.id}/informert/").status_code == 404
