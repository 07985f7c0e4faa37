"""kill -9 of the worker while carers' answers are on their way to their plans: none is lost, and none counts twice."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.access.domain import actors
from medspiller.config import wiring
from medspiller.core import clock, events, ids, tenancy
from medspiller.core.models import Delivery
from medspiller.followup import subscribers
from medspiller.followup.models import CarerFile, Plan
from medspiller.followup.services.reacting import RESPONSE
from medspiller.followup.tests.factories import build_team, ensure_one_holder, open_file, start_plan
from medspiller.pathways.models import Happening
from medspiller.pathways.tests.factories import FORM
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests.factories import involve, make_person
from medspiller.questionnaires.domain.events import ResponseCompleted
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE
from tests.support.jobs import run_jobs

PATIENCE_SECONDS = 120
fork = multiprocessing.get_context("fork")


@pytest.fixture
def only_follow_up(committed: None) -> Iterator[None]:
    """Of all that hears of answers, follow-up alone: it is what is looked at."""
    events.connect([(ResponseCompleted, subscribers.response_completed)])
    yield
    events.connect(wiring.SUBSCRIPTIONS)


def carers_with_plans(count: int) -> list[UUID]:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        team = build_team(HERE)
        carers = [make_person(f"Liv{number}", "Demoland") for number in range(count)]
        for carer in carers:
            involve(carer, team.unit_id, basis=InvolvementBasis.SUPPORT)
            start_plan(team, file=open_file(team, carer=carer))
        return [carer.id for carer in carers]


def answered(carers: list[UUID], *, times: int) -> list[UUID]:
    """Let carers answer in turn, each answer told in a transaction of its own, and return the answers."""
    told = []
    for number in range(times):
        response_id = ids.new_id()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            events.publish(
                ResponseCompleted(
                    response_id=response_id,
                    person_id=carers[number % len(carers)],
                    definition=f"{FORM}|1.0.0",
                    completed_at=clock.now(),
                )
            )
        told.append(response_id)
    return told


def delivered() -> int:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        return Delivery.objects.count()


def hand_back() -> int:
    """Give back what the dead worker had begun: what the sweeper does once it has been silent for a minute."""

    async def work() -> int:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
        worker_app = app.with_connector(app.connector.get_worker_connector())
        async with worker_app.open_async():
            begun = list(await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=0))
            for job in begun:
                await worker_app.job_manager.retry_job(job)
        return len(begun)

    return asyncio.run(work())


def killed_at(count: int) -> None:
    """Let a worker work until so much is delivered, and kill it in the middle of the next."""
    connection.close()
    connection.close_pool()
    child = fork.Process(target=run_jobs, daemon=True)
    child.start()
    until = time.monotonic() + PATIENCE_SECONDS
    while delivered() < count and time.monotonic() < until:
        time.sleep(0.005)
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    hand_back()


def survived(*, carers: int, answers: int, kills: int) -> None:
    persons = carers_with_plans(carers)
    told = answered(persons, times=answers)
    before = delivered()

    for kill in range(1, kills + 1):
        killed_at(before + answers * kill // (kills + 1))
        # Each is killed with work left, so that each kill hits something.
        assert before < delivered() < before + answers
    run_jobs()

    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        sources = list(Happening.objects.filter(source_type=RESPONSE).values_list("source_id", flat=True))
        assert sorted(sources) == sorted(told)
        assert not ProcrastinateJob.objects.exclude(status="succeeded").filter(task_name="core.deliver").exists()
        forms = WorkItem.objects.filter(kind="followup.step", title__nb="form")
        assert forms.count() == CarerFile.objects.count() == carers
        assert not forms.filter(OPEN).exists()
        for plan in Plan.objects.all()[:5]:
            ensure_one_holder(plan)
    connections.close_all()


@pytest.mark.slow
def test_sixty_answers_reach_their_plans_once_each_though_the_worker_is_killed_three_times(only_follow_up):
    survived(carers=6, answers=60, kills=3)


@pytest.mark.soak
def test_a_thousand_answers_reach_their_plans_once_each_though_the_worker_is_killed_twelve_times(only_follow_up):
    survived(carers=50, answers=1000, kills=12)
