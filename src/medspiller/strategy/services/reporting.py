"""How it goes: status that is asked for and reported. What was said stays; a wrong report is put right by another."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.inputs import ReportDetails, ensure_address, ensure_happened, tidy
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import BEING_WRITTEN, OVER, Level, Light, MeasureStatus, StrategyStatus
from medspiller.strategy.models import Measure, MeasureOwner, StatusReport, Strategy
from medspiller.strategy.services import _items as items
from medspiller.strategy.services import _storing as storing
from medspiller.strategy.services._storing import MEASURE, STRATEGY

_LONGEST_AHEAD = timedelta(days=366)


@transaction.atomic
def ask_for_status(*, actor: Actor, strategy_id: UUID, due_on: date) -> int:
    """
    Ask the owners of all measures that are not over how it goes, by a day; return of how many measures it is asked.

    It stands on the lists of the owners' units. Asked again, it is the same item with the new day.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is none.
    :raises StrategyRefused: if the day has passed or is more than a year ahead, or the strategy does not hold, or is
        a national one: its owners are not of this house.
    """
    strategy = storing.strategy_to_edit(actor, strategy_id)
    if strategy.level == Level.NATIONAL:
        raise StrategyRefused(Refusal.NATIONAL)
    if strategy.status != StrategyStatus.ADOPTED:
        raise StrategyRefused(Refusal.NOT_ADOPTED)
    if due_on < clock.today():
        raise StrategyRefused(Refusal.PAST, "due_on")
    if due_on > clock.today() + _LONGEST_AHEAD:
        raise StrategyRefused(Refusal.AHEAD, "due_on")
    rows = _open_measures(strategy)
    Measure.objects.filter(id__in=[row.id for row in rows]).update(status_due_on=due_on)
    for row in rows:
        row.status_due_on = due_on
    items.ask(actor, rows, today=clock.today())
    storing.record(actor, "strategy.ask_for_status", STRATEGY, strategy.id)
    return len(rows)


@transaction.atomic
def report_status(*, actor: Actor, measure_id: UUID, details: ReportDetails) -> StatusReport:
    """
    Say how it goes with a measure.

    What was asked for is answered by that, and goes from the lists: unless the report is of a day before it was asked,
    as one that puts an old report right may be, and the measure is not over.

    :raises NotAllowed: if the measure is no unit's of the actor, and they do not own the strategy.
    :raises NotFound: if there is no such measure.
    :raises StrategyRefused: if the text is missing, the day lies ahead, the report that is put right is none of this
        measure's or was put right already, or the strategy is being written or over.
    """
    row = _to_report(actor, measure_id)
    made = StatusReport(
        measure=row,
        on=ensure_happened(details.on, today=clock.today(), field="on"),
        status=MeasureStatus(details.status).value,
        light=Light(details.light).value,
        text=tidy(details.text, "text", needed=True),
        evidence=tidy(details.evidence, "evidence"),
        evidence_url=ensure_address(details.evidence_url, "evidence_url"),
        deviation=tidy(details.deviation, "deviation"),
        decision_needed=tidy(details.decision_needed, "decision_needed"),
        corrects_id=_corrected(row, details.corrects),
        at=clock.now(),
        by=actor.id,
        by_name=actor.name,
    )
    made.save(force_insert=True)
    _bring_up_to_date(row)
    if row.status in OVER or items.is_answered_by(actor, row, on=made.on):
        storing.store(row, {"status_due_on": None})
        items.withdraw(actor, [row])
    storing.record(actor, policies.REPORT, MEASURE, row.id)
    return made


@transaction.atomic
def stop_measure(*, actor: Actor, measure_id: UUID, why: str) -> StatusReport:
    """
    Let a measure go no further, and say why. It stays in the plan.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyRefused: if it is not said why, the measure is over, or the strategy is being written or over.
    """
    row = storing.measure_to_edit(actor, measure_id)
    if row.status in OVER:
        raise StrategyRefused(Refusal.OVER)
    details = ReportDetails(
        on=clock.today(),
        status=MeasureStatus.STOPPED,
        light=Light(row.light) if row.light else Light.YELLOW,
        text=tidy(why, "why", needed=True),
    )
    return report_status(actor=actor, measure_id=measure_id, details=details)


def _to_report(actor: Actor, measure_id: UUID) -> Measure:
    policies.ensure(actor, policies.READ)
    strategy_id = Measure.objects.filter(id=measure_id).values_list("strategy_id", flat=True).first()
    if strategy_id is None:
        raise NotFound(f"measure {measure_id}")
    strategy = storing.strategy_for_update(strategy_id)
    row = storing.locked_measure(strategy, measure_id)
    owners = MeasureOwner.objects.filter(measure=row, unit__isnull=False).values_list("unit_id", flat=True)
    policies.ensure_report(actor, owner_units=list(owners), unit_id=strategy.unit_id, subject_id=row.id)
    if strategy.status in BEING_WRITTEN:
        raise StrategyRefused(Refusal.DRAFT)
    if strategy.status in (StrategyStatus.REPLACED, StrategyStatus.ENDED):
        raise StrategyRefused(Refusal.OVER)
    return row


def _corrected(row: Measure, report_id: UUID | None) -> UUID | None:
    if report_id is None:
        return None
    if not StatusReport.objects.filter(id=report_id, measure=row).exists():
        raise StrategyRefused(Refusal.UNKNOWN, "corrects")
    if StatusReport.objects.filter(corrects=report_id).exists():
        raise StrategyRefused(Refusal.CORRECTED, "corrects")
    return report_id


def _bring_up_to_date(row: Measure) -> None:
    """Let the measure say what its reports that stand say: the last of them, and whether any has had evidence."""
    standing = StatusReport.objects.filter(measure=row, corrected_by=None).order_by("-on", "-at", "-id")
    latest = standing[0]
    with_evidence = standing.exclude(evidence="", evidence_url="")
    storing.store(
        row,
        {
            "status": latest.status,
            "light": latest.light,
            "reported_on": latest.on,
            "has_evidence": with_evidence.exists() or _has_earlier_evidence(row),
            "needs_decision": bool(latest.decision_needed),
        },
    )


def _has_earlier_evidence(row: Measure) -> bool:
    """Whether what it carries on from earlier plans had evidence when it was taken along, as the yearly report says."""
    until, earlier = row.strategy.made_at, row.copied_from
    while earlier is not None:
        standing = StatusReport.objects.filter(measure=earlier, corrected_by=None, at__lte=until)
        if standing.exclude(evidence="", evidence_url="").exists():
            return True
        until, earlier = earlier.strategy.made_at, earlier.copied_from
    return False


def _open_measures(strategy: Strategy) -> list[Measure]:
    over = [each.value for each in OVER]
    rows = Measure.objects.select_for_update(of=("self",)).filter(strategy=strategy).exclude(status__in=over)
    found = list(rows.select_related("area").order_by("id"))
    for row in found:
        row.strategy = strategy
    return found
