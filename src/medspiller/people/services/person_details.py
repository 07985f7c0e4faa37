"""Changing what is registered about a person: details, other names, death."""

from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.core.constraints import refused_as
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain import persons as rules
from medspiller.people.domain.contacts import AlreadyEnded
from medspiller.people.domain.events import PersonChanged, PersonDied
from medspiller.people.domain.persons import (
    AlreadyRegistered,
    DetailsInvalid,
    NameDetails,
    PersonChanges,
)
from medspiller.people.models import Person, PersonName
from medspiller.people.services._storing import ensure_seen, record

_COLUMNS = (
    "given_name",
    "family_name",
    "birth_date",
    "protected_address",
    "gender",
    "language",
    "needs_interpreter",
    "preferred_channel",
    "best_time",
    "wants_notices",
)


# What a person asks to have corrected, and does not correct.
FROM_REGISTER = frozenset({"birth_date", "person_number", "protected_address"})


@transaction.atomic
def change_person(*, actor: Actor, person_id: UUID, changes: PersonChanges, version: int) -> Person:
    """
    Store what is said of a person from now on, unless somebody changed it after the actor saw `version`.

    A person number is added to somebody who has none; to change one, two persons are merged.
    Citizens change themselves, but for what the population register says of them.
    Changes that change nothing store nothing and tell nobody.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not change this person.
    :raises Changed: with what is not as it was seen.
    :raises DetailsInvalid: with every detail that cannot be stored; a birth date that would make
        the person older than a parent or younger than a child is `outside_family`.
    :raises AlreadyRegistered: if the added number is somebody's; nothing is told of whose it is.
    """
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    basis = policies.ensure_edit(
        actor, person, policies.EDIT_PERSON, at=clock.now(), own_action=policies.EDIT_OWN_DETAILS
    )
    ensure_seen(person, version=version, details=_COLUMNS)
    changes = rules.tidy_changes(changes)
    rules.ensure_changes_valid(changes, died_on=person.died_on, today=clock.today())
    number = _added_number(person, changes)
    changed = person.changes.differing(changes)
    if not changed:
        return person
    if actor.kind is ActorKind.CITIZEN and not FROM_REGISTER.isdisjoint(changed):
        raise NotAllowed(action=policies.EDIT_OWN_DETAILS, reason="from_register", subject_id=person.id)

    for name in _COLUMNS:
        value = getattr(changes, name)
        # A choice that nobody has made is an empty text there.
        setattr(person, name, "" if value is None and name in ("gender", "preferred_channel") else value)
    if number:
        person.pid, person.pid_hash = number, keyed_hash(number, purpose=PERSON_NUMBER)
    person.version += 1
    with refused_as(
        {
            "people_person_elder_first": DetailsInvalid({"birth_date": "outside_family"}),
            "people_person_died_after_birth": DetailsInvalid({"birth_date": "after_death"}),
            "people_person_pid": AlreadyRegistered(),
        }
    ):
        person.save()
    record(
        actor,
        policies.EDIT_PERSON,
        person,
        person_id=person.id,
        information=_information(changed),
        basis=basis,
    )
    events.publish(PersonChanged(person_id=person.id, fields=changed))
    return person


@transaction.atomic
def add_name(*, actor: Actor, person_id: UUID, details: NameDetails) -> PersonName:
    """
    Write down a name somebody has or had beside the usual one.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not change this person.
    :raises DetailsInvalid: with every detail that cannot be stored.
    """
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    basis = policies.ensure_edit(actor, person, policies.EDIT_PERSON, at=clock.now())
    details = rules.tidy_name(details)
    rules.ensure_name_valid(details, today=clock.today())
    made = PersonName.objects.create(
        person=person,
        use=details.use.value,
        given_name=details.given_name,
        family_name=details.family_name,
        valid_from=details.valid_from,
        valid_to=details.valid_to,
    )
    _record(actor, made, basis)
    events.publish(PersonChanged(person_id=person.id, fields=("other_names",)))
    return made


@transaction.atomic
def end_name(*, actor: Actor, name_id: UUID) -> PersonName:
    """
    Say that a name beside the usual one is used no more, from today on.

    :raises NotFound: if there is no such name of somebody the actor may open.
    :raises NotAllowed: if the actor may not change this person.
    :raises AlreadyEnded: if it has an end that is past.
    """
    row = PersonName.objects.select_for_update(of=("self",)).select_related("person").filter(id=name_id).first()
    if row is None:
        raise NotFound(f"name {name_id}")
    basis = policies.ensure_edit(actor, row.person, policies.EDIT_PERSON, at=clock.now())
    today = clock.today()
    if row.valid_to is not None and row.valid_to <= today:
        raise AlreadyEnded(valid_to=row.valid_to)
    # One that would begin today was never used.
    row.valid_from = None if row.valid_from and row.valid_from >= today else row.valid_from
    row.valid_to = today
    row.save(update_fields=["valid_from", "valid_to"])
    _record(actor, row, basis)
    events.publish(PersonChanged(person_id=row.person_id, fields=("other_names",)))
    return row


@transaction.atomic
def record_death(*, actor: Actor, person_id: UUID, died_on: date) -> Person:
    """
    Say on which day somebody died. Said twice, it stands once.

    Relations and roles stay as they are: who was nearest then is who is told now.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not change this person.
    :raises DeathRefused: if they cannot have died then, or another day stands.
    """
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    basis = policies.ensure_edit(actor, person, policies.EDIT_PERSON, at=clock.now())
    rules.ensure_death(died_on=died_on, birth_date=person.birth_date, known=person.died_on, today=clock.today())
    if person.died_on == died_on:
        return person
    person.died_on = died_on
    person.version += 1
    person.save(update_fields=["died_on", "version"])
    _record(actor, person, basis)
    events.publish(PersonDied(person_id=person.id, died_on=died_on))
    return person


@transaction.atomic
def take_back_death(*, actor: Actor, person_id: UUID) -> Person:
    """
    Say that somebody whose death was written down by mistake is alive.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not change this person.
    """
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    basis = policies.ensure_edit(actor, person, policies.EDIT_PERSON, at=clock.now())
    if person.died_on is None:
        return person
    person.died_on = None
    person.version += 1
    person.save(update_fields=["died_on", "version"])
    _record(actor, person, basis)
    events.publish(PersonChanged(person_id=person.id, fields=("died_on",)))
    return person


def _record(actor: Actor, subject: Person | PersonName, basis: Basis) -> None:
    person_id = subject.id if isinstance(subject, Person) else subject.person_id
    told = [Information.NAME_AND_BIRTH]
    record(actor, policies.EDIT_PERSON, subject, person_id=person_id, information=told, basis=basis)


def _added_number(person: Person, changes: PersonChanges) -> str:
    """The number to be added; a number that is there already stays what it is."""
    number = changes.person_number
    if not number:
        return ""
    hashed = keyed_hash(number, purpose=PERSON_NUMBER)
    if person.pid_hash is not None:
        if bytes(person.pid_hash) != hashed:
            raise DetailsInvalid({"person_number": "has_another"})
        return ""
    if Person.objects.filter(pid_hash=hashed).exists():
        raise AlreadyRegistered
    return number


def _information(changed: tuple[str, ...]) -> list[Information]:
    told = [Information.NAME_AND_BIRTH]
    if {"preferred_channel", "best_time", "wants_notices"} & set(changed):
        told.append(Information.CONTACT_DETAILS)
    if "protected_address" in changed:
        told.append(Information.REGISTRATION)
    if {"language", "needs_interpreter", "gender"} & set(changed):
        told.append(Information.NEEDS)
    return told
