"""Looking after who holds what: offers nobody answered, posts that ended, units that follow somebody up no more."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.files import FileState, NoteCode
from medspiller.followup.domain.holding import BouncedBecause, CannotHold, HandoverState, How
from medspiller.followup.models import Absence, CarerFile, Handover, Holding, Plan
from medspiller.followup.selectors import _staff
from medspiller.followup.services import _away as being_away
from medspiller.followup.services import _files_moving as files_moving
from medspiller.followup.services import _items as items
from medspiller.followup.services import _passing as passing
from medspiller.followup.services import _storing as storing
from medspiller.followup.services._letting import any_of, following, follows, go_on, is_lent, lets
from medspiller.followup.services._offers import bounce
from medspiller.organisations import selectors as organisations


@transaction.atomic
def see_to_absence(*, actor: Actor, absence_id: UUID) -> bool:
    """
    Let plans go to others on the first day somebody is away, and come back when they are; say whether it did anything.

    Whoever cannot hold any plan any more is not coming back to theirs. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    row = Absence.objects.select_for_update().filter(id=absence_id).exclude(state=AbsenceState.OVER.value).first()
    if row is None or row.starts_on > clock.today():
        return False
    if (row.ends_on is not None and row.ends_on <= clock.today()) or not _works(actor, row.user_id):
        being_away.finish(actor, row)
    else:
        being_away.begin(actor, row)
    return True


@transaction.atomic
def see_to_offer(*, actor: Actor, handover_id: UUID) -> bool:
    """
    Let an offer come back that nobody has answered in time, or that cannot be accepted any more; say whether it did.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    rows = Handover.objects.select_for_update(of=("self",)).select_related("plan__file")
    row = rows.filter(id=handover_id, state=HandoverState.OFFERED.value).first()
    if row is None:
        return False
    why = _why_not(actor, row)
    if why is None:
        return False
    bounce(actor, row, because=why)
    return True


@transaction.atomic
def leave_plans(*, actor: Actor, user_id: UUID) -> int:
    """
    Let the plans that somebody cannot hold any more fall to the leader of their unit, and return how many there were.

    Nothing happens to those that they still can: a post may have ended, and another goes on. Where they answered when
    the carer calls, nobody does any more, and the leader is told. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    units = _units(actor, user_id)
    held = Holding.objects.filter(holder_id=user_id, ends_at=None).exclude(plan__unit_id__in=units)
    plans = policies.locked_plans().filter(id__in=list(held.values_list("plan_id", flat=True)), closed_at=None)
    left = []
    for plan in plans:
        holding = passing.held_now(plan)
        if holding.holder_id == user_id:
            carer_id = items.carers_of([plan])[plan.file_id]
            made = passing.left_over(actor, plan, holding, carer_id=carer_id, how=How.LEFT, absence=holding.absence)
            if made.holder_id != user_id:
                left.append(plan)
    items.move_steps(actor, left)
    answers_for = CarerFile.objects.select_for_update().filter(contact_id=user_id, state=FileState.OPEN.value)
    for file in answers_for.exclude(unit_id__in=units).order_by("id"):
        files_moving.empty_contact(actor, file)
    for handover_id in Handover.objects.filter(to_user_id=user_id, state=HandoverState.OFFERED.value).values_list(
        "id", flat=True
    ):
        see_to_offer(actor=actor, handover_id=handover_id)
    return len(left)


@transaction.atomic
def follow_on(*, actor: Actor, plan_id: UUID) -> bool:
    """
    See to a plan whose unit follows the carer up no more, and say whether anything was done.

    Another unit that does gets it, and its leader holds it. Where there is none, the plan itself is why the unit goes
    on: what it rests on is opened again, visibly, and the leader is told to close the plan first. A plan that was where
    it is because the carer had let that unit know of it goes back to the file's unit. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    plan = policies.locked_plans().filter(id=plan_id, closed_at=None).first()
    if plan is None:
        return False
    file = CarerFile.objects.select_for_update(of=("self",)).filter(id=plan.file_id, carer__merged_into=None).first()
    if file is None:
        # Two rows of the carer were found to be one: the file moves to the other, and what follows from it then.
        return False
    units = following(actor, file.carer_id)
    if not organisations.subtree_ids(actor=actor, roots=[plan.unit_id]).isdisjoint(units):
        return False
    holding = passing.held_now(plan)
    if units or is_lent(plan):
        if not units:
            go_on(actor, file, file.unit_id)
        _went_to(actor, plan, holding, file, any_of(units, first=file.unit_id) if units else file.unit_id)
    else:
        go_on(actor, file, plan.unit_id)
        passing.kept(actor, plan, holding, carer_id=file.carer_id)
        items.put_steps(actor, [plan])
    storing.record_by_system(actor, "followup.follow_on", file, subject_type=storing.PLAN, subject_id=plan.id)
    return True


def _went_to(actor: Actor, plan: Plan, holding: Holding, file: CarerFile, unit_id: UUID) -> None:
    """Let a plan go to another unit, whose leader holds it."""
    passing.taken_care_of(actor, plan)
    plan.unit_id = unit_id
    storing.changed(plan, "unit")
    made = passing.left_over(actor, plan, holding, carer_id=file.carer_id, how=How.LEADER, absence=None)
    if made.holder_id != holding.holder_id:
        storing.note(actor, file, NoteCode.HANDED_OVER, about=plan)
    items.move_steps(actor, [plan])
    files_moving.follow_carer(actor, file)


def _why_not(actor: Actor, row: Handover) -> BouncedBecause | None:
    """Why an offer cannot be accepted any more; None if it can."""
    plan, file = row.plan, row.plan.file
    if row.answer_by < clock.today():
        return BouncedBecause.NOT_ANSWERED
    if not plan.is_open:
        return BouncedBecause.PLAN_CLOSED
    unit_id = row.to_unit_id or plan.unit_id
    if row.rests_on_consent and not follows(actor, file.carer_id, unit_id):
        if not lets(actor, file, unit_id):
            return BouncedBecause.CONSENT_WITHDRAWN
        return None if unit_id in _units(actor, row.to_user_id) else BouncedBecause.LEFT
    try:
        _staff.can_hold(actor.tenant_id, row.to_user_id, carer_id=file.carer_id, away=True)
    except CannotHold as refusal:
        gone = refusal.why in (_staff.NO_ROLE, _staff.ACCOUNT_CLOSED)
        return BouncedBecause.LEFT if gone else BouncedBecause.NOT_FOLLOWED_UP
    return None


def _units(actor: Actor, user_id: UUID) -> frozenset[UUID]:
    try:
        return _staff.somebody(actor.tenant_id, user_id).units_with(policies.HOLD_PLAN)
    except CannotHold:
        return frozenset()


def _works(actor: Actor, user_id: UUID) -> bool:
    return bool(_units(actor, user_id))
