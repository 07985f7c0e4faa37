"""Making a response complete: `finish`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.answering.responses import Answer
from medspiller.questionnaires.domain.answering.walking import Place, Scope
from medspiller.questionnaires.domain.definition.definitions import ItemType
from medspiller.questionnaires.domain.definition.outcomes import Issue


@dataclass(frozen=True, slots=True)
class Finished:
    """
    A response as it may be completed, its scores by linkId, and the errors because of which it may not.

    The errors are about this response, so this is the one to be shown with them.
    """

    response: dict[str, Any]
    scores: Mapping[str, Any]
    issues: tuple[Issue, ...]

    @property
    def may_be_completed(self) -> bool:
        return not self.issues


def finish(engine: Engine, response: Any, *, at: datetime) -> Finished:
    """
    Return a response as it is completed at a moment, which has a time zone.

    Answers to what is not asked are dropped, calculated ones filled in, and empty groups left out.

    :raises NotReadable: if it is no response.
    :raises NotComputable: if expressions need each other or more time than there is.
    """
    filled = engine.filled(response)
    whole = {key: value for key, value in response.items() if key != "item"}
    whole |= {"status": "completed", "authored": at.isoformat(timespec="seconds")}
    if items := _in_scope(filled.layout.root):
        whole["item"] = items
    issues = tuple(issue for issue in engine.validate(whole) if issue.is_error)
    return Finished(whole, filled.scores, issues)


def _in_scope(scope: Scope) -> list[dict[str, Any]]:
    """Return what is asked in a scope and answered, in the order of the questionnaire; what is not known stays last."""
    found = [one for place in scope.places.values() if place.enabled for one in _place(place)]
    return [*found, *(dict(node.source) for node in scope.nodes if node.link_id not in scope.places)]


def _place(place: Place) -> list[dict[str, Any]]:
    if place.item.type is ItemType.DISPLAY:
        return []
    if place.item.type is ItemType.GROUP:
        present = [inner for inner in place.inner if inner.node is not None]
        made = [(inner, _in_scope(inner)) for inner in present]
        return [_as_node(inner.node.source, items) for inner, items in made if items and inner.node is not None]
    inner = iter(place.inner)
    found = []
    for node in place.nodes:
        answers = [_answer(answer, next(inner, None)) for answer in node.answers]
        answers = [answer for answer in answers if answer]
        if answers:
            kept = {key: value for key, value in node.source.items() if key not in ("answer", "item")}
            found.append({**kept, "answer": answers})
    return found


def _answer(answer: Answer, inner: Scope | None) -> dict[str, Any]:
    kept = {key: value for key, value in answer.source.items() if key != "item"}
    items = _in_scope(inner) if inner is not None and inner.is_present else []
    return {**kept, "item": items} if items else kept


def _as_node(source: Mapping[str, Any], items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {**{key: value for key, value in source.items() if key != "item"}, "item": list(items)}
