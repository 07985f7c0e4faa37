"""Being one of the demo's people, behind both locks."""

from uuid import UUID

from django.conf import settings

from medspiller.access import selectors as accounts
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core import tenancy
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.core.models import Installation
from medspiller.demo.domain.personas import Citizen, Persona, UnknownPersona, persona
from medspiller.demo.services import _house as house


def allowed(*, actor: Actor) -> bool:
    """Say whether this is a demo: the process was started as one, and its database was created as one."""
    return bool(settings.DEMO) and Installation.objects.filter(demo=True).exists()


def account_of(*, actor: Actor, persona_id: str) -> accounts.Account:
    """
    Return the account of a persona, with the transaction now belonging to that persona's tenant.

    :raises NotFound: if there is no such persona, none is loaded, or this is no demo.
    """
    if not allowed(actor=actor):
        raise NotFound(persona_id)
    try:
        wanted = persona(persona_id)
    except UnknownPersona:
        raise NotFound(persona_id) from None
    tenant_id = _tenant_of(wanted)
    if tenant_id is None:
        raise NotFound(persona_id)
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=actor.id)
    return accounts.account(actor=actors.anonymous(tenant_id), issuer=DEMO_ISSUER, subject=persona_id)


def _tenant_of(somebody: Persona | Citizen) -> UUID | None:
    works_there = isinstance(somebody, Persona) and somebody.health_trust
    return house.health_trust() if works_there else house.municipality()
