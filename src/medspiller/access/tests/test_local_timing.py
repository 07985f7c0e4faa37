"""
ASVS 5.0 V6.3.8, by the clock: how long a wrong sign-in takes does not tell which accounts there are.

What is measured is the time that this thread works, not the time that passes: others on
the machine do not count. Each kind of try is made in turn, round after round, and held
against a known account's in the same round; the median of the differences decides.
"""

import gc
import statistics
import time
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.local import WrongCredentials
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.access.web.backends import LocalAccounts
from medspiller.core import clock
from tests.support.database import HERE
from tests.support.staff import employ

RIGHT, WRONG = "blåbær trapp måke seil", "feil passord her"
KNOWN, UNKNOWN = "kjent@kommune.example", "ingen@kommune.example"
CLOSED, EMPTY, OLDER = "stengt@kommune.example", "ubrukt@kommune.example", "gammel@kommune.example"
# Dear enough to be most of what a try costs, cheap enough to be done hundreds of times.
ITERATIONS = 40_000
ROUNDS = 25
# Of the time that one hash takes.
MOST_DIFFERENT = 0.2


@pytest.fixture
def accounts(house, monkeypatch) -> None:
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", ITERATIONS)
    older = PBKDF2PasswordHasher().encode(RIGHT, "salt" * 6, iterations=ITERATIONS // 2)
    passwords = {KNOWN: make_password(RIGHT), CLOSED: make_password(RIGHT), EMPTY: "", OLDER: older}
    for name, password in passwords.items():
        account = employ(tenant_id=HERE, unit_id=house.night, role=Role.CARE_WORKER, subject=name)
        User.objects.filter(id=account.id).update(password=password, is_active=name != CLOSED)


@pytest.fixture
def hash_seconds(accounts) -> float:
    return statistics.median(_took(lambda: make_password(WRONG)) for _ in range(ROUNDS))


def try_once(name: str, password: str = WRONG) -> None:
    """Try as a request does whose counts are thrown away, so that nobody has to wait."""
    with services.TriesOfRequest(), pytest.raises(WrongCredentials):
        services.show_password(
            actor=actors.anonymous(HERE), name=name, password=password, address="192.0.2.7", now=clock.now()
        )


def difference(name: str, password: str = WRONG) -> float:
    """How much longer a try of `name` takes than one of a known account, in seconds."""
    with _WithoutCollector():
        try_once(KNOWN)
        try_once(name, password)
        return statistics.median(
            _took(lambda: try_once(name, password)) - _took(lambda: try_once(KNOWN)) for _ in range(ROUNDS)
        )


def _took(act: Callable[[], object]) -> float:
    before = time.thread_time()
    act()
    return time.thread_time() - before


class _WithoutCollector:
    """Without the collector, which would fall upon some tries and not on others."""

    def __enter__(self) -> None:
        gc.collect()
        gc.disable()

    def __exit__(self, *fault: object) -> None:
        gc.enable()


@pytest.mark.parametrize(
    ("name", "password"),
    [(UNKNOWN, WRONG), (CLOSED, WRONG), (CLOSED, RIGHT), (EMPTY, WRONG), (EMPTY, ""), (OLDER, WRONG)],
    ids=["unknown", "closed", "closed, right password", "no password", "no password, none typed", "older hash"],
)
def test_a_wrong_sign_in_takes_as_long_as_for_a_known_account(accounts, hash_seconds, name, password):
    assert abs(difference(name, password)) < MOST_DIFFERENT * hash_seconds


def test_the_measure_would_find_an_account_that_is_not_hashed_for(accounts, hash_seconds, monkeypatch):
    honest = LocalAccounts.authenticate

    def careless(self, request, account_name="", password="", **more):
        if not User.objects.filter(subject=account_name).exists():
            return None
        return honest(self, request, account_name=account_name, password=password, **more)

    monkeypatch.setattr(LocalAccounts, "authenticate", careless)

    assert difference(UNKNOWN) < -MOST_DIFFERENT * hash_seconds
