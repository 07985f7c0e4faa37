"""Files follow a person whose two rows are found to be one, and go back when they are two again."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import ClosedBecause, FileState, NoteCode
from medspiller.followup.models import CarerFile, ConcernAssessment, Moved, Plan
from medspiller.followup.services import _joining
from medspiller.followup.services import _storing as storing
from medspiller.followup.services.leaving import leave_file

_FILE, _PLAN, _CONCERN = "file", "plan", "concern"


@transaction.atomic
def move_person(*, actor: Actor, merge_id: UUID, gone_id: UUID, kept_id: UUID) -> int:
    """
    Let files and plans be `kept_id`'s, or about them, that were `gone_id`'s; return how many rows there were.

    Where both have an open file, the plans of the one go on in the other, with what the carer said, needs, suggestions
    and the agreement, and the one is closed as merged. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    moved = 0
    # Plans before files, as whoever closes or hands over a plan locks them.
    touched = Q(file__carer_id__in=[gone_id, kept_id]) | Q(about_id=gone_id)
    list(policies.locked_plans().filter(touched))
    into = CarerFile.objects.select_for_update().filter(carer_id=kept_id, state=FileState.OPEN.value).first()
    for row in CarerFile.objects.select_for_update().filter(carer_id=gone_id).order_by("id"):
        if row.is_open and into is not None:
            moved += _join(actor, merge_id, row, into)
        row.carer_id = kept_id
        storing.changed(row, "carer")
        moved += _note(merge_id, _FILE, row.id, "carer", gone_id)
    for plan in Plan.objects.select_for_update(of=("self",)).select_related("file").filter(about_id=gone_id):
        plan.about_id = None if plan.file.carer_id == kept_id else kept_id
        storing.changed(plan, "about")
        moved += _note(merge_id, _PLAN, plan.id, "about", gone_id)
    for concern in ConcernAssessment.objects.select_for_update(of=("self",)).filter(child_id=gone_id):
        concern.child_id = kept_id
        concern.save(update_fields=["child"])
        moved += _note(merge_id, _CONCERN, concern.id, "child", gone_id)
    return moved


@transaction.atomic
def move_person_back(*, actor: Actor, merge_id: UUID, gone_id: UUID, kept_id: UUID) -> int:
    """
    Undo `move_person`, exactly; what came since stays with `kept_id`. Return how many rows there were.

    Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    notes = list(Moved.objects.select_for_update().filter(merge_id=merge_id).order_by("id"))
    for each in notes:
        if each.table == _PLAN:
            Plan.objects.filter(id=each.row_id).update(**{f"{each.column}_id": each.before})
        elif each.table == _CONCERN:
            ConcernAssessment.objects.filter(id=each.row_id).update(child_id=each.before)
        elif each.column == "carer":
            CarerFile.objects.filter(id=each.row_id).update(carer_id=each.before)
    for each in notes:
        if each.table == _FILE and each.column == "state":
            row = CarerFile.objects.select_for_update().get(id=each.row_id)
            row.state, row.closed_at, row.closed_by, row.closed_because = FileState.OPEN.value, None, None, ""
            storing.changed(row, "state", "closed_at", "closed_by", "closed_because")
            storing.note(actor, row, NoteCode.REOPENED)
    _joining.part(actor, notes)
    Moved.objects.filter(merge_id=merge_id).delete()
    return len(notes)


def _join(actor: Actor, merge_id: UUID, row: CarerFile, into: CarerFile) -> int:
    moved = 0
    for plan in Plan.objects.select_for_update().filter(file=row).order_by("id"):
        plan.file = into
        storing.changed(plan, "file")
        moved += _note(merge_id, _PLAN, plan.id, "file", row.id)
    moved += _joining.join(actor, merge_id, row, into)
    row.state, row.closed_at, row.closed_by = FileState.CLOSED.value, clock.now(), actor.id
    row.closed_because = ClosedBecause.MERGED.value
    storing.changed(row, "state", "closed_at", "closed_by", "closed_because")
    storing.note(actor, row, NoteCode.CLOSED, about=into)
    leave_file(actor=actor, file_id=row.id)
    return moved + _note(merge_id, _FILE, row.id, "state", None)


def _note(merge_id: UUID, table: str, row_id: UUID, column: str, before: UUID | None) -> int:
    Moved.objects.create(merge_id=merge_id, table=table, row_id=row_id, column=column, before=before)
    return 1
