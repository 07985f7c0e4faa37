"""Which unit reads what: for whoever asks, and for whoever decides it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.enquiries import policies
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.enquiries.models import Recipient
from medspiller.organisations import selectors as organisations


@dataclass(frozen=True, slots=True)
class Reader:
    """The unit that reads an enquiry, and within how many working days: what whoever writes is told."""

    unit_id: UUID
    unit_name: str
    within_days: int


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What is decided for a purpose: `unit_id` None where nobody reads it.

    `is_shown` says whether the form is there: somebody works in the unit. `may_change` whether the actor decides.
    """

    purpose: Purpose
    unit_id: UUID | None
    unit_name: str
    within_days: int
    is_shown: bool
    may_change: bool


# What is proposed where nothing is decided yet.
USUAL_DAYS = 2


def reader_of(*, actor: Actor, purpose: Purpose) -> Reader | None:
    """Return who reads enquiries of a purpose just now; None where nobody is chosen, or nobody works there."""
    if actor.tenant_id is None:
        return None
    row = Recipient.objects.filter(purpose=purpose.value).select_related("unit").first()
    if row is None or not _is_staffed(actor, row):
        return None
    return Reader(unit_id=row.unit_id, unit_name=row.unit.name, within_days=row.within_days)


def choices(*, actor: Actor) -> list[Choice]:
    """
    Return for each purpose who reads it.

    :raises NotAllowed: for anybody who decides it for no unit.
    """
    policies.ensure(actor, policies.CHOOSE_RECIPIENT)
    rows = {row.purpose: row for row in Recipient.objects.select_related("unit")}
    return [_choice(actor, purpose, rows.get(purpose.value)) for purpose in Purpose]


def units_to_choose(*, actor: Actor, on: date) -> list[tuple[UUID, str]]:
    """
    Return the open units that an actor may let read enquiries, by name.

    :raises NotAllowed: for anybody who decides it for no unit.
    """
    policies.ensure(actor, policies.CHOOSE_RECIPIENT)
    rows = organisations.units(actor=actor, on=on).filter(id__in=actor.units_with(policies.CHOOSE_RECIPIENT))
    return [(row.id, row.name) for row in rows]


def _choice(actor: Actor, purpose: Purpose, row: Recipient | None) -> Choice:
    return Choice(
        purpose=purpose,
        unit_id=row.unit_id if row else None,
        unit_name=row.unit.name if row else "",
        within_days=row.within_days if row else USUAL_DAYS,
        is_shown=row is not None and _is_staffed(actor, row),
        may_change=policies.may_choose_instead_of(actor, row.unit_id if row else None),
    )


def _is_staffed(actor: Actor, row: Recipient) -> bool:
    today = clock.today()
    system = actors.system(actor.tenant_id)
    if not organisations.units(actor=system, on=today).filter(id=row.unit_id).exists():
        return False
    return access.is_done_by_somebody(
        actor=actor, action=policies.ANSWER, unit_id=row.unit_id, today=today, now=clock.now()
    )
