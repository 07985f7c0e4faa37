"""
Variables, calculated items and conditions that are expressions, each evaluated after what it reads.

Evaluation is someone else's (`hooks`); here is in which order, about which part of the response,
and with which names around it. A calculated value is put into a copy of the response before what
reads it is evaluated.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.dependencies import (
    named,
    order_of_calculating,
    order_of_variables,
    variables_in_scope,
)
from medspiller.questionnaires.domain.answering.drafting import Draft, tidy
from medspiller.questionnaires.domain.answering.expressions import ExpressionFault, Quantity
from medspiller.questionnaires.domain.answering.hooks import Compile, Compiled
from medspiller.questionnaires.domain.answering.remembering import Inputs, Memory
from medspiller.questionnaires.domain.answering.responses import read_response
from medspiller.questionnaires.domain.answering.walking import Layout, Place, lay
from medspiller.questionnaires.domain.definition.definitions import Expression, Item, ItemType

_NUMERIC = (ItemType.DECIMAL, ItemType.INTEGER, ItemType.QUANTITY)


class Circular(Exception):
    """Calculations or variables need each other; `circles` holds their linkIds or names."""

    def __init__(self, circles: list[list[str]]):
        self.circles = circles
        super().__init__("; ".join(" → ".join([*circle, circle[0]]) for circle in circles))


class TooCostly(Exception):
    """The expressions of the form took more time than there is; `link_id` is where it ended."""

    def __init__(self, link_id: str):
        self.link_id = link_id
        super().__init__(f"the time for expressions ended at {link_id}")


def _never() -> bool:
    return False


@dataclass(slots=True)
class Calculator:
    """
    Evaluates the expressions of one response.

    `surroundings` are values that the caller knows by name (`patient`); `now` is what `today()`
    means; `enough` says when the time that the caller has is over. What cannot be evaluated
    yields nothing, and `faults` says at which item and why. With a `memory`, what has not changed
    since it was run is not run again; `inputs` is what it was last looked up by.
    """

    compile: Compile
    surroundings: Mapping[str, Any] = field(default_factory=dict)
    now: datetime | None = None
    enough: Callable[[], bool] = _never
    faults: list[tuple[str, str]] = field(default_factory=list)
    memory: Memory | None = None
    inputs: Inputs | None = None

    def values(self, layout: Layout) -> dict[str, list[Any]]:
        """
        Return what every calculated item yields, by linkId; a repeated one yields all its values in a row.

        Items that are not asked are not calculated. `layout` must have been through `enabling`.

        :raises Circular: naming the items or variables that need each other.
        :raises TooCostly: if the time is over.
        """
        return self.filled(layout)[0]

    def filled(self, layout: Layout) -> tuple[dict[str, list[Any]], Any]:
        """
        Return what every calculated item yields, and the JSON of the response with that in it.

        Raises as `values` does.
        """
        order, circles = layout.questionnaire.once(order_of_calculating)
        if circles:
            raise Circular(circles)
        found: dict[str, list[Any]] = {link_id: [] for link_id in order}
        if not order:
            return found, layout.response.source
        current = _copied(layout)
        draft = Draft(current.response.source)
        for link_id in order:
            item = layout.questionnaire.by_link_id[link_id]
            for place in current.places.get(link_id, ()):
                if place.enabled and item.calculated is not None and not place.scope.is_spare:
                    yielded = self.evaluate(current, place, item.calculated)
                    found[link_id].extend(yielded)
                    written = draft.put(place, yielded)
                    if written is not None and self.inputs is not None and not self.inputs.still_hold(place, written):
                        self.inputs = None
        return found, draft.response

    def ask(self, layout: Layout, place: Place) -> bool | None:
        """Answer the condition of a place that is an expression: nothing counts as no, None is not known."""
        expression = place.item.enabled_when
        return None if expression is None else self.holds(layout, place, expression)

    def holds(self, layout: Layout, place: Place, expression: Expression) -> bool | None:
        """Answer an expression that asks yes or no: nothing counts as no, None is not known."""
        if not expression.is_fhirpath:
            return None
        faults = len(self.faults)
        yielded = self.evaluate(layout, place, expression)
        if not yielded:
            return None if len(self.faults) > faults else False
        return yielded[0] if isinstance(yielded[0], bool) else True

    def text(self, layout: Layout, place: Place) -> str:
        """Return the text that the expression on an item's text gives, empty if it gives none."""
        expression = place.item.text_expression
        yielded = self.evaluate(layout, place, expression) if expression is not None else []
        return " ".join(str(one) for one in yielded if isinstance(one, str | int | Decimal)).strip()

    def evaluate(self, layout: Layout, place: Place, expression: Expression) -> list[Any]:
        """
        Return what an expression yields at a place.

        :raises Circular: if the variables it needs need each other.
        :raises TooCostly: if the time is over.
        """
        key = self._key(layout, place, expression)
        if key is not None and self.memory is not None:
            if (known := self.memory.get(key)) is None:
                faults = len(self.faults)
                known = self._evaluate(layout, place, expression)
                if len(self.faults) == faults:
                    self.memory.keep(key, known)
            return known
        return self._evaluate(layout, place, expression)

    def _key(self, layout: Layout, place: Place, expression: Expression) -> bytes | None:
        if self.memory is None:
            return None
        if self.inputs is None or self.inputs.layout is not layout:
            self.inputs = Inputs(layout)
        return self.inputs.key(place, expression, variables_in_scope(layout.questionnaire, place.item))

    def _evaluate(self, layout: Layout, place: Place, expression: Expression) -> list[Any]:
        context = self._context(layout, place, expression)
        whole = expression.of_resource or expression.text.lstrip().startswith("QuestionnaireResponse")
        about = layout.response.source if whole else context["context"]
        return self._run(place.item.link_id, expression, about, context)

    def evaluate_whole(self, layout: Layout, place: Place, expression: Expression) -> list[Any]:
        """Return what an expression yields about the whole response."""
        context = {**self._context(layout, place, expression), "context": layout.response.source}
        return self._run("", expression, layout.response.source, context)

    def evaluate_alone(self, link_id: str, expression: Expression) -> list[Any]:
        """Return what an expression yields that reads no answer."""
        return self._run(link_id, expression, {}, self.surroundings)

    def _context(self, layout: Layout, place: Place, expression: Expression) -> dict[str, Any]:
        resource = layout.response.source
        context = {
            **self.surroundings,
            "resource": resource,
            "rootResource": resource,
            "context": _node(place),
            "questionnaire": layout.questionnaire.source,
            "qitem": place.item.source,
        }
        scope = variables_in_scope(layout.questionnaire, place.item)
        wanted = _needed(expression, scope)
        order, circles = order_of_variables({name: scope[name] for name in scope if name in wanted})
        if circles:
            raise Circular(circles)
        for name in order:
            if not scope[name].is_fhirpath and name in self.surroundings:
                # What a form would ask a server for, the caller may know.
                continue
            about = _where_it_stands(layout, place, name)
            context[name] = self._nodes(place.item.link_id, scope[name], about, {**context, "context": about})
        return context

    def _run(self, link_id: str, expression: Expression, about: Any, context: Mapping[str, Any]) -> list[Any]:
        return self._guarded(link_id, expression, lambda ready: ready.evaluate(about, context, now=self.now))

    def _nodes(self, link_id: str, expression: Expression, about: Any, context: Mapping[str, Any]) -> list[Any]:
        return self._guarded(link_id, expression, lambda ready: ready.nodes(about, context, now=self.now))

    def _guarded(self, link_id: str, expression: Expression, run: Callable[[Compiled], list[Any]]) -> list[Any]:
        """What its author got wrong yields nothing, is told, and stops nobody from answering."""
        if not expression.is_fhirpath:
            return []
        if self.enough():
            raise TooCostly(link_id)
        try:
            return run(self.compile(expression.text))
        except ExpressionFault as fault:
            self.faults.append((link_id, f"{expression.text[:120]}: {fault}"))
            return []


