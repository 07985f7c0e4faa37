"""Whether anybody has a place at a meeting that would go away with its offer."""

from datetime import datetime

from medspiller.catalogue.domain.refusals import PeopleAwait
from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.catalogue.models import Entry, Session


def ensure_nobody_awaits(*, entry: Entry, start: datetime, end: datetime | None) -> None:
    """
    Accept that an offer is not there in [start, end), for ever where None, if nobody has a place at its meetings then.

    Their rows are held until the transaction ends, so that nobody signs up meanwhile. Taking an offer away is undone
    with one press, and cancelling a meeting never: so the meetings are not cancelled by it, and whoever has a place is
    told by whoever cancels them, with a reason.

    :raises PeopleAwait: with how many such meetings there are.
    """
    rows = Session.objects.filter(entry=entry, status=SessionStatus.PLANNED.value, starts_at__gte=start)
    if end is not None:
        rows = rows.filter(starts_at__lt=end)
    held = list(rows.order_by("id").select_for_update(of=("self",)))
    awaited = sum(row.taken > 0 for row in held)
    if awaited:
        raise PeopleAwait(awaited)
