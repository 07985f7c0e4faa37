"""What somebody who is signed in is called in the register."""

from medspiller.access.domain.actors import Actor
from medspiller.people import policies


def own_name(*, actor: Actor) -> str:
    """Return the name the register has of the actor, by account or by person number; empty if they are not in it."""
    own = policies.own_persons(actor).order_by("user_id", "id").first()
    return own.name if own is not None else ""
