"""Whether something can have happened to a run, and as what it is then written down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from medspiller.pathways.domain.definition import DoneBy, Pathway, Step
from medspiller.pathways.domain.earlier import asked_since
from medspiller.pathways.domain.happenings import Happening, HappeningRefused, Kind, Refusal, StatutoryStepsOpen
from medspiller.pathways.domain.progress import Progress, RunState, StepProgress, StepState, progress

# How far ahead a day can be known on which something is going to happen, and how long a run can stand still.
FURTHEST_AHEAD = timedelta(days=730)
LONGEST_PAUSE = timedelta(days=366)


def accept(pathway: Pathway, happenings: Sequence[Happening], new: Happening) -> Happening:
    """
    Return what is to be written down, given what happened before: the same, with the number of its time.

    :raises HappeningRefused: if it cannot have happened.
    """
    now = progress(pathway, happenings, on=new.told_on)
    if now.state is RunState.CLOSED:
        raise HappeningRefused(Refusal.ENDED)
    _ensure_day(now, new)
    began_on = now.phases[0].began_on
    match new.kind:
        case Kind.DONE | Kind.SKIPPED:
            return _settling(now, new)
        case Kind.FACT if new.fact not in pathway.facts:
            raise HappeningRefused(Refusal.UNKNOWN_FACT, new.fact)
        case Kind.EVENT if new.event not in pathway.reacts_to:
            raise HappeningRefused(Refusal.UNKNOWN_EVENT, new.event)
        case Kind.RESPONSE if new.response not in pathway.responses:
            raise HappeningRefused(Refusal.UNKNOWN_RESPONSE, new.response)
        case Kind.RESPONSE if began_on is not None and new.on < asked_since(pathway, started_on=began_on)[new.response]:
            raise HappeningRefused(Refusal.BEFORE_START, new.response)
        case Kind.PAUSED:
            _ensure_pause(new)
        case Kind.RESUMED if now.state is not RunState.PAUSED:
            raise HappeningRefused(Refusal.NOT_PAUSED)
        case Kind.CLOSED if not now.may_close:
            raise StatutoryStepsOpen(*now.keeps_open)
        case Kind.STARTED:
            raise HappeningRefused(Refusal.ALREADY)
    return new


def _ensure_day(now: Progress, new: Happening) -> None:
    latest = new.told_on + FURTHEST_AHEAD if new.kind is Kind.EVENT else new.told_on
    if new.on > latest:
        # An event may lie ahead, only not so far.
        raise HappeningRefused(Refusal.TOO_FAR if new.kind is Kind.EVENT else Refusal.IN_THE_FUTURE)
    began_on = now.phases[0].began_on
    # What is told of a family may be older than its plan; what was done for the plan is not.
    is_older = began_on is not None and new.on < began_on
    if is_older and new.kind not in (Kind.FACT, Kind.EVENT, Kind.RESPONSE):
        raise HappeningRefused(Refusal.BEFORE_START)


def _settling(now: Progress, new: Happening) -> Happening:
    one = now.step(new.step)
    if one is None:
        raise HappeningRefused(Refusal.UNKNOWN_STEP, new.step)
    if new.kind is Kind.SKIPPED and not new.reason.strip():
        raise HappeningRefused(Refusal.REASON_MISSING, new.step)
    _ensure_settleable(one, new)
    if new.kind is Kind.DONE:
        _ensure_done_by_hand(one.step, new)
    elif new.result:
        raise HappeningRefused(Refusal.UNKNOWN_RESULT, new.step, new.result)
    if one.settled_on is not None and new.on < one.settled_on:
        raise HappeningRefused(Refusal.TOO_EARLY, new.step)
    return replace(new, occurrence=one.occurrence)


def _ensure_settleable(one: StepProgress, new: Happening) -> None:
    if new.occurrence > 1 and one.step.repeats is None:
        raise HappeningRefused(Refusal.NOT_REPEATING, new.step)
    if one.state in (StepState.DONE, StepState.SKIPPED) or 0 < new.occurrence < one.occurrence:
        raise HappeningRefused(Refusal.ALREADY, new.step)
    if one.state is StepState.NOT_NEEDED:
        raise HappeningRefused(Refusal.NOT_NEEDED, new.step)
    if new.occurrence > one.occurrence:
        raise HappeningRefused(Refusal.WAITS, new.step)
    if new.kind is Kind.SKIPPED:
        # It may be known beforehand that it will not be done.
        return
    if one.state is StepState.UNKNOWN:
        raise HappeningRefused(Refusal.FACTS_MISSING, *one.facts)
    if one.state is StepState.WAITING:
        raise HappeningRefused(Refusal.WAITS, *one.waits_for)


def _ensure_done_by_hand(step: Step, new: Happening) -> None:
    if step.done.by is not DoneBy.CONFIRM:
        raise HappeningRefused(Refusal.NOT_BY_HAND, step.id, step.done.name)
    if new.result and new.result not in step.result_codes:
        raise HappeningRefused(Refusal.UNKNOWN_RESULT, step.id, new.result)
    if step.results and not new.result:
        raise HappeningRefused(Refusal.RESULT_MISSING, step.id)


def _ensure_pause(new: Happening) -> None:
    if not new.reason.strip():
        raise HappeningRefused(Refusal.REASON_MISSING)
    if new.until is None or new.until <= new.told_on or new.until > new.on + LONGEST_PAUSE:
        raise HappeningRefused(Refusal.BAD_PAUSE)
