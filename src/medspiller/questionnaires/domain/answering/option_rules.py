"""Answers against what can be chosen: options, value sets, units, and options that stand alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from medspiller.questionnaires.domain.answering.comparing import is_same, unit_of
from medspiller.questionnaires.domain.definition.definitions import (
    Item,
    ItemType,
    Option,
    Questionnaire,
    Value,
    ValueSet,
)
from medspiller.questionnaires.domain.definition.extensions import OTHER_CHOICE_SYSTEM
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, warning

_CHOICES = (ItemType.CHOICE, ItemType.OPEN_CHOICE)

Problem = tuple[Callable[..., Issue], Code, str]


def options_by_item(questionnaire: Questionnaire) -> dict[str, tuple[tuple[Option, ...], bool]]:
    """Return what can be chosen for every item with a choice, and whether that is known to be all."""
    found: dict[str, tuple[tuple[Option, ...], bool]] = {}
    for link_id, item in questionnaire.by_link_id.items():
        if item.options:
            found[link_id] = (item.options, True)
        elif item.value_set is not None:
            held = questionnaire.value_sets.get(item.value_set.split("|")[0])
            found[link_id] = (held.options, held.complete) if held else ((), False)
    return found


def kinds_of_options(item: Item) -> tuple[str, ...]:
    """Return the types of a choice's options: R4 lets one choose among texts, days, numbers too."""
    return tuple({option.value.kind for option in item.options}) if item.type in _CHOICES else ()


def not_among_options(item: Item, value: Value, options: Sequence[Option], *, complete: bool) -> Iterator[Problem]:
    """Yield that a value cannot be chosen, or that nobody here can say."""
    if not options and complete:
        return
    if item.type is ItemType.OPEN_CHOICE and _is_own_words(value):
        return
    if any(is_same(value, option.value) for option in options):
        return
    if not complete:
        told = f"the value set {item.value_set} is not here, so the answer was not held against it"
        yield warning, Code.INCOMPLETE, told
    elif value.kind not in {option.value.kind for option in options}:
        yield error, Code.CODE_INVALID, f"no option is of type {value.kind}"
    else:
        yield error, Code.CODE_INVALID, f"{_said(value)} is not among the options"


def _is_own_words(value: Value) -> bool:
    """Helsenorge sends "other" as a code of its own beside the words."""
    if value.kind == "string":
        return True
    system = value.content.get("system") if value.kind == "Coding" else None
    return isinstance(system, str) and OTHER_CHOICE_SYSTEM.fullmatch(system) is not None


def chosen_together(values: Sequence[Value], options: Sequence[Option]) -> Option | None:
    """Return the option that stands alone and was chosen beside others, None if there is none."""
    if len(values) < 2:
        return None
    alone = [option for option in options if option.exclusive]
    return next((option for option in alone if any(is_same(value, option.value) for value in values)), None)


def allowed_unit(item: Item, quantity: Mapping[str, Any], value_sets: Mapping[str, ValueSet]) -> Iterator[Problem]:
    """Yield that a quantity's unit is not one that the item takes."""
    units, given = item.units, unit_of(quantity)
    if given == (None, None):
        if units.only or units.options or units.value_set:
            yield warning, Code.INCOMPLETE, "the amount has no unit"
        return
    listed = [*units.options, *([units.only] if units.only and not units.options else [])]
    if units.value_set is not None:
        held = value_sets.get(units.value_set.split("|")[0])
        if held is None or not held.complete:
            told = f"the units {units.value_set} are not here, so the unit was not held against them"
            yield warning, Code.INCOMPLETE, told
            return
        listed.extend(option.value.content for option in held.options)
    if listed and not units.open and not any(_is_unit(quantity, unit) for unit in listed):
        yield error, Code.CODE_INVALID, f"the unit {quantity.get('unit') or given[1]} is none of those allowed"


def _is_unit(quantity: Mapping[str, Any], unit: Mapping[str, Any]) -> bool:
    if quantity.get("code"):
        systems = (quantity.get("system"), unit.get("system"))
        return quantity["code"] == unit.get("code") and (None in systems or systems[0] == systems[1])
    return quantity.get("unit") in (unit.get("display"), unit.get("code"))


def _said(value: Value) -> str:
    if isinstance(value.content, Mapping):
        return f"{str(value.content.get('system') or '')[:80]}#{str(value.content.get('code'))[:40]}"
    return f"'{str(value.content)[:60]}'"
