"""When a post or a role can be given, and when an administrator cannot be taken away."""

from datetime import date
from uuid import UUID

import pytest

from medspiller.access.domain.administration import PeriodProblem, latest_end, problem_of, without_administrator
from medspiller.core.periods import Period

TODAY = date(2026, 11, 21)
POST = Period(date(2026, 1, 1))
TOP, WEST, NIGHT, EAST = (UUID(int=number) for number in range(1, 5))
HOUSE = {TOP: None, WEST: TOP, NIGHT: WEST, EAST: TOP}


class TestAPeriod:
    @pytest.mark.parametrize(
        ("start", "end", "problem"),
        [
            (TODAY, date(2027, 1, 1), None),
            (date(2027, 1, 1), date(2027, 1, 2), None),
            (TODAY, date(2031, 11, 21), None),
            (TODAY, date(2031, 11, 22), PeriodProblem.TOO_LONG),
            (TODAY, None, PeriodProblem.NO_END),
            (date(2026, 11, 20), date(2027, 1, 1), PeriodProblem.BEGINS_IN_THE_PAST),
        ],
    )
    def test_has_an_end_within_five_years_and_begins_today_at_the_earliest(self, start, end, problem):
        assert problem_of(Period(start, end), today=TODAY, within=POST) is problem

    @pytest.mark.parametrize(
        ("within", "problem"),
        [
            (Period(TODAY, date(2027, 1, 1)), None),
            (Period(TODAY, date(2026, 12, 31)), PeriodProblem.OUTSIDE),
            (Period(date(2026, 11, 22), date(2028, 1, 1)), PeriodProblem.OUTSIDE),
            (Period(date(2020, 1, 1), date(2021, 1, 1)), PeriodProblem.OUTSIDE),
        ],
    )
    def test_lies_within_what_it_hangs_on(self, within, problem):
        assert problem_of(Period(TODAY, date(2027, 1, 1)), today=TODAY, within=within) is problem

    def test_may_have_begun_before_when_no_day_is_told(self):
        assert problem_of(Period(date(2026, 2, 1), date(2027, 1, 1)), today=None, within=POST) is None

    def test_of_five_years_from_a_leap_day_ends_with_february(self):
        assert latest_end(date(2024, 2, 29)) == date(2029, 3, 1)


class TestTheLastAdministrator:
    @pytest.mark.parametrize(
        ("ended", "left", "uncovered"),
        [
            ([TOP], [], {TOP}),
            ([TOP], [TOP], set()),
            # Whoever administers one ward does not administer the house.
            ([TOP], [WEST], {TOP}),
            ([NIGHT], [TOP], set()),
            ([NIGHT], [WEST], set()),
            ([NIGHT], [EAST], {NIGHT}),
            ([WEST, EAST], [WEST], {EAST}),
            ([], [], set()),
        ],
    )
    def test_is_missed_where_nobody_above_is_one(self, ended, left, uncovered):
        assert without_administrator(ended, left, HOUSE) == uncovered
