"""With what a question is answered: by its type, its controls and how many options it has."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.comparing import is_same
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Option, Text, Value
from medspiller.questionnaires.domain.definition.extensions import value_of
from medspiller.questionnaires.domain.definition.reading_values import number, text
from medspiller.questionnaires.domain.filling.presented import Control

# More options than this are easier to find in a list that opens.
MOST_RADIOS = 8
# A scale with more steps than this is typed as a number.
MOST_STEPS = 11
CHOICES = (ItemType.CHOICE, ItemType.OPEN_CHOICE)

_STATIC = {"help": "help", "sidebar": "sidebar", "highlight": "highlight", "inline": "fold"}
_BOXES = ("check-box", "visual-checkbox-cloud", "visual-checkbox-group")
_RADIOS = ("radio-button", "slider", "visual-radio-cloud", "visual-radio-group", "pill-choice")
_LISTS = ("drop-down", "autocomplete", "lookup")

_SIMPLE: Mapping[ItemType, Control] = {
    ItemType.BOOLEAN: Control.RADIO,
    ItemType.DECIMAL: Control.NUMBER,
    ItemType.INTEGER: Control.NUMBER,
    ItemType.DATE: Control.DAY,
    ItemType.DATE_TIME: Control.MOMENT,
    ItemType.TIME: Control.TIME,
    ItemType.STRING: Control.LINE,
    ItemType.TEXT: Control.TEXT,
    ItemType.URL: Control.ADDRESS,
    ItemType.ATTACHMENT: Control.FILE,
    ItemType.REFERENCE: Control.SHOWN,
    ItemType.QUANTITY: Control.AMOUNT,
}


def is_only_read(item: Item) -> bool:
    """Say whether an item is a text to read: a display, or one of Helsenorge's texts that ask nothing."""
    return item.type is ItemType.DISPLAY or (
        item.type is ItemType.TEXT and any(control in _STATIC for control in item.controls)
    )


def look_of_text(item: Item) -> str:
    """Return how a text that is only read looks, in the words of `presented.Note`."""
    for control in item.controls:
        if control in _STATIC:
            return _STATIC[control]
    categories = (value_of(one) for one in item.extensions.get("displayCategory", ()))
    codes = [coding.get("code") for one in categories if isinstance(one, Mapping) for coding in _codings(one)]
    return "instructions" if "instructions" in codes else ""


def is_locked(item: Item) -> bool:
    """Say whether nobody may answer: what is computed, received from elsewhere, or said to be only read."""
    if item.read_only or item.calculated is not None or item.type is ItemType.REFERENCE:
        return True
    return "data-receiver" in item.controls or (item.score is not None and item.score.value in ("TS", "SS"))


def options_shown(item: Item, options: Sequence[Option], given: Sequence[Value]) -> list[Option]:
    """Return what can be chosen: the options, the steps of a scale, yes and no, and what was chosen and is none."""
    if item.type is ItemType.BOOLEAN:
        return [Option(Value("boolean", True)), Option(Value("boolean", False))]
    if item.type is ItemType.INTEGER:
        return [Option(Value("integer", step), Text(str(step))) for step in scale_of(item)]
    if item.type not in CHOICES or not options:
        return []
    known = list(options)
    for value in given:
        if is_own_words(item, value) or any(is_same(value, option.value) for option in known):
            continue
        known.append(Option(value, _said(value)))
    return known


def is_own_words(item: Item, value: Value) -> bool:
    """Say whether an answer to an open choice was written and not chosen."""
    return item.type is ItemType.OPEN_CHOICE and value.kind == "string"


def control_of(item: Item, options: Sequence[Option]) -> Control:
    """Return with what an item is answered; `options` are those shown."""
    if is_locked(item):
        return Control.SHOWN
    if item.type is ItemType.BOOLEAN:
        return Control.TICK if "check-box" in item.controls else Control.RADIO
    if item.type is ItemType.INTEGER and options:
        return Control.RADIO
    if item.type in CHOICES:
        return _of_choice(item, options)
    if item.type is ItemType.DATE and precision_of(item) in ("year", "month"):
        return Control.PART_OF_DATE
    return _SIMPLE.get(item.type, Control.LINE)


