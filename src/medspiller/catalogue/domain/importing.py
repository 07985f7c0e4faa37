"""
A list of offers as a table: what its columns are called, and what each row says.

A row says the same as the object of `domain.reading`, in cells. Places, times and telephone numbers of which there
are several have their number behind the header: `sted 2`. A row is read by `domain.reading` in the end; here its
cells are only put where that looks for them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from medspiller.catalogue.domain.entries import SLUG_LENGTH
from medspiller.catalogue.domain.import_cells import CELL_MOST, value_of
from medspiller.catalogue.domain.import_columns import COLUMNS, Column, Holds, header_of
from medspiller.core.errors import MedspillerError

SIZE_MOST = 10 * 1024 * 1024
ROWS_MOST = 1_000
# Besides the rows there are headers, and lines above and between them.
LINES_MOST = ROWS_MOST + 100
COLUMNS_MOST = 200
# How many of a kind one row may have: `sted 5`.
GROUPS_MOST = 9


class ListRefused(MedspillerError):
    """
    A file is no list that can be read; `problem` is a code.

    empty, too_large, too_many_rows, not_a_table, no_headers, twice_the_same_header, harmful, not_allowed.
    """

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: in which column, and which one of several (0 is the first)."""

    column: Column
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row: its line in the file, where line 1 is the first, and what stands in columns that are known.

    `columns` are those that the list has, whether the row says something in them or not.
    """

    line: int
    cells: tuple[Cell, ...]
    columns: frozenset[Column] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row. `column` is a header of the list, or a place in the object where there is none."""

    line: int
    column: str
    code: str


Body = Mapping[str, Any]
_NAMED: Mapping[str, Column] = {
    header: column for column in COLUMNS for header in (column.name, column.name.replace("_", " "), *column.headers)
}
_NUMBERED = re.compile(r"(.+?)[ _]([2-9])")
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


def slug_of(title: str) -> str:
    """
    Return the end of an address, made from a title.

    >>> slug_of("Kom innom på torsdager – åpen dør")
    'kom-innom-pa-torsdager-apen-dor'
    """
    letters = title.casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")


def rows_of(cells: Sequence[Sequence[str]]) -> list[Row]:
    """
    Return the rows under the headers; empty rows and columns that are not known are left out.

    :raises ListRefused: if there are no headers, or no or too many rows, or more than `LINES_MOST` with empty ones.
    """
    if len(cells) > LINES_MOST:
        raise ListRefused("too_many_rows")
    heads: list[tuple[Column, int] | None] = []
    rows = []
    for line, row in enumerate(cells, start=1):
        values = [_tidy(cell) for cell in row]
        if not any(values):
            continue
        if not heads:
            heads = _heads(values)
            continue
        told = (Cell(*head, value) for head, value in zip(heads, values, strict=False) if head and value)
        rows.append(Row(line, tuple(told), frozenset(head[0] for head in heads if head)))
    if not heads or not rows:
        raise ListRefused("empty")
    if len(rows) > ROWS_MOST:
        raise ListRefused("too_many_rows")
    return rows


