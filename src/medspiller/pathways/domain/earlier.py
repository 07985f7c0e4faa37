"""Answers that were given before a run began: what somebody has said already is not asked again."""

from collections.abc import Mapping
from datetime import date

from medspiller.pathways.domain import days
from medspiller.pathways.domain.definition import DoneBy, Pathway, Span, Step


def counts(step: Step, *, given_on: date, started_on: date) -> bool:
    """
    Say whether answers do a step of a run by their day: given since it began, or not too long before.

    A step that comes back is done anew in each run.
    """
    return given_on >= started_on or (step.repeats is None and given_on >= _since(step, started_on))


def asked_since(pathway: Pathway, *, started_on: date) -> Mapping[str, date]:
    """Return from which day on answers count in a run, by the questionnaire's url."""
    found: dict[str, date] = {}
    for step in pathway.steps.values():
        if step.done.by is DoneBy.RESPONSE:
            since = started_on if step.repeats else _since(step, started_on)
            found[step.done.name] = min(since, found.get(step.done.name, since))
    return found


def _since(step: Step, started_on: date) -> date:
    within = step.done.given_within
    return started_on if within is None else days.moved(started_on, Span(within.unit, -within.count))
