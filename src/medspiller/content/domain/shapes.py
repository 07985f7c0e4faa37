"""Shapes of bodies, as JSON Schema 2020-12."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from medspiller.content.domain import values
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.problems import Problem

# Bodies are frozen: their lists are tuples and their objects read-only mappings.
_FROZEN = Draft202012Validator.TYPE_CHECKER.redefine("array", lambda _, value: isinstance(value, tuple)).redefine(
    "object", lambda _, value: isinstance(value, Mapping)
)
_Validator = extend(Draft202012Validator, type_checker=_FROZEN)

_MAX_QUOTED = 60


class Shape:
    """
    A JSON Schema that bodies are held against.

    :raises jsonschema.SchemaError: if it is no valid schema.
    """

    def __init__(self, schema: Mapping[str, Any]):
        _Validator.check_schema(schema)
        self._validator = _Validator(schema)

    def problems(self, definition: Definition) -> Iterator[Problem]:
        """Yield everything about a definition that does not fit, in the order of its places."""
        for fault in sorted(self._validator.iter_errors(definition.body), key=lambda fault: _sortable(fault.path)):
            yield Problem(definition.file, _place(fault.path), _message(fault))


def _sortable(path: Iterable[str | int]) -> list[tuple[bool, int, str]]:
    return [(isinstance(part, int), part if isinstance(part, int) else 0, str(part)) for part in path]


def _place(path: Iterable[str | int]) -> str:
    place = ""
    for part in path:
        place = values.join(place, part)
    return place


def _message(fault: ValidationError) -> str:
    """Say in few words what is wrong; jsonschema would print the whole value."""
    wanted = fault.validator_value
    match fault.validator:
        case "additionalProperties":
            known = fault.schema.get("properties", {})
            strange = ", ".join(sorted(set(fault.instance) - set(known)))
            return f"{strange} is not known here; known are {', '.join(sorted(known))}"
        case "required":
            return f"{', '.join(name for name in wanted if name not in fault.instance)} is missing"
        case "type":
            return f"{_quoted(fault.instance)} is not {wanted if isinstance(wanted, str) else ' or '.join(wanted)}"
        case "pattern" if not fault.instance:
            return "is empty"
        case "pattern":
            return f"{_quoted(fault.instance)} is not like {fault.schema.get('description', wanted)}"
        case "enum":
            return f"{_quoted(fault.instance)} is none of {', '.join(map(str, wanted))}"
        case "minLength" | "minItems" | "minProperties":
            return "is empty" if wanted == 1 else f"is shorter than {wanted}"
        case _:
            return fault.message if len(fault.message) <= 3 * _MAX_QUOTED else f"does not hold for {fault.validator}"


def _quoted(value: Any) -> str:
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, tuple):
        return "a list"
    if value is None:
        return "nothing"
    said = str(value)
    return said if len(said) <= _MAX_QUOTED else said[:_MAX_QUOTED] + "…"
