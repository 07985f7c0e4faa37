"""The leader's report finds the planted snooper and leaves the honest colleague alone."""

from datetime import timedelta

import pytest

from medspiller.access.domain.roles import Role
from medspiller.audit import services as audit
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.tests import factories


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")


@pytest.fixture
def honest(house):
    return factories.worker(house.tenant_id, house.home_care, name="Hanne Demoærlig")


@pytest.fixture
def snooper(house):
    return factories.worker(house.tenant_id, house.home_care, name="Sofus Demosnok")


def report(leader):
    now = clock.now()
    return selectors.snooping_report(actor=leader, since=now - timedelta(days=30), until=now + timedelta(minutes=1))


def looked(actor, person, *, at=None, basis="", **facts):
    with clock.frozen(at or clock.now()):
        return audit.record(
            actor=actor, action="people.view_person", kind="read", information="carers", person_id=person.id,
            basis=basis, **facts,
        )  # fmt: skip


class TestWithoutRelation:
    def test_finds_the_snooper_and_not_the_honest_colleague(self, leader, honest, snooper, house):
        patient, neighbour = factories.make_person(), factories.make_person("Nabo")
        factories.involve(patient, house.home_care)
        selectors.person(actor=honest, person_id=patient.id)
        strange = looked(snooper, neighbour)

        (found,) = report(leader).without_relation
        assert (found.entry_id, found.actor_name, found.person_id) == (strange, "Sofus Demosnok", neighbour.id)

    def test_is_not_fooled_by_a_stated_basis(self, leader, snooper):
        stranger = factories.make_person()
        looked(snooper, stranger, basis="involvement")

        assert len(report(leader).without_relation) == 1

    def test_goes_by_the_moment_it_happened(self, leader, snooper, house):
        patient, now = factories.make_person(), clock.now()
        factories.involve(patient, house.home_care, ended=True)
        during = looked(snooper, patient, at=now - timedelta(days=1, hours=3))
        after = looked(snooper, patient, at=now - timedelta(hours=3))

        listed = {each.entry_id for each in report(leader).without_relation}
        assert after in listed
        assert during not in listed

    def test_leaves_emergency_access_to_its_own_list(self, leader, honest, house):
        patient = factories.make_person()
        factories.make_emergency(patient, honest, house.home_care)
        selectors.person(actor=honest, person_id=patient.id)

        assert report(leader).without_relation == ()

    def test_tells_of_the_leaders_units_only(self, leader, house):
        elsewhere = factories.worker(house.tenant_id, house.carers)
        looked(elsewhere, factories.make_person())

        assert report(leader).without_relation == ()

    def test_does_not_take_the_review_itself_for_a_look(self, leader, snooper, house):
        patient = factories.make_person()
        factories.make_emergency(patient, snooper, house.home_care)
        selectors.emergency_accesses_to_review(actor=leader)

        assert report(leader).without_relation == ()


class TestUnusualVolume:
    def test_finds_who_looked_at_far_more_than_the_others(self, leader, honest, snooper, house):
        third = factories.worker(house.tenant_id, house.home_care)
        patients = [factories.make_person(str(number)) for number in range(25)]
        for patient in patients:
            factories.involve(patient, house.home_care)
            selectors.person(actor=snooper, person_id=patient.id)
        for patient in patients[:6]:
            selectors.person(actor=honest, person_id=patient.id)
            selectors.person(actor=third, person_id=patient.id)

        (found,) = report(leader).unusual
        assert (found.volume.actor_name, found.volume.persons, found.colleagues_median) == ("Sofus Demosnok", 25, 6)
        assert report(leader).without_relation == ()


class TestTheReportItself:
    def test_is_in_the_log(self, leader):
        report(leader)

        entry = AccessEntry.objects.get(kind="read")
        assert (entry.actor_id, entry.action, entry.information) == (leader.id, "audit.view_log", ["access_log"])

    @pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.ADMINISTRATOR, Role.CARER_CONTACT])
    def test_is_for_leaders_only(self, house, role):
        with pytest.raises(NotAllowed):
            report(factories.worker(house.tenant_id, house.top, role))

    def test_opens_nobody_to_the_leader(self, leader, snooper):
        stranger = factories.make_person()
        looked(snooper, stranger)
        report(leader)

        with pytest.raises(Closed):
            selectors.person(actor=leader, person_id=stranger.id)
