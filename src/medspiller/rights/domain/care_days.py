"""
Omsorgsdager: days with pay a year for whoever has children who may fall ill (folketrygdloven § 9-6).

Counted as Nav's own calculator counts: a child by the calendar year in which it turns 12, or 18 if Nav has accepted
that it is chronically ill or disabled; being alone with the care is said of each child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medspiller.rights.domain.known_facts import MOST_CHILDREN, OLDEST_YEAR, shown
from medspiller.rights.domain.parameters import Absent, Dated
from medspiller.rights.domain.reading import (
    FactsUnreadable,
    list_from,
    number_from,
    object_with,
    reference_date,
)

_FAMILY = ("on", "children", "received", "given")
_CHILD = ("birth_year", "chronic", "sole_care", "lives_with_carer")
_DAYS_IN_YEAR = 365
_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """
    What the law sets: the last calendar years in which a child counts, by the age it reaches, and the days.

    There are `few` days up to, not including, `many_children` children, and `many` from then on; `chronic` more for
    each chronically ill child. All of them are multiplied by `times`, which was two while the pandemic lasted.
    """

    age: int
    age_chronic: int
    few: int
    many: int
    many_children: int
    chronic: int
    times: int = 1


PARAMETERS: Mapping[str, str] = {
    "age": "care-days-age",
    "age_chronic": "care-days-age-chronic",
    "few": "care-days-few",
    "many": "care-days-many",
    "many_children": "care-days-many-children",
    "chronic": "care-days-chronic",
    "times": "care-days-times",
}


@dataclass(frozen=True, slots=True)
class CountingChild:
    """A child that gives days: whether chronically ill or disabled, and whether the carer is alone with the care."""

    chronic: bool
    sole: bool


@dataclass(frozen=True, slots=True)
class CareDays:
    """Days in a calendar year: grunnrett, kronisk, alene, alene_kronisk, and what the pandemic added."""

    basic: int
    chronic: int
    sole: int
    sole_chronic: int
    pandemic: int

    @property
    def total(self) -> int:
        """Return them all, without transfers."""
        return self.basic + self.chronic + self.sole + self.sole_chronic + self.pandemic


def counts(age_reached: int, chronic: bool, figures: Figures) -> bool:
    """Say whether a child gives days in the calendar year in which it reaches an age."""
    return age_reached <= figures.age or (chronic and age_reached <= figures.age_chronic)


def care_days(children: Sequence[CountingChild], figures: Figures) -> CareDays:
    """Return the days that children who count give."""

    def by_number(number: int) -> int:
        return 0 if number == 0 else figures.many if number >= figures.many_children else figures.few

    sole_chronic = sum(child.chronic and child.sole for child in children)
    basic = by_number(len(children))
    sole = by_number(sum(child.sole for child in children))
    chronic = figures.chronic * (sum(child.chronic for child in children) - sole_chronic)
    twice = 2 * figures.chronic * sole_chronic
    return CareDays(basic, chronic, sole, twice, (figures.times - 1) * (basic + chronic + sole + twice))


def transferred(received: Sequence[int], given: Sequence[int], basic: int) -> int:
    """Return what transfers change: days received count only above the basic ones, and all days given away count."""
    return max(0, sum(received) - basic) - sum(given)


# --- A family as it is written ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Child:
    """One child of a family as it is written."""

    birth_year: int
    chronic: bool
    sole: bool
    lives_with_carer: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Children, and days received from and given to others in the calendar year of `on`."""

    on: date
    children: tuple[Child, ...]
    received: tuple[int, ...]
    given: tuple[int, ...]


def family_from(written: object, *, today: date, on: date | None = None) -> Family:
    """
    Return the family that a JSON value tells of; `on`, if given, goes before the day that it names.

    As in Nav's calculator a child is neither chronically ill nor in sole care if nothing is said, and lives with the
    carer. What Nav's calculator would leave out of the sum, negative days and parts of days, is refused.

    :raises FactsUnreadable: naming the first thing that cannot be read.
    """
    body = object_with(written, _FAMILY, at="")
    day = on or reference_date(body.get("on"), today=today)
    children = list_from(body.get("children"), "children", most=MOST_CHILDREN, of="children")
    return Family(
        on=day,
        children=tuple(_child(child, f"children[{number}]", day) for number, child in enumerate(children)),
        received=_days(body.get("received"), "received"),
        given=_days(body.get("given"), "given"),
    )


def answer(family: Family, parameters: Mapping[str, Dated]) -> dict[str, int]:
    """
    Return the days as commands tell them. `pandemic` is there only where it added days.

    :raises FactsUnreadable: if the law's figures are not known on that day.
    """
    figures = figures_on(family.on, parameters)
    counting = [
        CountingChild(child.chronic, child.sole)
        for child in family.children
        if child.lives_with_carer and counts(family.on.year - child.birth_year, child.chronic, figures)
    ]
    days = care_days(counting, figures)
    told = {
        "basic": days.basic,
        "chronic": days.chronic,
        "sole": days.sole,
        "sole_chronic": days.sole_chronic,
        "transfer": transferred(family.received, family.given, days.basic),
        "total": days.total,
    }
    return told | ({"pandemic": days.pandemic} if days.pandemic else {})


def figures_on(on: date, parameters: Mapping[str, Dated]) -> Figures:
    """
    Return the law's figures on a day.

    :raises FactsUnreadable: if one of them is not known then.
    """
    values = {key: parameters[name].on(on) for key, name in PARAMETERS.items()}
    known = {key: int(value) for key, value in values.items() if isinstance(value, Decimal)}
    unknown = [PARAMETERS[key] for key, value in values.items() if isinstance(value, Absent)]
    if unknown:
        raise FactsUnreadable("on", f"the figure {unknown[0]} is not known on {on}")
    return Figures(**known)


def _child(written: object, path: str, on: date) -> Child:
    body = object_with(written, _CHILD, at=path)
    year = int(number_from(body.get("birth_year"), f"{path}.birth_year", least=OLDEST_YEAR, most=9999, whole=True))
    if year > on.year:
        raise FactsUnreadable(f"{path}.birth_year", f"{year} is after the year of the reference date, {on.year}")
    return Child(
        birth_year=year,
        chronic=_flag(body.get("chronic"), f"{path}.chronic", usual=False),
        sole=_flag(body.get("sole_care"), f"{path}.sole_care", usual=False),
        lives_with_carer=_flag(body.get("lives_with_carer"), f"{path}.lives_with_carer", usual=True),
    )


def _flag(written: object, path: str, *, usual: bool) -> bool:
    if written is None:
        return usual
    if not isinstance(written, bool):
        raise FactsUnreadable(path, f"must be true, false or null, not {shown(written)}")
    return written


def _days(written: object, path: str) -> tuple[int, ...]:
    rows = list_from(written, path, most=_MOST_ROWS, of="parents")
    return tuple(
        int(number_from(days, f"{path}[{number}]", least=0, most=_DAYS_IN_YEAR, whole=True))
        for number, days in enumerate(rows)
    )
