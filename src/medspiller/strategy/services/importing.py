"""Plans from files: kept until a job has read them, looked at beside their source, confirmed or thrown away."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy, uploads
from medspiller.core.actors import ActorKind
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.strategy import policies
from medspiller.strategy.domain.confirming import plan_of
from medspiller.strategy.domain.inputs import NAME_MOST, StrategyDetails, ensure_happened, tidy
from medspiller.strategy.domain.naming import digest_of
from medspiller.strategy.domain.refusals import FileRefused, PlanKnown, Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import (
    DIGEST_COUNTS,
    FILE_MOST_BYTES,
    FileKind,
    ImportState,
    Level,
    Unreadable,
)
from medspiller.strategy.models import ImportedPlan, Strategy
from medspiller.strategy.services import _items as items
from medspiller.strategy.services import _storing as storing
from medspiller.strategy.services._making import make
from medspiller.strategy.services._parts import store_parts
from medspiller.strategy.services._storing import IMPORT

_NAME_MOST = 200
# Whoever reads in plans has a few of them; more files than this in an hour are a slip or a trap.
UPLOADS_MOST = 10
UPLOADS_WITHIN = timedelta(hours=1)
_COUNTED = [each.value for each in DIGEST_COUNTS]


@transaction.atomic
def start_import(
    *, actor: Actor, file_name: str, content: bytes, level: Level, unit_id: UUID | None = None
) -> ImportedPlan:
    """
    Keep a file, and let a job read the plan in it. It waits on the list of `unit_id`, or of the actor's own unit.

    :raises NotAllowed: if the actor reads in no plans.
    :raises FileRefused: if the file is empty, too large or harmful. What else is wrong is found by the job.
    :raises StrategyRefused: if there is no such unit, or the actor has sent in many files in the last hour that have
        not become strategies.
    """
    policies.ensure(actor, policies.IMPORT)
    _ensure_few(actor)
    if not content:
        raise FileRefused(Unreadable.EMPTY)
    if len(content) > FILE_MOST_BYTES:
        raise FileRefused(Unreadable.TOO_BIG)
    if not uploads.is_harmless(content):
        raise FileRefused(Unreadable.HARMFUL)
    row = _new(actor, file_name, level, unit_id)
    row.state, row.content = ImportState.READING.value, content
    row.save(force_insert=True)
    storing.record(actor, policies.IMPORT, IMPORT, row.id)
    job = app.configure_task("strategy.read_plan", queue="imports", queueing_lock=f"strategy.read:{row.id}")
    job.defer(tenant_id=str(tenancy.current_tenant()), import_id=str(row.id))
    return row


@transaction.atomic
def import_plan(
    *,
    actor: Actor,
    file_name: str,
    reading: Mapping[str, Any],
    source_lines: Sequence[str],
    level: Level,
    kind: FileKind | str = FileKind.TEXT,
    unit_id: UUID | None = None,
) -> ImportedPlan:
    """
    Keep a plan that has been read, with the lines of its file, until somebody has looked at it. Nothing of it counts.

    :raises NotAllowed: if the actor reads in no plans.
    :raises PlanKnown: if the same plan waits already or has become a strategy: it says where.
    :raises FileRefused: if there is no plan in it.
    :raises StrategyRefused: if there is no such unit.
    """
    policies.ensure(actor, policies.IMPORT)
    if not reading.get("focus_areas"):
        raise FileRefused(Unreadable.NO_PLAN)
    known = _known(digest_of(source_lines))
    if known is not None:
        raise _as_known(known)
    row = _new(actor, file_name, level, unit_id)
    _read(row, reading, source_lines, FileKind(kind))
    with refused_as({"strategy_import_once": PlanKnown(title=row.file_name)}):
        row.save(force_insert=True)
    items.bring_import_up_to_date(actor, row)
    storing.record(actor, policies.IMPORT, IMPORT, row.id)
    return row


@transaction.atomic
def content_to_read(*, actor: Actor, import_id: UUID) -> tuple[str, bytes] | None:
    """
    Return the name and content of a file that nobody has read yet; None where that is done.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = ImportedPlan.objects.filter(id=import_id, state=ImportState.READING.value).first()
    return (row.file_name, bytes(row.content)) if row is not None and row.content is not None else None


@transaction.atomic
def keep_reading(
    *,
    actor: Actor,
    import_id: UUID,
    reading: Mapping[str, Any],
    source_lines: Sequence[str],
    kind: FileKind | str,
) -> None:
    """
    Keep what was read from a file, and let it wait for somebody; what is here already is refused. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = _reading(import_id)
    if row is None:
        return
    if not reading.get("focus_areas"):
        _refuse(row, Unreadable.NO_PLAN)
        return
    known = _known(digest_of(source_lines))
    if known is not None:
        _refuse(row, Unreadable.TWICE, same_as=known)
        return
    _read(row, reading, source_lines, FileKind(kind))
    row.save()
    items.bring_import_up_to_date(actor, row)


@transaction.atomic
def refuse_file(*, actor: Actor, import_id: UUID, why: Unreadable) -> None:
    """
    Say why no plan could be read from a file, and forget it. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = _reading(import_id)
    if row is not None:
        _refuse(row, why)


