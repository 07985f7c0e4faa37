"""
How many days a carer has for their children, by the working environment act and by the national insurance act.

Both count a child up to and including the calendar year it turns 12, or 18 if it is chronically ill or disabled. The
first gives one number to whoever has such children, the second adds days for each of them; so the one who is paid
for more days than the first gives has leave for these too (aml § 12-9 (5)).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.care_days import PARAMETERS, CountingChild, Figures, care_days
from medspiller.rights.domain.conditions import View
from medspiller.rights.domain.rules.in_turn import all_in_turn
from medspiller.rights.domain.truth import Truth, truth_of

DAYS_PER_YEAR = "days_per_year"


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """The names of the figures for the last year in which a child counts, and in which one with illness does."""

    usual: str
    chronic: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The children that count, or None where facts are missing to say which."""

    children: tuple[CountingChild, ...] | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days with its calculation; None where a figure of the law is not known that day."""

    total: int | None
    calculation: tuple[Calculated, ...]


CARE_DAYS_AGES = AgeLimits("care-days-age", "care-days-age-chronic")
LEAVE_AGES = AgeLimits("child-leave-age", "child-leave-age-chronic")


def gives_days(view: View, limits: AgeLimits) -> Truth:
    """Say whether the child that is looked at is of an age that gives days."""
    usual, chronic = view.parameter(limits.usual), view.parameter(limits.chronic)
    age = view.age_reached("child.birth_year")
    if age is None or usual is None or chronic is None:
        return Truth.UNKNOWN
    if age <= usual or age > chronic:
        return truth_of(age <= usual)
    return view.truth("child.chronic")


def counted_children(view: View, limits: AgeLimits) -> Counted:
    """Return the children that live with the carer and are of an age that gives days."""
    if view.facts.children is None:
        return Counted(None, ("children",))
    found: list[CountingChild] = []
    missing: list[str] = []
    for number in range(view.facts.children):
        own = View(view.facts, view.on, view.parameters, number)
        counts, child = _looked_at(own, limits)
        if counts is Truth.YES:
            found.append(child)
        if counts is not Truth.NO:
            missing += own.missing
    return Counted(None, tuple(dict.fromkeys(missing))) if missing else Counted(tuple(found))


def _looked_at(view: View, limits: AgeLimits) -> tuple[Truth, CountingChild]:
    counts = all_in_turn(lambda: view.truth("child.lives_with_carer"), lambda: gives_days(view, limits))
    if counts is not Truth.YES:
        return counts, CountingChild(chronic=False, sole=False)
    chronic, sole = view.truth("child.chronic"), view.truth("child.sole_care")
    return counts, CountingChild(chronic is Truth.YES, sole is Truth.YES)


def paid_days(view: View, children: Sequence[CountingChild]) -> Days:
    """Return the days with pay in a calendar year (ftrl § 9-6), as Nav counts them."""
    if not children:
        return Days(0, ())
    known = {key: view.parameter(name) for key, name in PARAMETERS.items()}
    figures = {key: int(value) for key, value in known.items() if value is not None}
    if len(figures) < len(known):
        return Days(None, ())
    days = care_days(children, Figures(**figures))
    sole, chronic = sum(child.sole for child in children), sum(child.chronic for child in children)
    sole_chronic = sum(child.sole and child.chronic for child in children)
    parts = (
        ("basic", days.basic, len(children), _BY_NUMBER),
        ("sole", days.sole, sole, _BY_NUMBER),
        ("chronic", days.chronic, chronic - sole_chronic, _EACH),
        ("sole_chronic", days.sole_chronic, sole_chronic, _EACH),
    )
    lines = [Calculated(name, {"days": part, "children": among}, used) for name, part, among, used in parts if part]
    if days.pandemic:
        lines.append(Calculated("times", {"times": figures["times"], "days": days.total}, ("care-days-times",)))
    return Days(days.total, tuple(lines))


def leave_days(view: View, children: Sequence[CountingChild]) -> Days:
    """
    Return the days of leave in a calendar year that the working environment act gives by itself (aml § 12-9).

    Where the carer is alone with the care of some children only, the extra days are those that these children give.
    """
    if not children:
        return Days(0, ())
    few, many, above, long = _figures(
        view, "child-leave-days", "child-leave-days-many", "child-leave-many-children", "child-leave-days-chronic"
    )
    if few is None or many is None or above is None or long is None:
        return Days(None, ())
    sole = [child for child in children if child.sole]

    def by_number(some: Sequence[CountingChild]) -> int:
        return int(many if len(some) >= above else few) if some else 0

    usual = by_number(children) + by_number(sole)
    extended = max((int(long) * (2 if child.sole else 1) for child in children if child.chronic), default=0)
    name, used = ("extended", ("child-leave-days-chronic",)) if extended > usual else ("usual", _LEAVE_BY_NUMBER)
    total = max(usual, extended)
    return Days(total, (Calculated(name, {"days": total, "children": len(children)}, used),))


def care_days_amount(view: View) -> tuple[Amount, ...]:
    """Return the days with pay in a calendar year."""
    counted = counted_children(view, CARE_DAYS_AGES)
    if counted.children is None:
        return (Amount(DAYS_PER_YEAR, "days", None, (), counted.missing),)
    days = paid_days(view, counted.children)
    return (Amount(DAYS_PER_YEAR, "days", days.total, days.calculation),)


def _figures(view: View, *names: str) -> Iterable[Decimal | None]:
    return [view.parameter(name) for name in names]


_BY_NUMBER = ("care-days-few", "care-days-many", "care-days-many-children")
_EACH = ("care-days-chronic",)
_LEAVE_BY_NUMBER = ("child-leave-days", "child-leave-days-many", "child-leave-many-children")
