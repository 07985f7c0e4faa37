"""Municipalities and counties: global, the same for everybody, readable before there is a tenant."""

from datetime import date

from medspiller.core.actors import Actor
from medspiller.organisations.domain.municipalities import (
    CountyFact,
    MunicipalityFact,
    YearNotKnown,
    county_number,
    year_in_force,
)
from medspiller.organisations.models import County, Municipality


def known_years(*, actor: Actor) -> tuple[int, ...]:
    """Return the years whose register of municipalities is published here, the first first."""
    return tuple(Municipality.objects.order_by("year").values_list("year", flat=True).distinct())


def municipality(*, actor: Actor, number: str, on: date) -> MunicipalityFact | None:
    """
    Return the municipality that had a number on a day; None if the register then has no such number.

    The register of that year answers; is it not published here, the newest before it does,
    and the answer says that it was carried forward.

    :raises YearNotKnown: for a day before the first register. No later one is asked instead.
    """
    year = year_in_force(on=on, known=known_years(actor=actor))
    row = Municipality.objects.filter(year=year, number=number).first()
    return row.fact(asked_for=on.year) if row else None


def municipalities(*, actor: Actor, year: int) -> list[MunicipalityFact]:
    """
    Return all municipalities of one year's register, by number.

    :raises YearNotKnown: if that very year is not published here; nothing is carried forward.
    """
    rows = Municipality.objects.filter(year=year).order_by("number")
    facts = [row.fact(asked_for=year) for row in rows]
    if not facts:
        raise YearNotKnown(year=year, known=known_years(actor=actor))
    return facts


def county_of(*, actor: Actor, number: str, on: date) -> CountyFact | None:
    """
    Return the county that a municipality lies in on a day; None if no county had those digits then.

    Whether there is such a municipality is not asked.
    """
    counties = County.objects.filter(number=county_number(number), valid_from__lte=on).exclude(valid_to__lte=on)
    row = counties.first()
    return row.fact if row else None