@transaction.atomic
def discard_import(*, actor: Actor, import_id: UUID) -> ImportedPlan:
    """
    Throw away what was read; the same file can be read anew. Nothing changes if it was thrown away already.

    :raises NotAllowed: if the actor reads in no plans.
    :raises NotFound: if there is no such file.
    :raises StrategyRefused: if it has been confirmed.
    """
    row = _for_update(actor, import_id)
    if row.state == ImportState.CONFIRMED:
        raise StrategyRefused(Refusal.DECIDED)
    if row.state != ImportState.DISCARDED:
        row.state, row.refused, row.content = ImportState.DISCARDED.value, "", None
        _decided(actor, row)
        items.bring_import_up_to_date(actor, row)
        storing.record(actor, "strategy.discard_import", IMPORT, row.id)
    return row


@transaction.atomic
def confirm_import(
    *,
    actor: Actor,
    import_id: UUID,
    plan: Mapping[str, Any] | None = None,
    owner_name: str = "",
    unit_id: UUID | None = None,
    level: Level | None = None,
    responsible: str = "",
    adopted_by: str = "",
    adopted_on: date | None = None,
    rolls_every_years: int | None = None,
) -> Strategy:
    """
    Make a draft of what was read, as a person has corrected it: `plan` has the form in which plans are read.

    Without one it is as it was read. Owners whose name is that of one unit of the house are that unit's. The lines of
    the file are kept. `adopted_by` and `adopted_on` are noted; that it holds is said by adopting it.

    :raises NotAllowed: if the actor reads in no plans, or writes none for that unit.
    :raises NotFound: if there is no such file.
    :raises StrategyRefused: if it does not wait, or something of the plan cannot be stored: with its path.
    :raises PlanKnown: if there is a strategy of the same level, owner, title and years.
    """
    row = _for_update(actor, import_id)
    policies.ensure_edit(actor, unit_id=unit_id, subject_id=row.id)
    if row.state != ImportState.WAITING:
        raise StrategyRefused(Refusal.DECIDED)
    wanted = plan_of(row.reading if plan is None else plan)
    if adopted_on is not None:
        ensure_happened(adopted_on, today=clock.today(), field="adopted_on")
    details = StrategyDetails(
        title=wanted.title,
        from_year=wanted.from_year,
        to_year=wanted.to_year,
        level=level or Level(row.level),
        owner_name=owner_name,
        unit_id=unit_id,
        responsible=responsible,
        rolls_every_years=rolls_every_years,
    )
    made = make(
        actor,
        details,
        adopted_by=tidy(adopted_by, "adopted_by", most=NAME_MOST),
        adopted_on=adopted_on,
        source_name=row.file_name,
        source_digest=row.digest,
    )
    store_parts(actor, made, wanted)
    row.state, row.strategy, row.level = ImportState.CONFIRMED.value, made, made.level
    _decided(actor, row)
    items.bring_import_up_to_date(actor, row)
    storing.record(actor, "strategy.confirm_import", storing.STRATEGY, made.id)
    return made


def _ensure_few(actor: Actor) -> None:
    sent = ImportedPlan.objects.filter(by=actor.id, at__gt=clock.now() - UPLOADS_WITHIN)
    if actor.kind is not ActorKind.SYSTEM and (sent.exclude(state=ImportState.CONFIRMED.value).count() >= UPLOADS_MOST):
        raise StrategyRefused(Refusal.TOO_MANY, "file")


def _new(actor: Actor, file_name: str, level: Level, unit_id: UUID | None) -> ImportedPlan:
    storing.ensure_unit(actor, unit_id)
    return ImportedPlan(
        file_name="".join(each for each in file_name if each.isprintable())[-_NAME_MOST:] or "?",
        level=Level(level).value,
        unit_id=unit_id or _own_unit(actor),
        at=clock.now(),
        by=actor.id,
        by_name=actor.name,
    )


def _own_unit(actor: Actor) -> UUID | None:
    """Return the unit on whose list it waits: one where the actor may read in plans, for a command the topmost."""
    if actor.kind is ActorKind.SYSTEM:
        top = organisations.units(actor=actor, on=clock.today()).filter(parent=None)
        return top.values_list("id", flat=True).first()
    own = sorted(held.unit_id for held in actor.roles if held.unit_id in actor.units_with(policies.IMPORT))
    return own[0] if own else None


def _read(row: ImportedPlan, reading: Mapping[str, Any], source_lines: Sequence[str], kind: FileKind) -> None:
    row.state, row.content, row.kind = ImportState.WAITING.value, None, kind.value
    row.reading, row.source_lines = dict(reading), list(source_lines)
    row.digest = digest_of(source_lines)


def _refuse(row: ImportedPlan, why: Unreadable, *, same_as: ImportedPlan | None = None) -> None:
    row.state, row.refused, row.content, row.same_as = ImportState.REFUSED.value, why.value, None, same_as
    row.save()


def _known(digest: str) -> ImportedPlan | None:
    return ImportedPlan.objects.filter(digest=digest, state__in=_COUNTED).first()


def _as_known(row: ImportedPlan) -> PlanKnown:
    return PlanKnown(title=row.file_name, strategy_id=row.strategy_id, import_id=row.id)


def _reading(import_id: UUID) -> ImportedPlan | None:
    rows = ImportedPlan.objects.select_for_update(of=("self",))
    return rows.filter(id=import_id, state=ImportState.READING.value).first()


def _for_update(actor: Actor, import_id: UUID) -> ImportedPlan:
    policies.ensure(actor, policies.IMPORT)
    row = ImportedPlan.objects.select_for_update(of=("self",)).filter(id=import_id).first()
    if row is None:
        raise NotFound(f"import {import_id}")
    return row


def _decided(actor: Actor, row: ImportedPlan) -> None:
    row.decided_at, row.decided_by, row.decided_by_name = clock.now(), actor.id, actor.name
    row.save()
