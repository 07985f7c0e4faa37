"""Writing offers and providers as JSON objects: the shortest that reads as the same."""

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from medspiller.catalogue.domain.offers import Area, Contact, Cost, Offer, OpeningTime, Phone, Place, Provider, Texts
from medspiller.catalogue.domain.vocabulary import Certainty


def write_offer(offer: Offer) -> dict[str, Any]:
    """Return an offer as a JSON object: what `reading.read_offer` reads as the same offer."""
    audience = offer.audience
    always = {
        "slug": offer.slug,
        "provider": offer.provider,
        "kind": offer.kind.value,
        "title": dict(offer.title),
        "summary": dict(offer.summary),
        "text": dict(offer.text),
        "how": dict(offer.how),
        "needs": _codes(offer.needs),
        "areas": [_area(area) for area in offer.areas],
        "way": offer.way.value,
        "cost": _cost(offer.cost),
        "languages": list(offer.languages),
        "period": {
            "from": offer.period.start.isoformat(),
            "to": offer.period.end.isoformat() if offer.period.end else None,
        },
        "review_on": offer.review_on.isoformat(),
    }
    return always | _said(
        audience=_said(
            relations=_codes(audience.relations),
            conditions=_codes(audience.conditions),
            situations=_codes(audience.situations),
        )
        | _numbers(age_from=audience.age_from, age_to=audience.age_to),
        is_digital=offer.is_digital,
        has_interpreter=offer.has_interpreter,
        is_anonymous=offer.is_anonymous,
        places=[write_place(place) for place in offer.places],
        times=[_time(each) for each in offer.times],
        contact=_contact(offer.contact),
        search_words={language: list(words) for language, words in (offer.search_words or {}).items()},
        machine_translated=sorted(offer.machine_translated),
        certainty="" if offer.certainty is Certainty.CERTAIN else offer.certainty.value,
        to_check=_texts(offer.to_check),
        sources=[{"ref": source.ref} | _said(url=source.url) for source in offer.sources],
    )


def write_provider(provider: Provider) -> dict[str, Any]:
    """Return a provider as a JSON object: what `reading.read_provider` reads as the same provider."""
    return {
        "slug": provider.slug,
        "name": dict(provider.name),
        "kind": provider.kind.value,
        "about": dict(provider.about),
    } | _said(website=provider.website, organisation_number=provider.organisation_number)


def write_place(place: Place) -> dict[str, Any]:
    """Return a place as a JSON object."""
    always = {
        "name": place.name,
        "postal_code": place.postal_code,
        "city": place.city,
        "municipality": place.municipality,
    }
    return always | _said(
        street=place.street,
        district=place.district,
        directions=_texts(place.directions),
        access=_codes(place.access),
    )


def _area(area: Area) -> dict[str, Any]:
    return {"kind": area.kind.value} | _said(code=area.code, district=area.district)


def _cost(cost: Cost) -> dict[str, Any]:
    amount = {} if cost.amount is None else {"amount": _amount(cost.amount)}
    return {"is_free": cost.is_free} | amount | _said(text=_texts(cost.text))


def _amount(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _time(each: OpeningTime) -> dict[str, Any]:
    return _said(
        weekdays=list(each.weekdays),
        opens=_clock(each.opens),
        closes=_clock(each.closes),
        every_weeks=each.every_weeks if each.every_weeks != 1 else None,
        note=_texts(each.note),
    )


def _contact(contact: Contact) -> dict[str, Any]:
    return _said(
        website=contact.website,
        email=contact.email,
        phones=[_phone(phone) for phone in contact.phones],
        chat=contact.chat,
    )


def _phone(phone: Phone) -> dict[str, Any]:
    return {"number": phone.number, "label": dict(phone.label)}


def _clock(moment: time | None) -> str:
    return "" if moment is None else moment.strftime("%H:%M")


def _texts(texts: Texts | None) -> dict[str, str]:
    return dict(texts or {})


def _codes(codes: Iterable[StrEnum]) -> list[str]:
    return sorted(code.value for code in codes)


def _said(**parts: Any) -> dict[str, Any]:
    """Return the parts that say something."""
    return {key: part for key, part in parts.items() if part}


def _numbers(**parts: int | None) -> dict[str, Any]:
    return {key: part for key, part in parts.items() if part is not None}
