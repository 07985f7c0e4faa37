"""
The types of FHIR R4: of which type an element is, and which type is a kind of which.

The table is data that comes with the package, as a library's would; it is made from HL7's definitions.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

SYSTEM_TYPES = frozenset({"Boolean", "Integer", "Decimal", "String", "Date", "DateTime", "Time", "Quantity"})
TEMPORAL_TYPES = frozenset({"date", "dateTime", "instant", "time"})
INTEGER_TYPES = frozenset({"integer", "positiveInt", "unsignedInt"})
_STRINGS = "System.String"


@dataclass(frozen=True, slots=True)
class Child:
    """
    What stands under one name: the keys it may have in JSON, each with its twin for extensions and its type.

    `known` is false where the table does not know the element, so that it is taken as it is.
    """

    keys: tuple[tuple[str, str, str | None], ...]
    known: bool


@dataclass(frozen=True, slots=True)
class _Table:
    parents: dict[str, str]
    elements: dict[str, dict[str, str]]
    choices: dict[str, list[str]]
    elsewhere: dict[str, str]


@cache
def _table() -> _Table:
    text = resources.files(__package__).joinpath("r4_types.json").read_text(encoding="utf-8")
    said = json.loads(text)
    return _Table(said["parents"], said["elements"], said["choices"], said["elsewhere"])


@cache
def type_names() -> frozenset[str]:
    """Return the names of all types of FHIR R4: resources, complex and primitive ones."""
    parents = _table().parents
    return frozenset(parents) | frozenset(parents.values())


@cache
def _primitives() -> dict[str, str]:
    """Return how the primitive types are written at the end of a name: `DateTime` → `dateTime`."""
    return {name[0].upper() + name[1:]: name for name in type_names() if name[0].islower()}


def is_primitive(name: str) -> bool:
    """Say whether a type of FHIR is a primitive one."""
    return name[0].islower() and name in type_names()


@lru_cache(maxsize=4096)
def is_kind_of(name: str, wanted: str) -> bool:
    """Say whether a type is another one or a kind of it: `Age` is a `Quantity`, a `code` a `string`."""
    current: str | None = name
    if current is not None and "." in current:
        current = "BackboneElement"
    while current is not None:
        if current == wanted:
            return True
        current = _table().parents.get(current)
    return False


@lru_cache(maxsize=8192)
def child(owner: str | None, name: str) -> Child:
    """Return what may stand under `name` in an element of type `owner`, or of unknown type if that is None."""
    table = _table()
    if owner is not None:
        path = _settled(f"{owner}.{name}")
        if path in table.choices:
            return Child(
                tuple((f"{name}{kind}", f"_{name}{kind}", _named(kind)) for kind in table.choices[path]), known=True
            )
        found = _element(owner, name)
        if found is not None:
            return Child(((name, f"_{name}", found),), known=True)
        if path in table.elements or path in _backbones():
            return Child(((name, f"_{name}", path),), known=True)
    return Child(((name, f"_{name}", _suffixed(name)),), known=False)


def choice_type(name: str, key: str) -> str | None:
    """Return the type that `key` states if it is a choice of `name`: `value`, `valueDate` → `date`."""
    kind = _named(key[len(name) :]) if key.startswith(name) and len(key) > len(name) else None
    return kind if kind in type_names() else None


def _suffixed(name: str) -> str | None:
    """Return the type in a name such as `valueCoding`, which real expressions use although FHIRPath has none such."""
    for at in range(1, len(name)):
        found = choice_type(name[:at], name) if name[at].isupper() else None
        if found is not None:
            return found
    return None


def _named(kind: str) -> str:
    return _primitives().get(kind, kind)


def _settled(path: str) -> str:
    return _table().elsewhere.get(path, path)


def _element(owner: str, name: str) -> str | None:
    table = _table()
    current: str | None = owner
    while current is not None:
        found = table.elements.get(current, {}).get(name)
        if found is not None:
            return _string_type(current, name) if found == _STRINGS else found
        current = "BackboneElement" if "." in current else table.parents.get(current)
    return None


def _string_type(owner: str, name: str) -> str:
    """Return the FHIR type of what the definitions only call a string of the system: ids and addresses."""
    if owner == "Extension":
        return "uri"
    return "id" if name == "id" and is_kind_of(owner, "Resource") else "string"


@cache
def _backbones() -> frozenset[str]:
    """Return the paths that have elements below them but no type of their own."""
    found: set[str] = set()
    for owner in (*_table().elements, *(path.rpartition(".")[0] for path in _table().choices)):
        parts = owner.split(".")
        found.update(".".join(parts[:length]) for length in range(2, len(parts) + 1))
    return frozenset(found)
