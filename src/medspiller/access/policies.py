"""Who may do what: the actor is asked, and a refusal carries what the access log needs."""

from uuid import UUID

from medspiller.core.actors import Actor
from medspiller.core.errors import NotAllowed


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    :raises UnknownAction: if the table of actions has no such name.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="role", subject_id=subject_id)
