"""
Reading offers and providers from JSON objects and writing them back, the same for all who bring or take them.

Everything that is wrong is told at once. What is written is the shortest that reads as the same: what stands at
its default is left out.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from medspiller.catalogue.domain.entries import SLUG_LENGTH, is_too_far_ahead
from medspiller.catalogue.domain.faults import Code, Fault, Unreadable
from medspiller.catalogue.domain.offers import (
    Area,
    Audience,
    Contact,
    Cost,
    Offer,
    OpeningTime,
    Phone,
    Place,
    Provider,
    Source,
)
from medspiller.catalogue.domain.reader import LANGUAGES, Reader
from medspiller.catalogue.domain.vocabulary import (
    Access,
    AreaKind,
    Certainty,
    Condition,
    Need,
    OfferKind,
    ProviderKind,
    Relation,
    Situation,
    Way,
)
from medspiller.catalogue.domain.writing import write_offer, write_provider
from medspiller.core.periods import Period

__all__ = [
    "LANGUAGES",
    "SUMMARY_LENGTH",
    "TEXT_LENGTH",
    "TITLE_LENGTH",
    "Code",
    "Fault",
    "Unreadable",
    "read_offer",
    "read_place",
    "read_provider",
    "write_offer",
    "write_provider",
]

TITLE_LENGTH = 70
SUMMARY_LENGTH = 200
TEXT_LENGTH = 10_000
OLDEST = 120

_NAME_LENGTH = 200
_NOTE_LENGTH = 500
_WORD_LENGTH = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PHONE = re.compile(r"\+?[0-9]{3,15}")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_FOUR = re.compile(r"[0-9]{4}")
_NINE = re.compile(r"[0-9]{9}")
_CODES = {
    AreaKind.NATIONAL: re.compile(""),
    AreaKind.COUNTY: re.compile(r"[0-9]{2}"),
    AreaKind.MUNICIPALITY: _FOUR,
    AreaKind.DISTRICT: _FOUR,
}
# What files of content packages say of themselves; it is no part of what is offered.
_HEADER = ("url", "version", "status")
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def read_offer(body: Mapping[str, Any]) -> Offer:
    """
    Return the offer that a JSON object describes.

    :raises Unreadable: listing everything that is wrong with it.
    """
    reader = Reader(body)
    for key in _HEADER:
        reader.value(key)
    certainty = reader.code("certainty", Certainty, default=Certainty.CERTAIN)
    to_check = reader.texts("to_check", most=_NOTE_LENGTH)
    if to_check and certainty is Certainty.CERTAIN:
        reader.note("to_check", Code.ONLY_WITH_CHECK)
    offer = Offer(
        slug=reader.matching("slug", _SLUG, most=SLUG_LENGTH, required=True),
        provider=reader.matching("provider", _SLUG, most=SLUG_LENGTH, required=True),
        kind=reader.code("kind", OfferKind),
        title=reader.texts("title", most=TITLE_LENGTH, required=True),
        summary=reader.texts("summary", most=SUMMARY_LENGTH, required=True),
        text=reader.texts("text", most=TEXT_LENGTH, required=True),
        how=reader.texts("how", most=TEXT_LENGTH, required=True),
        needs=reader.codes("needs", Need, required=True),
        audience=reader.inside("audience", _audience) or Audience(),
        areas=reader.each("areas", _area, required=True),
        way=reader.code("way", Way),
        cost=reader.inside("cost", _cost, required=True) or Cost(is_free=True),
        languages=reader.languages("languages", required=True),
        period=reader.inside("period", _period, required=True) or Period(date.min),
        review_on=reader.day("review_on", required=True) or date.min,
        is_digital=reader.flag("is_digital"),
        has_interpreter=reader.flag("has_interpreter"),
        is_anonymous=reader.flag("is_anonymous"),
        places=reader.each("places", read_place),
        times=reader.each("times", _time),
        contact=reader.inside("contact", _contact) or Contact(),
        search_words=reader.inside("search_words", _search_words) or None,
        machine_translated=frozenset(reader.languages("machine_translated")),
        certainty=certainty,
        to_check=to_check or None,
        sources=reader.each("sources", _source),
    )
    _finish(reader)
    return offer


def read_proposal(body: Mapping[str, Any], *, today: date) -> Offer:
    """
    Read an offer that somebody proposes today: it is to be looked at again before long.

    :raises Unreadable: listing everything that is wrong with it.
    """
    offer = read_offer(body)
    if is_too_far_ahead(offer.review_on, today=today):
        raise Unreadable([Fault("review_on", Code.TOO_FAR)])
    return offer


def read_provider(body: Mapping[str, Any]) -> Provider:
    """
    Return the provider that a JSON object describes.

    :raises Unreadable: listing everything that is wrong with it.
    """
    reader = Reader(body)
    for key in _HEADER:
        reader.value(key)
    number = reader.matching("organisation_number", _NINE)
    if _NINE.fullmatch(number) and not _is_organisation_number(number):
        reader.note("organisation_number", Code.FORM, number)
    provider = Provider(
        slug=reader.matching("slug", _SLUG, most=SLUG_LENGTH, required=True),
        name=reader.texts("name", most=_NAME_LENGTH, required=True),
        kind=reader.code("kind", ProviderKind),
        about=reader.texts("about", most=TEXT_LENGTH, required=True),
        website=reader.address("website"),
        organisation_number=number,
    )
    _finish(reader)
    return provider


def read_place(reader: Reader) -> Place:
    """Return the place that an object describes, noting what is wrong with it."""
    return Place(
        name=reader.text("name", most=_NAME_LENGTH, required=True),
        street=reader.text("street", most=_NAME_LENGTH),
        postal_code=reader.matching("postal_code", _FOUR, required=True),
        city=reader.text("city", most=_NAME_LENGTH, required=True),
        municipality=reader.matching("municipality", _FOUR, required=True),
        district=reader.text("district", most=100),
        directions=reader.texts("directions", most=_NOTE_LENGTH) or None,
        access=reader.codes("access", Access),
    )


def _audience(reader: Reader) -> Audience:
    age_from, age_to = reader.whole("age_from", least=0, most=OLDEST), reader.whole("age_to", least=1, most=OLDEST)
    if age_from is not None and age_to is not None and age_to <= age_from:
        reader.note("age_to", Code.AGES, f"{age_from}–{age_to}")
    return Audience(
        relations=reader.codes("relations", Relation),
        conditions=reader.codes("conditions", Condition),
        situations=reader.codes("situations", Situation),
        age_from=age_from,
        age_to=age_to,
    )


def _area(reader: Reader) -> Area:
    kind = reader.code("kind", AreaKind)
    national = kind is AreaKind.NATIONAL
    return Area(
        kind=kind,
        code=reader.matching("code", _CODES[kind], required=not national),
        district=reader.text("district", most=100, required=kind is AreaKind.DISTRICT),
    )


def _cost(reader: Reader) -> Cost:
    is_free, amount = reader.flag("is_free", default=None), reader.amount("amount")
    if is_free and amount:
        reader.note("amount", Code.ONLY_WITH_COST)
    return Cost(is_free=is_free, amount=amount or None, text=reader.texts("text", most=_NOTE_LENGTH) or None)


def _period(reader: Reader) -> Period:
    start, end = reader.day("from", required=True), reader.day("to")
    if start is not None and end is not None and end <= start:
        reader.note("to", Code.PERIOD, end.isoformat())
        end = None
    return Period(start or date.min, end)


def _time(reader: Reader) -> OpeningTime:
    opens, closes = reader.clock("opens"), reader.clock("closes")
    if (opens is None) is not (closes is None):
        reader.note("closes" if closes is None else "opens", Code.MISSING)
    return OpeningTime(
        weekdays=reader.wholes("weekdays", least=1, most=7),
        opens=opens,
        closes=closes,
        every_weeks=reader.whole("every_weeks", least=1, most=52) or 1,
        note=reader.texts("note", most=_NOTE_LENGTH) or None,
    )


def _contact(reader: Reader) -> Contact:
    return Contact(
        website=reader.address("website"),
        email=reader.matching("email", _EMAIL, most=254),
        phones=reader.each("phones", _phone),
        chat=reader.address("chat"),
    )


def _phone(reader: Reader) -> Phone:
    return Phone(
        number=reader.matching("number", _PHONE, required=True),
        label=reader.texts("label", most=_NAME_LENGTH, required=True),
    )


def _search_words(reader: Reader) -> dict[str, tuple[str, ...]]:
    return {key: words for key in reader.keys_there if (words := reader.listed(key, most=_WORD_LENGTH))}


def _source(reader: Reader) -> Source:
    return Source(ref=reader.text("ref", most=_NOTE_LENGTH, required=True), url=reader.address("url"))


def _is_organisation_number(number: str) -> bool:
    """Say whether the ninth digit is the one that the first eight lead to (modulus 11)."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:8], strict=True)) % 11
    return rest != 1 and (11 - rest) % 11 == int(number[8])


def _finish(reader: Reader) -> None:
    reader.done()
    if reader.faults:
        raise Unreadable(reader.faults)
