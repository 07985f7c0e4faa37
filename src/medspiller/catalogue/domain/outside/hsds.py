"""
Offers, providers and places as objects of HSDS 3.0 (Human Services Data Specification of Open Referral).

An offer is a *service*, a provider an *organization*, an offer at a place a *service_at_location*. Codes and
texts in other languages are attributes with terms of our taxonomies, so that nothing is lost on the way.
`basic` objects hold the fields that are one to one, the others everything below them.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from medspiller.catalogue.domain.offers import Audience, Offer, Place
from medspiller.catalogue.domain.outside import hsds_parts as parts
from medspiller.catalogue.domain.outside import terms
from medspiller.catalogue.domain.outside.hsds_parts import Json, attribute, codes, fact, filled, translations
from medspiller.catalogue.domain.outside.terms import Taxonomy
from medspiller.catalogue.domain.outside.values import Listed, Publisher, Site, at_place_id, name_id, place_id
from medspiller.catalogue.domain.vocabulary import Certainty

# The register of organisations of Brønnøysund, as org-id.guide names it.
ORGANISATION_SCHEME = "NO-BRC"
SLUG_SCHEME = "medspiller"

_INTERPRETER = {
    "nb": "Tolk kan bestilles.",
    "nn": "Tolk kan tingast.",
    "en": "An interpreter can be booked.",
}
_FROM_AGE = {"nb": "fra {age} år", "nn": "frå {age} år", "en": "from the age of {age}"}
_TO_AGE = {"nb": "til og med {age} år", "nn": "til og med {age} år", "en": "up to and including the age of {age}"}
_FOR_ALL = {"nb": "For alle pårørende", "nn": "For alle pårørande", "en": "For all carers"}
_FOR = {"nb": "For pårørende", "nn": "For pårørande", "en": "For carers"}
_CLOSED = {"nb": "Midlertidig stengt.", "nn": "Mellombels stengt.", "en": "Closed for a time."}


def basic_service(listed: Listed, site: Site, *, on: date) -> Json:
    """Return a service with the fields that are one to one, its organization among them."""
    return _service(listed, site, on=on) | {"organization": basic_organization(listed.publisher, site)}


def minimal_service(listed_id: UUID, modified: Any) -> Json:
    """Return the id of a service and when it was changed, for whoever looks for changes."""
    return {"id": str(listed_id), "modified_date": parts.moment(modified)}


def service(listed: Listed, site: Site, *, on: date) -> Json:
    """Return a service with everything below it."""
    offer, own = listed.offer, listed.id
    contact = _contact(listed, site)
    return _service(listed, site, on=on) | filled(
        phones=[parts.phone(own, number, site, service_id=own) for number in offer.contact.phones],
        schedules=_schedules(listed, site),
        service_areas=[parts.area(own, area, site) for area in offer.areas],
        service_at_locations=[
            service_at_location(listed, place, site, on=on, with_service=False) for place in offer.places
        ],
        languages=[parts.language(own, code, site) for code in offer.languages],
        organization=organization(listed.publisher, site),
        cost_options=[parts.cost_option(own, offer.cost, site)],
        contacts=[contact] if contact else [],
        attributes=list(_attributes(listed, site)),
        metadata=_metadata(listed),
    )


def service_at_location(
    listed: Listed, place: Place, site: Site, *, on: date, with_service: bool = True, full: bool = True
) -> Json:
    """
    Return an offer at one of its places.

    With its service it also has the service's name and status: the OpenAPI document of HSDS 3.0 describes the answer
    for one service_at_location by the schema of a service, which asks for these two.
    """
    own = at_place_id(listed.id, place)
    shown = filled(
        id=str(own),
        service_id=str(listed.id),
        location_id=str(place_id(place)),
        description=f"{site.say(listed.offer.title)} – {place.name}",
    )
    if with_service:
        of_service = basic_service(listed, site, on=on)
        shown |= {"name": of_service["name"], "status": of_service["status"], "service": of_service}
    if not full:
        return shown | {"location": parts.basic_location(place, listed.publisher.id, site)}
    return shown | filled(
        phones=[parts.phone(own, number, site) for number in listed.offer.contact.phones] if with_service else [],
        schedules=_schedules(listed, site) if with_service else [],
        location=parts.location(place, listed.publisher.id, site),
    )


def basic_organization(publisher: Publisher, site: Site) -> Json:
    """Return an organization with the fields that are one to one."""
    provider = publisher.provider
    return filled(
        id=str(publisher.id),
        name=site.say(provider.name),
        website=provider.website,
        uri=f"{site.api}/organizations/{publisher.id}",
    ) | {"description": site.say(provider.about) or site.say(provider.name)}


def organization(publisher: Publisher, site: Site, *, services: Sequence[Json] | None = None) -> Json:
    """Return an organization with everything below it, and its services where they are given."""
    provider, own = publisher.provider, publisher.id
    identifiers = [(SLUG_SCHEME, "slug", provider.slug)]
    if provider.organisation_number:
        identifiers.append((ORGANISATION_SCHEME, "organisasjonsnummer", provider.organisation_number))
    full = basic_organization(publisher, site) | filled(
        organization_identifiers=[
            {
                "id": str(name_id("identifier", own, scheme)),
                "organization_id": str(own),
                "identifier_scheme": scheme,
                "identifier_type": kind,
                "identifier": identifier,
            }
            for scheme, kind, identifier in identifiers
        ],
        attributes=[
            *codes(own, "organization", Taxonomy.PROVIDER, [provider.kind.value], site),
            *translations(own, "organization", "name", provider.name, site),
            *translations(own, "organization", "about", provider.about, site),
        ],
    )
    return full if services is None else full | {"services": list(services)}


def page(contents: Sequence[Json], *, total: int, number: int, per_page: int) -> Json:
    """Return contents in the envelope of a page. Pages count from 1; an empty list still has one."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def _service(listed: Listed, site: Site, *, on: date) -> Json:
    offer = listed.offer
    closure = _closure(listed, on)
    audience = offer.audience
    return filled(
        id=str(listed.id),
        organization_id=str(listed.publisher.id),
        name=site.say(offer.title),
        description="\n\n".join(part for part in (site.say(offer.summary), site.say(offer.text)) if part),
        url=site.page_of(offer),
        email=offer.contact.email,
        status=_status(offer, closure is not None, on),
        interpretation_services=site.say(_INTERPRETER) if offer.has_interpreter else "",
        application_process=site.say(offer.how),
        fees_description=parts.price(offer.cost, site),
        eligibility_description=_eligibility(audience, site),
        minimum_age=audience.age_from,
        maximum_age=None if audience.age_to is None else audience.age_to - 1,
        alert=_alert(offer, closure, site),
        last_modified=parts.moment(listed.changed_at),
    )


