"""All that answers rest on, read once and frozen: rights, figures, the catalogue of facts, situations and rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from medspiller.rights.domain.known_facts import Catalogue
from medspiller.rights.domain.parameters import Dated
from medspiller.rights.domain.rights import Right
from medspiller.rights.domain.rules import Rules
from medspiller.rights.domain.situations import Situation


@dataclass(frozen=True)
class Rulebook:
    """Rights by id, in their order; figures by name; facts by name in the catalogue; situations in their order."""

    rights: Mapping[str, Right] = field(repr=False)
    parameters: Mapping[str, Dated] = field(repr=False)
    facts: Catalogue = field(repr=False)
    situations: tuple[Situation, ...] = field(repr=False)
    rules: Rules = field(repr=False)

    def right_at(self, slug: str) -> Right | None:
        """Return the right whose page has that address."""
        return next((right for right in self.rights.values() if right.slug == slug), None)

    def situation(self, situation_id: str) -> Situation | None:
        """Return the situation of that id."""
        return next((one for one in self.situations if one.id == situation_id), None)
