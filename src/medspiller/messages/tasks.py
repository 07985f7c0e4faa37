"""Jobs of messages."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.core import tenancy
from medspiller.messages import services
from medspiller.organisations import selectors as organisations

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
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.give_up_lost(actor=actors.system(tenant_id))


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="messages.take_up_forgotten", queue="upkeep", queueing_lock="messages.take_up_forgotten")
def take_up_forgotten(timestamp: int) -> None:
    """Hand over what waits and has no job any more."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.take_up_forgotten(actor=actors.system(tenant_id))


@app.periodic(cron="23 3 * * *")
@app.task(name="messages.forget_addresses", queue="upkeep", queueing_lock="messages.forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """Forget, once a night, where old notices went."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.forget_addresses(actor=actors.system(tenant_id))
