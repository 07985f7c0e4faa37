"""Which units have to do with a person, now and earlier, and what the actor may do about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, Information, Kind
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.people import policies
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import Involvement, Person
from medspiller.people.selectors._following import may_follow_up

VIEW = policies.VIEW_PERSON
SEEN = (Information.NAME_AND_BIRTH, Information.INVOLVEMENT)


@dataclass(frozen=True, slots=True)
class SeenInvolvement:
    """
    A unit having to do with a person in [since, until), and why.

    `handed_on_why` is what `opened_by` of another unit wrote to it. `may_end` says that the
    actor can end it: it is not over, and the unit is one of theirs.
    """

    id: UUID
    unit_name: str
    basis: InvolvementBasis
    since: datetime
    until: datetime | None
    opened_by: str
    handed_on_why: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class PersonInvolvements:
    """
    What one actor may know of who has to do with a person: `now` with what begins later, and `earlier`, newest first.

    `own_units` are those for which the actor could open one. `may_widen` is false where the
    actor's unit only has the number of somebody whom others follow up, or did; `may_hand_on`
    is whether they can ask another unit. `others_hidden`: other units' are the person's own.
    """

    id: UUID
    name: str
    now: tuple[SeenInvolvement, ...]
    earlier: tuple[SeenInvolvement, ...]
    own_units: tuple[tuple[UUID, str], ...]
    may_widen: bool
    may_hand_on: bool
    others_hidden: bool


@dataclass(frozen=True, slots=True)
class InvolvementToEnd:
    """An involvement of one of the actor's units that is not over."""

    id: UUID
    person_id: UUID
    person_name: str
    unit_name: str
    basis: InvolvementBasis
    since: datetime
    until: datetime | None


def involvements_of(*, actor: Actor, person_id: UUID) -> PersonInvolvements:
    """
    Return which units have to do with a person, and did. The read is in the log.

    Which other units follow a carer up is the carer's own: whoever only has their number sees
    their own units.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    at = clock.now()
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise NotFound(f"person {person_id}")
    answer = policies.ensure_open(actor, person, action=VIEW, at=at)
    others_hidden = not (policies.opens_own_facts(answer) or answer.emergency is not None)
    rows = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), person=person)
    if others_hidden:
        rows = rows.filter(unit_id__in=actor.units_with(VIEW))
    closable = actor.units_with(policies.CLOSE_INVOLVEMENT)
    seen = [_seen(row, at=at, closable=closable) for row in rows.select_related("unit").order_by("-starts_at", "-id")]
    _log(actor, person_id, policies.basis_of(answer))
    return PersonInvolvements(
        id=person_id,
        name=person.name,
        now=tuple(each for each in seen if not _over(each, at)),
        earlier=tuple(each for each in seen if _over(each, at)),
        own_units=_own_units(actor),
        may_widen=may_follow_up(actor, person, answer),
        may_hand_on=policies.may_edit(actor, answer, policies.OPEN_INVOLVEMENT),
        others_hidden=others_hidden,
    )


def involvement_to_end(*, actor: Actor, involvement_id: UUID) -> InvolvementToEnd:
    """
    Return an involvement of one of the actor's units, for whoever may end it. The read is in the log.

    :raises NotFound: if there is none that is not over; `Closed`, if the person is closed to the actor.
    :raises NotAllowed: if it is the actor's own file.
    """
    at = clock.now()
    rows = Involvement.objects.select_related("person", "unit")
    row = rows.filter(Q(ends_at=None) | Q(ends_at__gt=at), id=involvement_id).first()
    if row is None or not actor.may(policies.CLOSE_INVOLVEMENT, unit_id=row.unit_id):
        raise NotFound(f"involvement {involvement_id}")
    answer = policies.ensure_open(actor, row.person, action=policies.CLOSE_INVOLVEMENT, at=at)
    _log(actor, row.person_id, policies.basis_of(answer))
    return InvolvementToEnd(
        id=row.id,
        person_id=row.person_id,
        person_name=row.person.name,
        unit_name=row.unit.name,
        basis=InvolvementBasis(row.basis),
        since=row.starts_at,
        until=row.ends_at,
    )


def units_to_hand_on_to(*, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the open units that are not the actor's, by name; where two are called alike, with what they belong to."""
    mine = actor.units_with(policies.OPEN_INVOLVEMENT)
    units = organisations.units(actor=actor, on=clock.today()).exclude(id__in=mine)
    found = list(units.values_list("id", "name", "parent__name"))
    names = [name for _id, name, _parent in found]
    return tuple(
        (unit_id, f"{name} ({parent})" if parent and names.count(name) > 1 else name) for unit_id, name, parent in found
    )


def _own_units(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    mine = actor.units_with(policies.OPEN_INVOLVEMENT)
    found = organisations.units(actor=actor, on=clock.today()).filter(id__in=mine).values_list("id", "name")
    # Where they work first: it is what they mean nearly always.
    return tuple(sorted(found, key=lambda each: each[0] != actor.unit_id))


def _over(seen: SeenInvolvement, at: datetime) -> bool:
    return seen.until is not None and seen.until <= at


def _seen(row: Involvement, *, at: datetime, closable: frozenset[UUID]) -> SeenInvolvement:
    return SeenInvolvement(
        id=row.id,
        unit_name=row.unit.name,
        basis=InvolvementBasis(row.basis),
        since=row.starts_at,
        until=row.ends_at,
        opened_by=row.opened_by_name,
        handed_on_why=row.handed_on_why,
        may_end=row.unit_id in closable and (row.ends_at is None or row.ends_at > at),
    )


def _log(actor: Actor, person_id: UUID, basis: Basis) -> None:
    audit.record(
        actor=actor,
        action=VIEW,
        kind=Kind.READ,
        information=SEEN,
        subject_type="people.Person",
        subject_id=person_id,
        person_id=person_id,
        basis=basis,
    )
