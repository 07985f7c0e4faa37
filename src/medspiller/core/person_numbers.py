"""
Whether eleven digits are a Norwegian person number, and of which kind.

Nothing is looked up: a number may be well formed and nobody's. Neither sex nor age is ever
read out of it; both come from the person or the register, since a number keeps what was
believed when it was given. Rules: folkeregisterforskriften § 2-2-1, and the tax
administration's description of numbers given from 2032.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# Numbers given from 2032 may leave these rests at the first control digit, so that there are enough of them.
_RESTS_FROM_2032 = (1, 2, 3)
_D_DAY, _H_MONTH, _SYNTHETIC_MONTH = 40, 40, 80


class Kind(StrEnum):
    """Who gives a number out: the register (fnr, and dnr for those who stay shortly), a hospital, or nobody at all."""

    FNR = "fnr"
    DNR = "dnr"
    HNR = "hnr"
    SYNTHETIC = "synthetic"


class Fault(StrEnum):
    """Why a number is not accepted."""

    LENGTH = "length"
    CHECKSUM = "checksum"
    DATE = "date"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What can be said of a number by looking at it.

    `kind` is None where there are not eleven digits. `birth_date` is the one the number was
    made from; None where its century cannot be known.
    """

    kind: Kind | None
    faults: tuple[Fault, ...]
    birth_date: date | None

    @property
    def valid(self) -> bool:
        return not self.faults


def check(value: str, *, test: bool = False) -> Checked:
    """
    Check form, control digits and date of a number.

    Synthetic numbers have 80 added to the month; no person ever has one, so they are
    accepted only where `test` says that no real people are about.
    """
    if not _ELEVEN_DIGITS.fullmatch(value):
        return Checked(kind=None, faults=(Fault.LENGTH,), birth_date=None)
    day, month, year, individual = int(value[:2]), int(value[2:4]), int(value[4:6]), int(value[6:9])
    kind = _kind(day=day, month=month)
    day = day - _D_DAY if day > _D_DAY else day
    month = month - _SYNTHETIC_MONTH if month > _SYNTHETIC_MONTH else month - _H_MONTH if month > _H_MONTH else month
    rest, second_holds = _control(value)

    faults = []
    if rest not in (0, *_RESTS_FROM_2032) or not second_holds:
        faults.append(Fault.CHECKSUM)
    # From 2032 the three digits after the date no longer tell the century.
    century = _century(year=year, individual=individual) if rest == 0 else None
    possible = [_day(hundred + year, month, day) for hundred in ([century] if century else [1800, 1900, 2000])]
    if not any(possible):
        faults.append(Fault.DATE)
    if kind is Kind.SYNTHETIC and not test:
        faults.append(Fault.SYNTHETIC)
    return Checked(kind=kind, faults=tuple(faults), birth_date=possible[0] if century else None)


def _kind(*, day: int, month: int) -> Kind:
    if month > _SYNTHETIC_MONTH:
        return Kind.SYNTHETIC
    if month > _H_MONTH:
        return Kind.HNR
    return Kind.DNR if day > _D_DAY else Kind.FNR


def _control(value: str) -> tuple[int, bool]:
    """Return the rest that the first control digit leaves, and whether the second is right."""
    digits = [int(digit) for digit in value]
    rest = (sum(weight * digit for weight, digit in zip(_FIRST_WEIGHTS, digits, strict=False)) + digits[9]) % 11
    total = sum(weight * digit for weight, digit in zip(_SECOND_WEIGHTS, digits, strict=False))
    return rest, (total + digits[10]) % 11 == 0


def _century(*, year: int, individual: int) -> int | None:
    if individual < 500:
        return 1900
    if year < 40:
        return 2000
    if individual >= 900:
        return 1900
    return 1800 if year >= 54 and individual < 750 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
