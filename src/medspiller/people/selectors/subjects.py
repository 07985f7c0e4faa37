"""
Persons whom rows of other apps belong to: opening one for what is theirs, and who there is around them.

To see somebody's page is not enough for what they own; `own_subject` says whether a unit of the
actor's follows them up for their own sake. Nothing is logged by this: whoever shows or stores
something logs it, with the basis given here.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress, age_on, full_name
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Involvement, Person, live_at
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors._seen import Near, SeenContact
from medspiller.people.selectors.family import _read
from medspiller.people.selectors.mentions import Reach
from medspiller.people.selectors.own_page import own_page
from medspiller.people.selectors.statements import SeenStatement, _live, _seen


@dataclass(frozen=True, slots=True)
class Subject:
    """
    A person whom the actor may open, and how far. `actor` has the person they are, if they are a citizen.

    `own_subject`: a unit of the actor's follows the person up for their own sake, or it is the
    person. `as_patient`: that, or emergency access. `unit_id` is through which unit; None for
    the person. `gender` and `language` are empty where nobody asked, and unless `own_subject`.
    """

    actor: Actor
    person_id: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    died_on: date | None
    is_protected: bool
    gender: str
    language: str
    basis: Basis
    unit_id: UUID | None
    own_subject: bool
    as_patient: bool

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    def age(self, day: date) -> int | None:
        """Return how old they are on a day; None if that is not known."""
        return age_on(self.birth_date, day) if self.birth_date else None


@dataclass(frozen=True, slots=True)
class NearBy:
    """
    Somebody around a subject: what they are to them, and whether the subject has a role towards them.

    `name` is empty where it is kept back. `cohabiting` is None where nobody asked.
    """

    person_id: UUID
    name: str
    kinds: tuple[RelationKind, ...]
    cared_for: bool
    cohabiting: bool | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A subject with who is around them now, and how the subject is reached: their own contact points only."""

    subject: Subject
    near: tuple[NearBy, ...]
    contacts: tuple[SeenContact, ...]

    def of(self, person_id: UUID) -> NearBy | None:
        """Return one of those around, None if they are not."""
        return next((each for each in self.near if each.person_id == person_id), None)


