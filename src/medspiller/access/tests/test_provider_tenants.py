"""A provider is one tenant's: neither its sign-ins nor its keys are there for another one."""

import pytest

from medspiller.access.tests.provider_world import come_back, register, send_out
from medspiller.core.actors import ActorKind
from tests.support.database import ELSEWHERE

pytestmark = pytest.mark.usefixtures("committed")


def test_another_tenants_sign_in_cannot_be_finished_here(client, fake_issuer, settings):
    register(fake_issuer)
    brought = fake_issuer.answer(send_out(client))

    settings.DEFAULT_MUNICIPALITY = "3203"
    assert come_back(client, brought).status_code == 400
    assert fake_issuer.count("/token") == 0

    # It was not used up there either.
    settings.DEFAULT_MUNICIPALITY = "3201"
    assert come_back(client, brought).status_code == 302


def test_another_tenants_provider_and_keys_are_not_found(client, fake_issuer):
    theirs = register(fake_issuer, ActorKind.STAFF, tenant_id=ELSEWHERE, name="Asker kommune")

    assert client.get(f"/arbeid/logg-inn/{theirs.id}/").status_code == 404
    assert client.get(f"/arbeid/logg-inn/jwks/{theirs.id}/").status_code == 404
    assert theirs.name not in client.get("/arbeid/logg-inn/").content.decode()


def test_another_tenants_sessions_are_not_ended(client, fake_issuer, settings):
    register(fake_issuer)
    come_back(client, fake_issuer.answer(send_out(client)))
    register(fake_issuer, tenant_id=ELSEWHERE)

    settings.DEFAULT_MUNICIPALITY = "3203"
    sid = {"iss": fake_issuer.issuer, "sid": "session-at-the-issuer"}
    client_elsewhere = type(client)()
    assert client_elsewhere.get("/min-side/logg-ut/frontkanal/", sid).status_code == 200

    assert client.get("/min-side/").status_code == 200
