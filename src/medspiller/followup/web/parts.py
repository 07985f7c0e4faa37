"""What the page of a file is put together from, besides the file itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from medspiller.core import clock
from medspiller.followup.selectors import FilePage
from medspiller.followup.web import suggestions
from medspiller.followup.web.acting import acting
from medspiller.pathways.domain.definition import Step
from medspiller.pathways.domain.progress import StepState
from medspiller.pathways.selectors import SeenRun

SHOWN_NEXT = 4


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something that can be done now, in one of the carer's plans."""

    plan_id: UUID
    step: Step
    due_on: date | None
    is_late: bool


def next_steps(runs: Mapping[UUID, SeenRun]) -> list[NextStep]:
    """Return what can be done now in all plans of a file, what is most urgent first."""
    found = [
        NextStep(plan_id, each.step, each.due_on, each.state is StepState.LATE)
        for plan_id, run in runs.items()
        for each in run.progress.open_steps
    ]
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on or date.max, each.step.id))[:SHOWN_NEXT]


def of_file(request: HttpRequest, found: FilePage) -> dict[str, Any]:
    """Return the other parts: needs and suggestions, the agreement, and for a child what comes with age."""
    return {
        **suggestions.part(acting(request), found),
        "agreement": found.agreement,
        "age_changes": found.ages,
        "statements": found.statements,
        "concerns": [(each, each.next_on is not None and each.next_on < clock.today()) for each in found.concerns],
    }
