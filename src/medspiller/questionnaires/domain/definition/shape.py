"""Whether JSON has the shape of a FHIR R4 Questionnaire or QuestionnaireResponse: all faults at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, warning
from medspiller.questionnaires.domain.definition.primitives import is_primitive
from medspiller.questionnaires.domain.definition.shape_table import BOUND, OPAQUE, PRIMITIVES, RESOURCES, SHAPES

# Deeper or larger than any form that somebody answers; what is refused here costs nothing more.
DEEPEST = 100
MOST_VALUES = 150_000

_DATA_TYPES = {name for name in SHAPES if "." not in name and name not in RESOURCES}


@dataclass(frozen=True, slots=True)
class Element:
    """What may stand under one name: its type, whether many, and the element it is (`value[x]` for `valueDate`)."""

    name: str
    kind: str
    many: bool
    of: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A type: what may stand in it, by JSON name, and the elements that must."""

    elements: Mapping[str, Element]
    required: tuple[str, ...]


def problems_in_shape(written: Any, resource: str) -> list[Issue]:
    """
    Return what makes a JSON value no `resource` (Questionnaire, QuestionnaireResponse).

    Resources contained in it are looked at only as far as their type and id; unknown extensions
    are no fault. Too much or too deep is refused with one issue, before anything is read.
    """
    refused = refusal(written, resource)
    return [refused] if refused else list(_in_object(written, resource, resource))


def refusal(written: Any, resource: str) -> Issue | None:
    """Return why a JSON value cannot be read as a `resource` at all, None if it can, faults or not."""
    if not isinstance(written, dict):
        return error(Code.STRUCTURE, resource, f"A {resource} is a JSON object")
    if (kind := written.get("resourceType")) != resource:
        told = f"This is a {str(kind)[:60]}" if kind else "resourceType is missing"
        return error(Code.STRUCTURE, resource, f"{told}; a {resource} was expected")
    return _too_much(written, resource)


