"""How it goes: asked for, reported, put right; reminders, and figures."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors as people
from medspiller.people.tests.factories import worker
from medspiller.strategy import selectors, services
from medspiller.strategy.domain import dates
from medspiller.strategy.domain.inputs import IndicatorDetails, OwnerChoice
from medspiller.strategy.domain.refusals import Refusal
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.models import Measure
from medspiller.strategy.tests import factories
from medspiller.worklist import selectors as worklist
from medspiller.worklist.domain.narrowing import Narrowing
from medspiller.worklist.models import OPEN, WorkItem


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


@pytest.fixture
def plan(house, owner):
    """A strategy that holds, of the top unit."""
    return factories.adopted(house.tenant_id, house.top)[0]


@pytest.fixture
def measure(plan):
    """Its measure, which nobody owns."""
    return Measure.objects.get(strategy=plan)


def own(owner, measure, *owners):
    measure.refresh_from_db()
    services.set_owners(actor=owner, measure_id=measure.id, version=measure.version, owners=owners)


def lists() -> set[UUID]:
    """The units on whose lists a status waits."""
    return set(WorkItem.objects.filter(OPEN, kind="strategy.status_due").values_list("unit_id", flat=True))


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


class TestAsking:
    def test_it_stands_on_the_list_of_the_owners_unit(self, house, owner, plan, measure):
        own(owner, measure, OwnerChoice("Natt", house.night), OwnerChoice("Frivillige"))

        asked = services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(14))

        item = WorkItem.objects.get(kind="strategy.status_due")
        assert asked == 1
        assert (item.unit_id, item.due_on, item.person_id, item.subject_id) == (
            house.night,
            in_days(14),
            None,
            measure.id,
        )
        assert item.roles == [Role.LEADER, Role.STRATEGY_OWNER]
        assert item.title["nb"].startswith("1.1 ")

    def test_what_no_unit_owns_stands_on_the_list_of_the_strategys_unit(self, house, owner, plan, measure):
        services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(14))

        assert lists() == {house.top}

    def test_asked_again_it_is_the_same_item_with_the_new_day(self, owner, plan, measure):
        for days in (14, 21):
            services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(days))

        assert WorkItem.objects.get(kind="strategy.status_due").due_on == in_days(21)

    def test_it_follows_whoever_owns_the_measure(self, house, owner, plan, measure):
        own(owner, measure, OwnerChoice("Natt", house.night))
        services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(14))

        own(owner, measure, OwnerChoice("Senteret", house.carers))

        assert lists() == {house.carers}

    def test_the_answer_takes_it_off(self, owner, plan, measure):
        services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(14))

        services.report_status(actor=owner, measure_id=measure.id, details=factories.said())

        measure.refresh_from_db()
        assert (lists(), measure.status_due_on, measure.light, measure.status) == (set(), None, "green", "under_way")

    def test_the_strategys_owner_finds_it_and_a_nurse_does_not(self, house, owner, plan, measure):
        own(owner, measure, OwnerChoice("Natt", house.night))
        services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(14))
        nurse = worker(house.tenant_id, house.night)

        found = [_waiting(actor) for actor in (owner, factories.leader_of(house.tenant_id, house.night), nurse)]

        assert found == [1, 1, 0]

    @pytest.mark.parametrize(("days", "why"), [(-1, Refusal.PAST), (800, Refusal.AHEAD)])
    def test_it_is_asked_for_a_day_that_can_be(self, owner, plan, days, why):
        with factories.refused(why, "due_on"):
            services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(days))

    def test_ministries_are_not_asked(self, house, owner):
        row, _measure = factories.national(house.tenant_id)
        with factories.refused(Refusal.NATIONAL):
            services.ask_for_status(actor=owner, strategy_id=row.id, due_on=in_days(14))

    def test_drafts_are_not_asked_about(self, owner):
        with factories.refused(Refusal.NOT_ADOPTED):
            services.ask_for_status(actor=owner, strategy_id=factories.draft(owner).id, due_on=in_days(14))

    def test_a_plan_that_is_over_asks_nobody(self, owner, plan, measure):
        services.ask_for_status(actor=owner, strategy_id=plan.id, due_on=in_days(14))

        services.end_strategy(actor=owner, strategy_id=plan.id, version=plan.version)

        assert lists() == set()


def _waiting(actor) -> int:
    return len(worklist.items(actor=actor, narrowing=Narrowing(), within=people.reach(actor=actor)))


class TestLookingAfter:
    @pytest.fixture
    def system(self, house):
        return actors.system(house.tenant_id)

    def test_a_week_before_it_comes_back_to_who_owns_it_now(self, house, owner, plan, measure, system):
        own(owner, measure, OwnerChoice("Natt", house.night))
        Measure.objects.filter(id=measure.id).update(status_due_on=in_days(7))

        services.look_after(actor=system)

        assert lists() == {house.night}

    def test_a_week_after_the_strategys_unit_has_it_too(self, house, owner, plan, measure, system):
        own(owner, measure, OwnerChoice("Natt", house.night))
        Measure.objects.filter(id=measure.id).update(status_due_on=in_days(-7))

        found = services.look_after(actor=system)

        assert lists() == {house.night, house.top}
        assert found.overdue == 1

    def test_twice_it_does_nothing_more(self, plan, measure, system):
        Measure.objects.filter(id=measure.id).update(status_due_on=in_days(-1))
        services.look_after(actor=system)

        assert services.look_after(actor=system).reminded == 0

    def test_what_is_done_meanwhile_is_asked_no_more(self, plan, measure, system):
        Measure.objects.filter(id=measure.id).update(status_due_on=in_days(-1))
        services.look_after(actor=system)
        Measure.objects.filter(id=measure.id).update(status=MeasureStatus.DONE)

        services.look_after(actor=system)

        assert lists() == set()

    def test_nobody_else_does_it(self, owner):
        with pytest.raises(NotAllowed):
            services.look_after(actor=owner)


class TestReporting:
    def test_reports_stay_and_the_last_is_what_holds(self, owner, measure):
        for days, light in ((-30, Light.GREEN), (-1, Light.RED), (-20, Light.YELLOW)):
            details = factories.said(on=in_days(days), light=light)
            services.report_status(actor=owner, measure_id=measure.id, details=details)

        seen = selectors.measure(actor=owner, measure_id=measure.id)
        assert [each.light for each in seen.reports] == [Light.RED, Light.YELLOW, Light.GREEN]
        assert (seen.measure.light, seen.measure.reported_on) == (Light.RED, in_days(-1))

    def test_a_wrong_one_is_put_right_by_another_and_counts_no_more(self, owner, measure):
        wrong = services.report_status(
            actor=owner,
            measure_id=measure.id,
            details=factories.said(light=Light.RED, evidence="Feil", decision_needed="Penger"),
        )
        assert selectors.measure(actor=owner, measure_id=measure.id).measure.needs_decision

        services.report_status(
            actor=owner, measure_id=measure.id, details=factories.said(on=in_days(-9), corrects=wrong.id)
        )

        seen = selectors.measure(actor=owner, measure_id=measure.id)
        assert [each.stands for each in seen.reports] == [False, True]
        assert (seen.measure.light, seen.measure.has_evidence, seen.measure.needs_decision) == (
            Light.GREEN,
            False,
            False,
        )
        with factories.refused(Refusal.CORRECTED, "corrects"):
            services.report_status(actor=owner, measure_id=measure.id, details=factories.said(corrects=wrong.id))

    @pytest.mark.parametrize(
        ("more", "why", "field"),
        [
            ({"text": ""}, Refusal.MISSING, "text"),
            ({"on": date(2099, 1, 1)}, Refusal.AHEAD, "on"),
            ({"evidence_url": "javascript:x"}, Refusal.NO_ADDRESS, "evidence_url"),
            ({"corrects": UUID(int=9)}, Refusal.UNKNOWN, "corrects"),
        ],
    )
    def test_what_cannot_be_is_refused(self, owner, measure, more, why, field):
        with factories.refused(why, field):
            services.report_status(actor=owner, measure_id=measure.id, details=factories.said(**more))

    def test_nothing_is_reported_of_a_draft(self, owner):
        found = factories.measure(owner, factories.area(owner, factories.draft(owner)))
        with factories.refused(Refusal.DRAFT):
            services.report_status(actor=owner, measure_id=found.id, details=factories.said())

    def test_one_that_is_stopped_stays_in_the_plan_with_why(self, owner, measure):
        services.stop_measure(actor=owner, measure_id=measure.id, why="Ingen penger")

        seen = selectors.measure(actor=owner, measure_id=measure.id)
        assert (seen.measure.status, seen.reports[0].text) == (MeasureStatus.STOPPED, "Ingen penger")
        with factories.refused(Refusal.OVER):
            services.stop_measure(actor=owner, measure_id=measure.id, why="Igjen")


class TestIndicators:
    @pytest.fixture
    def indicator(self, owner, measure):
        return services.add_indicator(
            actor=owner, measure_id=measure.id, details=IndicatorDetails(name="Antall kurs", target=Decimal(4))
        )

    def enter(self, owner, indicator, value, **more):
        usual = {"period_from": date(2025, 1, 1), "period_to": date(2026, 1, 1), "source": "Egen telling"}
        return services.enter_value(actor=owner, indicator_id=indicator.id, value=value, **usual | more)

    def test_values_stand_with_their_source_the_oldest_first(self, owner, measure, indicator):
        self.enter(owner, indicator, Decimal(3))
        self.enter(owner, indicator, Decimal(2), period_from=date(2024, 1, 1), period_to=date(2025, 1, 1))

        (seen,) = selectors.measure(actor=owner, measure_id=measure.id).indicators
        assert [(each.value, each.source) for each in seen.values] == [(2, "Egen telling"), (3, "Egen telling")]

    def test_another_for_the_same_days_takes_its_place_and_the_first_is_kept_as_history(self, owner, indicator):
        first = self.enter(owner, indicator, Decimal(3))
        second = self.enter(owner, indicator, Decimal(5))

        assert first.id == second.id
        versions = type(first).pgh_event_model.objects.filter(id=first.id).order_by("pgh_id")
        assert [each.value for each in versions] == [3, 5]

    @pytest.mark.parametrize(
        ("value", "more", "why", "field"),
        [
            (Decimal("NaN"), {}, Refusal.UNKNOWN, "value"),
            (Decimal(10) ** 14, {}, Refusal.UNKNOWN, "value"),
            (Decimal(1), {"period_to": date(2025, 1, 1)}, Refusal.ORDER, "period_to"),
            (Decimal(1), {"source": " "}, Refusal.MISSING, "source"),
            (
                Decimal(1),
                {"period_from": date(2099, 1, 1), "period_to": date(2099, 2, 1)},
                Refusal.AHEAD,
                "period_from",
            ),
        ],
    )
    def test_what_is_no_value_is_refused(self, owner, indicator, value, more, why, field):
        with factories.refused(why, field):
            self.enter(owner, indicator, value, **more)

    def test_a_computed_one_is_not_written_by_hand_nor_followed_twice(self, owner, measure):
        details = IndicatorDetails(name="Kartlagt", indicator="mapped")
        computed = services.add_indicator(actor=owner, measure_id=measure.id, details=details)

        with factories.refused(Refusal.DECIDED, "value"):
            self.enter(owner, computed, Decimal(1))
        with factories.refused(Refusal.TWICE, "indicator"):
            services.add_indicator(actor=owner, measure_id=measure.id, details=details)


def test_a_day_of_reminding_is_a_week_before():
    assert dates.is_time_to_remind(date(2026, 11, 27), today=date(2026, 11, 20))
    assert not dates.is_time_to_remind(date(2026, 11, 28), today=date(2026, 11, 20))
