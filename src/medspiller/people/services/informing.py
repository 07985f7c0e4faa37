"""Telling whoever was put into the register that they were (GDPR art. 14)."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.people import policies, selectors
from medspiller.people.domain import informing as rules
from medspiller.people.domain.events import PersonInformed
from medspiller.people.domain.informing import AlreadyInformed, How, NothingToTell
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.models import InformationGiven, Person
from medspiller.people.selectors import _left
from medspiller.people.services._storing import record


@transaction.atomic
def record_informed(*, actor: Actor, person_id: UUID, how: How) -> InformationGiven:
    """
    Say that a registered person has been told that they are, and how.

    It can be said also where a reason not to was written down before: then they were told after all.
    Whoever reads it on their own page says so by reading.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not say so of this person.
    :raises NothingToTell: if nobody else registered them.
    :raises AlreadyInformed: if they were told before.
    """
    row, basis = _for_update(actor, person_id, own_action=policies.READ_OWN_NOTICE)
    if row.informed_at is not None:
        raise AlreadyInformed
    row.informed_at, row.how, row.reason_not_to = clock.now(), how.value, ""
    return _done(actor, row, basis)


@transaction.atomic
def record_reason_not_to_inform(*, actor: Actor, person_id: UUID, reason: str) -> InformationGiven:
    """
    Write down why a registered person is not told (GDPR art. 14 no. 5).

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not say so of this person.
    :raises NothingToTell: if nobody else registered them.
    :raises AlreadyInformed: if they were told before.
    :raises InformingRefused: if the reason says too little or too much.
    """
    row, basis = _for_update(actor, person_id)
    if row.informed_at is not None:
        raise AlreadyInformed
    reason = reason.strip()
    rules.ensure_reason(reason)
    row.reason_not_to = reason
    return _done(actor, row, basis)


def to_be_informed(
    *, actor: Actor, person_id: UUID, unit_id: UUID, is_new: bool = False
) -> tuple[InformationGiven, bool]:
    """
    Return the row that says by when somebody is told, and whether it was made now: they were registered by nobody else.

    `is_new`: they were registered in this transaction, so that there is none yet.
    For whoever has asked whether the actor may put them into the register.
    """
    today = clock.today()
    details = {
        "unit_id": unit_id,
        "registered_on": today,
        "due_on": rules.due_after(today),
        "recorded_by": actor.id,
        "recorded_by_name": actor.name,
    }
    if is_new:
        return InformationGiven.objects.create(person_id=person_id, **details), True
    return InformationGiven.objects.get_or_create(person_id=person_id, defaults=details)


def _for_update(actor: Actor, person_id: UUID, *, own_action: str = "") -> tuple[InformationGiven, Basis]:
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    basis = _ground(actor, person, own_action=own_action)
    row = InformationGiven.objects.select_for_update().filter(person=person).first()
    if row is None:
        raise NothingToTell
    return row, basis


def _ground(actor: Actor, person: Person, *, own_action: str) -> Basis:
    """The ground that any unit has, or that nobody is left but the actor to tell somebody who is closed to them."""
    try:
        return policies.ensure_edit(
            actor, person, policies.INFORM_PERSON, at=clock.now(), as_contact=True, own_action=own_action
        )
    except Closed:
        closed = policies.standing(actor, at=clock.now()).closed
        left = _left.left_to(actor, [person.id], closed=closed).get(person.id)
        if left is None:
            raise
        _row, basis = left
        return basis


def _done(actor: Actor, row: InformationGiven, basis: Basis) -> InformationGiven:
    row.recorded_by, row.recorded_by_name = actor.id, actor.name
    row.save()
    told = [Information.REGISTRATION]
    record(actor, policies.INFORM_PERSON, row, person_id=row.person_id, information=told, basis=basis)
    events.publish(PersonInformed(person_id=row.person_id))
    return row
