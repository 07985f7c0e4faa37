"""
An offer as it is described: values only, read from and written to one JSON object.

The same object is a version that somebody edited, a file of a content package, a row of an import and what
the outside formats are made from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

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
from medspiller.core.periods import Period

# By language: nb, nn and en always, others where somebody has given them.
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Provider:
    """Whoever offers something. `slug` is stable; `organisation_number` is that of Brønnøysund, if known."""

    slug: str
    name: Texts
    kind: ProviderKind
    about: Texts
    website: str = ""
    organisation_number: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """
    For whom. An empty set means that it makes no difference.

    Ages are the carer's, in whole years, half-open: `age_from=13, age_to=19` is 13 up to and with 18.
    """

    relations: frozenset[Relation] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    situations: frozenset[Situation] = frozenset()
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """How far it reaches. `code` is the number of a county or municipality, empty for the nation."""

    kind: AreaKind
    code: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is. `directions` says in words how to get there; `municipality` is a number."""

    name: str
    street: str
    postal_code: str
    city: str
    municipality: str
    district: str = ""
    directions: Texts | None = None
    access: frozenset[Access] = frozenset()


@dataclass(frozen=True, slots=True)
class OpeningTime:
    """
    When it is there, week after week: `weekdays` are 1 (Monday) to 7, every `every_weeks` weeks.

    The clock is Norway's. Without times it is the whole day; `note` says what no rule can.
    """

    weekdays: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None
    every_weeks: int = 1
    note: Texts | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as one dials it, in digits, with what it is for."""

    number: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach them. All may be empty; then `how` of the offer says whom to ask."""

    website: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    chat: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the carer pays, in kroner. `amount=None` with `is_free=False` means that the text says it."""

    is_free: bool
    amount: Decimal | None = None
    text: Texts | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where what is said was read."""

    ref: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """
    One offer. `period` is when it exists, half-open; `review_on` the day it should be looked at again.

    `search_words` are everyday words and phrases that somebody who needs it may use, by language.
    `machine_translated` names languages that no person has read. `to_check` says what is not certain.
    """

    slug: str
    provider: str
    kind: OfferKind
    title: Texts
    summary: Texts
    text: Texts
    how: Texts
    needs: frozenset[Need]
    audience: Audience
    areas: tuple[Area, ...]
    way: Way
    cost: Cost
    languages: tuple[str, ...]
    period: Period
    review_on: date
    is_digital: bool = False
    has_interpreter: bool = False
    is_anonymous: bool = False
    places: tuple[Place, ...] = ()
    times: tuple[OpeningTime, ...] = ()
    contact: Contact = Contact()
    search_words: Mapping[str, tuple[str, ...]] | None = None
    machine_translated: frozenset[str] = frozenset()
    certainty: Certainty = Certainty.CERTAIN
    to_check: Texts | None = None
    sources: tuple[Source, ...] = ()
