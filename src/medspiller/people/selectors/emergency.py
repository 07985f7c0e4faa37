"""Emergency accesses: the actor's own that are live, and those the leader is to look at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.organisations import selectors as organisations
from medspiller.people import policies
from medspiller.people.domain.emergency import Verdict
from medspiller.people.models import EmergencyAccess, Involvement

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One emergency access as the leader sees it. `led_to_involvement`: the unit has to do with the person since."""

    id: UUID
    person_id: UUID
    person_name: str
    unit_name: str
    used_by_name: str
    used_by_role: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    is_live: bool
    led_to_involvement: bool
    verdict: Verdict | None
    reviewed_at: datetime | None
    reviewed_by_name: str
    note: str


def emergency_units(*, actor: Actor) -> list[tuple[UUID, str]]:
    """
    Return the units for which the actor may use emergency access, the one they work in first.

    :raises NotAllowed: if there are none.
    """
    units = policies.ensure_units(actor, policies.USE_EMERGENCY)
    rows = organisations.units(actor=actor, on=clock.today()).filter(id__in=units).values_list("id", "name")
    return sorted(rows, key=lambda row: (row[0] != actor.unit_id, row[1], row[0]))


def live_emergency_accesses(*, actor: Actor) -> list[tuple[UUID, datetime]]:
    """Return whom the actor has opened by emergency access right now, and until when. Ids and times alone."""
    at = clock.now()
    rows = EmergencyAccess.objects.filter(used_by=actor.id, starts_at__lte=at, ends_at__gt=at)
    return list(rows.order_by("ends_at").values_list("person_id", "ends_at"))


def emergency_accesses_to_review(*, actor: Actor, reviewed: bool = False) -> list[ReviewLine]:
    """
    Return the emergency accesses in the leader's units that wait for review, oldest first, or those reviewed.

    The leader's own are not among them, nor those about the leader or the leader's family:
    they wait for a leader above. Each person named is in the log.

    :raises NotAllowed: without the role.
    """
    policies.ensure_units(actor, policies.REVIEW_EMERGENCY)
    at = clock.now()
    stands = policies.standing(actor, at=at)
    rows = EmergencyAccess.objects.filter(policies.reviewable(actor, stands)).select_related("person", "unit")
    rows = rows.filter(reviewed_at__isnull=not reviewed).order_by("-reviewed_at" if reviewed else "starts_at", "id")
    listed = list(rows[:MOST_LISTED])
    led_on = set(
        Involvement.objects.filter(emergency_access_id__in=[row.id for row in listed]).values_list(
            "emergency_access_id", flat=True
        )
    )
    audit.record_list(
        actor=actor,
        action=policies.REVIEW_EMERGENCY,
        information=(Information.NAME_AND_BIRTH, Information.ACCESS_LOG),
        shown=[
            Shown(person_id=row.person_id, subject_type="people.EmergencyAccess", subject_id=row.id) for row in listed
        ],
        basis=BasisCode.REVIEW,
    )
    return [_line(row, at=at, led_to_involvement=row.id in led_on) for row in listed]


def emergency_access(*, actor: Actor, emergency_access_id: UUID) -> ReviewLine:
    """
    Return one emergency access that the actor may review, or has reviewed. That it was read is in the log.

    :raises NotFound: if there is none in the actor's units.
    :raises NotAllowed: without the role, or if the actor used it.
    """
    row = _reviewable(actor, EmergencyAccess.objects.select_related("person", "unit"), emergency_access_id)
    audit.record(
        actor=actor,
        action=policies.REVIEW_EMERGENCY,
        kind=Kind.READ,
        information=(Information.NAME_AND_BIRTH, Information.ACCESS_LOG),
        subject_type="people.EmergencyAccess",
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.REVIEW,
    )
    led_on = Involvement.objects.filter(emergency_access=row).exists()
    return _line(row, at=clock.now(), led_to_involvement=led_on)


def count_to_review(*, actor: Actor) -> int:
    """Return how many emergency accesses wait for the actor's review; 0 for anybody who reviews none."""
    if not actor.units_with(policies.REVIEW_EMERGENCY):
        return 0
    stands = policies.standing(actor, at=clock.now())
    return EmergencyAccess.objects.filter(policies.reviewable(actor, stands), verdict="").count()


def emergency_access_for_update(*, actor: Actor, emergency_access_id: UUID) -> EmergencyAccess:
    """
    Return an emergency access that the actor may review, locked until the end of the transaction.

    :raises NotFound: if there is none in the actor's units.
    :raises NotAllowed: without the role, or if the actor used it.
    """
    rows = EmergencyAccess.objects.select_for_update(of=("self",)).select_related("person")
    return _reviewable(actor, rows, emergency_access_id)


def _reviewable(actor: Actor, rows: QuerySet[EmergencyAccess], emergency_access_id: UUID) -> EmergencyAccess:
    units = policies.ensure_units(actor, policies.REVIEW_EMERGENCY)
    row = rows.filter(id=emergency_access_id, unit_id__in=units).first()
    if row is None or row.person_id in policies.standing(actor, at=clock.now()).closed:
        raise NotFound(f"emergency access {emergency_access_id}")
    if row.used_by == actor.id:
        raise NotAllowed(
            action=policies.REVIEW_EMERGENCY,
            reason=policies.OWN_ACCESS,
            subject_id=emergency_access_id,
            person_id=row.person_id,
        )
    return row


def _line(row: EmergencyAccess, *, at: datetime, led_to_involvement: bool) -> ReviewLine:
    return ReviewLine(
        id=row.id,
        person_id=row.person_id,
        person_name=row.person.name,
        unit_name=row.unit.name,
        used_by_name=row.used_by_name,
        used_by_role=row.used_by_role,
        reason=row.reason,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_live=row.starts_at <= at < row.ends_at,
        led_to_involvement=led_to_involvement,
        verdict=Verdict(row.verdict) if row.verdict else None,
        reviewed_at=row.reviewed_at,
        reviewed_by_name=row.reviewed_by_name,
        note=row.note,
    )
