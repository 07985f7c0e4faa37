"""
A response laid over its questionnaire: where each item is answered, once for every repeat.

A *scope* is where the items inside something are answered: the response itself, one occurrence of
a group, or one answer to a question that has questions under it. A *place* is an item in a scope.
Places exist for what nobody answered too, so that one can ask whether it should have been; of a
repeated group for as many occurrences as are asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from medspiller.questionnaires.domain.answering.responses import Answer, Answered, Response
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Questionnaire

MOST_PLACES = 50_000
# Of a repeated group at most as many occurrences are laid out that nobody has answered yet.
MOST_ASKED_FOR = 100


@dataclass(slots=True, eq=False)
class Scope:
    """
    `is_present` is false for the inside of a group or question that the response does not have.

    `is_spare`: such an occurrence of a repeated group after the first, or within one. Nothing is calculated there.
    """

    path: str
    depth: int
    is_present: bool
    owner: "Place | None" = None
    answer: Answer | None = None
    node: Answered | None = None
    nodes: tuple[Answered, ...] = ()
    places: dict[str, "Place"] = field(default_factory=dict)
    is_spare: bool = False


@dataclass(slots=True, eq=False)
class Place:
    """An item in one scope, with what the response has for it there. `enabled` is set by `enabling`."""

    item: Item
    scope: Scope
    nodes: tuple[Answered, ...]
    inner: list[Scope] = field(default_factory=list)
    enabled: bool = True

    @property
    def answers(self) -> Iterator[Answer]:
        return (answer for node in self.nodes for answer in node.answers)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A response over its questionnaire. `places` holds every place of a linkId, in the response's order."""

    questionnaire: Questionnaire
    response: Response
    root: Scope
    places: Mapping[str, Sequence[Place]]

    def every_place(self) -> Iterator[Place]:
        """Yield the places, each before those inside it."""
        waiting = [self.root]
        while waiting:
            scope = waiting.pop()
            for place in scope.places.values():
                yield place
                waiting.extend(place.inner)


class TooManyPlaces(Exception):
    """A repeated group was answered so often that nobody could have: it is not looked through."""


def lay(questionnaire: Questionnaire, response: Response) -> Layout:
    """
    Lay a response over its questionnaire; items that the questionnaire does not have are left aside.

    :raises TooManyPlaces: if there are more than any form that somebody answers has.
    """
    root = Scope("QuestionnaireResponse", 0, is_present=True, nodes=response.items)
    places: dict[str, list[Place]] = {}
    _fill(root, questionnaire.items, places, [MOST_PLACES])
    return Layout(questionnaire, response, root, places)


def _fill(scope: Scope, items: Sequence[Item], places: dict[str, list[Place]], left: list[int]) -> None:
    left[0] -= len(items)
    if left[0] < 0:
        raise TooManyPlaces
    found: dict[str, list[Answered]] = {}
    for node in scope.nodes:
        found.setdefault(node.link_id, []).append(node)
    for item in items:
        if item.link_id in scope.places:
            continue
        place = Place(item, scope, tuple(found.get(item.link_id, ())))
        scope.places[item.link_id] = place
        places.setdefault(item.link_id, []).append(place)
        if item.items:
            place.inner = list(_inner(place))
            for inner in place.inner:
                _fill(inner, item.items, places, left)


def _inner(place: Place) -> Iterator[Scope]:
    depth, count = place.scope.depth + 1, 0
    for node in place.nodes:
        if place.item.type is ItemType.GROUP:
            yield Scope(node.path, depth, is_present=True, owner=place, node=node, nodes=node.items)
            count += 1
            continue
        for answer in node.answers:
            nodes = answer.items or node.items
            yield Scope(answer.path, depth, is_present=True, owner=place, answer=answer, node=node, nodes=nodes)
            count += 1
    item = place.item
    asked_for = min(item.limits.fewest or 0, MOST_ASKED_FOR) if item.repeats and item.type is ItemType.GROUP else 0
    for number in range(count, max(asked_for, 1)):
        spare = number > 0 or place.scope.is_spare
        yield Scope(place.scope.path, depth, is_present=False, owner=place, is_spare=spare)


def answers_in_scope(layout: Layout, place: Place, question: str) -> list[Answer]:
    """
    Return the answers to a question that a condition at a place is about.

    They are those within the nearest group that holds both: in a repeated group the answers of
    the same occurrence, elsewhere all of them. A question that the place stands under counts with
    the one answer that it stands under. Answers that are not enabled do not count.
    """
    item = layout.questionnaire.by_link_id.get(question)
    if item is None:
        return []
    around = place.item.ancestors
    shared = 0
    while shared < min(len(around), len(item.ancestors)) and around[shared] == item.ancestors[shared]:
        shared += 1
    scope = place.scope
    while scope.depth > shared:
        if scope.depth == shared + 1 and scope.owner is not None and scope.owner.item.link_id == question:
            return [scope.answer] if scope.answer is not None and scope.owner.enabled else []
        if scope.owner is None:
            return []
        scope = scope.owner.scope
    return [answer for found in _below(scope, item, shared) if found.enabled for answer in found.answers]


def _below(scope: Scope, item: Item, depth: int) -> Iterator[Place]:
    scopes = [scope]
    for link_id in item.ancestors[depth:]:
        scopes = [inner for one in scopes if (held := one.places.get(link_id)) for inner in held.inner]
    for one in scopes:
        if found := one.places.get(item.link_id):
            yield found
