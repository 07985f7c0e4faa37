"""The small objects of HSDS 3.0: phones, schedules, areas, prices, languages, places and attributes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale

from medspiller.catalogue.domain.offers import Area, Cost, Offer, OpeningTime, Phone, Place, Texts
from medspiller.catalogue.domain.outside import terms
from medspiller.catalogue.domain.outside.terms import Taxonomy, Term
from medspiller.catalogue.domain.outside.values import COUNTRY, CURRENCY, Meeting, Site, name_id, place_id
from medspiller.catalogue.domain.vocabulary import AreaKind
from medspiller.core.periods import Period

Json = dict[str, Any]

OSLO = ZoneInfo("Europe/Oslo")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_FREE = {"nb": "Gratis", "nn": "Gratis", "en": "Free of charge"}
_KRONER = {"nb": "{amount} kroner", "nn": "{amount} kroner", "en": "{amount} kroner (NOK)"}
_MUNICIPALITY = {"nb": "kommune {number}", "nn": "kommune {number}", "en": "municipality {number}"}
_COUNTY = {"nb": "fylke {number}", "nn": "fylke {number}", "en": "county {number}"}
_CANCELLED = {"nb": "Avlyst", "nn": "Avlyst", "en": "Cancelled"}


def filled(**fields: Any) -> Json:
    """Return the fields that say something. HSDS has no null: what is not known is not there."""
    return {key: value for key, value in fields.items() if value is not None and value != "" and value != []}


def attribute(owner: UUID, entity: str, term: Term, site: Site, *, kind: str = "", value: str = "") -> Json:
    """Return what ties a code, and with `value` a text, to an object. `kind` says what the code describes."""
    return filled(
        id=str(name_id("attribute", owner, term.taxonomy.value, term.code, kind, value)),
        link_id=str(owner),
        taxonomy_term_id=str(term.id),
        link_type=kind,
        link_entity=entity,
        value=value,
        taxonomy_term=term_object(term, site.language),
    )


def codes(owner: UUID, entity: str, taxonomy: Taxonomy, found: Iterable[str], site: Site) -> Iterator[Json]:
    """Yield an attribute for each code, in their order in the vocabulary of whoever reads them: by name."""
    for code in sorted(found):
        yield attribute(owner, entity, terms.TERM_BY_CODE[taxonomy.value, code], site, kind=taxonomy.value)


def translations(owner: UUID, entity: str, code: str, texts: Texts | None, site: Site) -> Iterator[Json]:
    """
    Yield a text in the languages that its field does not show: `link_type` is the language, `value` the text.

    HSDS has one language for each field; so nothing is lost on the way to another catalogue.
    """
    term = terms.TERM_BY_CODE[Taxonomy.TEXT.value, code]
    for language, text in sorted((texts or {}).items()):
        if text and language != site.language:
            yield attribute(owner, entity, term, site, kind=language, value=text)


def fact(owner: UUID, entity: str, code: str, value: str, site: Site) -> Iterator[Json]:
    """Yield what HSDS has no field for, if it says anything."""
    if value:
        yield attribute(owner, entity, terms.TERM_BY_CODE[Taxonomy.TEXT.value, code], site, value=value)


@lru_cache(maxsize=1024)
def _term_object(term: Term, language: str) -> Json:
    name = term.called[language] if language in term.called else term.called["nb"]
    about = term.taxonomy.about
    return {
        "id": str(term.id),
        "code": f"{term.taxonomy.value}:{term.code}",
        "name": name,
        "description": f"{about.get(language, about['nb'])}: {name}",
        "taxonomy": term.taxonomy.called.get(language, term.taxonomy.called["nb"]),
        "language": language,
        "taxonomy_id": str(term.taxonomy.id),
    }


def term_object(term: Term, language: str) -> Json:
    """Return a term of a taxonomy. Its `code` begins with the taxonomy, since codes are unique in all of them."""
    return dict(_term_object(term, language if language in ("nb", "nn", "en") else "nb"))


def taxonomy_object(taxonomy: Taxonomy, site: Site) -> Json:
    """Return a taxonomy, with the address where it can be read."""
    return {
        "id": str(taxonomy.id),
        "name": site.say(taxonomy.called),
        "description": site.say(taxonomy.about),
        "uri": f"{site.api}/taxonomies/{taxonomy.id}",
        "version": terms.VERSION,
    }


def phone(owner: UUID, number: Phone, site: Site, *, service_id: UUID | None = None) -> Json:
    """Return a telephone number, with what it is for."""
    phone_id = name_id("phone", owner, number.number)
    return filled(
        id=str(phone_id),
        service_id=service_id and str(service_id),
        number=number.number,
        type="voice",
        description=site.say(number.label),
        attributes=list(translations(phone_id, "phone", "name", number.label, site)),
    )


def schedule(owner: UUID, number: int, times: OpeningTime, period: Period, site: Site) -> Json:
    """
    Return when it is there, week after week.

    Without weekdays there is no rule, only the words. Without a clock it is the whole day.
    """
    schedule_id = name_id("schedule", owner, number)
    rule = {"wkst": "MO", "freq": "WEEKLY", "interval": times.every_weeks, "byday": days(times.weekdays)}
    return filled(
        id=str(schedule_id),
        service_id=str(owner),
        valid_from=period.start.isoformat(),
        valid_to=_day(period.last_day),
        dtstart=_day(first_day(times, period)) if times.weekdays and times.every_weeks == 1 else None,
        until=_day(period.last_day) if times.weekdays else None,
        **(rule if times.weekdays else {}),
        opens_at=_clock(times.opens),
        closes_at=_clock(times.closes),
        description=site.say(times.note),
        attributes=list(translations(schedule_id, "schedule", "note", times.note, site)),
    )


def meeting_schedule(owner: UUID, meeting: Meeting, offer: Offer, site: Site) -> Json:
    """Return one dated meeting."""
    starts, ends = meeting.starts_at.astimezone(OSLO), meeting.ends_at.astimezone(OSLO)
    called = site.say(meeting.title) or site.say(offer.title)
    return filled(
        id=str(meeting.id),
        service_id=str(owner),
        valid_from=starts.date().isoformat(),
        valid_to=ends.date().isoformat(),
        dtstart=starts.date().isoformat(),
        timezone=(starts.utcoffset() or timedelta()).total_seconds() / 3600,
        count=1,
        opens_at=_clock(starts.time()),
        closes_at=_clock(ends.time()),
        # Where it is on the web is told to those who take part, and to nobody else: no `schedule_link`.
        description=f"{site.say(_CANCELLED)}: {called}" if meeting.is_cancelled else called,
    )


def area(owner: UUID, found: Area, site: Site) -> Json:
    """Return how far it reaches. The number stands as an attribute: HSDS has a field for shapes only."""
    area_id = name_id("area", owner, found.kind.value, found.code, found.district)
    term = terms.TERM_BY_CODE[Taxonomy.AREA.value, found.kind.value]
    national = found.kind is AreaKind.NATIONAL
    return filled(
        id=str(area_id),
        service_id=str(owner),
        name=area_name(found, site),
        description=area_name(found, site),
        uri="http://publications.europa.eu/resource/authority/country/NOR" if national else "",
        attributes=[attribute(area_id, "service_area", term, site, kind=found.code or COUNTRY, value=found.district)],
    )


def area_name(found: Area, site: Site) -> str:
    """Return what an area is called; by its number where the name is not known."""
    if found.kind is AreaKind.NATIONAL:
        return site.say(terms.TERM_BY_CODE[Taxonomy.AREA.value, "national"].called)
    unnamed = _COUNTY if found.kind is AreaKind.COUNTY else _MUNICIPALITY
    name = site.areas.get(found.code) or site.say(unnamed).format(number=found.code)
    return f"{found.district}, {name}" if found.district else name


def price(cost: Cost, site: Site) -> str:
    """Return what it costs, in words."""
    if cost.is_free:
        return site.say(cost.text) or site.say(_FREE)
    told = site.say(_KRONER).format(amount=f"{cost.amount.normalize():f}") if cost.amount is not None else ""
    return ". ".join(part for part in (told, site.say(cost.text)) if part)


def cost_option(owner: UUID, cost: Cost, site: Site) -> Json:
    """Return what it costs; nothing is an amount too."""
    amount = 0 if cost.is_free else cost.amount
    number = None if amount is None else float(amount)
    return filled(
        id=str(name_id("cost", owner)),
        service_id=str(owner),
        option=site.say(_FREE) if cost.is_free else "",
        currency=CURRENCY if number is not None else "",
        amount=int(number) if number is not None and number.is_integer() else number,
        amount_description=site.say(cost.text),
    )


def language(owner: UUID, code: str, site: Site) -> Json:
    """Return a language that is spoken there."""
    return {
        "id": str(name_id("language", owner, code)),
        "service_id": str(owner),
        "name": language_name(code, site.language),
        "code": code,
    }


@lru_cache(maxsize=512)
def language_name(code: str, reader: str) -> str:
    """Return what a language is called in the reader's; its code where nobody has given it a name."""
    names: Mapping[str, str] = Locale.parse(reader if reader in ("nb", "nn", "en") else "nb").languages
    return names.get(code, code)


