"""Entering what an instrument came to that was answered somewhere else, and marking one as wrong."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Kind
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.library.instruments import Instrument, Respondent, ensure_within
from medspiller.questionnaires.domain.library.totals import AlreadyWrong, NotEntered, ensure_day
from medspiller.questionnaires.domain.states import ensure_reason
from medspiller.questionnaires.models import Total
from medspiller.questionnaires.selectors.instruments import instrument
from medspiller.questionnaires.selectors.totals import instruments_to_enter, log
from medspiller.questionnaires.services.charts import forget_charts

WRITE = "questionnaires.record_total"
MARK_WRONG = "questionnaires.mark_total_wrong"


@transaction.atomic
def record_total(
    *,
    actor: Actor,
    person_id: UUID,
    instrument_url: str,
    total_id: str,
    value: Decimal | None,
    measured_on: date,
) -> Total:
    """
    Keep what an instrument came to for somebody on a day, by the version of it that is in use now.

    It is theirs whom the figures are about. An instrument without a score has no `value`.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the unit follows them up for their own sake.
    :raises NotEntered: if there is no such total to be entered, or nobody can have been asked on that day.
    :raises OutOfRange: if the instrument cannot come to that.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.ANSWER, lock=True)
    policies.ensure_may_answer(found)
    known = next((each for each in instruments_to_enter(actor=actor) if each.url == instrument_url), None)
    if known is None or total_id not in {scale.id for scale in known.scales}:
        raise NotEntered("unknown")
    ensure_day(measured_on, today=clock.today())
    ensure_within(known.scale(total_id), value)

    made = Total.objects.create(
        person_id=person_id,
        unit_id=found.unit_id,
        instrument_url=known.url,
        instrument_version=known.version,
        total_id=total_id,
        value=value,
        measured_on=measured_on,
        recorded_by=actor.id,
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
    )
    forget_charts(actor=actor, person_ids=[person_id], url=known.url)
    log(
        actor=found.actor,
        action=WRITE,
        kind=Kind.WRITE,
        person_id=person_id,
        basis=found.basis,
        is_childs=_is_childs(known),
        subject_id=made.id,
    )
    return made


@transaction.atomic
def mark_total_wrong(*, actor: Actor, total_id: UUID, reason: str) -> Total:
    """
    Say that a total was entered wrongly. It stays to be seen as that, and nothing is compared with it.

    :raises NotFound: if there is none that the actor may know of; `Closed` likewise.
    :raises NotAllowed: if nobody at the unit follows the person up for their own sake.
    :raises ReasonRefused: without a reason, or with too long a one.
    :raises AlreadyWrong: if it was marked before.
    """
    row = Total.objects.filter(id=total_id).first()
    if row is None:
        raise NotFound(f"total {total_id}")
    found = people.subject(actor=actor, person_id=row.person_id, action=policies.ANSWER, lock=True)
    policies.ensure_may_answer(found)
    words = ensure_reason(reason)
    row = Total.objects.select_for_update().get(id=total_id)
    if row.wrong_at is not None:
        raise AlreadyWrong

    row.wrong_at, row.wrong_by, row.wrong_by_name, row.wrong_reason = clock.now(), actor.id, actor.name, words
    row.save(update_fields=["wrong_at", "wrong_by", "wrong_by_name", "wrong_reason"])
    known = instrument(actor=actor, url=row.instrument_url, version=row.instrument_version)
    forget_charts(actor=actor, person_ids=[row.person_id], url=row.instrument_url)
    log(
        actor=found.actor,
        action=MARK_WRONG,
        kind=Kind.WRITE,
        person_id=row.person_id,
        basis=found.basis,
        is_childs=_is_childs(known),
        subject_id=row.id,
    )
    return row


def _is_childs(known: Instrument) -> bool:
    return known.respondent is Respondent.CHILD
