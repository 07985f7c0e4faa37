"""What other systems are given: published offers with their ids, their providers and their meetings, in few queries."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db.models import F, Func, IntegerField, Q, QuerySet, Sum

from medspiller.access.domain.actors import Actor
from medspiller.catalogue.domain.outside import terms
from medspiller.catalogue.domain.outside.calendar import WEEKLY_KINDS
from medspiller.catalogue.domain.outside.hsds_api import Asked
from medspiller.catalogue.domain.outside.made_up import marked_offer, marked_provider
from medspiller.catalogue.domain.outside.terms import Taxonomy, Term
from medspiller.catalogue.domain.outside.values import Listed, Meeting, Publisher, offers_near
from medspiller.catalogue.domain.reader import Reader
from medspiller.catalogue.domain.reading import read_offer, read_place, read_provider
from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.catalogue.domain.vocabulary import Way
from medspiller.catalogue.models import PublishedOffer, PublishedProvider, Session
from medspiller.catalogue.selectors import _scoring
from medspiller.catalogue.selectors.finding import _understood
from medspiller.catalogue.selectors.offers import providers, visible
from medspiller.core import clock
from medspiller.organisations import selectors as organisations

_FLAGS = {
    "digital": Q(is_digital=True),
    "anonymous": Q(is_anonymous=True),
    "interpreter": Q(body__has_interpreter=True),
    "check": Q(card__to_check=True),
}


class _Places(Func):
    """How many places an offer has, by its card."""

    function = "jsonb_array_length"
    output_field: ClassVar["IntegerField[int, int]"] = IntegerField()


class _Each(Func):
    """A row for each number from 1 to another."""

    function = "generate_series"
    template = "%(function)s(1, %(expressions)s)"
    output_field: ClassVar["IntegerField[int, int]"] = IntegerField()
    set_returning = True


def services(*, actor: Actor, asked: Asked, on: date) -> QuerySet[PublishedOffer]:
    """Return the offers that a request asks for among those that readers here are shown, in the order of their ids."""
    rows = _shown(actor, on=on).order_by("id")
    if asked.search:
        rows = matching(actor=actor, rows=rows, query=asked.search, language=asked.lang)
    if asked.organization_id is not None:
        rows = rows.filter(provider_id=asked.organization_id)
    if asked.modified_after is not None:
        rows = rows.filter(changed_at__gte=asked.modified_after)
    if asked.taxonomy_term_id is not None:
        rows = rows.filter(_with_terms([terms.TERM_BY_ID.get(asked.taxonomy_term_id)]))
    if asked.taxonomy_id is not None:
        taxonomy = terms.TAXONOMY_BY_ID.get(asked.taxonomy_id)
        rows = rows.filter(_with_terms(terms.terms([taxonomy]) if taxonomy else []))
    if asked.postcode:
        rows = rows.filter(body__contains={"places": [{"postal_code": asked.postcode}]})
    return rows


def matching(*, actor: Actor, rows: QuerySet[PublishedOffer], query: str, language: str) -> QuerySet[PublishedOffer]:
    """
    Narrow offers to those that have all words of a query, or are about what it stands for; to none if it says nothing.

    Words are understood as on the pages, in all their forms; what is found is not weighed.
    """
    meant = _understood(actor, query, language)
    about = Q(concepts__overlap=list(meant.concepts)) if meant.concepts else Q(pk=None)
    if meant.stems:
        about |= Q(_scoring.with_words(_scoring.all_of(meant.stems), language=meant.language))
    return rows.filter(about)


def listed(
    *, actor: Actor, rows: Iterable[PublishedOffer], after: datetime | None = None, is_demo: bool | None = None
) -> list[Listed]:
    """
    Return published rows, their providers joined, as the outside formats take them.

    With `after` their meetings that begin then or later come along, in one query for all. `is_demo` is said by
    commands, which no setting tells; a demo's own offers are marked as made up.
    """
    demo = bool(settings.DEMO) if is_demo is None else is_demo
    found = list(rows)
    meetings = meetings_of(actor=actor, entries=[row.entry_id for row in found if row.entry_id], after=after)
    # Most are offered by few.
    by_id = {row.provider_id: row.provider for row in found}
    known = {provider_id: _publisher(provider, demo=demo) for provider_id, provider in by_id.items()}
    return [
        _listed(row, meetings.get(row.entry_id, ()) if row.entry_id else (), known[row.provider_id], demo=demo)
        for row in found
    ]


def publishers(*, actor: Actor, rows: Iterable[PublishedProvider]) -> list[Publisher]:
    """Return providers with the ids they are known by."""
    return [_publisher(row, demo=bool(settings.DEMO)) for row in rows]


def meetings_of(*, actor: Actor, entries: Sequence[UUID], after: datetime | None) -> dict[UUID, tuple[Meeting, ...]]:
    """Return the meetings of entries that begin then or later, by entry. Without a moment there are none."""
    if after is None or not entries:
        return {}
    found: dict[UUID, list[Meeting]] = {}
    for row in Session.objects.filter(entry_id__in=entries, starts_at__gte=after).order_by("starts_at", "id"):
        found.setdefault(row.entry_id, []).append(_meeting(row))
    return {entry_id: tuple(meetings) for entry_id, meetings in found.items()}


def places_of(
    *, actor: Actor, rows: QuerySet[PublishedOffer], start: int, size: int
) -> tuple[int, list[tuple[UUID, int]]]:
    """Return how many places offers have together, and of a stretch of them the offer and which of its places it is."""
    with_places = rows.filter(card__has_key="places").annotate(places=_Places(F("card__places")))
    total = with_places.aggregate(total=Sum("places"))["total"] or 0
    each = with_places.annotate(number=_Each(F("places"))).order_by("id", "number").values_list("id", "number")
    return total, [(offer_id, number - 1) for offer_id, number in each[start : start + size]]


def stretch(*, actor: Actor, rows: QuerySet[PublishedOffer], start: int, size: int) -> list[PublishedOffer]:
    """Return the offers in [start, start + size) of all, their providers joined; those before are counted, not read."""
    # Not as one query: what narrows by words names the table, and would mean the outer one.
    ids = list(rows.order_by("id").values_list("id", flat=True)[start : start + size])
    wanted = PublishedOffer.objects.filter(id__in=ids).select_related("provider").order_by("id")
    return list(wanted.defer("words_no", "words_en", "card"))


def service_by_id(*, actor: Actor, offer_id: UUID, on: date) -> PublishedOffer | None:
    """Return the offer with an id, its provider joined; None if readers here are shown none."""
    return _shown(actor, on=on).select_related("provider").filter(id=offer_id).first()


def services_by_id(*, actor: Actor, offer_ids: Iterable[UUID], on: date) -> QuerySet[PublishedOffer]:
    """Return offers, their providers joined, in the order of their ids."""
    return _shown(actor, on=on).select_related("provider").filter(id__in=list(offer_ids)).order_by("id")


def services_near(*, actor: Actor, at_place: UUID, on: date) -> list[PublishedOffer]:
    """Return the offers that an offer at a place, named by its own id, can be one of: one nearly always."""
    first, last = offers_near(at_place)
    return list(_shown(actor, on=on).select_related("provider").filter(id__gte=first, id__lte=last))


def organizations(*, actor: Actor, search: str = "") -> QuerySet[PublishedProvider]:
    """Return who offers something here, in the order of their ids; with words, those whose name has all of them."""
    rows = providers(actor=actor).order_by("id")
    for word in search.split():
        rows = rows.filter(body__name__icontains=word)
    return rows


def services_of(*, actor: Actor, provider_ids: Iterable[UUID], on: date) -> QuerySet[PublishedOffer]:
    """Return the offers of some providers, in the order of their ids."""
    return _shown(actor, on=on).filter(provider_id__in=list(provider_ids)).order_by("id")


def exported(*, actor: Actor, on: date, own: bool = False) -> QuerySet[PublishedOffer]:
    """Return all offers that readers here are shown, their providers joined, by id; with `own` the tenant's alone."""
    rows = _shown(actor, on=on).select_related("provider").order_by("id")
    return rows.filter(tenant_id=actor.tenant_id) if own else rows


