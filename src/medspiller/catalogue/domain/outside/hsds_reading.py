"""
Reading services of HSDS 3.0 as offers, for import.

What we wrote reads back as it was. From what others wrote we take what has a field there and leave out the rest:
`domain.reading` then says what is missing, row by row. Nothing is guessed.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from medspiller.catalogue.domain.outside.hsds import SLUG_SCHEME
from medspiller.catalogue.domain.outside.hsds_parts import DAYS
from medspiller.catalogue.domain.outside.terms import TERM_BY_CODE, Taxonomy
from medspiller.content.domain.values import join
from medspiller.core.errors import MedspillerError

Json = Mapping[str, Any]

SUMMARY_LENGTH = 200

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "é": "e"})
_AUDIENCE = {Taxonomy.RELATION: "relations", Taxonomy.CONDITION: "conditions", Taxonomy.SITUATION: "situations"}
_PHONE_PARTS = re.compile(r"[^\d+]")
# What the place of something in a service begins with.
_WHOLE = "service"
_NEEDED = ("id", "name", "status")
# Half of a letter, of which JSON may write one without the other: no text, and nothing that can be stored.
_HALVES = re.compile("[\ud800-\udfff]")
_DIGITS_MOST = 18
_FAULTS_MOST = 20
_QUOTED = 60


class NotHsds(MedspillerError):
    """A document holds no services of HSDS: neither one, nor a list, nor a page of them."""


def read_json(text: str) -> Any:
    """
    Return what a text of JSON holds. A number with too many digits is infinite, for `tidied` to name.

    :raises ValueError: if it is none.
    :raises RecursionError: if it lies too deep.
    """
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) <= _DIGITS_MOST else math.inf)


def services_in(document: Any) -> list[Any]:
    """
    Return the services of a document: one service, a list, or a page as an API answers.

    Not each need be whole, or a service at all: `tidied` says so of each by itself.

    :raises NotHsds: for anything else, and where there is nothing like a service among what is listed.
    """
    if isinstance(document, Mapping) and isinstance(document.get("contents"), list):
        document = document["contents"]
    elif isinstance(document, Mapping):
        document = [document]
    if not isinstance(document, list) or (document and not any(map(_is_like_service, document))):
        raise NotHsds("no services: a service has at least id, name and status")
    return document


def tidied(service: Any) -> tuple[Json, tuple[tuple[str, str], ...]]:
    """
    Return a service without what nobody can store, and all that is wrong with it as a document: (where, code).

    missing: it lacks what every service has. type: it is no object. number: no number that there is, or far too
    large. signs: half of a letter. What it says is for `domain.reading` to judge.

    :raises RecursionError: if it lies too deep.
    """
    if not isinstance(service, Mapping):
        return {}, ((_WHOLE, "type"),)
    faults = [(join(_WHOLE, key), "missing") for key in _NEEDED if not _words(service.get(key))]
    return _storable(service, _WHOLE, faults), tuple(faults[:_FAULTS_MOST])


def body_of(service: Json, *, language: str = "nb") -> dict[str, Any]:
    """Return what a service says as the body of an offer, for `domain.reading.read_offer`. `language` is its texts'."""
    attributes = _Attributes(service)
    organization = _object(service.get("organization"))
    summary, text = _description(service, attributes, language)
    areas = [_area(each) for each in _objects(service.get("service_areas"))]
    body: dict[str, Any] = {
        "slug": _slug(service),
        "provider": _provider_slug(organization),
        "title": attributes.texts("name", language, _words(service.get("name"))),
        "summary": attributes.texts("summary", language, summary),
        "text": attributes.texts("text", language, text),
        "how": attributes.texts("how", language, _words(service.get("application_process"))),
        "needs": attributes.codes(Taxonomy.NEED),
        "audience": _audience(service, attributes),
        "areas": [area for area in areas if area],
        "cost": _cost(service, attributes, language),
        "languages": [_words(each.get("code")) for each in _objects(service.get("languages")) if each.get("code")],
        "period": _period(attributes),
        "review_on": attributes.fact("review-on"),
        "is_digital": attributes.has(Taxonomy.MARK, "digital"),
        "is_anonymous": attributes.has(Taxonomy.MARK, "anonymous"),
        "has_interpreter": bool(service.get("interpretation_services")),
        "places": _places(service, language),
        "times": _times(service, language),
        "contact": _contact(service, attributes, language),
        "search_words": attributes.by_language("search-words"),
        "machine_translated": attributes.facts("machine-translated"),
        "sources": attributes.sources(),
    }
    for key, taxonomy in (("kind", Taxonomy.KIND), ("way", Taxonomy.WAY)):
        body[key] = next(iter(attributes.codes(taxonomy)), "")
    if attributes.has(Taxonomy.MARK, "check"):
        body |= {"certainty": "check", "to_check": attributes.texts("to-check", language, "")}
    return {key: value for key, value in body.items() if value not in ("", [], {}, None, False)}


