"""What somebody had taken who leaves a post, or loses a role: the unit has it again, and nothing is hidden."""

from datetime import timedelta

import pytest

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.events import HoldingEnded, RoleEnded
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, RoleGrant
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed
from medspiller.worklist import selectors, services, subscribers, tasks
from medspiller.worklist.models import WorkItem
from medspiller.worklist.tests import factories


@pytest.fixture
def system(house):
    return actors.system(house.tenant_id)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


def holding_of(actor):
    return PostHolding.objects.get(user_id=actor.id)


def put_off(actor, item):
    services.snooze(actor=actor, item_id=item.id, until=clock.today() + timedelta(days=2), why="no_answer")


def state(item):
    row = WorkItem.objects.get(id=item.id)
    return row.taken_by, row.snoozed_until


def waiting(house, **more):
    return factories.put(house.home_care, factories.followed(house.home_care), due_in=20, **more)


def test_is_nobodys_again_also_where_it_was_put_off(house, nurse, system):
    taken, off = waiting(house), factories.put(house.home_care, factories.followed(house.home_care, "Arne"), due_in=9)
    services.take(actor=nurse, item_id=taken.id)
    put_off(nurse, off)
    held = holding_of(nurse)
    access.end_holding(actor=system, holding_id=held.id, at=clock.now())

    for _twice in range(2):
        subscribers.holding_ended(
            HoldingEnded(holding_id=held.id, user_id=nurse.id, post_id=held.post_id, ended_at=clock.now())
        )

    assert [state(taken), state(off)] == [(None, None)] * 2
    colleague = factories.worker(house.tenant_id, house.home_care, name="Eva Demoås")
    services.take(actor=colleague, item_id=off.id)


def test_is_nobodys_where_the_role_that_it_is_for_has_ended(house, system):
    both = factories.worker(house.tenant_id, house.home_care, Role.CHILDREN_LEAD, name="Berit Demobakk")
    held = holding_of(both)
    other = RoleGrant.objects.get(holding=held)
    of_children, of_all = waiting(house, roles=[Role.CHILDREN_LEAD]), waiting(house)
    RoleGrant.objects.create(
        holding=held, role=Role.CARE_WORKER.value, unit_id=other.unit_id, valid_from=other.valid_from,
        valid_to=other.valid_to,
    )  # fmt: skip
    for each in (of_children, of_all):
        services.take(actor=both, item_id=each.id)
    access.end_role(actor=system, grant_id=other.id, at=clock.now())

    subscribers.role_ended(RoleEnded(grant_id=other.id, holding_id=held.id, role=other.role, ended_at=clock.now()))

    assert (state(of_children)[0], state(of_all)[0]) == (None, both.id)


def test_stays_with_whoever_is_still_there(house, nurse, system):
    item = waiting(house)
    services.take(actor=nurse, item_id=item.id)

    assert tasks.leave_items_of_tenant(system) == 0
    assert state(item)[0] == nurse.id


def test_is_found_each_hour_where_a_post_ended_by_its_day_or_an_account_is_none(house, nurse, system):
    item, strange = waiting(house), waiting(house)
    services.take(actor=nurse, item_id=item.id)
    WorkItem.objects.filter(id=strange.id).update(taken_by=ids.new_id(), taken_at=clock.now())
    today = clock.today()
    PostHolding.objects.filter(user_id=nurse.id).update(valid_from=today - timedelta(days=9), valid_to=today)

    assert tasks.leave_items_of_tenant(system) == 2
    assert [state(item)[0], state(strange)[0]] == [None, None]


def test_of_others_is_found_where_one_cannot_be_seen_to(house, system, monkeypatch, caplog):
    broken, item = waiting(house), waiting(house)
    stuck, gone = sorted((ids.new_id(), ids.new_id()))
    for each, by in ((broken, stuck), (item, gone)):
        WorkItem.objects.filter(id=each.id).update(taken_by=by, taken_at=clock.now())
    leave = services.leave_items

    def fails_for_one(*, actor, user_id):
        if user_id == stuck:
            raise LookupError("broken")
        return leave(actor=actor, user_id=user_id)

    monkeypatch.setattr(services, "leave_items", fails_for_one)

    assert tasks.leave_items_of_tenant(system) == 1
    assert [state(broken)[0], state(item)[0]] == [stuck, None]
    assert "worklist.left.failed" in caplog.text


def test_is_for_the_system_alone(nurse):
    for leave in (lambda: services.leave_items(actor=nurse, user_id=nurse.id),
                  lambda: selectors.who_have_taken(actor=nurse)):  # fmt: skip
        with pytest.raises(NotAllowed):
            leave()
