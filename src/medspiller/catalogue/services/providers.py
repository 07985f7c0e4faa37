"""Who offers something in the municipality: its own providers, beside those that are shipped to all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.reading import read_provider
from medspiller.catalogue.domain.refusals import InUse, SlugTaken
from medspiller.catalogue.models import PublishedOffer, PublishedProvider
from medspiller.catalogue.services import _published
from medspiller.catalogue.services._rows import PROVIDER, record
from medspiller.core.errors import NotFound


@transaction.atomic
def save_provider(*, actor: Actor, body: Mapping[str, Any]) -> PublishedProvider:
    """
    Make or change a provider of the municipality's own, and lay out anew what it offers.

    :raises NotAllowed: for anybody who is no moderator.
    :raises Unreadable: listing everything that is wrong with the body.
    :raises SlugTaken: if somebody else makes one of that name at the same moment.
    """
    policies.ensure(actor, policies.MODERATE)
    tenant_id = _tenant_of(actor)
    provider = read_provider(body)
    own = PublishedProvider.objects.select_for_update().filter(tenant_id=tenant_id, slug=provider.slug).first()
    row_id = own.id if own else _published.id_of("provider", provider.slug, tenant_id=tenant_id)
    try:
        with transaction.atomic():
            row = _published.store_provider(provider, row_id=row_id, tenant_id=tenant_id)
    except IntegrityError:
        raise SlugTaken(provider.slug) from None
    for offer in PublishedOffer.objects.filter(provider=row, tenant_id=tenant_id).select_related("provider"):
        _published.lay_out_again(actor, offer)
    record(actor, policies.MODERATE, PROVIDER, row.id)
    return row


@transaction.atomic
def remove_provider(*, actor: Actor, slug: str) -> None:
    """
    Remove a provider of the municipality's own.

    :raises NotAllowed: for anybody who is no moderator.
    :raises NotFound: if there is none.
    :raises InUse: while published offers name it.
    """
    policies.ensure(actor, policies.MODERATE)
    row = PublishedProvider.objects.select_for_update().filter(tenant_id=_tenant_of(actor), slug=slug).first()
    if row is None:
        raise NotFound(f"provider {slug}")
    if PublishedOffer.objects.filter(provider=row).exists():
        raise InUse(slug)
    record(actor, policies.MODERATE, PROVIDER, row.id)
    row.delete()


def _tenant_of(actor: Actor) -> UUID:
    if actor.tenant_id is None:
        raise NotFound("no tenant")
    return actor.tenant_id
