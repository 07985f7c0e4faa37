"""Whether two entries of the register may be one person: what speaks for it, and how much."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# From here on somebody is asked whether it is the same person.
WORTH_ASKING = 60
CLOSE_NAME = 0.6
_SURE = 100


class Reason(StrEnum):
    """What two persons have in common, the weightiest first."""

    SAME_NUMBER = "same_number"
    SAME_NAME = "same_name"
    SOUNDS_ALIKE = "sounds_alike"
    CLOSE_NAME = "close_name"
    SAME_BIRTH = "same_birth"
    CLOSE_BIRTH = "close_birth"
    SAME_PHONE = "same_phone"


@dataclass(frozen=True, slots=True)
class Compared:
    """
    What is known of two persons beside each other.

    `likeness` of their names goes from 0 to 1. A birth date that nobody knows is None.
    """

    same_number: bool = False
    same_name: bool = False
    same_sounds: bool = False
    likeness: float = 0.0
    born: date | None = None
    other_born: date | None = None
    same_phone: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely it is that they are one, from 0 to 100, and why."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def worth_asking(self) -> bool:
        return self.score >= WORTH_ASKING


def compare(compared: Compared) -> Verdict:
    """
    Say how likely two entries are one person.

    An equal number settles it. Otherwise a name counts for half, and a birth date for nearly
    as much: two of the same name whose birth dates are known and far from each other are two,
    and so are twins, whose names are not alike. It never decides: somebody is asked.

    >>> compare(Compared(same_sounds=True, born=date(1948, 5, 17), other_born=date(1948, 5, 17))).score
    92
    """
    if compared.same_number:
        return Verdict(_SURE, (Reason.SAME_NUMBER,))
    name, why = _name(compared)
    if why is None:
        return Verdict(0, ())
    birth, why_birth = _birth(compared.born, compared.other_born)
    phone = 20 if compared.same_phone else 0
    reasons = (why, why_birth, Reason.SAME_PHONE if phone else None)
    score = max(0, min(_SURE - 1, name + birth + phone))
    return Verdict(score, tuple(each for each in reasons if each is not None))


def _name(compared: Compared) -> tuple[int, Reason | None]:
    if compared.same_name:
        return 52, Reason.SAME_NAME
    if compared.same_sounds:
        return 50, Reason.SOUNDS_ALIKE
    if compared.likeness >= CLOSE_NAME:
        return round(45 * compared.likeness), Reason.CLOSE_NAME
    return 0, None


def _birth(one: date | None, other: date | None) -> tuple[int, Reason | None]:
    if one is None or other is None:
        return 10, None
    if one == other:
        return 42, Reason.SAME_BIRTH
    return (22, Reason.CLOSE_BIRTH) if _slip(one, other) else (-40, None)


def _slip(one: date, other: date) -> bool:
    """Whether one digit differs, or day and month have changed places."""
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    return sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1
