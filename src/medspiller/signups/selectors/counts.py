"""How many, and never who: places that were held, and whether somebody came."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from medspiller.access.domain.actors import Actor
from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.core.errors import NotAllowed
from medspiller.signups.domain.places import State
from medspiller.signups.models import Attendance, SignUp

_VIEW = "statistics.view"


@dataclass(frozen=True, slots=True)
class Came:
    """Of the places that were held: came to at least one meeting, did not come, and nobody has written which."""

    came: int
    stayed_away: int
    not_written: int


def attendance(*, actor: Actor, begins: datetime, ends: datetime) -> Came:
    """
    Return the numbers of the whole house for places at meetings that took place in [begins, ends).

    A series counts by its first meeting.

    :raises NotAllowed: to whom figures are closed.
    """
    if not actor.may(_VIEW):
        raise NotAllowed(action=_VIEW, reason="role")
    written = Attendance.objects.filter(sign_up=OuterRef("id"))
    held = SignUp.objects.filter(
        state=State.HELD.value,
        session__starts_at__gte=begins,
        session__starts_at__lt=ends,
        session__status=SessionStatus.PLANNED.value,
    ).annotate(has_come=Exists(written.filter(came=True)), is_written=Exists(written))
    return Came(
        **held.aggregate(
            came=Count("id", filter=Q(has_come=True)),
            stayed_away=Count("id", filter=Q(has_come=False, is_written=True)),
            not_written=Count("id", filter=Q(has_come=False, is_written=False)),
        )
    )
