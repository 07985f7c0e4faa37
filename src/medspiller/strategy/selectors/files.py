"""Plans that were read from files, and plans that are given out as files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import jobs
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.board import BoardFilters
from medspiller.strategy.domain.plans.values import Doubt
from medspiller.strategy.domain.vocabulary import ExportForm, FileKind, ImportState, Level, Unreadable
from medspiller.strategy.models import ImportedPlan, PlanExport

LISTED_MOST = 50
_SUFFIX = {ExportForm.DOCX: "docx", ExportForm.XLSX: "xlsx", ExportForm.BOARD: "xlsx"}


@dataclass(frozen=True, slots=True)
class SeenImport:
    """
    A plan as it was read from a file. In a list it has neither lines nor reading.

    `reading` has for each thing the lines it comes from, counted from 1, and its doubts in words. `refused` says why
    there is none; `same_as_id` and `same_as_strategy_id` lead to the same plan where it is here already.
    """

    id: UUID
    file_name: str
    kind: FileKind | None
    level: Level
    unit_id: UUID | None
    state: ImportState
    refused: Unreadable | None
    same_as_id: UUID | None
    same_as_strategy_id: UUID | None
    strategy_id: UUID | None
    at: datetime
    by_name: str
    decided_at: datetime | None
    decided_by_name: str
    source_lines: tuple[str, ...] = ()
    reading: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SeenExport:
    """
    A file that somebody asked for. `content` is None until a job has made it; `failed` where none is making it.

    `filters` is what a board was narrowed by.
    """

    id: UUID
    strategy_id: UUID
    form: ExportForm
    file_name: str
    content: bytes | None
    failed: bool
    asked_at: datetime
    filters: BoardFilters


def imports(*, actor: Actor) -> tuple[SeenImport, ...]:
    """
    Return the plans that were read from files, the newest first, at most 50.

    :raises NotAllowed: if the actor reads in no plans.
    """
    policies.ensure(actor, policies.IMPORT)
    rows = ImportedPlan.objects.defer("content", "source_lines", "reading").select_related("same_as")
    return tuple(_import(row) for row in rows.order_by("-at", "-id")[:LISTED_MOST])


def imported(*, actor: Actor, import_id: UUID, language: str = "nb") -> SeenImport:
    """
    Return a plan as it was read from a file, with the file's lines; doubts are in words of `language`.

    :raises NotAllowed: if the actor reads in no plans.
    :raises NotFound: if there is no such file.
    """
    policies.ensure(actor, policies.IMPORT)
    row = ImportedPlan.objects.defer("content").select_related("same_as").filter(id=import_id).first()
    if row is None:
        raise NotFound(f"import {import_id}")
    return _import(row, lines=row.source_lines, reading=_worded(row.reading, language))


def exported(*, actor: Actor, export_id: UUID) -> SeenExport:
    """
    Return a file that the actor asked for.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if they asked for no such file, or it has been thrown away.
    """
    policies.ensure(actor, policies.READ)
    row = PlanExport.objects.select_related("strategy").filter(id=export_id, asked_by=actor.id).first()
    if row is None:
        raise NotFound(f"export {export_id}")
    is_lost = row.content is None and not row.failed and row.job is not None and jobs.is_lost(row.job)
    if is_lost:
        # It may have come to its end since the row was read.
        row.refresh_from_db(fields=["content"])
    form = ExportForm(row.form)
    return SeenExport(
        id=row.id,
        strategy_id=row.strategy_id,
        form=form,
        file_name=f"{row.strategy.slug}.{_SUFFIX[form]}",
        content=bytes(row.content) if row.content is not None else None,
        failed=row.failed or (is_lost and row.content is None),
        asked_at=row.asked_at,
        filters=BoardFilters.from_record(row.filters),
    )


def _import(row: ImportedPlan, *, lines: Sequence[str] = (), reading: Mapping[str, Any] | None = None) -> SeenImport:
    return SeenImport(
        id=row.id,
        file_name=row.file_name,
        kind=FileKind(row.kind) if row.kind else None,
        level=Level(row.level),
        unit_id=row.unit_id,
        state=ImportState(row.state),
        refused=Unreadable(row.refused) if row.refused else None,
        same_as_id=row.same_as_id,
        same_as_strategy_id=row.same_as.strategy_id if row.same_as else None,
        strategy_id=row.strategy_id,
        at=row.at,
        by_name=row.by_name,
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
        source_lines=tuple(lines),
        reading=reading,
    )


def _worded(reading: Any, language: str) -> Any:
    """Put every doubt into words, wherever in the reading it stands."""
    if isinstance(reading, list):
        return [_worded(each, language) for each in reading]
    if not isinstance(reading, dict):
        return reading
    return {
        key: [_words(each, language) for each in value] if key == "doubts" else _worded(value, language)
        for key, value in reading.items()
    }


def _words(doubt: Any, language: str) -> str:
    if isinstance(doubt, str):
        return doubt
    found = Doubt.from_record(doubt)
    return f"{found.place}: {found.text(language)}" if found.place else found.text(language)
