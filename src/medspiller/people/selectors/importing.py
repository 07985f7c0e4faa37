"""Lists of patients that were imported, and how far they have come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.importing import RowProblem
from medspiller.people.models import PatientImport

_LISTED = 50


@dataclass(frozen=True, slots=True)
class SeenImport:
    """
    One list. `closed` is how many have a number that belongs to somebody whom other units follow up.

    `bad` rows are those with a problem; `refused` is the code of what was wrong with the file as a whole.
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    file_name: str
    dry_run: bool
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    is_stopped: bool
    is_read: bool
    refused: str
    rows: int
    read_to: int
    registered: int
    known: int
    closed: int
    problems: tuple[RowProblem, ...]

    @property
    def bad(self) -> int:
        return self.read_to - self.registered - self.known - self.closed


def patient_imports(*, actor: Actor) -> list[SeenImport]:
    """
    Return the lists of the actor's units, the last first. They name no patients.

    :raises NotAllowed: if the actor may import for no unit.
    """
    units = policies.ensure_units(actor, policies.IMPORT_PATIENTS)
    rows = PatientImport.objects.filter(unit_id__in=units).select_related("unit").defer("content")
    return [_seen(each) for each in rows.order_by("-started_at", "-id")[:_LISTED]]


def patient_import(*, actor: Actor, import_id: UUID) -> SeenImport:
    """
    Return one list.

    :raises NotAllowed: if the actor may import for no unit.
    :raises NotFound: if there is no such list of the actor's units.
    """
    units = policies.ensure_units(actor, policies.IMPORT_PATIENTS)
    rows = PatientImport.objects.filter(unit_id__in=units, id=import_id).select_related("unit").defer("content")
    found = rows.first()
    if found is None:
        raise NotFound(f"import {import_id}")
    return _seen(found)


def _seen(row: PatientImport) -> SeenImport:
    return SeenImport(
        id=row.id,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        file_name=row.file_name,
        dry_run=row.dry_run,
        started_at=row.started_at,
        started_by=row.started_by_name,
        finished_at=row.finished_at,
        is_stopped=row.stopped_at is not None,
        is_read=row.is_read,
        refused=row.refused,
        rows=row.rows,
        read_to=row.read_to,
        registered=row.registered,
        known=row.known,
        closed=row.closed,
        problems=tuple(RowProblem(**each) for each in row.problems),
    )
