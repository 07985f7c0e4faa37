"""Carers' files: one, and lists of them. Reading one leaves an entry in the carer's log."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.followup import policies
from medspiller.followup.domain.files import ClosedBecause, FileKind, FileState, Identified, Outcome
from medspiller.followup.models import CarerFile, Holding, Plan
from medspiller.followup.selectors import _rows as rows
from medspiller.followup.selectors._seen import Let, PlanLine, SeenFile
from medspiller.people import selectors as people

SEEN = (Information.PLAN, Information.NEEDS, Information.NOTES, Information.CONTACT_PERSON)
PAGE_SIZE, COUNTED_MOST = 25, 1000
_FILE = "followup.CarerFile"


class Which(StrEnum):
    """Part of the files: where the actor holds a plan or is the contact; those of their units; the closed ones."""

    MINE = "mine"
    UNIT = "unit"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FileNarrowing:
    """What is asked for. `words` are of a name; `kind` and `unit_id` of None are all."""

    which: Which = Which.MINE
    unit_id: UUID | None = None
    kind: FileKind | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as it stands in a list. `name` is empty where the carer's name is kept back."""

    id: UUID
    carer_id: UUID
    name: str
    birth_date: date | None
    is_protected: bool
    kind: FileKind
    state: FileState
    unit_id: UUID
    unit_name: str
    contact: str
    opened_at: datetime
    closed_at: datetime | None
    plans: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class FileList:
    """One page of a list. Counting stops at `COUNTED_MOST`."""

    lines: tuple[FileLine, ...]
    count: int
    page: int
    size: int


def file(*, actor: Actor, file_id: UUID) -> SeenFile:
    """
    Return a carer's file.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own, or nobody at their units follows the carer up for the carer's sake.
    """
    within = people.reach(actor=actor)
    return _seen_file(actor, policies.opened_file(actor, file_id, within=within), shows=SEEN, within=within)


def _seen_file(
    actor: Actor, opened: policies.OpenedFile, *, shows: Sequence[Information], within: people.Reach
) -> SeenFile:
    """Return the same of a file that was opened; it is in the log as showing `shows`."""
    row = opened.file
    plans = Plan.objects.select_related("run").filter(file=row).order_by("-opened_at", "-id")
    may_keep = actor.may(policies.KEEP_FILE, unit_id=opened.subject.unit_id)
    audit.record(
        actor=opened.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=shows,
        subject_type=_FILE,
        subject_id=row.id,
        person_id=row.carer_id,
        basis=opened.subject.basis,
    )
    return SeenFile(
        id=row.id,
        carer=opened.subject,
        kind=FileKind(row.kind),
        state=FileState(row.state),
        version=row.version,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        identified_on=row.identified_on,
        identified_how=Identified(row.identified_how),
        why=str(row.why or ""),
        situation=str(row.situation or ""),
        what_matters=str(row.what_matters or ""),
        contact_id=row.contact_id,
        contact=row.contact_name,
        opened_at=row.opened_at,
        opened_by=row.opened_by_name,
        closed_at=row.closed_at,
        closed_by=row.closed_by_name,
        closed_because=ClosedBecause(row.closed_because) if row.closed_because else None,
        closing_note=str(row.closing_note or ""),
        outcome=tuple(Outcome(code) for code in row.outcome),
        notes=rows.notes_of(row.id),
        plans=tuple(rows.plan_lines(actor, list(plans), within=within)),
        may=Let(keep=may_keep),
    )


def open_file_of(*, actor: Actor, carer_id: UUID) -> UUID | None:
    """
    Return the open file of a carer whom the actor may open as such; None if there is none.

    Nothing is told of somebody whom the actor's units do not follow up: None looks like it.
    """
    if not people.own_subjects(actor=actor, action=policies.READ_FILE).filter(id=carer_id).exists():
        return None
    found = CarerFile.objects.filter(carer_id=carer_id, state=FileState.OPEN.value)
    return found.values_list("id", flat=True).first()