def location(place: Place, publisher_id: UUID, site: Site) -> Json:
    """Return a place: its address, the way there, and what makes it usable."""
    location_id = place_id(place)
    address = {
        "id": str(name_id("address", location_id)),
        "location_id": str(location_id),
        "address_1": place.street or place.name,
        "city": place.city,
        "state_province": site.areas.get(place.municipality[:2], place.municipality[:2]),
        "postal_code": place.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    } | filled(region=place.district)
    attributes = [
        *codes(location_id, "location", Taxonomy.ACCESS, place.access, site),
        *translations(location_id, "location", "directions", place.directions, site),
    ]
    return basic_location(place, publisher_id, site) | filled(
        addresses=[address],
        accessibility=[
            {
                "id": str(name_id("accessibility", location_id, code)),
                "location_id": str(location_id),
                "description": site.say(terms.TERM_BY_CODE[Taxonomy.ACCESS.value, code].called),
            }
            for code in sorted(place.access)
        ],
        attributes=attributes,
    )


def basic_location(place: Place, publisher_id: UUID, site: Site) -> Json:
    """Return a place without what hangs on it. `external_identifier` is the number of the municipality."""
    return filled(
        id=str(place_id(place)),
        location_type="physical",
        organization_id=str(publisher_id),
        name=place.name,
        transportation=site.say(place.directions),
        external_identifier=place.municipality,
        external_identifier_type="NO-kommunenummer" if place.municipality else "",
    )


def moment(when: datetime | None) -> str | None:
    """Return a moment as HSDS writes it: in UTC, to the millisecond."""
    if when is None:
        return None
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def days(weekdays: Iterable[int]) -> str:
    """Return days of the week as rules of recurrence write them: `MO,TU`."""
    return ",".join(DAYS[day - 1] for day in sorted(weekdays))


def first_day(times: OpeningTime, period: Period) -> date:
    """Return the first day in the period on which it is there."""
    ahead = range(7)
    return next(
        day for day in (period.start + timedelta(days=each) for each in ahead) if day.isoweekday() in times.weekdays
    )


def _clock(when: time | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
