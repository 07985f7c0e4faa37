from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.config import wiring
from medspiller.core import events, tasks, tenancy
from medspiller.core.models import Delivery
from tests.support.database import ELSEWHERE, HERE
from tests.support.jobs import run_jobs

ACTOR = UUID(int=5)
SEEN: list[object] = []


@dataclass(frozen=True, slots=True)
class DoorOpened:
    door_id: UUID
    opened_at: datetime
    opened_on: date
    hours: Decimal
    by: str | None = None
    rooms: tuple[UUID, ...] = ()


@dataclass
class NotFrozen:
    door_id: UUID


@dataclass(frozen=True)
class CarriesAnObject:
    thing: object = field(default_factory=object)


OPENED = DoorOpened(
    door_id=UUID(int=1),
    opened_at=datetime(2026, 5, 1, 12, tzinfo=UTC),
    opened_on=date(2026, 5, 1),
    hours=Decimal("7.50"),
    rooms=(UUID(int=2), UUID(int=3)),
)


def ring(event: DoorOpened) -> None:
    SEEN.append(("ring", event, tenancy.current_tenant()))


def note(event: DoorOpened) -> None:
    SEEN.append(("note", event, tenancy.current_tenant()))


def fail(event: DoorOpened) -> None:
    raise RuntimeError("the subscriber failed")


@pytest.fixture(autouse=True)
def connected():
    SEEN.clear()
    events.connect([(DoorOpened, ring), (DoorOpened, note)])
    yield
    wiring.connect()


def test_an_event_comes_out_as_it_went_in():
    payload = events.encode(OPENED)

    assert events.decode(event_name=events.name_of(DoorOpened), payload=payload) == OPENED


def test_a_field_that_an_old_event_lacks_gets_its_default_and_one_we_no_longer_know_is_left_out():
    payload = events.encode(OPENED)
    del payload["rooms"]
    payload["colour"] = "red"

    decoded = events.decode(event_name=events.name_of(DoorOpened), payload=payload)

    assert decoded.rooms == ()


@pytest.mark.parametrize("event", [NotFrozen(UUID(int=1)), CarriesAnObject(), "text"])
def test_what_is_no_frozen_dataclass_of_plain_values_is_refused(event):
    with pytest.raises(events.NotAnEvent):
        events.encode(event)


@pytest.mark.django_db
def test_publishing_outside_a_tenant_is_refused():
    with pytest.raises(events.NoTenant):
        events.publish(OPENED)


def test_one_job_for_each_subscriber_in_the_same_transaction(here):
    events.publish(OPENED)

    jobs = ProcrastinateJob.objects.filter(task_name="core.deliver")
    assert sorted(job.args["subscriber"] for job in jobs) == sorted([events.name_of(ring), events.name_of(note)])


def test_nothing_is_told_of_what_was_rolled_back(here):
    with pytest.raises(RuntimeError), transaction.atomic():
        events.publish(OPENED)
        raise RuntimeError("changed our mind")

    assert not ProcrastinateJob.objects.filter(task_name="core.deliver").exists()


@pytest.mark.slow
def test_the_worker_tells_each_subscriber_once_within_the_events_tenant(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=ACTOR):
        events.publish(OPENED)

    run_jobs()

    assert sorted((name, tenant) for name, _, tenant in SEEN) == [("note", HERE), ("ring", HERE)]
    assert all(event == OPENED for _, event, _ in SEEN)


def test_a_delivery_that_is_run_again_has_no_second_effect(committed):
    again = {
        "tenant_id": str(HERE),
        "event_id": str(UUID(int=9)),
        "event_name": events.name_of(DoorOpened),
        "payload": events.encode(OPENED),
        "subscriber": events.name_of(ring),
    }

    tasks.deliver(**again)
    tasks.deliver(**again)

    assert len(SEEN) == 1


def test_a_subscriber_that_fails_leaves_no_record_so_that_it_is_tried_again(committed):
    events.connect([(DoorOpened, fail)])
    once = {
        "tenant_id": str(HERE),
        "event_id": str(UUID(int=9)),
        "event_name": events.name_of(DoorOpened),
        "payload": events.encode(OPENED),
        "subscriber": events.name_of(fail),
    }

    with pytest.raises(RuntimeError, match="failed"):
        tasks.deliver(**once)

    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=ACTOR):
        assert not Delivery.objects.exists()


@pytest.mark.slow
def test_a_job_whose_worker_died_is_given_back_and_done_once(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=ACTOR):
        events.publish(OPENED)
    # A worker took both jobs and has not been heard of for ten minutes.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes') RETURNING id"
        )
        (dead,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE task_name = 'core.deliver'", [dead]
        )

    # The sweep is a job of its own that every worker brings along; one that finds nothing to do may leave before it.
    for _worker in range(20):
        run_jobs()
        if SEEN:
            break
    run_jobs()

    assert sorted(name for name, _, _ in SEEN) == ["note", "ring"]


def test_a_tenant_is_never_entered_inside_another(here):
    with pytest.raises(tenancy.NestedTenant), tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=ACTOR):
        pass


def test_the_tenant_cannot_be_set_where_it_would_stay(committed):
    with pytest.raises(tenancy.NoTransaction):
        tenancy.enter_tenant(tenant_id=HERE, actor_id=ACTOR)


def test_the_tenant_ends_with_the_transaction(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=ACTOR):
        assert tenancy.current_tenant() == HERE

    assert tenancy.current_tenant() is None
