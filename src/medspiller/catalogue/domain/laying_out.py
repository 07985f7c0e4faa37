"""How an offer is laid out for finding: the columns of its published row, all but the words of its texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from medspiller.catalogue.domain.offers import Offer, OpeningTime, Provider, Texts
from medspiller.catalogue.domain.vocabulary import AreaKind, Certainty, OfferKind, Relation
from medspiller.catalogue.domain.writing import write_offer

NATION = "no"
# Whoever works by day can come from this time on.
EVENING = time(16)
# An offer for nobody of this age or above is one for children and teenagers.
GROWN = 19
_OF_PLACE = ("name", "city", "district")


@dataclass(frozen=True, slots=True)
class Closed:
    """A time in [start, end) in which an offer is not there; `end=None` while nobody knows."""

    start: date
    end: date | None
    text: Texts


def lay_out(offer: Offer, *, provider: Provider, closures: Sequence[Closed] = ()) -> dict[str, Any]:
    """Return the columns of an offer's published row, without its provider's id, its version and its words."""
    audience, body = offer.audience, write_offer(offer)
    return {
        "slug": offer.slug,
        "body": body,
        "card": _card(offer, provider, body),
        "kind": offer.kind.value,
        "way": offer.way.value,
        "area": sorted({NATION if area.kind is AreaKind.NATIONAL else area.code for area in offer.areas}),
        "districts": sorted({area.district for area in offer.areas if area.district}),
        "concepts": sorted(concepts(offer)),
        "languages": list(offer.languages),
        "age_from": audience.age_from,
        "age_to": audience.age_to,
        "is_for_children": is_for_children(offer),
        "is_digital": offer.is_digital,
        "is_evening": any(_in_the_evening(each) for each in offer.times),
        "is_free": offer.cost.is_free,
        "is_anonymous": offer.is_anonymous,
        "valid_from": offer.period.start,
        "valid_to": offer.period.end,
        "review_on": offer.review_on,
        "closures": [_written(closed) for closed in sorted(closures, key=lambda closed: closed.start)],
    }


def concepts(offer: Offer) -> Iterator[str]:
    """Yield the codes that an offer is found by, each with its kind: `need:peers`."""
    yield f"kind:{offer.kind.value}"
    yield f"way:{offer.way.value}"
    named: tuple[tuple[str, frozenset[StrEnum]], ...] = (
        ("need", frozenset(offer.needs)),
        ("relation", frozenset(offer.audience.relations)),
        ("condition", frozenset(offer.audience.conditions)),
        ("situation", frozenset(offer.audience.situations)),
        ("access", frozenset(code for place in offer.places for code in place.access)),
    )
    for name, codes in named:
        for code in codes:
            yield f"{name}:{code.value}"


def is_for_children(offer: Offer) -> bool:
    """Say whether an offer is meant for children and teenagers, and for nobody else."""
    age_to = offer.audience.age_to
    return (
        offer.kind is OfferKind.CHILDREN
        or (age_to is not None and age_to <= GROWN)
        or offer.audience.relations == {Relation.YOUNG_CHILD}
    )


def closed_on(closures: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    """Return the closure, as laid out, in which a day lies; None where it is open."""
    written = day.isoformat()
    for closed in closures:
        if closed["from"] <= written and (closed["to"] is None or written < closed["to"]):
            return closed
    return None


def _card(offer: Offer, provider: Provider, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a list shows, so that it need not open the body: that is read from another place on the disk."""
    shown = {
        "title": body["title"],
        "summary": body["summary"],
        "provider": dict(provider.name),
        "areas": body["areas"],
        "cost": body["cost"],
        "places": [{key: place[key] for key in _OF_PLACE if place.get(key)} for place in body.get("places", ())],
        "times": body.get("times"),
        "digital": offer.is_digital,
        "to_check": offer.certainty is Certainty.CHECK,
        "machine_translated": sorted(offer.machine_translated),
    }
    return {key: part for key, part in shown.items() if part}


def _written(closed: Closed) -> dict[str, Any]:
    return {
        "from": closed.start.isoformat(),
        "to": closed.end.isoformat() if closed.end else None,
        "text": dict(closed.text),
    }


def _in_the_evening(each: OpeningTime) -> bool:
    # Without a clock it is the whole day; what closes before it opens goes past midnight.
    if each.opens is None or each.closes is None:
        return not each.note or bool(each.weekdays)
    return each.opens >= EVENING or each.closes <= each.opens or each.closes > time(18)
