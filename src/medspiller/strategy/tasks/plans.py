"""Jobs that look after plans every day, read them from files, and write them to files."""

import logging
from collections.abc import Sequence
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import tenancy
from medspiller.strategy import services
from medspiller.strategy.domain.board import Card
from medspiller.strategy.domain.plans.values import NotReadable
from medspiller.strategy.domain.vocabulary import ExportForm, Unreadable

logger = logging.getLogger(__name__)

_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


# Jobs count in UTC: early in the morning in Norway the whole year.
@app.periodic(cron="5 4 * * *")
@app.task(name="strategy.look_after", queue="upkeep", queueing_lock="strategy.look_after")
def look_after(timestamp: int) -> None:
    """Remind those who were asked how it goes, and throw away what is too old, tenant by tenant, every morning."""
    access.visit_tenants(actor=actors.system(None), do=_look_after, job="strategy.looked_after")


@app.task(name="strategy.read_plan", queue="imports", retry=_RETRY)
def read_plan(*, tenant_id: str, import_id: str) -> None:
    """Read a plan from a file that somebody sent in. No transaction is open meanwhile; begun again, it is read once."""
    from medspiller.strategy.worker import plans as worker  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(import_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        found = services.content_to_read(actor=system, import_id=wanted)
    if found is None:
        return
    name, content = found
    try:
        read = worker.read_file(content, name)
        why = None
    except NotReadable as refusal:
        why = Unreadable(refusal.problem.value)
    except Exception:
        # Reading needs nothing but the file, so that it fails however often it is tried.
        logger.exception("strategy.plan_not_read", extra={"tenant_id": tenant_id, "import_id": import_id})
        why = Unreadable.BROKEN
    if why is not None:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            services.refuse_file(actor=system, import_id=wanted, why=why)
        return
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        services.keep_reading(
            actor=system,
            import_id=wanted,
            reading=read.plan.as_record() if read.plan.is_plan else {},
            source_lines=read.source_lines,
            kind=read.kind,
        )


@app.task(name="strategy.write_plan", queue="imports", retry=_RETRY)
def write_plan(*, tenant_id: str, export_id: str) -> None:
    """Write a plan to a file that somebody asked for, or say that it cannot be. Begun again, it is made once."""
    tenant, wanted = UUID(tenant_id), UUID(export_id)
    try:
        content = _written(tenant, wanted)
    except Exception:
        # Whoever waits is told, and may ask again. If not even that can be stored, the job is tried again.
        logger.exception("strategy.plan_not_written", extra={"tenant_id": tenant_id, "export_id": export_id})
        content = None
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        services.keep_file(actor=actors.system(tenant), export_id=wanted, content=content)


def _written(tenant: UUID, export_id: UUID) -> bytes | None:
    """Return the file; None where it has been made already, or nobody waits for it any more."""
    from medspiller.strategy.worker import plans as worker  # noqa: PLC0415 - heavy, and only the worker runs this
    from medspiller.ui import worker as tables  # noqa: PLC0415 - heavy, and only the worker runs this

    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        found = services.plan_to_write(actor=actors.system(tenant), export_id=export_id)
    if found is None:
        return None
    form, plan, cards = found
    if form is ExportForm.BOARD:
        return tables.workbook(rows_of(cards))
    return worker.write_docx(plan) if form is ExportForm.DOCX else worker.write_xlsx(plan)


def rows_of(cards: Sequence[Card]) -> list[list[str]]:
    """Return measures as rows of a flat table, under the headings that plans use and their reader knows."""
    headings = ["Nr.", "Innsatsområde", "Tiltak", "Ansvarlig", "Fra", "Til", "Status", "Sist meldt"]
    return [headings, *(_row(card) for card in cards)]


def _row(card: Card) -> list[str]:
    reported = card.reported_on.isoformat() if card.reported_on else ""
    years = [str(card.from_year), str(card.to_year)]
    return [card.label, card.area_title, card.text, "; ".join(card.owners), *years, card.status.value, reported]


def _look_after(system: Actor) -> None:
    with access.tenant_of(actor=system):
        found = services.look_after(actor=system)
    if found.reminded or found.overdue or found.forgotten:
        counts = {"reminded": found.reminded, "overdue": found.overdue, "forgotten": found.forgotten}
        logger.info("strategy.looked_after", extra=counts)
