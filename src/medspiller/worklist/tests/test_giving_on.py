"""Giving an item to a colleague and putting it off, many at once, and who has how much."""

from dataclasses import replace
from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors as people
from medspiller.worklist import selectors, services
from medspiller.worklist.domain.items import (
    AlreadyTaken,
    DoneThere,
    NotAColleague,
    Placed,
    SnoozeRefused,
    State,
    WithdrawnWhy,
)
from medspiller.worklist.domain.narrowing import Narrowing, Which
from medspiller.worklist.models import WorkItem
from medspiller.worklist.tests import factories
from tests.support.database import HERE

TITLE = {"nb": "Snakk med den ene forelderen", "nn": "Snakk med den eine forelderen", "en": "Talk with one parent"}


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


@pytest.fixture
def eva(house):
    return factories.worker(house.tenant_id, house.home_care, name="Eva Demoås")


@pytest.fixture
def stranger(house):
    return factories.worker(house.tenant_id, house.carers, name="Per Demodal")


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Liv Demohaug")


@pytest.fixture
def waiting(house):
    return factories.put(house.home_care, factories.followed(house.home_care))


def listed(actor, which):
    within = people.reach(actor=actor)
    return [row.id for row in selectors.items(actor=actor, narrowing=Narrowing(which=which), within=within)]


def in_days(number):
    return clock.today() + timedelta(days=number)


class TestGivingOn:
    def test_the_colleague_has_it_and_the_giver_waits_for_it(self, nurse, eva, waiting):
        services.hand_over(actor=nurse, item_id=waiting.id, to_user_id=eva.id)

        assert listed(eva, Which.MINE) == [waiting.id]
        assert listed(nurse, Which.WAITING) == [waiting.id]
        assert listed(nurse, Which.MINE) == []

    def test_given_back_it_is_nobodys_and_nobody_waits_for_it(self, nurse, eva, waiting):
        services.hand_over(actor=nurse, item_id=waiting.id, to_user_id=eva.id)
        services.give_back(actor=eva, item_id=waiting.id)

        assert listed(nurse, Which.WAITING) == []
        assert selectors.item(actor=nurse, item_id=waiting.id).state is State.WAITING

    def test_only_to_somebody_who_does_such_things_in_the_unit(self, nurse, stranger, waiting):
        with pytest.raises(NotAColleague):
            services.hand_over(actor=nurse, item_id=waiting.id, to_user_id=stranger.id)

    def test_not_a_colleagues_unless_one_leads_the_unit(self, nurse, eva, leader, waiting):
        services.take(actor=eva, item_id=waiting.id)

        with pytest.raises(AlreadyTaken):
            services.hand_over(actor=nurse, item_id=waiting.id, to_user_id=nurse.id)
        services.hand_over(actor=leader, item_id=waiting.id, to_user_id=nurse.id)

        assert listed(nurse, Which.MINE) == [waiting.id]


class TestPuttingOff:
    def test_it_is_gone_until_the_day_and_then_there_again(self, nurse, waiting):
        services.snooze(actor=nurse, item_id=waiting.id, until=in_days(5), why="waiting_for_others")

        assert listed(nurse, Which.MINE) == []
        assert listed(nurse, Which.NOW) == []
        assert listed(nurse, Which.WAITING) == [waiting.id]
        with clock.frozen(clock.now() + timedelta(days=5)):
            assert listed(nurse, Which.MINE) == [waiting.id]
            assert listed(nurse, Which.WAITING) == []

    def test_colleagues_find_it_among_what_is_for_later(self, nurse, eva, waiting):
        services.snooze(actor=nurse, item_id=waiting.id, until=in_days(5), why="no_answer")

        assert listed(eva, Which.LATER) == [waiting.id]

    @pytest.mark.parametrize(("days", "problem"), [(0, "past"), (-3, "past"), (90, "too_long")])
    def test_not_to_any_day(self, nurse, waiting, days, problem):
        with pytest.raises(SnoozeRefused) as refusal:
            services.snooze(actor=nurse, item_id=waiting.id, until=in_days(days), why="other")

        assert refusal.value.problem == problem

    def test_not_beyond_the_day_of_the_law(self, house, nurse):
        told = factories.put(house.home_care, factories.followed(house.home_care), kind="inform_carer", due_in=3)

        with pytest.raises(SnoozeRefused) as refusal:
            services.snooze(actor=nurse, item_id=told.id, until=in_days(4), why="other")

        assert refusal.value.problem == "after_deadline"
        services.snooze(actor=nurse, item_id=told.id, until=in_days(3), why="other")

    def test_of_one_that_the_law_demands_of_a_kind_that_it_does_not_ends_with_its_day_too(self, house, nurse):
        step = Placed(
            "followup.step", "pathways.OpenStep", ids.new_id(), house.home_care, title=TITLE, due_on=in_days(5),
            by_law=True,
        )  # fmt: skip
        services.put_many(actor=actors.system(HERE), items=[step])
        item = WorkItem.objects.get(subject_id=step.subject_id)

        with pytest.raises(SnoozeRefused) as refusal:
            services.snooze(actor=nurse, item_id=item.id, until=in_days(6), why="other")
        assert refusal.value.problem == "after_deadline"
        services.snooze(actor=nurse, item_id=item.id, until=in_days(5), why="other")

        services.put_many(actor=actors.system(HERE), items=[replace(step, due_on=in_days(2))])
        item.refresh_from_db()
        assert (item.snoozed_until, item.snoozed_why) == (None, "")

    def test_of_what_the_law_set_a_day_for_that_has_come_is_refused(self, house, nurse):
        late = Placed(
            "followup.step", "pathways.OpenStep", ids.new_id(), house.home_care, title=TITLE, due_on=in_days(-1),
            by_law=True,
        )  # fmt: skip
        services.put_many(actor=actors.system(HERE), items=[late])

        with pytest.raises(SnoozeRefused) as refusal:
            services.snooze(actor=nurse, item_id=WorkItem.objects.get().id, until=in_days(1), why="other")
        assert refusal.value.problem == "deadline_past"

    def test_can_be_ended_at_once(self, nurse, waiting):
        services.snooze(actor=nurse, item_id=waiting.id, until=in_days(5), why="other")
        services.wake(actor=nurse, item_id=waiting.id)

        assert listed(nurse, Which.MINE) == [waiting.id]


