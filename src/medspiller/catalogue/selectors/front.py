"""What a front page shows of the catalogue, cheaply: it is read by everybody, many times a day."""

from dataclasses import dataclass
from datetime import date

from medspiller.access.domain.actors import Actor
from medspiller.catalogue.domain.laying_out import closed_on
from medspiller.catalogue.domain.offers import Texts
from medspiller.catalogue.domain.vocabulary import OfferKind, Way
from medspiller.catalogue.models import PublishedOffer


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """An offer in short, with texts by language."""

    slug: str
    title: Texts
    summary: Texts


def open_doors(*, actor: Actor, on: date, most: int) -> list[OpenDoor]:
    """
    Return some of the municipality's own places where one can talk with somebody without an appointment.

    That one need not sign up can also mean that one gets in touch first: a door is open only where a place and the
    hours are told. What is closed for a time is left out. None where the municipality has put in no such offer.
    """
    if actor.tenant_id is None:
        return []
    rows = (
        PublishedOffer.objects.filter(
            tenant_id=actor.tenant_id,
            kind=OfferKind.CONVERSATION.value,
            way=Way.OPEN.value,
            is_for_children=False,
            valid_from__lte=on,
            body__places__0__isnull=False,
            body__times__0__isnull=False,
        )
        .exclude(valid_to__lte=on)
        .order_by("slug")
        .values_list("slug", "card", "closures")[: most * 2]
    )
    doors = [OpenDoor(slug, card["title"], card["summary"]) for slug, card, closed in rows if not closed_on(closed, on)]
    return doors[:most]
