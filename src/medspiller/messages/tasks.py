"""Jobs of messages."""

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.messages import services

logger = logging.getLogger(__name__)

# For faults of ours, as a database that is away. What the gateway refuses is tried again by other rules.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="messages.hand_over", queue="messages", retry=_RETRY)
def hand_over(*, tenant_id: str, notice_id: str) -> None:
    """Hand one notice over, at most once however often the job is started."""
    services.hand_over(actor=actors.system(UUID(tenant_id)), notice_id=UUID(notice_id))


@app.periodic(cron="*/5 * * * *")
@app.task(name="messages.give_up_lost", queue="upkeep", queueing_lock="messages.give_up_lost")
def give_up_lost(timestamp: int) -> None:
    """Say of notices whose job is gone for good that nobody knows whether they arrived."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.give_up_lost(actor=system),
        job="messages.given_up",
    )


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="messages.take_up_forgotten", queue="upkeep", queueing_lock="messages.take_up_forgotten")
def take_up_forgotten(timestamp: int) -> None:
    """Hand over what waits and has no job any more; while notices are held, only say so."""
    since = services.held_since(actor=actors.system(None))
    if since is not None:
        logger.warning("messages.held", extra={"since": since.isoformat()})
        return
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.take_up_forgotten(actor=system),
        job="messages.taken_up",
    )


@app.periodic(cron="23 3 * * *")
@app.task(name="messages.forget_addresses", queue="upkeep", queueing_lock="messages.forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """Forget, once a night, where old notices went."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.forget_addresses(actor=system),
        job="messages.addresses_forgotten",
    )
