"""Jobs of rights."""

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as organisations
from medspiller.rights import selectors, services

logger = logging.getLogger(__name__)

_SHEET = "rights/pdf.css"

# For faults of ours, as a database that is away. The third try of the same thing is its last.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="rights.make_document", queue="documents", retry=_RETRY)
def make_document(*, tenant_id: str, document_id: str) -> None:
    """Make a PDF of a page of answers."""
    from medspiller.ui import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    system, wanted = actors.system(UUID(tenant_id)), UUID(document_id)
    access.make_apart(
        actor=system,
        load=lambda: services.page_to_set(actor=system, document_id=wanted),
        make=lambda page: worker.pdf_of(page, sheets=(_SHEET,)),
        keep=lambda pdf: services.keep_document(actor=system, document_id=wanted, pdf=pdf),
        refuse=lambda problem: services.refuse_document(actor=system, document_id=wanted, problem=problem),
    )


@app.periodic(cron="15 9 * * *")
@app.task(name="rights.ask_again", queue="upkeep", queueing_lock="rights.ask_again")
def ask_again(timestamp: int) -> None:
    """Ask those who wished it whether they got what they may be entitled to, tenant by tenant, every morning."""
    access.visit_tenants(actor=actors.system(None), do=_ask_again, job="rights.asked_again")


def _ask_again(system: Actor) -> None:
    with access.tenant_of(actor=system):
        waiting = selectors.kept_to_ask_about(actor=system, today=clock.today())
    done = access.see_to_each(
        actor=system,
        things=waiting,
        do=lambda by, kept_id: services.ask_again(actor=by, kept_id=kept_id, now=clock.now()),
        job="rights.asked_again",
    )
    if done:
        logger.info("rights.asked_again", extra={"count": len(done)})


@app.periodic(cron="*/5 * * * *")
@app.task(name="rights.forget_old_documents", queue="upkeep", queueing_lock="rights.forget_old_documents")
def forget_old_documents(timestamp: int) -> None:
    """Delete documents a quarter of an hour after they were made, tenant by tenant."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.forget_old_documents(actor=system, now=clock.now()),
        job="rights.documents_forgotten",
    )


@app.task(name="rights.announce_change", queue="upkeep", retry=_RETRY)
def announce_change(*, url: str, from_version: str, to_version: str) -> None:
    """Tell every tenant that a right or a parameter that is shipped to all was changed, in one transaction each."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        system = actors.system(tenant_id)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.announce_change(actor=system, url=url, from_version=from_version, to_version=to_version)
