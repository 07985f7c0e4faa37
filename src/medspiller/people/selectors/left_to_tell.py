"""Persons whom nobody follows up any more and who are still to be told that they are registered (GDPR art. 14)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.contacts import ContactSystem
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import ContactPoint, Person
from medspiller.people.selectors import _left
from medspiller.people.selectors.mentions import Mentioned, Reach


@dataclass(frozen=True, slots=True)
class PersonToTell:
    """
    Somebody who is to be told by a leader whose unit had to do with them last: who, by when, and where they answer.

    `reached` are telephone and e-mail, never where they live, and nothing where the address is protected.
    """

    id: UUID
    name: str
    due_on: date
    is_protected: bool
    reached: tuple[tuple[ContactSystem, str], ...]


def left_to_tell(*, actor: Actor, person_ids: Collection[UUID], within: Reach) -> dict[UUID, Mentioned]:
    """
    Return those of these persons whom it is left to the actor to tell, by id: closed to them but for that.

    Nothing is logged by this: whoever shows any of them logs whom, with the basis given here.
    """
    return {
        person_id: Mentioned(
            id=person_id,
            name=row.person.name,
            birth_date=row.person.birth_date,
            is_protected=_is_protected(row.person),
            basis=basis,
            only_to_tell=True,
        )
        for person_id, (row, basis) in _left.left_to(actor, person_ids, closed=within.closed).items()
    }


def person_to_tell(*, actor: Actor, person_id: UUID) -> PersonToTell:
    """
    Return somebody whom it is left to the actor to tell. The read is in the log, with that duty as its ground.

    :raises NotFound: for anybody else; the two look alike.
    """
    closed = policies.standing(actor, at=clock.now()).closed if actor.kind is ActorKind.STAFF else frozenset()
    found = _left.left_to(actor, [person_id], closed=closed).get(person_id)
    if found is None:
        raise NotFound(f"person {person_id}")
    row, basis = found
    reached = () if _is_protected(row.person) else _reached(person_id)
    told = [Information.NAME_AND_BIRTH, Information.REGISTRATION]
    audit.record(
        actor=actor,
        action=policies.INFORM_PERSON,
        kind=Kind.READ,
        information=[*told, Information.CONTACT_DETAILS] if reached else told,
        subject_type="people.InformationGiven",
        subject_id=row.id,
        person_id=person_id,
        basis=basis,
    )
    return PersonToTell(
        id=person_id,
        name=row.person.name,
        due_on=row.due_on,
        is_protected=_is_protected(row.person),
        reached=reached,
    )


def unit_left_to_tell(*, actor: Actor, person_id: UUID) -> UUID | None:
    """
    Return to a job which unit is left to tell a person whom nobody follows up any more; None if there is nothing left.

    For anybody but a job nothing is said, and None looks like it.
    """
    if actor.kind is not ActorKind.SYSTEM or not _left.waiting([person_id]).exists():
        return None
    last = _left.last_units([person_id]).get(person_id)
    return last[0] if last else None


def _is_protected(person: Person) -> bool:
    return ProtectedAddress(person.protected_address) is not ProtectedAddress.NONE


def _reached(person_id: UUID) -> tuple[tuple[ContactSystem, str], ...]:
    today = clock.today()
    rows = ContactPoint.objects.filter(person_id=person_id, valid_from__lte=today, own=True).exclude(
        system=ContactSystem.ADDRESS.value
    )
    # Where it is not safe to call, nobody is called with this either.
    callable_ = rows.exclude(safe_to_call=False).order_by("rank", "valid_from", "id")
    return tuple(
        (ContactSystem(row.system), str(row.value)) for row in callable_ if row.valid_to is None or today < row.valid_to
    )
