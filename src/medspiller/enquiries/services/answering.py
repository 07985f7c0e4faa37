"""Answering: taking an enquiry, noting tries to reach somebody, saying what came of it."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock, events
from medspiller.enquiries import policies, selectors
from medspiller.enquiries.domain.enquiries import (
    Outcome,
    Purpose,
    State,
    Taken,
    ensure_open,
    ensure_outcome,
)
from medspiller.enquiries.domain.events import EnquiryDone
from medspiller.enquiries.models import Attempt, Enquiry
from medspiller.enquiries.selectors.enquiries import SUBJECT


@transaction.atomic
def take(*, actor: Actor, enquiry_id: UUID) -> None:
    """
    Say that the actor sees to an enquiry. Nothing changes if they do already.

    :raises NotFound: if there is none to a unit of theirs.
    :raises NotAllowed: if the actor answers for no unit.
    :raises Taken: with who was quicker.
    :raises Done: if it is done.
    """
    row = _to_change(actor, enquiry_id)
    if row.taken_by_id != actor.id:
        _take(actor, row)
        _record(actor, row)


@transaction.atomic
def give_back(*, actor: Actor, enquiry_id: UUID) -> None:
    """
    Let an enquiry be nobody's again: the actor's own or, by whoever decides who reads, a colleague's.

    :raises NotFound: if there is none to a unit of theirs.
    :raises NotAllowed: if the actor answers for no unit.
    :raises Taken: if a colleague has it, and the actor is no leader there.
    :raises Done: if it is done.
    """
    row = selectors.own_for_update(actor=actor, enquiry_id=enquiry_id)
    ensure_open(_state(row))
    if row.taken_by_id != actor.id and not actor.may(policies.CHOOSE_RECIPIENT, unit_id=row.unit_id):
        raise Taken(by=row.taken_by.name if row.taken_by else "")
    row.taken_by, row.taken_at = None, None
    row.save(update_fields=["taken_by", "taken_at"])
    _record(actor, row)


@transaction.atomic
def note_attempt(*, actor: Actor, enquiry_id: UUID, reached: bool) -> None:
    """
    Write down that somebody was called: that nobody answered, or that they were reached. It is the actor's by that.

    :raises NotFound: if there is none to a unit of theirs.
    :raises NotAllowed: if the actor answers for no unit.
    :raises Taken: if a colleague has it.
    :raises Done: if it is done.
    """
    row = _to_change(actor, enquiry_id)
    _take(actor, row)
    Attempt.objects.create(enquiry=row, reached=reached, made_at=clock.now(), made_by_id=actor.id)
    _record(actor, row)


@transaction.atomic
def finish(*, actor: Actor, enquiry_id: UUID, outcome: Outcome) -> None:
    """
    Say what came of an enquiry, and be done with it.

    :raises NotFound: if there is none to a unit of theirs.
    :raises NotAllowed: if the actor answers for no unit.
    :raises NoSuchOutcome: if such an enquiry cannot come to that.
    :raises Taken: if a colleague has it.
    :raises Done: if it is done.
    """
    row = _to_change(actor, enquiry_id)
    ensure_outcome(Purpose(row.purpose), outcome)
    _take(actor, row)
    row.done_at, row.done_by_id, row.outcome = clock.now(), actor.id, outcome.value
    row.save(update_fields=["done_at", "done_by", "outcome"])
    _record(actor, row)
    events.publish(EnquiryDone(row.id))


def _to_change(actor: Actor, enquiry_id: UUID) -> Enquiry:
    row = selectors.own_for_update(actor=actor, enquiry_id=enquiry_id)
    ensure_open(_state(row))
    if row.taken_by_id not in (None, actor.id):
        raise Taken(by=row.taken_by.name if row.taken_by else "")
    return row


def _take(actor: Actor, row: Enquiry) -> None:
    if row.taken_by_id is None:
        row.taken_by_id, row.taken_at = actor.id, clock.now()
        row.save(update_fields=["taken_by", "taken_at"])


def _state(row: Enquiry) -> State:
    return State.DONE if row.done_at else State.TAKEN if row.taken_by_id else State.WAITING


def _record(actor: Actor, row: Enquiry) -> None:
    audit.record(
        actor=actor,
        action=policies.ANSWER,
        information=(Information.MESSAGES,),
        subject_type=SUBJECT,
        subject_id=row.id,
        basis=BasisCode.ADMINISTRATION,
    )
