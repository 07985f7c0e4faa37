"""
Values as content holds them: what JSON knows, with decimals kept as they were written.

Whatever a file was written in (JSON, YAML, CSV), its body is made of text, whole numbers,
`Decimal`, true and false, null, lists and objects. Dates stay text: the kind reads them.
Bodies are frozen, so that one parsed object can serve every request of a process.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

Json: TypeAlias = bool | int | Decimal | str | Sequence["Json"] | Mapping[str, "Json"] | None

MAX_DEPTH = 100
SHARED_MOST = 60


class TooDeep(ValueError):
    """A value is nested deeper than any content needs to be."""


def freeze(value: Any, *, depth: int = 0) -> Json:
    """
    Return the value with lists as tuples and objects as read-only mappings.

    :raises TooDeep: if it is nested deeper than `MAX_DEPTH`.
    """
    if depth > MAX_DEPTH:
        raise TooDeep(f"nested more than {MAX_DEPTH} deep")
    if isinstance(value, Mapping):
        # The same words stand in many files, and all of them are kept.
        return MappingProxyType({_shared(key): freeze(part, depth=depth + 1) for key, part in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(part, depth=depth + 1) for part in value)
    return _shared(value)  # type: ignore[no-any-return]


def _shared(value: Any) -> Any:
    """Return the same object for equal short texts."""
    return sys.intern(value) if type(value) is str and len(value) <= SHARED_MOST else value


def digest(value: Json) -> str:
    """
    Return the SHA-256 of the value's canonical form, in hexadecimal.

    The order of keys, white space and quoting make no difference. `1`, `1.0` and `"1"`
    are three values.
    """
    return hashlib.sha256("".join(_canonical(value)).encode()).hexdigest()


def _canonical(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield "{"
        for key in sorted(value):
            yield json.dumps(key, ensure_ascii=False) + ":"
            yield from _canonical(value[key])
            yield ","
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for part in value:
            yield from _canonical(part)
            yield ","
        yield "]"
    elif isinstance(value, Decimal):
        yield str(value)
    else:
        yield json.dumps(value, ensure_ascii=False)


def join(place: str, part: str | int) -> str:
    """Return the name of an element inside another: `counties[3].names`."""
    if isinstance(part, int):
        return f"{place}[{part}]"
    return f"{place}.{part}" if place else part
