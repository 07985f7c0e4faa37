"""What one needs to know before a file is opened or a plan begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.access.selectors import Colleague
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.followup import policies
from medspiller.followup.selectors._seen import PlanLine
from medspiller.followup.selectors._staff import who_is_away
from medspiller.pathways import selectors as pathways
from medspiller.pathways.selectors import Changes, SeenRun
from medspiller.people import selectors as people


@dataclass(frozen=True, slots=True)
class CarerToOpen:
    """
    Somebody for whom a file can be opened, and who could be their contact person: the unit's people of today.

    `statements` are what they have said matters to them, the newest first.
    """

    person_id: UUID
    name: str
    birth_date: date | None
    colleagues: tuple[Colleague, ...]
    statements: tuple[people.SeenStatement, ...] = ()


def carer_to_open(*, actor: Actor, carer_id: UUID) -> CarerToOpen:
    """
    Return somebody for whom the actor may open a file. It is in their log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up for the carer's own sake.
    """
    found = policies.opened_carer(actor, carer_id, action=policies.KEEP_FILE)
    if found.unit_id is None:
        raise NotAllowed(action=policies.KEEP_FILE, reason=policies.NOT_FOLLOWED_UP, person_id=carer_id)
    there = access.colleagues(
        actor=actor, action=policies.HOLD_PLAN, unit_id=found.unit_id, today=clock.today(), now=clock.now()
    )
    away = who_is_away([each.id for each in there])
    present = tuple(each for each in there if each.id not in away)
    said = people.statements_of_subject(actor=found.actor, subject=found)
    audit.record(
        actor=found.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.NAME_AND_BIRTH, *((Information.NEEDS,) if said else ())),
        subject_type="people.Person",
        subject_id=carer_id,
        person_id=carer_id,
        basis=found.basis,
    )
    return CarerToOpen(found.person_id, found.name, found.birth_date, present, said)


def cared_for_by(*, actor: Actor, file_id: UUID) -> list[tuple[UUID, str]]:
    """
    Return for whom the carer of a file cares, by name, as far as the actor may know of them. Each is in the log.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE)
    around = people.surroundings(actor=actor, person_id=opened.file.carer_id, action=policies.KEEP_FILE)
    near = {each.person_id: each.name for each in around.near if each.name}
    named = people.mentioned(actor=actor, person_ids=near.keys(), within=people.reach(actor=actor))
    audit.record_list(
        actor=actor,
        action=policies.KEEP_FILE,
        information=(Information.NAME_AND_BIRTH, Information.CARERS),
        shown=[
            # Whom the reader may not open is named as part of the carer's family, on the ground of the carer.
            Shown(each, "people.Person", each, basis=named[each].basis if each in named else opened.subject.basis)
            for each in sorted(near)
        ],
    )
    return list(near.items())


def only_one_cared_for(*, actor: Actor, file_id: UUID) -> UUID | None:
    """
    Return for whom the carer of a file cares, if it is exactly one and the actor may know the name; None otherwise.

    Nothing is logged by this: `cared_for_by` is asked for the names.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE)
    around = people.surroundings(actor=actor, person_id=opened.file.carer_id, action=policies.KEEP_FILE)
    found = [each for each in around.near if each.cared_for]
    return found[0].person_id if len(found) == 1 and found[0].name else None


def runs_of_plans(*, actor: Actor, plans: Sequence[PlanLine]) -> dict[UUID, SeenRun]:
    """Return how far each plan of a file that the actor has opened has come, by the plan's id; without history."""
    runs = pathways.runs(actor=actor, run_ids=[each.run_id for each in plans])
    return {each.id: runs[each.run_id] for each in plans if each.run_id in runs}


def what_would_change(*, actor: Actor, plan_id: UUID, version: str) -> Changes:
    """
    Return what moving a plan to another version of its pathway would change.

    :raises NotFound: if there is no such plan or version; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    row, _opened = policies.opened_plan(actor, plan_id, action=policies.KEEP_FILE)
    return pathways.what_would_change(actor=actor, run_id=row.run_id, version=version)
