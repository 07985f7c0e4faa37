"""What jobs look after: ids alone, and for the system only."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.files import FileState
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.models import Absence, CarerFile, Handover, Holding, Plan
from medspiller.people import selectors as people
from medspiller.people.domain.involvements import InvolvementBasis


@dataclass(frozen=True, slots=True)
class ToSeeTo:
    """
    What waits for being looked at: absences, offers, whoever holds plans or answers for a carer, plans that no unit
    answers for, and carers whose consent let another unit follow them up.
    """

    absences: tuple[UUID, ...]
    offers: tuple[UUID, ...]
    holders: tuple[UUID, ...]
    plans: tuple[UUID, ...]
    lent: tuple[UUID, ...]


def to_see_to(*, actor: Actor) -> ToSeeTo:
    """
    Return what a job goes through to hold every plan in somebody's hands.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    today = clock.today()
    begun = Absence.objects.exclude(state=AbsenceState.OVER.value).filter(starts_on__lte=today)
    offers = Handover.objects.filter(state=HandoverState.OFFERED.value)
    held = Holding.objects.filter(ends_at=None).values_list("holder_id", flat=True)
    contacts = CarerFile.objects.filter(state=FileState.OPEN.value, contact__isnull=False)
    lent = Handover.objects.filter(state=HandoverState.ACCEPTED.value)
    lent = lent.filter(through__in=people.involvements_to_come(actor=actor).values("id"))
    live = people.involvements_to_come(actor=actor).filter(starts_at__lte=clock.now())
    live = live.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
    # One for the carer somewhere else, or none: whether a unit below answers for it is asked of each.
    followed = live.filter(person_id=OuterRef("file__carer_id"), unit_id=OuterRef("unit_id"))
    left = Plan.objects.filter(~Q(Exists(followed)), closed_at=None)
    return ToSeeTo(
        absences=tuple(begun.order_by("ends_on", "id").values_list("id", flat=True)),
        offers=tuple(offers.order_by("id").values_list("id", flat=True)),
        holders=tuple(sorted({*held, *contacts.values_list("contact_id", flat=True)})),
        plans=tuple(left.order_by("id").values_list("id", flat=True)),
        lent=tuple(sorted(set(lent.values_list("plan__file__carer_id", flat=True)))),
    )
