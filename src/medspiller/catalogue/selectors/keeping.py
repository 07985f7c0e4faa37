"""The list of those who keep entries: how each stands; and a wording as the public would see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Lower

from medspiller.access.domain.actors import Actor
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.laying_out import lay_out
from medspiller.catalogue.domain.reading import read_offer, read_provider
from medspiller.catalogue.models import Closure, Entry, PublishedOffer, Report, Version
from medspiller.catalogue.selectors.entries import entries
from medspiller.catalogue.selectors.offers import provider_by_slug
from medspiller.core import clock

_MOST_WORDS = 5


class State(StrEnum):
    """How an entry stands. Several may hold at once; what was never approved, or was taken down, is `DOWN`."""

    LIVE = "live"
    WAITING = "waiting"
    OVERDUE = "overdue"
    CLOSED = "closed"
    REPORTED = "reported"
    DOWN = "down"


class Sort(StrEnum):
    """What the list is sorted by."""

    TITLE = "tittel"
    REVIEW = "se-over"
    MADE = "ny"


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the list. `title` is of the live version, or of the newest where none is."""

    id: UUID
    slug: str
    title: Mapping[str, str]
    unit_name: str
    organisation_name: str
    review_on: date
    states: tuple[State, ...]

    @classmethod
    def of(cls, row: Entry) -> "Listed":
        """Return a row of `listed` as a line."""
        found: Any = row
        is_shown = row.live_id is not None and row.taken_down_at is None
        holds = {
            State.LIVE: is_shown,
            State.DOWN: not is_shown,
            State.WAITING: found.is_waiting,
            State.OVERDUE: found.is_overdue,
            State.CLOSED: found.is_closed,
            State.REPORTED: found.is_reported,
        }
        return cls(
            id=row.id,
            slug=row.slug,
            title=found.shown_title or {},
            unit_name=row.unit.name,
            organisation_name=row.organisation.name if row.organisation else "",
            review_on=row.review_on,
            states=tuple(state for state in State if holds[state]),
        )


def listed(
    *,
    actor: Actor,
    on: date,
    words: str = "",
    state: State | None = None,
    sort: Sort = Sort.TITLE,
    falling: bool = False,
) -> QuerySet[Entry]:
    """
    Return the entries that the actor keeps, narrowed and sorted; each is read by `Listed.of`.

    All of `words` must stand in the title, in any language, or in the short name.
    """
    rows = _marked(entries(actor=actor, on=on), on)
    for word in words.split()[:_MOST_WORDS]:
        rows = rows.filter(Q(shown_title__icontains=word) | Q(slug__icontains=word))
    if state is not None:
        rows = rows.filter(_IN_STATE[state])
    by: Any = {Sort.TITLE: Lower("sorted_title"), Sort.REVIEW: F("review_on"), Sort.MADE: F("made_at")}[sort]
    return rows.order_by(OrderBy(by, descending=falling), "slug")


def counts(*, actor: Actor, on: date) -> dict[State, int]:
    """Return how many of the actor's entries are in each state."""
    rows = _marked(entries(actor=actor, on=on), on).order_by()
    found = rows.aggregate(**{f"in_{state.value}": Count("id", filter=held) for state, held in _IN_STATE.items()})
    return {state: found[f"in_{state.value}"] for state in State}


def as_published(*, actor: Actor, body: Mapping[str, Any]) -> PublishedOffer:
    """
    Return a wording as the public would see it, without storing anything.

    :raises Unreadable: listing everything that is wrong with it.
    :raises NotFound: if nobody knows its provider.
    """
    offer = read_offer(body)
    provider = provider_by_slug(actor=actor, slug=offer.provider)
    laid_out = lay_out(offer, provider=read_provider(provider.body))
    columns = {name: value for name, value in laid_out.items() if name in _COLUMNS}
    return PublishedOffer(**{**columns, "slug": offer.slug, "provider": provider, "changed_at": clock.now()})


_COLUMNS = frozenset(field.name for field in PublishedOffer._meta.concrete_fields)
_IN_STATE = {
    State.LIVE: Q(live__isnull=False, taken_down_at=None),
    State.DOWN: Q(live__isnull=True) | Q(taken_down_at__isnull=False),
    State.WAITING: Q(is_waiting=True),
    State.OVERDUE: Q(is_overdue=True),
    State.CLOSED: Q(is_closed=True),
    State.REPORTED: Q(is_reported=True),
}


def _marked(rows: QuerySet[Entry], on: date) -> QuerySet[Entry]:
    of_entry = {"entry": OuterRef("id")}
    newest = Version.objects.filter(**of_entry).order_by("-number").values("body__title")[:1]
    closed = Q(opens_on=None) | Q(opens_on__gt=on)
    shown = rows.annotate(
        shown_title=Coalesce("live__body__title", Subquery(newest)),
        is_waiting=Exists(Version.objects.filter(**of_entry, status=Status.PROPOSED.value)),
        is_closed=Exists(Closure.objects.filter(closed, **of_entry, closed_from__lte=on)),
        is_reported=Exists(Report.objects.filter(**of_entry, dealt_with_at=None)),
        is_overdue=Q(review_on__lt=on, live__isnull=False, taken_down_at=None),
    )
    return shown.annotate(sorted_title=KeyTextTransform("nb", "shown_title"))
