"""When units and posts may open and close."""

from datetime import date

import pytest

from medspiller.core.periods import EndBeforeStart, Period
from medspiller.organisations.domain import closing

OPEN = Period(date(2026, 1, 1))
LEAP_DAY = date(2028, 2, 29)


class TestOpening:
    def test_is_accepted_from_the_first_day(self):
        closing.ensure_open_on(OPEN, date(2026, 1, 1))

    def test_is_refused_the_day_before(self):
        with pytest.raises(closing.NotOpenThen):
            closing.ensure_open_on(OPEN, date(2025, 12, 31))

    def test_is_refused_in_a_unit_that_will_close(self):
        with pytest.raises(closing.NotOpenThen):
            closing.ensure_open_on(Period(date(2026, 1, 1), LEAP_DAY), date(2026, 6, 1))


class TestClosing:
    def test_keeps_the_start_and_sets_the_first_day_that_is_no_more(self):
        assert closing.close(OPEN, closed_from=LEAP_DAY) == Period(date(2026, 1, 1), LEAP_DAY)

    def test_is_refused_twice_and_says_when_it_was_closed(self):
        with pytest.raises(closing.AlreadyClosed) as refusal:
            closing.close(Period(date(2026, 1, 1), LEAP_DAY), closed_from=date(2027, 1, 1))

        assert refusal.value.closed_from == LEAP_DAY

    def test_is_refused_where_no_day_would_be_left(self):
        with pytest.raises(EndBeforeStart):
            closing.close(OPEN, closed_from=date(2026, 1, 1))

    def test_is_accepted_for_an_empty_unit(self):
        closing.ensure_empty(subunits=[], posts=[])

    def test_is_refused_for_a_unit_in_use_and_names_what_is_open(self):
        with pytest.raises(closing.StillInUse) as refusal:
            closing.ensure_empty(subunits=["Sone sør"], posts=["Sykepleier"])

        assert (refusal.value.subunits, refusal.value.posts) == (("Sone sør",), ("Sykepleier",))
