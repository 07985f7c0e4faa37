"""ASVS 5.0 V6.3.1: guessing is slowed down, for accounts that exist and for those that do not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.throttling import (
    RULES,
    TooManyTries,
    Tries,
    UnknownThrottle,
    What,
    address_name,
    ensure_not_locked,
    one_more,
    rule,
)
from medspiller.access.models import Throttle
from medspiller.core import tenancy
from tests.support.database import ELSEWHERE, HERE

NINE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
RULE = rule(What.SIGN_IN_ACCOUNT)
NOBODY = actors.anonymous(HERE)
SYSTEM = actors.system(HERE)


def after(tries: int, *, now: datetime = NINE) -> Tries | None:
    counted = None
    for _ in range(tries):
        counted = one_more(counted, rule=RULE, now=now)
    return counted


class TestTheRule:
    def test_lets_some_tries_be_free(self):
        ensure_not_locked(after(RULE.free - 1), now=NINE)

    def test_then_makes_one_wait(self):
        with pytest.raises(TooManyTries) as refusal:
            ensure_not_locked(after(RULE.free), now=NINE)

        assert refusal.value.until == NINE + timedelta(minutes=1)

    def test_waits_double_and_stop_growing(self):
        waits = [after(RULE.free + more).locked_until - NINE for more in range(6)]

        assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 8, 15, 15]

    def test_the_moment_a_wait_ends_one_may_try(self):
        ensure_not_locked(after(RULE.free), now=NINE + timedelta(minutes=1))

    def test_a_wait_does_not_wash_the_count_away(self):
        again = one_more(after(RULE.free), rule=RULE, now=NINE + timedelta(minutes=2))

        assert again.locked_until == NINE + timedelta(minutes=4)

    def test_a_quiet_hour_does(self):
        again = one_more(after(RULE.free), rule=RULE, now=NINE + timedelta(minutes=61))

        assert (again.count, again.locked_until) == (1, None)

    @given(st.integers(min_value=0, max_value=10_000), st.sampled_from(sorted(RULES)))
    def test_nobody_is_locked_out_for_longer_than_the_longest_wait(self, count, what):
        locked = one_more(Tries(window_from=NINE, count=count), rule=RULES[what], now=NINE).locked_until

        assert locked is None or locked - NINE <= RULES[what].longest_wait

    def test_nobody_can_lock_a_colleague_out_for_long(self):
        assert RULE.longest_wait <= timedelta(minutes=15)

    @pytest.mark.parametrize("what", sorted(RULES))
    def test_nist_s_hundred_tries_take_hours(self, what):
        each, now, counted = RULES[what], NINE, None
        for _ in range(100):
            counted = one_more(counted, rule=each, now=now)
            now = counted.locked_until or now

        assert now - NINE > timedelta(hours=8)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_counted_as_one_household(address, name):
    assert address_name(address) == name


class TestCounting:
    def tried(self, times: int, who: str = "ola@demo.invalid") -> None:
        for _ in range(times):
            services.count_try(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who=who, now=NINE)

    def check(self, who: str = "ola@demo.invalid", now: datetime = NINE) -> None:
        services.check_throttle(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who=who, now=now)

    def test_too_many_tries_are_refused(self, here):
        self.tried(RULE.free)

        with pytest.raises(TooManyTries):
            self.check()

    def test_how_a_name_is_written_makes_no_difference(self, here):
        self.tried(RULE.free, who=" OLA@demo.invalid ")

        with pytest.raises(TooManyTries):
            self.check()

    def test_another_name_is_not_affected(self, here):
        self.tried(RULE.free)

        self.check(who="kari@demo.invalid")

    def test_whoever_got_in_begins_anew(self, here):
        self.tried(RULE.free)
        services.clear_tries(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who="ola@demo.invalid")

        self.check()

    def test_names_are_stored_as_keyed_hashes_only(self, here):
        self.tried(1)

        row = Throttle.objects.get()
        assert len(bytes(row.who_hash)) == 32
        assert b"ola" not in bytes(row.who_hash)

    def test_what_has_no_rule_cannot_be_counted(self, here):
        with pytest.raises(UnknownThrottle):
            services.count_try(actor=NOBODY, what="guess", who="x", now=NINE)

    def test_old_counts_are_thrown_away_and_live_ones_kept(self, here):
        self.tried(1)
        self.tried(RULE.free, who="kari@demo.invalid")

        assert services.forget_old_tries(actor=SYSTEM, now=NINE + RULE.window) == 1
        assert services.forget_old_tries(actor=SYSTEM, now=NINE + RULE.window + timedelta(minutes=1)) == 1


class TestReallyCommitted:
    def counted(self) -> list[int]:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return list(Throttle.objects.values_list("count", flat=True))

    @pytest.mark.parametrize("kept", [True, False])
    def test_a_try_is_counted_once_whether_its_request_was_kept_or_rolled_back(self, committed, kept):
        with services.TriesOfRequest() as tries:
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=NOBODY.id):
                services.count_try(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who="ola", now=NINE)
                transaction.set_rollback(not kept)
            tries.write()

        assert self.counted() == [1]

    def test_one_taken_back_in_the_same_request_is_not(self, committed):
        with services.TriesOfRequest() as tries:
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=NOBODY.id):
                services.count_try(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who="ola", now=NINE)
                services.clear_tries(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who="ola")
            tries.write()

        assert self.counted() == []

    def test_tenants_count_apart(self, committed):
        for _ in range(RULE.free):
            with tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=NOBODY.id):
                services.count_try(actor=actors.anonymous(ELSEWHERE), what=What.SIGN_IN_ACCOUNT, who="ola", now=NINE)

        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=NOBODY.id):
            services.check_throttle(actor=NOBODY, what=What.SIGN_IN_ACCOUNT, who="ola", now=NINE)
        assert self.counted() == []
