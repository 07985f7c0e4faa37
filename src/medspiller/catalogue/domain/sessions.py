"""A dated meeting of an offer: what is planned, and what can be said of its seats without knowing who has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from medspiller.catalogue.domain.offers import Place, Texts
from medspiller.core.errors import InvalidInput

OSLO = ZoneInfo("Europe/Oslo")
MOST_SEATS = 1000
MOST_MEETINGS = 60
LONGEST = timedelta(days=14)
# Why a meeting is cancelled, in each language.
REASON_LENGTH = 300


class SessionStatus(StrEnum):
    """Whether a meeting takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """
    A meeting in [starts_at, ends_at). `title` may be empty: it is then the offer's.

    `capacity` is how many seats there are, None without limit; `deadline` when sign-up closes, the start where None.
    """

    starts_at: datetime
    ends_at: datetime
    title: Texts = field(default_factory=dict)
    place: Place | None = None
    online_address: str = ""
    capacity: int | None = None
    deadline: datetime | None = None
    has_waiting_list: bool = True
    allows_anonymous: bool = False


def ensure_possible(plan: SessionPlan) -> None:
    """
    Accept a plan that can be held to.

    :raises InvalidInput: naming each field that is wrong: `before`, `too_long`, `seats`, `deadline`, `address`.
    """
    problems: dict[str, str] = {}
    # In UTC: by the clock on the wall, a meeting in the night when summer time begins seems longer than it is.
    lasts = plan.ends_at.astimezone(UTC) - plan.starts_at.astimezone(UTC)
    if lasts <= timedelta():
        problems["ends_at"] = "before"
    elif lasts > LONGEST:
        problems["ends_at"] = "too_long"
    if plan.capacity is not None and not 0 < plan.capacity <= MOST_SEATS:
        problems["capacity"] = "seats"
    if plan.deadline is not None and plan.deadline > plan.starts_at:
        problems["deadline"] = "deadline"
    if plan.online_address and not plan.online_address.startswith("https://"):
        problems["online_address"] = "address"
    if problems:
        raise InvalidInput(problems)


def meetings(first: SessionPlan, *, every: timedelta, count: int) -> tuple[SessionPlan, ...]:
    """
    Return `count` meetings like the first one, `every` so often, at the same time of day by the Norwegian clock.

    When summer time begins or ends in between, the hour on the wall stays.
    """
    return tuple(
        replace(
            first,
            starts_at=_later(first.starts_at, every * number),
            ends_at=_later(first.ends_at, every * number),
            deadline=None if first.deadline is None else _later(first.deadline, every * number),
        )
        for number in range(count)
    )


def seats_left(*, capacity: int | None, taken: int) -> int | None:
    """Return how many seats are free; None where there is no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of the columns that are not the same."""
    return tuple(sorted(name for name, value in after.items() if before[name] != value))


def _later(moment: datetime, by: timedelta) -> datetime:
    # Arithmetic within one time zone is that of the clock on the wall.
    return (moment.astimezone(OSLO) + by).astimezone(moment.tzinfo)
