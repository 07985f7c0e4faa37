"""Patients with a recorded reason to ask about minor children and siblings, and no answer yet (§ 10 a)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, ExpressionWrapper, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models import DateTimeField as Moment
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
    since: datetime


@dataclass(frozen=True, slots=True)
class UnansweredInUnit:
    """How many patients a unit has not asked, and of how many it could have before a moment."""

    unit_id: UUID
    unit_name: str
    patients: int
    late: int


def children_unanswered_counts(
    *, actor: Actor, action: str, within: Reach, late_before: datetime
) -> list[UnansweredInUnit]:
    """
    Count what is unanswered in the units for which staff may do `action`, by name of the unit; to a job, in all.

    `late` are those who could have been asked before `late_before`. Those whom staff are too close to are left out.
    """
    lines = (
        _unanswered_to(actor, action, within)
        .annotate(since=_SINCE)
        .order_by("unit__name", "unit_id")
        .values("unit_id", "unit__name")
        .annotate(
            patients=Count("person_id", distinct=True),
            late=Count("person_id", distinct=True, filter=Q(since__lt=late_before)),
        )
        .values_list("unit_id", "unit__name", "patients", "late")
    )
    return [UnansweredInUnit(*line) for line in lines]


def children_unanswered(
    *, actor: Actor, action: str, within: Reach, unit_id: UUID, first: int = 0, most: int
) -> list[Unanswered]:
    """
    Return what is unanswered in one unit, longest first: at most `most`, from the one with number `first` on.

    Nobody is named by this. Nothing where staff may not do `action` for the unit; those whom they are too close to are
    left out.
    """
    lines = (
        _unanswered_to(actor, action, within)
        .filter(unit_id=unit_id)
        .annotate(moment=_SINCE)
        .order_by()
        .values("person_id")
        .annotate(since=Min("moment"))
        .order_by("since", "person_id")
        .values_list("person_id", "since")
    )
    return [Unanswered(person_id, unit_id, since) for person_id, since in lines[first : first + most]]


def has_reason_to_ask(*, actor: Actor, person_id: UUID) -> bool:
    """Say to a job whether a patient has a recorded reason. For anybody else False, which looks like none."""
    if actor.kind is not ActorKind.SYSTEM:
        return False
    return ChildrenReason.objects.filter(patient_id=person_id, ended_at=None).exists()


# From when a unit could have asked: since there is a reason, and since it has had to do with the patient.
_SINCE = Greatest(F("newest"), F("starts_at"))


def _unanswered_to(actor: Actor, action: str, within: Reach) -> QuerySet[Involvement]:
    rows = _unanswered()
    if actor.kind is ActorKind.SYSTEM:
        return rows
    return rows.filter(unit_id__in=actor.units_with(action)).exclude(person_id__in=within.closed)


def _unanswered() -> QuerySet[Involvement]:
    now = clock.now()
    reasons = ChildrenReason.objects.filter(ended_at=None).order_by()
    of_patient = reasons.filter(patient_id=OuterRef("person_id")).values("patient_id")
    # Those with a reason are the few: asked for its day alone, the database would look it up for everybody there is.
    rows = Involvement.objects.filter(
        live_at(now), person__merged_into=None, person_id__in=reasons.values("patient_id")
    ).exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
    rows = rows.annotate(newest=Subquery(of_patient.annotate(newest=Max("recorded_at")).values("newest")))
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
