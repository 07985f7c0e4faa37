"""Telling the rest of the house, a month before and on the day, that somebody comes of an age."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.core.periods import Period
from medspiller.people import policies
from medspiller.people.domain.events import AgeChangeAhead, AgeReached
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.telling import ages
from medspiller.people.domain.telling.age_rules import Turns
from medspiller.people.domain.telling.ages import Change
from medspiller.people.models import AgeTold, ChildTold, Involvement, live_at

ANNOUNCE = "people.announce_ages"
# The rules end with the year after that in which somebody turns eighteen.
_OLDEST = timedelta(days=366 * 20)
# A night without a job is caught up with; longer after it, the day has been noticed.
_CAUGHT_UP_WITHIN = timedelta(days=7)
# From this age young people are told themselves.
_TOLD_THEMSELVES = 12
_GROWN_UP = 18


@transaction.atomic
def announce_ages(*, actor: Actor) -> int:
    """
    Publish `AgeChangeAhead` for every change of the coming month and `AgeReached` for every birthday of today.

    For persons whom a unit follows up now, and each change once: safe to run twice, and to miss
    a night. What the law says changes on the day whether or not this has run. Returns how many
    were published.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, ANNOUNCE)
    today = clock.today()
    units: dict[UUID, list[UUID]] = defaultdict(list)
    births: dict[UUID, date] = {}
    of_some_year = ChildTold.objects.filter(birth_year__isnull=False).values("child_id")
    rows = Involvement.objects.filter(
        live_at(clock.now()),
        Q(person__birth_date__gt=today - _OLDEST) | Q(person__birth_date=None, person__in=of_some_year),
        person__died_on=None,
        person__merged_into=None,
    )
    found = rows.order_by("starts_at", "id").values_list("person_id", "person__birth_date", "unit_id", "basis")
    # A unit that only has the number looks after what is told them only where no other does.
    number_only = InvolvementBasis.EMERGENCY_CONTACT.value
    for person_id, born, unit_id, _basis in sorted(found, key=lambda each: each[3] == number_only):
        units[person_id].append(unit_id)
        if born is not None:
            births[person_id] = born
    grown = _grown_up_by_year(units, births, today=today)
    return _ahead(births, today=today) + _reached(births | grown, units, by_year=grown.keys(), today=today)


def _grown_up_by_year(
    units: Mapping[UUID, list[UUID]], births: Mapping[UUID, date], *, today: date
) -> dict[UUID, date]:
    """
    The latest birthday of those of whom only the year is known in which they were born, if they turn eighteen by it.

    Somebody then finds out how old they are, however long ago it was. Of the ages before that only the day itself would
    tell.
    """
    children = [person_id for person_id in units if person_id not in births]
    told = ChildTold.objects.filter(child_id__in=children, birth_year__isnull=False)
    latest = told.values("child_id").annotate(year=Max("birth_year")).values_list("child_id", "year")
    return {child_id: date(year, 12, 31) for child_id, year in latest if year <= today.year - _GROWN_UP}


def _ahead(births: Mapping[UUID, date], *, today: date) -> int:
    due = {(person_id, each.on): each for person_id, born in births.items() for each in ages.ahead(born, today=today)}
    new = _not_told(due, reached=False)
    for person_id, on in new:
        events.publish(AgeChangeAhead(person_id=person_id, on=on, age=due[person_id, on].age))
    return len(new)


def _reached(
    births: Mapping[UUID, date], units: Mapping[UUID, list[UUID]], *, by_year: Collection[UUID], today: date
) -> int:
    due = {
        (person_id, each.on): each
        for person_id, born in births.items()
        for each in _noticed(born, by_year=person_id in by_year, today=today)
    }
    new = _not_told(due, reached=True)
    for person_id, on in new:
        events.publish(AgeReached(person_id=person_id, unit_id=units[person_id][0], on=on, age=due[person_id, on].age))
    return len(new)


def _noticed(born: date, *, by_year: bool, today: date) -> list[Change]:
    """The birthdays to tell of now. Who came of age by the year alone has been noticed by nobody, however long ago."""
    if by_year:
        since_birth = Period(born, today + timedelta(days=1))
        return [each for each in ages.changes(born, between=since_birth) if _is_theirs(each) and each.age == _GROWN_UP]
    lately = today - _CAUGHT_UP_WITHIN
    return [each for each in ages.happened(born, today=today) if _is_theirs(each) and each.on > lately]


def _is_theirs(change: Change) -> bool:
    return change.rule.turns is Turns.BIRTHDAY and change.age >= _TOLD_THEMSELVES


def _not_told(due: Iterable[tuple[UUID, date]], *, reached: bool) -> list[tuple[UUID, date]]:
    """Those of which nobody has been told; from now on they have. Two jobs at once never both get one."""
    wanted = sorted(due)
    persons = {person_id for person_id, _on in wanted}
    told = set(AgeTold.objects.filter(person_id__in=persons, reached=reached).values_list("person_id", "on"))
    new = []
    for person_id, on in wanted:
        if (person_id, on) in told:
            continue
        _row, is_new = AgeTold.objects.get_or_create(
            person_id=person_id, on=on, reached=reached, defaults={"told_at": clock.now()}
        )
        if is_new:
            new.append((person_id, on))
    return new
