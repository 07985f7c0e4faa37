"""Guessing at local accounts: nothing tells which there are, and it takes too long."""

import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from medspiller.access.domain.local import CODE_SECONDS
from medspiller.access.models import User
from medspiller.access.web.local_forms import SignInForm
from medspiller.audit.models import AccessEntry
from tests.support.local_accounts import NAME, PASSWORD, later

pytestmark = pytest.mark.usefixtures("at_noon")


class TestGuessing:
    def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_alike(self, person, solveig):
        person.enrol().sign_out()
        wrong = person.show_password("feil passord her")
        unknown = person.show_password("feil passord her", name="ingen@kommune.example")
        User.objects.filter(id=solveig.id).update(is_active=False)
        closed = person.show_password()

        pages = [_without_names(page.content.decode()) for page in (wrong, unknown, closed)]
        assert [wrong.status_code, unknown.status_code, closed.status_code] == [422, 422, 422]
        assert pages[0] == pages[1] == pages[2]

    @pytest.mark.parametrize("name", [NAME, "ingen@kommune.example"])
    def test_costs_one_password_hash_whether_the_name_is_known_or_not(self, person, monkeypatch, name):
        # ASVS 6.3.8: nor does the time tell
        person.enrol().sign_out()
        hashed = []
        encode = PBKDF2PasswordHasher.encode
        monkeypatch.setattr(
            PBKDF2PasswordHasher, "encode", lambda *given, **named: (hashed.append(1), encode(*given, **named))[1]
        )

        person.show_password("feil passord her", name=name)

        assert len(hashed) == 1

    def test_one_who_has_not_accepted_yet_costs_the_same(self, person, monkeypatch):
        hashed = []
        encode = PBKDF2PasswordHasher.encode
        monkeypatch.setattr(
            PBKDF2PasswordHasher, "encode", lambda *given, **named: (hashed.append(1), encode(*given, **named))[1]
        )

        assert person.show_password("").status_code == 422
        assert person.show_password("feil passord her").status_code == 422
        assert len(hashed) == 1

    @pytest.mark.parametrize("name", [NAME, "ingen@kommune.example"])
    def test_must_wait_after_five_wrong_passwords(self, person, name):
        person.enrol().sign_out()
        tries = [person.show_password("feil passord her", name=name).status_code for _ in range(6)]

        assert tries == [422, 422, 422, 422, 422, 429]
        assert person.show_password(PASSWORD, name=name).status_code == 429

    def test_is_let_in_again_when_the_wait_is_over(self, person):
        person.enrol().sign_out()
        for _ in range(5):
            person.show_password("feil passord her")

        with later(61):
            assert person.show_password().status_code == 302

    def test_codes_must_wait_too(self, person):
        person.enrol().sign_out()
        person.show_password()
        tries = [person.show_code("000000").status_code for _ in range(6)]

        assert tries == [422, 422, 422, 422, 422, 429]
        with later(CODE_SECONDS):
            assert person.show_code(person.code()).status_code == 429
            assert not person.is_in()

    def test_v16_3_1_stands_in_the_access_log(self, person, solveig):
        person.enrol().sign_out()
        person.show_password("feil passord her")
        person.show_password("feil passord her", name="ingen@kommune.example")
        person.show_password()
        person.show_code("000000")
        person.post("/arbeid/konto/logg-inn/nokkel/", answer='{"id": "x"}')

        logged = AccessEntry.objects.filter(kind="refused", action="access.sign_in").order_by("id")
        assert list(logged.values_list("refusal_reason", "subject_id")) == [
            ("wrong_password", solveig.id),
            ("wrong_password", None),
            ("wrong_code", solveig.id),
            ("wrong_passkey", None),
        ]

    def test_the_form_asks_nothing_that_password_managers_do_not_know(self):
        fields = SignInForm().fields

        assert fields["username"].widget.attrs["autocomplete"] == "username"
        assert fields["password"].widget.attrs["autocomplete"] == "current-password"


def _without_names(page):
    page = re.sub(r'value="[^"]*"|nonce="[^"]*"|content="[^"]*"', "", page)
    return re.sub(r"[\w.]+@[\w.]+", "", page)
