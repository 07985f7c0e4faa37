"""
Reading facts and reference dates as they are written in JSON.

A key that is absent or null is not known. A key nobody knows is refused by name: a misspelt one must not look
like a fact that nobody has asked about.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from medspiller.rights.domain.facts import Facts, Value
from medspiller.rights.domain.known_facts import CHILDREN, HEADS, MOST_CHILDREN, Catalogue, NoSuchValue, shown

OLDEST_DAY = date(1970, 1, 1)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FactsUnreadable(ValueError):
    """Facts are not written as they must be; `path` is where, `problem` is what is wrong."""

    def __init__(self, path: str, problem: str):
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}")


def day_from(written: object, path: str) -> date:
    """
    Return a day written as 2026-11-21.

    :raises FactsUnreadable: if it is none.
    """
    try:
        if not isinstance(written, str) or not _DAY.fullmatch(written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        raise FactsUnreadable(path, f'must be a day such as "2026-11-21", not {shown(written)}') from None


def reference_date(written: object, *, today: date, path: str = "on") -> date:
    """
    Return the day that answers are for: from 1970 up to the end of next year; `today` where nothing is written.

    :raises FactsUnreadable: if it is no day, or outside those years.
    """
    if written is None:
        return today
    day = day_from(written, path)
    if day < OLDEST_DAY:
        raise FactsUnreadable(path, f"{day} is before {OLDEST_DAY}; no older rules are here")
    if day.year > today.year + 1:
        raise FactsUnreadable(path, f"{day} is after the end of next year, {today.year + 1}")
    return day


def facts_from(written: object, catalogue: Catalogue, *, on: date) -> Facts:
    """
    Return the facts that a JSON value tells of, under the heads carer, children, recipient and care.

    :raises FactsUnreadable: naming the first fact that cannot be read.
    """
    if not isinstance(written, Mapping):
        raise FactsUnreadable("facts", f"must be an object, not {shown(written)}")
    values: dict[str, Value] = {}
    for head, part in written.items():
        if head not in HEADS:
            raise FactsUnreadable(_name(head), f"not a key here; known are on, {', '.join(HEADS)}")
        if part is not None and head != CHILDREN:
            values.update(_under(head, part, catalogue, on))
    children = _children(written.get(CHILDREN))
    for number, child in enumerate(children or ()):
        values.update(_under(f"{CHILDREN}[{number}]", child, catalogue, on))
    return Facts(values, None if children is None else len(children))


def facts_of(answers: Mapping[str, object], catalogue: Catalogue, *, on: date) -> Facts:
    """
    Return facts from values by path: `carer.employed`, `children` (how many), `children[0].chronic`.

    None is not known. What is told of a child beyond the number of children is left out.

    :raises FactsUnreadable: naming the first path that is not known or value that cannot be.
    """
    count = answers.get(CHILDREN)
    children = None if count is None else int(_value(CHILDREN, CHILDREN, count, catalogue, on))
    values: dict[str, Value] = {}
    for path, value in answers.items():
        name, number = _place_of(path)
        if value is None or path == CHILDREN or (number is not None and number >= (children or 0)):
            continue
        values[path] = _value(path, name, value, catalogue, on)
    return Facts(values, children)


def object_with(written: object, keys: Collection[str], *, at: str) -> Mapping[str, Any]:
    """
    Return an object that has no other keys than these.

    :raises FactsUnreadable: if it is no object, or has a key nobody knows.
    """
    if not isinstance(written, Mapping):
        raise FactsUnreadable(at or "case", f"must be an object, not {shown(written)}")
    for key in written:
        if key not in keys:
            raise FactsUnreadable(_name(f"{at}.{key}" if at else key), f"not a key here; known are {', '.join(keys)}")
    return written


def number_from(written: object, path: str, *, least: int, most: int, whole: bool = False) -> Decimal:
    """
    Return a number; both `least` and `most` may be reached.

    :raises FactsUnreadable: if it is no number, has decimals where `whole` is asked for, or is outside.
    """
    what = "a whole number" if whole else "a number"
    if isinstance(written, bool) or not isinstance(written, int | float | Decimal):
        raise FactsUnreadable(path, f"must be {what} from {least} to {most}, not {shown(written)}")
    number = Decimal(written) if isinstance(written, int) else Decimal(str(written))
    # A number that is none (NaN) is refused before it is compared.
    if not number.is_finite() or not least <= number <= most or (whole and number != number.to_integral_value()):
        raise FactsUnreadable(path, f"must be {what} from {least} to {most}, not {shown(written)}")
    return number


def list_from(written: object, path: str, *, most: int, of: str) -> Sequence[Any]:
    """
    Return a list; nothing written is an empty one. `of` is what there may be so many of.

    :raises FactsUnreadable: if it is no list, or too long.
    """
    if written is None:
        return ()
    if not isinstance(written, list | tuple):
        raise FactsUnreadable(path, f"must be a list, not {shown(written)}")
    if len(written) > most:
        raise FactsUnreadable(path, f"must be at most {most} {of}, not {len(written)}")
    return written


def _children(written: object) -> Sequence[object] | None:
    return None if written is None else list_from(written, CHILDREN, most=MOST_CHILDREN, of="children")


def _under(place: str, written: object, catalogue: Catalogue, on: date) -> dict[str, Value]:
    if not isinstance(written, Mapping):
        raise FactsUnreadable(place, f"must be an object, not {shown(written)}")
    head = place.partition("[")[0]
    values: dict[str, Value] = {}
    for key, value in written.items():
        name, path = f"{head}.{key}", f"{place}.{key}"
        if name not in catalogue:
            known = sorted(fact.removeprefix(f"{head}.") for fact in catalogue if fact.startswith(f"{head}."))
            raise FactsUnreadable(_name(path), f"not a fact here; known are {', '.join(known)}")
        if value is not None:
            values[path] = _value(path, name, value, catalogue, on)
    return values


def _value(path: str, name: str, written: object, catalogue: Catalogue, on: date) -> Value:
    if name not in catalogue:
        raise FactsUnreadable(_name(path), "not a fact here")
    try:
        return catalogue[name].read(written, on=on)
    except NoSuchValue as fault:
        raise FactsUnreadable(path, str(fault)) from None


_CHILD = re.compile(r"children\[(0|[1-9][0-9]?)\]\.(.+)")


def _place_of(path: str) -> tuple[str, int | None]:
    child = _CHILD.fullmatch(path)
    return (f"{CHILDREN}.{child[2]}", int(child[1])) if child else (path, None)


def _name(path: object) -> str:
    text = str(path)
    return text if text.isprintable() and text.isascii() and len(text) <= 80 else shown(text)
