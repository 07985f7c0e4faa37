"""What ID-porten's answers are refused for, each test named after the point it breaks."""

from datetime import timedelta

import pytest

from medspiller.access.models import User
from medspiller.access.tests.provider_world import (
    CLIENT_ID,
    RETURN,
    claims_now,
    come_back,
    here,
    is_signed_in,
    refusals,
    register,
    send_out,
    sign_in,
)
from medspiller.core import clock
from tests.support.fake_issuer import (
    key_named,
    signed_with_public_key,
    unsigned,
)
from tests.support.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("db")


# What the token says → the point it breaks, and the reason on record.
BENT_CLAIMS = {
    "oidc_core_3_1_3_7_2_wrong_iss": ({"iss": "https://idporten.example"}, 400, "wrong_issuer"),
    "oidc_core_3_1_3_7_2_no_iss": ({"iss": None}, 400, "wrong_issuer"),
    "asvs_10_5_4_wrong_aud": ({"aud": "another-service"}, 400, "wrong_audience"),
    "asvs_10_5_4_one_aud_among_others": ({"aud": [CLIENT_ID, "another-service"]}, 400, "wrong_audience"),
    "asvs_9_2_3_no_aud": ({"aud": None}, 400, "wrong_audience"),
    "oidc_core_3_1_3_7_5_wrong_azp": ({"azp": "another-service"}, 400, "wrong_audience"),
    "asvs_10_5_1_wrong_nonce": ({"nonce": "of-another-sign-in"}, 400, "wrong_nonce"),
    "asvs_10_5_1_no_nonce": ({"nonce": None}, 400, "wrong_nonce"),
    "idporten_too_low_acr": ({"acr": "idporten-loa-low"}, 403, "too_weak"),
    "idporten_old_acr": ({"acr": "Level4"}, 403, "too_weak"),
    "asvs_6_8_4_no_acr": ({"acr": None}, 403, "too_weak"),
    "oidc_core_2_no_sub": ({"sub": None}, 400, "malformed"),
    "oidc_core_2_sub_no_text": ({"sub": 7}, 400, "malformed"),
    "oidc_core_2_no_exp": ({"exp": None}, 400, "malformed"),
    "oidc_core_2_exp_no_number": ({"exp": "tomorrow"}, 400, "malformed"),
    "oidc_core_2_iat_beyond_time": ({"iat": 10**18}, 400, "malformed"),
    "oidc_core_2_amr_of_numbers": ({"amr": [1]}, 400, "malformed"),
}


class TestRefusedTokens:
    @pytest.mark.parametrize("point", BENT_CLAIMS)
    def test_refused(self, client, id_porten, point):
        bent, status, reason = BENT_CLAIMS[point]
        claims_now(id_porten, **bent)

        answer = sign_in(client, id_porten)

        assert answer.status_code == status
        assert refusals() == [reason]
        assert not is_signed_in(client)
        assert here(User) == []

    def test_asvs_9_2_1_expired(self, client, id_porten):
        moment = int(clock.now().timestamp())
        claims_now(id_porten, exp=moment - 301)

        sign_in(client, id_porten)

        assert refusals() == ["token_expired"]
        assert not is_signed_in(client)

    def test_asvs_9_2_1_not_yet_valid(self, client, id_porten):
        claims_now(id_porten, nbf=int(clock.now().timestamp()) + 400)

        sign_in(client, id_porten)

        assert refusals() == ["clocks_apart"]

    def test_asvs_9_1_2_alg_none(self, client, id_porten):
        brought = id_porten.answer(send_out(client))
        id_porten.token = unsigned(id_porten.claims_for(id_porten.requests[-1]))

        come_back(client, brought)

        assert refusals() == ["wrong_algorithm"]
        assert not is_signed_in(client)

    def test_asvs_9_1_2_alg_hs256_with_the_public_key(self, client, id_porten):
        brought = id_porten.answer(send_out(client))
        id_porten.token = signed_with_public_key(id_porten.claims_for(id_porten.requests[-1]), key_named("issuer-1"))

        come_back(client, brought)

        assert refusals() == ["wrong_algorithm"]
        assert not is_signed_in(client)

    def test_asvs_9_1_3_unknown_key(self, client, id_porten):
        id_porten.key = key_named("issuer-2")

        sign_in(client, id_porten)

        assert refusals() == ["unknown_key"]
        assert not is_signed_in(client)

    def test_asvs_9_1_3_a_key_brought_along(self, client, id_porten):
        id_porten.key = key_named("issuer-2")
        id_porten.header = {"kid": "issuer-1", "jwk": key_named("issuer-2").as_dict(private=False)}

        sign_in(client, id_porten)

        assert refusals() == ["bad_signature"]
        assert not is_signed_in(client)

    def test_asvs_9_1_1_another_key_under_a_known_name(self, client, id_porten):
        id_porten.key = key_named("issuer-2")
        id_porten.header = {"kid": "issuer-1"}

        sign_in(client, id_porten)

        assert refusals() == ["bad_signature"]

    @pytest.mark.parametrize("kind", ["at+jwt", "logout+jwt"])
    def test_asvs_9_2_2_a_token_of_another_kind(self, client, id_porten, kind):
        id_porten.header = {"typ": kind}

        sign_in(client, id_porten)

        assert refusals() == ["wrong_type"]

    @pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "....", "é.b.c", "x" * 40_000])
    def test_what_is_no_token(self, client, id_porten, token):
        id_porten.token = token

        assert sign_in(client, id_porten).status_code == 400
        assert refusals() == ["malformed"]


