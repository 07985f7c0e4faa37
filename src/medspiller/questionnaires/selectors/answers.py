"""
Finished answers, as far as the actor may know them. Every read is in the access log.

On a person's page stand the answers that are theirs. A carer's stand beside them only while the
carer lets a unit that follows the person up know of their own situation, and it is looked up anew
each time.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors as people
from medspiller.people.selectors import Subject as Opened
from medspiller.people.selectors import Surroundings
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.answering.blanks import Blank
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition.audience import Subject, Tag
from medspiller.questionnaires.domain.library.instruments import Instrument, Reading, readings
from medspiller.questionnaires.domain.states import How, Source, Status
from medspiller.questionnaires.models import Response, Score, Upload
from medspiller.questionnaires.selectors import _blanks
from medspiller.questionnaires.selectors.instruments import instrument_of_form

PAGE_SIZE = 25
_FILE = re.compile(r"urn:uuid:([0-9a-f-]{36})")
_LEFT_OUT = ("answers", "tabs", "unreadable", "taken_from")


@dataclass(frozen=True, slots=True)
class SeenUpload:
    """A file: what it is by its own bytes, and what whoever sent it called it."""

    id: UUID
    title: str
    media_type: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SeenResponse:
    """
    Finished answers in a list.

    `shared_by` is the name of the carer whose they are, where they stand on another's page.
    `is_replaced`: there is a newer version of them. `is_wrong`: somebody has marked them so.
    """

    id: UUID
    url: str
    title: str
    completed_at: datetime
    author: str
    source: Source
    how: How
    is_replaced: bool
    is_wrong: bool
    is_concern: bool
    shared_by: str = ""


@dataclass(frozen=True, slots=True)
class Responses:
    """A page of the answers on somebody's page. `forms` are the questionnaires that were answered: url and title."""

    around: Surroundings
    shown: tuple[SeenResponse, ...]
    count: int
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """
    One set of finished answers, to be read.

    `found` is whose they are; None where they are shared by a carer whom the actor does not
    follow up. `name` is that person's. `scores` are by linkId. `amended_by` is the newer version,
    `may_…` say what the actor can do with them.
    """

    row: Response
    blank: Blank
    engine: Engine
    found: Opened | None
    name: str
    scores: dict[str, Decimal]
    instrument: Instrument | None
    readings: tuple[Reading, ...]
    uploads: tuple[SeenUpload, ...]
    amended_by: UUID | None
    may_amend: bool
    may_mark: bool


