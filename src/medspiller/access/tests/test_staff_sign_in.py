"""Signing in through the municipality's own provider, and a provider that is not well."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from medspiller.access import selectors, services
from medspiller.access.models import SessionRecord, User
from medspiller.access.providers.keys import ASK_AGAIN_AFTER
from medspiller.access.providers.transport import LONGEST_ANSWER, SILENCE_REMEMBERED
from medspiller.access.tests.provider_world import (
    STAFF_RETURN,
    administrator,
    come_back,
    here,
    refusals,
    register,
    send_out,
    sign_in,
)
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from tests.support.database import HERE
from tests.support.fake_issuer import FakeIssuer, key_named
from tests.support.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def work(db: None, fake_issuer: FakeIssuer):
    return register(fake_issuer, ActorKind.STAFF, name="Bærum kommune", amr_values="mfa fido")


@pytest.fixture
def issuer(fake_issuer: FakeIssuer) -> FakeIssuer:
    fake_issuer.claims |= {"amr": ["pwd", "mfa"], "acr": "work-mfa", "name": "Solveig Demomyr", "sub": "solveig"}
    return fake_issuer


def begin_at(provider) -> str:
    return f"/arbeid/logg-inn/{provider.id}/"


def go_through(client: Client, issuer: FakeIssuer, provider, **query: str):
    return sign_in(client, issuer, begin_at(provider), STAFF_RETURN, **query)


class TestTheWayIn:
    def test_the_provider_stands_on_the_page_and_lets_somebody_in(self, client, issuer, work):
        page = client.get("/arbeid/logg-inn/", {"next": "/arbeid/okter/"}).content.decode()
        assert "Logg inn med Bærum kommune" in page
        assert f'href="{begin_at(work)}?next=%2Farbeid%2Fokter%2F"' in page

        answer = go_through(client, issuer, work, next="/arbeid/okter/")

        assert answer["Location"] == "/arbeid/okter/"
        (account,) = here(User)
        assert (account.issuer, account.subject, account.kind) == (issuer.issuer, "solveig", "staff")
        assert account.name == "Solveig Demomyr"

    def test_whoever_is_new_has_an_account_and_may_do_nothing(self, client, issuer, work):
        go_through(client, issuer, work)

        assert client.get("/arbeid/").status_code == 403

    def test_a_town_hall_behind_one_address_is_not_locked_out(self, issuer, work):
        """Whoever comes through clears the count; beginning without end does not."""
        for _ in range(2):
            for _ in range(40):
                assert CheckedClient().get(begin_at(work)).status_code == 302
            go_through(CheckedClient(), issuer, work)

        answers = [CheckedClient().get(begin_at(work)) for _ in range(61)]

        assert {each.status_code for each in answers[:60]} == {302}
        assert answers[60].status_code == 429
        assert "Vent 1 minutt" in answers[60].content.decode()

    def test_no_person_number_is_kept_of_staff(self, client, issuer, work):
        issuer.claims["pid"] = "20914695016"
        go_through(client, issuer, work)

        (account,) = here(User)
        assert (account.pid, account.pid_hash) == (None, None)

    def test_asvs_6_8_1_a_name_or_address_never_identifies(self, client, issuer, work):
        issuer.claims["email"] = "solveig@example.org"
        go_through(client, issuer, work)
        issuer.claims["sub"] = "somebody-with-her-name"
        go_through(CheckedClient(), issuer, work)

        assert len(here(User)) == 2

    @pytest.mark.parametrize(
        "bent",
        [{"amr": ["pwd"]}, {"amr": None}, {"amr": []}, {"acr": "work-password"}, {"acr": None}],
        ids=str,
    )
    def test_asvs_6_8_4_a_weaker_way_is_refused(self, client, issuer, work, bent):
        issuer.claims |= bent

        assert go_through(client, issuer, work).status_code == 403
        assert refusals() == ["too_weak"]
        assert here(User) == []

    def test_an_unknown_time_of_proof_counts_as_recent_for_nothing(self, client, issuer, work):
        issuer.claims["auth_time"] = None
        go_through(client, issuer, work)

        (record,) = here(SessionRecord)
        assert record.started_at - record.auth_time >= timedelta(minutes=5)

    def test_a_closed_account_stays_closed(self, client, issuer, work):
        go_through(client, issuer, work)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=UUID(int=0)):
            User.objects.update(is_active=False)

        assert go_through(CheckedClient(), issuer, work).status_code == 403
        assert refusals() == ["account_closed"]

    def test_a_changed_name_is_taken_over(self, client, issuer, work):
        go_through(client, issuer, work)
        issuer.claims["name"] = "Solveig Prøveli"
        go_through(client, issuer, work)

        assert [account.name for account in here(User)] == ["Solveig Prøveli"]

    @pytest.mark.parametrize("provider_id", [UUID("01940000-0000-7000-8000-00000000dead")])
    def test_an_unknown_provider_is_not_found(self, client, provider_id):
        assert client.get(f"/arbeid/logg-inn/{provider_id}/").status_code == 404

    def test_one_that_was_taken_out_of_use_lets_nobody_back_in(self, client, issuer, work):
        brought = issuer.answer(send_out(client, begin_at(work)))
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=UUID(int=0)):
            type(work).objects.update(is_active=False)

        assert come_back(client, brought, STAFF_RETURN).status_code == 400
        assert client.get(begin_at(work)).status_code == 404


class TestNeverBoth:
    """A session is staff or citizen: the other kind ends it."""

    @pytest.fixture
    def id_porten(self, second_issuer):
        register(second_issuer)
        return second_issuer

    def test_signing_in_as_citizen_ends_the_session_at_work(self, client, issuer, work, id_porten):
        go_through(client, issuer, work)
        sign_in(client, id_porten)

        assert [(record.kind, record.ended_at is None) for record in here(SessionRecord)] in (
            [("staff", False), ("citizen", True)],
            [("citizen", True), ("staff", False)],
        )
        assert client.get("/min-side/").status_code == 200

    def test_and_the_other_way_round(self, client, issuer, work, id_porten):
        sign_in(client, id_porten)
        go_through(client, issuer, work)

        assert [record.kind for record in here(SessionRecord, ended_at=None)] == ["staff"]
        assert client.get("/min-side/").status_code in (302, 403)

    def test_the_session_at_work_cannot_take_the_citizens_step(self, client, issuer, work, id_porten):
        go_through(client, issuer, work)
        asked = len(id_porten.asked)

        answer = client.get("/min-side/logg-inn/igjen/")

        assert not answer.get("Location", "").startswith(id_porten.issuer)
        assert len(id_porten.asked) == asked


class TestOurKeys:
    def rotate(self, provider, **when):
        actor = administrator()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actor.id):
            newest = selectors.our_keys(actor=actor, provider_id=provider.id)[0]
            return services.rotate_key(
                actor=actor, provider_id=provider.id, seen_key_id=newest.id, now=clock.now(), **when
            )

    def published(self, client, provider):
        return client.get(f"/arbeid/logg-inn/jwks/{provider.id}/").json()["keys"]

    def test_they_are_published_without_their_secrets(self, client, work):
        (key,) = self.published(client, work)

        assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}

    def test_two_at_once_the_new_one_is_tried_and_the_old_one_still_opens(self, client, issuer, work):
        # The provider knows the old key only.
        new = self.rotate(work)

        assert go_through(client, issuer, work).status_code == 302
        assert issuer.proof_kids != [new.kid]

        issuer.knows(work.client_id, *self.published(client, work))
        assert go_through(CheckedClient(), issuer, work).status_code == 302
        assert issuer.proof_kids[-1] == new.kid

    def test_two_at_once_the_provider_has_dropped_the_old_one(self, client, issuer, work):
        new = self.rotate(work)
        issuer.knows(work.client_id, new.public_jwk)

        assert go_through(client, issuer, work).status_code == 302

    def test_the_old_one_ends_by_itself(self, client, issuer, work):
        self.rotate(work)
        assert len(self.published(client, work)) == 2

        with clock.frozen(clock.now() + timedelta(days=8)):
            assert len(self.published(client, work)) == 1

    def test_a_key_that_the_provider_does_not_know_is_told_as_their_fault(self, client, issuer, work):
        issuer.knows(work.client_id)

        answer = go_through(client, issuer, work)

        assert answer.status_code == 503
        assert refusals() == ["key_refused"]

    def test_each_proof_is_for_this_issuer_lasts_a_minute_and_is_used_once(self, client, issuer, work):
        go_through(client, issuer, work)
        go_through(CheckedClient(), issuer, work)

        first, second = issuer.proofs
        assert first["jti"] != second["jti"]
        assert first["aud"] == issuer.issuer
        assert first["exp"] - first["iat"] == 60


class TestProviderKeys:
    def test_a_new_key_of_theirs_is_learnt_when_it_is_first_used(self, client, issuer, work):
        go_through(client, issuer, work)
        issuer.published.append(key_named("issuer-2"))
        issuer.key = key_named("issuer-2")

        with clock.frozen(clock.now() + ASK_AGAIN_AFTER):
            assert go_through(CheckedClient(), issuer, work).status_code == 302

    def test_unknown_keys_make_us_ask_once_a_minute_at_most(self, client, issuer, work):
        go_through(client, issuer, work)
        issuer.key = key_named("issuer-2")
        with clock.frozen(clock.now() + ASK_AGAIN_AFTER):
            for _ in range(3):
                go_through(CheckedClient(), issuer, work)

        assert issuer.count("/jwks") == 2

    @pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
    def test_a_short_key_of_theirs_opens_nothing(self, client, issuer, work):
        short = type(key_named("issuer-1")).generate_key(1024, {"kid": "short", "use": "sig", "alg": "RS256"})
        issuer.published, issuer.key = [short], short

        go_through(client, issuer, work)

        assert refusals() == ["unknown_key"]


class TestProviderThatIsNotWell:
    @pytest.mark.parametrize(
        ("path", "answer"),
        [
            ("/token", (500, b"{}")),
            ("/token", (503, b"<html>down</html>")),
            ("/token", (200, b"<html>hello</html>")),
            ("/token", (200, b"[]")),
            ("/token", (200, b"{}")),
            ("/token", (200, b'{"id_token": 7}')),
            ("/token", (400, b'{"error": "something_new"}')),
            ("/token", (302, b"{}")),
            ("/token", (200, b"[" * 100_000)),
            ("/token", (200, b'{"id_token": "' + b"x" * LONGEST_ANSWER + b'"}')),
            ("/jwks", (200, b'{"keys": 1}')),
            ("/jwks", (200, b'{"keys": [1, {"kty": "RSA", "kid": "issuer-1"}]}')),
            ("/jwks", (404, b"{}")),
        ],
        ids=lambda value: value if isinstance(value, str) else str(value[0]),
    )
    def test_nonsense_gets_a_clear_page_and_no_session(self, client, issuer, work, path, answer):
        issuer.broken[path] = answer

        page = go_through(client, issuer, work)

        assert page.status_code in (400, 503)
        assert len(refusals()) == 1
        assert here(SessionRecord) == []

    def test_down_is_told_and_others_need_not_wait_for_it(self, client, issuer, work):
        brought = issuer.answer(send_out(client, begin_at(work)))
        issuer.silent = True
        page = come_back(client, brought, STAFF_RETURN)
        issuer.silent = False
        assert page.status_code == 503
        assert "Innloggingen virker ikke akkurat nå" in page.content.decode()

        asked = len(issuer.asked)
        assert come_back(client, brought, STAFF_RETURN).status_code == 503
        assert len(issuer.asked) == asked

        # When it is well again, loading the page once more is enough.
        with clock.frozen(clock.now() + SILENCE_REMEMBERED):
            assert come_back(client, brought, STAFF_RETURN).status_code == 302

    def test_pushing_ahead_that_fails_is_told_before_anybody_is_sent_away(self, client, issuer):
        issuer.offers_par = True
        provider = register(issuer, ActorKind.STAFF)
        issuer.broken["/par"] = (200, b"{}")

        assert client.get(begin_at(provider)).status_code == 503

    def test_yesterdays_addresses_serve_while_it_is_silent(self, client, issuer, work):
        issuer.broken["/.well-known/openid-configuration"] = (500, b"")

        with clock.frozen(clock.now() + timedelta(days=2)):
            assert client.get(begin_at(work)).status_code == 302

    def test_asvs_10_5_3_addresses_of_another_issuer_are_refused(self, client, issuer, work):
        issuer.document["issuer"] = "https://other.example"

        with clock.frozen(clock.now() + timedelta(days=2)):
            assert client.get(begin_at(work)).status_code == 400
        assert refusals() == ["wrong_issuer"]

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_the_page_is_there_in_every_language(self, issuer, work, language):
        client = CheckedClient()
        client.cookies["medspiller_language"] = language
        issuer.claims["acr"] = "weak"

        page = go_through(client, issuer, work)

        assert f'<html lang="{language}"' in page.content.decode()
