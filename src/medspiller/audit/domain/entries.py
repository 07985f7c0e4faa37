"""An entry of the log, whole for staff who review it and cut down for the person it is about."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.information import Information, SearchTerm
from medspiller.audit.domain.kinds import Kind
from medspiller.audit.domain.visibility import Viewer, Withheld, WithheldReason
from medspiller.audit.domain.who import Who
from medspiller.core.actors import ActorKind


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What one entry is about: a person who was shown in a list, found by a search, read or changed.

    `information` and `basis` are the list's own unless given here. `person_id` is None
    only for an entry that is about nobody.
    """

    person_id: UUID | None
    subject_type: str = ""
    subject_id: UUID | None = None
    information: tuple[Information | str, ...] = ()
    basis: Basis | str | None = None
    withheld: Withheld | str = Withheld.NONE
    withheld_reason: WithheldReason | str = WithheldReason.NOT_WITHHELD


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log with everything it holds, for staff who review and for export."""

    id: UUID
    at: datetime
    kind: Kind
    action: str
    who: Who
    basis: Basis = field(default_factory=Basis)
    information: tuple[Information, ...] = ()
    searched_by: tuple[SearchTerm, ...] = ()
    subject_type: str = ""
    subject_id: UUID | None = None
    person_id: UUID | None = None
    refusal_reason: str = ""
    request_id: str = ""
    list_id: UUID | None = None
    withheld: Withheld = Withheld.NONE
    withheld_reason: WithheldReason = WithheldReason.NOT_WITHHELD


# As the actor's role is written in the log (`access.domain.roles`, which stands above this).
_LEADS = "leader"


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """
    One line of the log as the person it is about sees it, alone or through a representative.

    It holds nothing that could tell of anybody else: no subject, no list, no free text. The
    actor's unit and role are there only where that unit follows up this very person; any
    other unit's name could give away what the other party is treated for. That somebody leads
    is said whichever unit they sit in: every unit is led by somebody, mostly from above. `withheld` and
    its reason are there for staff only.
    """

    id: UUID
    at: datetime
    kind: Kind
    actor_kind: ActorKind
    actor_name: str
    organisation: str
    unit_name: str
    role: str
    basis: BasisCode
    information: tuple[Information, ...]
    by_viewer: bool
    withheld: Withheld = Withheld.NONE
    withheld_reason: WithheldReason = WithheldReason.NOT_WITHHELD


def as_seen(entry: Entry, *, viewer: Viewer, viewer_id: UUID | None) -> SeenEntry:
    """Return the entry without what could tell of somebody else; `viewer_id` is the actor who looks, if known."""
    same_unit = entry.who.unit_id is not None and entry.who.unit_id == entry.basis.unit_id
    reviewing = viewer is Viewer.STAFF
    return SeenEntry(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        actor_kind=entry.who.kind,
        actor_name=entry.who.name,
        organisation=entry.who.organisation,
        unit_name=entry.who.unit_name if same_unit or reviewing else "",
        role=entry.who.role if same_unit or reviewing or entry.who.role == _LEADS else "",
        basis=entry.basis.code,
        information=entry.information,
        by_viewer=entry.who.id == viewer_id,
        withheld=entry.withheld if reviewing else Withheld.NONE,
        withheld_reason=entry.withheld_reason if reviewing else WithheldReason.NOT_WITHHELD,
    )


@dataclass(frozen=True, slots=True)
class Volume:
    """How much one actor has looked at since a moment: different persons, and entries about them."""

    actor_id: UUID
    actor_name: str
    persons: int
    entries: int


class BadCursor(ValueError):
    """The place to continue a list from cannot be read."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a list goes on: after the entry with this time and id, newest first."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """
        Return the cursor that `str` made the text of.

        :raises BadCursor: if it is no such text.
        """
        at, _, entry_id = text.partition("~")
        try:
            moment = datetime.fromisoformat(at)
            cursor = cls(at=moment, id=UUID(entry_id))
        except ValueError:
            raise BadCursor("no place in the access log") from None
        if moment.tzinfo is None:
            raise BadCursor("no place in the access log")
        return cursor


AnyEntry = TypeVar("AnyEntry", Entry, SeenEntry)


@dataclass(frozen=True, slots=True)
class Page(Generic[AnyEntry]):
    """
    Some entries, newest first, and where the list goes on; None when it ends here.

    There is no count: the number of entries would tell how many are withheld.
    """

    entries: tuple[AnyEntry, ...]
    after: Cursor | None
