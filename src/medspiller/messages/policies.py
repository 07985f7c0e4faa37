"""Who may send, see and decide about notices: as a check and as a filter."""

from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed

SEND_NOTICE = "messages.send_notice"
HAND_OVER_NOTICE = "messages.hand_over_notice"
VIEW_NOTICES = "messages.view_notices"
DECIDE_NOTICE = "messages.decide_notice"
VIEW_OWN_NOTICES = "messages.view_own_notices"


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, person_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="role", person_id=person_id)


def in_units(actor: Actor, action: str) -> Q:
    """
    Return the filter of notices that units look after in which the actor may do `action`.

    :raises NotAllowed: if there are no such units.
    """
    units = actor.units_with(action)
    if not units:
        raise NotAllowed(action=action, reason="role")
    return Q(unit_id__in=units)
