"""What is kept follows a person whose two rows are found to be one, and goes back when they are two again."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.rights import policies
from medspiller.rights.models import KeptAnswer


@transaction.atomic
def move_person(*, actor: Actor, merge_id: UUID, gone_id: UUID, kept_id: UUID) -> int:
    """
    Let what was kept as `gone_id` be kept as `kept_id`, and return how much it was. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return KeptAnswer.objects.filter(person_id=gone_id).update(person_id=kept_id, moved_by=merge_id)


@transaction.atomic
def move_person_back(*, actor: Actor, merge_id: UUID, gone_id: UUID) -> int:
    """
    Undo `move_person`, and return how much there was. What was kept since stays where it is. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return KeptAnswer.objects.filter(moved_by=merge_id).update(person_id=gone_id, moved_by=None)
