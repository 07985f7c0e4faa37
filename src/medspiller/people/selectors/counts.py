"""How many, and never who: what the register can say of its patients in a period. Nothing here tells of anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.roles import NEAREST
from medspiller.people.models import CarerRole, ChildrenAnswer, FirstTalk, Involvement, Person

_AS_PATIENT = (InvolvementBasis.TREATMENT.value, InvolvementBasis.ASSESSMENT.value)
_VIEW = "statistics.view"


@dataclass(frozen=True, slots=True)
class NewPatients:
    """
    Of those a unit began to treat or assess for the first time in a period: how many, and of how many is known what.

    `children_yes` and `children_no` are what was last answered about minor children; of the others nobody has asked.
    """

    number: int
    with_nearest: int
    with_first_talk: int
    children_yes: int
    children_no: int


def new_patients(*, actor: Actor, begins: datetime, ends: datetime) -> NewPatients:
    """
    Return the numbers of the whole house for [begins, ends), as the register stands now.

    :raises NotAllowed: to whom figures are closed.
    """
    if not actor.may(_VIEW):
        raise NotAllowed(action=_VIEW, reason="role")
    first = (
        Involvement.objects.filter(basis__in=_AS_PATIENT).order_by().values("person_id").annotate(at=Min("starts_at"))
    )
    taken_back = FirstTalk.objects.filter(taken_back_at__isnull=False, not_registered__contains=[OuterRef("id")])
    patients = Person.objects.filter(
        ~Exists(taken_back), id__in=first.filter(at__gte=begins, at__lt=ends).values("person_id")
    )
    answered = ChildrenAnswer.objects.filter(patient=OuterRef("id"), topic=ChildrenTopic.MINOR_CHILDREN.value)
    nearest = CarerRole.objects.filter(patient=OuterRef("id"), role__in=[role.value for role in NEAREST])
    return NewPatients(
        **patients.aggregate(
            number=Count("id"),
            with_nearest=Count("id", filter=Exists(nearest)),
            with_first_talk=Count(
                "id", filter=Exists(FirstTalk.objects.filter(patient=OuterRef("id"), taken_back_at=None))
            ),
            children_yes=Count("id", filter=Exists(answered.filter(reply=ChildrenReply.YES.value))),
            children_no=Count("id", filter=Exists(answered.filter(reply=ChildrenReply.NO.value))),
        )
    )
