"""What the outside formats are made from: published offers with their ids, and where their pages stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from medspiller.catalogue.domain.offers import Offer, Place, Provider, Texts

# Ours, for all names that have no row of their own. Never changed: identifiers that others keep are made with it.
NAMESPACE = UUID("6f1c2a52-4b0e-5d0c-9a53-7d1f2f5f0c11")

LANGUAGES = ("nb", "nn", "en")
# The number of kroner a text speaks of; all prices of the catalogue are Norwegian.
CURRENCY = "NOK"
COUNTRY = "NO"

_LOW_BITS = 16


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whoever offers something, with the id it is known by outside."""

    id: UUID
    provider: Provider


@dataclass(frozen=True, slots=True)
class Meeting:
    """A dated meeting of an offer, in [starts_at, ends_at)."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    title: Texts = field(default_factory=dict)
    place: Place | None = None
    is_digital: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """
    One published offer. `closures` are those of the row, `meetings` the dated ones that are to be told of.

    `changed_at` is None where nobody knows, as in a package that lies on disk.
    """

    id: UUID
    offer: Offer
    publisher: Publisher
    changed_at: datetime | None = None
    version: str = ""
    closures: Sequence[Mapping[str, Any]] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """
    Where the pages stand (`base` without a slash at its end), in which language texts are chosen, and whose it is.

    `areas` are names of municipalities and counties by their number; what is missing is named by its number.
    """

    base: str
    language: str = "nb"
    owner: str = ""
    number: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)

    def page_of(self, offer: Offer) -> str:
        """Return the address of an offer's page."""
        return f"{self.base}/tilbud/{offer.slug}/"

    @property
    def api(self) -> str:
        """Return where the HSDS API stands."""
        return f"{self.base}/api/hsds"

    def say(self, texts: Texts | None) -> str:
        """Return the text in the reader's language, else in bokmål, else in whichever there is; empty for none."""
        return say(texts, self.language)


def say(texts: Texts | None, language: str) -> str:
    """Return the text in a language, else in bokmål, else in whichever there is; empty for none."""
    if not texts:
        return ""
    return texts.get(language) or texts.get("nb") or next((text for text in texts.values() if text), "")


def name_id(*parts: object) -> UUID:
    """Return the id of something that is known by its name alone. The same parts give the same id everywhere."""
    return uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))


def place_id(place: Place) -> UUID:
    """Return the id of a place: two offers at one door have the same."""
    return name_id("place", place.name, place.street, place.postal_code, place.city)


def at_place_id(offer_id: UUID, place: Place) -> UUID:
    """
    Return the id of an offer at a place.

    It differs from the offer's in its last sixteen bits only, by a digest of the place. So it is stable while
    both stand, needs no row of its own, and whoever has it finds the offer in a narrow range of ids.
    """
    digest = place_id(place).int & ((1 << _LOW_BITS) - 1)
    return UUID(int=offer_id.int ^ (digest or 1))


def offers_near(at_place: UUID) -> tuple[UUID, UUID]:
    """Return the first and last id that the offer of an `at_place_id` can have."""
    first = at_place.int >> _LOW_BITS << _LOW_BITS
    return UUID(int=first), UUID(int=first | ((1 << _LOW_BITS) - 1))
