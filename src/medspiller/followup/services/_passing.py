"""How a plan passes from one holder to the next: in one moment, and to somebody."""

from datetime import date, timedelta
from uuid import UUID

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.core.constraints import refused_as
from medspiller.followup.domain.events import HolderChanged
from medspiller.followup.domain.holding import CannotHold, How, SecondHolder
from medspiller.followup.models import Absence, Holding, Plan
from medspiller.followup.selectors import _staff
from medspiller.followup.selectors._staff import Colleague
from medspiller.followup.services import _items as items
from medspiller.followup.services import _storing as storing

# A plan that fell to a leader is given to somebody within the week. Local practice.
_GIVEN_ON_WITHIN = timedelta(days=7)


def first(plan: Plan, *, holder_id: UUID, holder_name: str) -> Holding:
    """Let somebody hold a plan from when it was opened."""
    return Holding.objects.create(
        plan=plan, holder_id=holder_id, holder_name=holder_name, starts_at=plan.opened_at, how=How.OPENED.value
    )


def held_now(plan: Plan) -> Holding:
    """Return who holds an open plan, locked until the end of the transaction."""
    return Holding.objects.select_for_update().get(plan=plan, ends_at=None)


def passed(
    actor: Actor,
    plan: Plan,
    now_held: Holding,
    *,
    to_id: UUID,
    to_name: str,
    how: How,
    absence: Absence | None = None,
) -> Holding:
    """
    Let somebody else hold a plan from now on, in the moment in which the other stops.

    Work lists are not touched by this.

    :raises SecondHolder: if somebody else came to hold it in the same moment.
    """
    at = max(clock.now(), now_held.starts_at)
    with refused_as({"followup_holding_one_at_a_time": SecondHolder()}):
        now_held.ends_at = at
        now_held.save(update_fields=["ends_at"])
        made = Holding.objects.create(
            plan=plan, holder_id=to_id, holder_name=to_name, starts_at=at, how=how.value, absence=absence
        )
    events.publish(HolderChanged(plan_id=plan.id, from_user_id=now_held.holder_id, to_user_id=to_id, how=how.value))
    return made


def stop(plan: Plan, now_held: Holding) -> None:
    """Let nobody hold a plan from when it was closed."""
    now_held.ends_at = plan.closed_at
    now_held.save(update_fields=["ends_at"])


def leader_for(
    actor: Actor, plan: Plan, *, carer_id: UUID, but_not: UUID | None = None, away_too: bool = True
) -> Colleague | None:
    """
    Return the nearest leader who can hold a plan, of its unit or one above; None if there is nobody at all.

    Whoever is there today comes before whoever is away, who is left out without `away_too`. Nobody gets the plan of
    somebody they are too close to.
    """
    near = access.leaders_of(actor=storing.system_of(actor), unit_id=plan.unit_id, today=clock.today(), now=clock.now())
    others = [each.id for each in near if each.id != but_not]
    for away in (False, True) if away_too else (False,):
        for user_id in others:
            try:
                return _staff.can_hold(actor.tenant_id, user_id, carer_id=carer_id, away=away)
            except CannotHold:
                continue
    return None


def left_over(
    actor: Actor,
    plan: Plan,
    now_held: Holding,
    *,
    carer_id: UUID,
    how: How,
    absence: Absence | None = None,
) -> Holding:
    """
    Let a plan fall to the nearest leader, on whose list it then stands.

    Where there is no leader anywhere, it stays with whoever has it and stands on the unit's list all the same:
    it is never nobody's. There it stays as it is, however often it is looked at again. What a leader holds already
    while somebody is away goes to no other leader who is away: the two would hand it to and fro.
    """
    with_leader = how is not How.LEFT and now_held.how == How.LEADER.value and now_held.absence_id is not None
    found = leader_for(actor, plan, carer_id=carer_id, but_not=now_held.holder_id, away_too=not with_leader)
    if found is None and plan.left_over_at is not None:
        return now_held
    made = now_held
    if found is not None:
        made = passed(actor, plan, now_held, to_id=found.id, to_name=found.name, how=how, absence=absence)
    if absence is None or found is None:
        plan.left_over_at = clock.now()
        storing.changed(plan, "left_over_at")
        items.put_left_over(actor, plan, carer_id=carer_id, due_on=given_on_by())
    return made


def taken_care_of(actor: Actor, plan: Plan) -> None:
    """Take off the leader's list that a plan needed somebody."""
    if plan.left_over_at is not None:
        plan.left_over_at = None
        plan.save(update_fields=["left_over_at"])
        items.withdraw_left_over(actor, [plan.id])


def given_on_by() -> date:
    """Return by which day a plan that fell to a leader is given to somebody."""
    return clock.today() + _GIVEN_ON_WITHIN


def kept(actor: Actor, plan: Plan, holding: Holding, *, carer_id: UUID) -> None:
    """Let whoever holds a plan for somebody who is not coming back keep it, and tell the leader."""
    holding.absence = None
    holding.save(update_fields=["absence"])
    plan.left_over_at = clock.now()
    storing.changed(plan, "left_over_at")
    items.put_left_over(actor, plan, carer_id=carer_id, due_on=given_on_by())
