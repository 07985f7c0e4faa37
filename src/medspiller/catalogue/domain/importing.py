"""
A list of offers as a table: what its columns are called, and what each row says.

A row says the same as the object of `domain.reading`, in cells. Places, times and telephone numbers of which there
are several have their number behind the header: `sted 2`. A row is read by `domain.reading` in the end; here its
cells are only put where that looks for them.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from medspiller.catalogue.domain.entries import SLUG_LENGTH
from medspiller.catalogue.domain.import_columns import COLUMNS, Column, Holds, header_of
from medspiller.core.errors import MedspillerError

SIZE_MOST = 10 * 1024 * 1024
ROWS_MOST = 1_000
COLUMNS_MOST = 200
CELL_MOST = 20_000
# How many of a kind one row may have: `sted 5`.
GROUPS_MOST = 9


class ListRefused(MedspillerError):
    """
    A file is no list that can be read; `problem` is a code.

    empty, too_large, too_many_rows, not_a_table, no_headers, twice_the_same_header, harmful.
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
    """One row: its line in the file, where line 1 is the first, and what stands in columns that are known."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row. `column` is a header of the list, or a place in the object where there is none."""

    line: int
    column: str
    code: str


_NAMED: Mapping[str, Column] = {
    header: column for column in COLUMNS for header in (column.name, column.name.replace("_", " "), *column.headers)
}
_NUMBERED = re.compile(r"(.+?)[ _]([2-9])")
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_YES = frozenset({"ja", "yes", "true", "sant", "1", "x"})
_NO = frozenset({"nei", "no", "false", "usant", "0"})
# The first two letters of each day, in the three languages.
_WEEKDAYS = {
    "ma": 1,
    "må": 1,
    "mo": 1,
    "ti": 2,
    "ty": 2,
    "tu": 2,
    "on": 3,
    "we": 3,
    "to": 4,
    "th": 4,
    "fr": 5,
    "lø": 6,
    "la": 6,
    "sa": 6,
    "sø": 7,
    "su": 7,
}
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?")
# Day 0 of spreadsheets, which believe that 1900 was a leap year.
_SPREADSHEET_DAY = date(1899, 12, 30)
_DAY_MINUTES = 24 * 60
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


def cells_of_csv(content: bytes) -> list[list[str]]:
    """
    Return the cells of a table as text: UTF-8, UTF-16 or the Windows alphabet of western Europe.

    Between cells there are semicolons, commas or tabs, whichever the first line has most of.

    :raises ListRefused: if it is no text, or has far too many rows.
    """
    text = _text(content)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    cells = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells.append([cell[: CELL_MOST + 1] for cell in row[:COLUMNS_MOST]])
            if len(cells) > ROWS_MOST + 100:
                raise ListRefused("too_many_rows")
    except csv.Error:
        raise ListRefused("not_a_table") from None
    return cells


def rows_of(cells: Iterable[Sequence[str]]) -> list[Row]:
    """
    Return the rows under the headers; empty rows and columns that are not known are left out.

    :raises ListRefused: if there are no headers, or no or too many rows.
    """
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
        rows.append(Row(line, tuple(told)))
    if not heads or not rows:
        raise ListRefused("empty")
    if len(rows) > ROWS_MOST:
        raise ListRefused("too_many_rows")
    return rows


def body_of(row: Row, *, today: date, review_on: date) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """
    Return the object that a row describes, for `domain.reading`, and the cells that cannot be read.

    What a cell leaves open is left out: `domain.reading` says whether it must be there. But what says nothing of its
    price is free, what names no first day is there from `today`, and what names no day of review gets `review_on`.
    """
    body: dict[str, Any] = {}
    groups: dict[str, dict[int, dict[str, Any]]] = {}
    problems = []
    for cell in row.cells:
        try:
            value = _value(cell.column.holds, cell.text)
        except ValueError:
            code = "too_long" if len(cell.text) > CELL_MOST else f"not_{cell.column.holds}"
            problems.append(Problem(row.line, header_of(cell.column, cell.number), code))
            continue
        held = groups.setdefault(cell.column.group, {}).setdefault(cell.number, {}) if cell.column.group else body
        _put(held, cell.column.place, value)
    for group, numbered in groups.items():
        _put(body, group, [_whole(group, numbered[number]) for number in sorted(numbered)])
    cost = body.setdefault("cost", {})
    cost.setdefault("is_free", "amount" not in cost and "text" not in cost)
    body.setdefault("period", {}).setdefault("from", today.isoformat())
    body.setdefault("review_on", review_on.isoformat())
    body.setdefault("languages", ["nb"])
    body.setdefault("slug", slug_of(body.get("title", {}).get("nb", "")))
    return body, tuple(problems)


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


