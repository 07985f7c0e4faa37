"""Saying what persons are to each other."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.core.periods import Period
from medspiller.people import policies, selectors
from medspiller.people.domain import relations as rules
from medspiller.people.domain.contacts import AlreadyEnded
from medspiller.people.domain.events import RelationEnded, RelationRecorded, RoleEnded
from medspiller.people.domain.persons import Changed
from medspiller.people.domain.relations import INVERSE, RelationAlreadyThere, RelationDetails, RelationKind
from medspiller.people.domain.relations import RelationRefused as Refused
from medspiller.people.models import CarerRole, Person, Relation
from medspiller.people.services._storing import ensure_seen, record

DETAILS = ("kind", "cohabiting", "valid_from", "valid_to")
# What the database refuses, as the form says it.
_REFUSALS: dict[str, Exception] = {
    "people_relation_once": RelationAlreadyThere(),
    "people_relation_elder_first": Refused({"kind": "child_older_than_parent"}),
    "people_relation_to_another": Refused({"related": "oneself"}),
    "people_relation_period": Refused({"valid_to": "not_after_start"}),
}
_TO_PATIENT, _TO_CARER = (Information.CARERS,), (Information.CARED_FOR,)


@transaction.atomic
def record_relation(*, actor: Actor, person_id: UUID, related_id: UUID, details: RelationDetails) -> Relation:
    """
    Say what `related_id` is to `person_id`. It is stored once for the two of them, whichever way it is told.

    The actor's unit follows the person up, and the actor may open the other.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know one of them.
    :raises NotAllowed: if the actor may not say what this person's relations are.
    :raises RelationRefused: with everything that cannot be; oneself is `related: oneself`.
    :raises RelationAlreadyThere: if they are this to each other already, in some of that time.
    """
    if person_id == related_id:
        raise Refused({"related": "oneself"})
    # In the order of their ids: two who tell it at once would otherwise wait for each other.
    both = sorted((person_id, related_id))
    locked = {each: selectors.person_for_update(actor=actor, person_id=each) for each in both}
    person, related = locked[person_id], locked[related_id]
    basis = policies.ensure_edit(actor, person, policies.EDIT_RELATION, at=clock.now())
    policies.ensure_edit(actor, related, policies.EDIT_RELATION, at=clock.now(), as_contact=True)
    return store(actor=actor, person=person, related=related, details=details, basis=basis)


def store(*, actor: Actor, person: Person, related: Person, details: RelationDetails, basis: Basis) -> Relation:
    """Store a relation between two locked persons, for whoever has asked whether the actor may."""
    rules.ensure_relation_valid(
        details, person_born=person.birth_date, related_born=related.birth_date, today=clock.today()
    )
    first, second, kind = rules.as_stored(person.id, related.id, details.kind)
    _ensure_not_both_ways(first, second, kind, details)
    both = {person.id: person, related.id: related}
    with refused_as(_REFUSALS):
        made = Relation.objects.create(
            person=both[first],
            related=both[second],
            kind=kind.value,
            cohabiting=details.cohabiting,
            valid_from=details.valid_from,
            valid_to=details.valid_to,
        )
    _record(actor, made, person.id, basis)
    events.publish(RelationRecorded(relation_id=made.id, person_id=first, related_id=second))
    return made


@transaction.atomic
def change_relation(
    *, actor: Actor, relation_id: UUID, person_id: UUID, details: RelationDetails, version: int
) -> Relation:
    """
    Store what a relation is from now on, `kind` as seen from `person_id`, unless somebody changed it after `version`.

    :raises NotFound: if there is no such relation of somebody the actor may open.
    :raises NotAllowed: if the actor may not say what this person's relations are.
    :raises Changed: with what is not as it was seen, the kind as seen from `person_id`.
    :raises RelationRefused: with everything that cannot be; roles outside the new period are `valid_to: roles_outside`.
    :raises RelationAlreadyThere: if they are this to each other already, in some of that time.
    """
    row, basis = _for_update(actor, relation_id, person_id)
    _ensure_seen(row, person_id, version)
    person, related = (row.person, row.related) if row.person_id == person_id else (row.related, row.person)
    rules.ensure_relation_valid(
        details, person_born=person.birth_date, related_born=related.birth_date, today=clock.today()
    )
    first, second, kind = rules.as_stored(person.id, related.id, details.kind)
    stored: dict[str, Any] = {
        "person_id": first,
        "related_id": second,
        "kind": kind.value,
        "cohabiting": details.cohabiting,
        "valid_from": details.valid_from,
        "valid_to": details.valid_to,
    }
    if all(getattr(row, name) == value for name, value in stored.items()):
        return row
    _ensure_not_both_ways(first, second, kind, details, but=row.id)
    _ensure_roles_inside(row, details)
    for name, value in stored.items():
        setattr(row, name, value)
    row.version += 1
    with refused_as(_REFUSALS):
        row.save()
    _record(actor, row, person_id, basis)
    events.publish(RelationRecorded(relation_id=row.id, person_id=first, related_id=second))
    return row


@transaction.atomic
def end_relation(*, actor: Actor, relation_id: UUID, person_id: UUID, from_day: date, version: int) -> Relation:
    """
    Say from which day two persons are this to each other no more. The row stays, and explains what rested on it.

    Roles that rest on it end the same day.

    :raises NotFound: if there is no such relation of somebody the actor may open.
    :raises NotAllowed: if the actor may not say what this person's relations are.
    :raises Changed: if somebody changed it after the actor saw it.
    :raises AlreadyEnded: if it ends no later already.
    :raises RelationRefused: if the day lies ahead or is not after its start.
    """
    row, basis = _for_update(actor, relation_id, person_id)
    _ensure_seen(row, person_id, version)
    if row.valid_to is not None and row.valid_to <= from_day:
        raise AlreadyEnded(valid_to=row.valid_to)
    if from_day > clock.today():
        raise Refused({"valid_to": "not_a_day"})
    if from_day <= row.valid_from:
        raise Refused({"valid_to": "not_after_start"})
    row.valid_to = from_day
    row.version += 1
    row.save(update_fields=["valid_to", "version"])
    for role in CarerRole.objects.select_for_update().filter(relation=row):
        _end_with_relation(role, from_day)
    _record(actor, row, person_id, basis)
    events.publish(
        RelationEnded(relation_id=row.id, person_id=row.person_id, related_id=row.related_id, valid_to=from_day)
    )
    return row


def _end_with_relation(role: CarerRole, from_day: date) -> None:
    if role.valid_to is not None and role.valid_to <= from_day:
        return
    if role.valid_from >= from_day:
        role.delete()
    else:
        role.valid_to, role.end_reason = from_day, "relation_ended"
        role.save(update_fields=["valid_to", "end_reason"])
    events.publish(RoleEnded(role_id=role.id, patient_id=role.patient_id, carer_id=role.carer_id, valid_to=from_day))


def _for_update(actor: Actor, relation_id: UUID, person_id: UUID) -> tuple[Relation, Basis]:
    # The two of them first, as when it is recorded, and whatever rests on it afterwards.
    both = Relation.objects.filter(id=relation_id).values_list("person_id", "related_id").first() or ()
    if person_id not in both:
        raise NotFound(f"relation {relation_id}")
    for each in sorted(both):
        selectors.person_for_update(actor=actor, person_id=each)
    rows = Relation.objects.select_for_update(of=("self",)).select_related("person", "related")
    row = rows.filter(id=relation_id).first()
    if row is None or person_id not in (row.person_id, row.related_id):
        raise NotFound(f"relation {relation_id}")
    person = row.person if row.person_id == person_id else row.related
    basis = policies.ensure_edit(actor, person, policies.EDIT_RELATION, at=clock.now())
    policies.ensure_not_close(actor, {row.person_id, row.related_id}, action=policies.EDIT_RELATION)
    return row, basis


def _ensure_seen(row: Relation, person_id: UUID, version: int) -> None:
    try:
        ensure_seen(row, version=version, details=DETAILS)
    except Changed as changed:
        if row.person_id != person_id:
            for told in (changed.seen, changed.now):
                if told.get("kind"):
                    told["kind"] = INVERSE[RelationKind(str(told["kind"]))].value
        raise


def _ensure_not_both_ways(
    first: UUID, second: UUID, kind: RelationKind, details: RelationDetails, *, but: UUID | None = None
) -> None:
    """Nobody is the parent of their own parent, nor their grandparent, whatever is known of their births."""
    if INVERSE[kind] is kind:
        return
    period = Period(details.valid_from, details.valid_to)
    turned = Relation.objects.filter(person_id=second, related_id=first, kind=kind.value)
    if any(period.overlaps(each.period) for each in turned if each.id != but):
        raise Refused({"kind": "both_ways"})


def _ensure_roles_inside(row: Relation, details: RelationDetails) -> None:
    period = Period(details.valid_from, details.valid_to)
    for role in CarerRole.objects.filter(relation=row):
        if role.valid_from not in period:
            raise Refused({"valid_from": "roles_outside"})
        if period.end is not None and (role.valid_to is None or role.valid_to > period.end):
            raise Refused({"valid_to": "roles_outside"})


def _record(actor: Actor, row: Relation, person_id: UUID, basis: Basis) -> None:
    other_id = row.related_id if row.person_id == person_id else row.person_id
    record(
        actor,
        policies.EDIT_RELATION,
        row,
        person_id=person_id,
        information=_TO_PATIENT,
        basis=basis,
        other_id=other_id,
        told_other=_TO_CARER,
    )
