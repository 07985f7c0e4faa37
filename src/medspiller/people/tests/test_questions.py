"""Asking about an entry of the access log, and answering."""

import pytest

from medspiller.access.domain.roles import Role
from medspiller.audit import services as audit
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies, selectors, services
from medspiller.people.domain.questions import AlreadyAnswered, AlreadyAsked
from medspiller.people.tests import factories


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")


@pytest.fixture
def patient(here):
    return factories.make_person()


class TestQuestions:
    @pytest.fixture
    def kari(self, here):
        account = factories.citizen_account(here)
        factories.make_person("Kari", user=account)
        return factories.as_actor(account)

    @pytest.fixture
    def entry(self, kari, nurse, house):
        person = policies.registered_as(kari).person_id
        return audit.record(
            actor=nurse, action="people.view_person", kind="read", information="carers", person_id=person
        )

    def test_land_at_the_unit_that_looked_and_come_back_answered(self, kari, entry, leader):
        asked = services.ask_about_access(actor=kari, entry_id=entry, text="Hvorfor?")
        (waiting,) = selectors.access_questions(actor=leader)
        assert (waiting.id, waiting.text, waiting.person_name) == (asked.id, "Hvorfor?", "Kari Demoli")

        services.answer_access_question(actor=leader, question_id=asked.id, answer="Vi planla besøket.")

        (answered,) = selectors.own_access_questions(actor=kari)
        assert (answered.answer, answered.answered_by_name) == ("Vi planla besøket.", "Leif Demoleder")
        assert selectors.access_questions(actor=leader) == []

    def test_are_not_answered_by_the_one_who_looked(self, kari, house, leader):
        person = policies.registered_as(kari).person_id
        own = audit.record(actor=leader, action="x", kind="read", information="carers", person_id=person)
        asked = services.ask_about_access(actor=kari, entry_id=own, text="Hvorfor?")

        assert selectors.access_questions(actor=leader) == []
        with pytest.raises(NotFound):
            services.answer_access_question(actor=leader, question_id=asked.id, answer="Ingen grunn.")

    def test_are_not_seen_in_other_units_nor_by_other_roles(self, kari, entry, nurse, house):
        services.ask_about_access(actor=kari, entry_id=entry, text="Hvorfor?")

        assert selectors.access_questions(actor=factories.worker(house.tenant_id, house.carers, Role.LEADER)) == []
        with pytest.raises(NotAllowed):
            selectors.access_questions(actor=nurse)

    def test_are_asked_about_ones_own_entries_only(self, kari, nurse, patient):
        theirs = audit.record(actor=nurse, action="x", kind="read", information="carers", person_id=patient.id)

        with pytest.raises(NotFound):
            services.ask_about_access(actor=kari, entry_id=theirs, text="Hvorfor?")

    def test_are_not_asked_about_what_is_withheld(self, kari, nurse):
        person = policies.registered_as(kari).person_id
        kept = audit.record(actor=nurse, action="x", kind="read", information="concern_for_child", person_id=person)

        with pytest.raises(NotFound):
            services.ask_about_access(actor=kari, entry_id=kept, text="Hvorfor?")
        assert selectors.own_access_log(actor=kari).entries == ()

    def test_wait_one_at_a_time_and_are_answered_once(self, kari, entry, leader):
        asked = services.ask_about_access(actor=kari, entry_id=entry, text="Hvorfor?")
        with pytest.raises(AlreadyAsked):
            services.ask_about_access(actor=kari, entry_id=entry, text="Hallo?")
        services.answer_access_question(actor=leader, question_id=asked.id, answer="Vi planla besøket.")

        with pytest.raises(AlreadyAnswered):
            services.answer_access_question(actor=leader, question_id=asked.id, answer="Noe annet.")
        services.ask_about_access(actor=kari, entry_id=entry, text="Takk. Og hvem flere?")
