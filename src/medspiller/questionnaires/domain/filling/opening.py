"""The first time a form is opened: what stands in it before anybody has answered."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medspiller.questionnaires.domain.answering.calculating import Calculator, Circular, TooCostly
from medspiller.questionnaires.domain.answering.drafting import WRITTEN, answer_value
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.answering.responses import read_response
from medspiller.questionnaires.domain.answering.scoring import options_of
from medspiller.questionnaires.domain.answering.walking import Layout, Place, lay
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Questionnaire, Value


@dataclass(frozen=True, slots=True)
class Opened:
    """A response to begin with, and the linkIds whose answers come from what is known and are to be confirmed."""

    response: dict[str, Any]
    taken: tuple[str, ...] = ()


def opened(engine: Engine, *, language: str = "") -> Opened:
    """
    Return a response with the questionnaire's initial values, in the order in which they are asked.

    An `initialExpression` is evaluated on what the engine knows (`known`) and goes before a fixed
    value; what it yields is taken from elsewhere, unless nobody may change it anyway. What cannot be
    evaluated in the time there is has no value.
    """
    form = engine.questionnaire
    taken: list[str] = []
    layout = lay(form, read_response({"resourceType": "QuestionnaireResponse", "status": "in-progress"}))
    items = _Opening(form, engine.calculator(), taken, layout).items(form.items)
    response: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    if form.url:
        response["questionnaire"] = form.canonical
    if language:
        response["language"] = language
    if items:
        response["item"] = items
    return Opened(response, tuple(taken))


@dataclass(slots=True)
class _Opening:
    form: Questionnaire
    calculator: Calculator
    taken: list[str]
    layout: Layout

    def items(self, items: tuple[Item, ...]) -> list[dict[str, Any]]:
        made = (self._item(item) for item in items)
        return [one for one in made if one is not None]

    def _item(self, item: Item) -> dict[str, Any] | None:
        inner = self.items(item.items)
        if item.type is ItemType.GROUP:
            return {"linkId": item.link_id, "item": inner} if inner else None
        if not item.type.is_question:
            return None
        answers = self._answers(item)
        if inner:
            answers = [{**answer, "item": copy.deepcopy(inner)} for answer in answers or [{}]]
        return {"linkId": item.link_id, "answer": answers} if answers else None

    def _answers(self, item: Item) -> list[dict[str, Any]]:
        given = self._known(item)
        if given:
            if not item.read_only:
                self.taken.append(item.link_id)
        elif item.initial:
            given = [_written(value) for value in item.initial]
        else:
            chosen = (option for option in options_of(self.form, item) if option.initially_selected)
            given = [_written(option.value) for option in chosen]
        return given if item.repeats else given[:1]

    def _known(self, item: Item) -> list[dict[str, Any]]:
        key = WRITTEN.get(item.type)
        if item.initial_expression is None or key is None:
            return []
        place = (self.layout.places.get(item.link_id) or [Place(item, self.layout.root, ())])[0]
        try:
            yielded = self.calculator.evaluate(self.layout, place, item.initial_expression)
        except (Circular, TooCostly):
            return []
        values = [_option(self.form, item, one) if key == "valueCoding" else one for one in yielded]
        return [{key: answer_value(key, one)} for one in values if _fits(key, one)]


def _written(value: Value) -> dict[str, Any]:
    return {f"value{value.kind[0].upper()}{value.kind[1:]}": copy.deepcopy(value.content)}


def _option(form: Questionnaire, item: Item, one: Any) -> Any:
    """The option with a coding's code, or with this code; what nobody could choose is no answer."""
    code = one.get("code") if isinstance(one, Mapping) else one
    codings = [option.value.content for option in options_of(form, item) if option.value.kind == "Coding"]
    return next((coding for coding in codings if coding.get("code") == code), None if codings else one)


def _fits(key: str, one: Any) -> bool:
    if key == "valueCoding":
        return isinstance(one, Mapping)
    return one is not None and (key == "valueQuantity" or not isinstance(one, Mapping))
