"""Handing a plan over: offered, then accepted or declined; until then it stays where it is."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain import files
from medspiller.followup.domain.files import NoteCode
from medspiller.followup.domain.holding import (
    BouncedBecause,
    CannotHold,
    ConsentGone,
    HandoverOver,
    HandoverState,
    HoldsAlready,
    How,
    NotTheHolder,
    OfferedAlready,
    answer_by,
)
from medspiller.followup.models import CarerFile, Handover, Holding, Plan
from medspiller.followup.selectors import _staff
from medspiller.followup.selectors._staff import Colleague
from medspiller.followup.services import _files_moving as files_moving
from medspiller.followup.services import _items as items
from medspiller.followup.services import _passing as passing
from medspiller.followup.services import _storing as storing
from medspiller.followup.services._letting import follows, let_follow_up, lets
from medspiller.followup.services._offers import answered, bounce, offer_of
from medspiller.people import selectors as people


@transaction.atomic
def offer_handover(
    *,
    actor: Actor,
    plan_id: UUID,
    to_id: UUID,
    why: str = "",
    to_unit_id: UUID | None = None,
    version: int | None = None,
) -> Handover:
    """
    Offer a plan to a colleague. It stays with whoever holds it until they have accepted.

    To a unit that does not follow the carer up (`to_unit_id`) it can go only while the carer lets it: there must be
    a live consent to that unit about the plan.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises NotTheHolder: if somebody else holds it, and the actor leads nobody there.
    :raises PlanClosed: if it is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises HoldsAlready: if that colleague holds it.
    :raises CannotHold: if they cannot hold it.
    :raises ConsentGone: if it would go to a unit that the carer has not let know of it.
    :raises OfferedAlready: if it is offered to somebody already.
    :raises TextRefused: if why is too long.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    held = passing.held_now(plan)
    _ensure_may_give(actor, plan, held)
    if held.holder_id == to_id:
        raise HoldsAlready
    waiting = offer_of(plan)
    if waiting is not None:
        raise OfferedAlready(to=waiting.to_name, answer_by=waiting.answer_by)
    to, unit_id, rests = _receiver(actor, plan, opened.file, to_id, to_unit_id)
    row = Handover.objects.create(
        plan=plan,
        from_user_id=held.holder_id,
        from_name=held.holder_name,
        to_user_id=to_id,
        to_name=to.name,
        to_unit_id=unit_id if unit_id != plan.unit_id else None,
        rests_on_consent=rests,
        why=files.tidy("why", why) or None,
        offered_at=clock.now(),
        offered_by=actor.id,
        offered_by_name=actor.name,
        answer_by=answer_by(clock.today()),
    )
    items.put_offer(actor, row, plan)
    storing.record(opened, "followup.offer_handover", subject_type=items.HANDOVER, subject_id=row.id)
    return row


@transaction.atomic
def withdraw_handover(*, actor: Actor, handover_id: UUID) -> Handover:
    """
    Take an offer back that nobody has answered.

    :raises NotFound: if there is no such offer; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises NotTheHolder: if somebody else made it, and the actor leads nobody there.
    :raises HandoverOver: if it is over.
    """
    plan_id = _plan_of(handover_id)
    plan, opened = policies.opened_plan(actor, plan_id, action=policies.KEEP_FILE, lock=True)
    row = _waiting(handover_id)
    if actor.id != row.offered_by:
        _ensure_may_give(actor, plan, passing.held_now(plan))
    answered(actor, row, HandoverState.WITHDRAWN)
    storing.record(opened, "followup.withdraw_handover", subject_type=items.HANDOVER, subject_id=row.id)
    return row


