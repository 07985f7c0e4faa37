"""The parts of the lists, as filters: what is for now, what can wait, what is put off or with somebody else."""

from datetime import date

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.people.selectors import Reach
from medspiller.worklist import policies
from medspiller.worklist.domain.items import AHEAD

# Nobody reads on beyond this, and nobody needs the number: a list of twenty pages wants to be narrowed.
MOST_LISTED = 500


def visible_to(actor: Actor, within: Reach) -> Q:
    """What stands on the actor's lists at all."""
    return policies.visible(actor, closed=within.closed, let_no_more=within.let_no_more)


def soon(today: date) -> Q:
    """What is not put off, and is due within `AHEAD` or has no day."""
    return awake(today) & (Q(due_on=None) | Q(due_on__lte=today + AHEAD))


def later(today: date) -> Q:
    """The rest of what is open."""
    return Q(due_on__gt=today + AHEAD) | Q(snoozed_until__gt=today)


def awake(today: date) -> Q:
    """What is not put off."""
    return Q(snoozed_until=None) | Q(snoozed_until__lte=today)


def waits(actor: Actor, today: date) -> Q:
    """What the actor has put off, or given to somebody else."""
    put_off = Q(taken_by=actor.id, snoozed_until__gt=today)
    return put_off | (Q(handed_by=actor.id) & ~Q(taken_by=actor.id))
