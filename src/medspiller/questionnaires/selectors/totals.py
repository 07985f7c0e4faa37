"""Totals of instruments that stand here without their questions, with how each has changed since the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, Information, Kind
from medspiller.audit.domain.visibility import Withheld, WithheldReason
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.people.selectors import Subject as Opened
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.library.instruments import (
    Band,
    Change,
    Instrument,
    Respondent,
    Scale,
    band_of,
    change_between,
)
from medspiller.questionnaires.models import Total
from medspiller.questionnaires.selectors.instruments import instrument, instruments


@dataclass(frozen=True, slots=True)
class SeenTotal:
    """
    A total as staff see it, by the version of the instrument that it was entered with.

    `change` is since the one before of the same instrument and total, and None for the first.
    `value` is None where the instrument has no score.
    """

    id: UUID
    instrument: Instrument
    scale: Scale
    value: Decimal | None
    band: Band | None
    change: Change | None
    measured_on: date
    recorded_by_name: str
    recorded_at: datetime
    wrong_at: datetime | None
    wrong_reason: str


@dataclass(frozen=True, slots=True)
class TotalsOfPerson:
    """A person's totals, the newest first."""

    subject: Opened
    totals: tuple[SeenTotal, ...]


def instruments_to_enter(*, actor: Actor) -> tuple[Instrument, ...]:
    """Return the instruments of which only the total is kept here: no questionnaire of ours asks them."""
    return tuple(each for each in instruments(actor=actor) if each.questionnaire is None)


def totals_of(*, actor: Actor, person_id: UUID) -> TotalsOfPerson:
    """
    Return a person's totals. That they were seen is in the person's access log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the unit follows them up for their own sake.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.READ)
    policies.ensure_may_answer(found)
    rows = list(Total.objects.filter(person_id=person_id).order_by("measured_on", "recorded_at", "id"))
    known = {
        key: instrument(actor=actor, url=key[0], version=key[1])
        for key in {(row.instrument_url, row.instrument_version) for row in rows}
    }
    seen = _seen(rows, known)
    if seen:
        # An entry that names what is kept from a child's representatives is kept from them too.
        is_childs = any(each.instrument.respondent is Respondent.CHILD for each in seen)
        log(
            actor=found.actor,
            action=policies.READ,
            kind=Kind.READ,
            person_id=person_id,
            basis=found.basis,
            is_childs=is_childs,
        )
    return TotalsOfPerson(found, tuple(reversed(seen)))


def log(
    *,
    actor: Actor,
    action: str,
    kind: Kind,
    person_id: UUID,
    basis: Basis,
    is_childs: bool,
    subject_id: UUID | None = None,
) -> None:
    """Write in somebody's access log what was done with totals of theirs; a child's is kept from representatives."""
    audit.record(
        actor=actor,
        action=action,
        kind=kind,
        information=Information.ANSWERS,
        subject_type="questionnaires.Total",
        subject_id=subject_id or person_id,
        person_id=person_id,
        basis=basis,
        withheld=Withheld.REPRESENTATIVES if is_childs else Withheld.NONE,
        withheld_reason=WithheldReason.SAFETY if is_childs else WithheldReason.NOT_WITHHELD,
    )


def _seen(rows: Sequence[Total], known: Mapping[tuple[str, str], Instrument]) -> list[SeenTotal]:
    before: dict[tuple[str, str], Decimal] = {}
    seen = []
    for row in rows:
        found = known[row.instrument_url, row.instrument_version]
        scale, like = found.scale(row.total_id), (row.instrument_url, row.total_id)
        band = change = None
        if row.value is not None:
            band = band_of(scale, row.value, on=clock.day_of(row.recorded_at))
        if row.value is not None and row.wrong_at is None:
            change = change_between(scale, before[like], row.value) if like in before else None
            before[like] = row.value
        seen.append(
            SeenTotal(
                id=row.id,
                instrument=found,
                scale=scale,
                value=row.value,
                band=band,
                change=change,
                measured_on=row.measured_on,
                recorded_by_name=row.recorded_by_name,
                recorded_at=row.recorded_at,
                wrong_at=row.wrong_at,
                wrong_reason=row.wrong_reason,
            )
        )
    return seen
