"""The time line of a plan: where each bar begins and how long it is, as shares of the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.strategy.domain.seen import SeenArea, SeenMeasure, SeenStrategy
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus

# No plan of a municipality is drawn over more.
YEARS_MOST = 30
BY_AREA, BY_OWNER, BY_YEAR = "area", "owner", "year"


@dataclass(frozen=True, slots=True)
class GanttBar:
    """
    A measure on the time line. `start` and `width` are shares of the whole, from 0 to 1.

    One that begins before the first year drawn, or ends after the last, is cut there, and says so.
    """

    measure_id: UUID
    label: str
    text: str
    from_year: int
    to_year: int
    start: float
    width: float
    starts_before: bool
    ends_after: bool
    status: MeasureStatus
    light: Light | None
    is_late: bool
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GanttGroup:
    """The measures of an area, of an owner or that begin in a year. An empty title: measures that nobody owns."""

    title: str
    bars: tuple[GanttBar, ...]


@dataclass(frozen=True, slots=True)
class Gantt:
    """A time line over the calendar years from `from_year` to `to_year`, both included; `today` is a share, or None."""

    by: str
    from_year: int
    to_year: int
    groups: tuple[GanttGroup, ...]
    today: float | None

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.from_year, self.to_year + 1))


def gantt_of(strategy: SeenStrategy, *, by: str, today: date) -> Gantt:
    """
    Return the time line of a strategy, by focus area, by owner or by the year in which measures begin.

    A measure of several owners stands at each.
    """
    first, last = _span(strategy)
    by = by if by in (BY_OWNER, BY_YEAR) else BY_AREA
    groups = _groups(strategy, by)
    return Gantt(
        by=by,
        from_year=first,
        to_year=last,
        groups=tuple(GanttGroup(title, tuple(_bar(each, first, last) for each in rows)) for title, rows in groups),
        today=share_of(today, first, last),
    )


def share_of(day: date, first: int, last: int) -> float | None:
    """
    Return where a day lies between the beginning of `first` and the end of `last`; None outside.

    >>> share_of(date(2021, 1, 1), 2021, 2025), share_of(date(2026, 1, 1), 2021, 2025)
    (0.0, None)
    """
    begins, ends = date(first, 1, 1), date(last + 1, 1, 1)
    return (day - begins) / (ends - begins) if begins <= day < ends else None


def _span(strategy: SeenStrategy) -> tuple[int, int]:
    years = [(strategy.line.from_year, strategy.line.to_year)]
    years += [(each.from_year, each.to_year) for each in strategy.measures]
    first = min(year for year, _last in years)
    # A slip of the pen must not draw a century.
    first = max(first, strategy.line.from_year - YEARS_MOST // 3)
    last = max(year for _first, year in years)
    return first, max(min(last, first + YEARS_MOST - 1), first)


def _groups(strategy: SeenStrategy, by: str) -> list[tuple[str, Sequence[SeenMeasure]]]:
    if by == BY_OWNER:
        return _by_owner(strategy.measures)
    return _by_year(strategy.measures) if by == BY_YEAR else _by_area(strategy.areas)


def _by_year(measures: Iterable[SeenMeasure]) -> list[tuple[str, Sequence[SeenMeasure]]]:
    found: dict[int, list[SeenMeasure]] = {}
    for each in measures:
        found.setdefault(each.from_year, []).append(each)
    return [(str(year), found[year]) for year in sorted(found)]


def _by_area(areas: Iterable[SeenArea]) -> list[tuple[str, Sequence[SeenMeasure]]]:
    return [(f"{area.number}. {area.title}", area.measures) for area in areas]


def _by_owner(measures: Iterable[SeenMeasure]) -> list[tuple[str, Sequence[SeenMeasure]]]:
    found: dict[str, tuple[str, list[SeenMeasure]]] = {}
    for each in measures:
        for name in {owner.name for owner in each.owners} or {""}:
            found.setdefault(name.casefold(), (name, []))[1].append(each)
    # Those that nobody owns stand last, where they are looked for.
    return [found[key] for key in sorted(found, key=lambda key: (not key, key))]


def _bar(each: SeenMeasure, first: int, last: int) -> GanttBar:
    begins, ends = max(each.from_year, first), min(each.to_year, last)
    whole = last - first + 1
    return GanttBar(
        measure_id=each.id,
        label=each.label,
        text=each.text,
        from_year=each.from_year,
        to_year=each.to_year,
        start=min(max(begins - first, 0), whole) / whole,
        width=max(ends - begins + 1, 0) / whole,
        starts_before=each.from_year < first,
        ends_after=each.to_year > last,
        status=each.status,
        light=each.light,
        is_late=each.is_late,
        owners=tuple(owner.name for owner in each.owners),
    )
