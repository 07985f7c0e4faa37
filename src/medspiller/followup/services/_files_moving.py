"""A file goes where its plans go, and its contact person is somebody who works there."""

from uuid import UUID

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import NoteCode
from medspiller.followup.models import Agreement, CarerFile, Plan, Suggestion
from medspiller.followup.services import _items as items
from medspiller.followup.services import _passing as passing
from medspiller.followup.services import _storing as storing
from medspiller.followup.services._letting import any_of, following, lent
from medspiller.organisations import selectors as organisations
from medspiller.worklist import services as worklist


def follow_plan(actor: Actor, file: CarerFile, plan: Plan) -> None:
    """Let a file go to the unit that its last plan has gone to: where no other open plan is left in the file's unit."""
    if file.unit_id != plan.unit_id and not _open_plans(file).filter(unit_id=file.unit_id).exists():
        move_file(actor, file, plan.unit_id)


def follow_carer(actor: Actor, file: CarerFile) -> None:
    """
    Let a file whose unit has nothing to do with the carer any more go to one that has, if there is one.

    A unit that has so only because the carer lets it know of a plan gets no file by that.
    """
    only_let = set(lent(actor, file.carer_id).values_list("through__unit_id", flat=True))
    units = [each for each in following(actor, file.carer_id) if each not in only_let]
    if not units or not organisations.subtree_ids(actor=actor, roots=[file.unit_id]).isdisjoint(units):
        return
    last = _open_plans(file).order_by("-opened_at", "-id").values_list("unit_id", flat=True).first()
    move_file(actor, file, any_of(units, first=last or file.unit_id))


def move_file(actor: Actor, file: CarerFile, unit_id: UUID) -> None:
    """Let a file be another unit's, with all of it that waits on lists."""
    file.unit_id = unit_id
    storing.changed(file, "unit")
    about = [file.id]
    for rows in (Agreement.objects, Suggestion.objects):
        about += rows.filter(file=file).values_list("id", flat=True)
    worklist.move_subjects(actor=storing.system_of(actor), which=items.OF_FILES, subject_ids=about, unit_id=unit_id)
    near = access.colleagues(
        actor=storing.system_of(actor),
        action=policies.KEEP_FILE,
        unit_id=unit_id,
        today=clock.today(),
        now=clock.now(),
    )
    if file.contact_id is not None and all(each.id != file.contact_id for each in near):
        empty_contact(actor, file)


def empty_contact(actor: Actor, file: CarerFile) -> None:
    """Let nobody be the contact person who cannot answer any more, and tell the leader that the carer needs another."""
    file.contact_id, file.contact_name = None, ""
    storing.changed(file, "contact", "contact_name")
    storing.note(actor, file, NoteCode.CONTACT)
    items.put_no_contact(actor, file, due_on=passing.given_on_by())


def _open_plans(file: CarerFile):  # type: ignore[no-untyped-def]
    return Plan.objects.filter(file=file, closed_at=None)
