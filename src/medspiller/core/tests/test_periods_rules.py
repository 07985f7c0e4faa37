from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.core.periods import EndBeforeStart, Period

SPRING = Period(date(2026, 3, 1), date(2026, 6, 1))
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    later = draw(st.none() | days.filter(lambda day: day > start))
    return Period(start, later)


def test_the_first_day_is_inside_and_the_end_is_not():
    assert date(2026, 3, 1) in SPRING
    assert date(2026, 5, 31) in SPRING
    assert date(2026, 6, 1) not in SPRING
    assert date(2026, 2, 28) not in SPRING


def test_an_open_period_has_no_last_day_and_no_length():
    still_open = Period(date(2026, 3, 1))

    assert date(2400, 1, 1) in still_open
    assert still_open.last_day is None
    assert still_open.days is None


def test_last_day_and_length_are_said_as_people_say_them():
    assert SPRING.last_day == date(2026, 5, 31)
    assert SPRING.days == 92


def test_a_leap_day_counts():
    assert Period(date(2028, 2, 28), date(2028, 3, 1)).days == 2


@pytest.mark.parametrize("end", [date(2026, 3, 1), date(2026, 2, 1)])
def test_a_period_that_would_hold_no_day_is_refused(end):
    with pytest.raises(EndBeforeStart) as refusal:
        Period(date(2026, 3, 1), end)

    assert refusal.value.end == end


def test_periods_that_only_meet_do_not_overlap():
    summer = Period(date(2026, 6, 1), date(2026, 9, 1))

    assert not SPRING.overlaps(summer)
    assert SPRING.intersection(summer) is None


@given(periods(), periods(), days)
def test_a_day_is_in_the_intersection_exactly_if_it_is_in_both(one, other, day):
    both = one.intersection(other)

    assert (both is not None and day in both) == (day in one and day in other)


@given(periods(), periods())
def test_overlap_is_mutual(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)
