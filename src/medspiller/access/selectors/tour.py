"""Whether somebody new at work is still shown around."""

from medspiller.access.models import User
from medspiller.core.actors import Actor, ActorKind


def tour_waits(*, actor: Actor, account: object = None) -> bool:
    """
    Say whether the actor, who works here, has not yet put away what is shown at the first sign-in.

    Their `account`, where it has been read already, spares asking.
    """
    if isinstance(account, User) and account.id == actor.id:
        return actor.kind is ActorKind.STAFF and account.tour_put_away_at is None
    return actor.kind is ActorKind.STAFF and User.objects.filter(id=actor.id, tour_put_away_at=None).exists()
