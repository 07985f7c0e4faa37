"""Writing what the public sees."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

from medspiller.catalogue.domain.finding.indexing import words_of
from medspiller.catalogue.domain.laying_out import Closed, lay_out
from medspiller.catalogue.domain.offers import Offer, Provider
from medspiller.catalogue.domain.outside.values import name_id
from medspiller.catalogue.domain.reading import read_offer, read_provider, write_provider
from medspiller.catalogue.domain.refusals import UnknownProvider
from medspiller.catalogue.models import Closure, Entry, PublishedOffer, PublishedProvider
from medspiller.catalogue.selectors.finding import wording
from medspiller.catalogue.selectors.offers import provider_by_slug
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound

_NAME_LANGUAGE = "nb"
_WEIGHTS = "ABCD"


def show(actor: Actor, entry: Entry) -> PublishedOffer:
    """
    Lay out the live version of an entry anew, with its day of review and its closures as they are now.

    :raises UnknownProvider: if its provider is gone.
    """
    live = entry.live
    if live is None:
        raise ValueError(f"entry {entry.id} has no live version")
    offer = replace(read_offer(live.body), review_on=entry.review_on)
    provider = provider_of(actor, offer)
    row = PublishedOffer(id=entry.id, tenant_id=entry.tenant_id, entry_id=entry.id, version=str(live.number))
    return store(actor, row, offer, provider, closures=closures_of(entry), now=clock.now())


def provider_of(actor: Actor, offer: Offer) -> PublishedProvider:
    """
    Return who offers it.

    :raises UnknownProvider: if there is no such provider here.
    """
    try:
        return provider_by_slug(actor=actor, slug=offer.provider)
    except NotFound:
        raise UnknownProvider(offer.provider) from None


def hide(entry: Entry) -> None:
    """Take what the public sees of an entry away."""
    PublishedOffer.objects.filter(entry_id=entry.id).delete()


def store(
    actor: Actor,
    row: PublishedOffer,
    offer: Offer,
    provider: PublishedProvider,
    *,
    closures: tuple[Closed, ...],
    now: datetime,
) -> PublishedOffer:
    """Write a published row with all its columns, over the one of the same id if there is one."""
    described = read_provider(provider.body)
    columns = lay_out(offer, provider=described, closures=closures)
    columns |= {"provider_id": provider.id, "version": row.version, "changed_at": now}
    columns |= words(actor, offer, described)
    stored, _is_new = PublishedOffer.objects.update_or_create(
        id=row.id, defaults=columns, create_defaults=columns | {"tenant_id": row.tenant_id, "entry_id": row.entry_id}
    )
    return stored


def id_of(sort: str, slug: str, *, tenant_id: UUID | None) -> UUID:
    """Return what a row is known by for good: what is shipped, by its name, the same in every installation."""
    return name_id(sort, slug) if tenant_id is None else name_id(tenant_id, sort, slug)


def store_provider(provider: Provider, *, row_id: UUID, tenant_id: UUID | None) -> PublishedProvider:
    """Write who offers something, over the row of the same id if there is one."""
    columns = {
        "slug": provider.slug,
        "name": provider.name[_NAME_LANGUAGE],
        "kind": provider.kind.value,
        "body": write_provider(provider),
    }
    row, _is_new = PublishedProvider.objects.update_or_create(
        id=row_id, defaults=columns, create_defaults=columns | {"tenant_id": tenant_id}
    )
    return row


def lay_out_again(actor: Actor, row: PublishedOffer) -> None:
    """Write the columns that follow from who offers it and from what words stand for; it counts as no change."""
    offer, provider = read_offer(row.body), read_provider(row.provider.body)
    closures = tuple(closed_in(each) for each in row.closures)
    columns = lay_out(offer, provider=provider, closures=closures) | words(actor, offer, provider)
    PublishedOffer.objects.filter(id=row.id).update(**columns)


def words(actor: Actor, offer: Offer, provider: Provider) -> dict[str, Combinable]:
    """Return the columns that the words of an offer are looked up in, as the database makes them."""
    found = words_of(offer, provider, wording(actor=actor))
    return {f"words_{language}": _vector(by_weight) for language, by_weight in found.items()}


def closures_of(entry: Entry) -> tuple[Closed, ...]:
    """Return the times in which an entry is closed."""
    rows = Closure.objects.filter(entry=entry).order_by("closed_from", "id")
    return tuple(Closed(row.closed_from, row.opens_on, row.text) for row in rows)


def closed_in(written: Mapping[str, Any]) -> Closed:
    """Return a closure as it stands in a published row."""
    end = written["to"]
    return Closed(date.fromisoformat(written["from"]), date.fromisoformat(end) if end else None, written["text"])


def _vector(by_weight: Mapping[str, str]) -> Combinable:
    # What is looked for is stemmed in the same way before it comes here; the database only counts words.
    first, *others = [
        SearchVector(Value(by_weight.get(weight, "")), config="simple", weight=weight) for weight in _WEIGHTS
    ]
    vector: Combinable = first
    for other in others:
        vector = vector + other
    return vector
