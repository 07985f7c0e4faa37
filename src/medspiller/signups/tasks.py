"""Jobs of sign-ups. All that they go by stands in the database: one that dies is run again, and does nothing twice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.core.clock import OSLO
from medspiller.organisations import selectors as organisations
from medspiller.signups import selectors, services

logger = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="signups.move_up", queue="upkeep", queueing_lock="signups.move_up")
def move_up(timestamp: int) -> None:
    """
    Let offers run out and offer what is free to those who wait, tenant by tenant, one transaction for each.

    One that fails is logged and comes again in five minutes; it keeps nobody else waiting.
    """
    for system in _every_tenant():
        with _alone("signups.not_moved_up", system):
            _move_up(system)


def _move_up(system: actors.Actor) -> None:
    now, count = clock.now(), 0
    with tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID):
        run_out = selectors.offers_run_out(actor=system, now=now)
        free = selectors.with_free_seats(actor=system, now=now)
    for sign_up_id in run_out:
        with (
            _alone("signups.not_expired", system, sign_up_id),
            tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID),
        ):
            services.expire(actor=system, sign_up_id=sign_up_id, now=now)
    for session_id in free:
        with (
            _alone("signups.not_filled", system, session_id),
            tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID),
        ):
            count += services.fill(actor=system, session_id=session_id, now=now)
    if run_out or count:
        logger.info("signups.moved_up", extra={"run_out": len(run_out), "offered": count})


@app.periodic(cron="5 * * * *")
@app.task(name="signups.remind", queue="upkeep", queueing_lock="signups.remind")
def remind(timestamp: int) -> None:
    """Remind those who come tomorrow, tenant by tenant, in waking hours."""
    if not _WAKING[0] <= clock.now().astimezone(OSLO).time() < _WAKING[1]:
        return
    tomorrow = clock.today() + timedelta(days=1)
    start = datetime.combine(tomorrow, time(), tzinfo=OSLO)
    end = datetime.combine(tomorrow + timedelta(days=1), time(), tzinfo=OSLO)
    for system in _every_tenant():
        with _alone("signups.not_reminded", system):
            _remind(system, start, end)


@app.periodic(cron="25 3 * * *")
@app.task(name="signups.forget", queue="upkeep", queueing_lock="signups.forget")
def forget(timestamp: int) -> None:
    """Forget needs after 30 days and names after 90, tenant by tenant, every night."""
    for system in _every_tenant():
        with (
            _alone("signups.not_forgotten", system),
            tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID),
        ):
            now = clock.now()
            needs = services.forget_needs(actor=system, now=now)
            names = services.forget_names(actor=system, now=now)
        if needs or names:
            logger.info("signups.forgotten", extra={"needs": needs, "names": names})


@app.periodic(cron="45 3 * * *")
@app.task(name="signups.keep_calls", queue="upkeep", queueing_lock="signups.keep_calls")
def keep_calls(timestamp: int) -> None:
    """Put back on lists whom nobody has called, and take off what is over, tenant by tenant, every night."""
    for system in _every_tenant():
        with _alone("signups.calls_not_kept", system):
            _keep_calls(system)


def _remind(system: actors.Actor, start: datetime, end: datetime) -> None:
    with tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID):
        found = selectors.to_remind(actor=system, start=start, end=end)
    for sign_up_id, session_id in found:
        with (
            _alone("signups.one_not_reminded", system, sign_up_id),
            tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID),
        ):
            services.remind(actor=system, sign_up_id=sign_up_id, session_id=session_id)


def _keep_calls(system: actors.Actor) -> None:
    with tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID):
        waiting = selectors.meetings_with_untold(actor=system)
    for session_id in waiting:
        with (
            _alone("signups.call_not_kept", system, session_id),
            tenancy.tenant_transaction(tenant_id=_tenant(system), actor_id=actors.SYSTEM_ID),
        ):
            services.keep_calls(actor=system, session_id=session_id, now=clock.now())


@contextmanager
def _alone(event: str, system: actors.Actor, about: UUID | None = None) -> Iterator[None]:
    """Let what fails within the block be logged, and not end what comes after it."""
    try:
        yield
    except Exception:
        logger.exception(event, extra={"tenant_id": str(system.tenant_id), "about": str(about or "")})


_WAKING = (time(9), time(20))


def _every_tenant() -> Iterator[actors.Actor]:
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        yield actors.system(tenant_id)


def _tenant(system: actors.Actor) -> UUID:
    if system.tenant_id is None:
        raise LookupError("a tenant")
    return system.tenant_id
