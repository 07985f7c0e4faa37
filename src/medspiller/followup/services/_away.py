"""What becomes of somebody's plans while they are away, and when they are back."""

from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.followup import policies
from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.holding import BouncedBecause, CannotHold, HandoverState, How
from medspiller.followup.models import Absence, Handover, Holding, Plan
from medspiller.followup.selectors import _staff
from medspiller.followup.services import _items as items
from medspiller.followup.services import _passing as passing
from medspiller.followup.services._offers import bounce


def begin(actor: Actor, row: Absence) -> int:
    """Let the plans of whoever is away from today go to others, and return how many there were. Safe to run twice."""
    row.state = AbsenceState.UNDER_WAY.value
    row.save(update_fields=["state"])
    held = _held_by(row.user_id)
    gone = [
        plan
        for plan, holding, carer_id in held
        if _stand_in_for(actor, row, plan, holding, carer_id).holder_id != row.user_id
    ]
    items.move_steps(actor, gone)
    for offer in Handover.objects.select_for_update().filter(to_user_id=row.user_id, state=HandoverState.OFFERED.value):
        bounce(actor, offer, because=BouncedBecause.AWAY)
    return len(gone)


def finish(actor: Actor, row: Absence) -> int:
    """Let what others hold for somebody come back to them, and return how much it was. Safe to run twice."""
    row.state = AbsenceState.OVER.value
    row.save(update_fields=["state"])
    lent = Holding.objects.filter(absence=row, ends_at=None).values_list("plan_id", flat=True)
    came_back = []
    for plan in policies.locked_plans().filter(id__in=list(lent), closed_at=None):
        holding = passing.held_now(plan)
        carer_id = items.carers_of([plan])[plan.file_id]
        if holding.absence_id != row.id:
            continue
        try:
            back = _staff.can_hold(actor.tenant_id, row.user_id, carer_id=carer_id, away=True)
        except CannotHold:
            back = None
        if back is None or plan.unit_id not in back.units:
            passing.kept(actor, plan, holding, carer_id=carer_id)
            continue
        passing.passed(actor, plan, holding, to_id=back.id, to_name=back.name, how=How.RETURNED)
        passing.taken_care_of(actor, plan)
        came_back.append(plan)
    items.move_steps(actor, came_back)
    return len(came_back)


def _stand_in_for(actor: Actor, row: Absence, plan: Plan, holding: Holding, carer_id: UUID) -> Holding:
    # What was lent already comes back to whom it was lent by, whoever holds it in between.
    lent = holding.absence or row
    if row.stand_in_id is not None:
        try:
            to = _staff.can_hold(actor.tenant_id, row.stand_in_id, carer_id=carer_id)
        except CannotHold:
            to = None
        # Whoever works elsewhere would lose it again within the hour.
        if to is not None and plan.unit_id in to.units:
            return passing.passed(actor, plan, holding, to_id=to.id, to_name=to.name, how=How.STAND_IN, absence=lent)
    return passing.left_over(actor, plan, holding, carer_id=carer_id, how=How.LEADER, absence=lent)


def _held_by(user_id: UUID) -> list[tuple[Plan, Holding, UUID]]:
    held = Holding.objects.filter(holder_id=user_id, ends_at=None).values_list("plan_id", flat=True)
    plans = list(policies.locked_plans().filter(id__in=list(held), closed_at=None))
    carers = items.carers_of(plans)
    found = ((plan, passing.held_now(plan)) for plan in plans)
    return [(plan, held, carers[plan.file_id]) for plan, held in found if held.holder_id == user_id]
