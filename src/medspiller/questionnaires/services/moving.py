"""Answers follow a person whose two rows are found to be one, and go back when they are two again."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.questionnaires import policies
from medspiller.questionnaires.models import Chart, Moved, Response, Total

_RESPONSE, _TOTAL = "response", "total"


@transaction.atomic
def move_person(*, actor: Actor, merge_id: UUID, gone_id: UUID, kept_id: UUID) -> int:
    """
    Let answers and totals be about `kept_id` that were about `gone_id`, and return how many there were.

    Safe to run twice. Answers of somebody about themselves, as they turn out to be, are about
    nobody else any more.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    moved = 0
    Chart.objects.filter(person_id__in=(gone_id, kept_id)).delete()
    for row in Response.objects.select_for_update().filter(subject_id=gone_id).order_by("id"):
        row.subject_id = kept_id
        moved += _note(merge_id, _RESPONSE, row.id, "subject")
        if row.about_id == kept_id:
            row.about_id = None
            _note(merge_id, _RESPONSE, row.id, "about_kept")
        row.save(update_fields=["subject", "about"])
    for row in Response.objects.select_for_update().filter(about_id=gone_id).order_by("id"):
        row.about_id = None if row.subject_id == kept_id else kept_id
        row.save(update_fields=["about"])
        moved += _note(merge_id, _RESPONSE, row.id, "about")
    for total in Total.objects.select_for_update().filter(person_id=gone_id).order_by("id"):
        total.person_id = kept_id
        total.save(update_fields=["person"])
        moved += _note(merge_id, _TOTAL, total.id, "person")
    return moved


@transaction.atomic
def move_person_back(*, actor: Actor, merge_id: UUID, gone_id: UUID, kept_id: UUID) -> int:
    """
    Undo `move_person`, exactly, and return how many rows there were. What was answered since stays with `kept_id`.

    Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    notes = list(Moved.objects.select_for_update().filter(merge_id=merge_id).order_by("id"))
    for note in notes:
        if note.table == _TOTAL:
            Total.objects.filter(id=note.row_id).update(person_id=gone_id)
        elif note.column == "subject":
            Response.objects.filter(id=note.row_id).update(subject_id=gone_id)
    for note in notes:
        if note.column == "about":
            Response.objects.filter(id=note.row_id).update(about_id=gone_id)
        if note.column == "about_kept":
            Response.objects.filter(id=note.row_id).update(about_id=kept_id)
    Moved.objects.filter(merge_id=merge_id).delete()
    Chart.objects.filter(person_id__in=(gone_id, kept_id)).delete()
    return len(notes)


def _note(merge_id: UUID, table: str, row_id: UUID, column: str) -> int:
    Moved.objects.create(merge_id=merge_id, table=table, row_id=row_id, column=column)
    return 1
