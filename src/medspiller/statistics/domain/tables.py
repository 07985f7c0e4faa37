"""
Tables of counts as they are handed over, with or without totals, and as they may be published.

Counts stand in row-major order: the last dimension is the fastest.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

TOTAL = "*"
HIDDEN = ":"

# More than any report has. A table's totals grow with its dimensions, and what is handed over may be anything.
MOST_CELLS = 20_000
MOST_DIMENSIONS = 8

_KEYS = ("dimensions", "counts", "totals")


class TableUnreadable(ValueError):
    """A table is not written as it must be; `path` is where, `problem` is what is wrong."""

    def __init__(self, path: str, problem: str):
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True)
class Table:
    """
    Counts over the categories of one or several dimensions.

    With `totals`, every dimension is to be published with one more category, the sum of its others.
    """

    dimensions: Mapping[str, Sequence[str]]
    counts: Sequence[int]
    totals: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many categories each dimension has, the total not counted."""
        return tuple(len(categories) for categories in self.dimensions.values())


@dataclass(frozen=True, slots=True)
class Protected:
    """
    A table that may be published: None stands for a hidden count.

    `primary` cells are hidden because they are small, `secondary` ones because a small one could be found from them.
    The two numbers are for whoever makes the table; they are not published with it.
    """

    dimensions: Mapping[str, Sequence[str]]
    counts: Sequence[int | None]
    primary: int
    secondary: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "dimensions": {name: list(categories) for name, categories in self.dimensions.items()},
            "counts": [HIDDEN if count is None else count for count in self.counts],
            "hidden": {"primary": self.primary, "secondary": self.secondary},
        }


def with_totals(table: Table) -> tuple[dict[str, tuple[str, ...]], list[int]]:
    """Return dimensions and counts as they are published, each dimension ending with its total if there are totals."""
    extra = (TOTAL,) if table.totals else ()
    dimensions = {name: (*categories, *extra) for name, categories in table.dimensions.items()}
    counts = list(table.counts)
    if table.totals:
        sizes = table.sizes
        for axis in range(len(sizes)):
            counts = _summed(counts, sizes, axis)
    return dimensions, counts


def _summed(counts: list[int], sizes: Sequence[int], axis: int) -> list[int]:
    """Add the total of one axis; the axes before it have theirs already."""
    before = math.prod(size + 1 for size in sizes[:axis])
    size, after = sizes[axis], math.prod(sizes[axis + 1 :])
    result: list[int] = []
    for block in range(before):
        begin = block * size * after
        rows = [counts[begin + row * after : begin + (row + 1) * after] for row in range(size)]
        for row in rows:
            result += row
        result += [sum(column) for column in zip(*rows, strict=True)]
    return result


def table_from(written: object) -> Table:
    """
    Return the table that a JSON value tells of.

    :raises TableUnreadable: naming the first thing that is wrong.
    """
    if not isinstance(written, Mapping):
        raise TableUnreadable("table", f"must be an object, not {_shown(written)}")
    for key in written:
        if key not in _KEYS:
            raise TableUnreadable(_shown(key), f"not a key here; known are {', '.join(_KEYS)}")
    for key in _KEYS[:2]:
        if key not in written:
            raise TableUnreadable(key, "is missing")
    totals = written.get("totals", False)
    if not isinstance(totals, bool):
        raise TableUnreadable("totals", f"must be true or false, not {_shown(totals)}")
    dimensions = _dimensions(written["dimensions"], totals=totals)
    sizes = [len(categories) for categories in dimensions.values()]
    published = math.prod(size + totals for size in sizes)
    if published > MOST_CELLS:
        raise TableUnreadable("dimensions", f"{published:,} cells with totals; at most {MOST_CELLS:,} in one table")
    return Table(dimensions=dimensions, counts=_counts(written["counts"], math.prod(sizes)), totals=totals)


def _dimensions(written: object, *, totals: bool) -> dict[str, tuple[str, ...]]:
    if not isinstance(written, Mapping) or not written:
        raise TableUnreadable("dimensions", f"must be an object with at least one dimension, not {_shown(written)}")
    if len(written) > MOST_DIMENSIONS:
        raise TableUnreadable("dimensions", f"{len(written)} of them; at most {MOST_DIMENSIONS}")
    return {name: _categories(f"dimensions.{name}", named, totals=totals) for name, named in written.items()}


def _categories(path: str, written: object, *, totals: bool) -> tuple[str, ...]:
    path = path[:80]
    if not isinstance(written, Sequence) or isinstance(written, str) or not written:
        raise TableUnreadable(path, f"must be a list with at least one category, not {_shown(written)}")
    for place, category in enumerate(written):
        if not isinstance(category, str) or not category.strip():
            raise TableUnreadable(f"{path}[{place}]", f"must be the name of a category, not {_shown(category)}")
        if totals and category == TOTAL:
            raise TableUnreadable(f"{path}[{place}]", f'"{TOTAL}" is the name of the total; leave it out')
    if len(set(written)) < len(written):
        twice = next(category for category in written if written.count(category) > 1)
        raise TableUnreadable(path, f"{_shown(twice)} is there twice")
    return tuple(written)


def _counts(written: object, wanted: int) -> tuple[int, ...]:
    if not isinstance(written, Sequence) or isinstance(written, str):
        raise TableUnreadable("counts", f"must be a list, not {_shown(written)}")
    if len(written) != wanted:
        raise TableUnreadable("counts", f"{len(written)} of them; the dimensions have {wanted} cells")
    for place, count in enumerate(written):
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise TableUnreadable(f"counts[{place}]", f"must be a whole number from 0, not {_shown(count)}")
    return tuple(written)


def _shown(value: object) -> str:
    """Name a value that was written, short and on one line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object" if value else "an empty object"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, str):
        return '"' + " ".join(value.split())[:40] + '"'
    return str(value)[:40] if not isinstance(value, int) or value.bit_length() < 200 else "a very long number"


def places(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the places of all cells in row-major order."""
    return list(product(*(range(size) for size in sizes)))
