"""Values on their way through an expression: elements of resources with their types, and plain values."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from medspiller.questionnaires.domain.answering.expressions import model, quantities, temporal
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.temporal import Temporal

Collection = list[Any]


class Node:
    """
    An element of a resource.

    `type` is a FHIR type, a path such as `Patient.contact` for a part without a type of its own, or
    None if it is not known. `extra` is what JSON keeps beside a primitive value (id, extensions).
    """

    __slots__ = ("data", "extra", "parent", "type")

    def __init__(self, data: Any, type_: str | None, extra: Any = None, parent: "Node | None" = None):
        self.data: Final = data
        self.type: Final = type_
        self.extra: Final = extra
        self.parent: Final = parent


def wrapped(value: Any) -> Any:
    """Return a value from outside as it goes through expressions; what has been through one stays as it is."""
    if isinstance(value, dict):
        return Node(value, _resource_type(value))
    if isinstance(value, float):
        return _decimal(value)
    return value


def _resource_type(data: Any) -> str | None:
    named = data.get("resourceType")
    return named if isinstance(named, str) else None


def children(node: Node, name: str) -> Collection:
    """Return what stands under `name`, whichever of its types a choice has."""
    data = node.data
    if not isinstance(data, dict):
        data = node.extra
        if not isinstance(data, dict):
            return []
    found: Collection = []
    known = model.child(node.type, name)
    for key, twin, kind in known.keys:
        if key in data or twin in data:
            _add(found, node, data, key, kind)
    if not found and not known.known:
        for key in data:
            kind = model.choice_type(name, key) if isinstance(key, str) else None
            if kind is not None:
                _add(found, node, data, key, kind)
    return found


def _add(found: Collection, parent: Node, data: Mapping[str, Any], key: str, kind: str | None) -> None:
    value, beside = data.get(key), data.get(f"_{key}")
    if isinstance(value, list):
        extras = beside if isinstance(beside, list) else []
        for at, item in enumerate(value):
            _add_one(found, parent, item, kind, extras[at] if at < len(extras) else None)
    elif isinstance(beside, list):
        for extra in beside:
            _add_one(found, parent, None, kind, extra)
    else:
        _add_one(found, parent, value, kind, beside)


def _add_one(found: Collection, parent: Node, value: Any, kind: str | None, extra: Any) -> None:
    if (value is None and not isinstance(extra, dict)) or isinstance(value, list):
        return
    if isinstance(value, dict):
        kind = _resource_type(value) or kind
    found.append(Node(value, kind, extra, parent))


def all_children(node: Node) -> Collection:
    """Return everything that stands directly under an element, in the order of the JSON."""
    data = node.data if isinstance(node.data, dict) else node.extra
    if not isinstance(data, dict):
        return []
    found: Collection = []
    for key in data:
        if key in {"resourceType", "fhir_comments"} or (key.startswith("_") and key[1:] in data):
            continue
        name = key.removeprefix("_")
        _add(found, node, data, name, _kind_of_key(node.type, name))
    return found


def _kind_of_key(owner: str | None, key: str) -> str | None:
    known = model.child(owner, key)
    if known.known:
        return known.keys[0][2]
    for at in range(len(key) - 1, 0, -1):
        if key[at].isupper():
            for choice, _, kind in model.child(owner, key[:at]).keys:
                if choice == key:
                    return kind
    return known.keys[0][2]


def plain(item: Any) -> Any:
    """Return the plain value of an item: of an element its value, or None if it is a structure without one."""
    if not isinstance(item, Node):
        return item
    data, kind = item.data, item.type
    if isinstance(data, str):
        return _temporal(data, kind) if kind in model.TEMPORAL_TYPES else data
    if isinstance(data, dict):
        return _quantity(data) if kind is not None and model.is_kind_of(kind, "Quantity") else None
    if isinstance(data, bool) or data is None:
        return data
    return _decimal(data) if kind == "decimal" or not isinstance(data, int) else data


def _temporal(text: str, kind: str | None) -> Any:
    reader = {"date": temporal.date, "time": temporal.time}.get(kind or "", temporal.date_time)
    return reader(text) or text


def _decimal(number: Any) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(repr(number))


def _quantity(data: Mapping[str, Any]) -> Quantity | None:
    value = data.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    code, unit = data.get("code"), data.get("unit")
    named = code if isinstance(code, str) and data.get("system") == quantities.UCUM else unit or code
    return Quantity(_decimal(value), named if isinstance(named, str) and named else "1")


def outside(item: Any) -> Any:
    """Return an item as those outside see it: JSON for elements, text for dates, Decimal for decimals."""
    if isinstance(item, Node):
        value = plain(item)
        return value if isinstance(value, Decimal) else item.data
    return str(item) if isinstance(item, Temporal) else item


def single(items: Collection, what: str) -> Any:
    """Return the plain value of the only item, or None if there is none."""
    if not items:
        return None
    if len(items) > 1:
        raise EvaluationFailed(f"{what}: one value is meant, and there are {len(items)}")
    value = plain(items[0])
    if value is None and not _is_only_extension(items[0]):
        raise EvaluationFailed(f"{what}: a plain value is meant, and this is {type_of(items[0])[1]}")
    return value


def _is_only_extension(item: Any) -> bool:
    return isinstance(item, Node) and item.data is None


def truth(items: Collection, what: str) -> bool | None:
    """
    Return what a collection says where a truth is meant: none is None, one that is no Boolean is true.

    :raises EvaluationFailed: for several (FHIRPath N1, § 5.1, singleton evaluation).
    """
    if not items:
        return None
    if len(items) > 1:
        raise EvaluationFailed(f"{what}: one truth is meant, and there are {len(items)}")
    value = items[0].data if isinstance(items[0], Node) else items[0]
    return value if isinstance(value, bool) else True


def text(items: Collection, what: str) -> str | None:
    """Return the only item as text, or None if there is none; a date in a resource counts as its text."""
    value = single(items, what)
    if isinstance(value, Temporal) and isinstance(items[0], Node):
        return str(items[0].data)
    if value is None or isinstance(value, str):
        return value
    raise EvaluationFailed(f"{what}: text is meant, and this is {type_of(value)[1]}")


def whole(items: Collection, what: str) -> int | None:
    """Return the only item as a whole number, or None if there is none."""
    value = single(items, what)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise EvaluationFailed(f"{what}: a whole number is meant, and this is {type_of(value)[1]}")


def is_number(value: Any) -> bool:
    """Say whether a plain value is a number; truths are none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def type_of(item: Any) -> tuple[str, str]:
    """Return the namespace and the name of an item's type."""
    if isinstance(item, Node):
        if item.type is not None:
            return "FHIR", "BackboneElement" if "." in item.type else item.type
        item = plain(item)
    if isinstance(item, bool):
        return "System", "Boolean"
    names = {int: "Integer", Decimal: "Decimal", str: "String", Quantity: "Quantity"}
    if isinstance(item, Temporal):
        return "System", item.kind.value
    return "System", names.get(type(item), "Any")


def key(item: Any) -> tuple[Any, ...]:
    """Return what is the same for two items that FHIRPath calls equal, and for no others."""
    value = plain(item)
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, int | Decimal):
        return ("number", Decimal(value))
    if isinstance(value, Temporal):
        return temporal.comparable_key(value)
    if isinstance(value, Quantity):
        return ("quantity", *quantities.comparable_key(value))
    if isinstance(value, str):
        return ("text", value)
    return ("structure", json.dumps(item.data, sort_keys=True, default=str) if isinstance(item, Node) else id(item))


def distinct(items: Collection) -> Collection:
    """Return the items without those that equal an earlier one."""
    return list({key(item): item for item in reversed(items)}.values())[::-1]


def moment(value: Any) -> Temporal | None:
    """Return a value as date or time if it is one or is written as one."""
    if isinstance(value, str):
        return temporal.date_time(value) or temporal.time(value)
    return value if isinstance(value, Temporal) else None


def descend(items: Collection) -> Iterator[Any]:
    """Return everything under the items, level by level."""
    level = items
    while level:
        level = [below for item in level if isinstance(item, Node) for below in all_children(item)]
        yield from level
