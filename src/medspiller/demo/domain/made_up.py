"""Numbers and addresses that can be nobody's: person numbers, telephone numbers, e-mail addresses."""

import unicodedata
from collections import Counter
from collections.abc import Collection
from datetime import date

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# Skatteetaten's synthetic persons have 80 added to the month.
_SYNTHETIC_MONTH = 80
_TELEPHONES = 1_000_000
# What letters become that are no others with a mark on.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ł": "l", " ": "."})


class NoNumberLeft(LookupError):
    """All synthetic numbers of a day are given out."""


class PersonNumbers:
    """
    Synthetic person numbers, each given once. Asked for the same days in the same order, they are the same.

    Those whose three digits after the date are from `first` on, and before `end`, of the 500 that a century has.
    """

    def __init__(self, *, taken: Collection[str] = (), first: int = 0, end: int = 500):
        self._taken = frozenset(taken)
        self._first, self._end = first, end
        self._given: Counter[date] = Counter()

    def number(self, born: date) -> str:
        """
        Return the next number of somebody born on a day.

        :raises NoNumberLeft: if there are no more.
        """
        for series in range(self._first + self._given[born], self._end):
            # The first of the three digits tells the century: 000-499 the one of 1900, 500-999 the one of 2000.
            digits = _with_control(
                f"{born:%d}{born.month + _SYNTHETIC_MONTH}{born:%y}{series + 500 * (born.year >= 2000):03}"
            )
            if digits and digits not in self._taken:
                self._given[born] = series + 1 - self._first
                return digits
        raise NoNumberLeft(f"{born:%Y-%m}")


def telephone(number: int) -> str:
    """Return a telephone number that Norway gives to nobody: two zeros stand where every number has 2 to 9."""
    return f"+4700{number % _TELEPHONES:06}"


def mail(given_name: str, family_name: str, number: int | None = None) -> str:
    """Return an address under a name that is kept for examples (RFC 2606)."""
    letters = unicodedata.normalize("NFKD", f"{given_name}.{family_name}".lower().translate(_LETTERS))
    plain = letters.encode("ascii", "ignore").decode()
    return f"{plain}{'' if number is None else number}@example.org"


def _with_control(nine: str) -> str:
    """Return nine digits with their two control digits; empty if they have none."""
    first = _control(nine, _FIRST_WEIGHTS)
    second = _control(f"{nine}{first}", _SECOND_WEIGHTS)
    return f"{nine}{first}{second}" if first < 10 and second < 10 else ""


def _control(digits: str, weights: tuple[int, ...]) -> int:
    return -sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