def as_number(item: Item, yielded: list[Any]) -> Any:
    """
    Return what a calculated item is told as: a number, None where there is none, several as a list.

    A quantity is told by its amount. What is no number (a text, a date, a code) is told as it is.
    """
    told = [_plain(item, one) for one in yielded]
    if len(told) > 1:
        return told
    return told[0] if told else None


def _plain(item: Item, one: Any) -> Any:
    if isinstance(one, Quantity):
        one = one.value
    if isinstance(one, Mapping) and "value" in one and "linkId" not in one:
        one = one["value"]
    if isinstance(one, bool) or not isinstance(one, int | float | Decimal):
        return one if isinstance(one, str | bool | Mapping) else str(one)
    if item.type in _NUMERIC and item.limits.decimals is not None and 0 <= item.limits.decimals <= 20:
        one = round(Decimal(str(one)), item.limits.decimals)
    return tidy(one)


def _needed(expression: Expression, scope: Mapping[str, Expression]) -> set[str]:
    needed: set[str] = set()
    waiting = list(named(expression.text))
    while waiting:
        name = waiting.pop()
        if name in scope and name not in needed:
            needed.add(name)
            waiting.extend(named(scope[name].text))
    return needed


def _where_it_stands(layout: Layout, place: Place, name: str) -> Any:
    """A variable reads the part of the response it was written on."""
    if any(variable.name == name for variable in place.item.variables):
        return _node(place)
    scope = place.scope
    while scope.owner is not None:
        if any(variable.name == name for variable in scope.owner.item.variables):
            return scope.node.source if scope.node else {"linkId": scope.owner.item.link_id}
        scope = scope.owner.scope
    return layout.response.source


def _node(place: Place) -> Any:
    return place.nodes[0].source if place.nodes else {"linkId": place.item.link_id}


def _copied(layout: Layout) -> Layout:
    """The same response once more, to be written into."""
    again = lay(layout.questionnaire, read_response(copy.deepcopy(layout.response.source)))
    for link_id, places in again.places.items():
        for before, place in zip(layout.places[link_id], places, strict=True):
            place.enabled = before.enabled
    return again
