"""Consents, as far as the actor needs to know them, and the papers they were signed on."""

from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic, Obtained, is_live
from medspiller.people.models import Consent, ConsentScan, Person
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._owned import Opened, name_shown
from medspiller.people.selectors.contacts import SEND_NOTICE

EDIT_CONSENT = "people.edit_consent"
OWN_CONSENTS = "people.manage_own_consents"
# As the log calls it; it is no action of its own to be allowed.
VIEW = "people.view_consents"
SEEN = (Information.CONSENTS,)


@dataclass(frozen=True, slots=True)
class Scan:
    """A paper that was added to a consent; what stands on it is read apart."""

    id: UUID
    media_type: str
    size: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SeenConsent:
    """
    A consent as it is shown. `receiver` is a name; empty where it is a person whose name the actor may not know.

    `live` was computed when it was read; whoever acts on it asks again.
    """

    id: UUID
    owner_id: UUID
    to_person_id: UUID | None
    to_unit_id: UUID | None
    receiver: str
    topics: tuple[ConsentTopic, ...]
    decision: ConsentDecision
    obtained: Obtained
    obtained_note: str
    starts_at: datetime
    ends_at: datetime | None
    review_on: date | None
    withdrawn_at: datetime | None
    withdrawn_by: str
    recorded_by: str
    recorded_at: datetime
    live: bool
    scans: tuple[Scan, ...] = ()

    @property
    def last_day_past(self) -> bool:
        """Whether it ran out by itself."""
        return not self.live and self.withdrawn_at is None and self.ends_at is not None