def responses_of(
    *, actor: Actor, person_id: UUID, language: str, url: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Responses:
    """
    Return the finished answers that stand on a person's page, newest first; with `url` those to one questionnaire.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    around = people.surroundings(actor=actor, person_id=person_id, action=policies.READ, own_action=policies.ANSWER_OWN)
    known = _on_page_of(actor, around)
    wanted = [row for row in known if not url or row.questionnaire_url == url]
    start = (max(page, 1) - 1) * size
    listed = wanted[start : start + size]
    shown = tuple(_seen(actor, row, language, around) for row in listed)
    _log_list(around, listed)
    newest = {row.questionnaire_url: row for row in reversed(known)}
    titles = [(each, _blanks.of_response(actor, row).title(language)) for each, row in newest.items()]
    return Responses(
        around=around,
        shown=shown,
        count=len(wanted),
        forms=tuple(sorted(titles, key=lambda each: each[1].casefold())),
    )


def response(*, actor: Actor, response_id: UUID) -> ReadResponse:
    """
    Return one set of finished answers. The read is in the log of whoever they belong to.

    :raises NotFound: if there are none that the actor may know of.
    :raises NotAllowed: if it is the actor's own file, or nobody at their unit follows the person up.
    """
    later = Response.objects.filter(amends_id=OuterRef("id"), status=Status.COMPLETED.value).values("id")[:1]
    rows = Response.objects.exclude(status=Status.IN_PROGRESS.value).annotate(amended_by=Subquery(later))
    row = rows.filter(id=response_id).first()
    if row is None:
        raise NotFound(f"response {response_id}")
    found, basis = _opened(actor, row)
    blank = _blanks.of_response(actor, row)
    scores = dict(Score.objects.filter(response=row).values_list("link_id", "value"))
    instrument = instrument_of_form(actor=actor, questionnaire_url=row.questionnaire_url) if scores else None
    _log_one(found.actor if found else actor, row, basis)
    is_citizen = actor.kind is ActorKind.CITIZEN
    may_write = found is not None and found.own_subject and _may_answer(actor, found)
    may_write = may_write and row.status == Status.COMPLETED and (not is_citizen or row.author == actor.id)
    return ReadResponse(
        row=row,
        blank=blank,
        engine=_blanks.engine_of(blank),
        found=found,
        name=found.name if found else "",
        scores=scores,
        instrument=instrument,
        readings=readings(instrument, scores, on=_day(row)) if instrument else (),
        uploads=_uploads(row),
        amended_by=row.amended_by,
        may_amend=may_write and row.amended_by is None,
        may_mark=may_write,
    )


def ensure_readable(*, actor: Actor, response_id: UUID) -> None:
    """
    Let pass who may read these answers, without reading them: nothing is logged.

    :raises NotFound: as `response` does.
    :raises NotAllowed: as `response` does.
    """
    row = Response.objects.filter(id=response_id).exclude(status=Status.IN_PROGRESS.value).defer(*_LEFT_OUT).first()
    if row is None:
        raise NotFound(f"response {response_id}")
    _opened(actor, row)


def response_for_update(*, actor: Actor, response_id: UUID) -> tuple[Response, Opened]:
    """
    Return finished answers that the actor may write about, locked until the end of the transaction, for a service.

    :raises NotFound: if there are none that the actor may know of.
    :raises NotAllowed: if they may not write about the person; a citizen, about answers that somebody else wrote.
    """
    rows = Response.objects.select_for_update(of=("self",))
    row = rows.filter(id=response_id).exclude(status=Status.IN_PROGRESS.value).first()
    if row is None:
        raise NotFound(f"response {response_id}")
    found = people.subject(
        actor=actor, person_id=row.subject_id, action=policies.ANSWER, own_action=policies.ANSWER_OWN
    )
    _ensure_known(actor, row)
    policies.ensure_may_answer(found)
    if actor.kind is ActorKind.CITIZEN and row.author != actor.id:
        raise NotAllowed(action=policies.ANSWER_OWN, reason="not_ones_own", person_id=row.subject_id)
    return row, found


def own_responses(*, actor: Actor, person_id: UUID, language: str) -> list[SeenResponse]:
    """
    Return a citizen's own finished answers, whoever wrote them down, newest first. A concern for a child is left out.

    :raises NotFound: if `person_id` is anybody else.
    :raises NotAllowed: for anybody but a citizen.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.READ, own_action=policies.ANSWER_OWN)
    policies.ensure(actor, policies.ANSWER_OWN)
    rows = _with_later(Response.objects.filter(policies.readable(found), subject_id=person_id).defer(*_LEFT_OUT))
    return [_seen(actor, row, language, None) for row in rows.order_by("-completed_at", "-id")]


def _day(row: Response) -> date:
    """The day of the bands that hold: an old answer keeps its old meaning."""
    assert row.completed_at is not None  # noqa: S101 - finished
    return clock.day_of(row.completed_at)


def _may_answer(actor: Actor, found: Opened) -> bool:
    if actor.kind is ActorKind.CITIZEN:
        return actor.may(policies.ANSWER_OWN)
    return found.unit_id is not None and actor.may(policies.ANSWER, unit_id=found.unit_id)


def _uploads(row: Response) -> tuple[SeenUpload, ...]:
    """The files that stand in the answers, also those that were added to an earlier version of them."""
    named = _FILE.findall(json.dumps(row.answers))
    if not named:
        return ()
    rows = Upload.objects.filter(id__in=named).defer("content").order_by("added_at", "id")
    return tuple(SeenUpload(each.id, each.title, each.media_type, each.size, each.added_at) for each in rows)


def _opened(actor: Actor, row: Response) -> tuple[Opened | None, Basis]:
    """Whose answers they are, if the actor may read them; None if the carer they belong to shares them here."""
    belongs_to, tags = Subject(row.belongs_to), frozenset(row.tags)
    is_concern = Tag.CONCERN_FOR_CHILD.value in tags
    try:
        found = people.subject(
            actor=actor, person_id=row.subject_id, action=policies.READ, own_action=policies.ANSWER_OWN
        )
        _ensure_known(actor, row)
        policies.ensure_may_read(found, belongs_to=belongs_to, is_concern=is_concern)
    except (NotFound, NotAllowed):
        if not _is_shared(actor, row):
            raise
        return None, Basis(code=BasisCode.CONSENT)
    return found, found.basis


