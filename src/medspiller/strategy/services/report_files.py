"""
A report as PDF or for Word: asked for with what it is made of, made by the worker, gone after an hour.

Making the same twice gives the same file, so a job that dies is simply run again; what breaks the worker each time is
given up.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.strategy import policies
from medspiller.strategy.domain.files import KEPT, LARGEST, FileForm, FileOf
from medspiller.strategy.models import MadeFile
from medspiller.strategy.selectors.report_files import made_file
from medspiller.ui.documents import MOST_TRIES, Problem


@transaction.atomic
def order_file(*, actor: Actor, strategy_id: UUID, of: FileOf, form: FileForm, content: str, year: int = 0) -> None:
    """
    Let a file be made of what the actor has been given to see, unless it is being made.

    `content` is the page on paper (PDF) or a document's parts as JSON. What is too large is kept as refused.

    :raises NotAllowed: for whoever may not read strategies.
    """
    policies.ensure(actor, policies.READ)
    under_way = made_file(actor=actor, strategy_id=strategy_id, of=of, form=form, year=year)
    if under_way is not None and under_way.is_waited_for:
        return
    is_too_large = len(content) > LARGEST
    which = {"strategy_id": strategy_id, "of": of.value, "form": form.value, "year": year, "asked_by": actor.id}
    MadeFile.objects.filter(**which).delete()
    row, is_new = MadeFile.objects.get_or_create(
        **which,
        defaults={
            "content": None if is_too_large else content,
            "problem": Problem.TOO_LARGE.value if is_too_large else "",
            "asked_at": clock.now(),
        },
    )
    if is_new and not is_too_large:
        job = app.configure_task("strategy.make_file", queue="documents")
        row.job = job.defer(tenant_id=str(tenancy.current_tenant()), file_id=str(row.id))
        row.save(update_fields=["job"])


@transaction.atomic
def content_to_make(*, actor: Actor, file_id: UUID) -> tuple[FileOf, FileForm, str] | None:
    """
    Return what a file is to be made of, and count the try; None if it is made, gone or given up.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = MadeFile.objects.select_for_update().filter(id=file_id, made_at=None, problem="").first()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        _refuse(row, Problem.FAULT)
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return FileOf(row.of), FileForm(row.form), row.content or ""


@transaction.atomic
def keep_file(*, actor: Actor, file_id: UUID, file: bytes) -> None:
    """
    Keep a file instead of what it was made of, unless it has been forgotten meanwhile.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = MadeFile.objects.select_for_update().filter(id=file_id, made_at=None).first()
    if row is not None:
        row.file, row.content, row.made_at, row.problem = file, None, clock.now(), ""
        row.save(update_fields=["file", "content", "made_at", "problem"])


@transaction.atomic
def refuse_file(*, actor: Actor, file_id: UUID, problem: Problem) -> None:
    """
    Say why a file cannot be made, and forget what it was to be made of.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = MadeFile.objects.select_for_update().filter(id=file_id, made_at=None).first()
    if row is not None:
        _refuse(row, problem)


def forget_old_files(*, actor: Actor, now: datetime) -> int:
    """
    Delete files an hour after they were made, or asked for in vain, and return how many they were.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    old = now - KEPT
    return MadeFile.objects.filter(Q(made_at__lte=old) | Q(made_at=None, asked_at__lte=old)).delete()[0]


def _refuse(row: MadeFile, problem: Problem) -> None:
    row.content, row.problem = None, problem.value
    row.save(update_fields=["content", "problem"])
