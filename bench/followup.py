"""Figures of follow-up: the work list of a large unit, a file and a plan, a night for 100,000 files, and events."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from urllib.parse import quote

from django.db import connection, connections
from django.test import Client

from bench._followup import STAFF, SYSTEM, unit_with
from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.config import secrets
from medspiller.core import clock, events, tenancy
from medspiller.followup import services
from medspiller.followup.models import Plan
from medspiller.followup.tasks import BATCH
from medspiller.pathways.models import Run
from medspiller.people.domain.events import PersonDied
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE

FILES, TASKS, NIGHT = sized(20_000), sized(200_000), sized(100_000)
EVENTS, SECONDS = sized(1_000), sized(60)
LIST_AIM, PAGE_AIM = "≤ 12 SQL, ≤ 50 ms, p95 ≤ 120 ms", "≤ 60 ms"
_MORE_TASKS = """
INSERT INTO worklist_workitem (id, kind, subject_type, subject_id, person_id, unit_id, roles, title, origin, due_on,
    by_law, put_at, taken_by, taken_by_name, taken_at, handed_by_name, snoozed_why, done_by_name, outcome,
    withdrawn_why)
SELECT gen_random_uuid(), kind, subject_type, gen_random_uuid(), person_id, unit_id, roles, title, origin,
    due_on + (random() * 30)::int, by_law, put_at, taken_by, taken_by_name, taken_at, '', '', '', '', ''
FROM worklist_workitem, generate_series(1, 20) AS n WHERE done_at IS NULL AND withdrawn_at IS NULL
LIMIT %(wanting)s
"""


def bench_follow_up_lists_and_pages(bench: Bench) -> None:
    """Whole requests as a browser sends them, by somebody who holds their part of the plans."""
    with unit_with(FILES, plans=2) as unit:
        tasks = _top_up()
        size = f"{STAFF} staff, {FILES:,} open files, {tasks:,} tasks"
        client = unit.signed_in()
        for name, address, aim in (
            ("work list, /arbeid/oppgaver/", "/arbeid/oppgaver/", LIST_AIM),
            ("the home, /arbeid/", "/arbeid/", LIST_AIM),
            ("the files, /arbeid/oppfolging/", "/arbeid/oppfolging/", PAGE_AIM),
        ):
            bench.measure(
                f"follow-up: {name}", lambda address=address: _ok(client, address), size=size, aim=aim, n=100,
                count_sql=True,
            )  # fmt: skip
        for name, addresses in (
            ("a file", [f"/arbeid/oppfolging/{each}/" for each in unit.files]),
            ("a plan", [f"/arbeid/oppfolging/plan/{each}/" for each in unit.plans]),
        ):
            bench.measure(
                f"follow-up: {name}", _each(client, addresses), size=size, aim=PAGE_AIM, n=100, count_sql=True
            )


def bench_a_night_of_follow_up(bench: Bench) -> None:
    """Every plan of so many files worked out anew after a month in which nobody looked, work lists and all."""
    with unit_with(NIGHT, plans=1, days_ago=30):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            Run.objects.filter(state="open").update(look_again_on=clock.today() - timedelta(days=1))
        took: list[float] = []
        began, count = time.perf_counter(), 0
        while looked_at := _batch():
            count += looked_at
            took.append((time.perf_counter() - began) / count * 1000)
        whole = time.perf_counter() - began
        size = f"{NIGHT:,} files, {count:,} plans"
        bench.add("follow-up: a night, all plans", [whole], unit="s", size=size, aim="≤ 300 s")
        bench.add("follow-up: a night, 1,000 plans", took, unit="s", size=size)


def bench_events_of_follow_up(bench: Bench) -> None:
    """
    Events told evenly for a minute, while the worker of the product sees to them: somebody has died, plan by plan.

    Each changes a plan and what stands on lists, and is told to whoever else listens.
    """
    with unit_with(-(-EVENTS // STAFF) * STAFF, plans=1):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            dead = list(Plan.objects.order_by("id").values_list("about_id", flat=True)[:EVENTS])
            # What the filling told is not what is measured.
            _as_owner("TRUNCATE procrastinate_jobs CASCADE")
        with _worker():
            took = _tell_evenly([PersonDied(person_id=each, died_on=clock.today()) for each in dead])
            _wait_until_all_is_done()
        waits = _waits()
        assert waits, "no event was delivered"
        size = f"{EVENTS:,} events in {took:.0f} s, {len(waits):,} deliveries, one worker"
        bench.add("follow-up: from an event to its effect", waits, unit="s", size=size, aim="longest ≤ 10 s")
        bench.add("follow-up: the longest wait of an event", [max(waits)], unit="s", size=size, aim="≤ 10 s")


def _tell_evenly(told: Sequence[object]) -> float:
    began = time.perf_counter()
    for number, event in enumerate(told):
        time.sleep(max(0.0, began + number * SECONDS / len(told) - time.perf_counter()))
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            events.publish(event)
    return time.perf_counter() - began


@contextmanager
def _worker() -> Iterator[None]:
    """The job worker as it is served, with the benchmark's own database."""
    given = connection.settings_dict
    address = f"postgresql://{given['USER']}:{quote(given['PASSWORD'])}@/{given['NAME']}?host={given['HOST']}"
    worker = subprocess.Popen(
        [sys.executable, "-m", "medspiller.cli.main", "manage", "procrastinate", "worker", "--concurrency", "2"],
        env=os.environ | {"DATABASE_WEB_URL": address},
        cwd=secrets.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        # It has begun once it has written that it is there.
        _until(lambda: _asked("SELECT count(*) FROM procrastinate_workers") > 0)
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)


def _wait_until_all_is_done() -> None:
    _until(lambda: _asked("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'events' "
                          "AND status IN ('todo', 'doing')") == 0)  # fmt: skip


def _waits() -> list[float]:
    """How long each delivery waited from when it was told until it was done, in seconds."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM done.at - told.at) FROM procrastinate_jobs AS job "
            "JOIN procrastinate_events AS told ON told.job_id = job.id AND told.type = 'deferred' "
            "JOIN procrastinate_events AS done ON done.job_id = job.id AND done.type = 'succeeded' "
            "WHERE job.task_name = 'core.deliver'"
        )
        return [float(seconds) for (seconds,) in cursor.fetchall()]


def _asked(question: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def _until(so: Callable[[], bool]) -> None:
    for _ in range(1200):
        if so():
            return
        time.sleep(0.1)
    raise TimeoutError


def _as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def _top_up() -> int:
    """Let there be as many tasks as are wanted: the steps of plans again, each as a task of its own."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
        rows = WorkItem.objects.filter(OPEN)
        wanting = max(0, TASKS - rows.count())
        cursor.execute(_MORE_TASKS, {"wanting": wanting})
        count = rows.count()
    _as_owner("VACUUM ANALYZE worklist_workitem")
    return count


def _batch() -> int:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        return services.recompute_plans(actor=SYSTEM, before=clock.today(), limit=BATCH)


def _ok(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _each(client: Client, addresses: list[str]) -> Callable[[], None]:
    """Another one of them each time."""
    waiting = cycle(addresses)
    return lambda: _ok(client, next(waiting))
