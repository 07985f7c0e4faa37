"""Which colleagues can hold a carer's plan, and who is away."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import policies
from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.holding import CannotHold
from medspiller.followup.models import Absence
from medspiller.people import selectors as people

AWAY, TOO_CLOSE, NO_ROLE, ACCOUNT_CLOSED = "away", "too_close", "role", "closed"
_CLOSE_TO = frozenset({"own_file", "relative"})


@dataclass(frozen=True, slots=True)
class Colleague:
    """
    Somebody who can hold a plan of a carer, and for which units they hold any.

    `through` is the unit through which they know the carer.
    """

    id: UUID
    name: str
    units: frozenset[UUID]
    through: UUID

    def unit_for(self, unit_id: UUID) -> UUID:
        """Return in which unit they hold a plan of `unit_id`: there if they work for it, else where they know them."""
        return unit_id if unit_id in self.units else self.through


def somebody(tenant_id: UUID | None, user_id: UUID) -> Actor:
    """
    Return the actor that a colleague is at this moment.

    :raises CannotHold: if the account is closed, or is no colleague's.
    """
    system = actors.system(tenant_id)
    try:
        found = access.actor_with_id(actor=system, user_id=user_id, today=clock.today(), now=clock.now())
    except NotFound:
        raise CannotHold(ACCOUNT_CLOSED) from None
    if found.kind is not ActorKind.STAFF:
        raise CannotHold(ACCOUNT_CLOSED)
    return found


def can_hold(tenant_id: UUID | None, user_id: UUID, *, carer_id: UUID, away: bool = False) -> Colleague:
    """
    Return a colleague who can hold a plan of this carer: they can open the carer's file, and are there today.

    With `away` it makes no difference that they are not.

    :raises CannotHold: with why not.
    """
    other = somebody(tenant_id, user_id)
    units = other.units_with(policies.HOLD_PLAN)
    if not units:
        raise CannotHold(NO_ROLE)
    try:
        found = people.subject(actor=other, person_id=carer_id, action=policies.HOLD_PLAN)
    except (NotAllowed, NotFound) as fault:
        raise CannotHold(_why(fault)) from None
    if not found.own_subject or found.unit_id is None:
        raise CannotHold(policies.NOT_FOLLOWED_UP)
    if not away and who_is_away([user_id]):
        raise CannotHold(AWAY)
    return Colleague(id=user_id, name=other.name, units=units, through=found.unit_id)


def who_is_away(user_ids: Collection[UUID] | None = None) -> dict[UUID, Absence]:
    """Return who is away today, of these or of all, by user."""
    today = clock.today()
    rows = Absence.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    rows = rows.exclude(state=AbsenceState.OVER.value)
    if user_ids is not None:
        rows = rows.filter(user_id__in=user_ids)
    return {row.user_id: row for row in rows}


def _why(fault: NotAllowed | NotFound) -> str:
    refusal = fault.refusal if isinstance(fault, NotFound) else fault
    reason = refusal.reason if refusal is not None else ""
    return TOO_CLOSE if reason in _CLOSE_TO else policies.NOT_FOLLOWED_UP
