"""
What comes in content packages: offers and providers for the whole country, and what words stand for.

Whoever acts for no tenant writes what is shipped to all, as the owner of the database; a tenant that publishes a
package of its own, its own. Everything here is safe to do twice.
"""

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from medspiller.catalogue import selectors
from medspiller.catalogue.domain.content_offers import offer_in, provider_in
from medspiller.catalogue.domain.refusals import InUse, SlugTaken
from medspiller.catalogue.models import PublishedOffer, PublishedProvider
from medspiller.catalogue.services import _published
from medspiller.content import selectors as content
from medspiller.content.domain.definitions import Definition
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound

logger = logging.getLogger(__name__)


@transaction.atomic
def publish_provider(*, actor: Actor, definition: Definition) -> PublishedProvider:
    """
    Let the public see a provider of a content package, and lay out anew what it offers.

    :raises SlugTaken: if another provider of the same tenant has the name.
    """
    provider = provider_in(definition)
    row_id = _published.id_of("provider", provider.slug, tenant_id=actor.tenant_id)
    same = PublishedProvider.objects.filter(tenant_id=actor.tenant_id, slug=provider.slug).exclude(id=row_id)
    if same.exists():
        raise SlugTaken(provider.slug)
    row = _published.store_provider(provider, row_id=row_id, tenant_id=actor.tenant_id)
    for offer in PublishedOffer.objects.filter(provider=row, tenant_id=actor.tenant_id).select_related("provider"):
        _published.lay_out_again(actor, offer)
    return row


@transaction.atomic
def publish_offer(*, actor: Actor, definition: Definition) -> PublishedOffer:
    """
    Let the public see an offer of a content package.

    :raises NotFound: if its provider is not published.
    :raises SlugTaken: if another offer of the same tenant has the name.
    """
    offer = offer_in(definition)
    row_id = _published.id_of("offer", offer.slug, tenant_id=actor.tenant_id)
    same = PublishedOffer.objects.filter(tenant_id=actor.tenant_id, slug=offer.slug).exclude(id=row_id)
    if same.exists():
        raise SlugTaken(offer.slug)
    provider = selectors.provider_by_slug(actor=actor, slug=offer.provider)
    row = PublishedOffer(id=row_id, tenant_id=actor.tenant_id, version=definition.version)
    return _published.store(actor, row, offer, provider, closures=(), now=clock.now())


@transaction.atomic
def retire_offer(*, actor: Actor, definition: Definition) -> None:
    """Take an offer of a content package away, or show the version of it that is still in use."""
    row_id = _published.id_of("offer", offer_in(definition).slug, tenant_id=actor.tenant_id)
    row = PublishedOffer.objects.filter(id=row_id, version=definition.version).first()
    if row is None:
        return
    still = _still_in_use(actor, definition)
    if still is None:
        row.delete()
    else:
        publish_offer(actor=actor, definition=still)


@transaction.atomic
def retire_provider(*, actor: Actor, definition: Definition) -> None:
    """
    Take a provider of a content package away, unless a version of it is still in use.

    :raises InUse: while offers name it.
    """
    row_id = _published.id_of("provider", provider_in(definition).slug, tenant_id=actor.tenant_id)
    row = PublishedProvider.objects.filter(id=row_id).first()
    if row is None or _still_in_use(actor, definition) is not None:
        return
    if PublishedOffer.objects.filter(provider=row).exists():
        raise InUse(row.slug)
    row.delete()


@transaction.atomic
def lay_out_all(*, actor: Actor) -> int:
    """
    Lay out the published offers of the actor's tenant anew, those shipped where there is none; return how many.

    For when it has changed what words stand for. Nothing that anybody reads is different afterwards.
    """
    rows = PublishedOffer.objects.filter(tenant_id=actor.tenant_id).select_related("provider").order_by("id")
    count = 0
    for row in rows.iterator(chunk_size=500):
        _published.lay_out_again(actor, row)
        count += 1
    return count


@transaction.atomic
def lay_out_everywhere(*, actor: Actor) -> None:
    """Lay out anew what the actor may write; where that is what is shipped to all, a job does the rest by tenant."""
    count = lay_out_all(actor=actor)
    if actor.tenant_id is None:
        app.configure_task("catalogue.lay_out_again", queue="upkeep").defer()
    logger.info("catalogue.laid_out", extra={"count": count})


def _still_in_use(actor: Actor, definition: Definition) -> Definition | None:
    try:
        found = content.latest(actor=actor, url=definition.url)
    except NotFound:
        return None
    return None if found.version == definition.version else found
