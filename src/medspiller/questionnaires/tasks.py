"""Jobs of questionnaires."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.questionnaires.services import charts, documents

# For faults of ours, as a database that is away. The third try of the same thing is its last.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="questionnaires.draw_chart", queue="documents", retry=_RETRY)
def draw_chart(*, tenant_id: str, chart_id: str) -> None:
    """Draw figures over time."""
    from medspiller.questionnaires import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    system, wanted = actors.system(UUID(tenant_id)), UUID(chart_id)
    access.make_apart(
        actor=system,
        load=lambda: charts.picture_to_draw(actor=system, chart_id=wanted),
        make=worker.svg_of,
        keep=lambda svg: charts.keep_drawing(actor=system, chart_id=wanted, svg=svg),
        refuse=lambda problem: charts.refuse_drawing(actor=system, chart_id=wanted, problem=problem),
    )


@app.task(name="questionnaires.make_document", queue="documents", retry=_RETRY)
def make_document(*, tenant_id: str, document_id: str) -> None:
    """Make a PDF of a page of answers."""
    from medspiller.ui import worker  # noqa: PLC0415 - heavy, and only the worker runs this

    system, wanted = actors.system(UUID(tenant_id)), UUID(document_id)
    access.make_apart(
        actor=system,
        load=lambda: documents.page_to_set(actor=system, document_id=wanted),
        make=worker.pdf_of,
        keep=lambda pdf: documents.keep_document(actor=system, document_id=wanted, pdf=pdf),
        refuse=lambda problem: documents.refuse_document(actor=system, document_id=wanted, problem=problem),
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="questionnaires.forget_made", queue="upkeep", queueing_lock="questionnaires.forget_made")
def forget_made(timestamp: int) -> None:
    """Delete documents an hour after they were made, and drawings nobody looks at, tenant by tenant."""
    access.at_each_tenant(actor=actors.system(None), do=_forget_made, job="questionnaires.made_forgotten")


def _forget_made(system: Actor) -> int:
    forgotten = documents.forget_old_documents(actor=system, now=clock.now())
    return forgotten + charts.forget_old_charts(actor=system, now=clock.now())
