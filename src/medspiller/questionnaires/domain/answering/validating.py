"""A QuestionnaireResponse held against its Questionnaire: every fault at once, each with the place it is about."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from medspiller.questionnaires.domain.answering.answer_rules import Limit, Rules
from medspiller.questionnaires.domain.answering.comparing import Order, compare, is_same
from medspiller.questionnaires.domain.answering.enabling import Ask, set_enabled
from medspiller.questionnaires.domain.answering.option_rules import chosen_together, options_by_item
from medspiller.questionnaires.domain.answering.responses import Answered, NotReadable, Response, read_response
from medspiller.questionnaires.domain.answering.walking import Layout, Place, Scope, TooManyPlaces, lay
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Questionnaire, Value
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, information, warning
from medspiller.questionnaires.domain.definition.shape import problems_in_shape

TOO_OFTEN = "Its groups are repeated more often than can be looked through"

# As long as somebody is still answering, or stopped before the end, what is missing is not wrong.
_UNFINISHED = ("in-progress", "stopped")

# Evaluates what constraints say; yields the broken ones.
Constrain = Callable[[Layout], Iterator[Issue]]


def validate(
    questionnaire: Questionnaire,
    written: Any,
    *,
    ask: Ask | None = None,
    limit: Limit | None = None,
    constrain: Constrain | None = None,
) -> list[Issue]:
    """
    Return what is wrong with a response, given as JSON, to a questionnaire.

    An answer to what is not asked is an error. What is required and missing is an error once the
    response is completed, and a warning before. Value sets that are not contained in the
    questionnaire are not known here, which is a warning too.
    """
    issues = problems_in_shape(written, "QuestionnaireResponse")
    try:
        response = read_response(written)
    except NotReadable:
        return issues
    try:
        layout = lay(questionnaire, response)
    except TooManyPlaces:
        return [*issues, error(Code.TOO_COSTLY, "QuestionnaireResponse", TOO_OFTEN)]
    set_enabled(layout, ask)
    check = _Validation(layout, Rules(questionnaire, questionnaire.once(options_by_item), limit))
    issues += _about_the_whole(questionnaire, response)
    issues += check.in_scope(layout.root)
    if constrain is not None:
        issues += constrain(layout)
    return _each_once(issues)


def _each_once(issues: Sequence[Issue]) -> list[Issue]:
    """A wrong type is found by its shape and by its question; the first to say it is enough."""
    return list(dict.fromkeys(issues))


def _about_the_whole(questionnaire: Questionnaire, response: Response) -> Iterator[Issue]:
    where = "QuestionnaireResponse"
    address, _, version = response.questionnaire.partition("|")
    if not response.questionnaire:
        yield warning(Code.INCOMPLETE, where, "The response does not say which questionnaire it answers")
    elif questionnaire.url and not address.startswith("#") and address != questionnaire.url:
        yield warning(Code.BUSINESS_RULE, f"{where}.questionnaire", f"It answers {address[:200]}, not this")
    elif version and questionnaire.version and version != questionnaire.version:
        yield warning(Code.BUSINESS_RULE, f"{where}.questionnaire", f"It answers version {version[:60]}, not this one")
    if questionnaire.status in ("draft", "retired"):
        yield information(where, f"The questionnaire is {questionnaire.status}")
    if told := _outside_its_time(questionnaire, response):
        yield warning(Code.BUSINESS_RULE, f"{where}.authored", told)


def _outside_its_time(questionnaire: Questionnaire, response: Response) -> str | None:
    period = questionnaire.source.get("effectivePeriod")
    if not isinstance(period, dict) or not response.authored:
        return None
    authored = Value("dateTime", response.authored)
    for key, beyond in (("start", Order.BEFORE), ("end", Order.AFTER)):
        bound = period.get(key)
        if isinstance(bound, str) and compare(authored, Value("dateTime", bound)) is beyond:
            return "It was answered outside the time in which the questionnaire is in use"
    return None


class _Validation:
    def __init__(self, layout: Layout, rules: Rules):
        self.layout, self.rules = layout, rules
        self.missing = warning if layout.response.status in _UNFINISHED else error

    def in_scope(self, scope: Scope) -> Iterator[Issue]:
        yield from self._strangers(scope)
        yield from _order(scope)
        for place in scope.places.values():
            yield from self._in_place(place)

    def _strangers(self, scope: Scope) -> Iterator[Issue]:
        for node in scope.nodes:
            if node.link_id in scope.places:
                continue
            where = (node.path, scope.path)
            elsewhere = self.layout.questionnaire.by_link_id.get(node.link_id)
            if elsewhere is None:
                told = f"The questionnaire has no item '{node.link_id[:80]}'"
                yield error(Code.NOT_FOUND, where, told, link_id=node.link_id)
            else:
                held = elsewhere.ancestors[-1] if elsewhere.ancestors else "the questionnaire itself"
                told = f"The item '{node.link_id[:80]}' does not belong here but in {held[:80]}"
                yield error(Code.STRUCTURE, where, told, link_id=node.link_id)

    def _in_place(self, place: Place) -> Iterator[Issue]:
        item = place.item
        if not place.enabled:
            for node in place.nodes:
                if node.is_answered:
                    yield error(Code.INVALID, node.path, "It has an answer and is not asked", link_id=item.link_id)
            return
        if item.type is ItemType.DISPLAY:
            for node in place.nodes:
                if node.answers:
                    yield error(Code.STRUCTURE, node.path, "A text has no answers", link_id=item.link_id)
            return
        yield from self._of_right_number(place)
        if item.type is ItemType.GROUP:
            for node in place.nodes:
                if node.answers:
                    told = "A group has no answers; what is in it stands under item"
                    yield error(Code.STRUCTURE, node.path, told, link_id=item.link_id)
        elif item.type is ItemType.UNKNOWN:
            for node in place.nodes:
                told = f"The questionnaire asks with a type that is unknown: {item.written_type[:40]}"
                yield error(Code.NOT_SUPPORTED, node.path, told, link_id=item.link_id)
        else:
            yield from self._answers(place)
        for inner in place.inner:
            if inner.is_present:
                yield from self.in_scope(inner)

    def _answers(self, place: Place) -> Iterator[Issue]:
        item = place.item
        for node in place.nodes:
            if node.items:
                told = "What is under a question stands under its answer"
                yield error(Code.STRUCTURE, node.path, told, link_id=item.link_id)
            for answer in node.answers:
                yield from self.rules.broken_by(item, answer)
        values = [answer.value for answer in place.answers if answer.value is not None]
        options, _ = self.rules.options.get(item.link_id, ((), True))
        if place.nodes and (alone := chosen_together(values, options)):
            told = f"'{alone.text.plain[:80]}' is chosen alone or not at all"
            yield error(Code.BUSINESS_RULE, place.nodes[0].path, told, link_id=item.link_id)
        if place.nodes and _said_twice(values):
            yield warning(Code.DUPLICATE, place.nodes[0].path, "The same answer is there twice", link_id=item.link_id)

    def _of_right_number(self, place: Place) -> Iterator[Issue]:
        item = place.item
        if item.type is ItemType.GROUP:
            count = len(place.nodes)
        else:
            count = sum(answer.given for answer in place.answers)
            for extra in place.nodes[1:]:
                at = (extra.path, place.scope.path)
                yield error(Code.INVALID, at, "A question stands once, with all its answers", link_id=item.link_id)
        where = _where(place)
        if item.required and count == 0:
            yield self.missing(Code.REQUIRED, where, "It is required and not answered", link_id=item.link_id)
        elif item.limits.fewest is not None and count < item.limits.fewest and (count or item.required):
            told = f"{count} given, and at least {item.limits.fewest} are needed"
            yield self.missing(Code.REQUIRED, where, told, link_id=item.link_id)
        most = _most(item)
        if most is not None and count > most:
            yield error(Code.INVALID, where, f"{count} given, and {most} allowed", link_id=item.link_id)


def _most(item: Item) -> int | None:
    if not item.repeats:
        return 1
    return item.limits.times


def _where(place: Place) -> tuple[str, ...]:
    """The item in the response, and for what is not there the place where it should be."""
    if place.nodes:
        return (place.nodes[0].path,)
    link_id = place.item.link_id.replace("\\", "\\\\").replace("'", "\\'")
    return (place.scope.path, f"{place.scope.path}.item.where(linkId='{link_id}')")


def _said_twice(values: Sequence[Value]) -> bool:
    if len(values) > 200:
        return False
    return any(is_same(value, other) for number, value in enumerate(values) for other in values[:number])


def _order(scope: Scope) -> Iterator[Issue]:
    """Answers in another order than asked mean the same, but FHIR asks for the questionnaire's order."""
    asked = {link_id: number for number, link_id in enumerate(scope.places)}
    known: list[Answered] = [node for node in scope.nodes if node.link_id in asked]
    for before, node in pairwise(known):
        if asked[node.link_id] < asked[before.link_id]:
            told = f"It stands after {before.link_id[:80]}, which is asked later"
            yield warning(Code.STRUCTURE, node.path, told, link_id=node.link_id)
