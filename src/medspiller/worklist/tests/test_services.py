"""Putting, withdrawing, taking, finishing: who may, what is stored, what is in the log."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.worklist import services
from medspiller.worklist.domain.items import (
    AlreadyTaken,
    NothingToUndo,
    Outcome,
    Over,
    PutAgain,
    TooLateToUndo,
    WithdrawnWhy,
)
from medspiller.worklist.domain.kinds import PERSON
from medspiller.worklist.models import WorkItem
from medspiller.worklist.tests import factories
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Eva Demoås")


@pytest.fixture
def waiting(house):
    return factories.put(house.home_care, factories.followed(house.home_care))


def fresh(item):
    return WorkItem.objects.get(id=item.id)


def withdraw(item, why=WithdrawnWhy.ANSWERED):
    return services.withdraw(
        actor=actors.system(HERE), kind=item.kind, subject_type=PERSON, subject_id=item.subject_id, why=why
    )


class TestPut:
    def test_twice_is_once_with_the_last_day(self, house):
        person = factories.followed(house.home_care)

        first = factories.put(house.home_care, person, due_in=3)
        second = factories.put(house.home_care, person, due_in=9)

        assert first.id == second.id
        assert WorkItem.objects.get().due_on == clock.today() + timedelta(days=9)

    def test_twice_the_same_writes_nothing_more(self, waiting, house):
        entries = AccessEntry.objects.count()

        factories.put(house.home_care, waiting.person)

        assert AccessEntry.objects.count() == entries

    def test_is_for_each_unit_and_each_kind(self, house):
        person = factories.followed(house.home_care)

        factories.put(house.home_care, person)
        factories.put(house.carers, person)
        factories.put(house.home_care, person, kind="inform_carer")

        assert WorkItem.objects.count() == 3

    def test_comes_anew_after_it_was_finished(self, waiting, nurse, house):
        services.finish(actor=nurse, item_id=waiting.id)

        assert factories.put(house.home_care, waiting.person).id != waiting.id

    def test_is_in_the_log_about_the_person(self, waiting):
        entry = AccessEntry.objects.get(action="worklist.put_item")

        assert (entry.person_id, entry.basis, entry.information) == (waiting.person_id, "system", ["children"])

    def test_is_nothing_that_staff_may(self, nurse, house):
        with pytest.raises(NotAllowed):
            services.put(
                actor=nurse,
                kind="children_question",
                subject_type=PERSON,
                subject_id=ids.new_id(),
                unit_id=house.home_care,
            )

    def test_the_database_refuses_the_same_twice(self, waiting):
        with pytest.raises(IntegrityError, match="worklist_workitem_once"), transaction.atomic():
            WorkItem.objects.create(
                kind=waiting.kind,
                subject_type=waiting.subject_type,
                subject_id=waiting.subject_id,
                unit_id=waiting.unit_id,
                put_at=clock.now(),
            )


class TestWithdraw:
    def test_takes_it_off_every_list_and_says_why(self, house):
        person = factories.followed(house.home_care)
        items = [factories.put(unit, person) for unit in (house.home_care, house.carers)]

        assert withdraw(items[0]) == 2
        assert {fresh(item).withdrawn_why for item in items} == {"answered"}

    def test_twice_is_once(self, waiting):
        assert (withdraw(waiting), withdraw(waiting)) == (1, 0)

    def test_leaves_what_is_finished(self, waiting, nurse):
        services.finish(actor=nurse, item_id=waiting.id)

        assert withdraw(waiting) == 0
        assert fresh(waiting).outcome == "done"

    def test_takes_also_what_somebody_has_taken(self, waiting, nurse):
        services.take(actor=nurse, item_id=waiting.id)

        assert withdraw(waiting) == 1
        with pytest.raises(Over):
            services.finish(actor=nurse, item_id=waiting.id)

    def test_is_nothing_that_staff_may(self, waiting, nurse):
        with pytest.raises(NotAllowed):
            services.withdraw(
                actor=nurse, kind=waiting.kind, subject_type=PERSON, subject_id=waiting.subject_id, why="ended"
            )


class TestTake:
    def test_says_who_and_since_when_and_is_in_the_log(self, waiting, nurse):
        services.take(actor=nurse, item_id=waiting.id)

        row = fresh(waiting)
        assert (row.taken_by, row.taken_by_name) == (nurse.id, "Nora Demonatt")
        entry = AccessEntry.objects.get(action="worklist.take_item")
        assert (entry.person_id, entry.actor_id, entry.basis) == (waiting.person_id, nurse.id, "involvement")

    def test_twice_by_the_same_is_once(self, waiting, nurse):
        services.take(actor=nurse, item_id=waiting.id)
        services.take(actor=nurse, item_id=waiting.id)

        assert AccessEntry.objects.filter(action="worklist.take_item").count() == 1

    def test_the_second_is_told_who_was_first(self, waiting, nurse, colleague):
        services.take(actor=nurse, item_id=waiting.id)

        with pytest.raises(AlreadyTaken) as refusal:
            services.take(actor=colleague, item_id=waiting.id)

        assert refusal.value.by == "Nora Demonatt"
        assert fresh(waiting).taken_by == nurse.id

    def test_nobody_takes_from_another_units_list(self, waiting, house):
        with pytest.raises(NotFound):
            services.take(actor=factories.worker(house.tenant_id, house.carers), item_id=waiting.id)

    def test_nobody_takes_what_is_about_somebody_they_cannot_open(self, house, nurse):
        stranger = factories.put(house.home_care, factories.make_person())

        with pytest.raises(NotAllowed) as refusal:
            services.take(actor=nurse, item_id=stranger.id)

        assert refusal.value.reason == "no_relation"


class TestGiveBack:
    def test_makes_it_anybodys(self, waiting, nurse, colleague):
        services.take(actor=nurse, item_id=waiting.id)
        services.give_back(actor=nurse, item_id=waiting.id)

        assert services.take(actor=colleague, item_id=waiting.id).taken_by == colleague.id

    def test_a_leader_does_it_for_somebody_who_is_ill(self, waiting, nurse, colleague, house):
        services.take(actor=nurse, item_id=waiting.id)
        leader = factories.worker(house.tenant_id, house.home_care, Role.LEADER)

        with pytest.raises(AlreadyTaken):
            services.give_back(actor=colleague, item_id=waiting.id)
        services.give_back(actor=leader, item_id=waiting.id)

        assert fresh(waiting).taken_by is None


class TestFinish:
    @pytest.mark.parametrize("outcome", list(Outcome))
    def test_takes_it_off_the_list(self, waiting, nurse, outcome):
        services.finish(actor=nurse, item_id=waiting.id, outcome=outcome)

        row = fresh(waiting)
        assert (row.outcome, row.done_by, row.taken_by) == (outcome.value, nurse.id, nurse.id)

    def test_is_refused_for_a_colleagues(self, waiting, nurse, colleague):
        services.take(actor=nurse, item_id=waiting.id)

        with pytest.raises(AlreadyTaken):
            services.finish(actor=colleague, item_id=waiting.id)

    def test_is_taken_back_within_a_day(self, waiting, nurse, colleague):
        services.finish(actor=nurse, item_id=waiting.id)
        services.undo_finish(actor=colleague, item_id=waiting.id)

        row = fresh(waiting)
        assert (row.done_at, row.outcome, row.taken_by) == (None, "", nurse.id)
        with pytest.raises(NothingToUndo):
            services.undo_finish(actor=nurse, item_id=waiting.id)

    def test_is_not_taken_back_later(self, waiting, nurse):
        with clock.frozen(clock.now() - timedelta(days=1, minutes=1)):
            services.finish(actor=nurse, item_id=waiting.id)

        with pytest.raises(TooLateToUndo):
            services.undo_finish(actor=nurse, item_id=waiting.id)

    def test_is_not_taken_back_when_the_same_has_come_anew(self, waiting, nurse, house):
        services.finish(actor=nurse, item_id=waiting.id)
        factories.put(house.home_care, waiting.person)

        with pytest.raises(PutAgain):
            services.undo_finish(actor=nurse, item_id=waiting.id)


def test_every_version_is_kept(waiting, nurse):
    services.take(actor=nurse, item_id=waiting.id)
    services.finish(actor=nurse, item_id=waiting.id)

    versions = WorkItem.pgh_event_model.objects.filter(id=waiting.id).order_by("pgh_id")
    assert [version.pgh_label for version in versions] == ["insert", "update", "update"]


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"taken_by": ids.new_id()}, "taken_whole"),
        ({"done_at": clock.now()}, "done_whole"),
        ({"withdrawn_at": clock.now(), "withdrawn_why": "because"}, "withdrawn_whole"),
        (
            {
                "done_at": clock.now(),
                "done_by": ids.new_id(),
                "outcome": "done",
                "withdrawn_at": clock.now(),
                "withdrawn_why": "ended",
            },
            "over_once",
        ),
        ({"kind": ""}, "says_what"),
    ],
)
def test_the_database_refuses_half_a_state(waiting, columns, constraint):
    with pytest.raises(IntegrityError, match=f"worklist_workitem_{constraint}"), transaction.atomic():
        WorkItem.objects.filter(id=waiting.id).update(**columns)


def test_another_tenant_neither_sees_nor_takes_it(waiting, here):
    tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
    foreign = build_house(ELSEWHERE)
    leader = factories.worker(ELSEWHERE, foreign.top, Role.LEADER)

    with pytest.raises(NotFound):
        services.take(actor=leader, item_id=waiting.id)
    assert withdraw(waiting) == 0
    tenancy.enter_tenant(tenant_id=here, actor_id=actors.SYSTEM_ID)
    assert fresh(waiting).withdrawn_at is None


class TestTwoAtTheSameMoment:
    """For real: two connections, two transactions, one row."""

    @pytest.fixture
    def built(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            item = factories.put(house.home_care, factories.followed(house.home_care))
            names = ("Nora Demonatt", "Eva Demoås")
            return house, item, [factories.worker(HERE, house.home_care, name=name) for name in names]

    def both(self, work, count=2):
        """Let each begin when all are ready, and return what each got or was refused with."""
        ready, got = threading.Barrier(count), [None] * count

        def act(number):
            try:
                with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
                    ready.wait(timeout=30)
                    got[number] = work(number)
            except AlreadyTaken as refusal:
                got[number] = refusal
            finally:
                connection.close()

        threads = [threading.Thread(target=act, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return got

    def test_one_takes_it_and_the_other_is_told_who(self, built):
        _house, item, nurses = built

        got = self.both(lambda number: services.take(actor=nurses[number], item_id=item.id))

        (refused,) = [each for each in got if isinstance(each, AlreadyTaken)]
        (taken,) = [each for each in got if isinstance(each, WorkItem)]
        assert refused.by == taken.taken_by_name

    def test_put_at_once_is_put_once(self, built):
        house, _item, _nurses = built
        subject = ids.new_id()

        got = self.both(lambda number: factories.put(house.carers, subject_id=subject, due_in=number))

        assert len({each.id for each in got}) == 1
