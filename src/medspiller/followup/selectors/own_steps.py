"""What happens next in carers' plans, as far as it is theirs to read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import FileState
from medspiller.followup.models import CarerFile, Plan
from medspiller.followup.selectors._seen import Texts
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.definition import Step, UsesKind
from medspiller.pathways.domain.vocabulary import Page
from medspiller.people import selectors as people

# What staff judge of safety and of what others may know is theirs to judge, and may be about somebody else.
_KEPT_BACK_PAGES = frozenset({Page.SAFETY.value, Page.TELL.value, Page.CONSENT.value})
_KEPT_BACK_FORMS = frozenset({"https://medspiller.no/fhir/Questionnaire/concern-for-child"})
_KEPT_BACK_LAWS = ("barnevernsloven", "§ 33", "§ 31", "§ 32")


@dataclass(frozen=True, slots=True)
class OwnStep:
    """Something that will be done in one of the reader's plans; `title` is by language."""

    plan_id: UUID
    title: Texts
    due_on: date | None
    is_late: bool


def own_steps(*, actor: Actor) -> list[OwnStep]:
    """
    Return what will be done next in a citizen's own plans, the first day first; nothing where they have no file.

    Steps about safety, and about what may be told to whom, are left out. `own_file` logs the read.

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
        OwnStep(plans[run_id], each.step.title, each.due_on, each.due_on is not None and each.due_on < today)
        for run_id, run in runs.items()
        for each in run.progress.open_steps
        if not _is_kept_back(each.step)
    ]
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on or date.max))


def _is_kept_back(step: Step) -> bool:
    if any(part in law for law in step.basis.law for part in _KEPT_BACK_LAWS):
        return True
    if step.uses is None:
        return False
    if step.uses.kind is UsesKind.PAGE:
        return step.uses.name in _KEPT_BACK_PAGES
    return step.uses.kind is UsesKind.QUESTIONNAIRE and canonical_parts(step.uses.name)[0] in _KEPT_BACK_FORMS
