"""How many, and never who: what the register can say of its patients in a period. Nothing here tells of anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, FilteredRelation, Func, OuterRef, Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.roles import NEAREST
from medspiller.people.models import FirstTalk, Involvement, Person

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
    is_nearest = Q(roles_of_carers__role__in=[role.value for role in NEAREST])
    known = _first_seen(begins, ends).annotate(
        nearest=FilteredRelation("roles_of_carers", condition=is_nearest),
        talk=FilteredRelation("first_talks", condition=Q(first_talks__taken_back_at=None)),
        answer=FilteredRelation(
            "children_answers", condition=Q(children_answers__topic=ChildrenTopic.MINOR_CHILDREN.value)
        ),
    )
    # Joined and not asked of one patient after the other: with a hundred thousand that takes five times as long.
    return NewPatients(
        **known.aggregate(
            number=Count("id", distinct=True),
            with_nearest=Count("nearest__patient", distinct=True),
            with_first_talk=Count("talk__patient", distinct=True),
            children_yes=Count("answer__patient", distinct=True, filter=Q(answer__reply=ChildrenReply.YES.value)),
            children_no=Count("answer__patient", distinct=True, filter=Q(answer__reply=ChildrenReply.NO.value)),
        )
    )


def _first_seen(begins: datetime, ends: datetime) -> QuerySet[Person]:
    """Return those whom a unit first treated or assessed in [begins, ends), but those registered by mistake."""
    seen = Involvement.objects.filter(basis__in=_AS_PATIENT)
    by_mistake = FirstTalk.objects.filter(taken_back_at__isnull=False).values(
        each=Func(F("not_registered"), function="unnest")
    )
    # Both ends asked for by themselves: of the earliest of each the database cannot tell how many to expect.
    return Person.objects.filter(
        ~Exists(seen.filter(person=OuterRef("id"), starts_at__lt=begins)),
        ~Q(id__in=by_mistake),
        id__in=seen.filter(starts_at__gte=begins, starts_at__lt=ends).values("person_id"),
    )
