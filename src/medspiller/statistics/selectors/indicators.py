"""Indicators and their values, a calendar year at a time. From the apps below come numbers only."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors as followup
from medspiller.people import selectors as people
from medspiller.signups import selectors as signups
from medspiller.statistics.domain.content_indicators import INDICATORS, indicator_in
from medspiller.statistics.domain.indicators import Computed, Indicator, IndicatorValues, YearValue, year_value
from medspiller.statistics.selectors.thresholds import smallest_count

VIEW = "statistics.view"
# Whole years only: two periods that overlap could tell of the few by whom they differ.
YEARS_SHOWN = 4

_READ: Remembered[Indicator] = Remembered(at_most=100)

Counted = Mapping[str, int]


def indicators(*, actor: Actor) -> tuple[Indicator, ...]:
    """Return every indicator that is published today, by its slug. What is counted is told to all staff."""
    found = content.active(actor=actor, kind=INDICATORS, on=clock.today())
    read = (_READ.get(one.digest, lambda one=one: indicator_in(one)) for one in found)  # type: ignore[misc]
    return tuple(sorted(read, key=lambda each: each.slug))


def indicator(*, actor: Actor, slug: str) -> Indicator:
    """
    Return one of them.

    :raises NotFound: if there is none of that slug.
    """
    found = next((each for each in indicators(actor=actor) if each.slug == slug), None)
    if found is None:
        raise NotFound(f"indicator {slug}")
    return found


def indicator_values(
    *, actor: Actor, ids: Collection[str] = (), years: Sequence[int] = ()
) -> tuple[IndicatorValues, ...]:
    """
    Return the values of these indicators, of all if none is named, for calendar years: the last four if none is named.

    Small numbers, and those from which one could be found, are None. The year we are in is counted up to today.

    :raises NotAllowed: to whom figures are closed.
    """
    if not actor.may(VIEW):
        raise NotAllowed(action=VIEW, reason="role")
    today = clock.today()
    n_min, house = smallest_count(actor=actor), _House(actor)
    asked = tuple(years) or tuple(range(today.year - YEARS_SHOWN + 1, today.year + 1))
    return tuple(
        IndicatorValues(each, tuple(_value(house, each, year, today, n_min) for year in sorted(asked)))
        for each in indicators(actor=actor)
        if not ids or each.slug in ids
    )


class _House:
    """Whoever asks, and what is counted once for all indicators that rest on it."""

    def __init__(self, actor: Actor):
        self.actor = actor
        self._new: dict[tuple[date, date], people.NewPatients] = {}

    def new_patients(self, begins: date, ends: date) -> people.NewPatients:
        """Return the numbers of a period. With a hundred thousand patients they take a second to count."""
        if (begins, ends) not in self._new:
            self._new[begins, ends] = people.new_patients(actor=self.actor, begins=_moment(begins), ends=_moment(ends))
        return self._new[begins, ends]


def _value(house: _House, each: Indicator, year: int, today: date, n_min: int) -> YearValue:
    begins, over = date(year, 1, 1), date(year + 1, 1, 1)
    ends = min(over, max(begins, today + timedelta(days=1)))
    counted = _COUNTS[each.computed](house, begins, ends)
    return year_value(each, counted, year=year, until=ends, today=today, n_min=n_min)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.OSLO)


def _nearest_recorded(house: _House, begins: date, ends: date) -> Counted:
    found = house.new_patients(begins, ends)
    return {"recorded": found.with_nearest, "not_recorded": found.number - found.with_nearest}


def _children_asked(house: _House, begins: date, ends: date) -> Counted:
    found = house.new_patients(begins, ends)
    not_asked = found.number - found.children_yes - found.children_no
    return {"yes": found.children_yes, "no": found.children_no, "not_asked": not_asked}


def _first_talks(house: _House, begins: date, ends: date) -> Counted:
    found = house.new_patients(begins, ends)
    return {"recorded": found.with_first_talk, "not_recorded": found.number - found.with_first_talk}


def _first_contacts(house: _House, begins: date, ends: date) -> Counted:
    found = followup.first_contacts(actor=house.actor, begins=begins, ends=ends, today=clock.today())
    return {"in_time": found.in_time, "late": found.late, "waiting": found.waiting}


def _agreements(house: _House, begins: date, ends: date) -> Counted:
    found = followup.agreements_holding(actor=house.actor, on=ends)
    return {"ahead": found.ahead, "past": found.past, "without": found.without}


def _suggestions(house: _House, begins: date, ends: date) -> Counted:
    found = followup.answered_suggestions(actor=house.actor, begins=_moment(begins), ends=_moment(ends))
    return {"accepted": found.accepted, "nothing_fitted": found.nothing_fitted, "other": found.other}


def _attendance(house: _House, begins: date, ends: date) -> Counted:
    found = signups.attendance(actor=house.actor, begins=_moment(begins), ends=_moment(ends))
    return {"came": found.came, "stayed_away": found.stayed_away, "not_written": found.not_written}


_COUNTS: Mapping[Computed, Callable[[_House, date, date], Counted]] = {
    Computed.NEAREST_RECORDED: _nearest_recorded,
    Computed.CHILDREN_ASKED: _children_asked,
    Computed.FIRST_TALKS: _first_talks,
    Computed.FIRST_CONTACTS: _first_contacts,
    Computed.AGREEMENTS: _agreements,
    Computed.SUGGESTIONS: _suggestions,
    Computed.ATTENDANCE: _attendance,
}
