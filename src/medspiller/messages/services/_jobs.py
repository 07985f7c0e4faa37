"""The job that hands a notice over, by its name: a service does not import tasks."""

from datetime import datetime

from procrastinate.contrib.django import app

from medspiller.core import tenancy
from medspiller.messages.models import Notice

HAND_OVER = "messages.hand_over"
QUEUE = "messages"


def defer_hand_over(notice: Notice, *, at: datetime | None = None) -> None:
    """Let a worker hand the notice over after this transaction, at a moment if one is given. One at a time."""
    job = app.configure_task(HAND_OVER, queue=QUEUE, lock=f"{HAND_OVER}:{notice.id}", schedule_at=at)
    job.defer(tenant_id=str(tenancy.current_tenant()), notice_id=str(notice.id))
