"""Being away: plans go to whoever stands in, else to the leader of their unit, and come back afterwards."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import policies
from medspiller.followup.domain import absences as rules
from medspiller.followup.domain.absences import AbsenceOver, AbsenceOverlaps, AbsenceState, Away, StandInRefused
from medspiller.followup.domain.files import DayRefused
from medspiller.followup.domain.holding import CannotHold
from medspiller.followup.models import Absence, Plan
from medspiller.followup.selectors import _staff
from medspiller.followup.services import _away as being_away

_ABSENCE = "followup.Absence"


@transaction.atomic
def record_absence(
    *,
    actor: Actor,
    starts_on: date,
    ends_on: date | None,
    user_id: UUID | None = None,
    stand_in_id: UUID | None = None,
) -> Absence:
    """
    Say that the actor, or with `user_id` a colleague whom they lead, is away in [starts_on, ends_on).

    `ends_on` is the first day back; without it until further notice. On the first day, at once if it is today,
    their plans go to whoever stands in, where they can hold them, else to the leader of the plan's unit. Whoever works
    where none of their plans are stands in for nothing, and is refused.

    :raises NotAllowed: without the role, or for a colleague whom the actor does not lead.
    :raises DayRefused: if it begins in the past, ends before it begins, or is longer than two years.
    :raises AbsenceOverlaps: if they are away already in some of that time.
    :raises StandInRefused: if whoever should stand in cannot.
    :raises CannotHold: if the colleague's account is closed.
    """
    whose = user_id or actor.id
    away = rules.ensure_period(Away(starts_on, ends_on), today=clock.today())
    other = _staff.somebody(actor.tenant_id, whose)
    _ensure_may_record(actor, other)
    stand_in = _stand_in(actor, whose, stand_in_id, away)
    with refused_as({"followup_absence_once": _overlap(whose, away)}):
        row = Absence.objects.create(
            user_id=whose,
            user_name=other.name,
            starts_on=away.starts_on,
            ends_on=away.ends_on,
            stand_in_id=stand_in.id if stand_in else None,
            stand_in_name=stand_in.name if stand_in else "",
            recorded_at=clock.now(),
            recorded_by=actor.id,
            recorded_by_name=actor.name,
        )
    audit.record(actor=actor, action="followup.record_absence", subject_type=_ABSENCE, subject_id=row.id)
    if away.holds_on(clock.today()):
        being_away.begin(actor, row)
    return row


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: UUID, on: date | None = None) -> Absence:
    """
    Say that somebody is back, from today or a later day on. What others held for them meanwhile comes back to them.

    One that has not begun is called off by ending it today.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: without the role.
    :raises AbsenceOver: if they are back already.
    :raises DayRefused: if the day has passed.
    """
    row = Absence.objects.select_for_update().filter(id=absence_id).first()
    if row is None:
        raise NotFound(f"absence {absence_id}")
    policies.ensure(actor, policies.RECORD_ABSENCE)
    if row.user_id != actor.id:
        try:
            _ensure_may_record(actor, _staff.somebody(actor.tenant_id, row.user_id))
        except NotAllowed:
            raise NotFound(f"absence {absence_id}") from None
    if row.state == AbsenceState.OVER.value:
        raise AbsenceOver
    today = clock.today()
    day = on or today
    if day < today:
        raise DayRefused("on", "past")
    row.ends_on = max(day, row.starts_on)
    row.save(update_fields=["ends_on"])
    audit.record(actor=actor, action="followup.end_absence", subject_type=_ABSENCE, subject_id=row.id)
    if day <= today:
        being_away.finish(actor, row)
    return row


def _ensure_may_record(actor: Actor, other: Actor) -> None:
    if other.id == actor.id:
        policies.ensure(actor, policies.RECORD_ABSENCE)
        return
    led = actor.units_with(policies.RECORD_ABSENCE_FOR_OTHERS)
    works_in: Iterable[UUID] = (held.unit_id for held in other.roles)
    if led.isdisjoint(works_in):
        policies.ensure(actor, policies.RECORD_ABSENCE_FOR_OTHERS, unit_id=other.unit_id, subject_id=other.id)


def _stand_in(actor: Actor, whose: UUID, stand_in_id: UUID | None, away: Away) -> Actor | None:
    if stand_in_id is None:
        return None
    if stand_in_id == whose:
        raise StandInRefused("oneself")
    try:
        found = _staff.somebody(actor.tenant_id, stand_in_id)
    except CannotHold as refusal:
        raise StandInRefused(refusal.why) from None
    units = found.units_with(policies.HOLD_PLAN)
    if not units:
        raise StandInRefused(_staff.NO_ROLE)
    held = Plan.objects.filter(closed_at=None, holdings__holder_id=whose, holdings__ends_at=None)
    of_plans = set(held.values_list("unit_id", flat=True))
    if of_plans and of_plans.isdisjoint(units):
        raise StandInRefused("elsewhere")
    if any(away.overlaps(Away(row.starts_on, row.ends_on)) for row in _absences_of(stand_in_id)):
        raise StandInRefused(_staff.AWAY)
    return found


def _overlap(user_id: UUID, away: Away) -> AbsenceOverlaps:
    for row in _absences_of(user_id):
        if away.overlaps(Away(row.starts_on, row.ends_on)):
            return AbsenceOverlaps(starts_on=row.starts_on, ends_on=row.ends_on)
    return AbsenceOverlaps(starts_on=away.starts_on, ends_on=away.ends_on)


def _absences_of(user_id: UUID) -> list[Absence]:
    return list(Absence.objects.filter(user_id=user_id).exclude(state=AbsenceState.OVER.value))
