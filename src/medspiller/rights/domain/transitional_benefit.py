"""
Overgangsstønad: how much a month (folketrygdloven §§ 15-7, 15-9), in whole kroner as Nav rounds.

The size and the reduction for income are the same before and after 1 July 2026; for how long it is paid is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, Decimal

from medspiller.rights.domain.parameters import Dated
from medspiller.rights.domain.reading import FactsUnreadable, number_from, object_with, reference_date

_CASE = ("on", "income_year")
_MONTHS = 12
_KRONE = Decimal(1)
_MOST_INCOME = 100_000_000

PARAMETERS: Mapping[str, str] = {
    "base": "base-amount",
    "share": "transitional-share",
    "free": "transitional-free-share",
    "cut": "transitional-cut",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What the law sets: the base amount G, how many G a year, income up to how many G is free, and the share cut."""

    base: Decimal
    share: Decimal
    free: Decimal
    cut: Decimal


@dataclass(frozen=True, slots=True)
class Monthly:
    """Kroner a month: the full benefit, what is cut for income, and what is paid."""

    full: Decimal
    cut: Decimal

    @property
    def paid(self) -> Decimal:
        return max(Decimal(0), self.full - self.cut)


def full_benefit(base: Decimal, share: Decimal) -> Decimal:
    """Return the full benefit a month."""
    return (share * base / _MONTHS).quantize(_KRONE, ROUND_HALF_EVEN)


def monthly(income: Decimal, figures: Figures) -> Monthly:
    """Return the benefit of whoever expects an income, in kroner a year."""
    above = max(Decimal(0), income - figures.free * figures.base)
    cut = (figures.cut * above / _MONTHS).quantize(_KRONE, ROUND_HALF_DOWN)
    return Monthly(full_benefit(figures.base, figures.share), cut)


def answer(written: object, parameters: Mapping[str, Dated], *, today: date, on: date | None = None) -> dict[str, int]:
    """
    Return what a JSON value asks for; `on`, if given, goes before the day that it names.

    :raises FactsUnreadable: naming what cannot be read, or a figure of the law that is not known that day.
    """
    body = object_with(written, _CASE, at="")
    day = on or reference_date(body.get("on"), today=today)
    income = number_from(body.get("income_year"), "income_year", least=0, most=_MOST_INCOME)
    figures = figures_on(day, parameters)
    found = monthly(income, figures)
    return {"G": int(figures.base), "full": int(found.full), "cut": int(found.cut), "monthly": int(found.paid)}


def figures_on(on: date, parameters: Mapping[str, Dated]) -> Figures:
    """
    Return the law's figures on a day.

    :raises FactsUnreadable: if one of them is not known then.
    """
    known: dict[str, Decimal] = {}
    for key, name in PARAMETERS.items():
        value = parameters[name].on(on)
        if not isinstance(value, Decimal):
            raise FactsUnreadable("on", f"the figure {name} is not known on {on}")
        known[key] = value
    return Figures(**known)
