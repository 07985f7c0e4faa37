"""
Counties (fylker): numbers, names and the periods in which they exist.

One file tells all counties of a stretch of time. Numbers are those of Statistics Norway's
classification 104. Periods are half-open; `valid_to: null` means it still exists.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.core.periods import EndBeforeStart, Period

LANGUAGES = ("nb", "nn", "se", "sma", "smj", "fkv")

_TEXT = {"type": "string", "pattern": r"^\S(.*\S)?$", "description": "text without space around it"}
_DAY = {"type": ["string", "null"], "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "2024-01-01"}
_SHAPE = Shape(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["url", "version", "status", "counties"],
        "properties": {
            "url": _TEXT,
            "version": _TEXT,
            "status": _TEXT,
            "counties": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["number", "name", "names", "valid_from", "valid_to", "source"],
                    "properties": {
                        "number": {"type": "string", "pattern": "^[0-9]{2}$", "description": '"03"'},
                        "name": _TEXT,
                        "names": {
                            "type": "object",
                            "required": ["nb"],
                            "additionalProperties": False,
                            "properties": dict.fromkeys(LANGUAGES, _TEXT),
                        },
                        "valid_from": {**_DAY, "type": "string"},
                        "valid_to": _DAY,
                        "source": {**_TEXT, "pattern": "^https://", "description": "https://…"},
                    },
                },
            },
        },
    }
)


@dataclass(frozen=True, slots=True)
class County:
    """
    One county in one period. `name` is the whole official one; `names` has its parts by language.

    Languages are `nb`, `nn` (where it differs), `se`, `sma` and `smj` (Northern, Southern and
    Lule Sámi) and `fkv` (Kven).
    """

    number: str
    name: str
    names: Mapping[str, str]
    period: Period
    source: str


class Counties:
    """The kind `counties`."""

    name = "counties"
    folder = "counties"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape, days and names, and numbers that two counties have at once."""
        misfits = [*_SHAPE.problems(definition)]
        misfits = misfits or [*_day_problems(definition), *_name_problems(definition)]
        yield from misfits or _overlaps(definition)

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterable[Problem]:
        return ()

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "counties have no cases")


def counties_in(definition: Definition) -> tuple[County, ...]:
    """Return the counties of a definition that passed its check, in the order of the file."""
    return tuple(
        County(
            number=item["number"],
            name=item["name"],
            names=item["names"],
            period=_period(item),
            source=item["source"],
        )
        for item in _items(definition)
    )


def _items(definition: Definition) -> tuple[Mapping[str, Any], ...]:
    return definition.body["counties"]  # type: ignore[call-overload, index, return-value]


def _period(item: Mapping[str, Any]) -> Period:
    end = item["valid_to"]
    return Period(date.fromisoformat(item["valid_from"]), date.fromisoformat(end) if end else None)


def _day_problems(definition: Definition) -> Iterator[Problem]:
    for index, item in enumerate(_items(definition)):
        try:
            _period(item)
        except EndBeforeStart as fault:
            yield Problem(definition.file, f"counties[{index}].valid_to", str(fault))
        except ValueError:
            yield Problem(definition.file, f"counties[{index}]", "valid_from or valid_to is no day of the calendar")


def _name_problems(definition: Definition) -> Iterator[Problem]:
    for index, item in enumerate(_items(definition)):
        parts, named = set(item["name"].split(" - ")), set(item["names"].values())
        if parts != named:
            message = f"{item['name']} is not made of the names in each language: {' - '.join(item['names'].values())}"
            yield Problem(definition.file, f"counties[{index}].name", message)


def _overlaps(definition: Definition) -> Iterator[Problem]:
    for (_, one), (index, other) in combinations(enumerate(counties_in(definition)), 2):
        if one.number == other.number and one.period.overlaps(other.period):
            message = f"{other.number} is {one.name} and {other.name} at the same time"
            yield Problem(definition.file, f"counties[{index}].number", message)


COUNTIES = Counties()