def _ensure_known(actor: Actor, row: Response) -> None:
    """A citizen does not learn that there is a concern for them."""
    if actor.kind is ActorKind.CITIZEN and Tag.CONCERN_FOR_CHILD.value in row.tags:
        raise NotFound(f"response {row.id}")


def _is_shared(actor: Actor, row: Response) -> bool:
    if actor.kind is not ActorKind.STAFF or row.about_id is None:
        return False
    if not Response.objects.filter(policies.may_be_shared(), id=row.id).exists():
        return False
    try:
        sharing = people.sharing_carers(actor=actor, patient_id=row.about_id, carer_ids=[row.subject_id])
    except (NotFound, NotAllowed):
        return False
    return row.subject_id in sharing


def _on_page_of(actor: Actor, around: Surroundings) -> list[Response]:
    """
    The finished answers that stand on a person's page, without what was answered, newest first.

    A person has some, and no thousands: they are read at once, and those of carers who do not
    share them are left out.
    """
    subject = around.subject
    person_id, is_staff = subject.person_id, actor.kind is ActorKind.STAFF
    rule = policies.readable(subject) & Q(subject_id=person_id)
    if is_staff and subject.own_subject and around.near:
        rule |= policies.may_be_shared() & Q(about_id=person_id)
    rows = list(_with_later(Response.objects.filter(rule).defer(*_LEFT_OUT)).order_by("-completed_at", "-id"))
    carers = {row.subject_id for row in rows} - {person_id}
    sharing: frozenset[UUID] = frozenset()
    if carers:
        sharing = people.sharing_carers(actor=actor, patient_id=person_id, carer_ids=sorted(carers))
    return [row for row in rows if row.subject_id == person_id or row.subject_id in sharing]


def _with_later(rows: QuerySet[Response]) -> QuerySet[Response]:
    later = Response.objects.filter(amends_id=OuterRef("id"), status=Status.COMPLETED.value)
    return rows.annotate(is_replaced=Exists(later))


def _seen(actor: Actor, row: Response, language: str, around: Surroundings | None) -> SeenResponse:
    near = None
    if around is not None and row.subject_id != around.subject.person_id:
        near = around.of(row.subject_id)
    return SeenResponse(
        id=row.id,
        url=row.questionnaire_url,
        title=_blanks.of_response(actor, row).title(language),
        completed_at=row.completed_at,  # type: ignore[arg-type]  # finished answers were completed
        author=row.author_name,
        source=Source(row.source),
        how=How(row.how),
        is_replaced=row.is_replaced,  # type: ignore[attr-defined]  # annotated
        is_wrong=row.status == Status.ENTERED_IN_ERROR,
        is_concern=Tag.CONCERN_FOR_CHILD.value in row.tags,
        shared_by=near.name if near else "",
    )


def _log_list(around: Surroundings, listed: list[Response]) -> None:
    found, person_id = around.subject, around.subject.person_id
    about = [Shown(person_id, "people.Person", person_id, (Information.NAME_AND_BIRTH, Information.ANSWERS))]
    seen = {
        (row.subject_id, policies.information_of(frozenset(row.tags)), policies.withheld_of(frozenset(row.tags)))
        for row in listed
    }
    for owner_id, information, (level, reason) in sorted(seen, key=str):
        basis = found.basis if owner_id == person_id else Basis(code=BasisCode.CONSENT)
        if (owner_id, information) != (person_id, (Information.ANSWERS,)):
            about.append(Shown(owner_id, "people.Person", person_id, information, basis, level, reason))
    about += [
        Shown(each.person_id, "people.Person", person_id, (Information.NAME_AND_BIRTH,), BasisCode.INVOLVEMENT)
        for each in around.near
        if each.name and found.actor.kind is ActorKind.STAFF
    ]
    audit.record_list(
        actor=found.actor, action=policies.READ, information=Information.ANSWERS, shown=about, basis=found.basis
    )


def _log_one(actor: Actor, row: Response, basis: Basis) -> None:
    tags = frozenset(row.tags)
    level, reason = policies.withheld_of(tags)
    audit.record(
        actor=actor,
        action=policies.READ,
        kind=Kind.READ,
        information=policies.information_of(tags),
        subject_type="questionnaires.Response",
        subject_id=row.id,
        person_id=row.subject_id,
        basis=basis,
        withheld=level,
        withheld_reason=reason,
    )
