"""A plan as its page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.followup.selectors import SeenPlan
from medspiller.followup.web.acting import acting
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.definition import DoneBy, Step, UsesKind
from medspiller.pathways.domain.progress import StepProgress, StepState
from medspiller.pathways.domain.vocabulary import Page
from medspiller.pathways.selectors.words import in_words

LAST_HAPPENINGS = 10


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """A phase with its steps; `state` is done, current or later."""

    title: str
    state: str
    began_on: date | None
    ended_on: date | None
    steps: tuple[StepProgress, ...]


def plan_shown(request: HttpRequest, seen: SeenPlan) -> dict[str, Any]:
    """Return what the page of a plan shows."""
    run, progress = seen.run, seen.run.progress
    pathway = run.pathway
    current = next((place for place, phase in enumerate(pathway.phases) if phase.id == progress.phase), 0)
    is_over = not seen.is_open or progress.is_through
    phases = [
        PhaseShown(
            title=in_words(each.phase.title),
            state="done" if each.ended_on else "current" if each.began_on else "later",
            began_on=each.began_on,
            ended_on=each.ended_on,
            steps=tuple(one for one in progress.steps if one.step in each.phase.steps),
        )
        for each in progress.phases
    ]
    holder = seen.holder
    return {
        "plan": seen,
        "pathway": pathway,
        "progress": progress,
        "titles": [each.title for each in phases],
        "current": len(phases) + 1 if is_over else current + 1,
        "phases": phases,
        "now": sorted(progress.open_steps, key=_urgency),
        "facts_to_know": [(name, in_words(pathway.facts[name])) for name in progress.missing_facts],
        "known": [(in_words(pathway.facts[name]), name, value) for name, value in progress.facts],
        "history": run.history[:LAST_HAPPENINGS],
        "may_undo": any(each.may_undo for each in run.history),
        "is_mine": holder is not None and holder.holder_id == acting(request).id,
        "reached": progress.reached,
        "lines": pathways.guideline_lines(actor=acting(request), ids=_lines(progress.open_steps)),
    }


def step_shown(request: HttpRequest, seen: SeenPlan, step: Step) -> dict[str, Any]:
    """Return what the page of one step shows besides the form."""
    found = seen.run.progress.step(step.id)
    pathway = seen.run.pathway
    waits_for = found.waits_for if found else ()
    return {
        "plan": seen,
        "pathway": pathway,
        "step": step,
        "found": found,
        "can_be_done": seen.is_open and found is not None and found.can_be_done and step.done.by is DoneBy.CONFIRM,
        "done_by": step.done.by.value,
        "said_before": _said_before(seen, found),
        "waits": [pathway.steps[name] for name in waits_for if name in pathway.steps],
        "facts_to_know": [(name, in_words(pathway.facts[name])) for name in (found.facts if found else ())],
        "place": _place(seen, step),
        "lines": pathways.guideline_lines(actor=acting(request), ids=set(step.basis.lines)),
        "told": [each for each in seen.run.history if each.line.step == step.id],
    }


def _said_before(seen: SeenPlan, found: StepProgress | None) -> bool:
    """Whether a step was done by answers that were there when the plan began."""
    began = seen.run.started_on
    return found is not None and found.settled_on is not None and found.times == 1 and found.settled_on < began


def _urgency(found: StepProgress) -> tuple[bool, bool, date]:
    return (found.state is not StepState.LATE, found.due_on is None, found.due_on or date.max)


def _lines(steps: tuple[StepProgress, ...]) -> set[str]:
    return {line for each in steps for line in each.step.basis.lines}


def _place(seen: SeenPlan, step: Step) -> str:
    """Where a step is done: a form about the carer, a letter, or one of our pages; empty where it is a talk."""
    if step.uses is None:
        return ""
    carer_id, file_id = seen.carer.person_id, seen.file_id
    match step.uses.kind:
        case UsesKind.QUESTIONNAIRE:
            url, _version = canonical_parts(step.uses.name)
            return f"{reverse('questionnaires:about', args=[carer_id])}?skjema={url.rsplit('/', 1)[-1]}"
        case UsesKind.LETTER:
            return reverse("followup:letter", args=[file_id, step.uses.name])
        case UsesKind.PAGE:
            return _PAGES[Page(step.uses.name)](carer_id, file_id)


_PAGES: dict[Page, Any] = {
    Page.SAFETY: lambda carer, file: reverse("followup:safety", args=[file]),
    Page.TELL: lambda carer, file: reverse("people:person", args=[carer]),
    Page.RIGHTS: lambda carer, file: reverse("rights_at_work:start", args=[carer]),
    Page.OFFERS: lambda carer, file: reverse("followup:suggestions", args=[file]),
    Page.AGREEMENT: lambda carer, file: reverse("followup:agreement", args=[file]),
    Page.CONSENT: lambda carer, file: f"{reverse('people:person', args=[carer])}#samtykker",
    Page.FIRST_TALK: lambda carer, file: reverse("people:first_talk"),
}
