"""Jobs that make files of reports, and forget them."""

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as organisations
from medspiller.strategy.services import report_files
from medspiller.ui.documents import NotMade

logger = logging.getLogger(__name__)

# For faults of ours, as a database that is away. The third try of the same thing is its last.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="strategy.make_file", queue="documents", retry=_RETRY)
def make_file(*, tenant_id: str, file_id: str) -> None:
    """Make a file of a report. No transaction is open while it is made."""
    from medspiller.strategy.worker import files  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(file_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        to_make = report_files.content_to_make(actor=system, file_id=wanted)
    if to_make is None:
        return
    try:
        made = files.made(*to_make)
    except NotMade as refusal:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            report_files.refuse_file(actor=system, file_id=wanted, problem=refusal.problem)
        return
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        report_files.keep_file(actor=system, file_id=wanted, file=made)


@app.periodic(cron="*/5 * * * *")
@app.task(name="strategy.forget_files", queue="upkeep", queueing_lock="strategy.forget_files")
def forget_files(timestamp: int) -> None:
    """Delete files an hour after they were made, tenant by tenant."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        try:
            _forget(tenant_id)
        except Exception:
            # What is wrong at one tenant does not keep the files of the others.
            logger.exception("strategy.files_not_forgotten", extra={"tenant_id": str(tenant_id)})


def _forget(tenant_id: UUID) -> None:
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
        count = report_files.forget_old_files(actor=system, now=clock.now())
    if count:
        logger.info("strategy.files_forgotten", extra={"count": count})
