"""Writing down how persons are reached, and what is safe to do there."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain import contacts as rules
from medspiller.people.domain.contacts import (
    AlreadyEnded,
    AlreadyThere,
    ContactDetails,
    ContactRefused,
    ContactSystem,
)
from medspiller.people.domain.events import ContactsChanged
from medspiller.people.domain.need_to_know import Answer
from medspiller.people.models import ContactPoint, Person
from medspiller.people.selectors._reaching import ensure_may_write
from medspiller.people.services._storing import contact_columns, record

_ONCE = {"people_contactpoint_once": AlreadyThere()}


@transaction.atomic
def add_contact_point(*, actor: Actor, person_id: UUID, details: ContactDetails) -> ContactPoint:
    """
    Write down a way to reach a person, from today on.

    A unit that only has the person's number may add numbers and e-mail, and no address. Whether
    notices are safe there is the person's to say, and that of whoever follows them up.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not change how this person is reached.
    :raises ContactRefused: with every detail that cannot be stored.
    :raises AlreadyThere: if the person can be reached there already.
    """
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    return store(actor=actor, person=person, details=details)


def store(*, actor: Actor, person: Person, details: ContactDetails, answer: Answer | None = None) -> ContactPoint:
    """Store a way to reach a locked person; `answer` spares asking again whether the actor may open them."""
    basis, number_only = ensure_may_write(actor, person, details.system, answer=answer)
    details = rules.tidy_contact(details)
    rules.ensure_contact_valid(details, number_only=number_only)
    with refused_as(_ONCE):
        made = ContactPoint.objects.create(
            person=person, valid_from=clock.today(), stored_for=basis.unit_id, **contact_columns(details)
        )
    _done(actor, made, basis)
    return made


@transaction.atomic
def change_contact_point(*, actor: Actor, contact_id: UUID, details: ContactDetails) -> ContactPoint:
    """
    Store what a way to reach a person is from now on. What it is stays: a number becomes no address.

    :raises NotFound: if there is no such way to reach somebody the actor may open.
    :raises NotAllowed: if the actor may not change how this person is reached.
    :raises AlreadyEnded: if it is used no more.
    :raises ContactRefused: with every detail that cannot be stored.
    :raises AlreadyThere: if the person can be reached there by another.
    """
    row, basis, number_only = _for_update(actor, contact_id)
    if row.system != details.system:
        raise ContactRefused({"system": "another_kind"})
    details = rules.tidy_contact(details)
    rules.ensure_contact_valid(details, number_only=number_only)
    for name, value in contact_columns(details).items():
        setattr(row, name, value)
    row.stored_for = basis.unit_id
    with refused_as(_ONCE):
        row.save()
    _done(actor, row, basis)
    return row


@transaction.atomic
def end_contact_point(*, actor: Actor, contact_id: UUID) -> ContactPoint | None:
    """
    Say that a person is not reached there any more, from today on.

    One that was added today was a slip: it is taken away, and None is returned.

    :raises NotFound: if there is no such way to reach somebody the actor may open.
    :raises NotAllowed: if the actor may not change how this person is reached.
    :raises AlreadyEnded: if it has an end already.
    """
    row, basis, _number_only = _for_update(actor, contact_id)
    today = clock.today()
    if row.valid_from >= today:
        _done(actor, row, basis)
        row.delete()
        return None
    row.valid_to = today
    row.save(update_fields=["valid_to"])
    _done(actor, row, basis)
    return row


@transaction.atomic
def reopen_contact_point(*, actor: Actor, contact_id: UUID) -> ContactPoint:
    """
    Take back, on the same day, that a person is not reached there any more.

    :raises NotFound: if there is nothing that was ended today, of somebody the actor may open.
    :raises NotAllowed: if the actor may not change how this person is reached.
    :raises AlreadyThere: if it was added anew meanwhile.
    """
    row, basis, _number_only = _for_update(actor, contact_id, ended=True)
    if row.valid_to is None:
        # Pressed twice: it is in use already.
        return row
    if row.valid_to != clock.today():
        raise NotFound(f"contact point {contact_id}")
    row.valid_to = None
    with refused_as(_ONCE):
        row.save(update_fields=["valid_to"])
    _done(actor, row, basis)
    return row


def _for_update(actor: Actor, contact_id: UUID, *, ended: bool = False) -> tuple[ContactPoint, Basis, bool]:
    rows = ContactPoint.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(id=contact_id).first()
    if row is None:
        raise NotFound(f"contact point {contact_id}")
    basis, number_only = ensure_may_write(actor, row.person, ContactSystem(row.system), row=row)
    if row.valid_to is not None and not ended:
        raise AlreadyEnded(valid_to=row.valid_to)
    return row, basis, number_only


def _done(actor: Actor, row: ContactPoint, basis: Basis) -> None:
    told = [Information.CONTACT_DETAILS]
    record(actor, policies.EDIT_PERSON, row, person_id=row.person_id, information=told, basis=basis)
    events.publish(ContactsChanged(person_id=row.person_id))
