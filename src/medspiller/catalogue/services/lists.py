"""
Taking a list of offers in by a job, and giving one out: kept sealed, read, gone through some rows at a time.

Each batch is one transaction with the place it came to, so that a job that dies goes on where it was and takes no row
twice. The list itself is forgotten when it is done; what became of each row is kept.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies, selectors
from medspiller.catalogue.domain import importing as rules
from medspiller.catalogue.domain.importing import ROWS_MOST, SIZE_MOST, ListRefused, Problem
from medspiller.catalogue.domain.outside import hsds_reading
from medspiller.catalogue.models import EntryExport, EntryImport
from medspiller.catalogue.services._rows import record
from medspiller.catalogue.services.importing import Asked, Became, Taken, import_entries
from medspiller.core import clock, tenancy, uploads
from medspiller.core.errors import NotAllowed, NotFound

IMPORT = "catalogue.EntryImport"
BATCH = 100
EXPORT_KEPT = timedelta(days=1)
# Whoever presses again meanwhile waits for the same file: else one person could keep all workers busy.
EXPORT_WAITED_FOR = timedelta(minutes=2)
_NAME_MOST = 200
_A_YEAR = timedelta(days=365)


@transaction.atomic
def start_import(
    *, actor: Actor, unit_id: UUID, file_name: str, content: bytes, goes_live: bool, is_trial: bool
) -> EntryImport:
    """
    Keep a list for a unit, sealed, and let a job go through it; a trial stores nothing but what would become of it.

    :raises NotAllowed: if the actor may not import for this unit, or not approve there what is to go live.
    :raises ListRefused: if the file is empty, too large or harmful. What else is wrong is found by the job.
    """
    policies.ensure(actor, policies.IMPORT_ENTRIES, unit_id=unit_id)
    if goes_live:
        policies.ensure(actor, policies.MODERATE, unit_id=unit_id)
    if not content:
        raise ListRefused("empty")
    if len(content) > SIZE_MOST:
        raise ListRefused("too_large")
    if not uploads.is_harmless(content):
        raise ListRefused("harmful")
    made = EntryImport.objects.create(
        unit_id=unit_id,
        file_name="".join(each for each in file_name if each.isprintable())[-_NAME_MOST:],
        goes_live=goes_live,
        is_trial=is_trial,
        content=base64.b64encode(content).decode(),
        started_by=actor.id,
        started_by_name=actor.name,
        started_at=clock.now(),
    )
    record(actor, policies.IMPORT_ENTRIES, IMPORT, made.id)
    job = app.configure_task("catalogue.import_offers", queue="imports", queueing_lock=f"catalogue.import:{made.id}")
    job.defer(tenant_id=str(tenancy.current_tenant()), import_id=str(made.id))
    return made


@transaction.atomic
def stop_import(*, actor: Actor, import_id: UUID) -> None:
    """
    Let a list go no further. What was stored stays so; the list is forgotten, and what became of its rows is kept.

    :raises NotFound: if there is no such list of the actor's units.
    """
    row = EntryImport.objects.select_for_update().filter(id=import_id).first()
    if row is None or not actor.may(policies.IMPORT_ENTRIES, unit_id=row.unit_id):
        raise NotFound(f"import {import_id}")
    if row.finished_at is None:
        row.stopped_at = clock.now()
        _finish(row)


def content_to_read(*, actor: Actor, import_id: UUID) -> bytes | None:
    """Return the file of a list that has not been read yet, locked; None if it has been, or is done."""
    row = _for_update(import_id)
    if row is None or row.is_read or row.content is None:
        return None
    return base64.b64decode(str(row.content))


@transaction.atomic
def accept_list(*, actor: Actor, import_id: UUID, content: bytes, cells_of: Callable[[bytes], list[list[str]]]) -> None:
    """
    Keep the rows of a list instead of its file, or say why it cannot be read, and forget it.

    What it is, is found out from what it holds, not from its name. Only a worker can read files of Excel, so it gives
    `cells_of` for all that is a table, which may refuse the list.
    """
    row = _for_update(import_id)
    if row is None:
        return
    try:
        beginner = _beginner(actor, row)
        asked = _asked_in(beginner, content, cells_of)
    except ListRefused as refusal:
        row.refused = refusal.problem
        _finish(row)
        return
    row.content = json.dumps([_stored(each) for each in asked])
    row.rows, row.is_read = len(asked), True
    row.save(update_fields=["content", "rows", "is_read"])


@transaction.atomic
def import_batch(*, actor: Actor, import_id: UUID) -> bool:
    """
    Go through the next rows of a list, as whoever began it, and return whether there are more.

    Good rows are taken in, and bad ones named; who may do so no more stops it.
    """
    row = _for_update(import_id)
    if row is None or row.content is None or not row.is_read:
        return False
    asked = [_read_back(each) for each in json.loads(str(row.content))]
    seen: dict[str, int] = {}
    for earlier in asked[: row.read_to]:
        if slug := str(earlier.body.get("slug", "")):
            seen.setdefault(slug, earlier.line)
    try:
        taken = import_entries(
            actor=_beginner(actor, row),
            unit_id=row.unit_id,
            rows=asked[row.read_to : row.read_to + BATCH],
            goes_live=row.goes_live,
            is_trial=row.is_trial,
            seen=seen,
        )
    except (NotAllowed, ListRefused):
        row.refused = "not_allowed"
        _finish(row)
        return False
    row.read_to = min(len(asked), row.read_to + BATCH)
    row.report = [*row.report, *(_reported(each, is_trial=row.is_trial) for each in taken)]
    row.save(update_fields=["read_to", "report"])
    if row.read_to < len(asked):
        return True
    _finish(row)
    return False


@transaction.atomic
def ask_for_workbook(*, actor: Actor) -> EntryExport:
    """
    Let a job make a file of Excel with the live wordings of the actor's entries.

    Asked for again within two minutes while nobody has made it, it is the same file.

    :raises NotAllowed: for anybody who keeps no entry.
    """
    policies.ensure(actor, policies.VIEW_ENTRIES)
    after = clock.now() - EXPORT_WAITED_FOR
    waiting = EntryExport.objects.filter(asked_by=actor.id, content=None, asked_at__gt=after).first()
    if waiting is not None:
        return waiting
    made = EntryExport.objects.create(asked_by=actor.id, asked_at=clock.now())
    job = app.configure_task("catalogue.export_offers", queue="imports", queueing_lock=f"catalogue.export:{made.id}")
    job.defer(tenant_id=str(tenancy.current_tenant()), export_id=str(made.id))
    return made


@transaction.atomic
def table_to_write(*, actor: Actor, export_id: UUID) -> list[list[str]] | None:
    """Return the table that somebody asked for as a file; None if it is made already, or thrown away."""
    row = EntryExport.objects.select_for_update().filter(id=export_id, content=None).first()
    if row is None:
        return None
    asker = access.actor_with_id(actor=actor, user_id=row.asked_by, today=clock.today(), now=clock.now())
    return [] if not asker.may(policies.VIEW_ENTRIES) else exported(actor=asker)


@transaction.atomic
def keep_workbook(*, actor: Actor, export_id: UUID, content: bytes) -> None:
    """Keep the file that was asked for."""
    EntryExport.objects.filter(id=export_id, content=None).update(content=content)


def forget_workbooks(*, actor: Actor, now: datetime) -> int:
    """
    Throw away files that were asked for a day ago, and return how many.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return EntryExport.objects.filter(asked_at__lte=now - EXPORT_KEPT).delete()[0]


