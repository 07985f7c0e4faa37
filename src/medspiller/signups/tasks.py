"""Jobs of sign-ups. All that they go by stands in the database: one that dies is run again, and does nothing twice."""

import logging
from datetime import datetime, time, timedelta

from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.clock import OSLO
from medspiller.signups import selectors, services

logger = logging.getLogger(__name__)

_WAKING = (time(9), time(20))


@app.periodic(cron="*/5 * * * *")
@app.task(name="signups.move_up", queue="upkeep", queueing_lock="signups.move_up")
def move_up(timestamp: int) -> None:
    """
    Let offers run out and offer what is free to those who wait, tenant by tenant, one transaction for each.

    One that fails is logged and comes again in five minutes; it keeps nobody else waiting.
    """
    access.visit_tenants(actor=actors.system(None), do=_move_up, job="signups.moved_up")


def _move_up(system: Actor) -> None:
    now = clock.now()
    with access.tenant_of(actor=system):
        run_out = selectors.offers_run_out(actor=system, now=now)
        free = selectors.with_free_seats(actor=system, now=now)
    access.see_to_each(
        actor=system,
        things=run_out,
        do=lambda by, sign_up_id: services.expire(actor=by, sign_up_id=sign_up_id, now=now),
        job="signups.expired",
    )
    offered = access.see_to_each(
        actor=system,
        things=free,
        do=lambda by, session_id: services.fill(actor=by, session_id=session_id, now=now),
        job="signups.filled",
    )
    if run_out or any(offered):
        logger.info("signups.moved_up", extra={"run_out": len(run_out), "offered": sum(offered)})


@app.periodic(cron="5 * * * *")
@app.task(name="signups.remind", queue="upkeep", queueing_lock="signups.remind")
def remind(timestamp: int) -> None:
    """Remind those who come tomorrow, tenant by tenant, in waking hours."""
    if _WAKING[0] <= clock.now().astimezone(OSLO).time() < _WAKING[1]:
        access.visit_tenants(actor=actors.system(None), do=_remind, job="signups.reminded")


def _remind(system: Actor) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    start = datetime.combine(tomorrow, time(), tzinfo=OSLO)
    end = datetime.combine(tomorrow + timedelta(days=1), time(), tzinfo=OSLO)
    with access.tenant_of(actor=system):
        found = selectors.to_remind(actor=system, start=start, end=end)
    access.see_to_each(
        actor=system,
        things=found,
        do=lambda by, each: services.remind(actor=by, sign_up_id=each[0], session_id=each[1]),
        job="signups.reminded",
    )


@app.periodic(cron="25 3 * * *")
@app.task(name="signups.forget", queue="upkeep", queueing_lock="signups.forget")
def forget(timestamp: int) -> None:
    """Forget needs after 30 days and names after 90, tenant by tenant, every night."""
    access.visit_tenants(actor=actors.system(None), do=_forget, job="signups.forgotten")


def _forget(system: Actor) -> None:
    with access.tenant_of(actor=system):
        now = clock.now()
        needs = services.forget_needs(actor=system, now=now)
        names = services.forget_names(actor=system, now=now)
    if needs or names:
        logger.info("signups.forgotten", extra={"needs": needs, "names": names})


@app.periodic(cron="45 3 * * *")
@app.task(name="signups.keep_calls", queue="upkeep", queueing_lock="signups.keep_calls")
def keep_calls(timestamp: int) -> None:
    """Put back on lists whom nobody has called, and take off what is over, tenant by tenant, every night."""
    access.visit_tenants(actor=actors.system(None), do=_keep_calls, job="signups.calls_kept")


def _keep_calls(system: Actor) -> None:
    with access.tenant_of(actor=system):
        waiting = selectors.meetings_with_untold(actor=system)
    access.see_to_each(
        actor=system,
        things=waiting,
        do=lambda by, session_id: services.keep_calls(actor=by, session_id=session_id, now=clock.now()),
        job="signups.calls_kept",
    )
