"""Who may keep answers, ask for a carer, and see what is counted."""

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed

KEEP_OWN = "rights.keep_own"
ASK_FOR_CARER = "rights.ask_for_carer"
VIEW_COUNTS = "rights.view_counts"
LOOK_AFTER = "rights.look_after"
# Asked about by `access.services`, by the names in its table of tries.
OPEN_LINK = "access.open_saved_link"
SAVE_LINK = "access.save_link"


def ensure(actor: Actor, action: str) -> None:
    """
    Let an actor pass who may do `action` anywhere.

    :raises NotAllowed: if not.
    """
    if not actor.may(action):
        raise NotAllowed(action=action, reason="role")


def own(actor: Actor) -> Q:
    """Return the filter of what a carer keeps: their own, and nobody else's."""
    return Q(owner_id=actor.id)
