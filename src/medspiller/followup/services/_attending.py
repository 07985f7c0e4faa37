"""What stands on work lists for suggestions, agreements and concerns: put there for a day, and taken off again."""

from collections.abc import Collection
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.followup.services import _storing as storing
from medspiller.worklist import services as worklist
from medspiller.worklist.domain.items import Placed, WithdrawnWhy
from medspiller.worklist.domain.kinds import Kind


def put(actor: Actor, *placed: Placed) -> int:
    """Put things on lists for what the actor did, and bring up to date what stands there; return how many it was."""
    return worklist.put_many(actor=storing.system_of(actor), items=placed)


def take_off(
    actor: Actor,
    kind: Kind,
    subject_type: str,
    subject_ids: Collection[UUID],
    *,
    why: WithdrawnWhy = WithdrawnWhy.ENDED,
) -> None:
    """Take what is about these subjects off every list. What is not there, or was finished, stays as it is."""
    if subject_ids:
        worklist.withdraw_subjects(
            actor=storing.system_of(actor),
            kind=kind.code,
            subject_type=subject_type,
            subject_ids=list(subject_ids),
            why=why,
        )
