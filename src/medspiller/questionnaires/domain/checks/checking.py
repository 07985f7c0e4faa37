"""
Whether a Questionnaire is one that people can be asked: its shape, and then what it means.

All problems come at once. A library that knows the shape only lets duplicate linkIds, conditions
on nothing and circles pass; here they are refused. What is odd but works is a warning.
"""

from collections.abc import Iterator
from typing import Any

from medspiller.questionnaires.domain.answering.comparing import Order, compare
from medspiller.questionnaires.domain.answering.dependencies import order_of_enabling
from medspiller.questionnaires.domain.answering.hooks import Compile
from medspiller.questionnaires.domain.checks import checking_items
from medspiller.questionnaires.domain.checks.checking_expressions import problems_in_expressions
from medspiller.questionnaires.domain.definition.definitions import Condition, Item, ItemType, Operator, Questionnaire
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, has_errors, warning
from medspiller.questionnaires.domain.definition.reading import NotReadable, read
from medspiller.questionnaires.domain.definition.shape import problems_in_shape

_KINDS_ASKED = {
    ItemType.BOOLEAN: {"boolean"},
    ItemType.DECIMAL: {"decimal", "integer"},
    ItemType.INTEGER: {"integer", "decimal"},
    ItemType.DATE: {"date", "dateTime"},
    ItemType.DATE_TIME: {"dateTime", "date"},
    ItemType.TIME: {"time"},
    ItemType.STRING: {"string"},
    ItemType.TEXT: {"string"},
    ItemType.URL: {"string"},
    ItemType.CHOICE: {"Coding", "string", "integer", "date", "time", "Reference"},
    ItemType.OPEN_CHOICE: {"Coding", "string", "integer", "date", "time", "Reference"},
    ItemType.REFERENCE: {"Reference"},
    ItemType.QUANTITY: {"Quantity"},
    ItemType.ATTACHMENT: set(),
}


def check(written: Any, compiling: Compile | None = None) -> list[Issue]:
    """
    Return every problem of a questionnaire, given as JSON.

    With `compiling`, its expressions are read too.
    """
    issues = problems_in_shape(written, "Questionnaire")
    try:
        questionnaire = read(written)
    except NotReadable:
        return issues
    issues += problems(questionnaire, compiling)
    return list(dict.fromkeys(issues))


def problems(questionnaire: Questionnaire, compiling: Compile | None = None) -> list[Issue]:
    """Return what a questionnaire of the right shape means wrongly."""
    issues = [*_duplicates(questionnaire), *_about_the_whole(questionnaire)]
    asked: set[str] = set()
    for item in questionnaire.every_item():
        issues += checking_items.problems(item, questionnaire)
        issues += _conditions(item, questionnaire, asked)
        asked.add(item.link_id)
    issues += _circles(questionnaire)
    issues += problems_in_expressions(questionnaire, compiling)
    return issues


def is_usable(issues: list[Issue]) -> bool:
    """Say whether a questionnaire with these problems may be published."""
    return not has_errors(issues)


def _about_the_whole(questionnaire: Questionnaire) -> Iterator[Issue]:
    where = "Questionnaire"
    if not questionnaire.items:
        yield warning(Code.BUSINESS_RULE, where, "It asks nothing")
    if not questionnaire.url:
        yield warning(Code.BUSINESS_RULE, where, "Without a url, no response can say that it answers this")
    for number, _ in enumerate(questionnaire.source.get("modifierExtension") or ()):
        told = "A modifier extension may change what everything else means, and this one is not known here"
        yield warning(Code.NOT_SUPPORTED, f"{where}.modifierExtension[{number}]", told)
    if markup := checking_items.markup_in(questionnaire.title.plain):
        yield warning(Code.SECURITY, f"{where}.title", markup)


def _duplicates(questionnaire: Questionnaire) -> Iterator[Issue]:
    first: dict[str, Item] = {}
    for item in questionnaire.every_item():
        if (before := first.setdefault(item.link_id, item)) is not item:
            told = f"The linkId '{item.link_id[:80]}' is used already, at {before.path}"
            yield error(Code.DUPLICATE, item.path, told, link_id=item.link_id)


def _conditions(item: Item, questionnaire: Questionnaire, asked: set[str]) -> Iterator[Issue]:
    for condition in item.conditions:
        question = questionnaire.by_link_id.get(condition.question)
        if question is None:
            told = f"A condition asks for '{condition.question[:80]}', which is not in the questionnaire"
            yield error(Code.NOT_FOUND, item.path, told, link_id=item.link_id)
        elif question.link_id == item.link_id:
            yield error(Code.BUSINESS_RULE, item.path, "A condition asks for the item itself", link_id=item.link_id)
        elif item.link_id in question.ancestors:
            told = f"A condition asks for '{question.link_id[:80]}', which is inside the item itself"
            yield error(Code.BUSINESS_RULE, item.path, told, link_id=item.link_id)
        else:
            if question.link_id not in asked:
                told = f"A condition asks for '{question.link_id[:80]}', which comes later"
                yield warning(Code.BUSINESS_RULE, item.path, told, link_id=item.link_id)
            yield from _against_question(item, condition, question)
    if len(item.conditions) > 1 and "enableBehavior" not in item.source:
        # R4's own rule says "more than one" in words and "more than two" in its expression.
        severe = error if len(item.conditions) > 2 else warning
        yield severe(Code.INVARIANT, item.path, "Several conditions and no enableBehavior", link_id=item.link_id)


def _against_question(item: Item, condition: Condition, question: Item) -> Iterator[Issue]:
    if not question.type.is_question:
        told = f"A condition asks for '{question.link_id[:80]}', which is a {question.type.value} and has no answer"
        severe = warning if question.type is ItemType.GROUP else error
        yield severe(Code.BUSINESS_RULE, item.path, told, link_id=item.link_id)
        return
    if condition.answer is None or condition.operator is None:
        return
    if condition.operator is Operator.EXISTS:
        if condition.answer.kind != "boolean":
            told = "The operator exists takes a boolean"
            yield error(Code.INVARIANT, item.path, told, link_id=item.link_id)
        return
    if condition.answer.kind not in _KINDS_ASKED.get(question.type, {condition.answer.kind}):
        told = f"A condition holds a {condition.answer.kind} against '{question.link_id[:80]}', a {question.type.value}"
        yield warning(Code.BUSINESS_RULE, item.path, f"{told}; it never holds", link_id=item.link_id)
    elif condition.operator is Operator.EQUAL and _never_chosen(condition, question):
        told = f"A condition waits for an answer that '{question.link_id[:80]}' does not offer"
        yield warning(Code.BUSINESS_RULE, item.path, told, link_id=item.link_id)


def _never_chosen(condition: Condition, question: Item) -> bool:
    wanted = condition.answer
    if wanted is None or question.type is not ItemType.CHOICE or not question.options:
        return False
    return all(compare(option.value, wanted) is not Order.SAME for option in question.options)


def _circles(questionnaire: Questionnaire) -> Iterator[Issue]:
    _, circles = order_of_enabling(questionnaire)
    for circle in circles:
        items = sorted((questionnaire.by_link_id[name] for name in circle[:20]), key=lambda item: item.path)
        told = f"Conditions in a circle: {', '.join(item.link_id[:80] for item in items)} each wait for another"
        yield error(Code.BUSINESS_RULE, [item.path for item in items], told, link_id=items[0].link_id)
