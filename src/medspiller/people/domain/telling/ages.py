"""What changes for whom at an age: on a birthday, at the end of its month, or at the turn of a year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from medspiller.core.periods import Period
from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling.age_rules import MONTHS, RULES, AgeRule, Concerns, Turns

_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Change:
    """On `on` and from then, this is so."""

    on: date
    rule: AgeRule

    @property
    def what(self) -> Sentence:
        return self.rule.what

    @property
    def concerns(self) -> Concerns:
        return self.rule.concerns

    @property
    def age(self) -> int:
        """The age in whole years that makes the change."""
        return self.rule.months // MONTHS


def reaches(birth_date: date, *, months: int) -> date | None:
    """
    Return the day an age in months is reached; None beyond the calendar.

    Where the month has no such day, it is the first of the next: who is born on 29 February turns
    on 1 March in other years, since a whole year has gone by only when 28 February is over.
    """
    years, month = divmod(birth_date.month - 1 + months, MONTHS)
    year = birth_date.year + years
    if year >= date.max.year:
        return None
    try:
        return date(year, month + 1, birth_date.day)
    except ValueError:
        return _first_of_next_month(date(year, month + 1, 1))


def changes(birth_date: date, *, between: Period) -> list[Change]:
    """
    Return what changes by age for a person, and for those around them, in a period; earliest first.

    A change is on the first day on which the new holds. Only rules that are law on that day are told.
    """
    found = [Change(day, rule) for rule in RULES if (day := _day_of(rule, birth_date)) and day in between]
    return sorted((one for one in found if _is_law(one)), key=lambda one: (one.on, one.rule.id))


def told_from(on: date) -> date:
    """
    Return the day from which a change is told of: a month before, or that month's last day where it is shorter.

    >>> told_from(date(2026, 3, 31))
    datetime.date(2026, 2, 28)
    """
    year, month = on.year - (on.month == 1), (on.month - 2) % MONTHS + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def ahead(birth_date: date, *, today: date) -> list[Change]:
    """Return the changes of the coming month, earliest first; one of today has happened and is not ahead."""
    month = Period(today + timedelta(days=1), today + timedelta(days=_LONGEST_MONTH + 1))
    return [each for each in changes(birth_date, between=month) if told_from(each.on) <= today]


def happened(birth_date: date, *, today: date) -> list[Change]:
    """Return the changes of today and of the month that is over, newest first."""
    month = Period(told_from(today) + timedelta(days=1), today + timedelta(days=1))
    return changes(birth_date, between=month)[::-1]


def _is_law(change: Change) -> bool:
    rule = change.rule
    return rule.valid_from <= change.on and (rule.valid_to is None or change.on < rule.valid_to)


def _day_of(rule: AgeRule, birth_date: date) -> date | None:
    reached = reaches(birth_date, months=rule.months)
    if reached is None or rule.turns is Turns.BIRTHDAY:
        return reached
    return _first_of_next_month(reached) if rule.turns is Turns.NEXT_MONTH else date(reached.year + 1, 1, 1)


def _first_of_next_month(day: date) -> date:
    return date(day.year + 1, 1, 1) if day.month == MONTHS else date(day.year, day.month + 1, 1)
