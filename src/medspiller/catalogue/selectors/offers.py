"""What the public sees: offers, who offers them, and their dated meetings. Whoever asks, nothing is about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from medspiller.catalogue.domain.laying_out import NATION
from medspiller.catalogue.models import Entry, PublishedOffer, PublishedProvider, Session
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations

MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """
    An offer as a list shows it. Two are equal where all that they say is: what was made of one holds for the other.

    `body`, `provider` and `closures` are JSON as it is stored: reading it takes longer than all else about a list, and
    most of what is shown was read a moment ago.
    """

    slug: str
    kind: str
    way: str
    concepts: tuple[str, ...]
    review_on: date
    is_digital: bool
    is_evening: bool
    is_anonymous: bool
    is_for_children: bool
    body: str
    provider: str
    closures: str


def area_of(*, actor: Actor, on: date) -> tuple[str, ...]:
    """Return the codes of areas that the actor's municipality lies in, the widest first: the nation, county, itself."""
    number = organisations.tenant(actor=actor).municipality_number if actor.tenant_id is not None else None
    return (NATION,) if number is None else (NATION, number[:2], number)


def visible(*, actor: Actor, on: date) -> QuerySet[PublishedOffer]:
    """
    Return the offers that readers in the actor's municipality may be shown, those that exist on a day.

    These are the municipality's own, and those of others, or shipped, that reach as far as here.
    """
    return visible_in(actor=actor, area=area_of(actor=actor, on=on), on=on)


def visible_in(*, actor: Actor, area: Sequence[str], on: date) -> QuerySet[PublishedOffer]:
    """Return the same where `area_of` has been asked already."""
    reaching = Q(area__overlap=list(area))
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
    asked = _asked(slugs)
    rows = visible(actor=actor, on=on).filter(slug__in=asked).select_related("provider").defer("words_no", "words_en")
    found: dict[str, PublishedOffer] = {}
    for row in sorted(rows, key=lambda row: _nearness(actor, row.tenant_id, row.id)):
        found.setdefault(row.slug, row)
    return [found[slug] for slug in asked if slug in found]


def shown_by_slug(*, actor: Actor, slugs: Sequence[str], area: Sequence[str], on: date) -> tuple[Shown, ...]:
    """Return the same as a list shows them; `area` as `area_of` says."""
    asked = _asked(slugs)
    rows = visible_in(actor=actor, area=area, on=on).filter(slug__in=asked).values_list("tenant_id", "id", *_SHOWN)
    found: dict[str, Shown] = {}
    for _tenant_id, _id, slug, kind, way, concepts, *others in sorted(rows, key=lambda row: _nearness(actor, *row[:2])):
        found.setdefault(slug, Shown(slug, kind, way, tuple(concepts), *others))
    return tuple(found[slug] for slug in asked if slug in found)


# Its columns in their order.
_SHOWN = (
    "slug",
    "kind",
    "way",
    "concepts",
    "review_on",
    "is_digital",
    "is_evening",
    "is_anonymous",
    "is_for_children",
    Cast("body", TextField()),
    Cast("provider__body", TextField()),
    Cast("closures", TextField()),
)


def _asked(slugs: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(slug for slug in slugs if "\0" not in slug))[:MOST_AT_ONCE]


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


def _nearness(actor: Actor, tenant_id: UUID | None, offer_id: UUID) -> tuple[int, UUID]:
    if tenant_id is not None:
        return (0 if tenant_id == actor.tenant_id else 2), offer_id
    return 1, offer_id
