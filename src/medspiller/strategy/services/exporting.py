"""Plans given out as files: asked for, made by a job, kept for a day."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.strategy import policies, selectors
from medspiller.strategy.domain.board import Card
from medspiller.strategy.domain.plans.values import ReadPlan
from medspiller.strategy.domain.vocabulary import ExportForm
from medspiller.strategy.models import PlanExport
from medspiller.strategy.selectors._reading import row_of


@transaction.atomic
def ask_for_export(*, actor: Actor, strategy_id: UUID, form: ExportForm | str) -> PlanExport:
    """
    Let a job write a plan to a file: as a document, as a workbook, or its measures as one flat table.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is no such strategy.
    """
    row = row_of(actor, strategy_id)
    made = PlanExport.objects.create(strategy=row, form=ExportForm(form).value, asked_at=clock.now(), asked_by=actor.id)
    job = app.configure_task("strategy.write_plan", queue="imports", queueing_lock=f"strategy.write:{made.id}")
    job.defer(tenant_id=str(tenancy.current_tenant()), export_id=str(made.id))
    return made


@transaction.atomic
def plan_to_write(*, actor: Actor, export_id: UUID) -> tuple[ExportForm, ReadPlan, tuple[Card, ...]] | None:
    """
    Return what a file is to hold; None where it has been made, or nobody waits for it any more.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = PlanExport.objects.filter(id=export_id, content=None, failed=False).first()
    if row is None:
        return None
    form = ExportForm(row.form)
    if form is ExportForm.BOARD:
        return form, ReadPlan(), selectors.board_rows(actor=actor, strategy_id=row.strategy_id)
    return form, selectors.export_plan(actor=actor, strategy_id=row.strategy_id), ()


@transaction.atomic
def keep_file(*, actor: Actor, export_id: UUID, content: bytes | None) -> None:
    """
    Keep a file that was made; None says that it could not be. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    PlanExport.objects.filter(id=export_id, content=None).update(content=content, failed=content is None)
