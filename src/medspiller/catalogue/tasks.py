"""Jobs of the catalogue."""

import logging
from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import fetching, services
from medspiller.catalogue.domain.feedback import LinkState
from medspiller.catalogue.domain.import_cells import CELL_MOST
from medspiller.catalogue.domain.importing import COLUMNS_MOST, LINES_MOST, ListRefused
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as organisations
from medspiller.ui.spreadsheets import NotWorkbook, is_workbook
from medspiller.ui.tables import NotTable, cells_of_text

logger = logging.getLogger(__name__)

_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.periodic(cron="25 5 * * *")
@app.task(name="catalogue.remind", queue="upkeep", queueing_lock="catalogue.remind")
def remind(timestamp: int) -> None:
    """Put what should have been looked at on the lists of units, tenant by tenant, every morning."""
    access.visit_tenants(actor=actors.system(None), do=_remind, job="catalogue.reminded")


def _remind(system: Actor) -> None:
    with access.tenant_of(actor=system):
        overdue = services.entries_to_look_at(actor=system, today=clock.today())
    done = access.see_to_each(
        actor=system,
        things=overdue,
        do=lambda by, entry_id: services.bring_up_to_date(actor=by, entry_id=entry_id),
        job="catalogue.reminded",
    )
    if done:
        logger.info("catalogue.reminded", extra={"count": len(done)})


@app.periodic(cron="35 5 * * *")
@app.task(name="catalogue.forget_old_reports", queue="upkeep", queueing_lock="catalogue.forget_old_reports")
def forget_old_reports(timestamp: int) -> None:
    """Remove the words of readers that were dealt with long ago, tenant by tenant."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.forget_old_reports(actor=system, now=clock.now()),
        job="catalogue.reports_forgotten",
    )


@app.periodic(cron="45 4 * * 1")
@app.task(name="catalogue.look_at_addresses", queue="upkeep", queueing_lock="catalogue.look_at_addresses")
def look_at_addresses(timestamp: int) -> None:
    """Look once a week whether the addresses in entries work, where the installation says that it may."""
    if not settings.LOOK_AT_ADDRESSES:
        return
    access.visit_tenants(actor=actors.system(None), do=_look_at_addresses, job="catalogue.looked_at")


@app.task(name="catalogue.lay_out_again", queue="upkeep", retry=_RETRY)
def lay_out_again() -> None:
    """Lay out the published offers of every tenant anew, in one transaction each: words stand for something else."""
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            services.lay_out_all(actor=actors.system(tenant_id))


@app.periodic(cron="40 3 * * *")
@app.task(name="catalogue.forget_workbooks", queue="upkeep", queueing_lock="catalogue.forget_workbooks")
def forget_workbooks(timestamp: int) -> None:
    """Throw away the files that were asked for a day ago, tenant by tenant."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.forget_workbooks(actor=system, now=clock.now()),
        job="catalogue.workbooks_forgotten",
    )


@app.task(name="catalogue.import_offers", queue="imports", retry=_RETRY)
def import_offers(*, tenant_id: str, import_id: str) -> None:
    """Go through a list of offers, some rows at a time. Begun again, it goes on where it was."""
    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(import_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        content = services.content_to_read(actor=system, import_id=wanted)
        if content is not None:
            services.accept_list(actor=system, import_id=wanted, content=content, cells_of=cells_of)
    goes_on = True
    while goes_on:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            goes_on = services.import_batch(actor=system, import_id=wanted)


@app.task(name="catalogue.export_offers", queue="imports", retry=_RETRY)
def export_offers(*, tenant_id: str, export_id: str) -> None:
    """Make a file of Excel that somebody asked for. Begun again, it is made once."""
    from medspiller.ui import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(export_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        table = services.table_to_write(actor=system, export_id=wanted)
        if table is not None:
            services.keep_workbook(actor=system, export_id=wanted, content=worker.workbook(table))


def cells_of(content: bytes) -> list[list[str]]:
    """
    Return the cells of a list, from a file of Excel or a table as text: found out from what it holds.

    :raises ListRefused: if it can be read as neither.
    """
    from medspiller.ui import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    read = worker.cells_of_workbook if is_workbook(content) else cells_of_text
    try:
        return read(content, rows_most=LINES_MOST, columns_most=COLUMNS_MOST, letters_most=CELL_MOST)
    except NotWorkbook as refusal:
        raise ListRefused("harmful" if refusal.is_harmful else "not_a_table") from None
    except NotTable:
        raise ListRefused("not_a_table") from None


def _look_at_addresses(system: Actor) -> None:
    with access.tenant_of(actor=system):
        naming = services.addresses_to_look_at(actor=system)
    # No transaction is open while others are asked.
    found = {address: _look(address) for address in naming}
    with access.tenant_of(actor=system):
        told = services.keep_looks(actor=system, found=found, now=clock.now())
        for entry_id in sorted({entry_id for address in told for entry_id in naming[address]}):
            services.bring_up_to_date(actor=system, entry_id=entry_id)


def _look(address: str) -> LinkState:
    try:
        return fetching.look(address)
    except fetching.NotToBeAsked:
        # For readers there is nothing there either.
        return LinkState.GONE
