"""The job that hands a notice over, by its name: a service does not import tasks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.core import tenancy
from medspiller.messages.models import Notice

HAND_OVER = "messages.hand_over"
QUEUE = "messages"


def _lock(notice_id: UUID) -> str:
    return f"{HAND_OVER}:{notice_id}"


def without_a_job(notice_ids: Collection[UUID]) -> set[UUID]:
    """Return those of these notices that no job waits to hand over, or is handing over."""
    locks = {_lock(each): each for each in notice_ids}
    jobs = ProcrastinateJob.objects.filter(task_name=HAND_OVER, lock__in=locks, status__in=("todo", "doing"))
    return set(locks.values()) - {locks[lock] for lock in jobs.values_list("lock", flat=True) if lock}


def defer_hand_over(notice: Notice, *, at: datetime | None = None) -> None:
    """Let a worker hand the notice over after this transaction, at a moment if one is given. One at a time."""
    job = app.configure_task(HAND_OVER, queue=QUEUE, lock=_lock(notice.id), schedule_at=at)
    job.defer(tenant_id=str(tenancy.current_tenant()), notice_id=str(notice.id))
