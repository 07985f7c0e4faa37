"""The OpenID Connect providers of a tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.metadata import Metadata
from medspiller.access.domain.provider_details import ProviderDetails
from medspiller.access.models import Provider, ProviderKey
from medspiller.access.models.providers import details_of
from medspiller.access.policies import ensure_everywhere, may_everywhere
from medspiller.access.providers.client import read_metadata
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotFound

ADMINISTER = "access.administer_providers"


@dataclass(frozen=True, slots=True)
class WayIn:
    """A provider as somebody sees it who is about to sign in."""

    id: UUID
    name: str
    issuer: str


def ways_in(*, actor: Actor, kind: ActorKind) -> list[WayIn]:
    """Return the providers through which staff, or citizens, can sign in now, by name. Anybody may see them."""
    active = Provider.objects.filter(kind=kind, is_active=True).order_by("name", "id")
    return [WayIn(**row) for row in active.values("id", "name", "issuer")]


def addresses_of(*, actor: Actor, kind: ActorKind, issuer: str) -> Metadata | None:
    """Return the addresses of the provider with this issuer, in use or not; None if there is none, or none known."""
    found = Provider.objects.filter(kind=kind, issuer=issuer).exclude(metadata={}).order_by("-is_active", "id").first()
    return read_metadata(found.metadata, issuer=issuer) if found is not None else None


def published_keys(*, actor: Actor, provider_id: UUID, now: datetime) -> list[Mapping[str, Any]]:
    """
    Return the public halves of our keys towards a provider, as JWKs. Anybody may see them.

    Those that will only be used later are there too, so that the provider knows them in time.

    :raises NotFound: if there is no such provider.
    """
    if not Provider.objects.filter(id=provider_id).exists():
        raise NotFound(provider_id)
    keys = ProviderKey.objects.filter(Q(valid_to=None) | Q(valid_to__gt=now), provider_id=provider_id)
    return list(keys.order_by("-valid_from", "-id").values_list("public_jwk", flat=True))


def providers(*, actor: Actor) -> list[Provider]:
    """
    Return all providers of the tenant, active ones first.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    """
    ensure_everywhere(actor, ADMINISTER)
    return list(Provider.objects.order_by("-is_active", "kind", "name", "id"))


def provider(*, actor: Actor, provider_id: UUID) -> Provider:
    """
    Return one provider.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises NotFound: if there is none.
    """
    ensure_everywhere(actor, ADMINISTER)
    found = Provider.objects.filter(id=provider_id).first()
    if found is None:
        raise NotFound(provider_id)
    return found


def may_administer_providers(*, actor: Actor) -> bool:
    """Say whether the actor may see and change providers: only with a role for the whole house."""
    return may_everywhere(actor, ADMINISTER)


def provider_seen(*, actor: Actor, provider_id: UUID, version: int) -> ProviderDetails | None:
    """
    Return what was agreed with a provider at one of its versions; None if it never had that one.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    """
    ensure_everywhere(actor, ADMINISTER)
    versions = Provider.pgh_event_model.objects.filter(id=provider_id, version=version)  # type: ignore[attr-defined]  # made by `history.keep`
    was = versions.order_by("-pgh_id").first()
    return None if was is None else details_of(was)


@dataclass(frozen=True, slots=True)
class OurKey:
    """One of our keys towards a provider, without its secret; in use in [valid_from, valid_to)."""

    id: UUID
    kid: str
    valid_from: datetime
    valid_to: datetime | None


def our_keys(*, actor: Actor, provider_id: UUID) -> list[OurKey]:
    """
    Return our keys towards a provider, the newest first, those that have ended included.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    """
    ensure_everywhere(actor, ADMINISTER)
    keys = ProviderKey.objects.filter(provider_id=provider_id).order_by("-valid_from", "-id")
    return [OurKey(**row) for row in keys.values("id", "kid", "valid_from", "valid_to")]
