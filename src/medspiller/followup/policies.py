"""
Who may see and keep whose file.

A file is the carer's: it is open to staff whose unit follows the carer up for the carer's own sake, to the carer,
and to nobody because they have to do with whom the carer cares for. Emergency access does not open it. What the
carer has let a patient's team know is `selectors.shared_with_team`, and nothing else.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup.models import CarerFile, Plan
from medspiller.people import selectors as people
from medspiller.people.selectors import Subject

READ_FILE = "followup.read_file"
KEEP_FILE = "followup.keep_file"
HOLD_PLAN = "followup.hold_plan"
HAND_OVER_FOR_OTHERS = "followup.hand_over_for_others"
RECORD_ABSENCE = "followup.record_absence"
RECORD_ABSENCE_FOR_OTHERS = "followup.record_absence_for_others"
VIEW_LOAD = "followup.view_load"
SEE_CHILDREN = "followup.see_children_overview"
READ_OWN_FILE = "followup.read_own_file"
ANSWER_OWN = "followup.answer_own"
LOOK_AFTER = "followup.look_after"

NOT_FOLLOWED_UP = "not_followed_up"
NO_ROLE = "role"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that the actor may open, with the carer whose it is. `subject.actor` has the person the actor is."""

    file: CarerFile
    subject: Subject

    @property
    def actor(self) -> Actor:
        return self.subject.actor


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason=NO_ROLE, subject_id=subject_id)


def ensure_system(actor: Actor) -> None:
    """
    Let jobs and events pass, and nobody else.

    :raises NotAllowed: to anybody else.
    """
    if actor.kind is not ActorKind.SYSTEM or not actor.may(LOOK_AFTER):
        raise NotAllowed(action=LOOK_AFTER, reason=NO_ROLE)


def opened_carer(
    actor: Actor,
    carer_id: UUID,
    *,
    action: str,
    own_action: str = "",
    lock: bool = False,
    within: people.Reach | None = None,
) -> Subject:
    """
    Return a carer whose file the actor may open, whether there is one or not.

    :raises NotFound: if there is no such person, or for a citizen another than themselves; `Closed`, if the actor has
        no need to know.
    :raises NotAllowed: if it is the actor's own, if the role does not reach the unit, or if nobody at the actor's
        units follows the carer up for the carer's own sake.
    """
    found = people.subject(
        actor=actor, person_id=carer_id, action=action, own_action=own_action, lock=lock, within=within
    )
    return people.ensure_own_subject(actor=actor, found=found, action=action)


def opened_file(
    actor: Actor,
    file_id: UUID,
    *,
    action: str = READ_FILE,
    own_action: str = "",
    lock: bool = False,
    within: people.Reach | None = None,
) -> OpenedFile:
    """
    Return a file that the actor may open: the one way in. Locked until the end of the transaction with `lock`.

    `within` spares looking up where the actor stands to single persons, for a page that needs that for more.

    Nothing is logged by this: whoever shows or stores something of it logs it, with the subject's basis.

    :raises NotFound: if there is none, or for a citizen another's; `Closed`, if the actor has no need to know.
    :raises NotAllowed: as `opened_carer` does.
    """
    rows = CarerFile.objects.select_for_update(of=("self",)) if lock else CarerFile.objects.all()
    row = rows.select_related("unit").filter(id=file_id).first()
    if row is None:
        raise NotFound(f"file {file_id}")
    return OpenedFile(row, opened_carer(actor, row.carer_id, action=action, own_action=own_action, within=within))


def opened_plan(
    actor: Actor,
    plan_id: UUID,
    *,
    action: str = READ_FILE,
    own_action: str = "",
    lock: bool = False,
    within: people.Reach | None = None,
) -> tuple[Plan, OpenedFile]:
    """
    Return a plan with its file, if the actor may open the file.

    :raises NotFound: as `opened_file` does.
    :raises NotAllowed: as `opened_file` does.
    """
    rows = locked_plans() if lock else Plan.objects.select_related("run", "unit")
    row = rows.filter(id=plan_id).first()
    if row is None:
        raise NotFound(f"plan {plan_id}")
    return row, opened_file(actor, row.file_id, action=action, own_action=own_action, within=within)


def locked_plans() -> QuerySet[Plan]:
    """
    Return plans with their runs, both locked until the end of the transaction: in the order of their ids.

    The run too: what the night works out anew in it goes to whoever holds the plan.
    """
    return Plan.objects.select_for_update(of=("self", "run")).select_related("run").order_by("id")


def visible_files(actor: Actor) -> Q:
    """Return the filter of the files the actor may open now: the same answer as `opened_file`."""
    return Q(carer_id__in=people.own_subjects(actor=actor, action=READ_FILE))
