"""What services of follow-up do alike: refusing what was changed meanwhile, noting and recording."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import models

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.followup import policies
from medspiller.followup.domain.files import FileChanged, FileClosed, NoteCode
from medspiller.followup.domain.holding import PlanChanged, PlanClosed
from medspiller.followup.models import CarerFile, FileNote, Plan
from medspiller.followup.policies import OpenedFile
from medspiller.people import selectors as people

FILE, PLAN = "followup.CarerFile", "followup.Plan"
PLAN_SHOWS = (Information.PLAN,)


def ensure_open_file(row: CarerFile) -> CarerFile:
    """
    Accept a file in which something can be written.

    :raises FileClosed: if it is closed.
    """
    if not row.is_open:
        raise FileClosed
    return row


def ensure_open_plan(row: Plan) -> Plan:
    """
    Accept a plan in which something can happen.

    :raises PlanClosed: if it is closed.
    """
    if not row.is_open:
        raise PlanClosed
    return row


def ensure_file_as_seen(row: CarerFile, version: int) -> None:
    """
    Accept a change of a file that is as it was seen.

    :raises FileChanged: if somebody else was quicker.
    """
    if row.version != version:
        raise FileChanged(now=row.version, changed={"version": str(row.version)})


def ensure_plan_as_seen(row: Plan, version: int | None) -> None:
    """
    Accept a change of a plan that is as it was seen; without a version whatever it is.

    :raises PlanChanged: if somebody else was quicker.
    """
    if version is not None and row.version != version:
        raise PlanChanged(now=row.version, changed={"version": str(row.version)})


def plan_to_write(actor: Actor, plan_id: UUID, version: int | None) -> tuple[Plan, OpenedFile]:
    """Return an open plan, locked, that is as it was seen, with its file."""
    plan, opened = policies.opened_plan(actor, plan_id, action=policies.KEEP_FILE, lock=True)
    ensure_open_plan(plan)
    ensure_plan_as_seen(plan, version)
    return plan, opened


def changed(row: CarerFile | Plan, *fields: str) -> None:
    """Store columns of a row that somebody has changed, and count it."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def note(
    actor: Actor,
    row: CarerFile,
    code: NoteCode,
    *,
    text: str = "",
    on: date | None = None,
    about: models.Model | None = None,
) -> FileNote:
    """Add a line to what happened in a file."""
    return FileNote.objects.create(
        file=row,
        code=code.value,
        on=on or clock.today(),
        text=text or None,
        about_type=about._meta.label if about is not None else "",
        about_id=about.pk if about is not None else None,
        by=actor.id,
        by_name=actor.name,
        at=clock.now(),
    )


def record(
    opened: OpenedFile,
    action: str,
    *,
    information: Collection[Information] = PLAN_SHOWS,
    subject_type: str = FILE,
    subject_id: UUID | None = None,
) -> None:
    """Write in the carer's log what was done with their file."""
    audit.record(
        actor=opened.actor,
        action=action,
        information=information,
        subject_type=subject_type,
        subject_id=subject_id or opened.file.id,
        person_id=opened.file.carer_id,
        basis=opened.subject.basis,
    )


def record_of_patient(actor: Actor, action: str, plan: Plan, about: people.Mentioned) -> None:
    """Write in the patient's log that something about them was told in a carer's plan."""
    audit.record(
        actor=actor,
        action=action,
        information=PLAN_SHOWS,
        subject_type=PLAN,
        subject_id=plan.id,
        person_id=about.id,
        basis=about.basis,
    )


def record_by_system(actor: Actor, action: str, row: CarerFile, *, subject_type: str, subject_id: UUID) -> None:
    """Write in the carer's log what happened by itself."""
    audit.record(
        actor=actor,
        action=action,
        information=PLAN_SHOWS,
        subject_type=subject_type,
        subject_id=subject_id,
        person_id=row.carer_id,
        basis=Basis(code=BasisCode.SYSTEM) if actor.kind is ActorKind.SYSTEM else "",
    )


def record_by(actor: Actor, action: str, row: CarerFile, *, subject_type: str, subject_id: UUID) -> None:
    """Write in the carer's log what a colleague did with what was offered to them, on the ground that it was."""
    audit.record(
        actor=actor,
        action=action,
        information=PLAN_SHOWS,
        subject_type=subject_type,
        subject_id=subject_id,
        person_id=row.carer_id,
        basis=Basis(code=BasisCode.INVOLVEMENT, unit_id=row.unit_id),
    )


def system_of(actor: Actor) -> Actor:
    """Return who puts items on lists for what the actor did: only jobs and services may."""
    return actors.system(actor.tenant_id)
