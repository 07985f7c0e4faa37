"""What the public sees: offers, who offers them, and their dated meetings. Whoever asks, nothing is about them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.catalogue.domain.laying_out import NATION
from medspiller.catalogue.models import Entry, PublishedOffer, PublishedProvider, Session
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations

MOST_AT_ONCE = 50


def area_of(*, actor: Actor, on: date) -> tuple[str, ...]:
    """Return the codes of areas that the actor's municipality lies in, the widest first: the nation, county, itself."""
    number = organisations.tenant(actor=actor).municipality_number if actor.tenant_id is not None else None
    return (NATION,) if number is None else (NATION, number[:2], number)


def visible(*, actor: Actor, on: date) -> QuerySet[PublishedOffer]:
    """
    Return the offers that readers in the actor's municipality may be shown, those that exist on a day.

    These are the municipality's own, and those of others, or shipped, that reach as far as here.
    """
    reaching = Q(area__overlap=list(area_of(actor=actor, on=on)))
    if actor.tenant_id is not None:
        # Its own first: most are, and the database then does not look at their areas.
        reaching = Q(tenant_id=actor.tenant_id) | reaching
    existing = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    return PublishedOffer.objects.filter(reaching, existing)


def offers(*, actor: Actor, on: date, municipal_only: bool = False) -> QuerySet[PublishedOffer]:
    """Return the same with who offers each, by slug; with `municipal_only` the municipality's own alone."""
    rows = visible(actor=actor, on=on).select_related("provider").order_by("slug", "id")
    return rows.filter(tenant_id=actor.tenant_id) if municipal_only else rows


def offer_by_slug(*, actor: Actor, slug: str, on: date) -> PublishedOffer:
    """
    Return the offer of a name: the municipality's own before a shipped one, and that before another municipality's.

    :raises NotFound: if readers here are shown none of that name.
    """
    found = offers_by_slug(actor=actor, slugs=[slug], on=on)
    if not found:
        raise NotFound(f"offer {slug}")
    return found[0]


def offers_by_slug(*, actor: Actor, slugs: Sequence[str], on: date) -> list[PublishedOffer]:
    """Return the offers of these names, in that order, each once. What there is not is left out."""
    asked = list(dict.fromkeys(slug for slug in slugs if "\0" not in slug))[:MOST_AT_ONCE]
    rows = visible(actor=actor, on=on).filter(slug__in=asked).select_related("provider").defer("words_no", "words_en")
    by_slug: dict[str, list[PublishedOffer]] = {}
    for row in rows:
        by_slug.setdefault(row.slug, []).append(row)
    return [min(by_slug[slug], key=lambda row: _nearness(actor, row)) for slug in asked if slug in by_slug]


def number_of_keeper(*, actor: Actor, row: PublishedOffer, on: date) -> organisations.Reached | None:
    """Return whom one can call about an offer of the municipality's own: the unit that keeps it, or one above it."""
    if row.tenant_id is None or row.tenant_id != actor.tenant_id or row.entry_id is None:
        return None
    unit_id = Entry.objects.filter(id=row.entry_id).values_list("unit_id", flat=True).first()
    return organisations.phone_of(actor=actor, unit_id=unit_id, on=on) if unit_id else None


def providers(*, actor: Actor) -> QuerySet[PublishedProvider]:
    """Return who offers something here: the municipality's own, those shipped, and whose offers reach here."""
    shown = visible(actor=actor, on=clock.today()).values("provider_id")
    rows = PublishedProvider.objects.filter(Q(tenant_id=None) | Q(tenant_id=actor.tenant_id) | Q(id__in=shown))
    return rows.order_by("name", "id")


def provider_by_slug(*, actor: Actor, slug: str) -> PublishedProvider:
    """
    Return the provider of a name that an entry of the municipality may name: its own before a shipped one.

    :raises NotFound: if there is none.
    """
    rows = PublishedProvider.objects.filter(Q(tenant_id=None) | Q(tenant_id=actor.tenant_id), slug=slug)
    found = min(rows, key=lambda row: row.tenant_id is None, default=None)
    if found is None:
        raise NotFound(f"provider {slug}")
    return found


def sessions_of(*, actor: Actor, entry_id: UUID, after: datetime) -> list[Session]:
    """Return the meetings of a published offer that begin then or later, cancelled ones too, the first one first."""
    rows = Session.objects.filter(entry_id__in=_entries_shown(actor), entry_id=entry_id, starts_at__gte=after)
    return list(rows.order_by("starts_at", "id"))


def sessions_between(*, actor: Actor, start: datetime, end: datetime) -> QuerySet[Session]:
    """Return the meetings in [start, end) of all offers that readers here are shown, the first one first."""
    rows = Session.objects.filter(entry_id__in=_entries_shown(actor), starts_at__gte=start, starts_at__lt=end)
    return rows.order_by("starts_at", "id")


def session(*, actor: Actor, session_id: UUID) -> Session:
    """
    Return a meeting of an offer that readers here are shown.

    :raises NotFound: if there is none.
    """
    found = Session.objects.filter(entry_id__in=_entries_shown(actor), id=session_id).first()
    if found is None:
        raise NotFound(f"session {session_id}")
    return found


def _entries_shown(actor: Actor) -> QuerySet[PublishedOffer, UUID | None]:
    return visible(actor=actor, on=clock.today()).exclude(entry_id=None).values_list("entry_id", flat=True)


def _nearness(actor: Actor, row: PublishedOffer) -> tuple[int, UUID]:
    if row.tenant_id is not None:
        return (0 if row.tenant_id == actor.tenant_id else 2), row.id
    return 1, row.id
