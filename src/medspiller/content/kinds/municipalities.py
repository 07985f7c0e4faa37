"""
Municipalities (kommuner) as they are in one calendar year: number and official name.

Numbers are those of Statistics Norway's classification 131. A name is the whole official
one, with all its languages in the order they were decided in. The first two digits are
the county's number, and that county must exist all through the year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.kinds.counties import COUNTIES, counties_in

_HEADINGS = {"year", "number", "name"}
_NUMBER = re.compile(r"[0-9]{4}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
NOT_STATED = "9999"  # stands for "Uoppgitt" in the classification; nobody lives there

Rows = tuple[Mapping[str, str], ...]


class Municipalities:
    """The kind `municipalities`: a table with the columns year, number and name."""

    name = "municipalities"
    folder = "municipalities"
    suffixes = frozenset({".csv"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield rows that are no municipality of the year the file is named after."""
        rows = _rows(definition)
        if not rows or set(rows[0]) != _HEADINGS:
            yield Problem(definition.file, "line 1", "the headings must be year, number and name, with rows below")
            return
        year = PurePosixPath(definition.file).stem
        if not _YEAR.fullmatch(year):
            yield Problem(definition.file, "", "must be named after its year, like 2026.csv")
        seen: set[str] = set()
        for line, row in enumerate(rows, start=2):
            for message in _misfits(row, year, seen):
                yield Problem(definition.file, f"line {line}", message)
            seen.add(row["number"])

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield, once each, counties that do not exist all through the year. Nothing while the counties are broken."""
        if COUNTIES.name in library.incomplete:
            return
        year = year_of(definition)
        first, last = date(year, 1, 1), date(year, 12, 31)
        existing = {
            county.number
            for counties in library.of_kind(COUNTIES.name)
            if counties.status is Status.ACTIVE
            for county in counties_in(counties)
            if first in county.period and last in county.period
        }
        told: set[str] = set()
        for line, row in enumerate(_rows(definition), start=2):
            county = row["number"][:2]
            if county not in existing and county not in told:
                told.add(county)
                message = f"{row['number']} {row['name']}: no county {county} exists all through {year}"
                yield Problem(definition.file, f"line {line}", message)

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "municipalities have no cases")


def year_of(definition: Definition) -> int:
    """Return the year that a definition that passed its check is about."""
    return int(_rows(definition)[0]["year"])


def names_in(definition: Definition) -> dict[str, str]:
    """Return name by number for a definition that passed its check."""
    return {row["number"]: row["name"] for row in _rows(definition)}


def _rows(definition: Definition) -> Rows:
    return definition.body  # type: ignore[return-value]


def _misfits(row: Mapping[str, str], year: str, seen: set[str]) -> Iterator[str]:
    number, name = row["number"], row["name"]
    if row["year"] != year:
        yield f"the year is {row['year']}, in the file of {year}"
    if not _NUMBER.fullmatch(number):
        yield f"{number or 'nothing'} is not a number of four digits"
    elif number == NOT_STATED:
        yield f"{number} stands for not stated and is no municipality"
    elif number in seen:
        yield f"{number} is there twice"
    if not name or name != name.strip():
        yield f"{number} has no name, or one with space around it"


MUNICIPALITIES = Municipalities()
