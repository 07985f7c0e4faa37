"""
Two tenants with one of each thing a route can name, and everybody who might ask for it.

It is built once and never changed: each request of the walk happens in a savepoint that is
thrown away. Whatever was signed in, stays so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, Provider, ProviderKey, RoleGrant, SessionRecord, User
from medspiller.access.providers import signing
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import ActorKind
from medspiller.core.periods import Period
from medspiller.messages.models import Notice
from medspiller.organisations import services as organisations
from medspiller.organisations.models import Organisation
from tests.security import (
    things_of_catalogue,
    things_of_editors,
    things_of_enquiries,
    things_of_followup,
    things_of_offers,
    things_of_people,
    things_of_questionnaires,
    things_of_rights,
    things_of_signups,
    things_of_strategy,
)
from tests.support.database import ELSEWHERE, HERE, thrown_away
from tests.support.staff import House, build_house, employ, sign_in

PASSWORD = "femten grønne sykler i regn"
TODAY = clock.today()
YEAR = Period(TODAY - timedelta(days=30), date(TODAY.year + 1, 12, 31))

ANONYMOUS, CITIZEN = "anonymous", "citizen"
CITIZEN_ELSEWHERE, STAFF_ELSEWHERE = "citizen of another tenant", "leader of another tenant"
ANOTHER_UNIT, ROLE_ENDED, NO_SECOND_FACTOR = "leader of another unit", "role ended yesterday", "no second factor yet"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who asks: what they are, the role they hold now, and the cookie that says who they are."""

    name: str
    kind: ActorKind = ActorKind.ANONYMOUS
    role: Role | None = None
    tenant_id: UUID = HERE
    session_key: str = ""


@dataclass(frozen=True)
class World:
    """`ours` and `theirs` hold, for each name of a parameter, one thing of each tenant."""

    personas: Mapping[str, Persona]
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]


def ask(
    persona: Persona,
    method: str,
    path: str,
    data: Mapping[str, str] | None = None,
    *,
    checks: bool = False,
    **headers: str,
) -> HttpResponseBase:
    """Send one request as a persona, and leave nothing behind. With `checks`, forged forms are refused."""
    client = Client(enforce_csrf_checks=checks, raise_request_exception=False, headers=headers or None)
    if persona.session_key:
        client.cookies[settings.SESSION_COOKIE_NAME] = persona.session_key
    with thrown_away(), connection.cursor() as cursor:
        # A request begins without a tenant.
        cursor.execute("SELECT set_config('medspiller.tenant', '', true), set_config('medspiller.actor', '', true)")
        response = client.generic(method, path) if data is None else getattr(client, method.lower())(path, data)
        getattr(response, "content", b"")
    return response


def build() -> World:
    """Build both tenants, and sign everybody in. The transaction is the caller's to throw away."""
    _enter(ELSEWHERE)
    house = build_house(ELSEWHERE)
    citizen_elsewhere = _citizen(ELSEWHERE)
    leader_elsewhere = employ(tenant_id=ELSEWHERE, unit_id=house.top, role=Role.LEADER, name="Turid Demofoss")
    reader = employ(tenant_id=ELSEWHERE, unit_id=house.top, role=Role.CARE_WORKER, name="Ragna Demoeng")
    theirs = _things(house, citizen_elsewhere, reader=reader)

    _enter(HERE)
    house = build_house(HERE)
    citizen = _citizen(HERE)
    staff = {role: employ(tenant_id=HERE, unit_id=house.top, role=role, name="Solveig Demomyr") for role in Role}
    ours = _things(house, citizen, reader=staff[Role.CARE_WORKER])
    another_unit = employ(tenant_id=HERE, unit_id=house.carers, role=Role.LEADER, name="Gunnar Demodalen")

    accounts = {
        CITIZEN: (citizen, None),
        **{role.value: (account, role) for role, account in staff.items()},
        ANOTHER_UNIT: (another_unit, Role.LEADER),
        ROLE_ENDED: (_whose_role_ended(house), None),
    }
    personas = {ANONYMOUS: Persona(ANONYMOUS), NO_SECOND_FACTOR: _halfway(house)}
    for name, (account, role) in accounts.items():
        personas[name] = _signed_in(name, account, role)
    _enter(ELSEWHERE)
    personas[CITIZEN_ELSEWHERE] = _signed_in(CITIZEN_ELSEWHERE, citizen_elsewhere, None)
    personas[STAFF_ELSEWHERE] = _signed_in(STAFF_ELSEWHERE, leader_elsewhere, Role.LEADER)
    return World(personas=personas, ours=ours, theirs=theirs)


def _enter(tenant_id: UUID) -> None:
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID)


# --- Everybody ----------------------------------------------------------------------------


def _signed_in(name: str, account: User, role: Role | None) -> Persona:
    client = Client()
    sign_in(client, account)
    return Persona(
        name=name,
        kind=ActorKind(account.kind),
        role=role,
        tenant_id=account.tenant_id,
        session_key=client.cookies[settings.SESSION_COOKIE_NAME].value,
    )


def _citizen(tenant_id: UUID) -> User:
    return access.register_account(
        actor=actors.system(tenant_id),
        issuer="https://citizen.example",
        subject=str(ids.new_id()),
        kind=ActorKind.CITIZEN,
        name="Kari Demolund",
    )


