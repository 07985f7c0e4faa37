"""Which units follow a carer up, and which the carer lets know of a plan."""

from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup.domain.files import FileKind
from medspiller.followup.domain.letting import LETS_GO
from medspiller.followup.models import CarerFile
from medspiller.followup.services import _storing as storing
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.involvements import InvolvementBasis


def follows(actor: Actor, carer_id: UUID, unit_id: UUID) -> bool:
    found = people.involvements_to_come(actor=storing.system_of(actor))
    found = found.filter(person_id=carer_id, unit_id=unit_id, starts_at__lte=clock.now())
    return found.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value).exists()


def lets(actor: Actor, file: CarerFile, unit_id: UUID) -> bool:
    """Say whether the carer lets a unit know of the plan, right now: always from the rows."""
    return people.lets_unit_know(
        actor=storing.system_of(actor), owner_id=file.carer_id, unit_id=unit_id, topics=LETS_GO
    )


def let_follow_up(actor: Actor, file: CarerFile, unit_id: UUID) -> None:
    """The unit has to do with the carer from now on, as the carer has let it."""
    if follows(actor, file.carer_id, unit_id):
        return
    register.open_involvement(
        actor=storing.system_of(actor),
        person_id=file.carer_id,
        unit_id=unit_id,
        basis=InvolvementBasis.CHILD_NEXT_OF_KIN if file.kind == FileKind.CHILD.value else InvolvementBasis.SUPPORT,
    )
