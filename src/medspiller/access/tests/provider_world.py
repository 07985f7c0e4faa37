"""Providers as tests register them, and the way of a browser to one and back."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor, HeldRole
from medspiller.access.domain.provider_details import ProviderDetails
from medspiller.access.domain.roles import Role
from medspiller.access.models import Provider
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from medspiller.organisations import selectors as organisations
from medspiller.organisations import services as opening
from medspiller.organisations.domain.details import UnitDetails
from medspiller.organisations.domain.kinds import UnitKind
from tests.support.database import HERE
from tests.support.fake_issuer import PERSON_NUMBER, FakeIssuer

CLIENT_ID = "medspiller-here"
GO, RETURN = "/min-side/logg-inn/videre/", "/min-side/logg-inn/retur/"
STAFF_RETURN = "/arbeid/logg-inn/retur/"


def administrator(tenant_id: UUID = HERE) -> Actor:
    """Somebody who may change providers: an administrator of all units at the top; one is opened if there is none."""
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id):
        top = list(organisations.units(actor=system, on=clock.today()).filter(parent_id=None))
        if not top:
            details = UnitDetails(name="Kommunen", kind=UnitKind.SERVICE_AREA)
            top = [opening.open_unit(actor=system, parent_id=None, details=details, opened_on=clock.today())]
    roles = tuple(HeldRole(role=Role.ADMINISTRATOR, unit_id=unit.id) for unit in top)
    return Actor(id=uuid4(), kind=ActorKind.STAFF, tenant_id=tenant_id, name="Solveig Demomyr", roles=roles)


def details(issuer: FakeIssuer, kind: ActorKind = ActorKind.CITIZEN, **changed: Any) -> ProviderDetails:
    """What is registered, with a level asked for."""
    wanted = {"kind": kind, "name": "Innlogging", "issuer": issuer.issuer, "client_id": CLIENT_ID}
    wanted["acr_values"] = "idporten-loa-substantial" if kind is ActorKind.CITIZEN else "work-mfa"
    return ProviderDetails(**(wanted | changed))


def register(
    issuer: FakeIssuer, kind: ActorKind = ActorKind.CITIZEN, *, tenant_id: UUID = HERE, **changed: Any
) -> Provider:
    """Register a provider here, and our key there. Opens the tenant's transaction itself."""
    actor = administrator(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        provider = services.register_provider(actor=actor, details=details(issuer, kind, **changed), now=clock.now())
        issuer.knows(provider.client_id, *provider.keys.values_list("public_jwk", flat=True))
    if kind is ActorKind.CITIZEN:
        issuer.claims["pid"] = PERSON_NUMBER
    return provider


def send_out(client: Client, address: str = GO, **query: str) -> str:
    """Let a browser begin, and return the address at the provider that it is sent to."""
    response = client.get(address, query)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def come_back(client: Client, brought: dict[str, str], address: str = RETURN) -> HttpResponse:
    """Let a browser come back with what the provider gave it."""
    return client.get(address, brought)


def sign_in(client: Client, issuer: FakeIssuer, address: str = GO, back: str = RETURN, **query: str) -> HttpResponse:
    """Go to the provider, sign in there, and come back."""
    return come_back(client, issuer.answer(send_out(client, address, **query)), back)


def refusals() -> list[str]:
    """Return the reasons of all refused sign-ins on record, the oldest first."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=UUID(int=0)):
        logged = AccessEntry.objects.filter(kind="refused", action="access.sign_in").order_by("id")
        return list(logged.values_list("refusal_reason", flat=True))


def here(model: type[Model], **wanted: Any) -> list[Any]:
    """Return rows of the tenant that most tests are about."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=UUID(int=0)):
        return list(model._default_manager.filter(**wanted))


def is_signed_in(client: Client) -> bool:
    """Say whether a browser gets to see my page."""
    return client.get("/min-side/").status_code == 200


def claims_now(issuer: FakeIssuer, **changed: Any) -> None:
    """Let the issuer say something else of whoever signs in next; None leaves a claim out."""
    issuer.claims |= changed
