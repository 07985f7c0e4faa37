"""The agreement with a carer, and those before it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain.agreements import HOLDS, AgreementClosed, AgreementState
from medspiller.followup.models import Agreement, CarerFile


@dataclass(frozen=True, slots=True)
class SeenAgreement:
    """
    An agreement. `response_id` is what it rests on, None while it is only a draft.

    `is_due`: the day on which it is gone through has come. It is never a decision on services (`NOT_A_DECISION`).
    """

    id: UUID
    file_id: UUID
    state: AgreementState
    response_id: UUID | None
    drafted_at: datetime
    drafted_by: str
    agreed_on: date | None
    review_on: date | None
    reviewed_on: date | None
    reviewed_by: str
    closed_on: date | None
    closed_because: AgreementClosed | None
    version: int
    is_due: bool

    @property
    def holds(self) -> bool:
        return self.state in HOLDS


def agreements_of(*, actor: Actor, file_id: UUID) -> list[SeenAgreement]:
    """
    Return a carer's agreements, the newest first. The read is in the carer's log.

    :raises NotFound: if there is no such file, or for a citizen another's; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened = policies.opened_file(actor, file_id, own_action=policies.READ_OWN_FILE)
    audit.record(
        actor=opened.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.AGREEMENT,),
        subject_type="followup.CarerFile",
        subject_id=file_id,
        person_id=opened.file.carer_id,
        basis=opened.subject.basis,
    )
    return _in_file(opened.file)


def agreement_of(*, actor: Actor, file_id: UUID) -> SeenAgreement | None:
    """
    Return the agreement that a carer has now, as a draft or in force; None if there is none.

    :raises NotFound: as `agreements_of` does.
    :raises NotAllowed: as `agreements_of` does.
    """
    return _of_now(agreements_of(actor=actor, file_id=file_id))


def _agreement_in_file(row: CarerFile) -> SeenAgreement | None:
    """Return the same of a file that was opened, for whoever logs it. One statement."""
    return _of_now(_in_file(row))


def agreement(*, actor: Actor, agreement_id: UUID) -> SeenAgreement:
    """
    Return one agreement. The read is in the carer's log.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: as `agreements_of` does.
    """
    file_id = Agreement.objects.filter(id=agreement_id).values_list("file_id", flat=True).first()
    if file_id is None:
        raise NotFound(f"agreement {agreement_id}")
    return next(each for each in agreements_of(actor=actor, file_id=file_id) if each.id == agreement_id)


def _in_file(row: CarerFile) -> list[SeenAgreement]:
    return [_seen(each) for each in Agreement.objects.filter(file=row).order_by("-drafted_at", "-id")]


def _of_now(found: list[SeenAgreement]) -> SeenAgreement | None:
    return next((each for each in found if each.state is not AgreementState.CLOSED), None)


def _seen(row: Agreement) -> SeenAgreement:
    state = AgreementState(row.state)
    return SeenAgreement(
        id=row.id,
        file_id=row.file_id,
        state=state,
        response_id=row.response_id,
        drafted_at=row.drafted_at,
        drafted_by=row.drafted_by_name,
        agreed_on=row.agreed_on,
        review_on=row.review_on,
        reviewed_on=row.reviewed_on,
        reviewed_by=row.reviewed_by_name,
        closed_on=row.closed_on,
        closed_because=AgreementClosed(row.closed_because) if row.closed_because else None,
        version=row.version,
        is_due=state in HOLDS and row.review_on is not None and row.review_on <= clock.today(),
    )
