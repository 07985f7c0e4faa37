"""Rules that a form states as expressions: broken where they answer no."""

from collections.abc import Iterator

from medspiller.questionnaires.domain.answering.calculating import Calculator
from medspiller.questionnaires.domain.answering.comparing import is_same
from medspiller.questionnaires.domain.answering.walking import Layout, Place
from medspiller.questionnaires.domain.definition.definitions import Constraint, Expression, Item, ItemType, Value
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, warning

_KINDS = {ItemType.DATE: "date", ItemType.DATE_TIME: "dateTime", ItemType.TIME: "time"}


def broken_constraints(calculator: Calculator, layout: Layout) -> Iterator[Issue]:
    """Yield the rules that the response breaks, at the items that state them. What yields nothing is kept."""
    yield from chosen_though_off(calculator, layout)
    for place in layout.every_place():
        if place.enabled and place.nodes:
            for constraint in place.item.constraints:
                if calculator.evaluate(layout, place, constraint.expression)[:1] == [False]:
                    yield _told(constraint, place.nodes[0].path, place.item.link_id)
    whole = Place(Item("", ItemType.GROUP, "Questionnaire"), layout.root, ())
    for constraint in layout.questionnaire.constraints:
        if calculator.evaluate_whole(layout, whole, constraint.expression)[:1] == [False]:
            yield _told(constraint, "QuestionnaireResponse", None)


def options_off(calculator: Calculator, layout: Layout, place: Place) -> list[Value]:
    """Return the options that cannot be chosen as things are: those of which every condition answers no or nothing."""
    toggles = place.item.toggles
    holds = [calculator.holds(layout, place, toggle.expression) is not False for toggle in toggles]
    on = [option for toggle, held in zip(toggles, holds, strict=True) if held for option in toggle.options]
    off = [option for toggle, held in zip(toggles, holds, strict=True) if not held for option in toggle.options]
    return [option for option in off if not any(is_same(option, one) for one in on)]


def chosen_though_off(calculator: Calculator, layout: Layout) -> Iterator[Issue]:
    """Yield the answers that are options which cannot be chosen as things are."""
    for place in layout.every_place():
        if not (place.enabled and place.item.toggles and place.nodes):
            continue
        off = options_off(calculator, layout, place)
        for answer in place.answers:
            if answer.value is not None and any(is_same(answer.value, option) for option in off):
                told = "it cannot be chosen together with other answers"
                yield error(Code.CODE_INVALID, answer.path, told, link_id=place.item.link_id)


def limit_by(calculator: Calculator, item: Item, expression: Expression) -> Value | None:
    """Return the value of a limit that is an expression (`today()`), None if it yields none of the item's type."""
    kind = _KINDS.get(item.type)
    if kind is None:
        return None
    yielded = calculator.evaluate_alone(item.link_id, expression)
    return Value(kind, str(yielded[0]).removeprefix("@").removeprefix("T")) if yielded else None


def _told(constraint: Constraint, path: str, link_id: str | None) -> Issue:
    severe = error if constraint.is_error else warning
    return severe(Code.INVARIANT, path, constraint.message or f"The rule {constraint.key} is broken", link_id=link_id)
