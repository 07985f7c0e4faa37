"""The catalogue of facts: what is asked of a carer, in which kind of words, and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.texts import Texts

HEADS = ("carer", "children", "recipient", "care")
# How many children there are. In the content it is `_count` under the head `children`.
CHILDREN = "children"
MOST_CHILDREN = 20
OLDEST_YEAR = 1900

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class FactKind(StrEnum):
    """
    In which kind of words a fact is answered.

    `money` is in kroner, `hours` and `percent` are numbers with decimals, `year` is no later than the
    reference date's, `month` is written 2026-11.
    """

    YES_NO = "yes_no"
    WHOLE = "whole"
    MONEY = "money"
    HOURS = "hours"
    PERCENT = "percent"
    YEAR = "year"
    MONTH = "month"
    CHOICE = "choice"


_USUAL = MappingProxyType(
    {
        FactKind.WHOLE: (0, 10_000),
        FactKind.MONEY: (0, 100_000_000),
        FactKind.HOURS: (0, 168),
        FactKind.PERCENT: (0, 100),
        FactKind.YEAR: (OLDEST_YEAR, None),
    }
)
_WHOLE_KINDS = frozenset({FactKind.WHOLE, FactKind.YEAR})


class NoSuchValue(ValueError):
    """A value that a fact cannot have; the message says what it must be."""


@dataclass(frozen=True, slots=True)
class KnownFact:
    """
    One fact that can be known of a carer's situation.

    `name` is as in the catalogue: `carer.employed`, `children.chronic`, and `children` for how many there are.
    Both `least` and `most` may be reached; None stands for what is common for the kind. `usual` is what most people
    would answer, for the order of questions alone; None if nothing is more usual than the rest.
    """

    name: str
    kind: FactKind
    ask: Texts
    why: Texts
    help: Texts | None = None
    least: int | None = None
    most: int | None = None
    choices: Mapping[str, Texts] = field(default_factory=dict)
    usual: Value | None = None

    @property
    def head(self) -> str:
        return self.name.split(".")[0]

    def bounds(self, on: date) -> tuple[int, int]:
        """Return the least and the most it can be on a reference date; both may be reached."""
        least, most = _USUAL.get(self.kind, (0, 0))
        most = on.year if most is None else most
        return (
            least if self.least is None else self.least,
            most if self.most is None else min(self.most, most) if self.kind is FactKind.YEAR else self.most,
        )

    def read(self, written: object, *, on: date) -> Value:
        """
        Return a value as facts hold it.

        :raises NoSuchValue: saying what it must be.
        """
        if self.kind is FactKind.YES_NO:
            if not isinstance(written, bool):
                raise NoSuchValue(f"must be true, false or null, not {shown(written)}")
            return written
        if self.kind is FactKind.CHOICE:
            if not isinstance(written, str) or written not in self.choices:
                raise NoSuchValue(f"{shown(written)} is none of {', '.join(self.choices)}")
            return written
        if self.kind is FactKind.MONTH:
            return _month(written)
        return self._number(written, on)

    def _number(self, written: object, on: date) -> int | Decimal:
        least, most = self.bounds(on)
        is_whole = self.kind in _WHOLE_KINDS
        what = "a whole number" if is_whole else "a number"
        if isinstance(written, bool) or not isinstance(written, int | float | Decimal):
            raise NoSuchValue(f"must be {what}, not {shown(written)}")
        number = written if isinstance(written, int) else _plain(Decimal(str(written)))
        if is_whole and not isinstance(number, int):
            raise NoSuchValue(f"must be {what}, not {shown(written)}")
        if self.kind is FactKind.YEAR and number > on.year:
            raise NoSuchValue(f"{shown(written)} is after the year of the reference date, {on.year}")
        if not least <= number <= most:
            raise NoSuchValue(f"must be {what} from {least} to {most}, not {shown(written)}")
        return number


Catalogue: TypeAlias = Mapping[str, KnownFact]


def shown(value: object) -> str:
    """Show a value in a message: in ASCII and short, however long it is."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a very large number"
    text = ascii(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _plain(number: Decimal) -> int | Decimal:
    if not number.is_finite():
        raise NoSuchValue("must be a number with an end")
    if abs(number) >= Decimal(10) ** 40:
        raise NoSuchValue("is too large a number")
    return int(number) if number == number.to_integral_value() else number


def _month(written: object) -> str:
    if not isinstance(written, str) or not _MONTH.fullmatch(written):
        raise NoSuchValue(f'must be a month such as "2026-11", not {shown(written)}')
    return written
