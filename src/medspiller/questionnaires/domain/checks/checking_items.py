"""What may be wrong with one item: FHIR's rules for it, its options, its limits and its texts."""

import re
from collections.abc import Iterator
from typing import Any

from medspiller.questionnaires.domain.answering.answer_rules import KINDS, shown
from medspiller.questionnaires.domain.answering.comparing import Order, compare, is_same
from medspiller.questionnaires.domain.answering.scoring import options_of
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Option, Questionnaire, Score, Value
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, information, warning
from medspiller.questionnaires.domain.definition.patterns import fault_in, may_explode
from medspiller.questionnaires.domain.definition.reading import R5_TYPES

_T = ItemType
_CHOICES = (_T.CHOICE, _T.OPEN_CHOICE)
_WITH_OPTIONS = (
    *_CHOICES, _T.DECIMAL, _T.INTEGER, _T.DATE, _T.DATE_TIME, _T.TIME, _T.STRING, _T.TEXT, _T.QUANTITY, _T.REFERENCE
)  # fmt: skip
_WITH_LENGTH = (_T.BOOLEAN, _T.DECIMAL, _T.INTEGER, _T.STRING, _T.TEXT, _T.URL, _T.OPEN_CHOICE)
_OPTION_KINDS = {
    _T.INTEGER: {"integer"}, _T.DECIMAL: {"integer"}, _T.DATE: {"date"}, _T.DATE_TIME: {"date"}, _T.TIME: {"time"},
    _T.STRING: {"string"}, _T.TEXT: {"string"}, _T.REFERENCE: {"Reference"}, _T.QUANTITY: {"Coding"},
}  # fmt: skip
_REQUIRED_OR_NOT = {"required", "repeats"}
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_SCRIPT = re.compile(r"<\s*(?:script|iframe|object|embed)|\bon\w+\s*=|javascript\s*:", re.IGNORECASE)


def problems(item: Item, questionnaire: Questionnaire) -> Iterator[Issue]:
    """Yield what is wrong with an item by itself."""
    yield from _type(item)
    for broken, text in _invariants(item):
        if broken:
            yield error(Code.INVARIANT, item.path, text, link_id=item.link_id)
    if item.type is _T.DISPLAY and not _REQUIRED_OR_NOT.isdisjoint(item.source) and not (item.required or item.repeats):
        # Form builders write that it is not required, which changes nothing.
        told = "A text says nothing of being required or repeated (que-6)"
        yield warning(Code.INVARIANT, item.path, told, link_id=item.link_id)
    yield from _options(item, questionnaire)
    yield from _limits(item)
    yield from _initial(item)
    yield from _texts(item)
    yield from _score(item, questionnaire)


def markup_in(text: str) -> str | None:
    """Return what to say of HTML in a plain text, None if there is none."""
    if _SCRIPT.search(text):
        return "It carries script; it is shown as letters and never run"
    return "It carries HTML; it is shown as letters" if _MARKUP.search(text) else None


def _type(item: Item) -> Iterator[Issue]:
    if item.type is not _T.UNKNOWN:
        return
    if item.written_type in R5_TYPES:
        told = f"The type '{item.written_type}' is R5's; R4 has choice and open-choice"
        yield error(Code.NOT_SUPPORTED, item.path, told, link_id=item.link_id)
    elif item.written_type:
        told = f"'{item.written_type[:40]}' is no type of item in R4"
        yield error(Code.CODE_INVALID, item.path, told, link_id=item.link_id)


def _invariants(item: Item) -> Iterator[tuple[bool, str]]:
    """FHIR's que-1 to que-13, those that look at one item."""
    has, kind = item.source.__contains__, item.type
    display, group = kind is _T.DISPLAY, kind is _T.GROUP
    yield group and not item.items, "A group has items (que-1)"
    yield display and bool(item.items), "A text has no items (que-1)"
    yield display and has("code"), "A text has no code (que-3)"
    yield has("answerOption") and has("answerValueSet"), "Options are written or referred to, not both (que-4)"
    chosen = has("answerOption") or has("answerValueSet")
    yield chosen and kind not in _WITH_OPTIONS and kind is not _T.UNKNOWN, f"A {kind.value} has no options (que-5)"
    yield display and (item.required or item.repeats), "A text is neither required nor repeated (que-6)"
    yield (display or group) and has("initial"), f"A {kind.value} has no initial value (que-8)"
    yield display and has("readOnly"), "A text cannot be read-only (que-9)"
    odd_length = has("maxLength") and kind not in _WITH_LENGTH and kind is not _T.UNKNOWN
    yield odd_length, f"A {kind.value} has no maxLength (que-10)"
    yield has("answerOption") and has("initial"), "With options, initial values are marked at them (que-11)"
    yield not item.repeats and len(item.initial) > 1, "Several initial values, and it is not repeated (que-13)"


