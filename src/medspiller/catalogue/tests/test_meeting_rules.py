from datetime import date, datetime, time

import pytest

from medspiller.catalogue.domain.sessions import SessionPlan, ensure_possible
from medspiller.core.clock import OSLO
from medspiller.core.errors import InvalidInput

# Summer time begins on this night: after 01:59 comes 03:00.
NIGHT = date(2026, 3, 29)


def lasting(begins: time, ends: time) -> SessionPlan:
    return SessionPlan(
        starts_at=datetime.combine(NIGHT, begins, tzinfo=OSLO), ends_at=datetime.combine(NIGHT, ends, tzinfo=OSLO)
    )


class TestTheNightWhenSummerTimeBegins:
    def test_a_meeting_that_is_longer_on_the_wall_than_it_is(self):
        ensure_possible(lasting(time(1, 30), time(4)))

    def test_one_that_would_end_before_it_begins_is_refused(self):
        # 02:15 does not exist and is read as 03:15.
        with pytest.raises(InvalidInput) as refused:
            ensure_possible(lasting(time(2, 15), time(3, 10)))

        assert refused.value.problems == {"ends_at": "before"}
