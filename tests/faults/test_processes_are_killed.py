"""kill -9 of web workers, web and job worker while people write: nothing acknowledged is lost, and all come back."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest

from medspiller.config.secrets import ROOT
from tests.faults.installation import Installation, running
from tests.faults.jobs.work import AFTER_COMMIT, BEFORE_COMMIT, attempts
from tests.faults.visitor import Sent, typing

pytestmark = pytest.mark.slow

# What is promised: killed once, a process is back within this. Half a second on a quiet machine, and some to start.
BACK_WITHIN_SECONDS = 15
# Where others use the machine too: within so many times what a whole start took just before.
STARTS = 2
# A job whose worker died is noticed by its silence: thirty seconds, then the next full minute; and some to do it.
JOB_DONE_WITHIN_SECONDS = 150

NAMES_OF_UNITS = "SELECT name FROM organisations_unit"
TOP_UNIT = """
SELECT unit.id FROM organisations_unit unit JOIN organisations_tenant tenant ON tenant.id = unit.tenant_id
WHERE unit.parent_id IS NULL AND tenant.kind = 'municipality'
"""
STATES_OF_JOBS = "SELECT status::text FROM procrastinate_jobs WHERE args->'payload'->>'mark' IS NOT NULL"
# Per job: how often its work is there, and how often its delivery is recorded.
EFFECTS = """
SELECT done.name, count(DISTINCT done.id), count(DISTINCT delivery.id)
FROM organisations_organisation done
JOIN procrastinate_jobs job ON job.args->'payload'->>'mark' = done.name
JOIN core_delivery delivery ON delivery.event_id::text = job.args->>'event_id'
GROUP BY done.name ORDER BY done.name
"""


@pytest.fixture(scope="module")
def installation(with_demo: Path) -> Iterator[Installation]:
    with running(with_demo, DJANGO_SETTINGS_MODULE="tests.faults.jobs.settings") as made:
        yield made


Typing = Callable[[], AbstractContextManager[Sent]]


@pytest.fixture
def people_typing(installation) -> Typing:
    """Three people who open units over the pages of the administration."""
    ((unit_id,),) = installation.asked(TOP_UNIT)
    form = f"/arbeid/styring/enheter/{unit_id}/ny/"
    return lambda: typing(installation, by="tilgangsstyrer", at=form, fields=lambda mark: {"name": f"Enhet {mark}"})


@pytest.fixture
def soon(installation) -> float:
    """Within how many seconds what was killed is back."""
    return max(BACK_WITHIN_SECONDS, STARTS * installation.start_seconds)


def within(seconds: float, holds: Callable[[], object]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


def lost(installation: Installation, sent: Sent) -> list[str]:
    """Return what was acknowledged and is not stored exactly once."""
    stored = [name for (name,) in installation.asked(NAMES_OF_UNITS)]
    return [mark for mark in sent.acknowledged if stored.count(f"Enhet {mark}") != 1]


def pids(processes: list[psutil.Process]) -> set[int]:
    return {process.pid for process in processes}


class TestTheWeb:
    def test_both_workers_killed_at_once_are_replaced_and_nothing_is_lost(self, installation, people_typing, soon):
        with people_typing() as sent:
            assert sent.wait_for(5, seconds=60)
            before = pids(installation.web_workers())

            assert installation.kill_web_workers() == 2

            assert sent.wait_for(5, seconds=soon), installation.told()
            assert within(soon, lambda: len(installation.web_workers()) == 2)
        assert not before & pids(installation.web_workers())
        assert lost(installation, sent) == []

    def test_workers_killed_again_and_again(self, installation, people_typing, soon):
        # More often than granian bears: it gives up, and the supervisor starts it anew.
        with people_typing() as sent:
            for _ in range(6):
                installation.kill_web_workers()
                time.sleep(1)
            assert sent.wait_for(5, seconds=2 * soon), installation.told()
        assert lost(installation, sent) == []

    def test_killed_whole_it_comes_back_and_leaves_none_of_its_workers_behind(self, installation, people_typing, soon):
        with people_typing() as sent:
            assert sent.wait_for(1, seconds=60)
            left_behind = installation.web_workers()

            assert installation.kill_web() == 1

            assert within(soon, lambda: not any(each.is_running() for each in left_behind))
            assert sent.wait_for(5, seconds=2 * soon), installation.told()
        assert lost(installation, sent) == []


class TestEverythingInTurn:
    def test_web_worker_and_database_killed_one_after_the_other(self, installation, people_typing, soon):
        with people_typing() as sent:
            for kill in (installation.kill_web_workers, installation.kill_worker, installation.kill_database):
                assert sent.wait_for(5, seconds=60), installation.told()
                kill()
            assert sent.wait_for(5, seconds=2 * soon), installation.told()
        assert lost(installation, sent) == []
        assert within(2 * soon, lambda: installation.status("/readyz") == 200), installation.told()


class TestTheJobWorker:
    def test_comes_back(self, installation, soon):
        assert within(60, lambda: installation.part("procrastinate"))
        before = installation.part("procrastinate")

        assert installation.kill_worker() == 1

        assert within(soon, lambda: installation.part("procrastinate"))
        assert installation.part("procrastinate") != before

    # Waits for the sweeper, which gives a job back only after a minute. In the suite: test_events_survive.
    @pytest.mark.soak
    def test_jobs_interrupted_in_the_middle_have_their_effect_once(self, installation):
        # Two at once, as many as a worker does: one has written and not committed, one has committed and not said so.
        for held_at in (BEFORE_COMMIT, AFTER_COMMIT):
            ask = [sys.executable, "-m", "tests.faults.jobs.ask", held_at, held_at]
            subprocess.run(ask, env=installation.environment, cwd=ROOT, check=True)
        notes = {held_at: attempts(installation.data, held_at) for held_at in (BEFORE_COMMIT, AFTER_COMMIT)}
        assert within(60, lambda: all(note.exists() for note in notes.values())), installation.told()

        assert installation.kill_worker() == 1

        assert installation.asked(STATES_OF_JOBS) == [("doing",), ("doing",)]
        assert installation.asked(EFFECTS) == [(AFTER_COMMIT, 1, 1)]
        assert within(
            JOB_DONE_WITHIN_SECONDS, lambda: installation.asked(STATES_OF_JOBS) == [("succeeded",), ("succeeded",)]
        ), installation.told()
        assert installation.asked(EFFECTS) == [(AFTER_COMMIT, 1, 1), (BEFORE_COMMIT, 1, 1)]
        assert {moment: len(note.read_text().split()) for moment, note in notes.items()} == {
            BEFORE_COMMIT: 2, AFTER_COMMIT: 1,
        }  # fmt: skip


class TestTheSupervisor:
    def test_killed_it_takes_all_it_started_with_it_and_the_next_one_begins(self, installation):
        children = psutil.Process(installation.process.pid).children(recursive=True)
        assert len(children) >= 4

        installation.process.kill()
        installation.process.wait()

        assert within(30, lambda: not any(each.is_running() for each in children))
        installation.start()
        assert installation.serves()

    def test_a_log_that_cannot_be_written_stops_nobody(self, installation, soon):
        installation.stop()
        installation.start(log=Path("/dev/full"))

        installation.kill_worker()
        installation.kill_web()
        installation.kill_database()

        assert within(4 * soon, lambda: installation.status("/readyz") == 200)
        assert within(soon, lambda: installation.part("procrastinate"))
        assert installation.serves()
