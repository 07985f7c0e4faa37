"""What carers keep of their own: read by them, and by whoever follows them up once it is handed over."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.people.domain.taking_out import Row, Table
from medspiller.rights import policies
from medspiller.rights.domain.dialogue import Dialogue, dialogue_from
from medspiller.rights.domain.facts import in_catalogue
from medspiller.rights.domain.findings import Answer, find
from medspiller.rights.domain.formatting import shown_value
from medspiller.rights.domain.texts import LANGUAGES
from medspiller.rights.models import KeptAnswer
from medspiller.rights.selectors.rulebooks import rulebook


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that somebody keeps. `rules_changed`: they were given with another rulebook than today's."""

    id: UUID
    dialogue: Dialogue
    kept_at: datetime
    ask_on: date | None
    asked_at: datetime | None
    told_at: datetime | None
    handed_over_at: datetime | None
    rules_changed: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Answers that a carer has handed over to whoever follows them up."""

    id: UUID
    person_id: UUID
    name: str
    dialogue: Dialogue
    handed_over_at: datetime


def kept_answers(*, actor: Actor) -> tuple[Kept, ...]:
    """
    Return what a citizen keeps, newest first.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.KEEP_OWN)
    rows = KeptAnswer.objects.filter(policies.own(actor)).order_by("-kept_at", "id")
    return tuple(_kept(actor, row) for row in rows)


def kept(*, actor: Actor, kept_id: UUID) -> Kept:
    """
    Return one of the citizen's own.

    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.KEEP_OWN)
    row = KeptAnswer.objects.filter(policies.own(actor), id=kept_id).first()
    if row is None:
        raise NotFound(f"kept {kept_id}")
    return _kept(actor, row)


def kept_to_ask_about(*, actor: Actor, today: date) -> tuple[UUID, ...]:
    """
    Return the ids of what is to be asked about by now and has not been.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = KeptAnswer.objects.filter(ask_on__lte=today, asked_at=None).order_by("ask_on", "id")
    return tuple(rows.values_list("id", flat=True)[:1000])


def handed_over_by(*, actor: Actor, person_id: UUID) -> tuple[tuple[UUID, datetime], ...]:
    """
    Return the ids and moments of what a carer has handed over, for whoever follows them up for their own sake.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the person up.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.ASK_FOR_CARER)
    people.ensure_own_subject(actor=actor, found=found, action=policies.ASK_FOR_CARER)
    rows = KeptAnswer.objects.filter(person_id=person_id, handed_over_at__isnull=False).order_by("-handed_over_at")
    return tuple((row.id, row.handed_over_at) for row in rows if row.handed_over_at is not None)


def handed_over(*, actor: Actor, person_id: UUID, kept_id: UUID) -> HandedOver:
    """
    Return what a carer has handed over, for whoever follows them up for their own sake. It is in the log.

    :raises NotFound: if there is no such person or nothing was handed over; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the person up.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.ASK_FOR_CARER)
    people.ensure_own_subject(actor=actor, found=found, action=policies.ASK_FOR_CARER)
    row = KeptAnswer.objects.filter(id=kept_id, person_id=person_id, handed_over_at__isnull=False).first()
    if row is None or row.handed_over_at is None:
        raise NotFound(f"handed over {kept_id}")
    audit.record(
        actor=actor,
        action=policies.ASK_FOR_CARER,
        kind=Kind.READ,
        information=(Information.RIGHTS,),
        subject_type="rights.KeptAnswer",
        subject_id=row.id,
        person_id=person_id,
        basis=found.basis,
    )
    book, _pin = rulebook(actor=actor)
    return HandedOver(row.id, person_id, found.name, dialogue_from(str(row.dialogue), book.facts), row.handed_over_at)


def own_tables(*, actor: Actor) -> list[Table]:
    """
    Return what a citizen keeps, one row for each answer and each right, for the file they take out.

    :raises NotAllowed: for anybody but a citizen.
    """
    columns = (
        ("kept", _("Kept on")), ("reference_date", _("For the day")), ("what", _("Question or right")),
        ("answer", _("Answer")),
    )  # fmt: skip
    rows = tuple(row for one in kept_answers(actor=actor) for row in _rows(actor, one))
    return [Table("rights", _("What I may be entitled to"), columns, rows)]


def _rows(actor: Actor, one: Kept) -> list[Row]:
    book, _pin = rulebook(actor=actor)
    code = get_language() or "nb"
    language = code if code in LANGUAGES else "nb"
    rows: list[Row] = []
    for path, value in one.dialogue.answers.items():
        known = book.facts.get(in_catalogue(path))
        if known is not None:
            rows.append((one.kept_at, one.dialogue.on, known.ask[language], shown_value(known, value, language)))
    for finding in find(book, one.dialogue.facts(book.facts), on=one.dialogue.on):
        if finding.answer is Answer.YES:
            title = book.rights[finding.right].title[language]
            rows.append((one.kept_at, one.dialogue.on, title, _("May be entitled")))
    return rows


def _kept(actor: Actor, row: KeptAnswer) -> Kept:
    book, pin = rulebook(actor=actor)
    return Kept(
        id=row.id,
        dialogue=dialogue_from(str(row.dialogue), book.facts),
        kept_at=row.kept_at,
        ask_on=row.ask_on,
        asked_at=row.asked_at,
        told_at=row.told_at,
        handed_over_at=row.handed_over_at,
        rules_changed=row.rulebook_pin != pin,
    )
