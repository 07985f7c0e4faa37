"""Jobs of questionnaires."""

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as organisations
from medspiller.questionnaires.services import charts, documents
from medspiller.ui.documents import NotMade

logger = logging.getLogger(__name__)

# For faults of ours, as a database that is away. The third try of the same thing is its last.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="questionnaires.draw_chart", queue="documents", retry=_RETRY)
def draw_chart(*, tenant_id: str, chart_id: str) -> None:
    """Draw figures over time. No transaction is open while it is drawn."""
    from medspiller.questionnaires import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(chart_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        picture = charts.picture_to_draw(actor=system, chart_id=wanted)
    if picture is None:
        return
    try:
        svg = worker.svg_of(picture)
    except NotMade as refusal:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            charts.refuse_drawing(actor=system, chart_id=wanted, problem=refusal.problem)
        return
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        charts.keep_drawing(actor=system, chart_id=wanted, svg=svg)


@app.task(name="questionnaires.make_document", queue="documents", retry=_RETRY)
def make_document(*, tenant_id: str, document_id: str) -> None:
    """Make a PDF of a page of answers. No transaction is open while it is made."""
    from medspiller.ui import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(document_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        page = documents.page_to_set(actor=system, document_id=wanted)
    if page is None:
        return
    try:
        pdf = worker.pdf_of(page)
    except NotMade as refusal:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            documents.refuse_document(actor=system, document_id=wanted, problem=refusal.problem)
        return
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        documents.keep_document(actor=system, document_id=wanted, pdf=pdf)


@app.periodic(cron="*/5 * * * *")
@app.task(name="questionnaires.forget_made", queue="upkeep", queueing_lock="questionnaires.forget_made")
def forget_made(timestamp: int) -> None:
    """Delete documents an hour after they were made, and drawings nobody looks at, tenant by tenant."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        system = actors.system(tenant_id)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            count = documents.forget_old_documents(actor=system, now=clock.now())
            count += charts.forget_old_charts(actor=system, now=clock.now())
        if count:
            logger.info("questionnaires.made_forgotten", extra={"count": count})
