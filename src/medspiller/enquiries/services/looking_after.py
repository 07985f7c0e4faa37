"""What jobs do: the lists of units say what waits, and what is old is deleted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.enquiries import policies, selectors
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.enquiries.models import Enquiry
from medspiller.enquiries.selectors.enquiries import SUBJECT
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy
from medspiller.worklist.domain.kinds import Kind


@transaction.atomic
def bring_up_to_date(*, actor: Actor, enquiry_id: UUID) -> None:
    """
    Let the list of the unit say that somebody waits for an answer, or no more. Safe to run twice, at any time.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Enquiry.objects.select_for_update(of=("self",)).filter(id=enquiry_id).first()
    if row is None:
        return
    kind = _kind(row)
    if row.done_at is not None:
        worklist.withdraw(
            actor=actor, kind=kind.code, subject_type=SUBJECT, subject_id=row.id, why=WithdrawnWhy.ANSWERED
        )
        return
    worklist.put(
        actor=actor,
        kind=kind.code,
        subject_type=SUBJECT,
        subject_id=row.id,
        unit_id=row.unit_id,
        due_on=row.due_on,
    )


@transaction.atomic
def leave_list(*, actor: Actor, enquiry_id: UUID, unit_id: UUID) -> None:
    """
    Take an enquiry off the list of a unit that does not answer it any more, and put it on that of the one that does.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Enquiry.objects.filter(id=enquiry_id).first()
    if row is not None and row.unit_id != unit_id:
        worklist.withdraw(
            actor=actor,
            kind=_kind(row).code,
            subject_type=SUBJECT,
            subject_id=row.id,
            why=WithdrawnWhy.ENDED,
            unit_id=unit_id,
        )
    bring_up_to_date(actor=actor, enquiry_id=enquiry_id)


@transaction.atomic
def forget(*, actor: Actor, now: datetime) -> int:
    """
    Delete what was done 30 days ago, or came 180 days ago, with all that leads to anybody, and return how many.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = Enquiry.objects.filter(id__in=selectors.too_old(actor=actor, now=now)).select_for_update(of=("self",))
    forgotten = 0
    for row in rows.order_by("id"):
        worklist.withdraw(
            actor=actor, kind=_kind(row).code, subject_type=SUBJECT, subject_id=row.id, why=WithdrawnWhy.ENDED
        )
        row.delete()
        forgotten += 1
    return forgotten


def _kind(row: Enquiry) -> Kind:
    return kinds.CALL_BACK if row.purpose == Purpose.CALL else kinds.FEEDBACK
