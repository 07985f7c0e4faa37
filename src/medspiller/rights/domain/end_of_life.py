"""
Pleiepenger i livets sluttfase: one pool of paid days for each patient, shared by all who care (folketrygdloven § 9-13).

Counted as Nav counts: from Monday to Friday, each day as much as the grade says. The applicant gets what others have
left, in order of time; where less is left than a day of the grade, the last day is granted in part.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from medspiller.rights.domain.findings import as_number
from medspiller.rights.domain.parameters import Dated
from medspiller.rights.domain.reading import (
    FactsUnreadable,
    day_from,
    list_from,
    number_from,
    object_with,
    reference_date,
)

PARAMETER = "end-of-life-benefit-days"

_CASE = ("applicant", "others")
_STRETCH = ("from", "to", "grade")
_MOST_STRETCHES = 100
_FULL = Decimal(100)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of care at one grade, in percent; both `first` and `last` are part of it."""

    first: date
    last: date
    grade: Decimal

    def weekdays(self) -> Iterator[date]:
        """Yield its days from Monday to Friday."""
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            if day.weekday() < _SATURDAY:
                yield day

    @property
    def days(self) -> Decimal:
        """Return how many days of the pool it uses."""
        return sum(1 for _ in self.weekdays()) * self.grade / _FULL


@dataclass(frozen=True, slots=True)
class Shared:
    """What the applicant gets of the pool, and what nothing is left for; all stretches begin and end on a weekday."""

    granted: tuple[Stretch, ...]
    refused: tuple[Stretch, ...]
    used_by_others: Decimal
    left: Decimal


def share(applicant: Sequence[Stretch], others: Iterable[Stretch], *, pool: Decimal) -> Shared:
    """Return which of the applicant's days are granted. `others` is all that other carers of the patient use."""
    used = sum((stretch.days for stretch in others), Decimal(0))
    left = max(Decimal(0), pool - used)
    granted: list[Stretch] = []
    refused: list[Stretch] = []
    for stretch in sorted(applicant, key=lambda one: one.first):
        wanted = stretch.grade / _FULL
        for day in stretch.weekdays():
            given = min(wanted, left)
            left -= given
            _add(granted if given else refused, day, given * _FULL)
    return Shared(tuple(granted), tuple(refused), used, left)


def _add(stretches: list[Stretch], day: date, grade: Decimal) -> None:
    """Let the last stretch go on to a day, over a weekend too, or begin another."""
    last = stretches[-1] if stretches else None
    if last and last.grade == grade and (day - last.last).days <= (3 if day.weekday() == 0 else 1):
        stretches[-1] = Stretch(last.first, day, grade)
    else:
        stretches.append(Stretch(day, day, grade))


def answer(written: object, parameters: Mapping[str, Dated], *, today: date) -> dict[str, Any]:
    """
    Return what a JSON value asks for. `applicant` is one stretch or a list of them; days are inclusive at both ends.

    The pool is the one of the applicant's first day.

    :raises FactsUnreadable: naming what cannot be read, or if the pool of that day is not known.
    """
    body = object_with(written, _CASE, at="")
    asked = body.get("applicant")
    if isinstance(asked, Mapping):
        applicant = [_stretch(asked, "applicant", today)]
    elif isinstance(asked, list | tuple) and asked:
        applicant = _stretches(asked, "applicant", today)
    else:
        raise FactsUnreadable("applicant", 'must be {"from": …, "to": …, "grade": …}, or a list of such')
    _ensure_apart(applicant)
    first = min(stretch.first for stretch in applicant)
    pool = parameters[PARAMETER].on(first)
    if not isinstance(pool, Decimal):
        raise FactsUnreadable("applicant.from", f"the figure {PARAMETER} is not known on {first}")
    shared = share(applicant, _stretches(body.get("others"), "others", today), pool=pool)
    return {
        "granted": [[str(one.first), str(one.last), as_number(one.grade)] for one in shared.granted],
        "refused": [[str(one.first), str(one.last)] for one in shared.refused],
        "days_used_by_others": _plain(shared.used_by_others),
        "days_left": _plain(shared.left),
    }


def _stretches(written: object, path: str, today: date) -> list[Stretch]:
    listed = list_from(written, path, most=_MOST_STRETCHES, of="periods")
    return [_stretch(one, f"{path}[{number}]", today) for number, one in enumerate(listed)]


def _stretch(written: object, path: str, today: date) -> Stretch:
    body = object_with(written, _STRETCH, at=path)
    first, last = (_day(body.get(key), f"{path}.{key}", today) for key in ("from", "to"))
    if last < first:
        raise FactsUnreadable(f"{path}.to", f"{last} is before from, {first}")
    grade = number_from(body.get("grade"), f"{path}.grade", least=0, most=100)
    if grade == 0:
        raise FactsUnreadable(f"{path}.grade", "must be a number above 0 and at most 100, not 0")
    if grade != round(grade, 2):
        raise FactsUnreadable(f"{path}.grade", "must have at most two decimals")
    return Stretch(first, last, grade)


def _day(written: object, path: str, today: date) -> date:
    day_from(written, path)
    return reference_date(written, today=today, path=path)


def _ensure_apart(applicant: Sequence[Stretch]) -> None:
    """One carer cannot be away twice on a day; two carers can."""
    ordered = sorted(applicant, key=lambda stretch: stretch.first)
    for one, after in pairwise(ordered):
        if after.first <= one.last:
            raise FactsUnreadable("applicant", f"two periods overlap: {after.first} is in both")


def _plain(days: Decimal) -> str:
    return f"{days.normalize():f}" if days else "0"
