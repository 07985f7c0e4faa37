"""Jobs of the ground: delivery of events, and the sweeper that finds jobs whose worker died."""

import logging
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.core import events, tenancy
from medspiller.core.jobs import STALLED_AFTER_SECONDS
from medspiller.core.models import Delivery

logger = logging.getLogger(__name__)

SYSTEM_ACTOR_ID = UUID(int=0)
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="core.deliver", queue="events", retry=_RETRY)
def deliver(*, tenant_id: str, event_id: str, event_name: str, payload: dict[str, Any], subscriber: str) -> None:
    """
    Run one subscriber for one event, once, however often the job is started.

    The record of the delivery and the subscriber's own writes are one transaction, and the
    record is unique: of two workers the second waits for the first and then does nothing.
    """
    with tenancy.tenant_transaction(tenant_id=UUID(tenant_id), actor_id=SYSTEM_ACTOR_ID):
        if not Delivery.objects.claim(event_id=UUID(event_id), subscriber=subscriber):
            logger.info("core.deliver.already_done", extra={"event_id": event_id, "subscriber": subscriber})
            return
        handler = events.subscriber(event_name=event_name, subscriber_name=subscriber)
        handler(events.decode(event_name=event_name, payload=payload))


@app.periodic(cron="* * * * *")
@app.task(name="core.sweep_stalled_jobs", queue="upkeep", queueing_lock="core.sweep_stalled_jobs")
async def sweep_stalled_jobs(timestamp: int) -> None:
    """Give jobs back to the queue whose worker has not been heard of for a minute."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        logger.warning("core.job_stalled", extra={"job_id": job.id, "task": job.task_name})
        await app.job_manager.retry_job(job)