def subject(
    *,
    actor: Actor,
    person_id: UUID,
    action: str,
    own_action: str = "",
    lock: bool = False,
    within: Reach | None = None,
) -> Subject:
    """
    Return a person whom staff may open for `action`, or a citizen for `own_action` if it is themselves.

    Locked until the end of the transaction with `lock`. `within` spares looking up where the actor stands to single
    persons.

    :raises NotFound: if there is no such person, or for a citizen another than themselves; `Closed`, if the actor has
        no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = owned.opened(
        actor=actor,
        person_id=person_id,
        action=action,
        own_action=own_action,
        lock=lock,
        stands=within.stands if within else None,
    )
    return _subject(found)


def statements_of_subject(*, actor: Actor, subject: Subject) -> tuple[SeenStatement, ...]:
    """
    Return what somebody whom the actor has opened says matters to them, the newest first, for whoever logs it.

    Nothing where nobody follows them up for their own sake.
    """
    if not subject.own_subject or subject.actor.id != actor.id:
        return ()
    return tuple(_seen(row) for row in _live(subject.person_id))


def surroundings(*, actor: Actor, person_id: UUID, action: str, own_action: str = "") -> Surroundings:
    """
    Return the same with those around the person, as far as the actor may know of them.

    :raises NotFound: as `subject` does.
    :raises NotAllowed: as `subject` does.
    """
    if actor.kind is ActorKind.CITIZEN:
        return _own(actor, person_id, action=own_action)
    view, seen = _read(actor=actor, person_id=person_id)
    row = view.around.persons[person_id]
    person = Person(
        id=person_id, **{name: row[name] for name in ("given_name", "family_name", "birth_date", "died_on")},
        gender=row["gender"], language=row["language"], protected_address=row["protected_address"],
    )  # fmt: skip
    found = owned.opened_by(actor, person, seen.answer)
    policies.ensure(actor, action, unit_id=found.unit_id, subject_id=person_id)
    near = tuple(_near(each) for each in seen.near if each.live)
    contacts = tuple(each for each in seen.contacts if each.own) if found.own_subject else ()
    return Surroundings(_subject(found), near, contacts)


def are_related(*, actor: Actor, person_id: UUID, other_id: UUID) -> bool:
    """Say whether two persons are or were anything to each other, for a service that has opened one of them."""
    return actor.kind is not ActorKind.ANONYMOUS and owned.have_to_do_with(person_id, other_id)


def own_subjects(*, actor: Actor, action: str, within: Reach | None = None) -> QuerySet[Person]:
    """
    Return the persons that the actor's units follow up for their own sake now, where the actor may do `action`.

    For a list to narrow itself by: the same answer as `subject` with `own_subject` gives for one. `within` spares
    looking up where the actor stands to single persons.
    """
    if actor.kind is not ActorKind.STAFF:
        return Person.objects.none()
    at = clock.now()
    stands = within.stands if within else policies.standing(actor, at=at)
    units = actor.units_with(policies.VIEW_PERSON) & actor.units_with(action)
    live = Involvement.objects.filter(live_at(at), unit_id__in=units)
    live = live.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
    found = Person.objects.filter(id__in=live.values("person_id"), merged_into=None)
    return found.exclude(id__in=stands.closed) if stands.closed else found


def ensure_own_subject(*, actor: Actor, found: Subject, action: str) -> Subject:
    """
    Let pass who follows the person up for their own sake, and the person.

    :raises NotAllowed: to anybody else, emergency access included.
    """
    if not found.own_subject:
        raise _not_followed_up(found, action)
    return found


def ensure_as_patient(*, actor: Actor, found: Subject, action: str) -> Subject:
    """
    Let pass who may know what is known of the person as a patient.

    :raises NotAllowed: to a unit that only has them as somebody to call.
    """
    if not found.as_patient:
        raise _not_followed_up(found, action)
    return found


def _not_followed_up(found: Subject, action: str) -> NotAllowed:
    person_id = found.person_id
    return NotAllowed(action=action, reason=policies.NOT_FOLLOWED_UP, subject_id=person_id, person_id=person_id)


def _subject(found: Opened) -> Subject:
    person = found.person
    return Subject(
        actor=found.actor,
        person_id=person.id,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        died_on=person.died_on,
        is_protected=ProtectedAddress(person.protected_address) is not ProtectedAddress.NONE,
        gender=(person.gender or "") if found.own_subject else "",
        language=person.language if found.own_subject else "",
        basis=found.basis,
        unit_id=found.unit_id,
        own_subject=found.own_subject,
        as_patient=found.as_patient,
    )


def _near(each: Near) -> NearBy:
    relations = [relation for relation in each.relations if relation.live]
    return NearBy(
        person_id=each.person_id,
        name=each.name,
        kinds=tuple(relation.kind for relation in relations),
        cared_for=any(role.live for role in each.roles_towards),
        cohabiting=next((relation.cohabiting for relation in relations if relation.cohabiting is not None), None),
    )


def _own(actor: Actor, person_id: UUID, *, action: str) -> Surroundings:
    page = own_page(actor=actor)
    if page is None or page.person_id != person_id:
        raise NotFound(f"person {person_id}")
    found = subject(actor=page.actor, person_id=person_id, action=action, own_action=action)
    seen = {each.person_id: (each, each in page.cared_for) for each in (*page.carers, *page.cared_for)}
    near = tuple(NearBy(each.person_id, each.name, each.kinds, cared_for) for each, cared_for in seen.values())
    return Surroundings(found, near, tuple(each for each in page.contacts if each.own))
