"""
Registering a list of patients: kept sealed, read by a job, gone through some rows at a time.

Each batch is one transaction with the place it came to, so that a job that dies goes on
where it was and registers nobody twice. The list is forgotten when it is done.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock, person_numbers, tenancy, uploads
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies
from medspiller.people.domain import importing as rules
from medspiller.people.domain.importing import BATCH, PROBLEMS_MOST, SIZE_MOST, Column, ListRefused, Row, RowProblem
from medspiller.people.domain.involvements import AlreadyInvolved, InvolvementBasis
from medspiller.people.domain.need_to_know import Refusal
from medspiller.people.domain.persons import AlreadyRegistered, PersonDetails, same_name
from medspiller.people.models import Involvement, PatientImport, Person, live_at
from medspiller.people.policies import Standing
from medspiller.people.selectors._following import may_follow_up
from medspiller.people.selectors._numbers import owner_of_number
from medspiller.people.services.persons import open_involvement, register_person

_NAME_MOST = 200


@transaction.atomic
def start_import(*, actor: Actor, unit_id: UUID, file_name: str, content: bytes, dry_run: bool) -> PatientImport:
    """
    Keep a list of a unit's patients, sealed, and let a job go through it; a dry run registers nobody.

    :raises NotAllowed: if the actor may not import for this unit.
    :raises ListRefused: if the file is empty, too large or harmful. What else is wrong is found by the job.
    """
    policies.ensure(actor, policies.IMPORT_PATIENTS, unit_id=unit_id)
    if not content:
        raise ListRefused("empty")
    if len(content) > SIZE_MOST:
        raise ListRefused("too_large")
    if not uploads.is_harmless(content):
        raise ListRefused("harmful")
    made = PatientImport.objects.create(
        unit_id=unit_id,
        file_name="".join(each for each in file_name if each.isprintable())[-_NAME_MOST:],
        digest=hashlib.sha256(content).hexdigest(),
        dry_run=dry_run,
        content=base64.b64encode(content).decode(),
        started_by=actor.id,
        started_by_name=actor.name,
        started_at=clock.now(),
    )
    audit.record(actor=actor, action=policies.IMPORT_PATIENTS, subject_type="people.PatientImport", subject_id=made.id)
    job = app.configure_task("people.import_patients", queue="imports", queueing_lock=f"people.import:{made.id}")
    job.defer(tenant_id=str(tenancy.current_tenant()), import_id=str(made.id))
    return made


@transaction.atomic
def stop_import(*, actor: Actor, import_id: UUID) -> PatientImport:
    """
    Let a list go no further. Whoever was registered stays so; the list is forgotten.

    :raises NotFound: if there is no such list of the actor's units.
    """
    row = PatientImport.objects.select_for_update().filter(id=import_id).first()
    if row is None or not actor.may(policies.IMPORT_PATIENTS, unit_id=row.unit_id):
        raise NotFound(f"import {import_id}")
    if row.finished_at is None:
        row.stopped_at = clock.now()
        _finish(row)
    return row


def content_to_read(*, actor: Actor, import_id: UUID) -> bytes | None:
    """Return the file of a list that has not been read yet, locked; None if it has been, or is done."""
    row = _for_update(import_id)
    if row is None or row.is_read or row.content is None:
        return None
    return base64.b64decode(row.content)


def accept_rows(*, actor: Actor, import_id: UUID, rows: Sequence[Row]) -> None:
    """Keep the rows of a list instead of its file."""
    row = _for_update(import_id)
    if row is None:
        return
    row.content = json.dumps([asdict(each) for each in rows])
    row.rows, row.is_read = len(rows), True
    row.save(update_fields=["content", "rows", "is_read"])


def refuse_list(*, actor: Actor, import_id: UUID, problem: str) -> None:
    """Say why a list cannot be read, and forget it."""
    row = _for_update(import_id)
    if row is not None:
        row.refused = problem
        _finish(row)


@transaction.atomic
def import_batch(*, actor: Actor, import_id: UUID) -> bool:
    """
    Go through the next rows of a list, as whoever began it, and return whether there are more.

    Good rows are registered, and bad ones named; who may do so no more stops it.
    """
    row = _for_update(import_id)
    if row is None or row.content is None or not row.is_read:
        return False
    now = clock.now()
    beginner = access.actor_with_id(actor=actor, user_id=row.started_by, today=clock.today(), now=now)
    if not beginner.may(policies.IMPORT_PATIENTS, unit_id=row.unit_id):
        row.refused = "not_allowed"
        _finish(row)
        return False
    tenancy.enter_tenant(tenant_id=beginner.tenant_id or UUID(int=0), actor_id=beginner.id)
    rows = [Row(**each) for each in json.loads(str(row.content))]
    seen: dict[str, int] = {}
    for earlier in rows[: row.read_to]:
        rules.repeated(earlier, rules.read(earlier, today=clock.today())[0], seen)
    batch = _Batch(actor=beginner, row=row, stands=policies.standing(beginner, at=now), now=now, seen=seen)
    for each in rows[row.read_to : row.read_to + BATCH]:
        batch.take(each)
    row.read_to = min(len(rows), row.read_to + BATCH)
    row.problems = [*row.problems, *(asdict(each) for each in batch.problems)][:PROBLEMS_MOST]
    row.save()
    if row.read_to < len(rows):
        return True
    _finish(row)
    return False


@dataclass
class _Batch:
    """Some rows of one list, and what came of them."""

    actor: Actor
    row: PatientImport
    stands: Standing
    now: datetime
    seen: dict[str, int]
    problems: list[RowProblem] = field(default_factory=list)

    def take(self, row: Row) -> None:
        details, problems = rules.read(row, today=clock.today())
        problems = (*problems, *_number_problems(row, details))
        again = None if problems else rules.repeated(row, details, self.seen)
        if problems or again:
            self.problems += [*problems, *([again] if again else [])]
            return
        owner = _owner(details)
        if owner in self.stands.closed and owner is not None:
            self.problems.append(RowProblem(row.line, Column.PERSON_NUMBER.value, "oneself_or_family"))
        elif owner is not None and not self._is_open(owner):
            self.row.closed += 1
        elif (known := owner or self._known(details)) is not None:
            if self._follow_up(known):
                self.row.known += 1
            else:
                self.row.closed += 1
        else:
            self._register(row, details)

    def _register(self, row: Row, details: PersonDetails) -> None:
        if not self.row.dry_run:
            try:
                with transaction.atomic():
                    register_person(
                        actor=self.actor, details=details, unit_id=self.row.unit_id, basis=InvolvementBasis.TREATMENT
                    )
            except AlreadyRegistered:
                self.row.closed += 1
                return
            except NotAllowed as refusal:
                code = "oneself_or_family" if refusal.reason == Refusal.OWN_FILE.value else "not_allowed"
                self.problems.append(RowProblem(row.line, Column.GIVEN_NAME.value, code))
                return
        self.row.registered += 1

    def _is_open(self, person_id: UUID) -> bool:
        return self._visible().filter(id=person_id).exists()

    def _visible(self) -> QuerySet[Person]:
        return Person.objects.filter(policies.visible_by(self.actor, self.stands, at=self.now))

    def _known(self, details: PersonDetails) -> UUID | None:
        """Somebody of the same name and birth date whom the actor may open; a number tells apart whom it can."""
        if details.birth_date is None:
            return None
        rows = self._visible().filter(birth_date=details.birth_date)
        if details.person_number:
            rows = rows.filter(pid_hash=None)
        for each in rows.order_by("id"):
            if same_name(each.given_name, details.given_name) and same_name(each.family_name, details.family_name):
                return each.id
        return None

    def _follow_up(self, person_id: UUID) -> bool:
        """Let the unit follow somebody up; False where it only has the number of somebody whom others follow up."""
        live = Involvement.objects.filter(live_at(self.now), person_id=person_id, unit_id=self.row.unit_id)
        if live.filter(basis=InvolvementBasis.TREATMENT.value, only_while_let=[]).exists():
            return True
        if self.row.dry_run:
            person = Person.objects.get(id=person_id)
            answer = policies.may_open(self.actor, person, at=self.now)
            return may_follow_up(self.actor, person, answer)
        try:
            with transaction.atomic():
                open_involvement(
                    actor=self.actor,
                    person_id=person_id,
                    unit_id=self.row.unit_id,
                    basis=InvolvementBasis.TREATMENT,
                )
        except AlreadyInvolved:
            # From a later moment on, which stands already.
            return True
        except NotAllowed as refusal:
            if refusal.reason != policies.NOT_FOLLOWED_UP:
                raise
            return False
        return True


def _number_problems(row: Row, details: PersonDetails) -> list[RowProblem]:
    """A list of real people holds no made-up number; a slip in one is found when the row is read."""
    checked = person_numbers.check(details.person_number) if details.person_number else None
    if settings.TEST_PERSON_NUMBERS or checked is None or checked.faults != (person_numbers.Fault.SYNTHETIC,):
        return []
    return [RowProblem(row.line, Column.PERSON_NUMBER.value, "not_a_person_number")]


def _owner(details: PersonDetails) -> UUID | None:
    if not details.person_number:
        return None
    found = owner_of_number(details.person_number)
    return found.id if found else None


def _for_update(import_id: UUID) -> PatientImport | None:
    return PatientImport.objects.select_for_update().filter(id=import_id, finished_at=None).first()


def _finish(row: PatientImport) -> None:
    row.content, row.finished_at = None, clock.now()
    row.save()
