"""Notices that are held since a backup was restored: `core.holding` says why, an operator lets them go."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Min

from medspiller.access.domain.actors import Actor
from medspiller.core import holding
from medspiller.messages import policies
from medspiller.messages.domain.notices import State
from medspiller.messages.models import Notice


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many notices of a tenant wait, and when the oldest of them was made."""

    count: int
    oldest: datetime | None


def held_since(*, actor: Actor) -> datetime | None:
    """
    Return since when no notice of this installation is handed over; None if they are.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    with connection.cursor() as cursor:
        cursor.execute(holding.ASKED)
        (comment,) = cursor.fetchone()
    return holding.since(comment)


def waiting(*, actor: Actor) -> Waiting:
    """
    Return what of the actor's tenant waits to be handed over.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    found = Notice.objects.filter(state=State.WAITING.value).aggregate(count=Count("id"), oldest=Min("created_at"))
    return Waiting(count=found["count"], oldest=found["oldest"])
