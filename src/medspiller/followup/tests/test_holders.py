"""A plan passes from one to the next and is never nobody's: offers, absences, posts that end, consents withdrawn."""

from datetime import date, timedelta

import pytest

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.absences import AbsenceOver, AbsenceOverlaps, StandInRefused
from medspiller.followup.domain.files import DayRefused
from medspiller.followup.domain.holding import (
    CannotHold,
    ConsentGone,
    HandoverOver,
    HoldsAlready,
    NotTheHolder,
    OfferedAlready,
    answer_by,
)
from medspiller.followup.models import Handover, Plan
from medspiller.followup.tests.factories import ensure_one_holder, holder_of, start_plan
from medspiller.people import services as people
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Consent, Involvement
from medspiller.people.tests.factories import involve, make_person, relate, worker
from medspiller.worklist.models import OPEN, WorkItem

DAY = timedelta(days=1)


@pytest.fixture
def plan(team) -> Plan:
    return start_plan(team)


def of_kind(kind: str) -> list[WorkItem]:
    return list(WorkItem.objects.filter(OPEN, kind=f"followup.{kind}"))


def leave(user_id) -> None:
    """Somebody's posts end now, and what is told of that is heard."""
    system = actors.system(PostHolding.objects.first().tenant_id)
    for row in PostHolding.objects.filter(user_id=user_id, ended_at=None):
        access.end_holding(actor=system, holding_id=row.id, at=clock.now())
    services.leave_plans(actor=system, user_id=user_id)


class TestAnOffer:
    def test_leaves_the_plan_where_it_is_until_it_is_accepted(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id, why="Jeg slutter.")
        assert holder_of(plan) == team.nurse.id
        (seen,) = selectors.handovers_to_me(actor=team.contact)
        assert (seen.id, seen.carer, seen.why) == (row.id, "Randi Demoli", "Jeg slutter.")
        assert [item.taken_by for item in of_kind("handover")] == [team.contact.id]

        services.answer_handover(actor=team.contact, handover_id=row.id, accept=True)

        assert holder_of(plan) == team.contact.id
        assert of_kind("handover") == []
        ensure_one_holder(plan)

    def test_declined_stays_with_the_giver_who_reads_why(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)

        services.answer_handover(actor=team.contact, handover_id=row.id, accept=False, note="Har for mange.")

        seen = selectors.plan(actor=team.nurse, plan_id=plan.id)
        assert (seen.holder.holder_id, seen.bounced.bounced_because, seen.bounced.answer_note) == (
            team.nurse.id,
            "declined",
            "Har for mange.",
        )

    def test_nobody_answers_bounces_after_three_working_days(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)
        system = actors.system(team.house.tenant_id)
        assert not services.see_to_offer(actor=system, handover_id=row.id)

        with clock.frozen(clock.now() + (row.answer_by - clock.today() + DAY)):
            assert services.see_to_offer(actor=system, handover_id=row.id)
            with pytest.raises(HandoverOver) as refused:
                services.answer_handover(actor=team.contact, handover_id=row.id, accept=True)

        assert refused.value.why == "not_answered"
        assert holder_of(plan) == team.nurse.id

    def test_is_one_at_a_time_to_somebody_else_and_by_whoever_holds_it(self, team, plan):
        with pytest.raises(HoldsAlready):
            services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.nurse.id)
        with pytest.raises(NotTheHolder) as refused:
            services.offer_handover(actor=team.contact, plan_id=plan.id, to_id=team.contact.id)
        assert refused.value.holder == team.nurse.name

        services.offer_handover(actor=team.leader, plan_id=plan.id, to_id=team.contact.id)
        with pytest.raises(OfferedAlready):
            services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.leader.id)

    def test_is_answered_by_nobody_else(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)

        with pytest.raises(NotFound):
            services.answer_handover(actor=team.leader, handover_id=row.id, accept=True)

    def test_taken_back_cannot_be_accepted(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)
        services.withdraw_handover(actor=team.nurse, handover_id=row.id)

        with pytest.raises(HandoverOver) as refused:
            services.answer_handover(actor=team.contact, handover_id=row.id, accept=True)

        assert refused.value.state == "withdrawn"

    def test_is_not_made_to_the_carers_own_family(self, team, plan):
        cousin = worker(team.house.tenant_id, team.unit_id, name="Ola Demoli", number="01815000117")
        sibling = make_person("Ola", number="01815000117")
        relate(team.carer, sibling, RelationKind.SIBLING)

        with pytest.raises(CannotHold) as refused:
            services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=cousin.id)

        assert refused.value.why == "too_close"

    def test_ends_with_the_plan(self, team, plan):
        services.do_step(actor=team.nurse, plan_id=plan.id, step="call", result="agreed")
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)

        services.close_plan(actor=team.nurse, plan_id=plan.id, reason="goals-met")

        row.refresh_from_db()
        assert (row.state, row.bounced_because) == ("bounced", "plan_closed")


