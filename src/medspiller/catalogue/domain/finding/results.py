"""What a search, a choice and type-ahead answer with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from medspiller.catalogue.domain.finding.wording import Urgency
from medspiller.catalogue.domain.offers import Texts
from medspiller.catalogue.domain.vocabulary import OfferKind, Way

PAGE = 10

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One offer in a list. `is_own`: the reader's own municipality offers it. `closed`: the text of a closure that holds
    now, by language, None while it is open. `is_doubtful`: nobody has looked at it for long.
    """

    id: UUID
    slug: str
    title: Texts
    summary: Texts
    kind: OfferKind
    way: Way
    provider: str
    is_own: bool
    is_national: bool
    is_digital: bool
    is_evening: bool
    is_free: bool
    is_anonymous: bool
    is_for_children: bool
    is_doubtful: bool
    closed: Texts | None
    districts: tuple[str, ...]
    concepts: frozenset[str]


class SuggestionKind(StrEnum):
    """What a suggestion leads to: a search for the words, or one offer."""

    PHRASE = "phrase"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rest of some letters may be. `slug` is the offer's, empty for a phrase."""

    kind: SuggestionKind
    text: str
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[Each]):
    """
    One page of what was found, each as a `Hit`, or as whoever asked wants them.

    `total` is how many there are; `is_capped` means that there are more than that. `urgency` means
    that acute help stands first, whatever else was found. `corrected` are typed words that were read as others.
    `concepts` are what the words were taken to stand for.
    """

    hits: tuple[Each, ...]
    total: int
    is_capped: bool = False
    page: int = 1
    pages: int = 1
    urgency: Urgency | None = None
    corrected: Mapping[str, str] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    An offer that somebody was helped to choose.

    `reasons` are codes of why it fits, the weightiest first: concepts (`need:peers`, `condition:dementia`), `own`,
    `digital`, `evening`, `open`, `age`. What to do next is `hit.way`, in words `how`.
    """

    hit: Hit
    reasons: tuple[str, ...]
    how: Texts
