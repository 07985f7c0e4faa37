"""Patients with a recorded reason to ask about minor children and siblings, and no answer yet (§ 10 a)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField as Moment
from django.db.models import Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.people.domain.children import ASKED_AGAIN_AFTER, SAME_TALK, ChildrenReply, ChildrenTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import ChildrenAnswer, ChildrenReason, Involvement, live_at
from medspiller.people.selectors.mentions import Reach


@dataclass(frozen=True, slots=True)
class Unanswered:
    """That a unit has not asked a patient. `since` is when it could have first: an id alone names nobody."""

    patient_id: UUID
    unit_id: UUID
    unit_name: str
    since: datetime


def children_unanswered(*, actor: Actor, action: str, within: Reach) -> list[Unanswered]:
    """
    Return what is unanswered in the units for which staff may do `action`, by unit and longest first; to a job, of all.

    Nobody is named by this, and those whom staff are too close to are left out.
    """
    rows = _unanswered()
    if actor.kind is not ActorKind.SYSTEM:
        rows = rows.filter(unit_id__in=actor.units_with(action)).exclude(person_id__in=within.closed)
    since = Greatest(F("newest"), F("starts_at"))
    lines = rows.order_by("unit__name", "unit_id", since, "id").values_list("unit__name", "unit_id", "person_id", since)
    found: dict[tuple[UUID, UUID], Unanswered] = {}
    for unit_name, unit_id, person_id, moment in lines:
        found.setdefault((unit_id, person_id), Unanswered(person_id, unit_id, unit_name, moment))
    return list(found.values())


def has_reason_to_ask(*, actor: Actor, person_id: UUID) -> bool:
    """Say to a job whether a patient has a recorded reason. For anybody else False, which looks like none."""
    if actor.kind is not ActorKind.SYSTEM:
        return False
    return ChildrenReason.objects.filter(patient_id=person_id, ended_at=None).exists()


def _unanswered() -> QuerySet[Involvement]:
    now = clock.now()
    reasons = ChildrenReason.objects.filter(patient_id=OuterRef("person_id"), ended_at=None).order_by()
    newest = reasons.values("patient_id").annotate(newest=Max("recorded_at")).values("newest")
    rows = Involvement.objects.filter(live_at(now), person__merged_into=None).exclude(
        basis=InvolvementBasis.EMERGENCY_CONTACT.value
    )
    rows = rows.annotate(newest=Subquery(newest)).exclude(newest=None)
    asked_since = ExpressionWrapper(OuterRef("newest") - SAME_TALK, output_field=Moment())
    fresh = ChildrenAnswer.objects.filter(
        patient_id=OuterRef("person_id"), asked_at__gte=now - ASKED_AGAIN_AFTER
    ).exclude(reply=ChildrenReply.NOT_ASKED.value)
    fresh = fresh.filter(asked_at__gte=asked_since)
    children, siblings = (
        Exists(fresh.filter(topic=topic.value))
        for topic in (ChildrenTopic.MINOR_CHILDREN, ChildrenTopic.MINOR_SIBLINGS)
    )
    return rows.filter(~(Q(children) & Q(siblings)))
