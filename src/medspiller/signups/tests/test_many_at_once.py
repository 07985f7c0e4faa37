"""Fifty who sign up at the same moment, and kill -9 in the middle of it: no seat twice, and nobody's place lost."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from medspiller.access.domain import actors
from medspiller.access.domain.throttling import TooManyTries
from medspiller.catalogue.models import Entry, Session
from medspiller.core import ids, tenancy
from medspiller.signups import services
from medspiller.signups.domain.places import SEATED, State
from medspiller.signups.models import SignUp
from medspiller.signups.tests.factories import make_course, make_meeting, make_series, sign_up, somebody
from tests.support.database import HERE, commits
from tests.support.staff import build_house

AT_ONCE, CAPACITY = 50, 20
ENOUGH_ACKNOWLEDGED, PATIENCE_SECONDS = 12, 30
fork = multiprocessing.get_context("fork")


@contextmanager
def transaction() -> Iterator[None]:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        yield


@pytest.fixture(scope="module")
def unit_id(django_db_setup, django_db_blocker) -> Iterator[UUID]:
    """One house for all: emptying the database takes longer than any of the tests."""
    with django_db_blocker.unblock(), commits():
        with transaction():
            made = build_house(HERE).carers
        yield made


@pytest.fixture
def course(unit_id) -> Entry:
    with transaction():
        return make_course(unit_id, slug=f"kurs-{ids.new_id().hex}")


def at_once(act: Callable[[int], object]) -> list[object]:
    """Let fifty do it, each with a connection of their own, and begin when all are there."""
    everybody = threading.Barrier(AT_ONCE)

    def one(number: int) -> object:
        everybody.wait()
        while True:
            try:
                with transaction():
                    return act(number)
            except OperationalError:
                # No connection was free for seconds: they press again, as people do.
                continue
            finally:
                connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def ensure_counted(sessions: list[Session], *, capacity: int) -> None:
    """What is counted is what is held, at each meeting, and no more than there is room for."""
    anchor = min(sessions, key=lambda each: each.id)
    seated = SignUp.objects.filter(session=anchor, state__in=sorted(SEATED)).count()
    taken = set(Session.objects.filter(id__in=[each.id for each in sessions]).values_list("taken", flat=True))
    assert taken == {seated}
    assert seated <= capacity


def test_fifty_at_once_get_the_seats_there_are_and_the_others_their_place_in_the_line(course):
    with transaction():
        meetings = make_series(course, capacity=CAPACITY)

    # They come by different meetings of the series.
    at_once(lambda number: sign_up(meetings[number % len(meetings)], somebody(number), press=f"{course.id} {number}"))

    with transaction():
        rows = list(SignUp.objects.filter(session__entry=course).order_by("number"))
        assert [row.number for row in rows] == list(range(1, AT_ONCE + 1))
        assert [row.state for row in rows] == ["held"] * CAPACITY + ["waiting"] * (AT_ONCE - CAPACITY)
        ensure_counted(meetings, capacity=CAPACITY)


def test_one_who_presses_fifty_times_has_one_seat(course):
    with transaction():
        meeting = make_meeting(course, capacity=CAPACITY)

    placed = at_once(lambda _number: sign_up(meeting, somebody(), press="one and the same").id)

    with transaction():
        assert set(placed) == {SignUp.objects.get(session=meeting).id}
        ensure_counted([meeting], capacity=CAPACITY)


def test_seats_that_are_given_back_while_others_sign_up_are_given_once(course):
    with transaction():
        meeting = make_meeting(course, capacity=CAPACITY)
        presses = [str(ids.new_id()) for _each in range(CAPACITY)]
        for number, press in enumerate(presses):
            sign_up(meeting, somebody(1000 + number), press=press)

    def give_back_or_take(number: int) -> None:
        if number < CAPACITY:
            secret = SignUp.secret_of_press(presses[number])
            services.cancel_by_link(actor=actors.anonymous(course.tenant_id), secret=secret)
        else:
            sign_up(meeting, somebody(number), press=f"{meeting.id} {number}")

    at_once(give_back_or_take)

    with transaction():
        ensure_counted([meeting], capacity=CAPACITY)
        assert SignUp.objects.filter(session=meeting, state__in=sorted(SEATED)).count() == CAPACITY


def come_and_go(meeting: Session, told: Connection) -> None:
    """Sign up and sign off, on and on, and tell what was acknowledged."""
    connection.connect()
    while True:
        press = str(ids.new_id())
        try:
            with transaction():
                row = sign_up(meeting, somebody(ids.new_id().int % 10**12), press=press)
        except TooManyTries:
            continue
        told.send((str(row.id), False))
        if row.number % 3 == 0:
            with transaction():
                services.cancel_by_link(actor=actors.anonymous(HERE), secret=SignUp.secret_of_press(press))
            told.send((str(row.id), True))


def test_kill_9_loses_nobodys_place_and_gives_no_seat_twice(course):
    with transaction():
        meeting = make_meeting(course, capacity=10)
    # What a process has open must not be its children's.
    connection.close()
    connection.close_pool()
    acknowledged: dict[str, bool] = {}
    for _process in range(2):
        here, there = fork.Pipe(duplex=False)
        child = fork.Process(target=come_and_go, args=(meeting, there), daemon=True)
        child.start()
        there.close()
        for _answer in range(ENOUGH_ACKNOWLEDGED):
            assert here.poll(PATIENCE_SECONDS), "nothing was acknowledged"
            sign_up_id, is_off = here.recv()
            acknowledged[sign_up_id] = is_off
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        here.close()

    with transaction():
        rows = {str(row.id): row.state for row in SignUp.objects.filter(session=meeting)}
        assert [each for each in acknowledged if each not in rows] == []
        assert [each for each, is_off in acknowledged.items() if is_off and rows[each] != State.CANCELLED] == []
        ensure_counted([meeting], capacity=10)
        # Nobody waits while a seat is free.
        assert SignUp.objects.filter(session=meeting, state__in=sorted(SEATED)).count() == 10
