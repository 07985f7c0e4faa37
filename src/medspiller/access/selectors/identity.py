"""Whether an account and somebody in a register are the same human being."""

from typing import Any

from django.db.models import QuerySet

from medspiller.access.models import User
from medspiller.core.actors import Actor


def person_number_hash(*, actor: Actor) -> QuerySet[User, Any]:
    """
    Return the keyed hash of the actor's person number, as a query to compare with; no row if it is not known.

    A register compares it with its own column within one statement, so nobody handles it.
    """
    return User.objects.filter(id=actor.id, pid_hash__isnull=False).values("pid_hash")