def in_stretches(*, actor: Actor, rows: QuerySet[PublishedOffer], size: int) -> Iterator[list[PublishedOffer]]:
    """Yield all rows in stretches by id, each a query of its own, so that a long list never lies in memory whole."""
    stretch = list(rows[:size])
    while stretch:
        yield stretch
        stretch = list(rows.filter(id__gt=stretch[-1].id)[:size])


def area_names(*, actor: Actor, offers: Iterable[Listed], on: date, more: Iterable[str] = ()) -> dict[str, str]:
    """Return the names of the municipalities and counties that offers, or `more`, name by number."""
    codes = {area.code for each in offers for area in each.offer.areas if area.code} | set(more)
    codes |= {place.municipality[:2] for each in offers for place in each.offer.places}
    names = {}
    for number in sorted(code for code in codes if len(code) == 2):
        county = organisations.county_of(actor=actor, number=f"{number}01", on=on)
        if county is not None:
            names[number] = county.names.get("nb", county.name)
    if any(len(code) == 4 for code in codes):
        years = [year for year in organisations.known_years(actor=actor) if year <= on.year]
        facts = organisations.municipalities(actor=actor, year=years[-1]) if years else []
        names |= {fact.number: fact.name.norwegian for fact in facts if fact.number in codes}
    return names


