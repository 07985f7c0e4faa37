"""Figures of signing up: the form, a sign-up, and an organiser's list of 50; as whole requests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from django.test import Client

from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.catalogue.models import Entry, Session
from medspiller.core import tenancy
from medspiller.signups.tests.factories import citizen, make_course, make_meeting, make_series, sign_up, somebody
from tests.support.database import HERE, commits
from tests.support.staff import build_house, employ, sign_in

COMING, MEETINGS = 50, sized(200)
_PRESS = re.compile(r'name="press" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Course:
    """A course with many meetings, one that takes sign-ups, one and a series with 50 who come, and who runs it."""

    entry: Entry
    open: Session
    organised: Session
    series: Session
    account: User


def bench_signups(bench: Bench) -> None:
    """Each sign-up is somebody else's, from elsewhere, and is kept: the list that it is added to grows meanwhile."""
    with _course() as course:
        size = f"{MEETINGS} meetings, {COMING} who come to each of two"
        path = f"/tilbud/{course.entry.slug}/pamelding/{course.open.id}/"
        anybody, organiser = Client(), Client()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(organiser, course.account)
        bench.measure("signups: the form", lambda: _ok(anybody, path), size=size, count_sql=True, n=100)
        numbers = count(1)
        bench.measure(
            "signups: the form and a sign-up",
            lambda: _signed_up(anybody, path, next(numbers)),
            size=size,
            count_sql=True,
            n=100,
        )
        for what, meeting in (("a meeting", course.organised), ("a series", course.series)):
            of_it = f"/arbeid/tilbud/{course.entry.id}/samlinger/{meeting.id}/deltakere/"
            bench.measure(
                f"signups: the organiser's list of {COMING}, {what}",
                lambda of_it=of_it: _ok(organiser, of_it),
                size=size,
                count_sql=True,
                n=100,
            )


def _ok(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def _signed_up(client: Client, path: str, number: int) -> None:
    press = _PRESS.search(_ok(client, path))
    assert press is not None
    sent = {"press": press[1], "name": f"Demo Person {number}", "contact": f"person{number}@example.org"}
    answer = client.post(path, sent, REMOTE_ADDR=f"2001:db8:{number:x}::1")
    assert answer.status_code == 200, answer.status_code
    assert "/tilbud/plass/" in answer.content.decode()


@contextmanager
def _course() -> Iterator[Course]:
    """Half of those who come have an account; all is thrown away afterwards."""
    with commits():
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            entry = make_course(house.carers)
            for _each in range(MEETINGS - 2):
                make_meeting(entry, capacity=20)
            opened, organised = make_meeting(entry), make_meeting(entry, capacity=COMING)
            series = make_series(entry, count=6, capacity=COMING)
            for number in range(1, COMING + 1):
                for meeting in (organised, series[0]):
                    by = citizen(HERE, name=f"Demo Borger {number}") if number % 2 else None
                    sign_up(meeting, None if by else somebody(number), by=by)
            account = employ(tenant_id=HERE, unit_id=house.carers, role=Role.CARER_CONTACT)
        yield Course(entry, opened, organised, series[0], account)
