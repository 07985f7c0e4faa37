"""Jobs that make files of reports, and forget them."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.strategy.services import report_files

# For faults of ours, as a database that is away. The third try of the same thing is its last.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="strategy.make_file", queue="documents", retry=_RETRY)
def make_file(*, tenant_id: str, file_id: str) -> None:
    """Make a file of a report."""
    from medspiller.strategy.worker import files  # noqa: PLC0415 - heavy, and only the worker runs this

    system, wanted = actors.system(UUID(tenant_id)), UUID(file_id)
    access.make_apart(
        actor=system,
        load=lambda: report_files.content_to_make(actor=system, file_id=wanted),
        make=lambda to_make: files.made(*to_make),
        keep=lambda made: report_files.keep_file(actor=system, file_id=wanted, file=made),
        refuse=lambda problem: report_files.refuse_file(actor=system, file_id=wanted, problem=problem),
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="strategy.forget_files", queue="upkeep", queueing_lock="strategy.forget_files")
def forget_files(timestamp: int) -> None:
    """Delete files an hour after they were made, tenant by tenant."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: report_files.forget_old_files(actor=system, now=clock.now()),
        job="strategy.files_forgotten",
    )
