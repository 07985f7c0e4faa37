"""Whatever holders do, in whatever order: an open plan has exactly one of them at every instant."""

from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding
from medspiller.core import clock
from medspiller.core.errors import MedspillerError
from medspiller.followup import selectors, services
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.models import Absence, Handover, Holding, Plan
from medspiller.followup.selectors._staff import who_is_away
from medspiller.followup.tests.factories import Team, ensure_one_holder, open_file, start_plan
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests.factories import involve, make_person, worker
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import thrown_away

WHO = st.integers(0, 4)
WHICH = st.integers(0, 1)
DAYS = st.integers(0, 3)
QUICK = settings(
    max_examples=4,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


class Holders(RuleBasedStateMachine):
    """Colleagues offer, accept, go away, come back and leave, over days, while jobs look after what they leave."""

    team: Team
    others: list[Actor]

    def __init__(self) -> None:
        super().__init__()
        self.block: AbstractContextManager[None] = thrown_away()
        self.block.__enter__()
        self.now = clock.now()
        self.system = actors.system(self.team.house.tenant_id)
        self.staff = [self.team.nurse, self.team.contact, self.team.leader, *self.others]
        self.left: set[UUID] = set()
        files = [open_file(self.team), open_file(self.team, carer=self.carer())]
        self.plans = [start_plan(self.team, file=file, holder=self.team.contact) for file in files]

    def carer(self):
        person = make_person("Liv", "Demoland")
        involve(person, self.team.unit_id, basis=InvolvementBasis.SUPPORT)
        return person

    def teardown(self) -> None:
        self.block.__exit__(None, None, None)

    def tried(self, act, **details) -> None:
        """Let somebody try: what cannot be is refused with a reason of its own, and changes nothing."""
        before = list(Holding.objects.order_by("id").values())
        with clock.frozen(self.now):
            try:
                act(**details)
            except MedspillerError:
                assert list(Holding.objects.order_by("id").values()) == before
        self.now += timedelta(minutes=1)

    @rule(plan=WHICH, by=WHO, to=WHO)
    def somebody_offers_a_plan(self, plan, by, to) -> None:
        self.tried(services.offer_handover, actor=self.staff[by], plan_id=self.plans[plan].id, to_id=self.staff[to].id)

    @rule(accept=st.sampled_from([True, True, False]), plan=WHICH)
    def somebody_answers(self, accept, plan) -> None:
        row = Handover.objects.filter(plan=self.plans[plan], state=HandoverState.OFFERED.value).first()
        if row is not None:
            actor = next(each for each in self.staff if each.id == row.to_user_id)
            self.tried(services.answer_handover, actor=actor, handover_id=row.id, accept=accept)

    @rule(who=WHO, ahead=DAYS, length=st.sampled_from([None, 1, 2, 5]), stand_in=st.none() | WHO)
    def somebody_says_that_they_are_away(self, who, ahead, length, stand_in) -> None:
        starts_on = clock.day_of(self.now) + timedelta(days=ahead)
        self.tried(
            services.record_absence,
            actor=self.staff[who],
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=length) if length else None,
            stand_in_id=self.staff[stand_in].id if stand_in is not None else None,
        )

    @rule(who=WHO)
    def somebody_is_back(self, who) -> None:
        row = Absence.objects.filter(user_id=self.staff[who].id).exclude(state="over").order_by("starts_on").first()
        if row is not None:
            self.tried(services.end_absence, actor=self.staff[who], absence_id=row.id)

    @rule(who=WHO)
    def somebody_leaves(self, who) -> None:
        user_id = self.staff[who].id
        self.left.add(user_id)
        for row in PostHolding.objects.filter(user_id=user_id, ended_at=None):
            access.end_holding(actor=self.system, holding_id=row.id, at=self.now)
        self.now += timedelta(minutes=1)
        self.tried(services.leave_plans, actor=self.system, user_id=user_id)

    @rule(plan=WHICH, by=WHO)
    def somebody_closes_a_plan(self, plan, by) -> None:
        done = {"actor": self.staff[by], "plan_id": self.plans[plan].id}
        self.tried(services.do_step, **done, step="call", result="agreed")
        self.tried(services.close_plan, **done, reason="goals-met")

    @rule(days=st.integers(1, 5))
    def days_pass_and_jobs_look_after_everything(self, days) -> None:
        self.now += timedelta(days=days)
        with clock.frozen(self.now):
            waiting = selectors.to_see_to(actor=self.system)
            for each in waiting.absences:
                services.see_to_absence(actor=self.system, absence_id=each)
            for each in waiting.holders:
                services.leave_plans(actor=self.system, user_id=each)
            for each in waiting.offers:
                services.see_to_offer(actor=self.system, handover_id=each)
            self.nobody_who_is_gone_has_a_plan_while_a_leader_is_there()

    def nobody_who_is_gone_has_a_plan_while_a_leader_is_there(self) -> None:
        away = who_is_away()
        leaders = [each.id for each in self.staff if Role.LEADER in {held.role for held in each.roles}]
        if any(each not in self.left and each not in away for each in leaders):
            held = set(Holding.objects.filter(ends_at=None, plan__closed_at=None).values_list("holder_id", flat=True))
            assert not held & self.left
            assert not held & set(away)

    @invariant()
    def every_plan_has_one_holder_at_every_instant(self) -> None:
        for plan in self.plans:
            ensure_one_holder(plan)
            assert Holding.objects.filter(plan=plan, ends_at=None).count() == (1 if plan.is_open else 0)

    @invariant()
    def what_only_the_holder_does_is_on_the_holders_list(self) -> None:
        closed = Plan.objects.filter(closed_at__isnull=False).values_list("file__carer_id", flat=True)
        assert not WorkItem.objects.filter(OPEN, kind__startswith="followup.", person_id__in=list(closed)).exists()
        waiting = Handover.objects.filter(state=HandoverState.OFFERED.value).values_list("id", flat=True)
        on_lists = WorkItem.objects.filter(OPEN, kind="followup.handover").values_list("subject_id", flat=True)
        assert set(waiting) == set(on_lists)


@pytest.fixture
def machine(team) -> type[Holders]:
    tenant_id, unit_id = team.house.tenant_id, team.unit_id
    others = [
        worker(tenant_id, unit_id, name="Per Demodal"),
        worker(tenant_id, team.house.top, Role.LEADER, name="Turid Demotopp"),
    ]
    return type("HoldersOfThisTeam", (Holders,), {"team": team, "others": others})


def test_an_open_plan_always_has_one_holder(machine):
    run_state_machine_as_test(machine, settings=QUICK)


@pytest.mark.soak
def test_an_open_plan_always_has_one_holder_for_a_long_time(machine):
    run_state_machine_as_test(machine, settings=settings(QUICK, max_examples=150, stateful_step_count=40))
