"""A list of patients as a file: which columns it has, and what is wrong with its rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.persons import (
    DetailsInvalid,
    PersonDetails,
    ProtectedAddress,
    ensure_valid,
    number_digits,
    tidy,
)

SIZE_MOST = 10 * 1024 * 1024
ROWS_MOST = 20_000
# Besides the rows there are headers, and lines above and between them.
LINES_MOST = ROWS_MOST + 100
COLUMNS_MOST = 60
CELL_MOST = 500
BATCH = 200
# More would hide what matters; that there are more is counted.
PROBLEMS_MOST = 1000
_FORMULA = ("=", "+", "@", "\t")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T ]00:00(:00)?)?")


class Column(StrEnum):
    """What a column holds, by the name that stands in every language's list."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    PERSON_NUMBER = "person_number"
    PROTECTED_ADDRESS = "protected_address"


# Headers as people write them, in small letters; the first of each language is the one of the template.
HEADERS: Mapping[Column, Mapping[str, tuple[str, ...]]] = {
    Column.GIVEN_NAME: {"nb": ("fornavn",), "nn": ("førenamn", "fornamn"), "en": ("given name", "first name")},
    Column.FAMILY_NAME: {
        "nb": ("etternavn",),
        "nn": ("etternamn",),
        "en": ("family name", "last name", "surname"),
    },
    Column.BIRTH_DATE: {
        "nb": ("fødselsdato", "født"),
        "nn": ("fødselsdato", "fødd"),
        "en": ("date of birth", "birth date", "born"),
    },
    Column.PERSON_NUMBER: {
        "nb": ("fødselsnummer", "personnummer", "fnr", "d-nummer"),
        "nn": ("fødselsnummer", "personnummer"),
        "en": ("national identity number", "person number"),
    },
    Column.PROTECTED_ADDRESS: {
        "nb": ("adressesperre", "adressebeskyttelse"),
        "nn": ("adressesperre", "adressevern"),
        "en": ("protected address",),
    },
}
GRADES: Mapping[str, ProtectedAddress] = {
    "": ProtectedAddress.NONE,
    "ingen": ProtectedAddress.NONE,
    "none": ProtectedAddress.NONE,
    "ugradert": ProtectedAddress.NONE,
    "fortrolig": ProtectedAddress.CONFIDENTIAL,
    "fortruleg": ProtectedAddress.CONFIDENTIAL,
    "confidential": ProtectedAddress.CONFIDENTIAL,
    "strengt fortrolig": ProtectedAddress.STRICT,
    "strengt fortruleg": ProtectedAddress.STRICT,
    "strictly confidential": ProtectedAddress.STRICT,
}
_BY_HEADER = {
    header: column for column, names in HEADERS.items() for headers in names.values() for header in headers
} | {column.value: column for column in Column}


class ListRefused(MedspillerError):
    """
    A file is no list that can be read; `problem` is a code.

    empty, too_large, too_many_rows, not_a_table, no_headers, twice_the_same_header, harmful, not_allowed.
    """

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row, and where; never what stands there. Line 1 is the first line of the file."""

    line: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and what stands in the columns that are known."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)


def rows_of(cells: Sequence[Sequence[str]]) -> list[Row]:
    """
    Return the rows under the headers, empty ones left out. Columns that are not known are left out too.

    :raises ListRefused: if there are no headers, or no or too many rows, or more than `LINES_MOST` with empty ones.
    """
    if len(cells) > LINES_MOST:
        raise ListRefused("too_many_rows")
    columns: list[Column | None] = []
    rows = []
    for line, row in enumerate(cells, start=1):
        values = [" ".join(cell.replace("\x00", " ").split()) for cell in row]
        if not any(values):
            continue
        if not columns:
            columns = _columns(values)
            continue
        told = {column.value: value for column, value in zip(columns, values, strict=False) if column and value}
        rows.append(Row(line, told))
    if not columns or not rows:
        raise ListRefused("empty")
    if len(rows) > ROWS_MOST:
        raise ListRefused("too_many_rows")
    return rows


def read(row: Row, *, today: date) -> tuple[PersonDetails, tuple[RowProblem, ...]]:
    """Return what a row tells of a person, and everything that is wrong with it."""
    wrong: dict[str, str] = {}
    cells = {column: row.cells.get(column.value, "") for column in Column}
    for column, cell in cells.items():
        if cell.startswith(_FORMULA) or len(cell) > CELL_MOST:
            wrong[column] = "formula" if len(cell) <= CELL_MOST else "too_long"
    grade = GRADES.get(cells[Column.PROTECTED_ADDRESS].casefold())
    if grade is None:
        wrong.setdefault(Column.PROTECTED_ADDRESS, "not_a_grade")
    born = _day(cells[Column.BIRTH_DATE])
    if cells[Column.BIRTH_DATE] and born is None:
        wrong.setdefault(Column.BIRTH_DATE, "not_a_date")
    number = number_digits(cells[Column.PERSON_NUMBER])
    # Spreadsheets take a number for an amount, and its first zero away.
    number = f"0{number}" if re.fullmatch(r"[0-9]{10}", number) else number
    details = tidy(
        PersonDetails(
            given_name=cells[Column.GIVEN_NAME],
            family_name=cells[Column.FAMILY_NAME],
            birth_date=born,
            person_number=number,
            protected_address=grade or ProtectedAddress.NONE,
        )
    )
    try:
        ensure_valid(details, today=today)
    except DetailsInvalid as refusal:
        wrong = dict(refusal.problems) | wrong
    if not cells[Column.BIRTH_DATE] and not number:
        # Without either nobody could tell, the next time, that it is the same person.
        wrong.setdefault(Column.BIRTH_DATE, "date_or_number")
    return details, tuple(RowProblem(row.line, str(column), code) for column, code in wrong.items())


def repeated(row: Row, details: PersonDetails, seen: dict[str, int]) -> RowProblem | None:
    """Return the problem if an earlier row told of the same person; remember this one otherwise."""
    by_number = bool(details.person_number)
    born = details.birth_date.isoformat() if details.birth_date else ""
    key = details.person_number or f"{details.given_name} {details.family_name} {born}".casefold()
    if key in seen:
        column = Column.PERSON_NUMBER if by_number else Column.GIVEN_NAME
        return RowProblem(row.line, column.value, "twice")
    seen[key] = row.line
    return None


def _columns(headers: Sequence[str]) -> list[Column | None]:
    found = [_BY_HEADER.get(header.casefold().rstrip(":* ")) for header in headers]
    known = [each for each in found if each]
    if not {Column.GIVEN_NAME, Column.FAMILY_NAME} & set(known):
        raise ListRefused("no_headers")
    if len(known) != len(set(known)):
        raise ListRefused("twice_the_same_header")
    return found


def _day(cell: str) -> date | None:
    iso, said = _ISO.fullmatch(cell), _DAY.fullmatch(cell)
    parts = iso.groups()[:3] if iso else said.groups()[::-1] if said else ()
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None
