"""
Who may let pathways run, and look.

Whose run it is, we do not know: the app above decides who may see it, and asks us only for those.
"""

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed

RUN = "pathways.run"
VIEW_RUN = "pathways.view_run"
LOOK_AFTER = "pathways.look_after"


def ensure(actor: Actor, action: str) -> None:
    """
    Let an actor pass who may do `action` anywhere.

    :raises NotAllowed: if not.
    """
    if not actor.may(action):
        raise NotAllowed(action=action, reason="role")
