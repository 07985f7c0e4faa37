"""Jobs of follow-up. All that they go by stands in the database: one that dies is run again, and does nothing twice."""

import logging
from collections.abc import Callable, Iterator
from uuid import UUID

from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.followup import selectors, services
from medspiller.organisations import selectors as organisations

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
    for system in _every_tenant():
        try:
            look_after_tenant(system)
        except Exception:
            logger.exception("followup.not_looked_after", extra={"tenant_id": str(system.tenant_id)})


def look_after_tenant(system: Actor) -> None:
    """Hold every plan of one tenant in somebody's hands."""
    with _transaction(system):
        waiting = selectors.to_see_to(actor=system)
    _each(system, waiting.absences, lambda each, by: services.see_to_absence(actor=by, absence_id=each))
    _each(system, waiting.holders, lambda each, by: services.leave_plans(actor=by, user_id=each))
    _each(system, waiting.lent, lambda each, by: services.note_consent_withdrawn(actor=by, owner_id=each))
    _each(system, waiting.plans, lambda each, by: services.follow_on(actor=by, plan_id=each))
    _each(system, waiting.offers, lambda each, by: services.see_to_offer(actor=by, handover_id=each))


@app.periodic(cron="10 * * * *")
@app.task(name="followup.recompute_plans", queue="upkeep", queueing_lock="followup.recompute_plans")
def recompute_plans(timestamp: int) -> None:
    """
    Work out anew what changes by itself with the day, tenant by tenant, batch by batch.

    Asked every hour, though there is something to do after midnight only: what was cut short goes on.
    """
    for system in _every_tenant():
        try:
            count = recompute_tenant(system)
        except Exception:
            logger.exception("followup.not_recomputed", extra={"tenant_id": str(system.tenant_id)})
            continue
        if count:
            logger.info("followup.recomputed", extra={"plans": count})


def recompute_tenant(system: Actor, *, batch: int = BATCH) -> int:
    """Work out anew the plans of one tenant in which something changes today or did before; return how many."""
    count, looked_at = 0, 1
    while looked_at:
        with _transaction(system):
            looked_at = services.recompute_plans(actor=system, before=clock.today(), limit=batch)
        count += looked_at
    return count


def _each(system: Actor, ids: tuple[UUID, ...], see_to: Callable[[UUID, Actor], object]) -> None:
    for each in ids:
        try:
            with _transaction(system):
                see_to(each, system)
        except Exception:
            # What is wrong with one does not keep the others waiting; it is tried again within the hour.
            logger.exception("followup.not_seen_to", extra={"tenant_id": str(system.tenant_id), "id": str(each)})


def _transaction(system: Actor):  # type: ignore[no-untyped-def]
    if system.tenant_id is None:
        raise LookupError("a tenant")
    return tenancy.tenant_transaction(tenant_id=system.tenant_id, actor_id=actors.SYSTEM_ID)


def _every_tenant() -> Iterator[Actor]:
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        yield actors.system(tenant_id)
