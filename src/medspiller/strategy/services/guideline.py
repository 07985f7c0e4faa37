"""Saying how far a service has come with the guideline's lines, and turning a gap into a measure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.content import selectors as content
from medspiller.core import clock
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.content_guideline import Line
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition.outcomes import has_errors
from medspiller.questionnaires.domain.library.content_questionnaires import questionnaire_in
from medspiller.statistics import selectors as statistics
from medspiller.strategy import policies
from medspiller.strategy.domain.guideline import (
    GAPS,
    AssessmentDetails,
    AssessmentRefused,
    Barrier,
    EvidenceKind,
    LineState,
    Refusal,
    ensure_holds,
    is_demand,
)
from medspiller.strategy.domain.inputs import MeasureDetails, OwnerChoice
from medspiller.strategy.domain.refusals import StrategyChanged
from medspiller.strategy.domain.self_assessment import URL, SheetAnswer, answer_sheet, answers_in, said_as
from medspiller.strategy.domain.vocabulary import LinkKind, Service
from medspiller.strategy.models import LineAssessment, Measure
from medspiller.strategy.selectors.guideline import place as place_of
from medspiller.strategy.services.measures import add_measure, link_measure

ASSESSMENT = "strategy.LineAssessment"

_LABEL_MOST = 200
_FIELDS = ("state", "evidence_kind", "evidence", "indicator", "barrier", "barrier_text", "next_step", "who")


@transaction.atomic
def assess_line(*, actor: Actor, details: AssessmentDetails, version: int | None = None) -> LineAssessment:
    """
    Say how far a service has come with a line. What was said before stays in the history.

    `version` is that of what the actor saw, 0 if nothing was said; None does not ask.

    :raises NotAllowed: to whom this is closed.
    :raises AssessmentRefused: if it cannot be what it says.
    :raises StrategyChanged: if somebody else said something meanwhile, or the first word at the same moment.
    """
    policies.ensure(actor, policies.ASSESS)
    row = LineAssessment.objects.select_for_update().filter(line=details.line, service=details.service.value).first()
    line = pathways.guideline_lines(actor=actor, ids=(details.line,)).get(details.line)
    indicators = {each.slug for each in statistics.indicators(actor=actor)} if details.indicator else set()
    ensure_holds(details, line, today=clock.today(), indicators=indicators)
    if version is not None and row is not None and row.version != version:
        raise _said_meanwhile(row)
    return _store(actor, details, row, line, form="", at=clock.now())


@transaction.atomic
def assess_sheet(
    *, actor: Actor, service: Service, answers: Sequence[SheetAnswer], version: str
) -> tuple[LineAssessment, ...]:
    """
    Take what a service answered in the self-assessment: each answer becomes what is said of its line.

    The sheet is held against the questionnaire's own version. What had been said of evidence, barriers and next steps
    stays where the state is the same. Lines that say what was said already, or what the sheet was opened with, stay as
    they are, with their day and who said it; the others are returned.

    :raises NotAllowed: to whom this is closed.
    :raises AssessmentRefused: if the form has a newer version, or the sheet does not fit it.
    :raises StrategyChanged: if somebody else has said something else of a changed line; `changed` is by line.
    """
    policies.ensure(actor, policies.ASSESS)
    _ensure_fits(actor, service, answers, version)
    lines = pathways.guideline_lines(actor=actor, ids={answer.line for answer in answers})
    there = {
        row.line: row
        for row in LineAssessment.objects.select_for_update().filter(service=service.value, line__in=lines)
    }
    answers = [each for each in answers if said_as(each.state.value, each.comment) != each.seen]
    _ensure_as_seen(answers, there)
    form, at = f"{URL}|{version}", clock.now()
    stored = []
    for answer in answers:
        row, line = there.get(answer.line), lines.get(answer.line)
        details = _details(service, answer, row)
        ensure_holds(details, line, today=clock.today(), indicators={details.indicator})
        if row is None or (row.state, row.evidence) != (details.state.value, details.evidence):
            with _told_by_line(service, answers, there):
                stored.append(_store(actor, details, row, line, form=form, at=at))
    return tuple(stored)


@contextmanager
def _told_by_line(
    service: Service, answers: Iterable[SheetAnswer], there: Mapping[str, LineAssessment]
) -> Iterator[None]:
    """Where somebody says the first word of a line at the same moment, tell every line they were first with."""
    try:
        yield
    except StrategyChanged:
        asked = [each.line for each in answers if each.line not in there]
        first = LineAssessment.objects.filter(service=service.value, line__in=asked)
        raise StrategyChanged(now=0, changed={row.line: row.state for row in first.order_by("line")}) from None


def _ensure_as_seen(answers: Iterable[SheetAnswer], there: Mapping[str, LineAssessment]) -> None:
    changed = {}
    for answer in answers:
        row = there.get(answer.line)
        if answer.seen and row is not None and answer.seen != said_as(row.state, row.evidence):
            changed[answer.line] = row.state
    if changed:
        raise StrategyChanged(now=0, changed=changed)


@transaction.atomic
def measure_from_gap(
    *,
    actor: Actor,
    area_id: UUID,
    line_id: str,
    service: Service,
    details: MeasureDetails,
    owners: Sequence[OwnerChoice] = (),
) -> Measure:
    """
    Make a measure of a gap, in a focus area, for that service, with a link to the line.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such area or line.
    :raises AssessmentRefused: if there is no gap: nobody has said so, or it is closed.
    :raises StrategyRefused: if something of the measure cannot be stored.
    """
    line, place = place_of(actor=actor, line_id=line_id, service=service)
    if place.state not in GAPS:
        raise AssessmentRefused(Refusal.NO_GAP, "state", line=line_id)
    asked = replace(details, services=tuple(dict.fromkeys((service, *details.services))))
    measure = add_measure(actor=actor, area_id=area_id, details=asked, owners=owners)
    label = f"{line_id} {line.text['nb']}"
    label = label if len(label) <= _LABEL_MOST else label[: _LABEL_MOST - 1] + "…"
    link_measure(actor=actor, measure_id=measure.id, kind=LinkKind.GUIDELINE, ref=line_id, label=label)
    return measure


def _ensure_fits(actor: Actor, service: Service, answers: Sequence[SheetAnswer], version: str) -> None:
    try:
        definition = content.latest(actor=actor, url=URL)
    except NotFound:
        raise AssessmentRefused(Refusal.OLD_FORM, "version") from None
    if definition.version != version:
        raise AssessmentRefused(Refusal.OLD_FORM, "version")
    now = clock.now()
    sheet = answer_sheet(service=service, answers=answers, version=version, authored=now.isoformat(timespec="seconds"))
    issues = Engine(questionnaire_in(definition), now=now).validate(sheet)
    if has_errors(issues) or len(answers_in(sheet)) != len(answers):
        raise AssessmentRefused(Refusal.NOT_ITS_STATE, "state")


def _details(service: Service, answer: SheetAnswer, row: LineAssessment | None) -> AssessmentDetails:
    """What a sheet says, with what had been said besides where the state is as it was."""
    told = AssessmentDetails(
        line=answer.line,
        service=service,
        state=answer.state,
        on=clock.today(),
        evidence_kind=None if answer.state is LineState.NOT_ASSESSED else EvidenceKind.STATEMENT,
        evidence=answer.comment.strip(),
        next_step=row.next_step if row else "",
        who=row.who if row else "",
        barrier_text=row.barrier_text if row else "",
        barrier=Barrier(row.barrier) if row and row.barrier else None,
    )
    if row is None or row.state != answer.state.value or row.evidence_kind in ("", EvidenceKind.STATEMENT.value):
        return told
    kind = EvidenceKind(row.evidence_kind)
    return replace(told, evidence_kind=kind, evidence=answer.comment.strip() or row.evidence, indicator=row.indicator)


def _store(
    actor: Actor, details: AssessmentDetails, row: LineAssessment | None, line: Line | None, *, form: str, at: datetime
) -> LineAssessment:
    values: dict[str, Any] = {
        "state": details.state.value,
        "is_demand": line is not None and is_demand(line),
        "evidence_kind": details.evidence_kind.value if details.evidence_kind else "",
        "evidence": details.evidence.strip(),
        "indicator": details.indicator if details.evidence_kind is EvidenceKind.OWN_DATA else "",
        "barrier": details.barrier.value if details.barrier else "",
        "barrier_text": details.barrier_text.strip(),
        "next_step": details.next_step.strip(),
        "who": details.who.strip(),
        "on": details.on,
        "form": form,
        "at": at,
        "by": actor.id,
        "by_name": actor.name,
    }
    if row is None:
        row = LineAssessment(line=details.line, service=details.service.value)
    else:
        row.version += 1
    for name, value in values.items():
        setattr(row, name, value)
    _save(row)
    audit.record(actor=actor, action="strategy.assess_line", subject_type=ASSESSMENT, subject_id=row.id)
    return row


def _save(row: LineAssessment) -> None:
    """Where there is no row yet there is none to lock: whoever is second is told by the database."""
    try:
        with refused_as({"strategy_assessment_once": StrategyChanged(now=0, changed={})}):
            row.save()
    except StrategyChanged:
        raise _said_meanwhile(LineAssessment.objects.get(line=row.line, service=row.service)) from None


def _said_meanwhile(row: LineAssessment) -> StrategyChanged:
    return StrategyChanged(now=row.version, changed={name: getattr(row, name) for name in _FIELDS})
