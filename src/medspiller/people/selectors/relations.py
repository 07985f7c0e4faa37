"""One relation, one role, or one person, for a page that changes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, Information, Kind
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.persons import PersonChanges
from medspiller.people.domain.relations import INVERSE, RelationDetails, RelationKind
from medspiller.people.domain.role_rules import role_on
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, Person, Relation
from medspiller.people.selectors._owned import name_shown


@dataclass(frozen=True, slots=True)
class PersonToChange:
    """What is said of a person, as it is changed, and in which version it was seen."""

    id: UUID
    name: str
    changes: PersonChanges
    version: int
    has_number: bool
    died_on: date | None


@dataclass(frozen=True, slots=True)
class RelationToChange:
    """
    What `other_name` is to `person_name`, the one whose page it stands on.

    `other_name` is empty where it is kept back.
    """

    id: UUID
    person_id: UUID
    person_name: str
    person_born: date | None
    other_id: UUID
    other_name: str
    other_born: date | None
    details: RelationDetails
    version: int
    held: frozenset[Role]


@dataclass(frozen=True, slots=True)
class RoleToChange:
    """A role of somebody towards a patient, to be ended."""

    id: UUID
    role: Role
    patient_id: UUID
    patient_name: str
    carer_name: str
    valid_from: date
    valid_to: date | None


def person_to_change(*, actor: Actor, person_id: UUID) -> PersonToChange:
    """
    Return what is said of a person, for whoever may change it. The read is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not change this person.
    """
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        raise NotFound(f"person {person_id}")
    basis = policies.ensure_edit(actor, row, policies.EDIT_PERSON, at=clock.now())
    _log(actor, policies.EDIT_PERSON, row.id, (Information.NAME_AND_BIRTH, Information.NEEDS), basis)
    return PersonToChange(
        id=row.id,
        name=row.name,
        changes=row.changes,
        version=row.version,
        has_number=row.pid_hash is not None,
        died_on=row.died_on,
    )


def relation_to_change(*, actor: Actor, relation_id: UUID, person_id: UUID) -> RelationToChange:
    """
    Return a relation as seen from one of the two, for whoever may change it. The read is in the log.

    :raises NotFound: if there is no such relation of somebody the actor may open.
    :raises NotAllowed: if the actor may not say what this person's relations are.
    """
    row = Relation.objects.select_related("person", "related").filter(id=relation_id).first()
    if row is None or person_id not in (row.person_id, row.related_id):
        raise NotFound(f"relation {relation_id}")
    person, other = (row.person, row.related) if row.person_id == person_id else (row.related, row.person)
    basis = policies.ensure_edit(actor, person, policies.EDIT_RELATION, at=clock.now())
    policies.ensure_not_close(actor, {person.id, other.id}, action=policies.EDIT_RELATION)
    _log(actor, policies.EDIT_RELATION, person.id, (Information.NAME_AND_BIRTH, Information.CARERS), basis)
    kind = RelationKind(row.kind)
    return RelationToChange(
        id=row.id,
        person_id=person.id,
        person_name=person.name,
        person_born=person.birth_date,
        other_id=other.id,
        other_name=name_shown(actor, other, on_page_of=person.id),
        other_born=other.birth_date,
        details=RelationDetails(
            kind=kind if row.person_id == person_id else INVERSE[kind],
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            cohabiting=row.cohabiting,
        ),
        version=row.version,
        held=_held(person.id, other.id),
    )


def role_to_change(*, actor: Actor, role_id: UUID) -> RoleToChange:
    """
    Return a role towards a patient, for whoever may end it. The read is in the log.

    :raises NotFound: if there is no such role towards somebody the actor may open.
    :raises NotAllowed: if the actor may not say who has which role towards this patient.
    """
    row = CarerRole.objects.select_related("patient", "carer").filter(id=role_id).first()
    if row is None:
        raise NotFound(f"role {role_id}")
    basis = policies.ensure_edit(actor, row.patient, policies.EDIT_ROLE, at=clock.now())
    policies.ensure_not_close(actor, {row.patient_id, row.carer_id}, action=policies.EDIT_ROLE)
    _log(actor, policies.EDIT_ROLE, row.patient_id, (Information.NAME_AND_BIRTH, Information.CARERS), basis)
    return RoleToChange(
        id=row.id,
        role=Role(row.role),
        patient_id=row.patient_id,
        patient_name=row.patient.name,
        carer_name=name_shown(actor, row.carer, on_page_of=row.patient_id),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _held(patient_id: UUID, carer_id: UUID) -> frozenset[Role]:
    """The roles that the other has towards the person today."""
    today = clock.today()
    rows = CarerRole.objects.filter(patient_id=patient_id, carer_id=carer_id).select_related("patient", "carer")
    now = (_role_now(each, day=today) for each in rows if today in each.period)
    return frozenset(role for role in now if role is not None)


def _role_now(row: CarerRole, *, day: date) -> Role | None:
    """Return what a role, read with patient and carer, is on a day by their ages; None for one that age has ended."""
    return role_on(
        Role(row.role),
        day=day,
        patient_born=row.patient.birth_date,
        patient_died_on=row.patient.died_on,
        holder_born=row.carer.birth_date,
    )


def _log(actor: Actor, action: str, person_id: UUID, told: tuple[Information, ...], basis: Basis) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind=Kind.READ,
        information=told,
        subject_type="people.Person",
        subject_id=person_id,
        person_id=person_id,
        basis=basis,
    )
