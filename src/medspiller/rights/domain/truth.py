"""Three-valued logic (Kleene): what is not known stays unknown, and never becomes no."""

from collections.abc import Iterable
from enum import StrEnum


class Truth(StrEnum):
    """Whether something holds, as far as is known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __invert__(self) -> "Truth":
        return _OPPOSITE[self]


_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def truth_of(value: bool | None) -> Truth:
    """Read a fact that is yes, no or not known."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.YES if value else Truth.NO


def all_hold(truths: Iterable[Truth]) -> Truth:
    """Return no if one is no, else unknown if one is, else yes. Nothing at all holds."""
    found = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def some_hold(truths: Iterable[Truth]) -> Truth:
    """Return yes if one is yes, else unknown if one is, else no. Nothing at all does not hold."""
    found = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found
