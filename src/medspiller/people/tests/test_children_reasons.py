"""Reasons to ask a patient about minor children and siblings: recorded, ended, and counted where nobody has asked."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.config.wiring import SUBSCRIPTIONS
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors, services
from medspiller.people.domain import children
from medspiller.people.domain.children import ChildrenReply, ReasonRefused, ReasonToAsk
from medspiller.people.domain.events import ChildrenReasonEnded, ChildrenReasonRecorded
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import ChildrenReason, Involvement
from medspiller.people.tests import factories
from medspiller.worklist.models import OPEN, WorkItem

ACTION = "followup.see_children_overview"
BY_LAW = ("minor_children", "minor_siblings")


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def patient(house):
    """Somebody whom the home care has treated for two years."""
    made = factories.make_person("Arne")
    since = clock.now() - timedelta(days=730)
    factories.involve(made, house.home_care)
    Involvement.objects.filter(person=made).update(starts_at=since, opened_at=since)
    return made


def record(actor, patient, code=ReasonToAsk.MENTAL_ILLNESS):
    return services.record_children_reason(actor=actor, patient_id=patient.id, code=code)


def answer(actor, patient, house, reply=ChildrenReply.NO, topics=BY_LAW):
    for topic in topics:
        services.answer_children(actor=actor, patient_id=patient.id, unit_id=house.home_care, topic=topic, reply=reply)


def tell(event):
    for event_type, subscriber in SUBSCRIPTIONS * 2:
        if event_type is type(event):
            subscriber(event)


def unanswered(actor):
    """Every one in every unit, by page after page of one; the counts say how many pages there are."""
    to = {"actor": actor, "action": ACTION, "within": selectors.reach(actor=actor)}
    return [
        (each.patient_id, each.unit_id)
        for unit in selectors.children_unanswered_counts(**to, late_before=clock.now())
        for first in range(unit.patients)
        for each in selectors.children_unanswered(**to, unit_id=unit.unit_id, first=first, most=1)
    ]


class TestAskingAgain:
    NOW = clock.now()

    @pytest.mark.parametrize(("days", "again"), [(0, False), (1, False), (2, True), (30, True)])
    def test_an_answer_from_before_a_new_reason_is_none_any_more(self, days, again):
        asked_at = self.NOW - timedelta(days=days)

        found = children.ask_again(reply=ChildrenReply.NO, asked_at=asked_at, now=self.NOW, changed_at=self.NOW)
        assert found is again

    def test_an_older_reason_changes_nothing(self):
        before = self.NOW - timedelta(days=30)

        assert not children.ask_again(reply=ChildrenReply.NO, asked_at=self.NOW, now=self.NOW, changed_at=before)


class TestRecording:
    def test_a_reason_stands_with_who_and_when_and_whether_it_is_the_laws(self, nurse, patient):
        record(nurse, patient)
        record(nurse, patient, ReasonToAsk.IMPRISONMENT)

        found = selectors.children_reasons(actor=nurse, person_id=patient.id)
        assert [(each.code, each.by_law, each.recorded_by) for each in found] == [
            (ReasonToAsk.MENTAL_ILLNESS, True, nurse.name),
            (ReasonToAsk.IMPRISONMENT, False, nurse.name),
        ]
        logged = AccessEntry.objects.filter(action="people.record_children_reason").values_list(
            "information", flat=True
        )
        assert {code for information in logged for code in information} == {"children", "health"}

    def test_the_same_reason_stands_once_and_may_come_again(self, nurse, patient):
        first = record(nurse, patient)
        with pytest.raises(ReasonRefused, match="already"):
            record(nurse, patient)

        services.end_children_reason(actor=nurse, reason_id=first.id)
        with pytest.raises(ReasonRefused, match="ended"):
            services.end_children_reason(actor=nurse, reason_id=first.id)
        record(nurse, patient)
        assert ChildrenReason.objects.count() == 2

    def test_the_database_holds_that_too(self, nurse, patient):
        row = record(nurse, patient)
        row.pk = None
        with pytest.raises(IntegrityError, match="childrenreason_once"), transaction.atomic():
            ChildrenReason.objects.create(
                **{name: getattr(row, name) for name in ("patient_id", "unit_id", "code", "recorded_by", "recorded_at")}
            )

    def test_is_for_whoever_follows_the_patient_up(self, house, patient, nurse):
        row = record(nurse, patient)
        stranger = factories.worker(house.tenant_id, house.carers)
        with pytest.raises(NotFound):
            record(stranger, patient, ReasonToAsk.ADDICTION)
        with pytest.raises(NotFound):
            services.end_children_reason(actor=stranger, reason_id=row.id)

        factories.involve(patient, house.carers, basis=InvolvementBasis.EMERGENCY_CONTACT)
        with pytest.raises(NotAllowed):
            selectors.children_reasons(actor=stranger, person_id=patient.id)

    def test_a_citizen_records_nothing(self, here, patient):
        account = factories.citizen_account(here)
        patient.user = account
        patient.save(update_fields=["user"])
        with pytest.raises(NotFound):
            record(factories.as_actor(account), patient)


class TestTheWorkList:
    def test_a_reason_puts_the_question_on_the_units_list_until_it_is_answered(self, house, nurse, patient):
        record(nurse, patient)
        tell(ChildrenReasonRecorded(patient_id=patient.id, unit_id=house.home_care, code="mental_illness"))

        (item,) = WorkItem.objects.filter(OPEN)
        assert (item.kind, item.person_id, item.unit_id) == ("children_question", patient.id, house.home_care)

    def test_a_reason_after_the_answer_asks_again(self, house, nurse, patient):
        with clock.frozen(clock.now() - timedelta(days=40)):
            answer(nurse, patient, house)
        system = actors.system(house.tenant_id)
        assert selectors.children_are_asked_about(actor=system, person_id=patient.id)

        record(nurse, patient)
        assert not selectors.children_are_asked_about(actor=system, person_id=patient.id)
        seen = selectors.person_page(actor=nurse, person_id=patient.id).answers
        assert [each.ask_again for each in seen if each.by_law] == [True, True]

    def test_the_question_goes_with_the_last_reason_where_nobody_treats_the_patient(self, house, nurse):
        patient = factories.make_person("Bjarne")
        factories.involve(patient, house.home_care, basis=InvolvementBasis.ASSESSMENT)
        row = record(nurse, patient)
        tell(ChildrenReasonRecorded(patient_id=patient.id, unit_id=house.home_care, code="mental_illness"))
        assert WorkItem.objects.filter(OPEN).count() == 1

        services.end_children_reason(actor=nurse, reason_id=row.id)
        tell(ChildrenReasonEnded(patient_id=patient.id, code=row.code))
        assert WorkItem.objects.filter(OPEN).count() == 0


class TestWhereNobodyHasAsked:
    @pytest.fixture
    def leader(self, house):
        return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")

    def test_both_questions_of_the_law_are_to_be_answered(self, house, nurse, patient, leader):
        assert unanswered(leader) == []
        record(nurse, patient)
        assert unanswered(leader) == [(patient.id, house.home_care)]

        answer(nurse, patient, house, topics=BY_LAW[:1])
        assert unanswered(leader) == [(patient.id, house.home_care)]
        answer(nurse, patient, house, topics=BY_LAW[1:])
        assert unanswered(leader) == []

    def test_the_filter_says_the_same_as_the_rule(self, house, nurse, patient, leader):
        for days, reply, asked in ((40, "no", False), (0, "not_asked", False), (0, "no", True), (0, "yes", True)):
            ChildrenReason.objects.all().delete()
            with clock.frozen(clock.now() - timedelta(days=days)):
                answer(nurse, patient, house, ChildrenReply(reply))
            record(nurse, patient)

            rule = selectors.children_are_asked_about(actor=actors.system(house.tenant_id), person_id=patient.id)
            assert (rule, unanswered(leader) == []) == (asked, asked), (days, reply)

    def test_is_asked_of_those_with_a_reason_and_not_of_everybody_there_is(self, leader):
        sent = []

        def note(execute, sql, params, many, context):
            sent.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            unanswered(leader)
        ((sql, params),) = (each for each in sent if "people_childrenreason" in each[0])
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}", params)
            plan = "\n".join(line for (line,) in cursor.fetchall())

        assert "people_childrenreason" in plan
        # A day that is looked up to see whether there is one is looked up for each person of the unit.
        assert not re.search(r"\(SubPlan \d+\) IS NOT NULL", plan)

    def test_an_answer_of_last_year_is_none_any_more(self, house, nurse, patient, leader):
        with clock.frozen(clock.now() - timedelta(days=366)):
            record(nurse, patient)
            answer(nurse, patient, house)

        assert unanswered(leader) == [(patient.id, house.home_care)]

    def test_is_told_of_own_units_and_never_of_those_one_is_too_close_to(self, house, nurse, patient, leader, here):
        record(nurse, patient)
        elsewhere = factories.worker(here, house.carers, Role.LEADER, name="Anne Demoleder")
        top = factories.worker(here, house.top, Role.CHILDREN_LEAD, name="Berit Demobarn")
        assert (unanswered(elsewhere), unanswered(top)) == ([], [(patient.id, house.home_care)])
        assert unanswered(nurse) == []

        patient.user_id = leader.id
        patient.save(update_fields=["user"])
        assert unanswered(leader) == []

    def test_a_unit_that_only_has_the_number_has_nothing_to_ask(self, house, nurse, patient, here):
        record(nurse, patient)
        factories.involve(patient, house.carers, basis=InvolvementBasis.EMERGENCY_CONTACT)

        assert unanswered(factories.worker(here, house.carers, Role.LEADER, name="Anne Demoleder")) == []
