"""Plans given out as files: asked for, made by a job, kept for a day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, jobs, tenancy
from medspiller.strategy import policies, selectors
from medspiller.strategy.domain.board import BoardFilters, Card
from medspiller.strategy.domain.plans.values import ReadPlan
from medspiller.strategy.domain.vocabulary import ExportForm
from medspiller.strategy.models import PlanExport
from medspiller.strategy.selectors._reading import row_of
from medspiller.ui.documents import MOST_TRIES

# Whoever presses again meanwhile waits for the same file: else one person could keep all workers busy.
WAITED_FOR = timedelta(minutes=2)


@transaction.atomic
def ask_for_export(
    *, actor: Actor, strategy_id: UUID, form: ExportForm | str, filters: BoardFilters | None = None
) -> PlanExport:
    """
    Let a job write a plan to a file: as a document, as a workbook, or its measures as one flat table.

    The table holds what `filters` let through; a document and a workbook are always whole. Asked for again within two
    minutes while nobody has made it, it is the same file, unless its job has come to nothing.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is no such strategy.
    """
    form = ExportForm(form)
    # What narrows the board says nothing of a whole plan, and would make the same file another.
    narrowed = (filters or BoardFilters()) if form is ExportForm.BOARD else BoardFilters()
    asked: dict[str, Any] = {
        "strategy": row_of(actor, strategy_id),
        "form": form.value,
        "filters": narrowed.as_record(),
        "asked_by": actor.id,
    }
    waiting = PlanExport.objects.filter(**asked, content=None, failed=False, asked_at__gt=clock.now() - WAITED_FOR)
    there = waiting.order_by("-asked_at").first()
    if there is not None and not (there.job and jobs.is_lost(there.job)):
        return there
    made = PlanExport.objects.create(**asked, asked_at=clock.now())
    job = app.configure_task("strategy.write_plan", queue="imports", queueing_lock=f"strategy.write:{made.id}")
    made.job = job.defer(tenant_id=str(tenancy.current_tenant()), export_id=str(made.id))
    made.save(update_fields=["job"])
    return made


@transaction.atomic
def plan_to_write(*, actor: Actor, export_id: UUID) -> tuple[ExportForm, ReadPlan, tuple[Card, ...]] | None:
    """
    Return what a file is to hold, and count the try; None where it is made, given up, or nobody waits any more.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = PlanExport.objects.select_for_update().filter(id=export_id, content=None, failed=False).first()
    if row is None:
        return None
    # What kills the worker each time is not begun for ever.
    row.tries, row.failed = row.tries + 1, row.tries >= MOST_TRIES
    row.save(update_fields=["tries", "failed"])
    if row.failed:
        return None
    form = ExportForm(row.form)
    if form is ExportForm.BOARD:
        return (
            form,
            ReadPlan(),
            selectors.board_rows(
                actor=actor, strategy_id=row.strategy_id, filters=BoardFilters.from_record(row.filters)
            ),
        )
    return form, selectors.export_plan(actor=actor, strategy_id=row.strategy_id), ()


@transaction.atomic
def keep_file(*, actor: Actor, export_id: UUID, content: bytes | None) -> None:
    """
    Keep a file that was made; None says that it could not be. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    PlanExport.objects.filter(id=export_id, content=None).update(content=content, failed=content is None)
