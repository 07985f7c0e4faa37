"""
Opening a person for what belongs to them: consents, statements, judgements, answers.

To see somebody's page is not enough for that. A unit that only calls a person when something
happens to somebody else has nothing to do with what they have decided or said.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, BasisCode
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.need_to_know import Answer
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import CarerRole, Consent, Person, Relation, with_live_involvements
from medspiller.people.policies import Standing


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A person whom the actor may open, and how far.

    `own_subject`: a unit of the actor's follows the person up for their own sake, or it is
    the person. `emergency`: by emergency access alone. `unit_id` is through which unit; None
    for the person.
    """

    actor: Actor
    person: Person
    basis: Basis
    unit_id: UUID | None
    own_subject: bool
    emergency: bool = False

    @property
    def as_patient(self) -> bool:
        """Whether what is known of the person as a patient is open: not to whoever only calls them for another."""
        return self.own_subject or self.emergency


def opened(
    *,
    actor: Actor,
    person_id: UUID,
    action: str,
    own_action: str = "",
    lock: bool = False,
    stands: Standing | None = None,
) -> Opened:
    """
    Return a person whom the actor may open for `action`; for `own_action` if it is the person.

    Locked until the end of the transaction with `lock`. `stands` spares looking up where the actor stands to single
    persons. Nothing is logged by this.

    :raises NotFound: if there is no such person, or for a citizen another than the actor; `Closed`, if the actor has
        no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    if actor.kind is ActorKind.CITIZEN:
        return _oneself(actor, person_id, action=own_action, lock=lock)
    person = _one(person_id, lock=lock)
    at = clock.now()
    answer = policies.ensure_open(actor, person, action=action, at=at, stands=stands)
    policies.ensure(actor, action, unit_id=_unit_of(answer), subject_id=person_id)
    return opened_by(actor, person, answer)


def opened_by(actor: Actor, person: Person, answer: Answer) -> Opened:
    """Return the same of a person whom a policy has let the actor open already."""
    return Opened(
        actor=actor,
        person=person,
        basis=policies.basis_of(answer),
        unit_id=_unit_of(answer),
        own_subject=policies.opens_own_facts(answer),
        emergency=answer.emergency is not None,
    )


def ensure_as_patient(found: Opened, *, action: str) -> Opened:
    """
    Let pass who may know what is known of the person as a patient.

    :raises NotAllowed: to a unit that only has them as somebody to call.
    """
    if not found.as_patient:
        raise _not_followed_up(found, action)
    return found


def ensure_own_subject(found: Opened, *, action: str) -> Opened:
    """
    Let pass who follows the person up for their own sake, and the person.

    :raises NotAllowed: to anybody else, emergency access included.
    """
    if not found.own_subject:
        raise _not_followed_up(found, action)
    return found


def visible_consents(found: Opened) -> QuerySet[Consent]:
    """Return the person's consents as far as they are open: what they let be told of their own situation needs more."""
    rows = Consent.objects.filter(owner_id=found.person.id)
    if found.own_subject:
        return rows
    if not found.emergency:
        return rows.none()
    return rows.exclude(topics__contains=[ConsentTopic.OWN_SITUATION.value])


def name_shown(actor: Actor, person: Person, *, on_page_of: UUID) -> str:
    """
    Return the name of somebody around a person as it stands on that person's page.

    Named only to those who may open them are whoever has a strictly protected address, and
    whoever is cared for: that they are is theirs to tell, not their carer's.
    """
    strict = ProtectedAddress(person.protected_address) is ProtectedAddress.STRICT
    if not strict and not (actor.kind is ActorKind.STAFF and _only_cared_for(person.id, by=on_page_of)):
        return person.name
    return person.name if policies.may_open(actor, person, at=clock.now()).allowed else ""


def _only_cared_for(person_id: UUID, *, by: UUID) -> bool:
    """Say whether one of two has been the other's carer, and never the other way round."""
    roles = Q(patient_id=person_id, carer_id=by) | Q(patient_id=by, carer_id=person_id)
    patients = set(CarerRole.objects.filter(roles).values_list("patient_id", flat=True))
    return patients == {person_id}


def have_to_do_with(one_id: UUID, other_id: UUID) -> bool:
    """Say whether two persons are or were anything to each other: an id alone names nobody."""
    related = Q(person_id=one_id, related_id=other_id) | Q(person_id=other_id, related_id=one_id)
    roles = Q(patient_id=one_id, carer_id=other_id) | Q(patient_id=other_id, carer_id=one_id)
    return Relation.objects.filter(related).exists() or CarerRole.objects.filter(roles).exists()


def _unit_of(answer: Answer) -> UUID | None:
    ground = answer.involvement or answer.emergency
    return ground.unit_id if ground else None


def _not_followed_up(found: Opened, action: str) -> NotAllowed:
    person_id = found.person.id
    return NotAllowed(action=action, reason=policies.NOT_FOLLOWED_UP, subject_id=person_id, person_id=person_id)


def _oneself(actor: Actor, person_id: UUID, *, action: str, lock: bool) -> Opened:
    somebody = policies.registered_as(actor)
    if not action or somebody.person_id != person_id:
        raise NotFound(f"person {person_id}")
    if not actor.may(action):
        raise NotAllowed(action=action, reason=policies.NO_ROLE, person_id=person_id)
    person = _one(person_id, lock=lock)
    return Opened(somebody, person, Basis(code=BasisCode.OWN), None, own_subject=True)


def _one(person_id: UUID, *, lock: bool) -> Person:
    at = clock.now()
    rows = Person.objects.select_for_update() if lock else with_live_involvements(Person.objects.all(), at=at)
    found = rows.filter(id=person_id).first()
    if found is None:
        raise NotFound(f"person {person_id}")
    return found
