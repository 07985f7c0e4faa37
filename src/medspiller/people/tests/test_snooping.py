"""The leader's report finds the planted snooper and leaves the honest colleague alone."""

from datetime import timedelta

import pytest

from medspiller.access.domain.roles import Role
from medspiller.audit import services as audit
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors, services
from medspiller.people.domain.first_talk import FirstTalk, Patient
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import PersonDetails
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


class TestRegistrationsThatWereTakenBack:
    @pytest.fixture
    def taken_back(self, honest, snooper, house):
        details = PersonDetails("Oddny", "Demoli", person_number=factories.NUMBER)
        talk = FirstTalk(key=ids.new_id(), patient=Patient(details=details))
        row = services.record_first_talk(actor=honest, unit_id=house.home_care, talk=talk)
        selectors.person(actor=snooper, person_id=row.patient_id)
        services.take_back_first_talk(actor=honest, talk_id=row.id)
        return row.patient_id

    def test_are_found_with_all_that_was_done_and_without_a_name(self, leader, honest, snooper, taken_back):
        found = report(leader).taken_back

        assert {each.entry.person_id for each in found} == {taken_back}
        done = [(each.entry.who.name, each.entry.action) for each in found]
        assert ("Sofus Demosnok", "people.view_person") in done
        assert {("Hanne Demoærlig", "people.register_person"), ("Hanne Demoærlig", "people.take_back_first_talk")} <= {
            *done
        }
        assert {each.reference for each in found} == {taken_back.hex[-8:]}
        assert [each.entry.at for each in found] == sorted((each.entry.at for each in found), reverse=True)

    def test_that_they_were_looked_at_here_is_in_the_log_of_each(self, leader, taken_back):
        report(leader)

        assert AccessEntry.objects.filter(action="audit.view_log", person_id=taken_back, actor_id=leader.id).exists()
        assert {each.entry.action for each in report(leader).taken_back} & {"audit.view_log"} == set()

    def test_are_told_to_the_leader_of_the_unit_only_and_in_their_period(self, leader, house, taken_back):
        elsewhere = factories.worker(house.tenant_id, house.carers, Role.LEADER)
        before = clock.now() - timedelta(days=2)

        assert report(elsewhere).taken_back == ()
        assert selectors.snooping_report(actor=leader, since=before, until=before + timedelta(days=1)).taken_back == ()

    def test_say_so_where_there_are_more_than_are_listed(self, staff, leader, house, taken_back, monkeypatch):
        whole = report(leader)
        monkeypatch.setattr("medspiller.people.selectors.snooping.MOST_LISTED", len(whole.taken_back))
        assert not report(leader).is_taken_back_cut
        monkeypatch.setattr("medspiller.people.selectors.snooping.MOST_LISTED", 1)

        cut = report(leader)
        assert (whole.is_taken_back_cut, cut.is_taken_back_cut, len(cut.taken_back)) == (False, True, 1)
        signed_in = staff(Role.LEADER, house.home_care)
        for address in ("/arbeid/innsynslogg/", "/arbeid/innsynslogg/utskrift/"):
            page = signed_in.get(address).content.decode()
            assert "flere enn vi kan vise" in page[page.index('id="taken-back"') :]

    def test_stand_on_the_page_and_on_paper(self, staff, house, taken_back):
        signed_in = staff(Role.LEADER, house.home_care)

        for address in ("/arbeid/innsynslogg/", "/arbeid/innsynslogg/utskrift/"):
            page = signed_in.get(address).content.decode()
            assert taken_back.hex[-8:] in page
            assert "Sofus Demosnok" in page
            assert "Demoli" not in page


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
