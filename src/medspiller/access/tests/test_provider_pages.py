"""The pages of sign-in providers: added, changed, asked, switched, and our keys changed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import Provider, ProviderKey
from medspiller.access.tests.provider_world import CLIENT_ID, register
from medspiller.access.web.administration_forms import PROBLEMS
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house, employ, sign_in

PAGE = "/arbeid/styring/innlogging/"
MOST_QUERIES = 12


def text(page):
    return " ".join(page.content.decode().split())


def typed(fake, /, **changed):
    wanted = {
        "kind": "staff",
        "name": "Jobbruker",
        "issuer": fake.issuer,
        "client_id": CLIENT_ID,
        "scopes": "openid profile",
        "acr_values": "work-mfa",
        "amr_values": "",
    }
    return wanted | changed


@pytest.fixture
def administrator(staff, house):
    return staff(Role.ADMINISTRATOR, house.top)


@pytest.fixture
def provider(house, fake_issuer):
    return register(fake_issuer, ActorKind.STAFF, name="Jobbruker")


@pytest.fixture
def page(provider):
    return f"{PAGE}{provider.id}/"


class TestSeeing:
    def test_the_list_is_honest_when_there_is_none(self, administrator):
        assert "Ingen leverandør ennå" in text(administrator.get(PAGE))

    def test_one_shows_what_both_sides_must_know(self, administrator, provider, page, fake_issuer):
        shown = text(administrator.get(page))

        assert fake_issuer.issuer in shown
        assert f"http://testserver/arbeid/logg-inn/jwks/{provider.id}/" in shown
        assert "http://testserver/arbeid/logg-inn/retur/" in shown
        assert provider.keys.get().kid in shown
        assert "PRIVATE" not in shown

    def test_one_for_carers_tells_where_they_come_back_and_where_they_sign_out(self, administrator, fake_issuer):
        shown = text(administrator.get(f"{PAGE}{register(fake_issuer).id}/"))

        assert "http://testserver/min-side/logg-inn/retur/" in shown
        assert "http://testserver/min-side/logg-ut/frontkanal/" in shown

    def test_every_page_is_there(self, administrator, page):
        for path in (PAGE, f"{PAGE}ny/", page, f"{page}endre/", f"{page}bruk/"):
            for language in ("nb", "nn", "en"):
                assert administrator.get(path, {"lang": language}).status_code == 200

    def test_the_public_keys_can_be_fetched_by_anybody(self, administrator, provider, client):
        keys = client.get(f"/arbeid/logg-inn/jwks/{provider.id}/").json()["keys"]

        assert [key["kid"] for key in keys] == [provider.keys.get().kid]
        assert not {"d", "p", "q"} & set(keys[0])

    def test_another_tenants_is_not_there(self, administrator, house, fake_issuer):
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        foreign = Provider.objects.create(
            kind="staff", name="Fremmed", issuer=fake_issuer.issuer, client_id="there", amr_values="mfa"
        )
        tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=actors.SYSTEM_ID)
        there = f"{PAGE}{foreign.id}/"

        assert "Fremmed" not in text(administrator.get(PAGE))
        for path in (there, f"{there}endre/", f"{there}bruk/"):
            assert administrator.get(path).status_code == 404
        for path in (f"{there}sjekk/", f"{there}nokkel/bytt/", f"{there}nokkel/ny/"):
            assert administrator.post(path).status_code == 404

    def test_it_costs_few_queries(self, administrator, page):
        for path in (PAGE, page):
            with CaptureQueriesContext(connection) as asked:
                administrator.get(path)
            assert len(asked) <= MOST_QUERIES


class TestAdding:
    def test_registers_it_with_a_key_once_it_answers(self, administrator, fake_issuer):
        answer = administrator.post(f"{PAGE}ny/", typed(fake_issuer), follow=True)

        made = Provider.objects.get()
        assert answer.redirect_chain == [(f"{PAGE}{made.id}/", 302)]
        assert made.keys.count() == 1
        assert "Leverandøren har svart og er tatt i bruk." in text(answer)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"name": ""}, "Fyll ut dette for å gå videre."),
            ({"issuer": "kommune"}, "Skriv hele nettadressen."),
            ({"scopes": "profile"}, "Ett av omfangene må være openid."),
            ({"acr_values": ""}, "Et passord alene skal ikke være nok."),
            ({"kind": "citizen", "acr_values": "idporten-loa-low"}, "Oppgi ID-portens nivå"),
            ({"client_id": "x" * 300}, "Dette er for langt."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, administrator, fake_issuer, changed, said):
        shown = administrator.post(f"{PAGE}ny/", typed(fake_issuer, **changed))

        assert shown.status_code == 422
        assert said in text(shown)
        assert 'id="error-summary"' in text(shown)
        assert 'value="openid profile"' in text(shown) or "scopes" in changed
        assert not Provider.objects.exists()

    @pytest.mark.parametrize(
        ("broken", "said"),
        [
            ((500, b""), "Leverandøren svarer ikke."),
            ((200, b"<html>"), "Det leverandøren svarte, kan ikke brukes."),
        ],
    )
    def test_one_that_is_down_or_answers_nonsense_is_not_registered(self, administrator, fake_issuer, broken, said):
        fake_issuer.broken["/.well-known/openid-configuration"] = broken

        shown = administrator.post(f"{PAGE}ny/", typed(fake_issuer))

        assert shown.status_code == 422
        assert said in text(shown)

    def test_every_code_of_the_service_has_its_words(self, administrator, provider, fake_issuer):
        shown = administrator.post(f"{PAGE}ny/", typed(fake_issuer))

        assert shown.status_code == 422
        assert str(PROBLEMS["taken"]) in text(shown)


class TestChanging:
    def test_stores_it_and_leaves_whom_it_is_for(self, administrator, provider, page, fake_issuer):
        assert 'name="kind"' not in text(administrator.get(f"{page}endre/"))

        administrator.post(
            f"{page}endre/", typed(fake_issuer, kind="citizen", name="Kommunens innlogging", version="1")
        )

        provider.refresh_from_db()
        assert (provider.name, provider.kind) == ("Kommunens innlogging", "staff")

    def test_asks_before_it_is_taken_out_of_use_and_takes_it_back(self, administrator, provider, page):
        assert "Fra nå av kan ingen logge inn gjennom den." in text(administrator.get(f"{page}bruk/"))

        administrator.post(f"{page}bruk/", {"active": "false", "version": "1"})
        provider.refresh_from_db()
        assert not provider.is_active
        assert "Ikke i bruk" in text(administrator.get(page))

        administrator.post(f"{page}bruk/", {"active": "true", "version": "2"})
        provider.refresh_from_db()
        assert provider.is_active

    def test_asks_the_provider_now(self, administrator, provider, page, fake_issuer):
        Provider.objects.update(metadata={}, metadata_at=None)

        shown = administrator.post(f"{page}sjekk/", follow=True)

        provider.refresh_from_db()
        assert provider.metadata["token_endpoint"] == f"{fake_issuer.issuer}/token"
        assert "Leverandøren svarer, og sier det vi venter." in text(shown)

    def test_keeps_what_it_said_when_it_does_not_answer(self, administrator, provider, page, fake_issuer):
        before = provider.metadata
        fake_issuer.broken["/.well-known/openid-configuration"] = (500, b"")

        shown = administrator.post(f"{page}sjekk/", follow=True)

        provider.refresh_from_db()
        assert provider.metadata == before
        assert "Leverandøren svarer ikke." in text(shown)


class TestTwoWhoSave:
    def test_the_second_is_shown_what_changed_and_keeps_what_they_wrote(
        self, administrator, provider, page, fake_issuer
    ):
        administrator.post(f"{page}endre/", typed(fake_issuer, name="Ansattinnlogging", version="1"))

        shown = administrator.post(
            f"{page}endre/", typed(fake_issuer, name="Kommunens innlogging", scopes="openid email", version="1")
        )

        assert shown.status_code == 409
        told = text(shown)
        assert "Noen andre endret dette mens du skrev" in told
        assert "Ansattinnlogging" in told
        assert 'value="Kommunens innlogging"' in told
        assert 'value="openid email"' in told
        provider.refresh_from_db()
        assert (provider.name, provider.version) == ("Ansattinnlogging", 2)

    def test_saving_again_is_then_a_choice(self, administrator, provider, page, fake_issuer):
        administrator.post(f"{page}endre/", typed(fake_issuer, name="Ansattinnlogging", version="1"))
        shown = administrator.post(f"{page}endre/", typed(fake_issuer, name="Kommunens innlogging", version="1"))
        (version,) = re.findall(r'name="version" value="(\d+)"', text(shown))

        administrator.post(f"{page}endre/", typed(fake_issuer, name="Kommunens innlogging", version=version))

        provider.refresh_from_db()
        assert provider.name == "Kommunens innlogging"

    def test_a_field_one_did_not_touch_takes_what_the_other_wrote(self, administrator, provider, page, fake_issuer):
        administrator.post(f"{page}endre/", typed(fake_issuer, scopes="openid email", version="1"))

        shown = text(administrator.post(f"{page}endre/", typed(fake_issuer, name="Ansattinnlogging", version="1")))

        assert 'value="openid email"' in shown
        assert 'value="Ansattinnlogging"' in shown

    def test_it_is_not_taken_out_of_use_on_what_one_saw_before(self, administrator, provider, page, fake_issuer):
        administrator.post(f"{page}endre/", typed(fake_issuer, name="Ansattinnlogging", version="1"))

        shown = administrator.post(f"{page}bruk/", {"active": "false", "version": "1"})

        assert shown.status_code == 409
        provider.refresh_from_db()
        assert provider.is_active

    def test_a_key_that_is_not_the_newest_any_more_is_not_changed(self, administrator, page):
        old = ProviderKey.objects.get().id
        administrator.post(f"{page}nokkel/bytt/", {"newest": str(old)})

        shown = administrator.post(f"{page}nokkel/bytt/", {"newest": str(old)}, follow=True)

        assert "Noen andre har byttet nøkkelen" in text(shown)
        assert ProviderKey.objects.count() == 2


class TestKeys:
    def test_are_changed_with_a_week_of_both(self, administrator, provider, page):
        newest = ProviderKey.objects.get().id
        shown = administrator.post(f"{page}nokkel/bytt/", {"newest": str(newest)}, follow=True)

        live = ProviderKey.objects.order_by("valid_from")
        assert [key.valid_to is None for key in live] == [False, True]
        assert all(key.kid in text(shown) for key in live)
        assert AccessEntry.objects.filter(action="access.end_provider_key").exists()

    def test_can_be_two_and_never_three(self, administrator, page):
        administrator.post(f"{page}nokkel/ny/")
        shown = administrator.post(f"{page}nokkel/ny/", follow=True)

        assert ProviderKey.objects.count() == 2
        assert "To nøkler er allerede i bruk." in text(shown)

    def test_end_at_once_but_never_the_last(self, administrator, provider, page):
        first = provider.keys.get()
        refused = administrator.post(f"{page}nokkel/{first.id}/avslutt/", follow=True)
        assert "Dette er den eneste nøkkelen i bruk." in text(refused)

        administrator.post(f"{page}nokkel/ny/")
        shown = administrator.post(f"{page}nokkel/{first.id}/avslutt/", follow=True)

        first.refresh_from_db()
        assert first.valid_to <= clock.now()
        assert first.private_pem == ""
        assert "Nøkler som er avsluttet" in text(shown)


class TestRefused:
    """Refusals are written in a transaction of their own, so these really commit."""

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_is_everybody_but_an_administrator(self, committed, client, fake_issuer, role):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, employ(tenant_id=HERE, unit_id=build_house(HERE).top, role=role))
        there = f"{PAGE}{register(fake_issuer, ActorKind.STAFF).id}/"

        for path in (PAGE, f"{PAGE}ny/", there, f"{there}endre/", f"{there}bruk/"):
            assert client.get(path).status_code == 403
        for path in (f"{there}sjekk/", f"{there}nokkel/bytt/", f"{there}nokkel/ny/"):
            assert client.post(path).status_code == 403
