"""Jobs of rights."""

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as organisations
from medspiller.rights import selectors, services
from medspiller.ui.documents import NotMade

logger = logging.getLogger(__name__)

_SHEET = "rights/pdf.css"

# For faults of ours, as a database that is away. The third try of the same thing is its last.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="rights.make_document", queue="documents", retry=_RETRY)
def make_document(*, tenant_id: str, document_id: str) -> None:
    """Make a PDF of a page of answers. No transaction is open while it is made."""
    from medspiller.ui import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(document_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        page = services.page_to_set(actor=system, document_id=wanted)
    if page is None:
        return
    try:
        pdf = worker.pdf_of(page, sheets=(_SHEET,))
    except NotMade as refusal:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            services.refuse_document(actor=system, document_id=wanted, problem=refusal.problem)
        return
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        services.keep_document(actor=system, document_id=wanted, pdf=pdf)


@app.periodic(cron="15 9 * * *")
@app.task(name="rights.ask_again", queue="upkeep", queueing_lock="rights.ask_again")
def ask_again(timestamp: int) -> None:
    """Ask those who wished it whether they got what they may be entitled to, tenant by tenant, every morning."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        system = actors.system(tenant_id)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            waiting = selectors.kept_to_ask_about(actor=system, today=clock.today())
        for kept_id in waiting:
            with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
                services.ask_again(actor=system, kept_id=kept_id, now=clock.now())
        if waiting:
            logger.info("rights.asked_again", extra={"count": len(waiting)})


@app.periodic(cron="*/5 * * * *")
@app.task(name="rights.forget_old_documents", queue="upkeep", queueing_lock="rights.forget_old_documents")
def forget_old_documents(timestamp: int) -> None:
    """Delete documents a quarter of an hour after they were made, tenant by tenant."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            count = services.forget_old_documents(actor=actors.system(tenant_id), now=clock.now())
        if count:
            logger.info("rights.documents_forgotten", extra={"count": count})


@app.task(name="rights.announce_change", queue="upkeep", retry=_RETRY)
def announce_change(*, url: str, from_version: str, to_version: str) -> None:
    """Tell every tenant that a right or a parameter that is shipped to all was changed, in one transaction each."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        system = actors.system(tenant_id)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.announce_change(actor=system, url=url, from_version=from_version, to_version=to_version)
