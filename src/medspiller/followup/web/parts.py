"""What the page of a file is put together from, besides the file itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from medspiller.followup import selectors
from medspiller.followup.domain.files import FileKind
from medspiller.followup.selectors import SeenFile
from medspiller.followup.web import agreements, children, suggestions
from medspiller.followup.web.acting import acting
from medspiller.pathways.domain.definition import Step
from medspiller.pathways.domain.progress import StepState

SHOWN_NEXT = 4


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something that can be done now, in one of the carer's plans."""

    plan_id: UUID
    step: Step
    due_on: date | None
    is_late: bool


def next_steps(request: HttpRequest, seen: SeenFile) -> list[NextStep]:
    """Return what can be done now in all plans of a file, what is most urgent first."""
    runs = selectors.runs_of_plans(actor=acting(request), plans=seen.open_plans)
    found = [
        NextStep(plan_id, each.step, each.due_on, each.state is StepState.LATE)
        for plan_id, run in runs.items()
        for each in run.progress.open_steps
    ]
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on or date.max, each.step.id))[:SHOWN_NEXT]


def of_file(request: HttpRequest, seen: SeenFile) -> dict[str, Any]:
    """Return the other parts: needs and suggestions, the agreement, and for a child what comes with age."""
    is_child = seen.kind is FileKind.CHILD
    return {
        **suggestions.part(request, seen.id),
        **agreements.part(request, seen.id),
        **(children.age_part(request, seen.id) if is_child else {}),
    }