def _whose_role_ended(house: House) -> User:
    """Somebody who was a leader until yesterday, yesterday included."""
    system = actors.system(house.tenant_id)
    post = organisations.open_post(actor=system, unit_id=house.top, title="Leder", opened_on=YEAR.start)
    account = access.register_account(
        actor=system, issuer=LOCAL_ISSUER, subject=str(ids.new_id()), kind=ActorKind.STAFF, name="Odd Demoli"
    )
    holding = access.give_post(actor=system, user_id=account.id, post_id=post.id, period=YEAR)
    until_yesterday = Period(YEAR.start, TODAY)
    access.grant_role(actor=system, holding_id=holding.id, role=Role.LEADER, unit_id=house.top, period=until_yesterday)
    return account


def _halfway(house: House) -> Persona:
    """A leader who has shown the right password to an account without any second factor."""
    name = "halvveis@example.org"
    account = employ(tenant_id=HERE, unit_id=house.top, role=Role.LEADER, name="Halvard Demonut", subject=name)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    client = Client()
    answer = client.post("/arbeid/konto/logg-inn/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302, "the right password leads on"
    return Persona(NO_SECOND_FACTOR, session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)


def _second_factor(account: User) -> int:
    row = account.authenticator_set.create(type="totp", data={"secret": "", "last_step": 0})
    return int(row.pk)


# --- One of each thing --------------------------------------------------------------------


def _things(house: House, citizen: User, *, reader: User) -> dict[str, Any]:
    """One of each thing that a parameter names. `reader` is who looked, and who opened by emergency access."""
    of_people = things_of_people.build(house, citizen, reader)
    notice = _notice(house, of_people["person_id"])
    of_editors = things_of_editors.build(house, of_people["person_id"])
    of_answers = things_of_questionnaires.build(house, citizen, of_people["person_id"])
    of_rights = things_of_rights.build(house.tenant_id, citizen, of_people["person_id"])
    of_offers = {**things_of_offers.build(house.tenant_id), **things_of_catalogue.build(house)}
    of_signups = things_of_signups.build(
        house.tenant_id, citizen, offer_name=things_of_catalogue.SLUG, meeting_id=of_offers["meeting_id"]
    )
    of_enquiries = things_of_enquiries.build(house.tenant_id, house.top)
    of_followup = things_of_followup.build(house, of_people["person_id"], offer_name=things_of_catalogue.SLUG)
    further = {
        **things_of_strategy.build(house),
        **of_followup,
        **of_signups,
        **of_enquiries,
        **of_editors,
        **of_answers,
        **of_rights,
        **of_offers,
        "notice_id": notice.id,
    }
    return {"unit_id": house.home_care, **of_people, **further, **_of_access(house)}


def _notice(house: House, person_id: UUID) -> Notice:
    """One whose fate nobody knows."""
    now = clock.now()
    return Notice.objects.create(
        person_id=person_id,
        unit_id=house.home_care,
        kind="new_on_my_page",
        channel="sms",
        address="+4700000001",
        address_hash=b"1" * 32,
        event_key="new_on_my_page:1",
        language="nb",
        state="uncertain",
        attempts=1,
        handing_over_at=now,
        sent_by=actors.SYSTEM_ID,
        created_at=now,
    )


def _of_access(house: House) -> dict[str, Any]:
    system = actors.system(house.tenant_id)
    colleague = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Eva Demoås")
    holding = PostHolding.objects.get(user=colleague)
    provider, key = a_provider(ActorKind.STAFF)
    a_provider(ActorKind.CITIZEN)
    invited = access.open_local_account(actor=system, email="ny@example.org", name="Ny Demo")
    return {
        "user_id": colleague.id,
        "post_id": holding.post_id,
        "holding_id": holding.id,
        "grant_id": RoleGrant.objects.get(holding=holding).id,
        "provider_id": provider.id,
        "key_id": key.id,
        "organisation_id": Organisation.objects.create(name="Demoforeningen", kind="voluntary").id,
        "session_id": _session_of(colleague).id,
        "token": access.invite(actor=system, user_id=invited.id, now=clock.now()),
        "factor_id": _second_factor(colleague),
    }


def _session_of(account: User) -> SessionRecord:
    sign_in(Client(), account)
    return SessionRecord.objects.get(user=account)


def a_provider(kind: ActorKind) -> tuple[Provider, ProviderKey]:
    """A provider whose addresses are known, so that nobody is asked for them."""
    issuer, now = f"https://{kind}.example", clock.now()
    document = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }
    provider = Provider.objects.create(
        kind=kind, name="Innlogging", issuer=issuer, client_id="medspiller", metadata=document, metadata_at=now
    )
    made, public = signing.make_key(kid=str(ids.new_id()))
    key = ProviderKey.objects.create(
        provider=provider, kid=made.kid, private_pem=made.private_pem, public_jwk=public, valid_from=now
    )
    return provider, key


def made_up(things: Mapping[str, Any]) -> dict[str, Any]:
    """Return names of nothing at all, each of the kind of the real ones."""
    return {
        name: ids.new_id() if isinstance(value, UUID) else 999_999_999 if isinstance(value, int) else "nobody-knows-it"
        for name, value in things.items()
    }