def test_three_working_days_jump_over_easter():
    assert answer_by(date(2026, 4, 1)) == date(2026, 4, 9)


class TestAConsent:
    """To a unit that does not follow the carer up, a plan goes only while she lets it."""

    @pytest.fixture
    def elsewhere(self, team):
        return worker(team.house.tenant_id, team.house.carers, Role.CARER_CONTACT, name="Berit Demoro")

    @pytest.fixture
    def consent(self, team) -> Consent:
        return Consent.objects.create(
            owner=team.carer, to_unit_id=team.house.carers, topics=[ConsentTopic.PLAN.value], decision="given",
            obtained="oral", starts_at=clock.now() - DAY, recorded_by=actors.SYSTEM_ID, recorded_at=clock.now(),
        )  # fmt: skip

    def offer(self, team, plan, elsewhere) -> Handover:
        return services.offer_handover(
            actor=team.nurse, plan_id=plan.id, to_id=elsewhere.id, to_unit_id=team.house.carers
        )

    def test_she_has_not_given_stops_the_offer(self, team, plan, elsewhere):
        with pytest.raises(ConsentGone):
            self.offer(team, plan, elsewhere)

    def test_lets_the_plan_go_and_the_unit_follow_her_up(self, team, plan, elsewhere, consent):
        row = self.offer(team, plan, elsewhere)
        assert [seen.carer for seen in selectors.handovers_to_me(actor=elsewhere)] == [""]

        services.answer_handover(actor=elsewhere, handover_id=row.id, accept=True)

        plan.refresh_from_db()
        assert (holder_of(plan), plan.unit_id) == (elsewhere.id, team.house.carers)
        assert {item.unit_id for item in of_kind("step")} == {team.house.carers}
        assert selectors.plan(actor=elsewhere, plan_id=plan.id).carer.person_id == team.carer.id

    def test_withdrawn_in_the_middle_refuses_and_then_bounces(self, team, plan, elsewhere, consent):
        row = self.offer(team, plan, elsewhere)
        consent.withdrawn_at, consent.withdrawn_by = clock.now(), actors.SYSTEM_ID
        consent.save()

        with pytest.raises(ConsentGone):
            services.answer_handover(actor=elsewhere, handover_id=row.id, accept=True)
        assert services.note_consent_withdrawn(actor=actors.system(team.house.tenant_id), owner_id=team.carer.id) == 1

        row.refresh_from_db()
        assert (row.state, row.bounced_because) == ("bounced", "consent_withdrawn")
        assert holder_of(plan) == team.nurse.id
        assert of_kind("handover") == []
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).bounced.bounced_because == "consent_withdrawn"


