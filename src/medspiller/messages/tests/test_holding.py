"""Notices of a restored database: none goes out until an operator lets them, and then all do, once."""

import logging
from datetime import timedelta

import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql

from medspiller.access.domain import actors
from medspiller.cli import messages
from medspiller.core import clock, holding, tenancy
from medspiller.core.errors import NotAllowed
from medspiller.messages import services, tasks
from medspiller.messages.domain.notices import LATE_AFTER, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.models import Notice
from medspiller.messages.tests.factories import KEY, PHONE
from medspiller.people.tests import factories as people
from tests.support.database import HERE
from tests.support.jobs import run_jobs
from tests.support.staff import build_house

SYSTEM = actors.system(HERE)
THEIRS = "somebody's own comment"


def comment(text):
    name = sql.Identifier(connection.settings_dict["NAME"])
    with connections["owner"].cursor() as owner:
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(text)))


@pytest.fixture
def restored(committed):
    comment(holding.held(THEIRS, at=clock.now()))
    yield
    comment(None)


@pytest.fixture
def sent(restored, register, sms_gateway):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM.id):
        house, person = build_house(HERE), people.make_person("Kari")
        people.involve(person, house.home_care)
        register.safe[person.id, "sms"] = PHONE
        return services.send_notice(
            actor=SYSTEM,
            person_id=person.id,
            kind=NoticeKind.NEW_ON_MY_PAGE,
            event_key=KEY,
            unit_id=house.home_care,
        )


def state_of(notice):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM.id):
        return Notice.objects.get(id=notice.id).state


def told_by(run, monkeypatch):
    """Run a command as it is run, but on the database of the suite, as its owner."""
    monkeypatch.setattr(messages, "_become_owner", lambda: None)
    default, connections["default"] = connections["default"], connections["owner"]
    try:
        return run(None)
    finally:
        connections["default"] = default


def test_nothing_goes_out_until_it_is_let_go_and_then_once(sent, sms_gateway, monkeypatch, caplog):
    run_jobs()
    with clock.frozen(clock.now() + LATE_AFTER + timedelta(minutes=1)), caplog.at_level(logging.WARNING):
        tasks.take_up_forgotten(timestamp=0)
        run_jobs()
    assert (state_of(sent), sms_gateway.asked) == (State.WAITING, [])
    assert "messages.held" in caplog.text
    assert not ProcrastinateJob.objects.filter(task_name="messages.hand_over", status="todo").exists()

    told = told_by(messages.run_release, monkeypatch)
    with clock.frozen(clock.now() + LATE_AFTER + timedelta(minutes=1)):
        tasks.take_up_forgotten(timestamp=0)
        run_jobs()
        run_jobs()

    assert (told["released"], told["waiting"]) == (True, 1)
    assert (state_of(sent), len(sms_gateway.sent)) == (State.HANDED_OVER, 1)


def test_an_operator_sees_how_many_wait_and_lets_them_go_once(sent, monkeypatch):
    held = told_by(messages.run_held, monkeypatch)
    released = told_by(messages.run_release, monkeypatch)
    again = told_by(messages.run_release, monkeypatch)

    assert (held["waiting"], held["oldest"]) == (1, sent.created_at)
    assert released["held_since"] == held["held_since"] is not None
    assert (again["held_since"], again["released"]) == (None, False)
    with connection.cursor() as cursor:
        cursor.execute(holding.ASKED)
        assert cursor.fetchone() == (THEIRS,)


def test_readiness_says_so(restored, client):
    assert client.get("/readyz").json()["notices"] == "held"

    comment(None)

    assert "notices" not in client.get("/readyz").json()


def test_readiness_says_so_also_of_a_mark_that_cannot_be_read(committed, client):
    comment(holding.held(THEIRS, at=clock.now()).replace("restored 2", "restored x"))
    try:
        assert client.get("/readyz").json()["notices"] == "held"
        assert services.held_since(actor=SYSTEM) is not None
    finally:
        comment(None)


def test_only_a_job_may_ask(restored):
    for ask in (services.held_since, services.waiting):
        with pytest.raises(NotAllowed):
            ask(actor=actors.anonymous(HERE))
