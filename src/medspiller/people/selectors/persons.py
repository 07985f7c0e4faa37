"""Persons, as far as the actor needs to know them. Every read is in the access log before it is returned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OrderBy, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, SearchTerm, Shown
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain import need_to_know
from medspiller.people.domain.emergency import LiveEmergency
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Answer
from medspiller.people.domain.persons import (
    ProtectedAddress,
    full_name,
    looks_like_person_number,
    number_digits,
    same_name,
)
from medspiller.people.models import FirstTalk, Involvement, Person, live_at
from medspiller.people.selectors._numbers import owner_of_number

PAGE_SIZE = 50
# Nobody leafs further, and counting all of a large town's takes longer than showing them.
COUNTED_MOST = 2_000
SEEN = (Information.NAME_AND_BIRTH, Information.INVOLVEMENT)


@dataclass(frozen=True, slots=True)
class InvolvedUnit:
    """One unit that has to do with the person now, and why."""

    involvement_id: UUID
    unit_id: UUID
    unit_name: str
    basis: InvolvementBasis
    since: datetime


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """
    A person as staff see them, with the ground on which they do.

    `emergency` is there if an emergency access is the only one, and says until when.
    """

    id: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    died_on: date | None
    protected_address: ProtectedAddress
    answer: Answer
    units: tuple[InvolvedUnit, ...] = ()

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def emergency(self) -> LiveEmergency | None:
        return self.answer.emergency


@dataclass(frozen=True, slots=True)
class PersonList:
    """One page of a list of persons. `count` is how many there are in all, as far as was counted."""

    persons: tuple[SeenPerson, ...]
    page: int
    count: int

    @property
    def is_counted_out(self) -> bool:
        return self.count < COUNTED_MOST


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom somebody looks for by emergency access: a person number, or a whole name and a birth date."""

    person_number: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None


def registered_as(*, actor: Actor) -> Actor:
    """Return the actor with the person they are in the register; as they were if they are nobody there."""
    return policies.registered_as(actor)


def accounts_registered_as(*, actor: Actor, user_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """
    Return who these citizens' accounts are in the register: the same as `registered_as` says of each, without nobody.

    One statement for all of them, and one more for somebody registered twice.
    """
    if not user_ids:
        return {}
    now = Person.objects.values(now=Coalesce("merged_into_id", "id"))
    found = access.accounts_to_match(actor=actor, user_ids=user_ids).annotate(
        by_account=Subquery(now.filter(user_id=OuterRef("id"))[:1]),
        by_number=Subquery(now.filter(pid_hash=OuterRef("pid_hash"))[:1]),
    )
    persons: dict[UUID, UUID] = {}
    for user_id, by_account, by_number in found.values_list("id", "by_account", "by_number"):
        person_id = by_account or by_number
        if by_account and by_number and by_account != by_number:
            citizen = Actor(id=user_id, kind=ActorKind.CITIZEN, tenant_id=actor.tenant_id)
            person_id = policies.registered_as(citizen).person_id
        if person_id:
            persons[user_id] = person_id
    return persons


def visible_persons(*, actor: Actor) -> QuerySet[Person]:
    """
    Return the persons the actor may open now, by name, for a selector to narrow further.

    Nothing is logged by this: whoever shows any of them logs whom (`persons` does).
    """
    return Person.objects.filter(policies.visible(actor, at=clock.now())).order_by("family_name", "given_name", "id")


_NAME = ("family_name", "given_name", "id")
# Each is read from an index, but for birth dates that fall: there whoever has none still comes last.
_ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "name": _NAME,
    "-name": tuple(f"-{each}" for each in _NAME),
    "born": (F("birth_date").asc(nulls_last=True), *_NAME),
    "-born": (F("birth_date").desc(nulls_last=True), *_NAME),
}


