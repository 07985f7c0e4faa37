"""What is different between two wordings of an entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medspiller.content.domain.values import join


@dataclass(frozen=True, slots=True)
class Change:
    """What stood at a place before and stands there after; None where nothing did or does."""

    path: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[Change, ...]:
    """
    Return the changes between two bodies as they are stored, in the order of the later one.

    Lists of codes or words are compared as sets; of objects in a list, those at the same number are compared.
    """
    return tuple(_between("", before or {}, after))


def _between(path: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*after, *(key for key in before if key not in after)):
            yield from _between(join(path, key), before.get(key), after.get(key))
    elif _of_objects(before) and _of_objects(after):
        for number in range(max(len(before), len(after))):
            yield from _between(f"{path}[{number}]", _at(before, number), _at(after, number))
    elif not _same(before, after):
        yield Change(path, before, after)


def _of_objects(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value)


def _at(values: Sequence[Any], number: int) -> Any:
    return values[number] if number < len(values) else None


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list | tuple) and isinstance(after, list | tuple) and not _of_objects([*before, *after]):
        return sorted(map(str, before)) == sorted(map(str, after))
    return bool(before == after)