def _status(offer: Offer, is_closed: bool, on: date) -> str:
    if on not in offer.period:
        return "inactive"
    return "temporarily closed" if is_closed else "active"


def _closure(listed: Listed, on: date) -> dict[str, Any] | None:
    """The closure that holds on a day: its days are half-open, written as ISO says."""
    day = on.isoformat()
    for each in listed.closures:
        if each["from"] <= day and (not each.get("to") or day < each["to"]):
            return dict(each)
    return None


def _alert(offer: Offer, closure: dict[str, Any] | None, site: Site) -> str:
    told = []
    if closure is not None:
        told.append(site.say(closure.get("text")) or site.say(_CLOSED))
    if offer.certainty is Certainty.CHECK:
        told.append(site.say(offer.to_check))
    return " ".join(part for part in told if part)


def _eligibility(audience: Audience, site: Site) -> str:
    """For whom it is, as one sentence of names of codes."""
    told = []
    for taxonomy, found in (
        (Taxonomy.RELATION, audience.relations),
        (Taxonomy.CONDITION, audience.conditions),
        (Taxonomy.SITUATION, audience.situations),
    ):
        if found:
            names = [site.say(terms.TERM_BY_CODE[taxonomy.value, code].called).lower() for code in sorted(found)]
            told.append(f"{site.say(taxonomy.called).lower()}: {', '.join(names)}")
    if audience.age_from is not None:
        told.append(site.say(_FROM_AGE).format(age=audience.age_from))
    if audience.age_to is not None:
        told.append(site.say(_TO_AGE).format(age=audience.age_to - 1))
    return f"{site.say(_FOR)}; {'; '.join(told)}." if told else f"{site.say(_FOR_ALL)}."


