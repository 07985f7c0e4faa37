"""
Reading files of content: JSON, YAML, CSV and TOML, each stricter than its own rules.

What is ambiguous is refused instead of guessed, every fault of a file is reported at once,
and no file can make the reader crash, hang or run code.
"""

import csv
import io
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from medspiller.content.domain import values, yaml_reader
from medspiller.content.domain.faults import Fault, Unreadable
from medspiller.content.domain.values import Json

# Far above what people write by hand, and read in well under two seconds.
MAX_BYTES = MappingProxyType({".json": 5_000_000, ".csv": 5_000_000, ".yaml": 1_000_000, ".toml": 100_000})

_MAX_DIGITS = 40
_TOO_DEEP = f"nested more than {values.MAX_DEPTH} deep"


def read(raw: bytes, suffix: str) -> Json:
    """
    Return the frozen value that a file holds.

    :raises Unreadable: with all its faults, if it is too large, not UTF-8 or not of its format.
    """
    text = decode(raw, suffix)
    value = _READERS[suffix](text)
    try:
        frozen = values.freeze(value)
    except values.TooDeep as fault:
        raise Unreadable([Fault("", str(fault))]) from None
    # Such a character comes as itself or by an escape; looking at every text takes its time.
    if "\0" in text or "\\" in text:
        faults = list(_unstorable(frozen, ""))
        if faults:
            raise Unreadable(faults)
    return frozen


def decode(raw: bytes, suffix: str) -> str:
    """
    Return the text of a file, without the byte order mark that spreadsheets write.

    :raises Unreadable: if it is larger than `MAX_BYTES`, not UTF-8, or of a format nobody reads.
    """
    if suffix not in _READERS:
        raise Unreadable([Fault("", f"files ending in {suffix or 'nothing'} are not read")])
    if len(raw) > MAX_BYTES[suffix]:
        allowed = MAX_BYTES[suffix] // 1000
        raise Unreadable([Fault("", f"is {len(raw) // 1000} kB; at most {allowed} kB of {suffix} are read")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise Unreadable([Fault(f"line {line}", "is not UTF-8 text")]) from None


# --- JSON ---------------------------------------------------------------------------------


class _Repeating(dict[str, Any]):
    """An object in which keys were written more than once, and which."""

    def __init__(self, pairs: list[tuple[str, Any]]):
        super().__init__(pairs)
        self.twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def _read_json(text: str) -> Any:
    repeating: list[_Repeating] = []

    def take(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        taken = dict(pairs)
        if len(taken) == len(pairs):
            return taken
        repeating.append(_Repeating(pairs))
        return repeating[-1]

    try:
        value = json.loads(
            text, parse_float=_decimal, parse_int=_whole, parse_constant=_no_constant, object_pairs_hook=take
        )
    except json.JSONDecodeError as fault:
        raise Unreadable([Fault(f"line {fault.lineno}", f"stops being JSON: {fault.msg}")]) from None
    except RecursionError:
        raise Unreadable([Fault("", _TOO_DEEP)]) from None
    if repeating:
        raise Unreadable(_written_twice(value, "", 0))
    return value


def _written_twice(value: Any, place: str, depth: int) -> Iterator[Fault]:
    if depth > values.MAX_DEPTH:
        yield Fault("", _TOO_DEEP)
    elif isinstance(value, dict):
        for key in value.twice if isinstance(value, _Repeating) else ():
            yield Fault(values.join(place, key), "is written twice")
        for key, part in value.items():
            yield from _written_twice(part, values.join(place, key), depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _written_twice(part, values.join(place, index), depth + 1)


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise Unreadable([Fault("", f"holds a number of {len(digits)} digits")])
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if len(digits) > _MAX_DIGITS:
        raise Unreadable([Fault("", f"holds a number of {len(digits)} digits")])
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise Unreadable([Fault("", f"holds a number that cannot be kept: {digits}")]) from None


def _no_constant(name: str) -> Any:
    raise Unreadable([Fault("", f"{name} is not JSON")])


# --- CSV ----------------------------------------------------------------------------------


def _read_csv(text: str) -> list[dict[str, str]]:
    """Read a table with a line of headings; every cell is text, and every row has all cells."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    faults: list[Fault] = []
    try:
        headings = next(reader, [])
        if not headings or not all(heading.strip() for heading in headings):
            raise Unreadable([Fault("line 1", "a table begins with a line of headings, none of them empty")])
        if len(set(headings)) < len(headings):
            raise Unreadable([Fault("line 1", "a heading is written twice")])
        for cells in reader:
            if len(cells) == len(headings):
                rows.append(dict(zip(headings, cells, strict=True)))
            else:
                faults.append(Fault(f"line {reader.line_num}", f"has {len(cells)} cells, not {len(headings)}"))
    except csv.Error as fault:
        faults.append(Fault(f"line {reader.line_num}", f"stops being CSV: {fault}"))
    if faults:
        raise Unreadable(faults)
    return rows


# --- TOML ---------------------------------------------------------------------------------


def _read_toml(text: str) -> Any:
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as fault:
        raise Unreadable([Fault("", f"stops being TOML: {fault}")]) from None
    except RecursionError:
        raise Unreadable([Fault("", _TOO_DEEP)]) from None


# --- All ----------------------------------------------------------------------------------


def _unstorable(value: Json, place: str) -> Iterator[Fault]:
    """Yield where text holds what neither UTF-8 nor PostgreSQL can hold."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            yield Fault(place, "holds a character that cannot be stored")
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _unstorable(key, values.join(place, "(key)"))
            yield from _unstorable(part, values.join(place, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _unstorable(part, values.join(place, index))


_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {".json": _read_json, ".yaml": yaml_reader.read, ".csv": _read_csv, ".toml": _read_toml}
)

SUFFIXES = frozenset({".json", ".yaml", ".csv"})
