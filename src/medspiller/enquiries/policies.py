"""Who answers enquiries, and who says which unit does: one rule, as predicate and as filter."""

from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed

ASK = "enquiries.ask"
ANSWER = "enquiries.answer"
CHOOSE_RECIPIENT = "enquiries.choose_recipient"
LOOK_AFTER = "enquiries.look_after"


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="role", subject_id=unit_id)


def answered_by(actor: Actor) -> Q:
    """Return the filter of the enquiries that an actor may read and answer: their units'."""
    return Q(unit_id__in=actor.units_with(ANSWER))


def may_choose_instead_of(actor: Actor, unit_id: UUID | None) -> bool:
    """Say whether an actor may let another unit read what this one reads now, or what none does."""
    return actor.may(CHOOSE_RECIPIENT) if unit_id is None else actor.may(CHOOSE_RECIPIENT, unit_id=unit_id)
