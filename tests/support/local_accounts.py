"""Somebody with a local account, at a browser, with a phone in the hand."""

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from medspiller.access import services
from medspiller.access.domain import actors, recovery_codes
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock
from tests.support.authenticator import code_at
from tests.support.staff import House, employ

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
PASSWORD = "blåbær trapp måke seil"
NAME = "solveig@kommune.example"
SIGN_IN = "/arbeid/konto/logg-inn/"
SECOND_STEP = "/arbeid/konto/logg-inn/trinn-2/"


@pytest.fixture
def at_noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


REAL_ITERATIONS, REAL_COST = PBKDF2PasswordHasher.iterations, dict(recovery_codes._COST)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Make a password and a recovery code cost a moment; that it costs the same for all is counted in calls."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
        patch.setitem(recovery_codes._COST, "n", 2**4)
        yield


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test meet what the product really does."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", REAL_ITERATIONS)
    monkeypatch.setitem(recovery_codes._COST, "n", REAL_COST["n"])


@pytest.fixture
def solveig(house: House) -> User:
    """An account that nobody has taken into use yet."""
    return employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, subject=NAME)


@pytest.fixture
def invitation_link(house: House, solveig: User) -> str:
    token = services.invite(actor=actors.system(house.tenant_id), user_id=solveig.id, now=clock.now())
    return reverse("access:invitation", args=[token])


@pytest.fixture
def person(client: Client, invitation_link: str) -> "Person":
    return Person(client, invitation_link)


class Person:
    """Somebody at a browser, with a phone in the hand."""

    def __init__(self, client: Client, link: str):
        self.client, self.link, self.secret = client, link, ""
        self.codes: list[str] = []
        self.client.defaults["HTTP_HOST"] = "localhost"

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, **typed: str) -> Any:
        return self.client.post(path, typed)

    def accept(self, password: str = PASSWORD) -> Any:
        assert self.post(self.link).status_code == 302
        return self.post("/arbeid/konto/passord/velg/", password=password, again=password)

    def set_up_app(self, path: str = "/arbeid/konto/oppsett/app/") -> Any:
        page = self.get(path).content.decode()
        self.secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1]
        return self.post(path, code=self.code())

    def code(self) -> str:
        return code_at(self.secret, clock.now())

    def take_recovery_codes(self, path: str = "/arbeid/konto/oppsett/reservekoder/") -> Any:
        page = self.post(path)
        self.codes = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.content.decode())
        return page

    def enrol(self) -> "Person":
        """Take the account into use, with an app for codes."""
        self.accept()
        self.set_up_app()
        self.take_recovery_codes()
        return self

    def sign_out(self) -> "Person":
        self.post("/arbeid/logg-ut/")
        return self

    def show_password(self, password: str = PASSWORD, name: str = NAME, **more: str) -> Any:
        return self.post(SIGN_IN, username=name, password=password, **more)

    def show_code(self, code: str) -> Any:
        return self.post(SECOND_STEP, code=code)

    def is_in(self) -> bool:
        return self.get("/arbeid/").status_code == 200

    def ask(self, path: str) -> Any:
        return self.post(path).json()

    def answer(self, answer: object) -> str:
        return json.dumps(answer)


def later(seconds: float) -> AbstractContextManager[None]:
    return clock.frozen(clock.now() + timedelta(seconds=seconds))
