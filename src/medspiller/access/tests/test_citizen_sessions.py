"""Sensitive steps of somebody signed in with ID-porten, and the ways out."""

from datetime import timedelta

import pytest

from medspiller.access.models import SessionRecord, User
from medspiller.access.tests.provider_world import (
    claims_now,
    here,
    is_signed_in,
    refusals,
    send_out,
    sign_in,
)
from medspiller.core import clock
from tests.support.fake_issuer import (
    ANOTHER_PERSON_NUMBER,
)
from tests.support.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("db")


class TestSensitiveSteps:
    STEP = "/min-side/logg-inn/igjen/"

    @pytest.fixture
    def signed_in(self, client, id_porten):
        sign_in(client, id_porten)
        return client

    def test_prompt_login_is_asked_for(self, signed_in, id_porten):
        id_porten.answer(send_out(signed_in, self.STEP))

        sent = id_porten.requests[-1]
        assert (sent["prompt"], sent["max_age"]) == ("login", "0")

    def test_the_same_person_goes_on_and_the_proof_is_new(self, signed_in, id_porten):
        (before,) = here(SessionRecord)
        claims_now(id_porten, auth_time=int(clock.now().timestamp()))
        key = signed_in.session.session_key

        answer = sign_in(signed_in, id_porten, self.STEP, next="/min-side/okter/")

        (after,) = here(SessionRecord)
        assert answer["Location"] == "/min-side/okter/"
        assert after.id == before.id
        assert after.auth_time > before.auth_time
        assert signed_in.session.session_key != key

    @pytest.mark.parametrize("age", [None, 60, 3600])
    def test_asvs_6_8_4_an_old_proof_is_refused(self, signed_in, id_porten, age):
        claims_now(id_porten, auth_time=int(clock.now().timestamp()) - age if age else None)

        assert sign_in(signed_in, id_porten, self.STEP).status_code == 403
        assert refusals() == ["not_fresh"]

    def test_it_does_not_matter_how_their_clock_goes(self, signed_in, id_porten):
        id_porten.clock_ahead = timedelta(minutes=-4)

        assert sign_in(signed_in, id_porten, self.STEP).status_code == 302

    def test_another_person_is_refused_and_the_session_stays_whose_it_was(self, signed_in, id_porten):
        (account,) = here(User)
        claims_now(id_porten, sub="somebody-else", pid=ANOTHER_PERSON_NUMBER)

        assert sign_in(signed_in, id_porten, self.STEP).status_code == 403
        assert refusals() == ["other_person"]
        assert [record.user_id for record in here(SessionRecord, ended_at=None)] == [account.id]

    def test_nobody_who_is_not_signed_in_gets_there(self, client, id_porten):
        assert client.get(self.STEP)["Location"].startswith("/min-side/logg-inn/?next=")


class TestTheWayOut:
    FRONT = "/min-side/logg-ut/frontkanal/"

    @pytest.fixture
    def signed_in(self, client, id_porten):
        sign_in(client, id_porten)
        return client

    def test_signing_out_here_goes_on_to_id_porten(self, signed_in, id_porten):
        page = signed_in.post("/min-side/logg-ut/")

        text = page.content.decode()
        assert (
            f"{id_porten.issuer}/logout?post_logout_redirect_uri=http%3A%2F%2Ftestserver%2F&amp;id_token_hint=ey"
            in text
        )
        assert 'http-equiv="refresh"' in text
        assert page["Referrer-Policy"] == "no-referrer"
        assert "storage" in page["Clear-Site-Data"]
        assert not is_signed_in(signed_in)

    def test_signing_out_twice_does_no_harm(self, signed_in):
        signed_in.post("/min-side/logg-ut/")

        assert signed_in.post("/min-side/logg-ut/")["Location"] == "/"

    def test_idporten_front_channel_ends_the_session_without_our_cookie(self, signed_in, id_porten):
        answer = CheckedClient().get(self.FRONT, {"iss": id_porten.issuer, "sid": "session-at-the-issuer"})

        assert answer.status_code == 200
        assert not is_signed_in(signed_in)

    @pytest.mark.parametrize("broken", [{"iss": "\x00"}, {"sid": "a\x00b"}], ids=["issuer", "name"])
    def test_what_can_be_no_name_is_refused(self, signed_in, id_porten, broken):
        answer = CheckedClient().get(self.FRONT, {"iss": id_porten.issuer, "sid": "session-at-the-issuer"} | broken)

        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert is_signed_in(signed_in)

    @pytest.mark.parametrize(
        "changed", [{"sid": "another"}, {"sid": ""}, {"iss": "https://other.example"}, {"iss": ""}]
    )
    def test_another_name_ends_nothing_and_is_answered_alike(self, signed_in, id_porten, changed):
        asked = {"iss": id_porten.issuer, "sid": "session-at-the-issuer"} | changed

        answer = CheckedClient().get(self.FRONT, asked)

        assert (answer.status_code, answer.content) == (200, b"ok")
        assert is_signed_in(signed_in)

    def test_only_the_issuer_may_frame_it(self, signed_in, id_porten):
        answer = CheckedClient().get(self.FRONT, {"iss": id_porten.issuer, "sid": "x"})

        assert f"frame-ancestors {id_porten.issuer};" in f"{answer['Content-Security-Policy']};"
        assert "X-Frame-Options" not in answer
        assert "no-store" in answer["Cache-Control"]

    def test_nobody_else_may(self, id_porten):
        answer = CheckedClient().get(self.FRONT, {"iss": "https://other.example", "sid": "x"})

        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]

    def test_somebody_whose_token_cannot_be_opened_is_signed_out_all_the_same(self, signed_in, id_porten):
        session = signed_in.session
        session["id_token"] = "bm90IG91cnM="
        session.save()

        page = signed_in.post("/min-side/logg-ut/")

        assert "id_token_hint" not in page.content.decode()
        assert not is_signed_in(signed_in)
