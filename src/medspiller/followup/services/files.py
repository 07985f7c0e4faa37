"""Opening a carer's file, writing in it and closing it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.core import clock, events
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotAllowed
from medspiller.followup import policies
from medspiller.followup.domain import files
from medspiller.followup.domain.events import FileClosed as FileHasClosed
from medspiller.followup.domain.events import FileOpened
from medspiller.followup.domain.files import (
    BY_HAND,
    AnswersUnread,
    ClosedBecause,
    FileChanges,
    FileKind,
    FileNotClosed,
    FileOpenAlready,
    FileState,
    Identified,
    NoteCode,
    Outcome,
    OutcomeMissing,
    PlansOpen,
)
from medspiller.followup.domain.holding import CannotHold
from medspiller.followup.models import CarerFile, FileNote, Plan
from medspiller.followup.policies import OpenedFile
from medspiller.followup.selectors.closing import _unread_answers
from medspiller.followup.services import _items as items
from medspiller.followup.services import _storing as storing

_ABOUT_SELF = (Information.PLAN, Information.NEEDS)
_ADULT = 18


@transaction.atomic
def open_file(
    *,
    actor: Actor,
    carer_id: UUID,
    identified_on: date,
    identified_how: Identified | str,
    unit_id: UUID | None = None,
    why: str = "",
    situation: str = "",
    what_matters: str = "",
    contact_id: UUID | None = None,
    kind: FileKind | None = None,
) -> CarerFile:
    """
    Begin to follow somebody up as a carer, in the unit that has to do with them unless another is given.

    The file of whoever is under eighteen is a child's; of somebody whose birth date is not known it is of the `kind`
    that is said, an adult's if nothing is. `contact_id` is who answers when the carer calls.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up, or the role does not reach the unit.
    :raises FileOpenAlready: with the file that is open.
    :raises DayRefused: if they were identified on a day that lies ahead.
    :raises TextRefused: if a text is too long.
    :raises CannotHold: if the contact works nowhere near.
    """
    found = policies.opened_carer(actor, carer_id, action=policies.KEEP_FILE, lock=True)
    unit_id = unit_id or found.unit_id
    if unit_id is None:
        raise NotAllowed(action=policies.KEEP_FILE, reason=policies.NOT_FOLLOWED_UP, person_id=carer_id)
    policies.ensure(actor, policies.KEEP_FILE, unit_id=unit_id, subject_id=carer_id)
    _ensure_none_open(carer_id)
    now, today = clock.now(), clock.today()
    age = found.age(today)
    row = CarerFile(
        carer_id=carer_id,
        kind=(_kind_at(age) or kind or FileKind.ADULT).value,
        unit_id=unit_id,
        identified_on=files.ensure_not_ahead("identified_on", identified_on, today=today),
        identified_how=Identified(identified_how).value,
        why=files.tidy("why", why) or None,
        situation=files.tidy("situation", situation) or None,
        what_matters=files.tidy("what_matters", what_matters) or None,
        opened_at=now,
        opened_by=actor.id,
        opened_by_name=actor.name,
    )
    _set_contact(actor, row, contact_id)
    row.save(force_insert=True)
    opened = OpenedFile(row, found)
    storing.note(actor, row, NoteCode.OPENED)
    storing.record(opened, "followup.open_file", information=_ABOUT_SELF)
    events.publish(FileOpened(file_id=row.id, carer_id=carer_id, unit_id=unit_id, kind=row.kind))
    return row


@transaction.atomic
def change_file(*, actor: Actor, file_id: UUID, version: int, changes: FileChanges) -> CarerFile:
    """
    Change what the carer says of themselves.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if it is closed.
    :raises FileChanged: if somebody else changed it first.
    :raises TextRefused: if a text is too long.
    """
    opened = _to_write(actor, file_id, version)
    row = opened.file
    fields = [name for name in ("why", "situation", "what_matters") if getattr(changes, name) is not None]
    for name in fields:
        setattr(row, name, files.tidy(name, getattr(changes, name)) or None)
    storing.changed(row, *fields)
    storing.record(opened, "followup.change_file", information=_ABOUT_SELF)
    return row


@transaction.atomic
def appoint_contact(*, actor: Actor, file_id: UUID, version: int, user_id: UUID | None) -> CarerFile:
    """
    Say who the carer's contact person is, or that there is none any more.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if it is closed.
    :raises FileChanged: if somebody else changed it first.
    :raises CannotHold: if that colleague does not work for the file's unit.
    """
    opened = _to_write(actor, file_id, version)
    row = opened.file
    _set_contact(actor, row, user_id)
    storing.changed(row, "contact", "contact_name")
    items.withdraw_no_contact(actor, [row.id])
    storing.note(actor, row, NoteCode.CONTACT, text=row.contact_name)
    storing.record(opened, "followup.appoint_contact", information=(Information.CONTACT_PERSON,))
    return row


@transaction.atomic
def add_note(*, actor: Actor, file_id: UUID, code: NoteCode | str, on: date, text: str) -> FileNote:
    """
    Write what happened. Lines stay as they were written.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if it is closed.
    :raises DayRefused: if the day lies ahead.
    :raises TextRefused: if the text is missing or too long.
    :raises ValueError: for a code that nobody writes by hand.
    """
    said = NoteCode(code)
    if said not in BY_HAND:
        raise ValueError(f"{said} is written by what happens")
    opened = _to_write(actor, file_id)
    day = files.ensure_not_ahead("on", on, today=clock.today())
    made = storing.note(actor, opened.file, said, text=files.tidy("text", text, needed=True), on=day)
    storing.record(opened, "followup.add_note", information=(Information.NOTES,))
    return made


@transaction.atomic
def close_file(
    *,
    actor: Actor,
    file_id: UUID,
    version: int,
    reason: ClosedBecause | str,
    outcome: Collection[Outcome | str],
    note: str = "",
) -> CarerFile:
    """
    Follow somebody up no more, with why and what it came to. The agreement ends with it.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if it is closed already.
    :raises FileChanged: if somebody else changed it first.
    :raises PlansOpen: with the plans that still run: each is closed first, with its own reason.
    :raises AnswersUnread: with the answers that the carer was told somebody reads, and nobody has.
    :raises OutcomeMissing: if it is not said what it came to.
    :raises TextRefused: if the note is too long.
    """
    opened = _to_write(actor, file_id, version)
    row = opened.file
    running = list(Plan.objects.filter(file=row, closed_at=None).order_by("opened_at").values_list("id", flat=True))
    if running:
        raise PlansOpen(plan_ids=running)
    if unread := _unread_answers(actor, row.id):
        raise AnswersUnread(suggestion_ids=sorted(unread))
    if not outcome:
        raise OutcomeMissing
    row.state, row.closed_at = FileState.CLOSED.value, clock.now()
    row.closed_by, row.closed_by_name = actor.id, actor.name
    row.closed_because = ClosedBecause(reason).value
    row.outcome = sorted({Outcome(each).value for each in outcome})
    row.closing_note = files.tidy("note", note) or None
    storing.changed(row, "state", *_CLOSING)
    storing.note(actor, row, NoteCode.CLOSED)
    storing.record(opened, "followup.close_file")
    events.publish(FileHasClosed(file_id=row.id, carer_id=row.carer_id))
    return row


@transaction.atomic
def reopen_file(*, actor: Actor, file_id: UUID, why: str) -> CarerFile:
    """
    Follow somebody up again in the file that was closed.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileNotClosed: if it is open.
    :raises FileOpenAlready: if another was opened since.
    :raises TextRefused: if it is not said why.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    row = opened.file
    if row.is_open:
        raise FileNotClosed
    said = files.tidy("why", why, needed=True)
    _ensure_none_open(row.carer_id)
    row.state, row.closed_at, row.closed_by, row.closed_by_name = FileState.OPEN.value, None, None, ""
    row.closed_because, row.outcome, row.closing_note = "", [], None
    with refused_as({"followup_file_one_open": FileOpenAlready(file_id=row.id)}):
        storing.changed(row, "state", *_CLOSING)
    storing.note(actor, row, NoteCode.REOPENED, text=said)
    storing.record(opened, "followup.reopen_file")
    events.publish(FileOpened(file_id=row.id, carer_id=row.carer_id, unit_id=row.unit_id, kind=row.kind))
    return row


_CLOSING = ("closed_at", "closed_by", "closed_by_name", "closed_because", "outcome", "closing_note")


def _to_write(actor: Actor, file_id: UUID, version: int | None = None) -> OpenedFile:
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    if version is not None:
        storing.ensure_file_as_seen(opened.file, version)
    return opened


def _ensure_none_open(carer_id: UUID) -> None:
    there = CarerFile.objects.filter(carer_id=carer_id, state=FileState.OPEN.value).first()
    if there is not None:
        raise FileOpenAlready(file_id=there.id)


def _kind_at(age: int | None) -> FileKind | None:
    if age is None:
        return None
    return FileKind.CHILD if age < _ADULT else FileKind.ADULT


def _set_contact(actor: Actor, row: CarerFile, user_id: UUID | None) -> None:
    row.contact_id, row.contact_name = user_id, ""
    if user_id is None:
        return
    near = access.colleagues(
        actor=actor, action=policies.KEEP_FILE, unit_id=row.unit_id, today=clock.today(), now=clock.now()
    )
    found = next((each for each in near if each.id == user_id), None)
    if found is None:
        raise CannotHold("role")
    row.contact_name = found.name