def _options(item: Item, questionnaire: Questionnaire) -> Iterator[Issue]:
    if item.value_set is not None:
        yield from _value_set(item, questionnaire)
    elif item.type is _T.CHOICE and not item.options:
        yield warning(Code.INCOMPLETE, item.path, "A choice of nothing: no options are given", link_id=item.link_id)
    allowed = _OPTION_KINDS.get(item.type)
    seen: list[Option] = []
    for number, option in enumerate(item.options):
        where = f"{item.path}.answerOption[{number}]"
        if allowed is not None and option.value.kind not in allowed:
            told = f"An option of type {option.value.kind} in a {item.type.value}"
            yield error(Code.BUSINESS_RULE, where, told, link_id=item.link_id)
        if len(seen) < 500 and (twin := next((one for one in seen if is_same(one.value, option.value)), None)):
            severe = warning if twin.ordinal == option.ordinal else error
            yield severe(Code.DUPLICATE, where, f"{shown(option.value)} is offered twice", link_id=item.link_id)
        if markup := markup_in(option.text.plain):
            yield warning(Code.SECURITY, where, markup, link_id=item.link_id)
        seen.append(option)
    if sum(option.initially_selected for option in item.options) > 1 and not item.repeats:
        told = "Several options are selected to begin with, and one answer is allowed"
        yield error(Code.INVARIANT, item.path, told, link_id=item.link_id)


def _value_set(item: Item, questionnaire: Questionnaire) -> Iterator[Issue]:
    address = (item.value_set or "").split("|")[0]
    held = questionnaire.value_sets.get(address)
    if held is None and address.startswith("#"):
        told = f"The value set {address[:80]} is not contained in the questionnaire"
        yield error(Code.NOT_FOUND, item.path, told, link_id=item.link_id)
    elif held is None or not held.complete:
        told = f"The value set {address[:200]} is not here; answers cannot be held against it"
        yield warning(Code.INCOMPLETE, item.path, told, link_id=item.link_id)


def _limits(item: Item) -> Iterator[Issue]:
    limits, link_id = item.limits, item.link_id
    for low, high, told in (
        (limits.shortest, limits.longest, "The shortest length is more than the longest"),
        (limits.fewest, limits.times, "The fewest times are more than the most"),
    ):
        if low is not None and high is not None and low > high:
            yield error(Code.BUSINESS_RULE, item.path, told, link_id=link_id)
    if limits.least and limits.most and compare(limits.least, limits.most) is Order.AFTER:
        # Impossible to answer, but only where it is asked; validators of the standard take it too.
        yield warning(Code.BUSINESS_RULE, item.path, "The least value is more than the most", link_id=link_id)
    for bound in filter(None, (limits.least, limits.most)):
        if not _fits(item, bound):
            told = f"A limit of type {bound.kind} for a {item.type.value}"
            yield error(Code.BUSINESS_RULE, item.path, told, link_id=link_id)
    if (limits.times or 0) > 1 and not item.repeats:
        yield warning(Code.BUSINESS_RULE, item.path, "maxOccurs, but it is not repeated", link_id=link_id)
    if any(number is not None and number < 0 for number in (limits.shortest, limits.longest, limits.decimals)):
        yield error(Code.VALUE, item.path, "A limit below nought", link_id=link_id)
    if limits.pattern is not None:
        if fault := fault_in(limits.pattern):
            yield error(Code.VALUE, item.path, f"The pattern cannot be used: {fault}", link_id=link_id)
        elif may_explode(limits.pattern):
            told = "The pattern repeats what repeats; it is stopped where it takes too long"
            yield warning(Code.TOO_COSTLY, item.path, told, link_id=link_id)


def _fits(item: Item, bound: Value) -> bool:
    kinds = set(KINDS.get(item.type, ()))
    if kinds & {"decimal", "integer", "Quantity"}:
        kinds |= {"decimal", "integer"}
    if kinds & {"date", "dateTime"}:
        kinds |= {"date", "dateTime"}
    return bound.kind in kinds or not kinds


def _initial(item: Item) -> Iterator[Issue]:
    kinds = {*KINDS.get(item.type, ())}
    if item.type in _CHOICES:
        kinds |= {"Coding", "string", "integer", "date", "time", "Reference"}
    for number, value in enumerate(item.initial):
        if kinds and value.kind not in kinds:
            told = f"An initial value of type {value.kind} for a {item.type.value}"
            severe = warning if (value.kind, item.type) == ("integer", _T.DECIMAL) else error
            yield severe(Code.BUSINESS_RULE, f"{item.path}.initial[{number}]", told, link_id=item.link_id)


def _texts(item: Item) -> Iterator[Issue]:
    for name, text in (("text", item.text.plain), ("prefix", item.prefix)):
        if told := markup_in(text):
            yield warning(Code.SECURITY, f"{item.path}.{name}", told, link_id=item.link_id)
    for rendering in filter(None, (item.text.xhtml, item.text.markdown)):
        if _SCRIPT.search(rendering):
            told = "Its rendering carries script, which is taken out"
            yield warning(Code.SECURITY, f"{item.path}.text", told, link_id=item.link_id)
    modifiers: Any = item.source.get("modifierExtension")
    if isinstance(modifiers, list) and modifiers:
        told = "A modifier extension may change what the item means, and this one is not known here"
        yield warning(Code.NOT_SUPPORTED, f"{item.path}.modifierExtension", told, link_id=item.link_id)
    if item.type.is_question and not item.text and not item.hidden:
        yield information(item.path, "A question without a text", link_id=item.link_id)


def _score(item: Item, questionnaire: Questionnaire) -> Iterator[Issue]:
    if item.score is Score.QUESTION:
        if not any(option.ordinal is not None for option in options_of(questionnaire, item)):
            told = "It counts in a score, but no option says how much"
            yield warning(Code.BUSINESS_RULE, item.path, told, link_id=item.link_id)
    elif item.score is not None and item.type not in (_T.QUANTITY, _T.DECIMAL, _T.INTEGER):
        told = f"A score cannot stand in a {item.type.value}"
        yield warning(Code.BUSINESS_RULE, item.path, told, link_id=item.link_id)
