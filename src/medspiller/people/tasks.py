"""Jobs of people."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.core import tenancy
from medspiller.people import services
from medspiller.people.domain.importing import ListRefused


# Jobs count in UTC: this is after midnight in Norway the whole year.
@app.periodic(cron="37 0 * * *")
@app.task(name="people.announce_ages", queue="upkeep", queueing_lock="people.announce_ages")
def announce_ages(timestamp: int) -> None:
    """Tell who comes of an age within a month, and who has today, tenant by tenant, every night."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.announce_ages(actor=system),
        job="people.ages_announced",
    )


@app.task(name="people.import_patients", queue="imports", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
def import_patients(*, tenant_id: str, import_id: str) -> None:
    """Go through a list of patients, some rows at a time. Begun again, it goes on where it was."""
    from medspiller.people import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    tenant, system, wanted = UUID(tenant_id), actors.system(UUID(tenant_id)), UUID(import_id)
    with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
        content = services.content_to_read(actor=system, import_id=wanted)
        if content is not None:
            try:
                rows = worker.rows_of(content)
            except ListRefused as refusal:
                services.refuse_list(actor=system, import_id=wanted, problem=refusal.problem)
            else:
                services.accept_rows(actor=system, import_id=wanted, rows=rows)
    goes_on = True
    while goes_on:
        with tenancy.tenant_transaction(tenant_id=tenant, actor_id=actors.SYSTEM_ID):
            goes_on = services.import_batch(actor=system, import_id=wanted)
