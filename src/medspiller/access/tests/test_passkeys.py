"""Passkeys: they open what they were made for, and nothing else does."""

import pytest

from medspiller.access.models import SessionRecord, User
from tests.support.authenticator import Authenticator
from tests.support.local_accounts import SECOND_STEP

pytestmark = pytest.mark.usefixtures("at_noon")


class TestPasskeys:
    @pytest.fixture
    def passkey(self, person):
        person.enrol()
        passkey = Authenticator()
        made = passkey.make(person.ask("/arbeid/konto/nokkel/sporsmal/"))
        added = person.post("/arbeid/konto/nokkel/", name="Jobbtelefon", answer=person.answer(made))
        assert added.url == "/arbeid/konto/"
        person.sign_out()
        return passkey

    def show(self, person, passkey):
        shown = passkey.show(person.ask("/arbeid/konto/logg-inn/nokkel/sporsmal/"))
        return person.post("/arbeid/konto/logg-inn/nokkel/", answer=person.answer(shown))

    def test_open_a_session_alone(self, person, passkey):
        assert self.show(person, passkey).url == "/arbeid/"
        assert person.is_in()
        assert SessionRecord.objects.get(ended_at=None).amr == "pop user mfa"

    def test_stand_beside_a_password(self, person, passkey):
        person.show_password()
        shown = passkey.show(person.ask("/arbeid/konto/logg-inn/nokkel/sporsmal/"))

        assert person.post(SECOND_STEP, answer=person.answer(shown)).status_code == 302
        assert person.is_in()

    def test_the_question_tells_of_no_account(self, person, passkey):
        asked = person.ask("/arbeid/konto/logg-inn/nokkel/sporsmal/")["publicKey"]

        assert not asked.get("allowCredentials")
        assert asked["userVerification"] == "required"

    def test_are_refused_from_another_site(self, person, passkey):
        passkey.origin = "https://evil.example"

        assert self.show(person, passkey).status_code == 422
        assert not person.is_in()

    def test_are_refused_without_finger_face_or_code(self, person, passkey):
        passkey.user_verified = False

        assert self.show(person, passkey).status_code == 422

    def test_are_refused_when_another_key_signs(self, person, passkey):
        passkey.key = Authenticator().key

        assert self.show(person, passkey).status_code == 422

    def test_are_refused_when_the_question_was_answered_already(self, person, passkey):
        shown = person.answer(passkey.show(person.ask("/arbeid/konto/logg-inn/nokkel/sporsmal/")))
        assert person.post("/arbeid/konto/logg-inn/nokkel/", answer=shown).status_code == 302
        person.sign_out()

        assert person.post("/arbeid/konto/logg-inn/nokkel/", answer=shown).status_code == 422
        person.ask("/arbeid/konto/logg-inn/nokkel/sporsmal/")
        assert person.post("/arbeid/konto/logg-inn/nokkel/", answer=shown).status_code == 422

    def test_are_refused_when_a_key_that_counts_counts_backwards(self, person, passkey):
        passkey.counts, passkey.uses = True, 7
        assert self.show(person, passkey).status_code == 302
        person.sign_out()
        passkey.uses = 3

        assert self.show(person, passkey).status_code == 422

    def test_are_refused_for_a_closed_account(self, person, passkey, solveig):
        User.objects.filter(id=solveig.id).update(is_active=False)

        assert self.show(person, passkey).status_code == 422

    @pytest.mark.parametrize(
        "answer",
        [
            "", "nonsense", "[]", "{}", "null", '{"id": 1}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
            ' "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30",'
            ' "authenticatorData": "AA", "signature": "AA", "userHandle": 7}}',
        ],
    )  # fmt: skip
    def test_nonsense_gets_a_clear_page(self, person, passkey, answer):
        person.ask("/arbeid/konto/logg-inn/nokkel/sporsmal/")

        assert person.post("/arbeid/konto/logg-inn/nokkel/", answer=answer).status_code == 422
