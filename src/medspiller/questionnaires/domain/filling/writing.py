"""Putting answers into a response where a questionnaire has room for them."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from medspiller.questionnaires.domain.answering.responses import read_response
from medspiller.questionnaires.domain.answering.walking import Place, Scope, lay
from medspiller.questionnaires.domain.definition.definitions import Questionnaire

# As they stand in a response: `[{"valueInteger": 3}]`.
Answers = Sequence[Mapping[str, Any]]


def empty_response(canonical: str, *, language: str) -> dict[str, Any]:
    """Return a response in which nothing is answered."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical,
        "status": "in-progress",
        "language": language,
    }


def with_answers(
    questionnaire: Questionnaire, response: Mapping[str, Any], wanted: Mapping[str, Answers]
) -> dict[str, Any]:
    """
    Return a response with these answers, by linkId, in place of those it has; none takes them away.

    Groups that it lacks are added. Of what is repeated it is the first occurrence.

    :raises NotReadable: if it is no response.
    """
    made: dict[str, Any] = copy.deepcopy(dict(response))
    layout = lay(questionnaire, read_response(made))
    added: dict[int, dict[str, Any]] = {}
    for item in questionnaire.every_item():
        places = layout.places.get(item.link_id)
        if item.link_id not in wanted or not places:
            continue
        target = _node(places[0], made, added)
        target.pop("answer", None)
        if answers := wanted[item.link_id]:
            target["answer"] = [dict(each) for each in answers]
    return made


def answers_of(response: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return all answers of a response by linkId, without what stands under them, in the order they were given."""
    found: dict[str, list[dict[str, Any]]] = {}
    waiting = list(_items(response))
    while waiting:
        node = waiting.pop(0)
        inner = list(_items(node))
        for answer in node.get("answer") or ():
            found.setdefault(str(node.get("linkId", "")), []).append(
                {key: value for key, value in answer.items() if key != "item"}
            )
            inner += _items(answer)
        waiting = inner + waiting
    return found


def _items(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = node.get("item")
    return [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []


def _node(place: Place, response: dict[str, Any], added: dict[int, dict[str, Any]]) -> dict[str, Any]:
    if place.nodes:
        return _writable(place.nodes[0].source)
    if id(place) not in added:
        node = added[id(place)] = {"linkId": place.item.link_id}
        _inside(place.scope, response, added).setdefault("item", []).append(node)
    return added[id(place)]


def _inside(scope: Scope, response: dict[str, Any], added: dict[int, dict[str, Any]]) -> dict[str, Any]:
    if scope.owner is None:
        return response
    if scope.is_present:
        # Of the copy that is being made.
        return _writable(scope.answer.source if scope.answer else scope.node.source if scope.node else response)
    return _node(scope.owner, response, added)


def _writable(node: Any) -> dict[str, Any]:
    written: dict[str, Any] = node
    return written