def exported(*, actor: Actor) -> list[list[str]]:
    """
    Return the live wordings of one's own entries as a table, the headers first; the import reads the same.

    :raises NotAllowed: for anybody who keeps no entry.
    """
    rows = selectors.entries(actor=actor, on=clock.today()).filter(live__isnull=False)
    return rules.table_of([row.live.body for row in rows if row.live])


def _beginner(actor: Actor, row: EntryImport) -> Actor:
    """Whoever began it, with the roles they hold now; the transaction is theirs from here."""
    found = access.actor_with_id(actor=actor, user_id=row.started_by, today=clock.today(), now=clock.now())
    if not found.may(policies.IMPORT_ENTRIES, unit_id=row.unit_id):
        raise ListRefused("not_allowed")
    tenancy.enter_tenant(tenant_id=row.tenant_id, actor_id=found.id)
    return found


def _asked_in(actor: Actor, content: bytes, cells_of: Callable[[bytes], list[list[str]]]) -> Sequence[Asked]:
    if content.lstrip()[:1] in (b"{", b"["):
        return _from_hsds(content)
    today, known, asked = clock.today(), _known(actor), []
    for row in rules.rows_of(cells_of(content)):
        body, problems = rules.body_of(row, today=today, review_on=today + _A_YEAR, known=known)
        asked.append(Asked(row.line, body, problems))
    return asked


def _known(actor: Actor) -> Callable[[str], Mapping[str, Any] | None]:
    """Return what finds the wording of one's own entries by name: the live one, or the newest where none is."""
    today = clock.today()
    rows = {row.slug: row for row in selectors.entries(actor=actor, on=today)}

    def body_of(slug: str) -> Mapping[str, Any] | None:
        row = rows.get(slug)
        if row is None or row.live is not None:
            return row.live.body if row and row.live else None
        newest = next(iter(selectors.versions(actor=actor, entry_id=row.id, on=today)), None)
        return newest.body if newest else None

    return body_of


def _from_hsds(content: bytes) -> list[Asked]:
    try:
        services = hsds_reading.services_in(hsds_reading.read_json(content.decode("utf-8-sig")))
        if not services:
            raise ListRefused("empty")
        if len(services) > ROWS_MOST:
            raise ListRefused("too_many_rows")
        return [_of_service(number, each) for number, each in enumerate(services, start=1)]
    except (ValueError, RecursionError, hsds_reading.NotHsds):
        raise ListRefused("not_a_table") from None


def _of_service(number: int, found: Any) -> Asked:
    service, faults = hsds_reading.tidied(found)
    problems = tuple(Problem(number, place, code) for place, code in faults)
    return Asked(number, hsds_reading.body_of(service) if service else {}, problems)


def _stored(asked: Asked) -> dict[str, Any]:
    return {"line": asked.line, "body": dict(asked.body), "problems": [asdict(each) for each in asked.problems]}


def _read_back(stored: Mapping[str, Any]) -> Asked:
    return Asked(stored["line"], stored["body"], tuple(Problem(**each) for each in stored["problems"]))


def _reported(taken: Taken, *, is_trial: bool) -> dict[str, Any]:
    kept = taken.entry_id is not None and not is_trial and taken.became is not Became.WRONG
    return {
        "line": taken.line,
        "title": {language: _plain(text) for language, text in taken.title.items()},
        "became": taken.became.value,
        "entry_id": str(taken.entry_id) if kept else None,
        "problems": [[_plain(each.column), each.code] for each in taken.problems],
    }


def _plain(text: str) -> str:
    """What the database can hold of a text that may be anything."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _for_update(import_id: UUID) -> EntryImport | None:
    return EntryImport.objects.select_for_update().filter(id=import_id, finished_at=None).first()


def _finish(row: EntryImport) -> None:
    row.content, row.finished_at = None, clock.now()
    row.save()