def _schedules(listed: Listed, site: Site) -> list[Json]:
    offer = listed.offer
    weekly = [
        parts.schedule(listed.id, number, times, offer.period, site) for number, times in enumerate(offer.times)
    ]  # fmt: skip
    return weekly + [parts.meeting_schedule(listed.id, meeting, offer, site) for meeting in listed.meetings]


def _contact(listed: Listed, site: Site) -> Json:
    contact = listed.offer.contact
    if not (contact.email or contact.phones):
        return {}
    contact_id = name_id("contact", listed.id)
    return filled(
        id=str(contact_id),
        service_id=str(listed.id),
        name=site.say(listed.publisher.provider.name),
        email=contact.email,
        phones=[parts.phone(contact_id, number, site) for number in contact.phones],
    )


def _attributes(listed: Listed, site: Site) -> Iterator[Json]:
    offer, own = listed.offer, listed.id
    audience = offer.audience
    marks = {
        "digital": offer.is_digital,
        "anonymous": offer.is_anonymous,
        "interpreter": offer.has_interpreter,
        "check": offer.certainty is Certainty.CHECK,
    }
    for taxonomy, found in (
        (Taxonomy.KIND, [offer.kind.value]),
        (Taxonomy.NEED, offer.needs),
        (Taxonomy.RELATION, audience.relations),
        (Taxonomy.CONDITION, audience.conditions),
        (Taxonomy.SITUATION, audience.situations),
        (Taxonomy.WAY, [offer.way.value]),
        (Taxonomy.MARK, [code for code, holds in marks.items() if holds]),
    ):
        yield from codes(own, "service", taxonomy, found, site)
    yield from _facts(offer, own, site)


def _facts(offer: Offer, own: UUID, site: Site) -> Iterator[Json]:
    """What has no field in HSDS, and the other languages of what has one."""
    yield attribute(
        own, "service", terms.TERM_BY_CODE["text", "summary"], site, kind=site.language, value=site.say(offer.summary)
    )
    for code, texts in (
        ("name", offer.title),
        ("summary", offer.summary),
        ("text", offer.text),
        ("how", offer.how),
        ("cost", offer.cost.text),
        ("to-check", offer.to_check),
    ):
        yield from translations(own, "service", code, texts, site)
    if offer.to_check:
        yield attribute(
            own,
            "service",
            terms.TERM_BY_CODE["text", "to-check"],
            site,
            kind=site.language,
            value=site.say(offer.to_check),
        )
    yield from fact(own, "service", "website", offer.contact.website, site)
    yield from fact(own, "service", "chat", offer.contact.chat, site)
    yield from fact(own, "service", "period-from", offer.period.start.isoformat(), site)
    yield from fact(own, "service", "period-to", offer.period.end.isoformat() if offer.period.end else "", site)
    yield from fact(own, "service", "review-on", offer.review_on.isoformat(), site)
    for language, words in sorted((offer.search_words or {}).items()):
        for word in words:
            term = terms.TERM_BY_CODE["text", "search-words"]
            yield attribute(own, "service", term, site, kind=language, value=word)
    for code in sorted(offer.machine_translated):
        yield from fact(own, "service", "machine-translated", code, site)
    for source in offer.sources:
        term = terms.TERM_BY_CODE["text", "source"]
        yield attribute(own, "service", term, site, kind=source.url, value=source.ref)


def _metadata(listed: Listed) -> list[Json]:
    """When it was published last. Nobody is named: who of the staff did it is nobody else's business."""
    if listed.changed_at is None:
        return []
    return [
        {
            "id": str(name_id("metadata", listed.id, listed.version, listed.changed_at.isoformat())),
            "resource_id": str(listed.id),
            "resource_type": "service",
            "last_action_date": listed.changed_at.astimezone(parts.OSLO).date().isoformat(),
            "last_action_type": "update",
            "field_name": "version",
            "previous_value": "",
            "replacement_value": listed.version,
            "updated_by": "Medspiller",
        }
    ]
