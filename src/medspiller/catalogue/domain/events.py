"""What the catalogue tells of."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class VersionProposed:
    """A wording waits for somebody to decide."""

    entry_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class VersionDecided:
    """A proposal was rejected or taken back, as `status` says. Of one that was approved, `OfferPublished` tells."""

    entry_id: UUID
    version_id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class OfferPublished:
    """What the public sees of an entry is new: a proposal was approved, or it was put up again."""

    entry_id: UUID


@dataclass(frozen=True, slots=True)
class OfferTakenDown:
    """The public does not see an entry any more."""

    entry_id: UUID


@dataclass(frozen=True, slots=True)
class EntryReviewed:
    """Somebody has looked at an entry, so that it is not overdue."""

    entry_id: UUID


@dataclass(frozen=True, slots=True)
class EntryMoved:
    """Another unit keeps an entry now."""

    entry_id: UUID
    from_unit_id: UUID


@dataclass(frozen=True, slots=True)
class SessionPlanned:
    """There will be a meeting."""

    session_id: UUID


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """A meeting has another time, place or number of seats. `what` names the columns."""

    session_id: UUID
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionCancelled:
    """A meeting does not take place."""

    session_id: UUID


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A reader says that something is wrong."""

    report_id: UUID


@dataclass(frozen=True, slots=True)
class ReportDealtWith:
    """Somebody has looked into what a reader said."""

    report_id: UUID