def body_of(
    row: Row, *, today: date, review_on: date, known: Callable[[str], Body | None] = lambda _slug: None
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """
    Return the object that a row describes, for `domain.reading`, and the cells that cannot be read.

    `known` returns what stands here already under a short name: what the list has no column for stays as it is there.
    What a cell leaves open is left out: `domain.reading` says whether it must be there. But what is new and says
    nothing of its price is free, what names no first day is there from `today`, and what names no day of review gets
    `review_on`; what is known keeps its own.
    """
    cells, problems = _read(row)
    slug = next((value for cell, value in cells if cell.column.place == "slug"), "") or slug_of(
        next((value for cell, value in cells if cell.column.place == "title.nb"), "")
    )
    before = known(slug) or {}
    body = _left_alone(before, row.columns)
    groups: dict[str, dict[int, dict[str, Any]]] = {}
    for cell, value in cells:
        held = groups.setdefault(cell.column.group, {}).setdefault(cell.number, {}) if cell.column.group else body
        _put(held, cell.column.place, value)
    for group, numbered in groups.items():
        _put(body, group, [_whole(group, numbered[number]) for number in sorted(numbered)])
    cost = body.setdefault("cost", {})
    cost.setdefault("is_free", "amount" not in cost and "text" not in cost)
    body.setdefault("period", {}).setdefault("from", _at(before, "period.from") or today.isoformat())
    body.setdefault("review_on", before.get("review_on") or review_on.isoformat())
    body.setdefault("languages", before.get("languages") or ["nb"])
    body["slug"] = slug
    return body, problems


def _read(row: Row) -> tuple[list[tuple[Cell, Any]], tuple[Problem, ...]]:
    """What the cells of a row mean, and those that mean nothing."""
    cells: list[tuple[Cell, Any]] = []
    problems = []
    for cell in row.cells:
        try:
            cells.append((cell, value_of(cell.column.holds, cell.text)))
        except ValueError:
            code = "too_long" if len(cell.text) > CELL_MOST else f"not_{cell.column.holds}"
            problems.append(Problem(row.line, header_of(cell.column, cell.number), code))
    return cells, tuple(problems)


def _left_alone(before: Body, columns: Iterable[Column]) -> dict[str, Any]:
    """What a list says nothing of: `before`, without all that it has columns for."""
    left: dict[str, Any] = deepcopy(dict(before))
    for column in columns:
        place = column.group or column.place
        for whole in _WHOLES:
            if place.startswith(whole):
                for name in _WHOLES[whole]:
                    left.pop(name, None)
        _drop(left, place)
    return left


def table_of(bodies: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return a table of offers, the headers first, with as many places, times and numbers as the longest has."""
    counts = {group: max((len(_at(body, group) or ()) for body in bodies), default=1) for group in _GROUPS}
    heads = [
        (column, number)
        for column in COLUMNS
        for number in range(min(max(counts[column.group], 1), GROUPS_MOST) if column.group else 1)
    ]
    return [
        [header_of(*head) for head in heads],
        *([_as_cell(body, column, number) for column, number in heads] for body in bodies),
    ]


_GROUPS = ("places", "times", "contact.phones")
# What makes sense together only: whoever lists a part of it, lists all.
_WHOLES: Mapping[str, tuple[str, ...]] = {
    "cost": ("cost",),
    "certainty": ("certainty", "to_check"),
    "to_check": ("certainty", "to_check"),
}


def _as_cell(body: Mapping[str, Any], column: Column, number: int) -> str:
    held: Any = body
    if column.group:
        several = _at(body, column.group) or ()
        if number >= len(several):
            return ""
        held = several[number]
    value = _at(held, column.place)
    if value in (None, "", [], ()):
        return ""
    if column.holds is Holds.AREAS:
        return ", ".join(_area_words(each) for each in value)
    if column.holds is Holds.YES_NO:
        return "ja" if value else "nei"
    return ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)


def _area_words(area: Mapping[str, Any]) -> str:
    code, district = str(area.get("code") or "no"), area.get("district", "")
    return f"{code}:{district}" if district else code


def _heads(headers: Sequence[str]) -> list[tuple[Column, int] | None]:
    found = [_head(" ".join(header.casefold().rstrip(":* ").split())) for header in headers]
    known = [(head[0].name, head[1]) for head in found if head]
    if not {"title_nb", "slug"} & {name for name, _number in known}:
        raise ListRefused("no_headers")
    if len(known) != len(set(known)):
        raise ListRefused("twice_the_same_header")
    return found


def _head(header: str) -> tuple[Column, int] | None:
    if header in _NAMED:
        return _NAMED[header], 0
    numbered = _NUMBERED.fullmatch(header)
    column = _NAMED.get(numbered.group(1)) if numbered else None
    return (column, int(numbered.group(2)) - 1) if numbered and column and column.group else None


def _tidy(cell: str) -> str:
    text = cell.replace("\x00", " ").replace("\r\n", "\n").replace("\r", "\n").strip()
    # What `ui.spreadsheets` set before a sign that would begin a formula.
    return text[1:] if text.startswith("'") and text[1:].startswith(_SIGNS) else text


def _put(held: dict[str, Any], place: str, value: Any) -> None:
    *way, last = place.split(".")
    for name in way:
        held = held.setdefault(name, {})
    held[last] = value


def _at(held: Mapping[str, Any], place: str) -> Any:
    found: Any = held
    for name in place.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _drop(held: dict[str, Any], place: str) -> None:
    name, _, further = place.partition(".")
    if further and isinstance(held.get(name), dict):
        _drop(held[name], further)
    if not further or held.get(name) == {}:
        held.pop(name, None)


def _whole(group: str, told: dict[str, Any]) -> dict[str, Any]:
    """One of several, with what a table need not say of it."""
    if group == "places":
        postal = told.get("postal_code", "").removesuffix(".0")
        # Spreadsheets take a postal code for an amount, and its first zero away.
        told["postal_code"] = postal.zfill(4) if postal.isdigit() else postal
        return {"name": "", "street": "", "city": "", "municipality": "", **told}
    if group == "contact.phones":
        told["number"] = re.sub(r"[\s\u00a0]", "", str(told.get("number", ""))).removesuffix(".0")
    return told
