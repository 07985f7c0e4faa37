"""Finding persons among those the actor may open, by name as it is said, birth date, person number or telephone."""

from dataclasses import dataclass

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.people import policies
from medspiller.people.domain import searching as rules
from medspiller.people.domain.searching import Wanted
from medspiller.people.selectors._matching import CANDIDATES_MOST, candidates, record, seen_in_order
from medspiller.people.selectors.persons import SeenPerson

FOUND_PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class FoundPersons:
    """
    One page of those found, the closest first. `more` is whether there is a next page.

    `too_many` is whether so many have a name like this that some were not looked at: a longer name finds them.
    """

    wanted: Wanted
    persons: tuple[SeenPerson, ...] = ()
    page: int = 1
    more: bool = False
    too_many: bool = False


def search_persons(*, actor: Actor, query: str, page: int = 1) -> FoundPersons:
    """
    Return whom `query` may mean, among those the actor may open. The search and each one shown are in the log.

    A name is found as it sounds, with slips, and among other names of a person. Whoever turned
    out to be somebody else is found as that person. Nobody with a protected address is found
    by telephone.

    :raises NotAllowed: if the actor may see no persons anywhere.
    """
    policies.ensure_units(actor, policies.VIEW_PERSON)
    wanted, page = rules.read(query, today=clock.today()), max(page, 1)
    if wanted.is_nobody:
        return FoundPersons(wanted=wanted)
    at = clock.now()
    stands = policies.standing(actor, at=at)
    start = (page - 1) * FOUND_PAGE_SIZE
    ids, looked_at = candidates(actor, wanted, stands, at=at, limit=FOUND_PAGE_SIZE + 1, offset=start)
    shown = seen_in_order(actor, ids[:FOUND_PAGE_SIZE], stands, at=at)
    if wanted.phone and not wanted.birth_dates:
        # In an emergency a person is opened, not their telephone.
        shown = [each for each in shown if each.answer.involvement is not None]
    record(actor, wanted, shown, stands)
    return FoundPersons(
        wanted=wanted,
        persons=tuple(shown),
        page=page,
        more=len(ids) > FOUND_PAGE_SIZE,
        too_many=looked_at >= CANDIDATES_MOST,
    )
