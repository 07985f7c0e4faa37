"""Jobs of access."""

import logging

from procrastinate.contrib.django import app

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock

logger = logging.getLogger(__name__)


@app.periodic(cron="23 * * * *")
@app.task(name="access.forget_old_drafts", queue="upkeep", queueing_lock="access.forget_old_drafts")
def forget_old_drafts(timestamp: int) -> None:
    """Delete drafts that are a week old and those of closed accounts, tenant by tenant, every hour."""
    services.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.forget_old_drafts(actor=system, now=clock.now()),
        job="access.drafts_forgotten",
    )


@app.periodic(cron="37 * * * *")
@app.task(name="access.forget_old_saved_links", queue="upkeep", queueing_lock="access.forget_old_saved_links")
def forget_old_saved_links(timestamp: int) -> None:
    """Delete what private links kept and have kept long enough, tenant by tenant, every hour."""
    services.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.forget_old_saved_links(actor=system, now=clock.now()),
        job="access.saved_links_forgotten",
    )


@app.periodic(cron="41 2 * * *")
@app.task(name="access.forget_old_sign_ins", queue="upkeep", queueing_lock="access.forget_old_sign_ins")
def forget_old_sign_ins(timestamp: int) -> None:
    """Delete what sign-ins left behind and is kept no longer, tenant by tenant, every night."""
    services.visit_tenants(actor=actors.system(None), do=_forget_old_sign_ins, job="access.sign_ins_forgotten")


def _forget_old_sign_ins(system: Actor) -> None:
    with services.tenant_of(actor=system):
        forgotten = services.forget_old_sign_ins(actor=system, now=clock.now())
    logger.info("access.sign_ins_forgotten", extra=forgotten.counts)


@app.periodic(cron="11 * * * *")
@app.task(name="access.clear_browser_sessions", queue="upkeep", queueing_lock="access.clear_browser_sessions")
def clear_browser_sessions(timestamp: int) -> None:
    """Delete browsers' sessions that have run out, every hour."""
    count = services.clear_browser_sessions(actor=actors.system(None), now=clock.now())
    logger.info("access.browser_sessions_cleared", extra={"count": count})
