"""Strategies: made, changed, heard, adopted, shown to everybody, ended."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.constraints import refused_as
from medspiller.strategy import policies
from medspiller.strategy.domain.inputs import (
    NAME_MOST,
    StrategyDetails,
    ensure_happened,
    tidy,
)
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import (
    BEING_WRITTEN,
    CURRENT,
    Body,
    Event,
    ImportState,
    Level,
    StrategyStatus,
)
from medspiller.strategy.models import ImportedPlan, LogEntry, Measure, MeasureLink, Strategy
from medspiller.strategy.services import _items as items
from medspiller.strategy.services import _making as making
from medspiller.strategy.services import _storing as storing
from medspiller.strategy.services._storing import STRATEGY
from medspiller.worklist.domain.items import WithdrawnWhy

OWN_FIELDS = (
    "title",
    "level",
    "owner_name",
    "unit_id",
    "responsible",
    "from_year",
    "to_year",
    "rolls_every_years",
    "status",
    "adopted_by",
    "adopted_on",
)


@transaction.atomic
def create_strategy(*, actor: Actor, details: StrategyDetails) -> Strategy:
    """
    Begin a strategy, as a draft.

    :raises NotAllowed: if the actor writes no plans for that unit.
    :raises StrategyRefused: if something of it cannot be stored.
    :raises PlanKnown: if there is one of the same level, owner, title and years.
    """
    policies.ensure_edit(actor, unit_id=details.unit_id)
    row = making.make(actor, details)
    storing.record(actor, "strategy.create", STRATEGY, row.id)
    return row


@transaction.atomic
def change_strategy(*, actor: Actor, strategy_id: UUID, version: int, details: StrategyDetails) -> Strategy:
    """
    Change a strategy's own fields; its short name stays, so that addresses do.

    :raises NotAllowed: if it is not the actor's to change.
    :raises NotFound: if there is none.
    :raises StrategyChanged: if somebody else was quicker, with what they made of it.
    :raises StrategyRefused: if something of it cannot be stored, or it is over.
    :raises PlanKnown: if there is another of the same level, owner, title and years.
    """
    row = storing.strategy_to_edit(actor, strategy_id)
    policies.ensure_edit(actor, unit_id=details.unit_id, subject_id=row.id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    tidied = making.tidied(actor, details)
    _ensure_may_be(row, tidied.level)
    making.ensure_unknown(tidied, besides=row.id)
    changes = asdict(tidied) | {"level": tidied.level.value}
    with refused_as(storing.known_as(tidied.title)):
        changed = storing.store(row, changes, counted=True)
    if changed:
        storing.record(actor, "strategy.change", STRATEGY, row.id)
    return row


@transaction.atomic
def start_hearing(*, actor: Actor, strategy_id: UUID, version: int) -> Strategy:
    """
    Let a draft be one that others are asked about.

    :raises NotAllowed: if it is not the actor's to change.
    :raises NotFound: if there is none.
    :raises StrategyChanged: if somebody else was quicker.
    :raises StrategyRefused: if it is no draft.
    """
    row = storing.strategy_to_edit(actor, strategy_id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    if row.status != StrategyStatus.DRAFT:
        raise StrategyRefused(Refusal.NOT_DRAFT)
    storing.store(row, {"status": StrategyStatus.HEARING.value}, counted=True)
    storing.record(actor, "strategy.start_hearing", STRATEGY, row.id)
    return row


@transaction.atomic
def adopt(*, actor: Actor, strategy_id: UUID, version: int, by: str, on: date, body: Body = Body.COUNCIL) -> Strategy:
    """
    Say that a strategy was decided: from now on it holds, and the one that it replaces does not.

    :raises NotAllowed: for everybody but who owns the strategy.
    :raises NotFound: if there is none.
    :raises StrategyChanged: if somebody else was quicker.
    :raises StrategyRefused: if it has been adopted, the day lies ahead, or it has no measures.
    """
    policies.ensure(actor, policies.ADOPT)
    row = storing.strategy_to_edit(actor, strategy_id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    storing.ensure_being_written(row)
    by = tidy(by, "by", most=NAME_MOST, needed=True)
    ensure_happened(on, today=clock.today(), field="on")
    if not row.measures.exists():
        raise StrategyRefused(Refusal.EMPTY)
    storing.store(row, {"status": StrategyStatus.ADOPTED.value, "adopted_by": by, "adopted_on": on}, counted=True)
    _log(actor, row, on=on, body=body, what=Event.ADOPTED, body_name=by)
    if row.replaces_id:
        _replace(actor, row.replaces_id)
    storing.record(actor, policies.ADOPT, STRATEGY, row.id)
    return row


@transaction.atomic
def end_strategy(*, actor: Actor, strategy_id: UUID, version: int) -> Strategy:
    """
    Let a strategy hold no more, with nothing in its place. A draft is put away by this; its file can be read anew.

    :raises NotAllowed: if it is not the actor's to change or, once adopted, for everybody but who owns the strategy.
    :raises NotFound: if there is none.
    :raises StrategyChanged: if somebody else was quicker.
    :raises StrategyRefused: if it is over already.
    """
    row = storing.strategy_to_edit(actor, strategy_id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    if row.status == StrategyStatus.ADOPTED:
        policies.ensure(actor, policies.ADOPT, subject_id=row.id)
    changes: dict[str, object] = {"status": StrategyStatus.ENDED.value}
    if row.status in BEING_WRITTEN:
        put_away = {"state": ImportState.DISCARDED.value, "strategy": None}
        ImportedPlan.objects.filter(strategy=row).update(**put_away)
        # What never held is not to be read as a plan that is over.
        changes["is_public"] = False
    storing.store(row, changes, counted=True)
    _take_off_lists(actor, row)
    storing.record(actor, "strategy.end", STRATEGY, row.id)
    return row


@transaction.atomic
def publish(*, actor: Actor, strategy_id: UUID) -> Strategy:
    """
    Show a strategy to everybody.

    :raises NotAllowed: for everybody but who owns the strategy.
    :raises NotFound: if there is none.
    :raises StrategyRefused: if it is a draft, or one that was put away and never held.
    """
    policies.ensure(actor, policies.ADOPT)
    row = storing.strategy_for_update(strategy_id)
    if row.status == StrategyStatus.DRAFT:
        raise StrategyRefused(Refusal.DRAFT)
    if row.status == StrategyStatus.ENDED and not _has_held(row):
        raise StrategyRefused(Refusal.OVER)
    if storing.store(row, {"is_public": True}):
        storing.record(actor, "strategy.publish", STRATEGY, row.id)
    return row


@transaction.atomic
def unpublish(*, actor: Actor, strategy_id: UUID) -> Strategy:
    """
    Show a strategy to the municipality's own staff only.

    :raises NotAllowed: for everybody but who owns the strategy.
    :raises NotFound: if there is none.
    """
    policies.ensure(actor, policies.ADOPT)
    row = storing.strategy_for_update(strategy_id)
    if storing.store(row, {"is_public": False}):
        storing.record(actor, "strategy.unpublish", STRATEGY, row.id)
    return row


@transaction.atomic
def log_event(
    *, actor: Actor, strategy_id: UUID, on: date, body: Body, what: Event, body_name: str = "", text: str = ""
) -> LogEntry:
    """
    Write down that somebody heard, commented or dealt with a strategy. A wrong line is put right by another.

    :raises NotAllowed: if it is not the actor's to change.
    :raises NotFound: if there is none.
    :raises StrategyRefused: if the day lies ahead, or another body has no name.
    """
    policies.ensure(actor, policies.READ)
    row = storing.strategy_for_update(strategy_id)
    policies.ensure_edit(actor, unit_id=row.unit_id, subject_id=row.id)
    ensure_happened(on, today=clock.today(), field="on")
    name = tidy(body_name, "body_name", most=NAME_MOST, needed=body is Body.OTHER)
    made = _log(actor, row, on=on, body=body, what=what, body_name=name, text=tidy(text, "text"))
    storing.record(actor, "strategy.log_event", STRATEGY, row.id)
    return made


def _ensure_may_be(row: Strategy, level: Level) -> None:
    """Accept a level; what measures of other plans point to stays national, and what points there is not."""
    if row.level == level.value or Level.NATIONAL.value not in (row.level, level.value):
        return
    upward = MeasureLink.objects.filter(measure__strategy=row, target_measure__isnull=False)
    if upward.exists() or MeasureLink.objects.filter(target_measure__strategy=row).exists():
        raise StrategyRefused(Refusal.LINKED, "level")


def _has_held(row: Strategy) -> bool:
    """Say whether a strategy was ever adopted: the day may be noted of one that never was."""
    history = Strategy.pgh_event_model.objects  # type: ignore[attr-defined]  # made by `history.keep`
    return bool(history.filter(id=row.id, status=StrategyStatus.ADOPTED.value).exists())


def _replace(actor: Actor, strategy_id: UUID) -> None:
    old = storing.strategy_for_update(strategy_id)
    if old.status in CURRENT:
        storing.store(old, {"status": StrategyStatus.REPLACED.value}, counted=True)
        _take_off_lists(actor, old)


def _take_off_lists(actor: Actor, row: Strategy) -> None:
    asked = list(Measure.objects.filter(strategy=row, status_due_on__isnull=False))
    Measure.objects.filter(id__in=[each.id for each in asked]).update(status_due_on=None)
    items.withdraw(actor, asked, why=WithdrawnWhy.ENDED)


def _log(actor: Actor, row: Strategy, *, on: date, body: Body, what: Event, body_name: str, text: str = "") -> LogEntry:
    return LogEntry.objects.create(
        strategy=row,
        on=on,
        body=Body(body).value,
        body_name=body_name,
        what=Event(what).value,
        text=text,
        at=clock.now(),
        by=actor.id,
        by_name=actor.name,
    )
