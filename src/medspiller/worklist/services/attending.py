"""Taking an item, giving it back, finishing it, and taking that back."""

from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people.selectors import Mentioned
from medspiller.worklist import policies, selectors
from medspiller.worklist.domain import items as rules
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Outcome, PutAgain
from medspiller.worklist.models import WorkItem

_TAKEN = ["taken_by", "taken_by_name", "taken_at"]
_DONE = ["done_at", "done_by", "done_by_name", "outcome"]


@transaction.atomic
def take(*, actor: Actor, item_id: UUID) -> WorkItem:
    """
    Say that the actor looks after an item. Nothing changes if they have it already.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises AlreadyTaken: with who was quicker.
    :raises Over: if it is finished or withdrawn.
    """
    row, person = _to_attend(actor, item_id)
    rules.ensure_may_take(row.progress, by=actor.id)
    if row.taken_by is None:
        _taken(row, actor)
        row.save(update_fields=_TAKEN)
        _record(actor, row, person, action=policies.TAKE_ITEM)
    return row


@transaction.atomic
def give_back(*, actor: Actor, item_id: UUID) -> WorkItem:
    """
    Let an item be nobody's again: the actor's own or, by a leader of the unit, a colleague's.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises NotTaken: if nobody has it.
    :raises AlreadyTaken: if a colleague has it and the actor is no leader there.
    :raises Over: if it is finished or withdrawn.
    """
    row, person = _to_attend(actor, item_id)
    for_others = actor.may(policies.GIVE_BACK_FOR_OTHERS, unit_id=row.unit_id)
    rules.ensure_may_give_back(row.progress, by=actor.id, for_others=for_others)
    row.taken_by, row.taken_by_name, row.taken_at = None, "", None
    row.save(update_fields=_TAKEN)
    _record(actor, row, person, action="worklist.give_back_item")
    return row


@transaction.atomic
def finish(*, actor: Actor, item_id: UUID, outcome: Outcome | str = Outcome.DONE) -> WorkItem:
    """
    Take an item off the list as done, or as not needed. What nobody had taken is the actor's by that.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises AlreadyTaken: if a colleague has it.
    :raises Over: if it is finished or withdrawn.
    """
    said = Outcome(outcome)
    row, person = _to_attend(actor, item_id)
    rules.ensure_may_take(row.progress, by=actor.id)
    if row.taken_by is None:
        _taken(row, actor)
    row.done_at, row.done_by, row.done_by_name = clock.now(), actor.id, actor.name
    row.outcome = said.value
    row.save(update_fields=[*_TAKEN, *_DONE])
    _record(actor, row, person, action="worklist.finish_item")
    return row


@transaction.atomic
def undo_finish(*, actor: Actor, item_id: UUID) -> WorkItem:
    """
    Put a finished item back on the list, within `domain.items.UNDO_WITHIN`; whoever had it has it again.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises NothingToUndo: if it is not finished.
    :raises TooLateToUndo: if that was too long ago.
    :raises PutAgain: if the same thing was put on the list meanwhile.
    """
    row, person = _to_attend(actor, item_id)
    rules.ensure_may_undo(row.progress, now=clock.now())
    row.done_at, row.done_by, row.done_by_name, row.outcome = None, None, "", ""
    try:
        with transaction.atomic():
            row.save(update_fields=_DONE)
    except IntegrityError as fault:
        if "worklist_workitem_once" in str(fault):
            raise PutAgain from None
        raise
    _record(actor, row, person, action="worklist.undo_finish_item")
    return row


def _to_attend(actor: Actor, item_id: UUID) -> tuple[WorkItem, Mentioned | None]:
    row, person = selectors.item_for_update(actor=actor, item_id=item_id)
    policies.ensure(actor, policies.TAKE_ITEM, unit_id=row.unit_id, subject_id=item_id)
    if row.person_id is not None and person is None:
        raise NotAllowed(
            action=policies.TAKE_ITEM, reason=policies.NO_RELATION, subject_id=item_id, person_id=row.person_id
        )
    return row, person


def _taken(row: WorkItem, actor: Actor) -> None:
    row.taken_by, row.taken_by_name, row.taken_at = actor.id, actor.name, clock.now()


def _record(actor: Actor, row: WorkItem, person: Mentioned | None, *, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        information=kinds.kind(row.kind).shows,
        subject_type="worklist.WorkItem",
        subject_id=row.id,
        person_id=row.person_id,
        basis=person.basis if person else "",
    )