def _of_choice(item: Item, options: Sequence[Option]) -> Control:
    if not options:
        return Control.LINE
    if item.repeats:
        return Control.BOXES
    if any(control in _LISTS for control in item.controls):
        typed = item.type is ItemType.OPEN_CHOICE and "drop-down" not in item.controls
        return Control.SUGGESTIONS if typed else Control.DROP_DOWN
    if any(control in (*_RADIOS, *_BOXES) for control in item.controls):
        return Control.RADIO
    return Control.RADIO if len(options) <= MOST_RADIOS else Control.DROP_DOWN


def precision_of(item: Item) -> str:
    """Return how much of a date is asked: `year`, `month` or `day`."""
    if "year" in item.controls:
        return "year"
    return "month" if "yearMonth" in item.controls else "day"


def scale_of(item: Item) -> range:
    """Return the steps of a slider that has few; empty for what is no such slider."""
    least, most = (_whole(bound) for bound in (item.limits.least, item.limits.most))
    if "slider" not in item.controls or item.repeats or least is None or most is None:
        return range(0)
    step = next((found for one in item.extensions.get("sliderStepValue", ()) if (found := value_of(one))), 1)
    step = step if isinstance(step, int) and not isinstance(step, bool) and step > 0 else 1
    steps = range(least, most + 1, step)
    return steps if len(steps) <= MOST_STEPS else range(0)


def stands_across(item: Item) -> bool:
    """Say whether the options lie side by side, as a scale does."""
    if item.type is ItemType.INTEGER or "slider" in item.controls:
        return True
    return any(value_of(one) == "horizontal" for one in item.extensions.get("choiceOrientation", ()))


def tokens_of(options: Sequence[Option]) -> list[str]:
    """
    Return what a page posts for each option: its code or text, with a number where two have the same.

    What begins with a plus is kept for one's own words.
    """
    found: list[str] = []
    seen: set[str] = set()
    for place, option in enumerate(options):
        token = _token(option.value)
        if not token or token in seen or token.startswith("+"):
            token = f"{place}:{token}"
        seen.add(token)
        found.append(token)
    return found


def units_of(item: Item, listed: Sequence[Option]) -> list[Mapping[str, Any]]:
    """Return the units that an amount may be given in; `listed` are those of a contained value set."""
    units = [*item.units.options, *(option.value.content for option in listed)]
    if item.units.only and not units:
        units.append(item.units.only)
    unique: list[Mapping[str, Any]] = []
    for unit in units:
        if all(unit_token(unit) != unit_token(other) for other in unique):
            unique.append(unit)
    return unique


def unit_token(unit: Mapping[str, Any]) -> str:
    """Return what a page posts for a unit."""
    return text(unit, "code") or unit_name(unit)


def unit_name(unit: Mapping[str, Any]) -> str:
    """Return what a unit is called."""
    return text(unit, "unit") or text(unit, "display") or text(unit, "code")


def _token(value: Value) -> str:
    if isinstance(value.content, Mapping):
        return next((said for key in ("code", "reference", "display") if (said := text(value.content, key))), "")
    return str(value.content).lower() if isinstance(value.content, bool) else str(value.content)


def _said(value: Value) -> Text:
    if isinstance(value.content, Mapping):
        return Text(text(value.content, "display") or _token(value))
    return Text(str(value.content))


def _whole(bound: Value | None) -> int | None:
    amount = number(bound.content) if bound is not None and bound.kind in ("integer", "decimal") else None
    if amount is None or amount != amount.to_integral_value() or abs(amount) > Decimal(10) ** 9:
        return None
    return int(amount)


def _codings(concept: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    codings = concept.get("coding")
    return [one for one in codings if isinstance(one, Mapping)] if isinstance(codings, list) else []