def persons(*, actor: Actor, page: int = 1, size: int = PAGE_SIZE, order: str = "name") -> PersonList:
    """
    Return one page of the persons the actor may open, by name or by when they were born. Each one shown is in the log.

    `order` is `name` or `born`, with `-` before it for falling; whose birth date nobody knows comes last. Counting
    stops at `COUNTED_MOST`; whoever comes after is found by searching. A page that there is not is the nearest one.

    :raises NotAllowed: if the actor may see no persons anywhere.
    """
    policies.ensure_units(actor, policies.VIEW_PERSON)
    at = clock.now()
    stands = policies.standing(actor, at=at)
    found = Person.objects.filter(policies.visible_by(actor, stands, at=at))
    count = found[:COUNTED_MOST].count()
    page = min(max(page, 1), max(-(-count // size), 1))
    start = (page - 1) * size
    rows = list(found.order_by(*_ORDERS[order])[start : start + size])
    answers = policies.answers(actor, policies.facts_from(actor, stands), rows, at=at, stands=stands)
    # The rule has the last word: a row that the filter let through and the rule does not is not shown.
    shown = tuple(_seen(row, answers[row.id]) for row in rows if answers[row.id].allowed)
    audit.record_list(
        actor=policies.registered_by(actor, stands),
        action=policies.VIEW_PERSON,
        information=Information.NAME_AND_BIRTH,
        shown=[
            Shown(
                person_id=each.id,
                subject_type="people.Person",
                subject_id=each.id,
                basis=policies.basis_of(each.answer),
            )
            for each in shown
        ],
    )
    return PersonList(persons=shown, page=page, count=count)


def person(*, actor: Actor, person_id: UUID) -> SeenPerson:
    """
    Return one person with the units that have to do with them. The read is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    at = clock.now()
    row = _one(person_id)
    answer = policies.ensure_open(actor, row, action=policies.VIEW_PERSON, at=at)
    units = tuple(
        InvolvedUnit(
            involvement_id=each.id,
            unit_id=each.unit_id,
            unit_name=each.unit.name,
            basis=InvolvementBasis(each.basis),
            since=each.starts_at,
        )
        for each in Involvement.objects.filter(live_at(at), person_id=person_id)
        .select_related("unit")
        .order_by("starts_at", "id")
    )
    audit.record(
        actor=actor,
        action=policies.VIEW_PERSON,
        kind=Kind.READ,
        information=SEEN,
        subject_type="people.Person",
        subject_id=person_id,
        person_id=person_id,
        basis=policies.basis_of(answer),
    )
    return _seen(row, answer, units)


def person_for_update(*, actor: Actor, person_id: UUID) -> Person:
    """
    Return a person's row, locked until the end of the transaction, for a service that then asks the policy.

    :raises NotFound: if there is none.
    """
    return _one(person_id, lock=True)


def person_for_emergency(*, actor: Actor, sought: Sought) -> UUID:
    """
    Return whom an exact search for an emergency access finds. The search is in the log, also when it finds nobody.

    Nothing but an exact match is found, and two of the same name and birth date are nobody:
    the number tells them apart.

    :raises NotAllowed: if the actor may not use emergency access, or looks for themselves.
    :raises NotFound: if there is nobody; `Closed`, if it is somebody whom the actor cannot open so. The two look alike.
    """
    policies.ensure_units(actor, policies.USE_EMERGENCY)
    found = _sought(sought)
    audit.record_search(
        actor=actor,
        action=policies.USE_EMERGENCY,
        terms_description=_terms(sought),
        shown=(),
    )
    if len(found) != 1:
        raise NotFound("nobody found")
    (row,) = found
    at = clock.now()
    reason = need_to_know.may_ask_for_emergency(actor=policies.facts(actor, at=at), person=policies.about(row))
    if reason is not None and not _has_ground(actor, row, at=at):
        raise policies.refusal_of(reason, action=policies.USE_EMERGENCY, person_id=row.id)
    return row.id


def _has_ground(actor: Actor, row: Person, *, at: datetime) -> bool:
    return actor.kind is ActorKind.STAFF and policies.may_open(actor, row, at=at).allowed


def _sought(sought: Sought) -> list[Person]:
    digits = number_digits(sought.person_number)
    if digits:
        if not looks_like_person_number(digits):
            return []
        owner = owner_of_number(digits)
        return [owner] if owner is not None else []
    if not (sought.given_name and sought.family_name and sought.birth_date):
        return []
    taken_back = FirstTalk.objects.filter(taken_back_at__isnull=False, not_registered__contains=[OuterRef("id")])
    born_then = Person.objects.filter(~Exists(taken_back), birth_date=sought.birth_date, merged_into=None)
    return [
        row
        for row in born_then
        if same_name(row.given_name, sought.given_name) and same_name(row.family_name, sought.family_name)
    ]


def _terms(sought: Sought) -> tuple[SearchTerm, ...]:
    return (SearchTerm.PERSON_NUMBER,) if sought.person_number else (SearchTerm.NAME, SearchTerm.BIRTH_DATE)


def _one(person_id: UUID, *, lock: bool = False) -> Person:
    rows = Person.objects.select_for_update() if lock else Person.objects.all()
    found = rows.filter(id=person_id).first()
    if found is None:
        raise NotFound(f"person {person_id}")
    return found


def _seen(row: Person, answer: Answer, units: tuple[InvolvedUnit, ...] = ()) -> SeenPerson:
    return SeenPerson(
        id=row.id,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        died_on=row.died_on,
        protected_address=ProtectedAddress(row.protected_address),
        answer=answer,
        units=units,
    )