def provider_body_of(service: Json, *, language: str = "nb") -> dict[str, Any] | None:
    """Return what a service says of its organization as the body of a provider; None if it names none."""
    organization = _object(service.get("organization"))
    if not organization.get("name"):
        return None
    attributes = _Attributes(organization)
    number = _identifier(organization, "NO-BRC")
    body = {
        "slug": _provider_slug(organization),
        "name": attributes.texts("name", language, _words(organization.get("name"))),
        "kind": next(iter(attributes.codes(Taxonomy.PROVIDER)), ""),
        "about": attributes.texts("about", language, _words(organization.get("description"))),
        "website": _https(organization.get("website")),
        "organisation_number": number,
    }
    return {key: value for key, value in body.items() if value}


class _Attributes:
    """The attributes of an object, as (taxonomy, code, kind, value): only those with terms of ours."""

    def __init__(self, owner: Json):
        self._found = list(_ours(_objects(owner.get("attributes"))))

    def codes(self, taxonomy: Taxonomy) -> list[str]:
        return sorted({code for name, code, _kind, _value in self._found if name == taxonomy.value})

    def has(self, taxonomy: Taxonomy, code: str) -> bool:
        return code in self.codes(taxonomy)

    def facts(self, code: str) -> list[str]:
        return [value for _kind, value in self._of(code)]

    def fact(self, code: str) -> str:
        return next(iter(self.facts(code)), "")

    def texts(self, code: str, language: str, shown: str) -> dict[str, str]:
        """The field's own text in the document's language, and the others that attributes bring."""
        others = dict(self._of(code))
        return {key: text for key, text in ({language: shown} | others).items() if text}

    def by_language(self, code: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for language, value in self._of(code):
            found.setdefault(language, []).append(value)
        return found

    def sources(self) -> list[dict[str, str]]:
        return [{"ref": ref} | ({"url": url} if url else {}) for url, ref in self._of("source")]

    def _of(self, code: str) -> Iterator[tuple[str, str]]:
        return ((kind, value) for name, own, kind, value in self._found if name == "text" and own == code)


def _ours(attributes: Iterable[Json]) -> Iterator[tuple[str, str, str, str]]:
    for each in attributes:
        taxonomy, _, code = _words(_object(each.get("taxonomy_term")).get("code")).partition(":")
        if (taxonomy, code) in TERM_BY_CODE:
            yield taxonomy, code, _words(each.get("link_type")), _words(each.get("value"))


def _is_like_service(found: Any) -> bool:
    return isinstance(found, Mapping) and any(key in found for key in _NEEDED)


def _storable(found: Any, place: str, faults: list[tuple[str, str]]) -> Any:
    """Return the same without numbers that there are not and halves of letters, noting where they stood."""
    if isinstance(found, Mapping):
        named = ((_HALVES.sub("\N{REPLACEMENT CHARACTER}", key), each) for key, each in found.items())
        return {key: _storable(each, join(place, key[:_QUOTED]), faults) for key, each in named}
    if isinstance(found, list):
        return [_storable(each, f"{place}[{number}]", faults) for number, each in enumerate(found)]
    if isinstance(found, float) and not math.isfinite(found):
        faults.append((place, "number"))
        return None
    if isinstance(found, str) and _HALVES.search(found):
        faults.append((place, "signs"))
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", found)
    return found


def _description(service: Json, attributes: _Attributes, language: str) -> tuple[str, str]:
    """
    Part a description into what stands in lists and the whole text.

    Where nobody says what the summary is, its first sentences are, as far as they fit.
    """
    whole = _words(service.get("description"))
    told = attributes.texts("summary", language, "").get(language, "")
    if told and whole.startswith(told):
        return told, whole[len(told) :].strip()
    if told:
        return told, whole
    summary = ""
    for sentence in _SENTENCE.split(whole):
        if len(summary) + len(sentence) >= SUMMARY_LENGTH:
            break
        summary = f"{summary} {sentence}".strip()
    return summary, whole


def _slug(service: Json) -> str:
    address = _words(service.get("url"))
    found = re.search(r"/tilbud/([a-z0-9]+(?:-[a-z0-9]+)*)/?$", address)
    return found.group(1) if found else slug_of(_words(service.get("name")))


def slug_of(name: str) -> str:
    """
    Return a name as it stands in addresses.

    >>> slug_of("Åpen dør på Grønland")
    'apen-dor-pa-gronland'
    """
    plain = name.casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].rstrip("-")


def _provider_slug(organization: Json) -> str:
    return _identifier(organization, SLUG_SCHEME) or slug_of(_words(organization.get("name")))


