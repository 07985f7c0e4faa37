"""What was asked, for those who answer it, and for the jobs that look after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.audit.domain.entries import Shown
from medspiller.audit.domain.information import SearchTerm
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.enquiries import policies
from medspiller.enquiries.domain.enquiries import (
    KEPT_AFTER_DONE,
    KEPT_AT_MOST,
    OUTCOMES,
    About,
    Outcome,
    PartOfDay,
    Purpose,
    State,
)
from medspiller.enquiries.models import Attempt, Enquiry

SUBJECT = "enquiries.Enquiry"
# What leads to people is sealed, so that searching means opening: of no more than these, the first by due day.
MOST_SEARCHED = 500
_SHOWN = (Information.CONTACT_DETAILS, Information.MESSAGES)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to: open or done, and those in which the words stand."""

    is_open: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One enquiry as a line of a list. `name`, `phone` and `email` are empty where they were not given."""

    id: UUID
    purpose: Purpose
    about: About | None
    name: str
    phone: str
    email: str
    unit_name: str
    received_at: datetime
    due_on: date
    is_overdue: bool
    state: State
    taken_by: str
    is_mine: bool
    tries: int
    done_at: datetime | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Seen:
    """
    One enquiry as whoever answers it sees it.

    `attempts` are when somebody tried, whether they were reached, and who tried, the first one first. `outcomes` are
    what it can come to; `deleted_on` is the day on which it is deleted as it stands.
    """

    line: Line
    text: str
    parts: tuple[PartOfDay, ...]
    weekdays: tuple[int, ...]
    language: str
    other_language: str
    needs_interpreter: bool
    may_leave_message: bool
    attempts: tuple[tuple[datetime, bool, str], ...]
    outcomes: tuple[Outcome, ...]
    done_by: str
    deleted_on: date


def enquiries(*, actor: Actor, narrowing: Narrowing) -> QuerySet[Enquiry] | list[Enquiry]:
    """
    Return the enquiries to the actor's units, those open by due day, those done latest first.

    With words, of the first `MOST_SEARCHED` those in whose name, telephone or e-mail each word stands. `shown` makes
    lines of some of them, and logs that they were read.

    :raises NotAllowed: if the actor answers for no unit.
    """
    policies.ensure(actor, policies.ANSWER)
    rows = Enquiry.objects.filter(policies.answered_by(actor)).select_related("unit", "taken_by", "done_by")
    if narrowing.is_open:
        rows = rows.filter(done_at=None).order_by("due_on", "received_at", "id")
    else:
        rows = rows.filter(done_at__isnull=False).order_by("-done_at", "id")
    words = narrowing.words.casefold().split()
    if not words:
        return rows
    return [row for row in rows[:MOST_SEARCHED] if _has(row, words)]


def shown(*, actor: Actor, rows: Iterable[Enquiry], searched: bool = False) -> list[Line]:
    """Return enquiries as lines, in the order given. That they were read is in the log, in one insert."""
    found = list(rows)
    about = [Shown(person_id=None, subject_type=SUBJECT, subject_id=row.id) for row in found]
    if searched:
        audit.record_search(
            actor=actor,
            action=policies.ANSWER,
            terms_description=SearchTerm.WORDS,
            shown=about,
            information=_SHOWN,
            basis=BasisCode.ADMINISTRATION,
        )
    else:
        audit.record_list(
            actor=actor, action=policies.ANSWER, information=_SHOWN, shown=about, basis=BasisCode.ADMINISTRATION
        )
    tries = _tries(found)
    return [_line(actor, row, tries.get(row.id, 0)) for row in found]


def enquiry(*, actor: Actor, enquiry_id: UUID) -> Seen:
    """
    Return one enquiry with all that was written. That it was read is in the log.

    :raises NotFound: if there is none to a unit of the actor's.
    :raises NotAllowed: if the actor answers for no unit.
    """
    row = _one(actor, enquiry_id)
    audit.record(
        actor=actor,
        action=policies.ANSWER,
        kind=Kind.READ,
        information=_SHOWN,
        subject_type=SUBJECT,
        subject_id=row.id,
        basis=BasisCode.ADMINISTRATION,
    )
    attempts = Attempt.objects.filter(enquiry=row).select_related("made_by").order_by("made_at", "id")
    tried = tuple((each.made_at, each.reached, each.made_by.name if each.made_by else "") for each in attempts)
    return Seen(
        line=_line(actor, row, len(tried)),
        text=str(row.text or ""),
        parts=tuple(PartOfDay(each) for each in row.parts),
        weekdays=tuple(row.weekdays),
        language=row.language,
        other_language=str(row.other_language or ""),
        needs_interpreter=row.needs_interpreter,
        may_leave_message=row.may_leave_message,
        attempts=tried,
        outcomes=OUTCOMES[Purpose(row.purpose)],
        done_by=row.done_by.name if row.done_by else "",
        deleted_on=clock.day_of(_deleted_at(row)),
    )


def own_for_update(*, actor: Actor, enquiry_id: UUID) -> Enquiry:
    """
    Return an enquiry to a unit of the actor's, locked until the end of the transaction.

    :raises NotFound: if there is none.
    :raises NotAllowed: if the actor answers for no unit.
    """
    return _one(actor, enquiry_id, lock=True)


def open_ids(*, actor: Actor) -> list[UUID]:
    """
    Return the enquiries that nobody is done with.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return list(Enquiry.objects.filter(done_at=None).order_by("id").values_list("id", flat=True))


