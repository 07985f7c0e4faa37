"""Two entries of the register that are one person: which details stay, and how periods of both become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.persons import ProtectedAddress

REASON_MOST = 500
REASON_FEWEST = 10
NUMBER = "person_number"
DETAILS = (
    "given_name",
    "family_name",
    "birth_date",
    "died_on",
    "gender",
    "language",
    "needs_interpreter",
    "preferred_channel",
    "best_time",
    "wants_notices",
)
# Not chosen: whoever is protected in one of the entries stays so.
PROTECTED = "protected_address"
_GRADES = [ProtectedAddress.NONE.value, ProtectedAddress.CONFIDENTIAL.value, ProtectedAddress.STRICT.value]


class Side(StrEnum):
    """Which of the two entries a detail is taken from."""

    KEPT = "kept"
    GONE = "gone"


class MergeRefused(MedspillerError):
    """
    Two entries cannot become one; `problem` is a code.

    same, merged, related (they are registered as something to each other, or as speaking of each
    other: then they are two), accounts (both sign in), ages, both_ways, no_reason, too_long.
    """

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class UndoRefused(MedspillerError):
    """A merge cannot be undone; `problem` is a code: undone, merged_further or changed."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stored period in [start, end)."""

    id: UUID
    start: date
    end: date | None


def ensure_reason(reason: str) -> None:
    """
    Accept a reason that says something.

    :raises MergeRefused: if it does not, or says too much.
    """
    if len(reason) < REASON_FEWEST:
        raise MergeRefused("no_reason")
    if len(reason) > REASON_MOST:
        raise MergeRefused("too_long")


def details_to_change(
    kept: Mapping[str, object], gone: Mapping[str, object], chosen: Mapping[str, Side]
) -> dict[str, object]:
    """
    Return what the kept entry says from now on where that is something else than before.

    What was not chosen stays as it is, or is filled from the other where nothing was known.
    The stricter of two protections always holds.

    >>> details_to_change({"language": ""}, {"language": "so"}, {})
    {'language': 'so'}
    """
    changes = {}
    for name in DETAILS:
        if name not in kept or kept[name] == gone[name]:
            continue
        side = chosen.get(name, Side.GONE if kept[name] in ("", None) else Side.KEPT)
        if side is Side.GONE:
            changes[name] = gone[name]
    if PROTECTED in kept and _GRADES.index(str(gone[PROTECTED])) > _GRADES.index(str(kept[PROTECTED])):
        changes[PROTECTED] = gone[PROTECTED]
    return changes


def spread(spells: Sequence[Spell], *, start: date, end: date | None) -> list[Spell]:
    """
    Return spells in a row, none empty, that together also hold through [start, end), which each of them overlaps.

    A gap between two of them is filled by the earlier one.
    """
    ordered = sorted(spells, key=lambda each: each.start)
    made = []
    for number, each in enumerate(ordered):
        last = number == len(ordered) - 1
        begins = min(each.start, start) if number == 0 else each.start
        ends = _later(each.end, end) if last else ordered[number + 1].start
        made.append(Spell(each.id, begins, ends))
    return made


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
