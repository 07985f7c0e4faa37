"""Lists that were taken in, with what became of each row, and files that are made to be given out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.models import EntryExport, EntryImport
from medspiller.core.errors import NotFound

_LISTED = 50


@dataclass(frozen=True, slots=True)
class SeenImport:
    """
    One list. `report` has for each row that was gone through `line`, `title`, `became`, `entry_id` and `problems`.

    `counts` is how many rows became what. In a list of lists `report` is empty.
    """

    id: UUID
    unit_name: str
    file_name: str
    is_trial: bool
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    is_stopped: bool
    is_read: bool
    refused: str
    rows: int
    read_to: int
    report: tuple[dict[str, Any], ...]

    @property
    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self.report:
            found[row["became"]] = found.get(row["became"], 0) + 1
        return found


def entry_imports(*, actor: Actor) -> list[SeenImport]:
    """
    Return the lists of the actor's units, the last first, without their reports.

    :raises NotAllowed: if the actor may import for no unit.
    """
    policies.ensure(actor, policies.IMPORT_ENTRIES)
    rows = EntryImport.objects.filter(unit_id__in=actor.units_with(policies.IMPORT_ENTRIES)).select_related("unit")
    return [_seen(row, with_report=False) for row in rows.defer("content", "report").order_by("-started_at")[:_LISTED]]


def entry_import(*, actor: Actor, import_id: UUID) -> SeenImport:
    """
    Return one list with its report.

    :raises NotFound: if there is none of the actor's units.
    :raises NotAllowed: if the actor may import for no unit.
    """
    policies.ensure(actor, policies.IMPORT_ENTRIES)
    rows = EntryImport.objects.filter(unit_id__in=actor.units_with(policies.IMPORT_ENTRIES), id=import_id)
    found = rows.select_related("unit").defer("content").first()
    if found is None:
        raise NotFound(f"import {import_id}")
    return _seen(found, with_report=True)


def entry_export(*, actor: Actor, export_id: UUID) -> bytes | None:
    """
    Return a file of Excel that the actor asked for; None while it is being made.

    :raises NotFound: if they asked for none, or it is thrown away.
    :raises NotAllowed: for anybody who keeps no entry.
    """
    policies.ensure(actor, policies.VIEW_ENTRIES)
    found = EntryExport.objects.filter(id=export_id, asked_by=actor.id).first()
    if found is None:
        raise NotFound(f"export {export_id}")
    return None if found.content is None else bytes(found.content)


def _seen(row: EntryImport, *, with_report: bool) -> SeenImport:
    return SeenImport(
        id=row.id,
        unit_name=row.unit.name,
        file_name=row.file_name,
        is_trial=row.is_trial,
        started_at=row.started_at,
        started_by=row.started_by_name,
        finished_at=row.finished_at,
        is_stopped=row.stopped_at is not None,
        is_read=row.is_read,
        refused=row.refused,
        rows=row.rows,
        read_to=row.read_to,
        report=tuple(row.report) if with_report else (),
    )