class TestMany:
    def placed(self, house, subject_id, **details):
        details = {"due_on": in_days(3), "title": TITLE, "person_id": None} | details
        return Placed("followup.step", "pathways.OpenStep", subject_id, house.home_care, **details)

    def test_are_put_once_and_brought_up_to_date(self, house):
        subjects = [ids.new_id() for _ in range(5)]
        system = actors.system(HERE)

        assert services.put_many(actor=system, items=[self.placed(house, each) for each in subjects]) == 5
        assert services.put_many(actor=system, items=[self.placed(house, each) for each in subjects]) == 0
        later = [self.placed(house, each, due_on=in_days(9)) for each in subjects[:2]]
        assert services.put_many(actor=system, items=later) == 2

        assert WorkItem.objects.filter(due_on=in_days(9)).count() == 2
        assert WorkItem.objects.count() == 5

    def test_are_withdrawn_together(self, house):
        subjects = [ids.new_id() for _ in range(3)]
        system = actors.system(HERE)
        services.put_many(actor=system, items=[self.placed(house, each) for each in subjects])

        of = {"kind": "followup.step", "subject_type": "pathways.OpenStep", "why": WithdrawnWhy.ANSWERED}
        assert services.withdraw_subjects(actor=system, subject_ids=subjects[:2], **of) == 2
        assert services.withdraw_subjects(actor=system, subject_ids=subjects[:2], **of) == 0

    def test_are_found_by_what_they_are_called(self, house, nurse):
        first, other = ids.new_id(), ids.new_id()
        items = [self.placed(house, first), self.placed(house, other, title=TITLE | {"nb": "Ring skolen"})]
        services.put_many(actor=actors.system(HERE), items=items)

        found = selectors.items(
            actor=nurse, narrowing=Narrowing(words="forelderen snakk"), within=people.reach(actor=nurse)
        )

        assert [row.subject_id for row in found] == [first]

    def test_are_put_by_jobs_only(self, house, nurse):
        with pytest.raises(NotAllowed):
            services.put_many(actor=nurse, items=[self.placed(house, ids.new_id())])


class TestWhatIsDoneElsewhere:
    def test_is_not_ticked_off_on_the_list(self, house, nurse):
        placed = Placed("followup.step", "pathways.OpenStep", ids.new_id(), house.home_care, title=TITLE)
        services.put_many(actor=actors.system(HERE), items=[placed])

        with pytest.raises(DoneThere):
            services.finish(actor=nurse, item_id=WorkItem.objects.get().id)


class TestLoad:
    def test_says_who_has_how_much_and_what_nobody_has(self, house, leader, nurse, eva):
        mine = factories.put(house.home_care, factories.followed(house.home_care), due_in=-2)
        factories.put(house.home_care, factories.followed(house.home_care), due_in=2)
        services.take(actor=nurse, item_id=mine.id)

        seen = selectors.load(actor=leader, unit_id=house.home_care)

        assert [(each.id, each.open, each.overdue) for each in seen.held] == [(nurse.id, 1, 1), (None, 1, 0)]
        assert (seen.open, seen.overdue) == (2, 1)
        assert seen.free is not None
        assert seen.free.this_week == 1

    def test_is_for_whoever_leads_there(self, house, nurse, leader):
        with pytest.raises(NotAllowed):
            selectors.load(actor=nurse)
        with pytest.raises(NotAllowed):
            selectors.load(actor=leader, unit_id=house.carers)
