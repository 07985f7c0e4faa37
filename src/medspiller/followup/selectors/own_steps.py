"""What happens next in carers' plans, as far as it is theirs to read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import FileState
from medspiller.followup.models import CarerFile, Plan
from medspiller.followup.selectors._seen import Texts
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people


@dataclass(frozen=True, slots=True)
class OwnStep:
    """Something that will be done in one of the reader's plans; `words` are those that are written for them."""

    plan_id: UUID
    words: Texts
    due_on: date | None
    is_late: bool


def own_steps(*, actor: Actor) -> list[OwnStep]:
    """
    Return what will be done next in a citizen's own plans, the first day first; nothing where they have no file.

    Only what the pathway words for the carer is told; its titles are for staff, and may give away what is the
    patient's. `own_file` logs the read.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.READ_OWN_FILE)
    known = people.registered_as(actor=actor)
    files = CarerFile.objects.filter(carer_id=known.person_id, state=FileState.OPEN.value)
    if known.person_id is None:
        return []
    plans = dict(Plan.objects.filter(file__in=files, closed_at=None).values_list("run_id", "id"))
    system, today = actors.system(actor.tenant_id), clock.today()
    runs = pathways.runs(actor=system, run_ids=list(plans))
    found = [
        OwnStep(plans[run_id], each.step.for_carer, each.due_on, each.due_on is not None and each.due_on < today)
        for run_id, run in runs.items()
        for each in run.progress.open_steps
        if each.step.for_carer
    ]
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on or date.max))
