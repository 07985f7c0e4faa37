"""Handing out seats at dated meetings, for whoever keeps the list of who has one."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.refusals import SessionFull
from medspiller.catalogue.models import Session
from medspiller.core.errors import NotFound


def lock_meetings(*, actor: Actor, session_id: UUID) -> list[Session]:
    """
    Return a meeting and the others of its series, by start, and hold their rows until the transaction ends.

    Everybody takes the rows in the same order, so that nobody waits for somebody who waits for them.

    :raises NotFound: if there is no such meeting of this tenant.
    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.HOLD_SEATS)
    one = Session.objects.filter(Q(tenant_id=actor.tenant_id), id=session_id).values("series").first()
    if one is None:
        raise NotFound(f"session {session_id}")
    together = Q(id=session_id) | Q(series=one["series"]) if one["series"] else Q(id=session_id)
    # One after the other: `ORDER BY` with a lock sorts before it waits, and a start may be changed meanwhile.
    rows = Session.objects.filter(Q(tenant_id=actor.tenant_id), together).order_by("id").select_for_update(of=("self",))
    return sorted(rows, key=lambda row: (row.starts_at, row.id))


def change_seats(*, actor: Actor, meetings: Sequence[Session], change: int) -> None:
    """
    Count so many seats more, or fewer, as taken at each of these meetings, whose rows are held by `lock_meetings`.

    :raises SessionFull: if there are not so many at one of them; then nothing is changed.
    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.HOLD_SEATS)
    if any(row.capacity is not None and row.taken + change > row.capacity for row in meetings):
        raise SessionFull
    for row in meetings:
        row.taken = max(row.taken + change, 0)
        row.save(update_fields=["taken"])
