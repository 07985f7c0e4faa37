"""One plan, where a step of it stands, and who could hold it."""

from dataclasses import dataclass
from uuid import UUID

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.selectors import Colleague
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.domain.letting import LETS_GO
from medspiller.followup.models import Handover, Holding, Plan
from medspiller.followup.policies import OpenedFile
from medspiller.followup.selectors import _patients as patients
from medspiller.followup.selectors import _rows as rows
from medspiller.followup.selectors._seen import Let, SeenHandover, SeenHolding, SeenPlan, Texts
from medspiller.followup.selectors._staff import who_is_away
from medspiller.organisations import selectors as organisations
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people

_PLAN = "followup.Plan"


def plan(*, actor: Actor, plan_id: UUID) -> SeenPlan:
    """
    Return a plan, with what can be done now and what has happened.

    What is about the patient is kept back from whoever may not open the patient; others' reading of it is in the
    patient's log too.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own, or nobody at their units follows the carer up for the carer's sake.
    """
    within = people.reach(actor=actor)
    row, opened = policies.opened_plan(actor, plan_id, within=within)
    audit.record(
        actor=opened.actor,
        action="followup.read_plan",
        kind=Kind.READ,
        information=(Information.PLAN, Information.NOTES),
        subject_type=_PLAN,
        subject_id=plan_id,
        person_id=opened.file.carer_id,
        basis=opened.subject.basis,
    )
    return _seen(actor, row, opened, within)


def _seen(actor: Actor, row: Plan, opened: OpenedFile, within: people.Reach) -> SeenPlan:
    run = pathways.run(actor=actor, run_id=row.run_id)
    held = _holdings(row)
    holder = next((each for each in held if each.ends_at is None), None)
    waiting, bounced = _offers(row, run.pathway.title, opened.subject.name)
    about = _about(actor, row, within, shows_facts=run.pathway.tells_of_patient)
    keeps_back = run.pathway.tells_of_patient and about is None
    leads = actor.may(policies.HAND_OVER_FOR_OTHERS, unit_id=row.unit_id)
    return SeenPlan(
        id=row.id,
        file_id=row.file_id,
        carer=opened.subject,
        file_is_open=opened.file.is_open,
        is_child=opened.file.kind == FileKind.CHILD,
        version=row.version,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        goal=str(row.goal or ""),
        about=about.name if about else "",
        about_id=about.id if about else None,
        opened_at=row.opened_at,
        opened_by=row.opened_by_name,
        closed_at=row.closed_at,
        closed_by=row.closed_by_name,
        closing_reason=row.closing_reason,
        closing_note=str(row.closing_note or ""),
        left_over_at=row.left_over_at,
        holder=holder,
        holdings=held,
        handover=waiting,
        bounced=bounced,
        run=patients.kept_back(run) if keeps_back else run,
        keeps_back=keeps_back,
        may=Let(
            keep=actor.may(policies.KEEP_FILE, unit_id=opened.subject.unit_id),
            hand_over=leads or (holder is not None and holder.holder_id == actor.id),
        ),
    )


def _holdings(row: Plan) -> tuple[SeenHolding, ...]:
    """Who has held a plan, the latest first."""
    held = Holding.objects.filter(plan=row).select_related("absence").order_by("-starts_at", "-id")
    return tuple(rows.seen_holding(each) for each in held)


def step_place(*, actor: Actor, step_id: UUID) -> tuple[UUID, str]:
    """
    Return in which plan a step that can be done now stands, and which it is.

    :raises NotFound: if there is none any more; `Closed`, if the actor has no need to know.
    :raises NotAllowed: as `plan` does.
    """
    found = Plan.objects.filter(run__open_steps=step_id).values_list("id", "run__open_steps__step").first()
    if found is None:
        raise NotFound(f"step {step_id}")
    policies.opened_plan(actor, found[0])
    return found


def holders_for(*, actor: Actor, plan_id: UUID) -> list[Colleague]:
    """
    Return who works for a plan's unit and could hold it, its own people first. Who is away, or holds it, is left out.

    Whether somebody is too close to the carer is asked when the plan is offered.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: as `plan` does.
    """
    row, _opened = policies.opened_plan(actor, plan_id, action=policies.KEEP_FILE)
    held = Holding.objects.filter(plan=row, ends_at=None).values_list("holder_id", flat=True).first()
    return _present(actor, row.unit_id, but_not=held)


@dataclass(frozen=True, slots=True)
class HolderElsewhere:
    """A colleague of another unit, which the carer lets know of the plan."""

    id: UUID
    name: str
    unit_id: UUID
    unit_name: str


def holders_elsewhere(*, actor: Actor, plan_id: UUID) -> list[HolderElsewhere]:
    """
    Return who works in other units that the carer lets know of a plan right now, by unit and name.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: as `plan` does.
    """
    row, opened = policies.opened_plan(actor, plan_id, action=policies.KEEP_FILE)
    system = actors.system(actor.tenant_id)
    lets = people.units_let_know(actor=system, owner_id=opened.file.carer_id, topics=LETS_GO) - {row.unit_id}
    if not lets:
        return []
    units = organisations.units(actor=system, on=clock.today()).filter(id__in=lets)
    return [
        HolderElsewhere(each.id, each.name, unit.id, unit.name)
        for unit in units
        for each in _present(actor, unit.id, but_not=None)
        if each.steps_up == 0
    ]


def holders_in(*, actor: Actor, file_id: UUID) -> list[Colleague]:
    """
    Return who could hold a plan that is begun in a file: who works for its unit and is there today.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: as `plan` does.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE)
    return _present(actor, opened.file.unit_id, but_not=None)


def _present(actor: Actor, unit_id: UUID, *, but_not: UUID | None) -> list[Colleague]:
    found = access.colleagues(
        actor=actor, action=policies.HOLD_PLAN, unit_id=unit_id, today=clock.today(), now=clock.now()
    )
    away = who_is_away([each.id for each in found])
    return [each for each in found if each.id not in away and each.id != but_not]


def _about(actor: Actor, row: Plan, within: people.Reach, *, shows_facts: bool) -> people.Mentioned | None:
    """Return whom a plan is about, if the reader may open them: who reads of it, and of what is theirs, is logged."""
    if row.about_id is None:
        return None
    about = people.mentioned(actor=actor, person_ids=[row.about_id], within=within).get(row.about_id)
    if about is None:
        return None
    audit.record(
        actor=actor,
        action="followup.read_plan",
        kind=Kind.READ,
        information=(Information.NAME_AND_BIRTH, Information.CARERS, *([Information.PLAN] if shows_facts else [])),
        subject_type=_PLAN,
        subject_id=row.id,
        person_id=about.id,
        basis=about.basis,
    )
    return about


def _offers(row: Plan, title: Texts, carer: str) -> tuple[SeenHandover | None, SeenHandover | None]:
    """The offer that waits for an answer, and the last one if it came back and nothing has happened since."""
    latest = Handover.objects.filter(plan=row).select_related("plan").order_by("-offered_at", "-id").first()
    if latest is None:
        return None, None
    seen = rows.seen_handover(latest, title=title, carer=carer)
    if seen.state is HandoverState.OFFERED:
        return seen, None
    return None, seen if seen.state is HandoverState.BOUNCED and row.is_open else None
