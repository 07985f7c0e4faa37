"""
Offers as structured data of schema.org, as search engines read it on pages and others in an export.

The context stands in the document, so that whoever reads it needs no network. In the language of a page texts are
plain; a site without a language gets them in all, each with its own.
"""

from collections.abc import Iterable
from typing import Any

from medspiller.catalogue.domain.offers import Area, Offer, OpeningTime, Place, Texts
from medspiller.catalogue.domain.outside import terms
from medspiller.catalogue.domain.outside.hsds_parts import OSLO, area_name, filled, price
from medspiller.catalogue.domain.outside.terms import Taxonomy
from medspiller.catalogue.domain.outside.values import COUNTRY, CURRENCY, Listed, Meeting, Publisher, Site
from medspiller.catalogue.domain.vocabulary import AreaKind, ProviderKind

Json = dict[str, Any]

CONTEXT = {"@vocab": "https://schema.org/"}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PUBLIC = frozenset({ProviderKind.MUNICIPALITY, ProviderKind.HEALTH_TRUST, ProviderKind.STATE})


def document(found: Iterable[Listed], site: Site) -> Json:
    """Return offers, their providers and their meetings as one JSON-LD document."""
    graph: list[Json] = []
    providers: dict[str, Json] = {}
    for listed in found:
        provider = organization(listed.publisher, site)
        providers.setdefault(provider["@id"], provider)
        graph.append(service(listed, site))
        graph.extend(event(listed, meeting, site) for meeting in listed.meetings)
    return {"@context": CONTEXT, "@graph": [*providers.values(), *graph]}


def organization(publisher: Publisher, site: Site) -> Json:
    """Return whoever offers something."""
    provider = publisher.provider
    kind = {ProviderKind.ORGANISATION: "NGO"}.get(provider.kind, "GovernmentOrganization")
    return filled(
        **{"@type": kind, "@id": f"{site.api}/organizations/{publisher.id}"},
        name=_say(provider.name, site),
        description=_say(provider.about, site),
        url=provider.website,
        identifier=provider.organisation_number,
    )


def service(listed: Listed, site: Site) -> Json:
    """Return an offer."""
    offer, audience = listed.offer, listed.offer.audience
    ages = filled(
        suggestedMinAge=audience.age_from, suggestedMaxAge=None if audience.age_to is None else audience.age_to - 1
    )
    names = [
        _say(terms.TERM_BY_CODE[taxonomy.value, code].called, site)
        for taxonomy, found in ((Taxonomy.RELATION, audience.relations), (Taxonomy.CONDITION, audience.conditions))
        for code in sorted(found)
    ]
    whom = filled(**{"@type": "PeopleAudience"}, audienceType=_flat(names)) | ages
    return filled(
        **{
            "@type": "GovernmentService" if listed.publisher.provider.kind in _PUBLIC else "Service",
            "@id": site.page_of(offer),
        },
        name=_say(offer.title, site),
        description=_say(offer.summary, site),
        url=site.page_of(offer),
        identifier=str(listed.id),
        serviceType=_say(terms.TERM_BY_CODE["kind", offer.kind.value].called, site),
        provider={"@id": f"{site.api}/organizations/{listed.publisher.id}"},
        areaServed=[_area(area, site) for area in offer.areas],
        audience=whom if len(whom) > 1 else None,
        availableChannel=_channels(offer, site),
        hoursAvailable=[hours(times, offer, site) for times in offer.times if times.weekdays],
        offers=_price(offer, site),
    )


def event(listed: Listed, meeting: Meeting, site: Site) -> Json:
    """Return a dated meeting."""
    offer = listed.offer
    place = meeting.place or (offer.places[0] if offer.places and not meeting.is_digital else None)
    location: list[Json] = [_place(place, site)] if place else []
    if not location:
        # Where exactly one meets online is told to those who signed up.
        location = [{"@type": "VirtualLocation", "url": site.page_of(offer)}]
    return filled(
        **{"@type": "Event", "@id": f"{site.page_of(offer)}#{meeting.id}"},
        name=_say(meeting.title, site) or _say(offer.title, site),
        description=_say(offer.summary, site),
        url=site.page_of(offer),
        startDate=meeting.starts_at.astimezone(OSLO).isoformat(timespec="minutes"),
        endDate=meeting.ends_at.astimezone(OSLO).isoformat(timespec="minutes"),
        eventStatus=f"https://schema.org/{'EventCancelled' if meeting.is_cancelled else 'EventScheduled'}",
        eventAttendanceMode=f"https://schema.org/{'Offline' if place else 'Online'}EventAttendanceMode",
        location=location,
        isAccessibleForFree=offer.cost.is_free,
        organizer={"@id": f"{site.api}/organizations/{listed.publisher.id}"},
    )


def hours(times: OpeningTime, offer: Offer, site: Site) -> Json:
    """Return when it is there; without a clock it is from midnight to midnight."""
    return filled(
        **{"@type": "OpeningHoursSpecification"},
        dayOfWeek=[f"https://schema.org/{_DAYS[day - 1]}" for day in sorted(times.weekdays)],
        opens=times.opens.isoformat("minutes") if times.opens else "00:00",
        closes=times.closes.isoformat("minutes") if times.closes else "23:59",
        validFrom=offer.period.start.isoformat(),
        validThrough=offer.period.last_day.isoformat() if offer.period.last_day else None,
        description=_say(times.note, site),
    )


def _channels(offer: Offer, site: Site) -> list[Json]:
    contact, languages = offer.contact, list(offer.languages)
    channels: list[Json] = [{"serviceLocation": _place(place, site)} for place in offer.places]
    channels += [
        {"servicePhone": {"@type": "ContactPoint", "telephone": phone.number, "name": _say(phone.label, site)}}
        for phone in contact.phones
    ]
    channels += [{"serviceUrl": address} for address in (contact.website, contact.chat) if address]
    return [{"@type": "ServiceChannel", "availableLanguage": languages} | channel for channel in channels]


def _place(place: Place, site: Site) -> Json:
    address = filled(
        **{"@type": "PostalAddress"},
        streetAddress=place.street,
        postalCode=place.postal_code,
        addressLocality=place.city,
        addressCountry=COUNTRY,
    )
    features = [
        {
            "@type": "LocationFeatureSpecification",
            "name": _say(terms.TERM_BY_CODE["access", code].called, site),
            "value": True,
        }
        for code in sorted(place.access)
    ]
    return filled(**{"@type": "Place"}, name=place.name, address=address, amenityFeature=features)


def _area(area: Area, site: Site) -> Json:
    if area.kind is AreaKind.NATIONAL:
        return {"@type": "Country", "name": "Norge", "identifier": COUNTRY}
    return filled(**{"@type": "AdministrativeArea"}, name=area_name(area, site), identifier=area.code)


def _price(offer: Offer, site: Site) -> Json:
    amount = 0 if offer.cost.is_free else offer.cost.amount
    return filled(
        **{"@type": "Offer"},
        price=None if amount is None else f"{amount:f}" if amount else "0",
        priceCurrency=CURRENCY if amount is not None else "",
        description=price(offer.cost, site),
    )


def _say(texts: Texts | None, site: Site) -> Any:
    if site.language:
        return site.say(texts)
    return [{"@language": language, "@value": text} for language, text in sorted((texts or {}).items()) if text]


def _flat(found: list[Any]) -> list[Any]:
    return [part for each in found for part in (each if isinstance(each, list) else [each])]