def _value(holds: Holds, text: str) -> Any:
    if len(text) > CELL_MOST:
        raise ValueError(holds)
    return _READERS[holds](text)


def _list(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"[,;|\n]", text) if each.strip()]


def _codes(text: str) -> list[str]:
    return [each.casefold().replace("_", "-") for each in _list(text)]


def _whole_number(text: str) -> int:
    return int(text.removesuffix(".0"))


def _money(text: str) -> int | float:
    tidied = re.sub(r"[\s\u00a0]|kr\.?|,-$", "", text.casefold()).replace(",", ".")
    if not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", tidied):
        raise ValueError(text)
    return float(tidied) if "." in tidied else int(tidied)


def _yes_no(text: str) -> bool:
    said = text.casefold().removesuffix(".0")
    if said not in _YES | _NO:
        raise ValueError(text)
    return said in _YES


def _day(text: str) -> str:
    iso, said = _ISO.fullmatch(text), _DAY.fullmatch(text)
    if re.fullmatch(r"\d{5}(\.0)?", text):
        return (_SPREADSHEET_DAY + timedelta(days=_whole_number(text))).isoformat()
    parts = iso.groups() if iso else said.groups()[::-1] if said else ()
    if not parts:
        raise ValueError(text)
    return date(*(int(part) for part in parts)).isoformat()


def _time(text: str) -> str:
    # A spreadsheet's time is a part of a day.
    if re.fullmatch(r"0?\.\d{3,}|0?\.\d|0?\.[27]5", text):
        minutes = round(float(text) * _DAY_MINUTES)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    said = _CLOCK.fullmatch(text.casefold().removeprefix("kl.").removeprefix("kl").strip())
    if not said or int(said.group(1)) > 23 or int(said.group(2) or 0) > 59:
        raise ValueError(text)
    return f"{int(said.group(1)):02}:{int(said.group(2) or 0):02}"


def _areas(text: str) -> list[dict[str, str]]:
    return [_area(each) for each in _list(text)]


def _area(text: str) -> dict[str, str]:
    code, _, district = (part.strip() for part in text.partition(":"))
    if code.casefold() in ("no", "norge", "noreg", "hele landet"):
        return {"kind": "national"}
    if not code.isascii() or not code.isdigit() or len(code) not in (2, 4):
        raise ValueError(text)
    if district and len(code) == 4:
        return {"kind": "district", "code": code, "district": district}
    return {"kind": "county" if len(code) == 2 else "municipality", "code": code}


def _weekdays(text: str) -> list[int]:
    days = []
    for each in re.split(r"[,;|\s]+", text.casefold()):
        day = int(each) if each.isdigit() else _WEEKDAYS.get(each[:2], 0)
        if not 1 <= day <= 7:
            raise ValueError(text)
        days.append(day)
    return sorted(set(days))


_READERS: Mapping[Holds, Callable[[str], Any]] = {
    Holds.TEXT: str,
    Holds.CODE: lambda text: text.casefold().replace("_", "-"),
    Holds.CODES: _codes,
    Holds.WORDS: _list,
    Holds.WHOLE: _whole_number,
    Holds.MONEY: _money,
    Holds.YES_NO: _yes_no,
    Holds.DAY: _day,
    Holds.TIME: _time,
    Holds.AREAS: _areas,
    Holds.WEEKDAYS: _weekdays,
}


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


def _text(content: bytes) -> str:
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if b"\x00" in content:
            raise ListRefused("not_a_table")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ListRefused("not_a_table") from None
        # Every byte is a letter there: what is no list after that has no headers.
        return content.decode("cp1252", errors="replace")