def file_for_update(*, actor: Actor, file_id: UUID, action: str = policies.KEEP_FILE) -> policies.OpenedFile:
    """
    Return a file that the actor may write in, locked until the end of the transaction. Nothing is logged by this.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know.
    :raises NotAllowed: as `file` does.
    """
    return policies.opened_file(actor, file_id, action=action, lock=True)


def files(*, actor: Actor, narrowing: FileNarrowing, page: int = 1, size: int = PAGE_SIZE) -> FileList:
    """
    Return one page of the files that the actor may open, the latest opened first. Each carer shown is in the log.

    :raises NotAllowed: if the actor may read files nowhere.
    """
    policies.ensure(actor, policies.READ_FILE)
    within = people.reach(actor=actor)
    followed = people.own_subjects(actor=actor, action=policies.READ_FILE, within=within)
    found = _narrowed(actor, narrowing).filter(carer_id__in=_called(followed, narrowing.words).values("id"))
    shown, count, page = _page(found, page, size)
    running = list(
        Plan.objects.select_related("run")
        .filter(file_id__in=[row.id for row in shown], closed_at=None)
        .order_by("opened_at", "id")
    )
    persons = {row.carer_id for row in shown} | {plan.about_id for plan in running if plan.about_id}
    named = people.mentioned(actor=actor, person_ids=persons, within=within)
    of_file: dict[UUID, list[PlanLine]] = defaultdict(list)
    for plan, line in zip(running, rows.plan_lines(actor, running, within=within, opened=named), strict=True):
        of_file[plan.file_id].append(line)
    lines = tuple(_line(row, named[row.carer_id], tuple(of_file[row.id])) for row in shown if row.carer_id in named)
    audit.record_list(
        actor=actor,
        action=policies.READ_FILE,
        information=(Information.PLAN,),
        shown=[Shown(line.carer_id, _FILE, line.id, basis=named[line.carer_id].basis) for line in lines],
    )
    return FileList(lines, count, page, size)


def _page(found: QuerySet[CarerFile], page: int, size: int) -> tuple[list[CarerFile], int, int]:
    """Return the rows of a page, how many there are in all, and which page it is; a list that fits is not counted."""
    ordered = found.select_related("unit").order_by("-opened_at", "-id")
    if page <= 1:
        first = list(ordered[: size + 1])
        return first[:size], len(first) if len(first) <= size else found[:COUNTED_MOST].count(), 1
    count = found[:COUNTED_MOST].count()
    page = min(page, max(-(-count // size), 1))
    return list(ordered[(page - 1) * size : page * size]), count, page


def _narrowed(actor: Actor, narrowing: FileNarrowing) -> QuerySet[CarerFile]:
    closed = narrowing.which is Which.CLOSED
    found = CarerFile.objects.filter(state=(FileState.CLOSED if closed else FileState.OPEN).value)
    if narrowing.which is Which.MINE:
        # Read first: they are few, and asked of each file of the unit it takes a second among many thousands. Each plan
        # is looked up by itself: joined, all of the unit's would be gone through.
        file_of = Subquery(Plan.objects.filter(id=OuterRef("plan_id")).values("file_id"))
        held = Holding.objects.filter(holder_id=actor.id, ends_at=None).values_list(file_of)
        mine = held.union(CarerFile.objects.filter(contact_id=actor.id).values_list("id"))
        found = found.filter(id__in=[file_id for (file_id,) in mine])
    if narrowing.unit_id is not None:
        found = found.filter(unit_id=narrowing.unit_id)
    if narrowing.kind is not None:
        found = found.filter(kind=narrowing.kind.value)
    return found


def _called(followed: QuerySet, words: str) -> QuerySet:  # type: ignore[type-arg]  # of persons, whose model is not ours
    for word in words.replace("\x00", "").split():
        followed = followed.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return followed


def _line(row: CarerFile, carer: people.Mentioned, plans: tuple[PlanLine, ...]) -> FileLine:
    return FileLine(
        id=row.id,
        carer_id=row.carer_id,
        name=carer.name,
        birth_date=carer.birth_date,
        is_protected=carer.is_protected,
        kind=FileKind(row.kind),
        state=FileState(row.state),
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        contact=row.contact_name,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        plans=plans,
    )