class TestAnAbsence:
    def test_gives_the_plans_to_whoever_stands_in_and_they_come_back(self, team, plan):
        row = services.record_absence(
            actor=team.nurse, starts_on=clock.today(), ends_on=clock.today() + 7 * DAY, stand_in_id=team.contact.id
        )
        assert holder_of(plan) == team.contact.id
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).holder.stands_in_for == team.nurse.name
        assert [(each.name, each.plans) for each in selectors.absences(actor=team.leader)] == [(team.nurse.name, 1)]

        services.end_absence(actor=team.nurse, absence_id=row.id)

        assert holder_of(plan) == team.nurse.id
        ensure_one_holder(plan)

    def test_without_anybody_gives_them_to_the_leader(self, team, plan):
        services.record_absence(actor=team.nurse, starts_on=clock.today(), ends_on=None)

        assert holder_of(plan) == team.leader.id
        assert of_kind("left_over") == []
        ensure_one_holder(plan)

    def test_ahead_begins_on_its_day_and_ends_on_its_day_by_itself(self, team, plan):
        system, today = actors.system(team.house.tenant_id), clock.today()
        row = services.record_absence(
            actor=team.leader,
            user_id=team.nurse.id,
            starts_on=today + 2 * DAY,
            ends_on=today + 4 * DAY,
            stand_in_id=team.contact.id,
        )
        assert not services.see_to_absence(actor=system, absence_id=row.id)

        with clock.frozen(clock.now() + 2 * DAY):
            services.see_to_absence(actor=system, absence_id=row.id)
            assert holder_of(plan) == team.contact.id
        with clock.frozen(clock.now() + 4 * DAY):
            services.see_to_absence(actor=system, absence_id=row.id)
            assert holder_of(plan) == team.nurse.id
            ensure_one_holder(plan)

    def test_is_stood_in_for_by_nobody_who_works_elsewhere(self, team, plan):
        other = worker(team.house.tenant_id, team.house.carers, name="Berit Demoro")

        with pytest.raises(StandInRefused, match="elsewhere"):
            services.record_absence(actor=team.nurse, starts_on=clock.today(), ends_on=None, stand_in_id=other.id)

        assert holder_of(plan) == team.nurse.id

    def test_of_the_stand_in_too_still_brings_the_plan_back_to_whom_it_was_lent_by(self, team, plan):
        today = clock.today()
        first = services.record_absence(
            actor=team.nurse, starts_on=today, ends_on=today + 7 * DAY, stand_in_id=team.contact.id
        )
        services.record_absence(actor=team.contact, starts_on=today, ends_on=None)
        assert holder_of(plan) == team.leader.id

        services.end_absence(actor=team.nurse, absence_id=first.id)

        assert holder_of(plan) == team.nurse.id

    def test_does_not_bring_back_what_was_handed_on_meanwhile(self, team, plan):
        row = services.record_absence(
            actor=team.nurse, starts_on=clock.today(), ends_on=None, stand_in_id=team.contact.id
        )
        offer = services.offer_handover(actor=team.contact, plan_id=plan.id, to_id=team.leader.id)
        services.answer_handover(actor=team.leader, handover_id=offer.id, accept=True)

        services.end_absence(actor=team.nurse, absence_id=row.id)

        assert holder_of(plan) == team.leader.id

    def test_bounces_what_was_offered_to_whoever_goes(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)

        services.record_absence(actor=team.contact, starts_on=clock.today(), ends_on=None)

        row.refresh_from_db()
        assert row.bounced_because == "away"
        with pytest.raises(CannotHold) as refused:
            services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)
        assert refused.value.why == "away"

    @pytest.mark.parametrize(("starts", "ends", "why"), [(-1, 3, "past"), (2, 2, "before_start"), (0, 900, "too_far")])
    def test_on_days_that_cannot_be_is_refused(self, team, starts, ends, why):
        today = clock.today()

        with pytest.raises(DayRefused) as refused:
            services.record_absence(actor=team.nurse, starts_on=today + starts * DAY, ends_on=today + ends * DAY)

        assert refused.value.why == why

    def test_twice_at_once_and_by_oneself_are_refused(self, team):
        today = clock.today()
        services.record_absence(actor=team.nurse, starts_on=today + DAY, ends_on=today + 9 * DAY)

        with pytest.raises(AbsenceOverlaps) as refused:
            services.record_absence(actor=team.nurse, starts_on=today, ends_on=today + 5 * DAY)
        with pytest.raises(StandInRefused) as oneself:
            services.record_absence(actor=team.contact, starts_on=today, ends_on=None, stand_in_id=team.contact.id)
        with pytest.raises(StandInRefused) as gone:
            services.record_absence(actor=team.contact, starts_on=today, ends_on=None, stand_in_id=team.nurse.id)

        assert refused.value.starts_on == today + DAY
        assert (oneself.value.why, gone.value.why) == ("oneself", "away")

    def test_of_a_colleague_is_the_leaders_to_record(self, team):
        with pytest.raises(NotAllowed):
            services.record_absence(actor=team.nurse, user_id=team.contact.id, starts_on=clock.today(), ends_on=None)

    def test_that_is_over_does_not_end_again(self, team):
        row = services.record_absence(actor=team.nurse, starts_on=clock.today(), ends_on=None)
        services.end_absence(actor=team.nurse, absence_id=row.id)

        with pytest.raises(AbsenceOver):
            services.end_absence(actor=team.nurse, absence_id=row.id)


