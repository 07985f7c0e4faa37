"""Taking an item, giving it to a colleague or back, putting it off, finishing it, and taking that back."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors as people
from medspiller.people.selectors import Mentioned
from medspiller.worklist import policies, selectors
from medspiller.worklist.domain import items as rules
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import DoneThere, NotAColleague, Outcome, PutAgain, SnoozedWhy
from medspiller.worklist.models import WorkItem

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
        row.save(update_fields=row.HOLDING)
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
    row.nobodys()
    row.save(update_fields=row.HOLDING)
    _record(actor, row, person, action="worklist.give_back_item")
    return row


@transaction.atomic
def hand_over(*, actor: Actor, item_id: UUID, to_user_id: UUID) -> WorkItem:
    """
    Give an item to a colleague: one's own, one that nobody has, or, by a leader of the unit, somebody else's.

    The colleague has it at once and can give it back; whoever gave it finds it under what
    they wait for.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises NotAColleague: if they do not take items there, or may not open the person.
    :raises AlreadyTaken: if a colleague has it and the actor is no leader there.
    :raises Over: if it is finished or withdrawn.
    """
    row, person = _to_attend(actor, item_id)
    if not actor.may(policies.GIVE_BACK_FOR_OTHERS, unit_id=row.unit_id):
        rules.ensure_may_take(row.progress, by=actor.id)
    rules.ensure_open(row.progress)
    name = _colleague(actor, row, to_user_id)
    row.nobodys()
    row.taken_by, row.taken_by_name, row.taken_at = to_user_id, name, clock.now()
    if to_user_id != actor.id:
        row.handed_by, row.handed_by_name = actor.id, actor.name
    row.save(update_fields=row.HOLDING)
    _record(actor, row, person, action="worklist.hand_over_item")
    return row


@transaction.atomic
def snooze(*, actor: Actor, item_id: UUID, until: date, why: SnoozedWhy | str) -> WorkItem:
    """
    Put an item off until the morning of a day. What nobody had taken is the actor's by that.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises AlreadyTaken: if a colleague has it.
    :raises Over: if it is finished or withdrawn.
    :raises SnoozeRefused: if it cannot be put off until that day.
    """
    row, person = _to_attend(actor, item_id)
    rules.ensure_may_take(row.progress, by=actor.id)
    rules.ensure_may_snooze(until, today=clock.today(), due_on=row.due_on, by_law=row.by_law)
    if row.taken_by is None:
        _taken(row, actor)
    row.snoozed_until, row.snoozed_why = until, SnoozedWhy(why).value
    row.save(update_fields=row.HOLDING)
    _record(actor, row, person, action="worklist.snooze_item")
    return row


@transaction.atomic
def wake(*, actor: Actor, item_id: UUID) -> WorkItem:
    """
    Let an item that was put off wait again from now on. Nothing changes if it was not.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises AlreadyTaken: if a colleague has it.
    :raises Over: if it is finished or withdrawn.
    """
    row, person = _to_attend(actor, item_id)
    rules.ensure_may_take(row.progress, by=actor.id)
    if row.snoozed_until is not None:
        row.snoozed_until, row.snoozed_why = None, ""
        row.save(update_fields=row.HOLDING)
        _record(actor, row, person, action="worklist.wake_item")
    return row


@transaction.atomic
def finish(*, actor: Actor, item_id: UUID, outcome: Outcome | str = Outcome.DONE) -> WorkItem:
    """
    Take an item off the list as done, or as not needed. What nobody had taken is the actor's by that.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: without the role, or if the actor may not open the person it is about.
    :raises AlreadyTaken: if a colleague has it.
    :raises DoneThere: if it goes by itself when it is done where it comes from.
    :raises Over: if it is finished or withdrawn.
    """
    said = Outcome(outcome)
    row, person = _to_attend(actor, item_id)
    rules.ensure_may_take(row.progress, by=actor.id)
    if kinds.kind(row.kind).done_there:
        raise DoneThere
    if row.taken_by is None:
        _taken(row, actor)
    row.done_at, row.done_by, row.done_by_name = clock.now(), actor.id, actor.name
    row.outcome = said.value
    row.save(update_fields=[*row.HOLDING, *_DONE])
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


def _colleague(actor: Actor, row: WorkItem, user_id: UUID) -> str:
    """Return the name of whom an item is given to; the same that they need to take it themselves."""
    today, now = clock.today(), clock.now()
    there = access.colleagues(actor=actor, action=policies.TAKE_ITEM, unit_id=row.unit_id, today=today, now=now)
    found = next((each for each in there if each.id == user_id), None)
    if found is None:
        raise NotAColleague
    other = access.actor_with_id(actor=actor, user_id=user_id, today=today, now=now)
    within = people.reach(actor=other)
    ids = () if row.person_id is None else (row.person_id,)
    opened = people.mentioned(actor=other, person_ids=ids, within=within)
    if len(opened) < len(ids) or not policies.may_view(other, row, closed=within.closed):
        raise NotAColleague
    return found.name


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