def _too_much(written: Any, resource: str) -> Issue | None:
    """Refuse by depth and number of values, level by level and so without recursion."""
    level, depth, values = [(written, resource)], 0, 0
    while level:
        depth += 1
        if depth > DEEPEST:
            return error(Code.TOO_COSTLY, level[0][1][:300], f"Nested deeper than {DEEPEST} levels")
        below: list[tuple[Any, str]] = []
        for value, path in level:
            children = value.items() if isinstance(value, dict) else enumerate(value)
            for key, child in children:
                values += 1
                if isinstance(child, dict | list):
                    below.append((child, f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}"))
        if values > MOST_VALUES:
            return error(Code.TOO_COSTLY, resource, f"More than {MOST_VALUES} values")
        level = below
    return None


def _in_object(written: Any, kind: str, path: str) -> Iterator[Issue]:
    if not isinstance(written, dict):
        yield error(Code.STRUCTURE, path, f"An object ({kind}) was expected")
        return
    if not written:
        yield error(Code.INVARIANT, path, "An element is never empty")
        return
    shape = _shape(kind)
    yield from _missing(written, shape, path)
    taken: dict[str, str] = {}
    for key, value in written.items():
        element = shape.elements.get(key)
        if element is not None:
            if taken.setdefault(element.of, key) != key:
                yield error(Code.STRUCTURE, path, f"{taken[element.of]} and {key} exclude each other")
            yield from _in_element(value, element, kind, f"{path}.{_path_name(element, key)}")
        elif key.startswith("_") and key[1:] in shape.elements:
            yield from _in_shadow(value, shape.elements[key[1:]], f"{path}.{key[1:]}")
        elif key == "resourceType" and kind in RESOURCES:
            continue
        else:
            yield error(Code.STRUCTURE, path, f"Unrecognised property '{key[:80]}'")


def _path_name(element: Element, key: str) -> str:
    """FHIRPath leaves the type out of the name: `valueDate` is `value`."""
    return element.of.removesuffix("[x]") if element.of.endswith("[x]") else key


def _missing(written: Mapping[str, Any], shape: Shape, path: str) -> Iterator[Issue]:
    for name in shape.required:
        names = [key for key, element in shape.elements.items() if element.of == name]
        if not any(key in written or f"_{key}" in written for key in names):
            yield error(Code.REQUIRED, path, f"{name} is missing")


def _in_element(value: Any, element: Element, owner: str, path: str) -> Iterator[Issue]:
    if not element.many:
        yield from _in_value(value, element, owner, path)
    elif not isinstance(value, list):
        yield error(Code.STRUCTURE, path, "A list was expected")
    elif not value:
        # Form builders leave these behind; they say nothing and break nothing, and so do empty texts.
        yield warning(Code.STRUCTURE, path, "A list is never empty")
    else:
        for number, one in enumerate(value):
            if one is None and element.kind in PRIMITIVES:
                continue
            yield from _in_value(one, element, owner, f"{path}[{number}]")


def _in_value(value: Any, element: Element, owner: str, path: str) -> Iterator[Issue]:
    if element.kind in PRIMITIVES:
        if value == "" and element.kind in ("string", "markdown"):
            yield warning(Code.VALUE, path, "A text is never empty")
        elif not is_primitive(element.kind, value):
            yield error(Code.VALUE, path, f"{_shown(value)} is no {element.kind}")
        elif (codes := BOUND.get((owner, element.name))) and value not in codes:
            yield error(Code.CODE_INVALID, path, f"{_shown(value)} is none of {', '.join(codes)}")
    elif element.kind == "Resource":
        yield from _in_contained(value, path)
    elif element.kind in OPAQUE:
        if not isinstance(value, dict):
            yield error(Code.STRUCTURE, path, f"An object ({element.kind}) was expected")
    elif element.kind == "Extension":
        yield from _in_extension(value, path)
    else:
        yield from _in_object(value, element.kind, path)


def _in_extension(value: Any, path: str) -> Iterator[Issue]:
    yield from _in_object(value, "Extension", path)
    if isinstance(value, dict):
        has_value = any(key.startswith(("value", "_value")) for key in value)
        if has_value and "extension" in value:
            yield error(Code.INVARIANT, path, "An extension has a value or extensions, not both")
        if not has_value and "extension" not in value:
            yield error(Code.INVARIANT, path, "An extension has a value or extensions")


def _in_contained(value: Any, path: str) -> Iterator[Issue]:
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        yield error(Code.STRUCTURE, path, "A contained resource has a resourceType")
    elif not is_primitive("id", value.get("id")):
        yield error(Code.INVARIANT, path, "A contained resource has an id")


def _in_shadow(value: Any, element: Element, path: str) -> Iterator[Issue]:
    """`_text` carries the id and extensions of the primitive `text`."""
    if element.kind not in PRIMITIVES:
        yield error(Code.STRUCTURE, path, f"Only a primitive has a property with an underscore, not a {element.kind}")
        return
    for one in value if element.many and isinstance(value, list) else [value]:
        if one is not None:
            yield from _in_object(one, "Element", path)


@lru_cache(maxsize=64)
def _shape(kind: str) -> Shape:
    elements: dict[str, Element] = {"id": Element("id", "string", False, "id")}
    elements["extension"] = Element("extension", "Extension", True, "extension")
    if kind in RESOURCES:
        elements["id"] = Element("id", "id", False, "id")
        for name, of, many in _OF_RESOURCES:
            elements[name] = Element(name, of, many, name)
    if kind in RESOURCES or "." in kind:
        elements["modifierExtension"] = Element("modifierExtension", "Extension", True, "modifierExtension")
    required: list[str] = []
    if kind == "Extension":
        elements["url"] = Element("url", "string", False, "url")
        for each in (*sorted(PRIMITIVES - {"xhtml"}), *sorted(_DATA_TYPES | OPAQUE)):
            elements[_named("value", each)] = Element("value", each, False, "value[x]")
        return Shape(elements, ("url",))
    for line in SHAPES.get(kind, "").split():
        name, of = line.split(":", maxsplit=1)
        if of.endswith("!"):
            required.append(name)
        many, of = "*" in of, of.rstrip("*!")
        for each in of.split("|"):
            written = _named(name.removesuffix("[x]"), each) if name.endswith("[x]") else name
            elements[written] = Element(written, each, many, name)
    return Shape(elements, tuple(required))


_OF_RESOURCES = (
    ("meta", "Meta", False),
    ("implicitRules", "uri", False),
    ("language", "code", False),
    ("text", "Narrative", False),
    ("contained", "Resource", True),
)


def _named(name: str, kind: str) -> str:
    return f"{name}{kind[0].upper()}{kind[1:]}"


def _shown(value: Any) -> str:
    shown = value if isinstance(value, str) else type(value).__name__ if isinstance(value, dict | list) else str(value)
    return f"'{shown[:60]}'"
