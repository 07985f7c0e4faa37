"""How it stands with a job that somebody waits for."""

from datetime import timedelta
from enum import StrEnum

from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.core import clock

STALLED_AFTER_SECONDS = 60


class JobState(StrEnum):
    """WAITS and RUNS are as they should be; BROKEN_OFF is given to another worker in a while; OVER comes to no more."""

    WAITS = "waits"
    RUNS = "runs"
    BROKEN_OFF = "broken_off"
    OVER = "over"


def state_of(job_id: int) -> JobState:
    """Return how it stands with a job; one that is not there any more is over."""
    row = ProcrastinateJob.objects.select_related("worker").filter(id=job_id).first()
    if row is None or row.status not in {"todo", "doing"}:
        return JobState.OVER
    if row.status == "todo":
        return JobState.WAITS
    # A worker that ends in order gives its jobs back; of one that was killed only the heartbeat tells.
    heard_since = clock.now() - timedelta(seconds=STALLED_AFTER_SECONDS)
    is_alive = row.worker is not None and row.worker.last_heartbeat > heard_since
    return JobState.RUNS if is_alive else JobState.BROKEN_OFF


def is_lost(job_id: int) -> bool:
    """Whether nothing is being made by a job, although somebody still waits for it."""
    return state_of(job_id) in {JobState.BROKEN_OFF, JobState.OVER}
