"""ASVS 5.0 V7.3.1 and V7.3.2 as plain rules: what a session is at a moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.access.domain.devices import device_name
from medspiller.access.domain.sessions import (
    LIMITS,
    RECENT_SIGN_IN,
    SessionState,
    SessionTimes,
    expiry,
    is_recent,
    state_at,
    worth_touching,
)
from medspiller.core.actors import ActorKind

NINE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KINDS = st.sampled_from([ActorKind.STAFF, ActorKind.CITIZEN])
MINUTES = st.integers(min_value=0, max_value=24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def times(kind: ActorKind = ActorKind.STAFF, *, seen: timedelta = timedelta(), ended_at: datetime | None = None):
    return SessionTimes(
        kind=kind, seen_at=NINE + seen, expires_at=expiry(kind=kind, started_at=NINE), ended_at=ended_at
    )


class TestLimits:
    def test_a_citizens_are_shorter_than_id_portens(self):
        limits = LIMITS[ActorKind.CITIZEN]

        assert limits.inactivity < timedelta(minutes=30)
        assert limits.absolute < timedelta(minutes=120)

    def test_staffs_stay_within_what_nist_allows(self):
        limits = LIMITS[ActorKind.STAFF]

        assert limits.inactivity <= timedelta(minutes=30)
        assert limits.absolute <= timedelta(hours=12)

    @pytest.mark.parametrize("kind", [ActorKind.STAFF, ActorKind.CITIZEN])
    def test_a_limit_is_over_at_its_very_moment(self, kind):
        idle = times(kind).seen_at + LIMITS[kind].inactivity
        used_to_the_end = times(kind, seen=LIMITS[kind].absolute - timedelta(seconds=1))

        assert state_at(times(kind), now=idle - timedelta(microseconds=1)) is SessionState.LIVE
        assert state_at(times(kind), now=idle) is SessionState.IDLE
        assert state_at(used_to_the_end, now=used_to_the_end.expires_at) is SessionState.EXPIRED


class TestState:
    @given(kind=KINDS, seen=MINUTES, later=MINUTES, further=MINUTES)
    def test_what_is_over_stays_over(self, kind, seen, later, further):
        session = times(kind, seen=seen)
        now = session.seen_at + later

        if state_at(session, now=now) is not SessionState.LIVE:
            assert state_at(session, now=now + further) is not SessionState.LIVE

    @given(kind=KINDS, seen=MINUTES, later=MINUTES)
    def test_it_is_live_until_it_closes_and_not_a_moment_longer(self, kind, seen, later):
        session = times(kind, seen=seen)
        now = session.seen_at + later

        assert (state_at(session, now=now) is SessionState.LIVE) is (now < session.closes_at)

    @given(kind=KINDS, seen=MINUTES, later=MINUTES, used=MINUTES)
    def test_no_use_makes_it_last_longer_than_the_absolute_limit(self, kind, seen, later, used):
        session = times(kind, seen=seen + used)

        assert session.closes_at <= NINE + LIMITS[kind].absolute

    @given(kind=KINDS, seen=MINUTES, later=MINUTES)
    def test_one_that_was_ended_is_ended_whatever_the_time(self, kind, seen, later):
        session = times(kind, seen=seen, ended_at=NINE)

        assert state_at(session, now=NINE + later) is SessionState.ENDED

    @given(kind=KINDS, seen=MINUTES)
    def test_the_warning_comes_two_minutes_before(self, kind, seen):
        session = times(kind, seen=seen)

        assert session.closes_at - session.warns_at == timedelta(minutes=2)

    def test_use_prolongs_until_the_absolute_limit_comes_first(self):
        assert times(ActorKind.CITIZEN, seen=timedelta(minutes=39)).can_be_prolonged
        assert not times(ActorKind.CITIZEN, seen=timedelta(minutes=40)).can_be_prolonged


def test_a_sign_in_is_recent_for_five_minutes():
    assert is_recent(auth_time=NINE, now=NINE + RECENT_SIGN_IN - timedelta(seconds=1))
    assert not is_recent(auth_time=NINE, now=NINE + RECENT_SIGN_IN)


def test_being_seen_is_written_once_a_minute():
    assert not worth_touching(seen_at=NINE, now=NINE + timedelta(seconds=59))
    assert worth_touching(seen_at=NINE, now=NINE + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0", ""),
        ("<script>Firefox</script>", "Firefox"),
    ],
)
def test_a_browser_is_named_in_words_of_our_own(user_agent, name):
    assert device_name(user_agent) == name