class TestRefusedAnswers:
    def test_rfc_9207_answer_by_another_issuer(self, client, id_porten):
        brought = id_porten.answer(send_out(client), iss="https://other.example")

        assert come_back(client, brought).status_code == 400
        assert refusals() == ["wrong_issuer"]
        assert id_porten.count("/token") == 0, "the code is not carried to the wrong one"

    def test_rfc_9207_answer_without_the_promised_issuer(self, client, id_porten):
        come_back(client, id_porten.answer(send_out(client), iss=None))

        assert refusals() == ["wrong_issuer"]

    def test_an_issuer_that_never_promised_need_not_name_itself(self, client, fake_issuer):
        fake_issuer.says_issuer = False
        register(fake_issuer)

        assert sign_in(client, fake_issuer).status_code == 302

    @pytest.mark.parametrize("state", [None, "", "another", "x" * 5000])
    def test_asvs_10_2_1_wrong_state(self, client, id_porten, state):
        answer = come_back(client, id_porten.answer(send_out(client), state=state))

        assert answer.status_code == 400
        assert refusals() == ["unknown_state"]
        assert not is_signed_in(client)

    def test_rfc_6749_3_1_a_parameter_sent_twice(self, client, id_porten):
        brought = id_porten.answer(send_out(client))
        twice = "&".join(f"{name}={value}" for name, value in [*brought.items(), ("code", "another")])

        assert client.get(f"{RETURN}?{twice}").status_code == 400
        assert refusals() == ["malformed"]

    def test_rfc_7636_missing_pkce(self, client, id_porten):
        # Somebody begins without a challenge, as an old client would, and their code is put into our answer.
        brought = id_porten.answer(send_out(client))
        del id_porten.codes[brought["code"]]["code_challenge"]

        assert come_back(client, brought).status_code == 400
        assert refusals() == ["code_refused"]

    def test_rfc_7636_a_code_that_another_browser_asked_for(self, client, id_porten):
        theirs = id_porten.answer(send_out(CheckedClient()))
        mine = id_porten.answer(send_out(client), code=theirs["code"])

        come_back(client, mine)

        assert refusals() == ["code_refused"]
        assert not is_signed_in(client)

    def test_asvs_10_4_2_replayed_code(self, client, id_porten):
        brought = id_porten.answer(send_out(client))
        come_back(client, brought)
        again = id_porten.answer(send_out(client), code=brought["code"])

        assert come_back(client, again).status_code == 400
        assert refusals() == ["code_refused"]

    def test_replayed_answer(self, client, id_porten):
        brought = id_porten.answer(send_out(client))
        come_back(client, brought)
        client.post("/min-side/logg-ut/")

        assert come_back(client, brought).status_code == 400
        assert refusals() == ["already_used"]
        assert not is_signed_in(client)
        assert id_porten.count("/token") == 1

    def test_an_attempt_that_was_refused_is_used_up_too(self, client, id_porten):
        brought = id_porten.answer(send_out(client))
        come_back(client, brought | {"iss": "https://other.example"})

        come_back(client, brought)

        assert refusals() == ["wrong_issuer", "already_used"]

    def test_asvs_10_1_2_login_csrf_from_another_browser(self, client, id_porten):
        # An attacker signs in as themselves and lets somebody else's browser follow the link back.
        attacker = CheckedClient()
        brought = id_porten.answer(send_out(attacker))

        assert come_back(client, brought).status_code == 400
        assert refusals() == ["other_browser"]
        assert not is_signed_in(client)
        # The one who began it is not disturbed.
        assert come_back(attacker, brought).status_code == 302

    def test_a_browser_with_a_secret_of_its_own_is_another_one_too(self, client, id_porten):
        send_out(client)
        brought = id_porten.answer(send_out(CheckedClient()))

        come_back(client, brought)

        assert refusals() == ["other_browser"]

    def test_ten_minutes_are_the_limit(self, client, id_porten):
        brought = id_porten.answer(send_out(client))

        with clock.frozen(clock.now() + timedelta(minutes=10)):
            assert come_back(client, brought).status_code == 400
            assert refusals() == ["expired"]

    def test_somebody_who_changed_their_mind_is_met_kindly(self, client, id_porten):
        brought = id_porten.answer(send_out(client), code=None, error="access_denied")

        page = come_back(client, brought)

        assert page.status_code == 403
        assert "Du logget ikke inn" in page.content.decode()
        assert refusals() == ["cancelled"]

    @pytest.mark.parametrize(("error", "reason"), [("server_error", "unreachable"), ("invalid_request", "nonsense")])
    def test_their_fault_is_told_as_theirs(self, client, id_porten, error, reason):
        page = come_back(client, id_porten.answer(send_out(client), code=None, error=error))

        assert page.status_code == 503
        assert refusals() == [reason]

    def test_staff_and_citizen_answers_are_not_mixed(self, client, id_porten):
        brought = id_porten.answer(send_out(client))

        assert come_back(client, brought, "/arbeid/logg-inn/retur/").status_code == 400
        assert refusals() == ["unknown_state"]


class TestClocks:
    @pytest.mark.parametrize("minutes", [-5, 5])
    def test_five_minutes_apart_are_let_pass(self, client, id_porten, minutes):
        # A second inside, since the answer itself takes some.
        id_porten.clock_ahead = timedelta(minutes=minutes) - timedelta(seconds=5 if minutes > 0 else -5)

        assert sign_in(client, id_porten).status_code == 302

    @pytest.mark.parametrize("minutes", [-9, 6])
    def test_more_is_told_as_what_it_is(self, client, id_porten, minutes):
        id_porten.clock_ahead = timedelta(minutes=minutes)

        page = sign_in(client, id_porten)

        assert "klokka" in page.content.decode()
        assert refusals()[0] in ("clocks_apart", "token_expired")