def _identifier(organization: Json, scheme: str) -> str:
    identifiers = _objects(organization.get("organization_identifiers"))
    return next((_words(each.get("identifier")) for each in identifiers if each.get("identifier_scheme") == scheme), "")


def _audience(service: Json, attributes: _Attributes) -> dict[str, Any]:
    youngest, oldest = _whole(service.get("minimum_age")), _whole(service.get("maximum_age"))
    told: dict[str, Any] = {key: attributes.codes(taxonomy) for taxonomy, key in _AUDIENCE.items()}
    told |= {"age_from": youngest, "age_to": None if oldest is None else oldest + 1}
    return {key: value for key, value in told.items() if value not in (None, [])}


def _area(area: Json) -> dict[str, Any]:
    for taxonomy, code, kind, value in _ours(_objects(area.get("attributes"))):
        if taxonomy == Taxonomy.AREA.value:
            number = {} if code == "national" else {"code": kind}
            return {"kind": code} | number | ({"district": value} if value else {})
    return {}


def _cost(service: Json, attributes: _Attributes, language: str) -> dict[str, Any]:
    options = _objects(service.get("cost_options"))
    option = options[0] if options else {}
    amount = option.get("amount")
    if not options and not service.get("fees_description"):
        return {}
    words = _words(option.get("amount_description")) if options else _words(service.get("fees_description"))
    texts = attributes.texts("cost", language, words)
    is_free = isinstance(amount, int | float) and not amount
    told: dict[str, Any] = {"is_free": is_free}
    if isinstance(amount, int | float) and amount:
        told["amount"] = amount
    return told | ({"text": texts} if texts else {})


def _period(attributes: _Attributes) -> dict[str, str]:
    start, end = attributes.fact("period-from"), attributes.fact("period-to")
    return ({"from": start} | ({"to": end} if end else {})) if start else {}


def _places(service: Json, language: str) -> list[dict[str, Any]]:
    found = []
    for each in _objects(service.get("service_at_locations")):
        location = _object(each.get("location"))
        if location.get("location_type") != "physical":
            continue
        addresses = _objects(location.get("addresses"))
        address = next((one for one in addresses if one.get("address_type") == "physical"), _first(addresses))
        attributes = _Attributes(location)
        name, street = _words(location.get("name")), _words(address.get("address_1"))
        place = {
            "name": name or street,
            "street": "" if street == name else street,
            "postal_code": _words(address.get("postal_code")),
            "city": _words(address.get("city")),
            "municipality": _words(location.get("external_identifier"))
            if location.get("external_identifier_type") == "NO-kommunenummer"
            else "",
            "district": _words(address.get("region")),
            "directions": attributes.texts("directions", language, _words(location.get("transportation"))),
            "access": attributes.codes(Taxonomy.ACCESS),
        }
        found.append({key: value for key, value in place.items() if value})
    return found


def _times(service: Json, language: str) -> list[dict[str, Any]]:
    """What recurs every week; a dated meeting is planned, not described."""
    found = []
    for each in _objects(service.get("schedules")):
        weekly = each.get("freq") == "WEEKLY"
        if not weekly and (each.get("freq") or each.get("count")):
            continue
        attributes = _Attributes(each)
        days = [DAYS.index(day) + 1 for day in _words(each.get("byday")).split(",") if day in DAYS]
        every = _whole(each.get("interval")) or 1
        times: dict[str, Any] = {
            "weekdays": days,
            "opens": _words(each.get("opens_at"))[:5],
            "closes": _words(each.get("closes_at"))[:5],
            "every_weeks": every if every != 1 else None,
            "note": attributes.texts("note", language, _words(each.get("description"))),
        }
        told = {key: value for key, value in times.items() if value}
        if told:
            found.append(told)
    return found


def _contact(service: Json, attributes: _Attributes, language: str) -> dict[str, Any]:
    phones = []
    for each in _objects(service.get("phones")):
        number = _PHONE_PARTS.sub("", _words(each.get("number")))
        label = _Attributes(each).texts("name", language, _words(each.get("description")))
        if number:
            phones.append({"number": number, "label": label or {}})
    website = attributes.fact("website")
    if not website and "/tilbud/" not in _words(service.get("url")):
        website = _https(service.get("url"))
    contact: dict[str, Any] = {
        "website": website,
        "email": _words(service.get("email")),
        "phones": phones,
        "chat": attributes.fact("chat"),
    }
    return {key: value for key, value in contact.items() if value}


def _https(address: Any) -> str:
    told = _words(address)
    return told if told.startswith("https://") else ""


def _words(found: Any) -> str:
    return found.strip() if isinstance(found, str) else ""


def _whole(found: Any) -> int | None:
    return int(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _object(found: Any) -> Json:
    return found if isinstance(found, Mapping) else {}


def _objects(found: Any) -> Sequence[Json]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _first(found: Sequence[Json]) -> Json:
    return found[0] if found else {}