@transaction.atomic
def answer_handover(*, actor: Actor, handover_id: UUID, accept: bool, note: str = "") -> Handover:
    """
    Take over a plan that was offered to the actor, or say no: then it stays where it is.

    Whether the actor can hold it is asked again now: a consent that was withdrawn since, or a unit that follows the
    carer up no more, is told and nothing passes. The offer then comes back by itself.

    :raises NotFound: if nothing of the kind was offered to the actor.
    :raises HandoverOver: if it was answered, withdrawn or came back before.
    :raises ConsentGone: if the carer has withdrawn what it rested on.
    :raises CannotHold: if the actor cannot hold it any more.
    :raises TextRefused: if the note is too long.
    """
    said = files.tidy("note", note)
    plan = policies.locked_plans().get(id=_plan_of(handover_id, to=actor))
    row = _waiting(handover_id)
    file = CarerFile.objects.select_for_update().get(id=plan.file_id)
    if accept:
        _accepted(actor, plan, row, file)
    else:
        bounce(actor, row, because=BouncedBecause.DECLINED, note=said)
    storing.record_by(actor, "followup.answer_handover", file, subject_type=items.HANDOVER, subject_id=row.id)
    return row


def _accepted(actor: Actor, plan: Plan, row: Handover, file: CarerFile) -> None:
    unit_id = row.to_unit_id or plan.unit_id
    if row.rests_on_consent:
        # Whoever takes the consent back locks the carer first too: else each could wait for the other for ever.
        people.person_for_update(actor=actor, person_id=file.carer_id)
        if not lets(actor, file, unit_id):
            raise ConsentGone
        row.through_id = let_follow_up(actor, file, unit_id)
        row.save(update_fields=["through"])
    to = _staff.can_hold(actor.tenant_id, actor.id, carer_id=file.carer_id, away=True)
    held = passing.held_now(plan)
    passing.passed(actor, plan, held, to_id=to.id, to_name=to.name, how=How.ACCEPTED)
    plan.unit_id = to.unit_for(unit_id)
    storing.changed(plan, "unit")
    passing.taken_care_of(actor, plan)
    if not row.rests_on_consent:
        # What a consent has let go may have to come back: the file stays where it is.
        files_moving.follow_plan(actor, file, plan)
    answered(actor, row, HandoverState.ACCEPTED)
    items.move_steps(actor, [plan])
    storing.note(actor, file, NoteCode.HANDED_OVER, about=plan)


def _receiver(
    actor: Actor, plan: Plan, file: CarerFile, to_id: UUID, to_unit_id: UUID | None
) -> tuple[Colleague, UUID, bool]:
    """Who would hold it, in which unit, and whether that rests on the carer's consent."""
    try:
        to = _staff.can_hold(actor.tenant_id, to_id, carer_id=file.carer_id)
    except CannotHold as refusal:
        if refusal.why != policies.NOT_FOLLOWED_UP or to_unit_id is None:
            raise
        other = _staff.somebody(actor.tenant_id, to_id)
        units = other.units_with(policies.HOLD_PLAN)
        if to_unit_id not in units:
            raise CannotHold(_staff.NO_ROLE) from None
        if not lets(actor, file, to_unit_id):
            raise ConsentGone from None
        return Colleague(id=to_id, name=other.name, units=units, through=to_unit_id), to_unit_id, True
    wanted = to_unit_id if to_unit_id in to.units and follows(actor, file.carer_id, to_unit_id) else plan.unit_id
    return to, to.unit_for(wanted), False


def _ensure_may_give(actor: Actor, plan: Plan, held: Holding) -> None:
    if actor.id != held.holder_id and not actor.may(policies.HAND_OVER_FOR_OTHERS, unit_id=plan.unit_id):
        raise NotTheHolder(holder=held.holder_name)


def _plan_of(handover_id: UUID, *, to: Actor | None = None) -> UUID:
    rows = Handover.objects.filter(id=handover_id)
    rows = rows.filter(to_user_id=to.id) if to is not None else rows
    plan_id = rows.values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise NotFound(f"handover {handover_id}")
    return plan_id


def _waiting(handover_id: UUID) -> Handover:
    row = Handover.objects.select_for_update().get(id=handover_id)
    if row.state != HandoverState.OFFERED.value:
        raise HandoverOver(state=HandoverState(row.state), why=row.bounced_because)
    return row
