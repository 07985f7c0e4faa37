"""Who may write down how somebody is reached, and what of it."""

from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.people import policies
from medspiller.people.domain.contacts import ContactSystem
from medspiller.people.domain.need_to_know import Answer
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import ContactPoint, Person


def ensure_may_write(
    actor: Actor,
    person: Person,
    system: ContactSystem,
    *,
    row: ContactPoint | None = None,
    answer: Answer | None = None,
) -> tuple[Basis, bool]:
    """
    Return the ground on which an actor writes down how a person is reached, and whether they only have the number.

    Whoever only has somebody's number has to do with numbers, and never with a protected
    person's. They may add one; what the person or another unit wrote down (`row`) is not theirs.

    :raises NotAllowed: if it is not theirs to write, or the person's own file as staff.
    :raises NotFound: if a citizen asks for another than themselves; `Closed`, if the person is closed to the actor.
    """
    number_only = False
    if actor.kind is ActorKind.STAFF:
        answer = answer or policies.ensure_open(actor, person, action=policies.EDIT_PERSON, at=clock.now())
        number_only = not policies.opens_own_facts(answer)
    basis = policies.ensure_edit(
        actor,
        person,
        policies.EDIT_PERSON,
        at=clock.now(),
        as_contact=system is not ContactSystem.ADDRESS and person.protected_address == ProtectedAddress.NONE,
        answer=answer,
        own_action=policies.EDIT_OWN_DETAILS,
    )
    if number_only and row is not None and not wrote(actor, row.stored_for):
        raise NotAllowed(
            action=policies.EDIT_PERSON, reason=policies.NOT_FOLLOWED_UP, subject_id=row.id, person_id=person.id
        )
    return basis, number_only


def wrote(actor: Actor, stored_for: UUID | None) -> bool:
    """Say whether a unit of the actor's wrote it down."""
    return stored_for is not None and stored_for in actor.units_with(policies.EDIT_PERSON)