def too_old(*, actor: Actor, now: datetime) -> list[UUID]:
    """
    Return the enquiries that were done so long ago, or came so long ago, that nobody needs them.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    is_old = Q(done_at__lte=now - KEPT_AFTER_DONE) | Q(received_at__lte=now - KEPT_AT_MOST)
    return list(Enquiry.objects.filter(is_old).order_by("id").values_list("id", flat=True))


def _one(actor: Actor, enquiry_id: UUID, *, lock: bool = False) -> Enquiry:
    policies.ensure(actor, policies.ANSWER)
    rows = Enquiry.objects.filter(policies.answered_by(actor), id=enquiry_id)
    rows = rows.select_related("unit", "taken_by", "done_by")
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound(f"enquiry {enquiry_id}")
    return found


def _has(row: Enquiry, words: Sequence[str]) -> bool:
    # Telephone numbers are typed with spaces and without.
    phone = str(row.phone or "")
    text = " ".join((str(row.name or ""), str(row.email or ""), phone)).casefold()
    digits = "".join(words)
    return all(word in text for word in words) or (digits.isdecimal() and digits in phone)


def _tries(rows: Sequence[Enquiry]) -> dict[UUID, int]:
    counted: dict[UUID, int] = {}
    for enquiry_id in Attempt.objects.filter(enquiry__in=rows).values_list("enquiry_id", flat=True):
        counted[enquiry_id] = counted.get(enquiry_id, 0) + 1
    return counted


def _line(actor: Actor, row: Enquiry, tries: int) -> Line:
    is_open = row.done_at is None
    return Line(
        id=row.id,
        purpose=Purpose(row.purpose),
        about=About(row.about) if row.about else None,
        name=str(row.name or ""),
        phone=str(row.phone or ""),
        email=str(row.email or ""),
        unit_name=row.unit.name,
        received_at=row.received_at,
        due_on=row.due_on,
        is_overdue=is_open and row.due_on < clock.today(),
        state=State.DONE if not is_open else State.TAKEN if row.taken_by_id else State.WAITING,
        taken_by=row.taken_by.name if row.taken_by else "",
        is_mine=row.taken_by_id == actor.id,
        tries=tries,
        done_at=row.done_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )


def _deleted_at(row: Enquiry) -> datetime:
    latest = row.received_at + KEPT_AT_MOST
    return latest if row.done_at is None else min(latest, row.done_at + KEPT_AFTER_DONE)
