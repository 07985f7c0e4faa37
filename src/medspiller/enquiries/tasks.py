"""Jobs of enquiries. All that they go by stands in the database: one that dies is run again, and does nothing twice."""

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.enquiries import selectors, services
from medspiller.organisations import selectors as organisations

logger = logging.getLogger(__name__)


# Jobs count in UTC: this is at night in Norway the whole year.
@app.periodic(cron="55 1 * * *")
@app.task(name="enquiries.look_after", queue="upkeep", queueing_lock="enquiries.look_after")
def look_after(timestamp: int) -> None:
    """Delete what is too old, and put back on the lists what nobody has answered, tenant by tenant, every night."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        try:
            _look_after(tenant_id)
        except Exception:
            # What is wrong at one tenant does not keep what another promised to delete.
            logger.exception("enquiries.not_looked_after", extra={"tenant_id": str(tenant_id)})


def _look_after(tenant_id: UUID) -> None:
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
        forgotten = services.forget(actor=system, now=clock.now())
        left = selectors.open_ids(actor=system)
    if forgotten:
        logger.info("enquiries.forgotten", extra={"count": forgotten})
    for enquiry_id in left:
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.bring_up_to_date(actor=system, enquiry_id=enquiry_id)
