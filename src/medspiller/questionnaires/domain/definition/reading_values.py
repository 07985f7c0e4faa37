"""Reading parts of FHIR's JSON with care: what is not of the right type is absent, never a crash."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.definition.definitions import Option, Text, Value
from medspiller.questionnaires.domain.definition.extensions import by_meaning, value_of
from medspiller.questionnaires.domain.definition.reading_texts import text_of

KINDS = {
    "Boolean": "boolean", "Decimal": "decimal", "Integer": "integer", "Date": "date", "DateTime": "dateTime",
    "Time": "time", "String": "string", "Uri": "uri", "Attachment": "Attachment", "Coding": "Coding",
    "Quantity": "Quantity", "Reference": "Reference",
}  # fmt: skip
_NUMBERS = ("decimal", "integer")
_OBJECTS = ("Attachment", "Coding", "Quantity", "Reference")

_PREFIXES = ("optionPrefix", "valueset-label")

Extensions = Mapping[str, Sequence[Mapping[str, Any]]]


def text(written: Mapping[str, Any], key: str) -> str:
    """Return the text under a key, empty if there is none."""
    found = written.get(key)
    return found if isinstance(found, str) else ""


def whole(content: Any) -> int | None:
    """Return a whole number, None for anything else."""
    if isinstance(content, bool) or not isinstance(content, int | float):
        return None
    return int(content) if content == content and abs(content) < 2**53 and content == int(content) else None


def number(content: Any) -> Decimal | None:
    """Return a number exactly as it was written, None for anything else."""
    if isinstance(content, bool) or not isinstance(content, int | float):
        return None
    found = Decimal(str(content))
    return found if found.is_finite() else None


def objects(written: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in the list under a key."""
    for _, one in numbered_objects(written, key):
        yield one


def numbered_objects(written: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the objects in the list under a key, with their places in it."""
    found = written.get(key)
    if isinstance(found, list):
        for place, one in enumerate(found):
            if isinstance(one, dict):
                yield place, one


def value(written: Mapping[str, Any], name: str = "value") -> Value | None:
    """Return the value of a `value[x]`, None if there is none or it is not of the type its name says."""
    for suffix, kind in KINDS.items():
        content = written.get(name + suffix)
        if content is not None:
            return Value(kind, content) if _fits(content, kind) else None
    return None


def _fits(content: Any, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(content, bool)
    if kind in _NUMBERS:
        return number(content) is not None
    return isinstance(content, Mapping) if kind in _OBJECTS else isinstance(content, str)


def flag(extensions: Extensions, name: str) -> bool:
    """Say whether an extension is there and true."""
    return any(value_of(one) is True for one in extensions.get(name, ()))


def extension_text(extensions: Extensions, name: str) -> str:
    """Return the text of an extension, empty if there is none."""
    return next((found for one in extensions.get(name, ()) if isinstance(found := value_of(one), str)), "")


def options(written: Mapping[str, Any]) -> Iterator[Option]:
    """Yield the answer options of an item."""
    for one in objects(written, "answerOption"):
        found = value(one)
        if found is not None:
            yield option(found, one, initially_selected=one.get("initialSelected") is True)


def option(found: Value, *elements: Mapping[str, Any], initially_selected: bool = False) -> Option:
    """Make an option of a value and the elements that may carry its extensions."""
    carriers = [*elements, found.content] if isinstance(found.content, Mapping) else [*elements]
    gathered = [by_meaning(carrier) for carrier in carriers]
    return Option(
        value=found,
        text=_shown(found, *elements),
        ordinal=_ordinal(gathered),
        exclusive=any(flag(each, "optionExclusive") for each in gathered),
        initially_selected=initially_selected,
        prefix=next((said for each in gathered for name in _PREFIXES if (said := extension_text(each, name))), ""),
    )


def _ordinal(gathered: Sequence[Extensions]) -> Decimal | None:
    for each in gathered:
        for one in each.get("ordinalValue", ()):
            if (found := number(value_of(one))) is not None:
                return found
    return None


def _shown(found: Value, *elements: Mapping[str, Any]) -> Text:
    if found.kind == "Coding":
        display = text_of(found.content, "display")
        return display or Text(text(found.content, "code"))
    if found.kind == "Reference":
        return Text(text(found.content, "display") or text(found.content, "reference"))
    if found.kind == "string":
        return next((said for one in elements if (said := text_of(one, "valueString"))), Text(found.content))
    return Text(str(found.content))
