"""What one answer must keep to: its type, its limits, its unit, its length and form."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from medspiller.questionnaires.domain.answering.comparing import Order, compare, unit_of
from medspiller.questionnaires.domain.answering.option_rules import allowed_unit, kinds_of_options, not_among_options
from medspiller.questionnaires.domain.answering.responses import Answer
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Option, Questionnaire, Value
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, warning
from medspiller.questionnaires.domain.definition.patterns import Match, Patience, matches
from medspiller.questionnaires.domain.definition.reading_values import number

KINDS: Mapping[ItemType, tuple[str, ...]] = {
    ItemType.BOOLEAN: ("boolean",),
    ItemType.DECIMAL: ("decimal",),
    ItemType.INTEGER: ("integer",),
    ItemType.DATE: ("date",),
    ItemType.DATE_TIME: ("dateTime",),
    ItemType.TIME: ("time",),
    ItemType.STRING: ("string",),
    ItemType.TEXT: ("string",),
    ItemType.URL: ("uri",),
    ItemType.CHOICE: ("Coding",),
    ItemType.OPEN_CHOICE: ("Coding", "string"),
    ItemType.ATTACHMENT: ("Attachment",),
    ItemType.REFERENCE: ("Reference",),
    ItemType.QUANTITY: ("Quantity",),
}

_URI = re.compile(
    r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+"
    r"|(?!urn:(?:uuid|oid):)(?:[A-Za-z][A-Za-z0-9+.-]*:)?[^\s\\<>\"{}|^`]*"
)
_REFERENCE = re.compile(
    r"#[A-Za-z0-9.-]*|urn:(?:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|oid:[0-2](?:\.(?:0|[1-9][0-9]*))+)"
    r"|(?:https?://[^\s\\<>\"]+/)?[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}(?:/_history/[A-Za-z0-9.-]{1,64})?"
    r"|https?://[^\s\\<>\"]+"
)


# Evaluates a limit that is an expression; None where it yields nothing.
Limit = Callable[[Item, Any], Value | None]


@dataclass(slots=True)
class Rules:
    """What the rules need around them, and the patience that is left for patterns."""

    questionnaire: Questionnaire
    options: Mapping[str, tuple[tuple[Option, ...], bool]]
    limit: Limit | None = None
    patience: Patience = field(default_factory=Patience)

    def broken_by(self, item: Item, answer: Answer) -> Iterator[Issue]:
        """Yield what is wrong with one answer to an item."""
        value = answer.value
        if value is None:
            if answer.given:
                yield error(Code.STRUCTURE, answer.path, _wrong_type(item, answer), link_id=item.link_id)
            return
        allowed = (*KINDS.get(item.type, ()), *kinds_of_options(item))
        if value.kind not in allowed:
            yield error(Code.STRUCTURE, answer.path, _wrong_type(item, answer), link_id=item.link_id)
            return
        for problem in (
            *self._against_options(item, value),
            *self._against_bounds(item, value),
            *_against_length(item, value),
            *self._against_pattern(item, value),
            *_against_form(item, value),
            *self._against_units(item, value),
        ):
            kind, code, text = problem
            yield kind(code, answer.path, text, link_id=item.link_id)

    def _against_options(self, item: Item, value: Value) -> "Iterator[_Problem]":
        options, complete = self.options.get(item.link_id, (item.options, True))
        yield from not_among_options(item, value, options, complete=complete)

    def _against_bounds(self, item: Item, value: Value) -> "Iterator[_Problem]":
        least, most = item.limits.least, item.limits.most
        if self.limit is not None:
            least = least or (self.limit(item, item.limits.least_expression) if item.limits.least_expression else None)
            most = most or (self.limit(item, item.limits.most_expression) if item.limits.most_expression else None)
        for bound, beyond, told in ((least, Order.BEFORE, "less than"), (most, Order.AFTER, "more than")):
            if bound is None:
                continue
            order = compare(value, _like(value, bound))
            if order is beyond:
                yield error, Code.BUSINESS_RULE, f"{shown(value)} is {told} {shown(bound)}"
            elif order is None:
                yield error, Code.VALUE, f"{shown(value)} cannot be compared with {shown(bound)}"

    def _against_pattern(self, item: Item, value: Value) -> "Iterator[_Problem]":
        if item.limits.pattern is None or value.kind not in ("string", "uri", "integer", "decimal"):
            return
        text = value.content if isinstance(value.content, str) else str(number(value.content))
        match matches(item.limits.pattern, text, self.patience):
            case Match.NO:
                told = item.validation_text.plain or f"does not have the form {item.limits.pattern[:120]}"
                yield error, Code.VALUE, told
            case Match.UNKNOWN:
                yield warning, Code.TOO_COSTLY, "its pattern is faulty or takes too long, and was not tried"

    def _against_units(self, item: Item, value: Value) -> "Iterator[_Problem]":
        if value.kind == "Quantity":
            yield from allowed_unit(item, value.content, self.questionnaire.value_sets)


_Problem = tuple[Callable[..., Issue], Code, str]


def _against_length(item: Item, value: Value) -> Iterator[_Problem]:
    if value.kind not in ("string", "uri"):
        return
    length, limits = len(value.content), item.limits
    if limits.longest is not None and length > limits.longest:
        yield error, Code.TOO_LONG, f"{length} characters, and {limits.longest} are allowed"
    if limits.shortest is not None and length < limits.shortest:
        yield error, Code.VALUE, f"{length} characters, and at least {limits.shortest} are needed"


def _against_form(item: Item, value: Value) -> Iterator[_Problem]:
    match value.kind:
        case "decimal" | "Quantity":
            yield from _decimals(item, value)
        case "string" if item.type is ItemType.STRING and "\n" in value.content:
            yield warning, Code.BUSINESS_RULE, "a short text has one line"
        case "uri" if not _URI.fullmatch(value.content):
            yield error, Code.VALUE, f"'{value.content[:80]}' is no valid address"
        case "Reference":
            yield from _reference(value.content)
        case "Attachment":
            yield from _attachment(item, value.content)


def _decimals(item: Item, value: Value) -> Iterator[_Problem]:
    amount = number(value.content.get("value") if value.kind == "Quantity" else value.content)
    if amount is None or item.limits.decimals is None:
        return
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > max(item.limits.decimals, 0):
        yield error, Code.VALUE, f"{amount} has more than {item.limits.decimals} decimals"


def _reference(reference: Mapping[str, Any]) -> Iterator[_Problem]:
    said = reference.get("reference")
    if isinstance(said, str) and not _REFERENCE.fullmatch(said):
        yield error, Code.INVALID, f"'{said[:80]}' is no valid reference"


def _attachment(item: Item, attachment: Mapping[str, Any]) -> Iterator[_Problem]:
    limits, data, size = item.limits, attachment.get("data"), attachment.get("size")
    carried = len(data) * 3 // 4 - data[-2:].count("=") if isinstance(data, str) else 0
    size = max(carried, size if isinstance(size, int) else 0)
    if limits.largest is not None and size > limits.largest:
        yield error, Code.TOO_LONG, f"{size} bytes, and {limits.largest} are allowed"
    if limits.media_types and attachment.get("contentType") not in limits.media_types:
        yield error, Code.VALUE, f"{attachment.get('contentType')} is none of {', '.join(limits.media_types)}"


def _like(value: Value, bound: Value) -> Value:
    """A plain number as the limit of a quantity counts in the quantity's own unit."""
    if value.kind == "Quantity" and bound.kind in ("integer", "decimal"):
        return Value("Quantity", {**value.content, "value": bound.content})
    return bound


def shown(value: Value) -> str:
    """Return a value as people read it."""
    if value.kind == "Quantity":
        return f"{value.content.get('value')} {value.content.get('unit') or unit_of(value.content)[1] or ''}".strip()
    if isinstance(value.content, Mapping):
        said = value.content.get("display") or value.content.get("code") or value.content.get("reference")
        return f"'{str(said)[:60]}'"
    return f"'{str(value.content)[:60]}'"


def _wrong_type(item: Item, answer: Answer) -> str:
    given = next((key.removeprefix("value") for key in answer.source if key.startswith("value")), "nothing")
    return f"{given[:40]} is no answer to a question of type {item.type.value}"
