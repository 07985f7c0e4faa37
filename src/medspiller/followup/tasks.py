"""Jobs of follow-up. All that they go by stands in the database: one that dies is run again, and does nothing twice."""

import logging
from collections.abc import Callable
from uuid import UUID

from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup import selectors, services

logger = logging.getLogger(__name__)

# Plans of one transaction: a night that is cut short loses this much work at most.
BATCH = 500


@app.periodic(cron="5 * * * *")
@app.task(name="followup.look_after_holders", queue="upkeep", queueing_lock="followup.look_after_holders")
def look_after_holders(timestamp: int) -> None:
    """
    Hold every plan in somebody's hands, tenant by tenant, one transaction for each thing that is seen to.

    Every hour: on the first day of an absence and the day after a post ended it is done soon after midnight. What
    cannot be seen to is told to those who run this, and keeps nothing else waiting.
    """
    access.visit_tenants(actor=actors.system(None), do=look_after_tenant, job="followup.looked_after")


def look_after_tenant(system: Actor) -> None:
    """Hold every plan of one tenant in somebody's hands."""
    with access.tenant_of(actor=system):
        waiting = selectors.to_see_to(actor=system)
    _each(system, waiting.absences, lambda by, each: services.see_to_absence(actor=by, absence_id=each))
    _each(system, waiting.holders, lambda by, each: services.leave_plans(actor=by, user_id=each))
    _each(system, waiting.lent, lambda by, each: services.note_consent_withdrawn(actor=by, owner_id=each))
    _each(system, waiting.plans, lambda by, each: services.follow_on(actor=by, plan_id=each))
    _each(system, waiting.offers, lambda by, each: services.see_to_offer(actor=by, handover_id=each))


@app.periodic(cron="10 * * * *")
@app.task(name="followup.recompute_plans", queue="upkeep", queueing_lock="followup.recompute_plans")
def recompute_plans(timestamp: int) -> None:
    """
    Work out anew what changes by itself with the day, tenant by tenant, batch by batch.

    Asked every hour, though there is something to do after midnight only: what was cut short goes on.
    """
    access.visit_tenants(actor=actors.system(None), do=recompute_tenant, job="followup.recomputed")


def recompute_tenant(system: Actor, *, batch: int = BATCH) -> int:
    """Work out anew the plans of one tenant in which something changes today or did before; return how many."""
    count, looked_at = 0, 1
    while looked_at:
        with access.tenant_of(actor=system):
            looked_at = services.recompute_plans(actor=system, before=clock.today(), limit=batch)
        count += looked_at
    if count:
        logger.info("followup.recomputed", extra={"plans": count})
    return count


def _each(system: Actor, ids: tuple[UUID, ...], see_to: Callable[[Actor, UUID], object]) -> None:
    access.see_to_each(actor=system, things=ids, do=see_to, job="followup.seen_to")
