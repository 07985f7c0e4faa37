"""Signing in with ID-porten, against an issuer that does what ID-porten does."""

import logging
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from medspiller.access.domain.accounts import PERSON_NUMBER as PURPOSE
from medspiller.access.models import SessionRecord, User
from medspiller.access.tests.provider_world import (
    CLIENT_ID,
    GO,
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
from medspiller.core import tenancy
from medspiller.core.encryption import keyed_hash
from medspiller.core.person_numbers import check
from tests.support.database import HERE
from tests.support.fake_issuer import (
    ANOTHER_PERSON_NUMBER,
    PERSON_NUMBER,
)
from tests.support.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("db")

# What a hospital gives somebody who has no number of their own; made here, so that none stands in the file.
HOSPITAL_NUMBER = next(number for end in range(100) if check(number := f"135272480{end:02}").valid)


class TestTheWayIn:
    def test_somebody_signs_in_and_sees_their_page(self, client, id_porten):
        page = client.get("/min-side/logg-inn/")
        assert f'href="{GO}' in page.content.decode()

        answer = sign_in(client, id_porten)

        assert answer.status_code == 302
        assert answer["Location"] == "/min-side/"
        assert is_signed_in(client)

    def test_the_request_says_all_that_id_porten_asks_for(self, client, id_porten):
        id_porten.answer(send_out(client))

        (sent,) = id_porten.requests
        assert sent["client_id"] == CLIENT_ID
        assert sent["redirect_uri"] == f"http://testserver{RETURN}"
        assert sent["scope"] == "openid profile"
        assert sent["acr_values"] == "idporten-loa-substantial"
        assert sent["response_type"] == "code"
        assert sent["ui_locales"] == "nb"
        assert sent["code_challenge_method"] == "S256"
        assert {len(sent[name]) for name in ("state", "nonce", "code_challenge")} == {43}
        assert "prompt" not in sent

    def test_asvs_10_1_2_nothing_that_binds_can_be_guessed_or_comes_twice(self, client, id_porten):
        for _ in range(20):
            id_porten.answer(send_out(client))

        for name in ("state", "nonce", "code_challenge"):
            assert len({sent[name] for sent in id_porten.requests}) == 20

    def test_the_request_is_pushed_ahead_where_that_is_offered(self, client, fake_issuer):
        fake_issuer.offers_par = True
        register(fake_issuer)

        address = send_out(client)

        assert "request_uri=urn" in address
        assert "state=" not in address
        sign_in(client, fake_issuer)
        assert is_signed_in(client)
        assert fake_issuer.count("/par") == 2

    def test_one_comes_to_the_page_one_was_going_to(self, client, id_porten):
        answer = sign_in(client, id_porten, next="/min-side/okter/?side=2")

        assert answer["Location"] == "/min-side/okter/?side=2"

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://example.org/", "//example.org/", "/\\example.org", "\\\\example.org", "javascript:alert(1)", "/\t/x"],
    )
    def test_but_never_to_another_site(self, client, id_porten, elsewhere):
        assert sign_in(client, id_porten, next=elsewhere)["Location"] == "/min-side/"

    def test_two_tabs_do_not_spoil_each_other(self, client, id_porten):
        first, second = send_out(client), send_out(client)

        assert come_back(client, id_porten.answer(second)).status_code == 302
        assert come_back(client, id_porten.answer(first)).status_code == 302

    def test_the_account_is_the_issuers_and_the_subjects(self, client, id_porten):
        sign_in(client, id_porten)
        sign_in(CheckedClient(), id_porten)

        (account,) = here(User)
        assert (account.issuer, account.subject, account.kind) == (id_porten.issuer, "somebody", "citizen")

    def test_the_session_knows_how_surely_and_when(self, client, id_porten):
        claims_now(id_porten, acr="idporten-loa-high")
        sign_in(client, id_porten)

        (record,) = here(SessionRecord)
        assert (record.issuer, record.sid) == (id_porten.issuer, "session-at-the-issuer")
        assert (record.acr, record.amr) == ("idporten-loa-high", "BankID")
        assert record.started_at - record.auth_time < timedelta(seconds=30)

    def test_the_session_is_shorter_than_theirs(self, client, id_porten):
        sign_in(client, id_porten)

        (record,) = here(SessionRecord)
        assert record.expires_at - record.started_at < timedelta(minutes=120)
        assert record.times.closes_at - record.started_at < timedelta(minutes=30)

    def test_asvs_7_2_4_the_session_gets_a_new_name(self, client, id_porten):
        client.get("/")
        client.session.save()
        before = client.session.session_key
        sign_in(client, id_porten)

        assert client.session.session_key not in (None, before)

    def test_one_part_as_plain_text_is_understood_as_in_their_example(self, client, id_porten):
        claims_now(id_porten, amr="BankID")

        assert sign_in(client, id_porten).status_code == 302

    def test_without_a_provider_the_page_says_so(self, client):
        assert GO not in client.get("/min-side/logg-inn/").content.decode()
        assert client.get(GO).status_code == 404


class TestPersonNumber:
    def test_it_is_stored_sealed_and_found_by_its_keyed_hash(self, client, id_porten):
        sign_in(client, id_porten)

        (account,) = here(User, pid_hash=keyed_hash(PERSON_NUMBER, purpose=PURPOSE))
        assert account.pid == PERSON_NUMBER
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=UUID(int=0)), connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(u)::text FROM access_user u")
            ((stored,),) = cursor.fetchall()
        assert PERSON_NUMBER not in stored
        assert PERSON_NUMBER.encode().hex() not in stored

    def test_it_stands_neither_in_the_session_nor_in_an_address(self, client, id_porten):
        answer = sign_in(client, id_porten)

        assert PERSON_NUMBER not in str(dict(client.session.items()))
        assert PERSON_NUMBER not in answer["Location"]

    @pytest.mark.parametrize("pid", [None, "", "20914695017", "2091469501", HOSPITAL_NUMBER])
    def test_no_number_or_none_that_a_person_has_is_refused(self, client, id_porten, pid):
        claims_now(id_porten, pid=pid)

        assert sign_in(client, id_porten).status_code == 403
        assert refusals() == ["bad_person_number"]

    def test_a_made_up_person_is_refused_where_real_ones_are(self, client, id_porten, settings):
        settings.TEST_PERSON_NUMBERS = False

        assert sign_in(client, id_porten).status_code == 403
        assert here(User) == []

    def test_a_number_that_came_after_a_d_number_is_taken_over(self, client, id_porten):
        sign_in(client, id_porten)
        claims_now(id_porten, pid=ANOTHER_PERSON_NUMBER)
        sign_in(client, id_porten)

        (account,) = here(User)
        assert account.pid == ANOTHER_PERSON_NUMBER

    def test_two_accounts_never_share_one(self, client, id_porten):
        sign_in(client, id_porten)
        claims_now(id_porten, sub="somebody-else")

        assert sign_in(CheckedClient(), id_porten).status_code == 403
        assert refusals() == ["identity_conflict"]


def test_nothing_about_the_person_is_logged(client, id_porten, caplog):
    claims_now(id_porten, acr="idporten-loa-low", name="Kari Demomyr")
    with caplog.at_level(logging.DEBUG):
        sign_in(client, id_porten)

    said = caplog.text + str([vars(record) for record in caplog.records if record.name.startswith("medspiller")])
    assert "access.sign_in_refused" in said
    assert PERSON_NUMBER not in said
    assert "Kari" not in said
    assert "somebody" not in said
