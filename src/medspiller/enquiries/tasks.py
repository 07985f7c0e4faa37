"""Jobs of enquiries. All that they go by stands in the database: one that dies is run again, and does nothing twice."""

import logging

from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.enquiries import selectors, services

logger = logging.getLogger(__name__)


# Jobs count in UTC: this is at night in Norway the whole year.
@app.periodic(cron="55 1 * * *")
@app.task(name="enquiries.look_after", queue="upkeep", queueing_lock="enquiries.look_after")
def look_after(timestamp: int) -> None:
    """Delete what is too old, and put back on the lists what nobody has answered, tenant by tenant, every night."""
    access.visit_tenants(actor=actors.system(None), do=_look_after, job="enquiries.looked_after")


def _look_after(system: Actor) -> None:
    with access.tenant_of(actor=system):
        forgotten = services.forget(actor=system, now=clock.now())
        left = selectors.open_ids(actor=system)
    if forgotten:
        logger.info("enquiries.forgotten", extra={"count": forgotten})
    access.see_to_each(
        actor=system,
        things=left,
        do=lambda by, enquiry_id: services.bring_up_to_date(actor=by, enquiry_id=enquiry_id),
        job="enquiries.looked_after",
    )
