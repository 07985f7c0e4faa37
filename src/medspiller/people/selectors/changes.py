"""What has changed in what is registered about a person, and who changed it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.audit.domain import Kind as Deed
from medspiller.core import clock, versions
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.core.versions import Kind, Version
from medspiller.people import policies
from medspiller.people.models import CarerRole, ContactPoint, Involvement, Person, PersonName, Relation

MOST = 50


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """The newest changes of a person, the newest first, and whether there are older ones."""

    person_id: UUID
    name: str
    changes: tuple[Version, ...]
    more: bool


def person_history(*, actor: Actor, person_id: UUID, page: int = 1) -> PersonHistory:
    """
    Return what has changed about a person: details, names, contact points, relations and roles. The read is in the log.

    What a number or an address was is not in it: no version keeps them.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor does not follow the person up.
    """
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        raise NotFound(f"person {person_id}")
    answer = policies.ensure_open(actor, row, action=policies.VIEW_PERSON, at=clock.now())
    if not policies.opens_own_facts(answer):
        raise NotAllowed(
            action=policies.VIEW_PERSON, reason=policies.NOT_FOLLOWED_UP, subject_id=row.id, person_id=row.id
        )
    kinds = _kinds(person_id)
    start = (max(page, 1) - 1) * MOST
    found = list(versions.newest_first(kinds)[start : start + MOST + 1])
    changes = versions.read(kinds, found[:MOST])
    audit.record(
        actor=actor,
        action=policies.VIEW_PERSON,
        kind=Deed.READ,
        information=(
            Information.NAME_AND_BIRTH,
            Information.REGISTRATION,
            Information.CARERS,
            Information.CONTACT_DETAILS,
        ),
        subject_type="people.Person",
        subject_id=row.id,
        person_id=row.id,
        basis=policies.basis_of(answer),
    )
    return PersonHistory(person_id=row.id, name=row.name, changes=tuple(changes), more=len(found) > MOST)


def _kinds(person_id: UUID) -> list[Kind]:
    person, name, contact, relation, role, involvement = (
        model.pgh_event_model.objects  # type: ignore[attr-defined, union-attr]  # made by `history.keep`
        for model in (Person, PersonName, ContactPoint, Relation, CarerRole, Involvement)
    )
    return [
        Kind("person", person.filter(id=person_id), _fields(
            "given_name", "family_name", "birth_date", "died_on", "protected_address", "gender", "language",
            "needs_interpreter", "preferred_channel", "best_time", "wants_notices",
        )),
        Kind("name", name.filter(person_id=person_id), _fields(
            "use", "given_name", "family_name", "valid_from", "valid_to")),
        Kind("contact", contact.filter(person_id=person_id), _fields(
            "system", "own", "safe_to_call", "safe_to_leave_message", "safe_for_notices", "note", "rank", "valid_to",
        )),
        Kind("relation", relation.filter(Q(person_id=person_id) | Q(related_id=person_id)), _fields(
            "person_id", "kind", "cohabiting", "valid_from", "valid_to")),
        Kind("role", role.filter(patient_id=person_id), _fields(
            "role", "named_by_patient", "basis", "covers_personal", "valid_from", "valid_to", "end_reason")),
        Kind("involvement", involvement.filter(person_id=person_id), _fields("basis", "starts_at", "ends_at")),
    ]  # fmt: skip


def _fields(*names: str) -> dict[str, F]:
    return {name: F(name) for name in names}