class TestWhoeverLeaves:
    def test_leaves_the_plans_to_the_leader_on_whose_list_they_stand(self, team, plan):
        leave(team.nurse.id)

        assert holder_of(plan) == team.leader.id
        assert [item.subject_id for item in of_kind("left_over")] == [plan.id]
        assert [each.why for each in selectors.plans_at_risk(actor=team.leader)] == ["left_over"]
        ensure_one_holder(plan)

        offer = services.offer_handover(actor=team.leader, plan_id=plan.id, to_id=team.contact.id)
        services.answer_handover(actor=team.contact, handover_id=offer.id, accept=True)
        assert of_kind("left_over") == []

    def test_with_another_post_there_keeps_them(self, team, plan):
        services.leave_plans(actor=actors.system(team.house.tenant_id), user_id=team.nurse.id)

        assert holder_of(plan) == team.nurse.id

    def test_where_nobody_leads_leaves_them_to_the_leader_above(self, team, plan):
        above = worker(team.house.tenant_id, team.house.top, Role.LEADER, name="Turid Demotopp")
        leave(team.leader.id)

        leave(team.nurse.id)

        assert holder_of(plan) == above.id

    def test_where_nobody_leads_anywhere_still_has_them_and_the_list_says_so(self, team, plan):
        leave(team.leader.id)

        leave(team.nurse.id)

        assert holder_of(plan) == team.nurse.id
        assert [item.subject_id for item in of_kind("left_over")] == [plan.id]
        ensure_one_holder(plan)

    def test_bounces_what_was_offered_to_them(self, team, plan):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)

        leave(team.contact.id)

        row.refresh_from_db()
        assert row.bounced_because == "left"

    def test_while_away_does_not_come_back_and_the_leader_is_told(self, team, plan):
        row = services.record_absence(
            actor=team.nurse, starts_on=clock.today(), ends_on=None, stand_in_id=team.contact.id
        )
        leave(team.nurse.id)

        services.see_to_absence(actor=actors.system(team.house.tenant_id), absence_id=row.id)

        assert holder_of(plan) == team.contact.id
        assert [item.subject_id for item in of_kind("left_over")] == [plan.id]


class TestAUnitThatFollowsUpNoMore:
    def test_leaves_the_plan_to_the_leader_of_one_that_does(self, team, plan):
        above = worker(team.house.tenant_id, team.house.carers, Role.LEADER, name="Turid Demotopp")
        involve(team.carer, team.house.carers, basis=InvolvementBasis.SUPPORT)
        Involvement.objects.filter(unit_id=team.unit_id).update(ends_at=clock.now())

        services.note_involvement_closed(actor=actors.system(team.house.tenant_id), person_id=team.carer.id)

        plan.refresh_from_db()
        assert (holder_of(plan), plan.unit_id) == (above.id, team.house.carers)

    def test_goes_on_while_a_plan_runs_and_the_leader_is_told(self, team, plan):
        row = Involvement.objects.get(unit_id=team.unit_id)
        with clock.frozen(clock.now() + DAY):
            people.close_involvement(actor=actors.system(team.house.tenant_id), involvement_id=row.id)
            services.note_involvement_closed(actor=actors.system(team.house.tenant_id), person_id=team.carer.id)

            assert selectors.plan(actor=team.leader, plan_id=plan.id).left_over_at is not None
            assert [item.subject_id for item in of_kind("left_over")] == [plan.id]
            ensure_one_holder(plan)


def test_the_leader_sees_how_much_everybody_holds(team, plan):
    start = selectors.load(actor=team.leader)

    assert [(each.name, each.plans, each.late, each.due_soon) for each in start] == [(team.nurse.name, 1, 0, 2)]
    with pytest.raises(NotAllowed):
        selectors.load(actor=team.nurse)
