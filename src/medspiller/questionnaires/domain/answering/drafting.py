"""Writing calculated values into a copy of a response, where the expressions that read them look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import Quantity
from medspiller.questionnaires.domain.answering.walking import Place, Scope
from medspiller.questionnaires.domain.definition.definitions import ItemType

WRITTEN = {
    ItemType.BOOLEAN: "valueBoolean", ItemType.DECIMAL: "valueDecimal", ItemType.INTEGER: "valueInteger",
    ItemType.DATE: "valueDate", ItemType.DATE_TIME: "valueDateTime", ItemType.TIME: "valueTime",
    ItemType.STRING: "valueString", ItemType.TEXT: "valueString", ItemType.URL: "valueUri",
    ItemType.CHOICE: "valueCoding", ItemType.OPEN_CHOICE: "valueCoding", ItemType.QUANTITY: "valueQuantity",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A response, as JSON that may be written into; groups that it lacks are added as they are needed."""

    response: Any
    added: dict[int, Any] = field(default_factory=dict)

    def put(self, place: Place, yielded: Sequence[Any]) -> Any:
        """Make the values the answers at a place; none takes them away. Return the item, None if it said so already."""
        key = WRITTEN.get(place.item.type)
        if key is None:
            return None
        new = not place.nodes and id(place) not in self.added
        target: Any = place.nodes[0].source if place.nodes else self._added(place)
        before = target.pop("answer", None)
        if yielded:
            target["answer"] = [{key: answer_value(key, one)} for one in yielded]
        return target if new or before != target.get("answer") else None

    def _added(self, place: Place) -> Any:
        if id(place) not in self.added:
            made = self.added[id(place)] = {"linkId": place.item.link_id}
            self._inside(place.scope).setdefault("item", []).append(made)
        return self.added[id(place)]

    def _inside(self, scope: Scope) -> Any:
        if scope.owner is None:
            return self.response
        if scope.is_present:
            return scope.answer.source if scope.answer else scope.node.source if scope.node else self.response
        return self._added(scope.owner)


def answer_value(key: str, one: Any) -> Any:
    """Return a value as it stands in an answer under `key` (`valueQuantity`)."""
    if isinstance(one, Quantity):
        one = one.as_fhir() if key == "valueQuantity" else one.value
    if key == "valueQuantity" and not isinstance(one, Mapping):
        return {"value": tidy(one) if isinstance(one, Decimal) else one}
    if isinstance(one, Mapping) and "value" in one:
        return {**one, "value": tidy(one["value"])} if isinstance(one["value"], Decimal) else one
    return tidy(one) if isinstance(one, Decimal) else one


def tidy(number: int | float | Decimal) -> int | float:
    """Return a number as JSON writes it best: whole ones without a point."""
    return int(number) if number == int(number) else float(number)
