"""
Ages as the laws count them: by calendar year, by birthday, or by month.

By calendar year, somebody is 12 the whole year they turn 12, and `View.age_reached` is all it takes. Birthdays and
months are asked for only where the year of birth does not settle it.
"""

from decimal import Decimal

from medspiller.rights.domain.conditions import View
from medspiller.rights.domain.truth import Truth, truth_of


def has_turned(view: View, who: str, years: int | Decimal | None) -> Truth:
    """
    Say whether somebody has had that birthday by the reference date. `who` is a head, or `child`.

    Whether this year's birthday has been is asked only in the year it matters.
    """
    reached = view.age_reached(f"{who}.birth_year")
    if reached is None or years is None:
        return Truth.UNKNOWN
    if reached != years:
        return truth_of(reached > years)
    return view.truth(f"{who}.had_birthday")


def within_months(view: View, months: int | Decimal | None) -> Truth:
    """Say whether it is no later than the end of the month in which a child turns so many months."""
    born = view.number("child.birth_year")
    if born is None or months is None:
        return Truth.UNKNOWN
    # Twelve months lie between the eldest and the youngest born in a year; the month is asked for only among them.
    if (eldest := _months_since(view, int(born), 1)) <= months:
        return Truth.YES
    if eldest - 11 > months:
        return Truth.NO
    written = view.fact("child.birth_month")
    if written is None:
        return Truth.UNKNOWN
    year, month = map(int, str(written).split("-"))
    return truth_of(_months_since(view, year, month) <= months)


def _months_since(view: View, year: int, month: int) -> int:
    return (view.on.year - year) * 12 + view.on.month - month
