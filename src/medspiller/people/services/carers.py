"""Putting a carer into the register, with what they are to a patient."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.people import policies, selectors
from medspiller.people.domain import persons as rules
from medspiller.people.domain.contacts import AlreadyThere, ContactDetails
from medspiller.people.domain.events import CarerRegistered
from medspiller.people.domain.involvements import InvolvementBasis, linked_on
from medspiller.people.domain.need_to_know import Refusal
from medspiller.people.domain.persons import AlreadyRegistered, PersonDetails
from medspiller.people.domain.relations import RelationDetails, RelationRefused
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.models import CarerRole, ContactPoint, InformationGiven, Involvement, Person, Relation, live_at
from medspiller.people.selectors._following import may_follow_up
from medspiller.people.selectors._numbers import owner_of_number
from medspiller.people.services import _involving
from medspiller.people.services.contacts import add_contact_point
from medspiller.people.services.informing import to_be_informed
from medspiller.people.services.persons import register_person
from medspiller.people.services.relations import store as store_relation
from medspiller.people.services.roles import give as give_role


@dataclass(frozen=True, slots=True)
class RegisteredCarer:
    """
    What was stored: the carer, what they are to the patient, their roles, and by when they are told.

    `is_new`: nobody had registered them before. `stays_closed`: somebody had, and the unit only
    has whom to call; what is their own is not opened to it. `is_first`: that they are told is due to this.
    """

    carer: Person
    relation: Relation
    roles: tuple[CarerRole, ...]
    contacts: tuple[ContactPoint, ...]
    informing: InformationGiven
    is_new: bool = False
    stays_closed: bool = False
    is_first: bool = False


@transaction.atomic
def register_carer(
    *,
    actor: Actor,
    unit_id: UUID,
    patient_id: UUID,
    relation: RelationDetails,
    details: PersonDetails | None = None,
    carer_id: UUID | None = None,
    roles: Sequence[RoleDetails] = (),
    contacts: Sequence[ContactDetails] = (),
    basis: InvolvementBasis = InvolvementBasis.EMERGENCY_CONTACT,
) -> RegisteredCarer:
    """
    Put a carer into the register: `relation.kind` is what they are to the patient.

    Either `carer_id`, of somebody the actor may open, or `details`. With a person number that
    is known already, and the same name, it is that person: whoever knows both is told nothing
    new. The unit has to do with the carer from now on, on `basis`, and the carer is told within
    a month. Of somebody registered whom the actor may not open, or may not follow up, it only
    has whom to call, whatever basis is asked for.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know one of them.
    :raises NotAllowed: if the actor may not register for this unit, or it is about themselves.
    :raises DetailsInvalid: with every detail of the carer that cannot be stored.
    :raises AlreadyRegistered: if the number is known and the name is another.
    :raises ContactRefused: with every detail of a contact point that cannot be stored.
    :raises RelationRefused: with everything that cannot be.
    :raises RelationAlreadyThere: if they are this to each other already.
    :raises RoleRefused: with everything that speaks against a role.
    :raises TooLittleForProtected: for an emergency contact whose address is strictly protected; it says that
        somebody is, so it is told to nobody who may not open them.
    """
    if (details is None) is (carer_id is None):
        raise ValueError("either the carer's details or who they are")
    policies.ensure(actor, policies.REGISTER_PERSON, unit_id=unit_id)
    patient = selectors.person_for_update(actor=actor, person_id=patient_id)
    why = policies.ensure_edit(actor, patient, policies.EDIT_RELATION, at=clock.now())
    made = register(
        actor=actor,
        unit_id=unit_id,
        patient=patient,
        relation=relation,
        details=details,
        carer_id=carer_id,
        basis=basis,
        why=why,
    )
    given = tuple(
        give_role(actor=actor, relation=made.relation, patient=patient, details=each, basis=why) for each in roles
    )
    points = [point for each in contacts for point in _reached(actor, made.carer, each)]
    return replace(made, roles=given, contacts=tuple(points))


def register(
    *,
    actor: Actor,
    unit_id: UUID,
    patient: Person,
    relation: RelationDetails,
    details: PersonDetails | None,
    carer_id: UUID | None,
    basis: InvolvementBasis,
    why: Basis,
) -> RegisteredCarer:
    """Store a carer of a locked patient, without roles, for whoever has asked whether the actor may, and on `why`."""
    found = _carer(actor, unit_id, details, carer_id, basis)
    if found.person.id == patient.id:
        raise RelationRefused({"related": "oneself"})
    related = store_relation(actor=actor, person=patient, related=found.person, details=relation, basis=why)
    told, is_first = to_be_informed(actor=actor, person_id=found.person.id, unit_id=unit_id, is_new=found.is_new)
    events.publish(
        CarerRegistered(
            carer_id=found.person.id, patient_id=patient.id, unit_id=unit_id, registered_on=told.registered_on
        )
    )
    return RegisteredCarer(
        carer=found.person,
        relation=related,
        roles=(),
        contacts=(),
        informing=told,
        is_new=found.is_new,
        stays_closed=found.stays_closed,
        is_first=is_first,
    )


def _reached(actor: Actor, carer: Person, details: ContactDetails) -> list[ContactPoint]:
    """Store how a carer is reached. Known from before, what was said of it then stands."""
    try:
        return [add_contact_point(actor=actor, person_id=carer.id, details=details)]
    except AlreadyThere:
        return []


@dataclass(frozen=True, slots=True)
class _Found:
    """Whom the carer turned out to be."""

    person: Person
    is_new: bool = False
    stays_closed: bool = False


def _carer(
    actor: Actor, unit_id: UUID, details: PersonDetails | None, carer_id: UUID | None, basis: InvolvementBasis
) -> _Found:
    if details is not None:
        known = _known_by_number(details)
        if known is None:
            made = register_person(actor=actor, details=details, unit_id=unit_id, basis=basis)
            return _Found(made, is_new=True)
        return _linked(actor, known, unit_id, basis)
    assert carer_id is not None  # noqa: S101 - one of the two is given
    carer = selectors.person_for_update(actor=actor, person_id=carer_id)
    if actor.kind is ActorKind.SYSTEM:
        _involve(actor, carer, unit_id, basis)
        return _Found(carer)
    answer = policies.ensure_open(actor, carer, action=policies.REGISTER_PERSON, at=clock.now())
    through = answer.emergency.id if answer.emergency else None
    known_as = linked_on(basis, may_follow_up=may_follow_up(actor, carer, answer))
    _involve(actor, carer, unit_id, known_as, through=through)
    return _Found(carer)


def _linked(actor: Actor, known: Person, unit_id: UUID, basis: InvolvementBasis) -> _Found:
    """Somebody who was found by number and name: opened to nobody by that."""
    if actor.kind is ActorKind.SYSTEM:
        _involve(actor, known, unit_id, basis)
        return _Found(known)
    answer = policies.may_open(actor, known, at=clock.now())
    if answer.refused in (Refusal.OWN_FILE, Refusal.RELATIVE):
        raise policies.refusal_of(answer.refused, action=policies.REGISTER_PERSON, person_id=known.id)
    through = answer.emergency.id if answer.emergency else None
    known_as = linked_on(basis, may_follow_up=may_follow_up(actor, known, answer))
    _involve(actor, known, unit_id, known_as, through=through)
    return _Found(known, stays_closed=not answer.allowed)


def _known_by_number(details: PersonDetails) -> Person | None:
    number = rules.tidy(details).person_number
    if not number:
        return None
    known = owner_of_number(number, lock=True)
    if known is None:
        return None
    same = rules.same_name(known.given_name, details.given_name) and rules.same_name(
        known.family_name, details.family_name
    )
    if not same:
        raise AlreadyRegistered
    return known


def _involve(
    actor: Actor, carer: Person, unit_id: UUID, basis: InvolvementBasis, *, through: UUID | None = None
) -> None:
    """Let the unit have to do with somebody who is registered; it may already, on this ground or a wider one."""
    now = clock.now()
    # What it has by their leave alone ends with the leave, and is no ground of its own.
    if Involvement.objects.filter(live_at(now), person=carer, unit_id=unit_id, only_while_let=[]).exists():
        return
    opened = _involving.begin(
        actor, carer, unit_id=unit_id, basis=basis, starts_at=now, ends_at=None, now=now, through=through
    )
    _involving.recorded(actor, opened)
