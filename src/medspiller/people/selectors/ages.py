"""What changes by age for a person and those around them: what is coming within a month, and what has just changed."""

from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.people import policies
from medspiller.people.domain.telling import ages
from medspiller.people.domain.telling.ages import Change
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._seen import Family

VIEW_OWN = "people.view_own_page"


@dataclass(frozen=True, slots=True)
class AgeChanges:
    """`ahead` is earliest first; `happened` is of the last month, today included, newest first."""

    ahead: tuple[Change, ...] = ()
    happened: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ahead or self.happened)


def age_changes(*, actor: Actor, person_id: UUID, seen: Family | None = None) -> AgeChanges:
    """
    Return what changes by age for a person, for staff who may open them and for the person.

    Computed from the birth date on the day it is asked, so that nothing can be late; nothing
    for the dead, or without a birth date. With `seen`, the person as `selectors.family`
    returned them, nothing is looked up. It tells no more than the birth date does: whoever
    shows that has logged it.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is staff's own file.
    """
    if seen is not None:
        born, dead = seen.birth_date, seen.died_on is not None
    else:
        person = owned.opened(actor=actor, person_id=person_id, action=policies.VIEW_PERSON, own_action=VIEW_OWN).person
        born, dead = person.birth_date, person.died_on is not None
    if born is None or dead:
        return AgeChanges()
    today = clock.today()
    return AgeChanges(tuple(ages.ahead(born, today=today)), tuple(ages.happened(born, today=today)))