def consents(*, actor: Actor, owner_id: UUID) -> list[SeenConsent]:
    """
    Return everything somebody has decided about facts of their own, what holds now first. The read is in the log.

    Citizens see their own. With emergency access alone, what they let be told of their own
    situation is left out.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = _opened(actor, owner_id)
    rows = owned.visible_consents(found).select_related("to_person", "to_unit").order_by("-starts_at", "-id")
    at, listed = clock.now(), list(rows)
    papers = _scans(listed)
    seen = [_seen(found, row, papers[row.id], at=at) for row in listed]
    _log(found, subject_id=None)
    return sorted(seen, key=lambda each: not each.live)


def _consents_between(*, found: Opened, carer_id: UUID, carer_name: str) -> tuple[SeenConsent, ...]:
    """
    Return what an opened person decided that one carer may know of them, without the papers it was signed on.

    `carer_name` as the actor may know it. Whoever shows it logs it.
    """
    at, rows = clock.now(), owned.visible_consents(found).filter(to_person_id=carer_id).order_by("-starts_at", "-id")
    return tuple(sorted((_seen_as(carer_name, row, [], at=at) for row in rows), key=lambda each: not each.live))


def consent(*, actor: Actor, consent_id: UUID) -> SeenConsent:
    """
    Return one consent. The read is in the log.

    :raises NotFound: if there is none that the actor may know of; `Closed`, if the owner is not theirs to see.
    """
    found, row = _one(actor, consent_id)
    _log(found, subject_id=consent_id)
    return _seen(found, row, _scans([row])[row.id], at=clock.now())


def consent_for_update(*, actor: Actor, consent_id: UUID) -> tuple[Opened, Consent]:
    """
    Return a consent's row, locked until the end of the transaction, with its opened owner, for a service.

    The owner is locked first, as wherever more than one row of somebody's is.

    :raises NotFound: if there is none that the actor may know of.
    """
    return _one(actor, consent_id, lock=True)


def consent_is_live(*, actor: Actor, consent_id: UUID) -> bool:
    """
    Say whether a consent holds this very moment, and keep it so until the end of the transaction.

    For whoever is about to act on it: a withdrawal either came before, and this says no, or
    waits until the act is done. For a job that sends notices every consent can be asked for;
    for anybody else, what they may not know of does not hold.
    """
    return _holds(actor, consent_id, lock=True)


def consent_is_live_now(*, actor: Actor, consent_id: UUID) -> bool:
    """Say whether a consent holds as this is read, without keeping it so: for a page that only shows something."""
    return _holds(actor, consent_id, lock=False)


def _holds(actor: Actor, consent_id: UUID, *, lock: bool) -> bool:
    if actor.kind is ActorKind.SYSTEM:
        rows = Consent.objects.select_for_update(of=("self",)) if lock else Consent.objects.all()
        row = rows.filter(id=consent_id).first() if actor.may(SEND_NOTICE) else None
    else:
        try:
            _found, row = _one(actor, consent_id, lock=lock)
        except NotFound:
            row = None
    if row is None:
        return False
    given = row.decision == ConsentDecision.GIVEN
    return given and is_live(
        starts_at=row.starts_at, ends_at=row.ends_at, withdrawn_at=row.withdrawn_at, at=clock.now()
    )


def scan(*, actor: Actor, scan_id: UUID) -> tuple[Scan, bytes]:
    """
    Return the paper of a consent, opened. The read is in the log.

    :raises NotFound: if there is none that the actor may know of.
    """
    row = ConsentScan.objects.filter(id=scan_id).first()
    if row is None:
        raise NotFound(f"scan {scan_id}")
    found, _consent = _one(actor, row.consent_id)
    audit.record(
        actor=found.actor,
        action=VIEW,
        kind=Kind.READ,
        information=(Information.CONSENTS, Information.DOCUMENTS),
        subject_type="people.ConsentScan",
        subject_id=scan_id,
        person_id=found.person.id,
        basis=found.basis,
    )
    return _scan(row), b64decode(row.content)


def _one(actor: Actor, consent_id: UUID, *, lock: bool = False) -> tuple[Opened, Consent]:
    owner_id = Consent.objects.filter(id=consent_id).values_list("owner_id", flat=True).first()
    if owner_id is None:
        raise NotFound(f"consent {consent_id}")
    found = _opened(actor, owner_id, lock=lock)
    rows = owned.visible_consents(found)
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.select_related("to_person", "to_unit").filter(id=consent_id).first()
    if row is None:
        raise NotFound(f"consent {consent_id}")
    return found, row


def _opened(actor: Actor, owner_id: UUID, *, lock: bool = False) -> Opened:
    found = owned.opened(actor=actor, person_id=owner_id, action=EDIT_CONSENT, own_action=OWN_CONSENTS, lock=lock)
    return owned.ensure_as_patient(found, action=EDIT_CONSENT)


def _log(found: Opened, *, subject_id: UUID | None) -> None:
    audit.record(
        actor=found.actor,
        action=VIEW,
        kind=Kind.READ,
        information=SEEN,
        subject_type="people.Consent" if subject_id else "people.Person",
        subject_id=subject_id or found.person.id,
        person_id=found.person.id,
        basis=found.basis,
    )


def _seen(found: Opened, row: Consent, scans: list[Scan], *, at: datetime) -> SeenConsent:
    return _seen_as(_receiver(found, row), row, scans, at=at)


def _seen_as(receiver: str, row: Consent, scans: list[Scan], *, at: datetime) -> SeenConsent:
    return SeenConsent(
        id=row.id,
        owner_id=row.owner_id,
        to_person_id=row.to_person_id,
        to_unit_id=row.to_unit_id,
        receiver=receiver,
        topics=tuple(topic for topic in ConsentTopic if topic.value in row.topics),
        decision=ConsentDecision(row.decision),
        obtained=Obtained(row.obtained),
        obtained_note=row.obtained_note,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        review_on=row.review_on,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by_name,
        recorded_by=row.recorded_by_name,
        recorded_at=row.recorded_at,
        live=is_live(starts_at=row.starts_at, ends_at=row.ends_at, withdrawn_at=row.withdrawn_at, at=at),
        scans=tuple(scans),
    )


def _receiver(found: Opened, row: Consent) -> str:
    if row.to_other:
        return row.to_other
    if row.to_unit is not None:
        return str(row.to_unit.name)
    person: Person | None = row.to_person
    return name_shown(found.actor, person, on_page_of=row.owner_id) if person is not None else ""


def _scans(rows: list[Consent]) -> dict[UUID, list[Scan]]:
    found: dict[UUID, list[Scan]] = defaultdict(list)
    papers = ConsentScan.objects.filter(consent_id__in=[row.id for row in rows]).defer("content")
    for each in papers.order_by("added_at", "id"):
        found[each.consent_id].append(_scan(each))
    return found


def _scan(row: ConsentScan) -> Scan:
    return Scan(id=row.id, media_type=row.media_type, size=row.size, added_by=row.added_by_name, added_at=row.added_at)
