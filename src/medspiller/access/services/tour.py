"""Being shown around at the first sign-in, and having seen enough of it."""

from django.db import transaction

from medspiller.access.models import User
from medspiller.access.policies import ensure
from medspiller.core import clock
from medspiller.core.actors import Actor


@transaction.atomic
def put_tour_away(*, actor: Actor) -> None:
    """
    Show the actor around no more. Safe to press twice; the first time counts.

    :raises NotAllowed: for somebody who has no account of their own at work.
    """
    ensure(actor, "access.manage_own_account")
    User.objects.filter(id=actor.id, tour_put_away_at=None).update(tour_put_away_at=clock.now())
