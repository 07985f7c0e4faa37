"""What somebody writes of strategies and measures, and the rules for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import (
    FIRST_YEAR,
    LAST_YEAR,
    TEXT_MOST,
    TITLE_MOST,
    Level,
    Light,
    MeasureStatus,
    Service,
)

NAME_MOST = 200
ADDRESS_MOST = 500
UNIT_MOST = 100
KRONER_MOST = 10**12
_FIGURE_MOST, _PLACES = Decimal(10) ** 12, Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class StrategyDetails:
    """A strategy's own fields. It holds in the calendar years from `from_year` to `to_year`, both included."""

    title: str
    from_year: int
    to_year: int
    level: Level = Level.MUNICIPAL
    owner_name: str = ""
    unit_id: UUID | None = None
    responsible: str = ""
    rolls_every_years: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """A measure's own fields. Years are calendar years, both included; None is the strategy's own."""

    text: str
    from_year: int | None = None
    to_year: int | None = None
    budget: int | None = None
    funding: str = ""
    partners: str = ""
    deliverables: str = ""
    services: Collection[Service] = ()
    notes: Collection[str] = ()
    learnt: str = ""


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """Who answers for a measure, as the plan writes it, and the unit that is meant if it is one of the house."""

    name: str
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """What an owner says of a measure. `corrects` is the report that this one puts right."""

    on: date
    status: MeasureStatus
    light: Light
    text: str
    evidence: str = ""
    evidence_url: str = ""
    deviation: str = ""
    decision_needed: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class IndicatorDetails:
    """A figure to be followed. `indicator` is the id of a computed one, empty for one that is entered by hand."""

    name: str
    unit_of_value: str = ""
    definition: str = ""
    target: Decimal | None = None
    indicator: str = ""


def seen_as(*texts: object) -> str:
    """Return a short mark of texts as they stood on a page, by which one sees whether they are others now."""
    plain = "\x1f".join("" if each is None else str(each) for each in texts)
    return sha256(plain.encode()).hexdigest()[:16]


def answering_as(owners: Iterable[tuple[str, UUID | None]], goal_ids: Iterable[UUID]) -> str:
    """Return the mark of who answers for a measure, in their order, and of the goals that it serves."""
    return seen_as(*(part for owner in owners for part in owner), "", *sorted(goal_ids))


def tidy(text: str, field: str, *, most: int = TEXT_MOST, needed: bool = False) -> str:
    """
    Return a text as it is stored, without space around it.

    :raises StrategyRefused: if it is too long, or missing where it is needed.
    """
    found = text.replace("\x00", "").strip()
    if needed and not found:
        raise StrategyRefused(Refusal.MISSING, field)
    if len(found) > most:
        raise StrategyRefused(Refusal.TOO_LONG, field)
    return found


def tidy_title(text: str, field: str = "title") -> str:
    """
    Return a title on one line.

    :raises StrategyRefused: if it is missing or too long.
    """
    return tidy(" ".join(text.split()), field, most=TITLE_MOST, needed=True)


def tidy_figure(value: Decimal, field: str) -> Decimal:
    """
    Return a figure as it is stored, with four places.

    :raises StrategyRefused: if it is no number, or too large.
    """
    if not value.is_finite() or abs(value) >= _FIGURE_MOST:
        raise StrategyRefused(Refusal.UNKNOWN, field)
    return value.quantize(_PLACES)


def tidy_indicator(details: IndicatorDetails, path: str = "") -> IndicatorDetails:
    """
    Return a figure that is followed as it is stored; `path` stands before the field that is wrong.

    :raises StrategyRefused: if it has no name, or something is too long or no number.
    """
    before = f"{path}." if path else ""
    return IndicatorDetails(
        name=tidy_title(details.name, f"{before}name"),
        unit_of_value=tidy(details.unit_of_value, f"{before}unit_of_value", most=UNIT_MOST),
        definition=tidy(details.definition, f"{before}definition"),
        target=None if details.target is None else tidy_figure(details.target, f"{before}target"),
        indicator=tidy(details.indicator, f"{before}indicator", most=UNIT_MOST),
    )


def ensure_years(
    from_year: int | None, to_year: int | None, *, field: str = "from_year", last: str = "to_year"
) -> None:
    """
    Accept calendar years in order; 2125–2021 is a slip of the pen, not a period.

    :raises StrategyRefused: if a year is no year of a plan, or the last lies before the first.
    """
    for name, year in ((field, from_year), (last, to_year)):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise StrategyRefused(Refusal.YEARS, name)
    if from_year is not None and to_year is not None and to_year < from_year:
        raise StrategyRefused(Refusal.ORDER, last)


def ensure_address(address: str, field: str) -> str:
    """
    Return an address as it is stored; empty is none.

    :raises StrategyRefused: if it is no address of a page.
    """
    found = tidy(address, field, most=ADDRESS_MOST)
    try:
        parts = urlsplit(found)
    except ValueError:
        raise StrategyRefused(Refusal.NO_ADDRESS, field) from None
    if found and (parts.scheme not in ("https", "http") or not parts.netloc):
        raise StrategyRefused(Refusal.NO_ADDRESS, field)
    return found


def ensure_happened(day: date, *, today: date, field: str) -> date:
    """
    Accept a day on which something is said to have happened.

    :raises StrategyRefused: if it lies ahead.
    """
    if day > today:
        raise StrategyRefused(Refusal.AHEAD, field)
    return day
