"""What is offered to whom, and what whoever is asked may see of a plan before they have it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Shown
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.domain.letting import LETS_GO
from medspiller.followup.models import Handover
from medspiller.followup.selectors import _rows as rows
from medspiller.followup.selectors._seen import PlanOutline, SeenHandover
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people


def handovers_to_me(*, actor: Actor) -> list[SeenHandover]:
    """Return what is offered to the actor and waits for an answer, what must be answered first standing first."""
    policies.ensure(actor, policies.HOLD_PLAN)
    found = _offers().filter(to_user_id=actor.id, state=HandoverState.OFFERED.value)
    return _seen_offers(actor, list(found.order_by("answer_by", "id")))


def handover(*, actor: Actor, handover_id: UUID) -> SeenHandover:
    """
    Return an offer: to whoever it was made to, and to those who may open the file.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is about the actor.
    """
    row = _offers().filter(id=handover_id).first()
    if row is None:
        raise NotFound(f"handover {handover_id}")
    if row.to_user_id != actor.id:
        policies.opened_plan(actor, row.plan_id)
    seen = _seen_offers(actor, [row])
    if not seen:
        # Whoever was asked has come too close to the carer since.
        raise NotFound(f"handover {handover_id}")
    return seen[0]


def _offers():  # type: ignore[no-untyped-def]
    return Handover.objects.select_related("plan__run", "plan__file", "plan__unit")


def _seen_offers(actor: Actor, found: list[Handover]) -> list[SeenHandover]:
    if not found:
        return []
    within = people.reach(actor=actor)
    # First of all: whoever is not shown is neither asked about nor said to have been read.
    found = [row for row in found if row.plan.file.carer_id not in within.closed | within.let_no_more]
    carers = {row.plan.file.carer_id for row in found}
    named = people.mentioned(actor=actor, person_ids=carers, within=within)
    followed = set(
        people.own_subjects(actor=actor, action=policies.READ_FILE, within=within)
        .filter(id__in=carers)
        .values_list("id", flat=True)
    )
    system = actors.system(actor.tenant_id)
    open_to = {row.id for row in found if row.plan.file.carer_id in named and row.plan.file.carer_id in followed}
    # What may be read of a plan before one has it: all by whoever may open the file, or by the carer's leave.
    told = {row.id for row in found if row.id in open_to or _is_let(system, row)}
    audit.record_list(
        actor=actor,
        action="followup.read_handover",
        information=(Information.PLAN,),
        shown=[_entry(row, named if row.id in open_to else {}) for row in found if row.id in told],
    )
    outlines = _outlines(actor, [row for row in found if row.id in told and row.plan.is_open], within)
    return [
        rows.seen_handover(
            row,
            title=pathways.pathway_of(actor=system, pin=row.plan.run.pin).title,
            carer=named[row.plan.file.carer_id].name if row.id in open_to else "",
            in_words=row.id in told,
            outline=outlines.get(row.id),
        )
        for row in found
    ]


def _entry(row: Handover, named: Mapping[UUID, people.Mentioned]) -> Shown:
    carer_id = row.plan.file.carer_id
    basis = named[carer_id].basis if carer_id in named else Basis(code=BasisCode.CONSENT)
    return Shown(carer_id, "followup.Handover", row.id, basis=basis)


def _outlines(actor: Actor, found: Collection[Handover], within: people.Reach) -> dict[UUID, PlanOutline]:
    """How far each plan that is offered has come. A phase that may tell of the patient is kept back as elsewhere."""
    if not found:
        return {}
    system = actors.system(actor.tenant_id)
    steps = pathways.open_steps(actor=system, run_ids=[row.plan.run_id for row in found])
    about = people.mentioned(
        actor=actor, person_ids={row.plan.about_id for row in found if row.plan.about_id}, within=within
    )
    outlines = {}
    for row in found:
        pathway = pathways.pathway_of(actor=system, pin=row.plan.run.pin)
        shows_phase = not pathway.tells_of_patient or row.plan.about_id in about
        phase = next((each for each in pathway.phases if each.id == row.plan.run.phase), None)
        days = [step.due_on for step in steps[row.plan.run_id] if step.due_on is not None]
        outlines[row.id] = PlanOutline(
            unit_name=row.plan.unit.name,
            phase=phase.title if phase is not None and shows_phase else None,
            next_due=min(days, default=None),
            open_steps=len(steps[row.plan.run_id]),
        )
    return outlines


def _is_let(system: Actor, row: Handover) -> bool:
    """Say whether the carer still lets the other unit know of the plan, so that why it is offered may be read there."""
    if row.to_unit_id is None or not row.rests_on_consent:
        return False
    return people.lets_unit_know(actor=system, owner_id=row.plan.file.carer_id, unit_id=row.to_unit_id, topics=LETS_GO)
