"""Jobs of access."""

import logging

from procrastinate.contrib.django import app

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as organisations

logger = logging.getLogger(__name__)


@app.periodic(cron="23 * * * *")
@app.task(name="access.forget_old_drafts", queue="upkeep", queueing_lock="access.forget_old_drafts")
def forget_old_drafts(timestamp: int) -> None:
    """Delete drafts that are a week old and those of closed accounts, tenant by tenant, every hour."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            count = services.forget_old_drafts(actor=actors.system(tenant_id), now=clock.now())
        if count:
            logger.info("access.drafts_forgotten", extra={"count": count})


@app.periodic(cron="37 * * * *")
@app.task(name="access.forget_old_saved_links", queue="upkeep", queueing_lock="access.forget_old_saved_links")
def forget_old_saved_links(timestamp: int) -> None:
    """Delete what private links kept and have kept long enough, tenant by tenant, every hour."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            count = services.forget_old_saved_links(actor=actors.system(tenant_id), now=clock.now())
        if count:
            logger.info("access.saved_links_forgotten", extra={"count": count})


@app.periodic(cron="41 2 * * *")
@app.task(name="access.forget_old_sign_ins", queue="upkeep", queueing_lock="access.forget_old_sign_ins")
def forget_old_sign_ins(timestamp: int) -> None:
    """Delete what sign-ins left behind and is kept no longer, tenant by tenant, every night."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            forgotten = services.forget_old_sign_ins(actor=actors.system(tenant_id), now=clock.now())
        logger.info("access.sign_ins_forgotten", extra=forgotten.counts)


@app.periodic(cron="11 * * * *")
@app.task(name="access.clear_browser_sessions", queue="upkeep", queueing_lock="access.clear_browser_sessions")
def clear_browser_sessions(timestamp: int) -> None:
    """Delete browsers' sessions that have run out, every hour."""
    count = services.clear_browser_sessions(actor=actors.system(None), now=clock.now())
    logger.info("access.browser_sessions_cleared", extra={"count": count})
