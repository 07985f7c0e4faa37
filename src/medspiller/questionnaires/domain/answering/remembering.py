"""
What expressions gave, kept so that after an answer only those that depend on it are run again.

A result is found by all it hangs on: the expression, where it stands, and what the items say that
it looks at. So nothing kept is ever out of date, and an expression of which one cannot tell what
it looks at is not kept but always run.
"""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import selected_by
from medspiller.questionnaires.domain.answering.walking import Layout, Place, Scope
from medspiller.questionnaires.domain.definition.definitions import Expression

# Of one response in progress; beyond this one begins anew.
MOST_RESULTS = 2000

# Where an item stands: the linkIds on the way to it, each with its number among those of that name.
Where = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Memory:
    """Results of the expressions of one version of a questionnaire, for one response. Threads may share it."""

    results: dict[bytes, list[Any]] = field(default_factory=dict)

    def get(self, key: bytes) -> list[Any] | None:
        """Return what an expression gave, None if it has not been run on this."""
        found = self.results.get(key)
        return None if found is None else list(found)

    def keep(self, key: bytes, yielded: list[Any]) -> None:
        """Keep what an expression gave."""
        if len(self.results) >= MOST_RESULTS:
            self.results = {}
        self.results[key] = [copy.deepcopy(one) if isinstance(one, Mapping) else one for one in yielded]


@dataclass(slots=True)
class Inputs:
    """What expressions look at in a response as it stands now; made anew when something is written into it."""

    layout: Layout
    items: list[tuple[str, Where, Mapping[str, Any]]] = field(init=False)
    where: dict[int, Where] = field(init=False)

    def __post_init__(self) -> None:
        self.items = list(_items(self.layout.response.source, ()))
        self.where = {id(source): where for _, where, source in self.items}

    def key(self, place: Place, expression: Expression, variables: Mapping[str, Expression]) -> bytes | None:
        """Return what stands for all that an expression's result at a place hangs on, None where that is not known."""
        link_ids: set[str] = set()
        waiting, seen = [expression], {id(expression): expression}
        while waiting:
            one = waiting.pop()
            if not one.is_fhirpath:
                # What it would ask a server for may be known otherwise next time.
                return None
            owner = place.item.link_id if one is expression else _owner(place, one)
            whole = one.of_resource or owner is None or one.text.lstrip().startswith("QuestionnaireResponse")
            found = selected_by(one.text, of_resource=whole)
            if found is None or not found.variables <= variables.keys() or (found.start and owner is None):
                return None
            link_ids |= {*found.link_ids, *([owner] if found.start and owner else [])}
            waiting.extend(variables[name] for name in sorted(found.variables) if id(variables[name]) not in seen)
            seen.update({id(one): one for one in waiting})
        said = [(where, source) for link_id, where, source in self.items if link_id in link_ids]
        run = [(one.name, one.text) for one in seen.values()]
        stands = (place.item.path, bool(place.nodes), self._stands(place.scope))
        return hashlib.blake2b(json.dumps([run, stands, said], default=str).encode(), digest_size=16).digest()

    def still_hold(self, place: Place, written: Mapping[str, Any]) -> bool:
        """Take in that a calculated value was written at a place; False if all must be looked through again."""
        if place.item.items:
            return False
        if not place.nodes and place.scope.owner is None:
            self.items.append((place.item.link_id, ((place.item.link_id, 0),), written))
        return bool(place.nodes) or place.scope.owner is None

    def _stands(self, scope: Scope) -> list[Any]:
        """Which of several occurrences, and of several answers, a scope is the inside of."""
        found: list[Any] = []
        while scope.owner is not None:
            if scope.node is not None:
                number = next((at for at, one in enumerate(scope.node.answers) if one is scope.answer), -1)
                found.append((self.where[id(scope.node.source)], number))
            scope = scope.owner.scope
        return found


def _owner(place: Place, variable: Expression) -> str | None:
    """The linkId of the item that a variable is written on, None for one of the questionnaire itself."""
    around: Place | None = place
    while around is not None:
        if any(one is variable for one in around.item.variables):
            return around.item.link_id
        around = around.scope.owner
    return None


def _items(node: Any, around: Where) -> Iterator[tuple[str, Where, Mapping[str, Any]]]:
    """Yield the items in a part of a response, with where they stand, in the order in which they are written."""
    numbers: dict[str, int] = {}
    written = node.get("item")
    for inner in written if isinstance(written, list) else ():
        if not isinstance(inner, dict):
            continue
        link_id = str(inner.get("linkId", ""))
        numbers[link_id] = numbers.get(link_id, -1) + 1
        where = (*around, (link_id, numbers[link_id]))
        yield link_id, where, inner
        yield from _items(inner, where)
        answers = inner.get("answer")
        for number, answer in enumerate(answers if isinstance(answers, list) else ()):
            if isinstance(answer, dict):
                yield from _items(answer, (*where, ("", number)))
