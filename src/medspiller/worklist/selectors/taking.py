"""Who has taken what, for jobs that see to them one by one."""

from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.worklist import policies
from medspiller.worklist.models import OPEN, WorkItem


def who_have_taken(*, actor: Actor) -> tuple[UUID, ...]:
    """
    Return to a job who has taken anything that is not done.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM)
    taken = WorkItem.objects.filter(OPEN, taken_by__isnull=False).order_by().values_list("taken_by", flat=True)
    return tuple(sorted({each for each in taken.distinct() if each is not None}))
