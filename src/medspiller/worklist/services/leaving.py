"""What somebody has taken who does such work in the unit no more: it is nobody's again, and the unit sees it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.worklist import policies
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.services._rows import record_many


@transaction.atomic
def leave_items(*, actor: Actor, user_id: UUID) -> int:
    """
    Let what somebody has taken, or put off, be nobody's again where it is not theirs to take any more.

    What they do in another unit, or in another role, stays theirs. Safe to run twice. Returns how much it was.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=user_id)
    rows = WorkItem.objects.filter(OPEN, taken_by=user_id)
    other = _as_they_are(actor, user_id)
    if other is not None:
        theirs = policies.visible(other, closed=()) & Q(unit_id__in=other.units_with(policies.TAKE_ITEM))
        rows = rows.exclude(theirs)
    left = list(rows.select_for_update(of=("self",)).order_by("id"))
    for row in left:
        row.nobodys()
    WorkItem.objects.bulk_update(left, WorkItem.HOLDING, batch_size=500)
    record_many(actor, left)
    return len(left)


def _as_they_are(actor: Actor, user_id: UUID) -> Actor | None:
    """Return the actor somebody is at this moment; None if they have no account here."""
    try:
        return access.actor_with_id(actor=actor, user_id=user_id, today=clock.today(), now=clock.now())
    except NotFound:
        return None
