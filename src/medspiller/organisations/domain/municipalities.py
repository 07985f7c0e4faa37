"""
Municipalities: numbers, which change at reforms, and names, some official in several languages.

Statistics Norway writes the languages of one name with " - " between them (a hyphen
without blanks, as in Nord-Fron, belongs to the name) and tells namesakes apart by county
in brackets.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from medspiller.core.errors import MedspillerError
from medspiller.core.periods import Period

# "Uoppgitt" in Statistics Norway's lists: no municipality.
UNSPECIFIED = "9999"

_NUMBER = re.compile(r"[0-9]{4}")
_QUALIFIED = re.compile(r"(?P<name>.+?) \((?P<county>[^()]+)\)")

# Which part of a name in several languages is the Norwegian one cannot be told from the
# text: the order follows each municipality's own decision. These are those in use from
# 2022 to 2026; a name that is not here is shown whole.
_NORWEGIAN_PARTS = frozenset({
    "Evenes", "Fauske", "Gratangen", "Hamarøy", "Hammerfest", "Harstad", "Hattfjelldal", "Karasjok", "Kautokeino",
    "Kåfjord", "Lavangen", "Levanger", "Lyngen", "Namsos", "Nesseby", "Nordreisa", "Oslo", "Porsanger", "Rana",
    "Røros", "Røyrvik", "Snåsa", "Sortland", "Steinkjer", "Storfjord", "Sørfold", "Tana", "Tjeldsund", "Trondheim",
})  # fmt: skip


class YearNotKnown(MedspillerError):
    """The register of municipalities does not reach back to that year, or is empty (`known` is then empty)."""

    def __init__(self, *, year: int, known: Sequence[int]):
        self.year, self.known = year, tuple(known)
        super().__init__(f"no municipalities are known for {year}")


class RegisterProblem(MedspillerError):
    """A list of municipalities or counties cannot be published. `problems` has all there are."""

    def __init__(self, problems: Sequence[str]):
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True)
class MunicipalityName:
    """`official` is kept as published; `norwegian` is for display, `others` are the remaining languages'."""

    official: str
    norwegian: str
    others: tuple[str, ...] = ()

    @classmethod
    def parse(cls, official: str) -> "MunicipalityName":
        """
        Read a name as Statistics Norway writes it.

        >>> MunicipalityName.parse("Gáivuotna - Kåfjord - Kaivuono").norwegian
        'Kåfjord'
        >>> MunicipalityName.parse("Våler (Innlandet)").norwegian
        'Våler'
        """
        qualified = _QUALIFIED.fullmatch(official)
        parts = (qualified["name"] if qualified else official).split(" - ")
        if len(parts) == 1:
            return cls(official=official, norwegian=parts[0])
        norwegian = next((part for part in parts if part in _NORWEGIAN_PARTS), None)
        if norwegian is None:
            return cls(official=official, norwegian=official)
        return cls(official=official, norwegian=norwegian, others=tuple(part for part in parts if part != norwegian))


@dataclass(frozen=True, slots=True)
class MunicipalityFact:
    """
    A municipality as the register of `year` has it.

    `carried_forward` says that it was asked for a later year, whose register is not
    published here yet: true until somebody knows better.
    """

    number: str
    name: MunicipalityName
    year: int
    carried_forward: bool = False

    @property
    def county_number(self) -> str:
        return county_number(self.number)


@dataclass(frozen=True, slots=True)
class CountyFact:
    """
    A county (fylke) and the days on which its number and names hold.

    `names` has the name in each language, `name` the official one with all of them, and
    `source` is where that can be checked.
    """

    number: str
    period: Period
    name: str
    names: Mapping[str, str]
    source: str

    def in_language(self, language: str) -> str:
        """Return the name in a language, else the Norwegian one."""
        return self.names.get(language) or self.names.get("nb") or self.name


def county_number(municipality_number: str) -> str:
    """Return the number of the county a municipality lies in: its first two digits."""
    return municipality_number[:2]


def year_in_force(*, on: date, known: Sequence[int]) -> int:
    """
    Return the year whose register holds on a day: that year's, else the newest before it.

    :raises YearNotKnown: if the day is before all of them. A later register says nothing of it.
    """
    earlier = [year for year in known if year <= on.year]
    if not earlier:
        raise YearNotKnown(year=on.year, known=sorted(known))
    return max(earlier)


def read_register(text: str) -> dict[str, str]:
    """
    Read a list with the columns `kommunenummer` and `navn`, leaving out "Uoppgitt".

    :raises RegisterProblem: if it has other columns, or a number twice.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if rows.fieldnames is None or not {"kommunenummer", "navn"} <= set(rows.fieldnames):
        raise RegisterProblem(["the columns kommunenummer and navn are missing"])
    names: dict[str, str] = {}
    twice: list[str] = []
    for row in rows:
        number = row["kommunenummer"] or ""
        if number in names:
            twice.append(f"{number}: listed twice")
        if number != UNSPECIFIED:
            names[number] = (row["navn"] or "").strip()
    if twice:
        raise RegisterProblem(twice)
    return names


def ensure_publishable(*, year: int, names: Mapping[str, str]) -> None:
    """
    Accept one year's municipalities.

    :raises RegisterProblem: listing everything that is wrong. An empty list is refused: it
        would take every municipality away.
    """
    problems = [] if 1838 <= year <= 9999 else [f"{year}: there were no municipalities then"]
    if not names:
        problems.append(f"{year}: no municipality is listed")
    for number, name in names.items():
        if not _NUMBER.fullmatch(number) or number == UNSPECIFIED:
            problems.append(f"{number}: no municipality number")
        if not name.strip():
            problems.append(f"{number}: has no name")
    if problems:
        raise RegisterProblem(problems)


def ensure_counties_publishable(counties: Sequence[CountyFact]) -> None:
    """
    Accept a list of counties.

    :raises RegisterProblem: listing everything that is wrong, two of a number on the same day included.
    """
    problems = [] if counties else ["no county is listed"]
    for place, county in enumerate(counties):
        if not re.fullmatch(r"[0-9]{2}", county.number):
            problems.append(f"{county.number}: no county number")
        if not county.name.strip() or not county.names.get("nb", "").strip():
            problems.append(f"{county.number}: has no Norwegian name")
        if not county.source.strip():
            problems.append(f"{county.number}: has no source")
        if any(county.number == other.number and county.period.overlaps(other.period) for other in counties[:place]):
            problems.append(f"{county.number}: listed twice for {county.period.start}")
    if problems:
        raise RegisterProblem(problems)