def calendar(*, actor: Actor, start: datetime, most: int) -> list[Listed]:
    """Return the offers with meetings from a moment on, the soonest meetings first, at most so many meetings."""
    today = clock.today()
    shown = _shown(actor, on=today).exclude(entry_id=None)
    entries = shown.values("entry_id")
    coming = Session.objects.filter(entry_id__in=entries, starts_at__gte=start).order_by("starts_at", "id")
    found: dict[UUID, list[Meeting]] = {}
    for row in coming[:most]:
        found.setdefault(row.entry_id, []).append(_meeting(row))
    rows = shown.filter(entry_id__in=list(found)).select_related("provider").order_by("id")
    return [_here(row, tuple(found.get(row.entry_id, ())) if row.entry_id else ()) for row in rows]


def weekly_groups(*, actor: Actor, most: int) -> list[Listed]:
    """Return offers of the sorts where people meet week after week and anybody may come, at most so many."""
    rows = _shown(actor, on=clock.today()).filter(kind__in=WEEKLY_KINDS, way=Way.OPEN, card__has_key="times")
    return [_here(row, ()) for row in rows.select_related("provider").order_by("id")[:most]]


def _meeting(row: Session) -> Meeting:
    """Return a dated meeting as the outside formats take it. Nothing is told of who comes."""
    return Meeting(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.title,
        place=read_place(Reader(row.place)) if row.place else None,
        is_digital=row.is_digital,
        is_cancelled=row.status == SessionStatus.CANCELLED,
    )


def _shown(actor: Actor, *, on: date) -> QuerySet[PublishedOffer]:
    """What readers here are shown, without what only finding needs: it is more than all the rest."""
    return visible(actor=actor, on=on).defer("words_no", "words_en", "card")


def _publisher(row: PublishedProvider, *, demo: bool) -> Publisher:
    provider = read_provider(row.body)
    return Publisher(row.id, marked_provider(provider) if _is_made_up(row, demo=demo) else provider)


def _is_made_up(row: PublishedOffer | PublishedProvider, *, demo: bool) -> bool:
    """Say whether a row is a demo's own; what is shipped for all is true there too."""
    return demo and row.tenant_id is not None


def _here(row: PublishedOffer, meetings: tuple[Meeting, ...]) -> Listed:
    """Return a row as this installation's own feeds take it."""
    demo = bool(settings.DEMO)
    return _listed(row, meetings, _publisher(row.provider, demo=demo), demo=demo)


def _listed(row: PublishedOffer, meetings: tuple[Meeting, ...], publisher: Publisher, *, demo: bool) -> Listed:
    offer = read_offer(row.body)
    return Listed(
        id=row.id,
        offer=marked_offer(offer) if _is_made_up(row, demo=demo) else offer,
        publisher=publisher,
        changed_at=row.changed_at,
        version=row.version,
        closures=row.closures,
        meetings=meetings,
    )


def _with_terms(wanted: Iterable[Term | None]) -> Q:
    """A condition that holds for offers with any of some codes; nothing has a code that there is not."""
    condition, concepts = Q(pk=None), []
    for term in wanted:
        if term is None:
            continue
        if term.taxonomy is Taxonomy.MARK:
            condition |= _FLAGS[term.code]
        elif term.taxonomy is Taxonomy.PROVIDER:
            condition |= Q(provider__kind=term.code)
        elif term.taxonomy is Taxonomy.AREA:
            contains: dict[str, Any] = {"areas": [{"kind": term.code}]}
            condition |= Q(card__contains=contains)
        elif term.taxonomy is not Taxonomy.TEXT:
            concepts.append(f"{term.taxonomy.value}:{term.code}")
    return condition | Q(concepts__overlap=concepts) if concepts else condition
