"""Who may sign up, who may see who has, and whose sign-ups are whose."""

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed

KEEP_OWN = "signups.keep_own"
SEE_PARTICIPANTS = "signups.see_participants"
LOOK_AFTER = "signups.look_after"


def ensure(actor: Actor, action: str) -> None:
    """
    Let an actor pass who may do `action` anywhere.

    :raises NotAllowed: if not.
    """
    if not actor.may(action):
        raise NotAllowed(action=action, reason="role")


def own(actor: Actor) -> Q:
    """Return the filter of a citizen's own sign-ups."""
    return Q(owner_id=actor.id)
