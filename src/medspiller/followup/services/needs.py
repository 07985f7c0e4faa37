"""What carers lack: read out of the codes of their answers, or noted in a talk."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.catalogue.domain.vocabulary import Need as Code
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind, FileState
from medspiller.followup.domain.needs import BY_STAFF, NEED_SYSTEM, NeedEnded, NeedSaid, NeedSource, Said, needs_in
from medspiller.followup.models import CarerFile, Need
from medspiller.followup.policies import OpenedFile
from medspiller.followup.services import _storing as storing
from medspiller.questionnaires import selectors as questionnaires
from medspiller.questionnaires.domain.definition.audience import Subject, Tag
from medspiller.questionnaires.selectors import CodedResponse

NEED = "followup.Need"


@transaction.atomic
def note_needs(*, actor: Actor, response_id: UUID, wrong: bool = False) -> int:
    """
    Let a carer's file say what their answers say now, after some were given, or found to be wrong.

    Of each questionnaire the newest answers count. Safe to run twice. Returns how many needs came and went.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    carer_id = questionnaires.whose(actor=actor, response_id=response_id)
    file_id = _open_file(carer_id)
    return _brought_up_to_date(actor, file_id, wrong=response_id if wrong else None) if file_id else 0


@transaction.atomic
def note_needs_of_file(*, actor: Actor, file_id: UUID) -> int:
    """
    Do the same for a file that was just opened: what the carer has answered before counts too.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    return _brought_up_to_date(actor, file_id)


@transaction.atomic
def note_need(*, actor: Actor, file_id: UUID, need: Code | str) -> Need:
    """
    Write down what a carer said in a talk that they lack. What is noted already stays as it was.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    code = Code(need)
    there = Need.objects.filter(file=opened.file, code=code.value, response=None, ended_at=None).first()
    if there is not None:
        return there
    made = Need.objects.create(
        file=opened.file,
        code=code.value,
        source=NeedSource.TALK.value,
        said_on=clock.today(),
        noted_at=clock.now(),
        noted_by=actor.id,
        noted_by_name=actor.name,
    )
    _record(opened, "followup.note_need", made.id)
    return made


@transaction.atomic
def end_need(*, actor: Actor, file_id: UUID, need: Code | str, because: NeedEnded | str) -> int:
    """
    Write down that a need is met, or is none any more, whoever said it. Returns how many times it was said.

    Newer answers may say it again.

    :raises NotFound: if there is no such file or need; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises ValueError: for a reason that nobody gives by hand.
    """
    why = NeedEnded(because)
    if why not in BY_STAFF:
        raise ValueError(f"{why} follows from the answers")
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    rows = list(Need.objects.select_for_update().filter(file=opened.file, code=Code(need).value, ended_at=None))
    if not rows:
        raise NotFound(f"need {need}")
    _end(actor, rows, why)
    _record(opened, "followup.end_need", rows[0].id)
    return len(rows)


def _brought_up_to_date(actor: Actor, file_id: UUID, *, wrong: UUID | None = None) -> int:
    row = CarerFile.objects.select_for_update().filter(id=file_id, state=FileState.OPEN.value).first()
    if row is None:
        return 0
    answers = questionnaires.coded_responses(actor=actor, subject_id=row.carer_id)
    wanted = {(each.id, said.need.value): (each, said) for each in answers for said in _needs_of(row, each)}
    rows = Need.objects.filter(file=row, source=NeedSource.ANSWERS.value).order_by("noted_at", "id")
    known = {(each.response_id, each.code): each for each in rows}
    gone = [each for key, each in known.items() if each.ended_at is None and key not in wanted]
    _end(actor, [each for each in gone if each.response_id == wrong], NeedEnded.ENTERED_IN_ERROR)
    _end(actor, [each for each in gone if each.response_id != wrong], NeedEnded.NOT_SAID_AGAIN)
    new = [_need(row, *each) for key, each in wanted.items() if key not in known or _may_return(known[key])]
    Need.objects.bulk_create(new)
    if gone or new:
        storing.record_by_system(actor, "followup.note_needs", row, subject_type=storing.FILE, subject_id=row.id)
    return len(gone) + len(new)


def _open_file(carer_id: UUID | None) -> UUID | None:
    rows = CarerFile.objects.filter(carer_id=carer_id, state=FileState.OPEN.value)
    return rows.values_list("id", flat=True).first()


def _needs_of(row: CarerFile, answers: CodedResponse) -> Iterable[NeedSaid]:
    """What is about somebody as a patient says nothing of them as a carer; of a child, staff answer about the child."""
    about_child = Tag.ABOUT_CHILD in answers.tags and row.kind == FileKind.CHILD
    if answers.belongs_to is not Subject.CARER and not about_child:
        return ()
    return needs_in(
        Said(each.link_id, tuple(code for system, code in each.asked if system == NEED_SYSTEM), each.system, each.code)
        for each in answers.chosen
    )


def _may_return(row: Need) -> bool:
    """Whether a need that ended is said anew by the same answers: what staff have ended stays so."""
    return row.ended_at is not None and NeedEnded(row.ended_because) not in BY_STAFF


def _need(row: CarerFile, answers: CodedResponse, said: NeedSaid) -> Need:
    return Need(
        file=row,
        code=said.need.value,
        source=NeedSource.ANSWERS.value,
        response_id=answers.id,
        questionnaire=f"{answers.url}|{answers.version}",
        link_id=said.link_id,
        said_on=answers.completed_on,
        noted_at=clock.now(),
        noted_by=answers.author,
        noted_by_name=answers.author_name,
    )


def _end(actor: Actor, rows: list[Need], why: NeedEnded) -> None:
    for row in rows:
        row.ended_at, row.ended_by, row.ended_because = clock.now(), actor.id, why.value
    Need.objects.bulk_update(rows, ("ended_at", "ended_by", "ended_because"))


def _record(opened: OpenedFile, action: str, need_id: UUID) -> None:
    storing.record(opened, action, information=(Information.NEEDS,), subject_type=NEED, subject_id=need_id)
