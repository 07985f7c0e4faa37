"""What offers are narrowed to. An empty filter lets everything through."""

from dataclasses import dataclass, fields
from enum import StrEnum

from medspiller.catalogue.domain.vocabulary import Access, Condition, Need, OfferKind, Relation, Situation, Way


class Near(StrEnum):
    """How far away, in words: no map is needed to know that one's own municipality is nearest."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What an offer must be, all at once; of a set, one of them.

    For `relations`, `conditions`, `situations` and `age`, an offer that makes no difference fits everybody. `language`
    is one in which it is given. `near`: its own municipality's, those of the county too, or only the ones for the whole
    nation. `district` is one's part of the municipality.
    """

    needs: frozenset[Need] = frozenset()
    kinds: frozenset[OfferKind] = frozenset()
    relations: frozenset[Relation] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    situations: frozenset[Situation] = frozenset()
    ways: frozenset[Way] = frozenset()
    access: frozenset[Access] = frozenset()
    age: int | None = None
    language: str = ""
    near: Near | None = None
    district: str = ""
    is_digital: bool = False
    is_evening: bool = False
    is_free: bool = False
    is_anonymous: bool = False
    is_for_children: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything is let through."""
        return self == Filters()

    @property
    def number(self) -> int:
        """How many filters are set."""
        empty = Filters()
        return sum(getattr(self, each.name) != getattr(empty, each.name) for each in fields(self))
