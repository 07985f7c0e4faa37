"""Which part of a work list somebody asks for, and in which order."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

ORDERS = ("due", "put", "kind", "unit")
# Safety first, then what is overdue longest, what has no day last.
DEFAULT_ORDER = "urgent"


class Which(StrEnum):
    """
    Parts of a list that overlap.

    `NOW` is due soon or has no day, `LATER` is due after that or put off, `MINE` the actor has
    taken, `WAITING` is what the actor put off or gave to a colleague, `FOR_ME` is what the actor
    has taken and what is due soon and nobody has, `FINISHED` was finished so lately that it can
    be undone. Only `LATER` and `WAITING` hold what is put off.
    """

    NOW = "now"
    LATER = "later"
    MINE = "mine"
    WAITING = "waiting"
    FOR_ME = "for_me"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """
    What is asked for. `kinds` of None is all of them, and of () none.

    `words` are looked for in what an item is called in `language`; whatever is of one of
    `kinds_said` has them in the name of its kind.

    `order` is `DEFAULT_ORDER`, or one of `ORDERS`, with `-` before it for falling.
    """

    which: Which = Which.NOW
    kinds: tuple[str, ...] | None = None
    words: str = ""
    language: str = "nb"
    kinds_said: tuple[str, ...] = ()
    unit_id: UUID | None = None
    overdue: bool = False
    order: str = DEFAULT_ORDER

    def __post_init__(self) -> None:
        if self.order != DEFAULT_ORDER and self.order.removeprefix("-") not in ORDERS:
            raise ValueError(f"no order {self.order!r}")

    @property
    def is_narrow(self) -> bool:
        """Whether less is asked for than a whole part of the list."""
        return self.kinds is not None or bool(self.words) or self.unit_id is not None or self.overdue
