"""What stands on work lists for plans: each step that can be done now, offers, and what fell to a leader."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.followup.models import CarerFile, Handover, Holding, Plan
from medspiller.followup.services import _storing as storing
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.progress import RunState
from medspiller.pathways.domain.vocabulary import HOLDER
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy

OPEN_STEP, PLAN, HANDOVER = "pathways.OpenStep", "followup.Plan", "followup.Handover"
# What waits for a file as a whole, and goes with it to another unit.
OF_FILES = (
    kinds.FOLLOWUP_SUGGESTION,
    kinds.FOLLOWUP_ANSWERED,
    kinds.FOLLOWUP_AGREEMENT,
    kinds.FOLLOWUP_RIGHT_CHANGED,
    kinds.FOLLOWUP_NO_CONTACT,
    kinds.FOLLOWUP_GROWN_UP,
)


def put_steps(actor: Actor, plans: Collection[Plan]) -> int:
    """
    Put on lists what can be done now in these plans, and bring up to date what stands there already.

    In a few statements, however many plans. What only the holder does is theirs from the start. Of a plan that stands
    still only what the law demands is on lists.
    """
    by_run = {plan.run_id: plan for plan in plans if plan.is_open}
    if not by_run:
        return 0
    system = storing.system_of(actor)
    carers = carers_of(by_run.values())
    held = holders(plan.id for plan in by_run.values())
    return worklist.put_many(
        actor=system,
        items=[
            _item(system, step, by_run[run_id], carers[by_run[run_id].file_id], held[by_run[run_id].id])
            for run_id, steps in pathways.open_steps(actor=system, run_ids=list(by_run)).items()
            for step in steps
            if step.is_statutory or not stands_still(by_run[run_id])
        ],
    )


def _item(system: Actor, step: pathways.OpenStep, plan: Plan, carer_id: UUID, holding: Holding) -> Placed:
    pathway = pathways.pathway_of(actor=system, pin=plan.run.pin)
    roles = [Role(code) for code in step.roles if code != HOLDER]
    of_holder = not roles
    return Placed(
        kind=kinds.FOLLOWUP_STEP.code,
        subject_type=OPEN_STEP,
        subject_id=step.id,
        unit_id=plan.unit_id,
        person_id=carer_id,
        due_on=step.due_on,
        by_law=step.is_statutory,
        roles=roles,
        title=pathway.steps[step.step].title,
        origin=pathway.title,
        taken_by=holding.holder_id if of_holder else None,
        taken_by_name=holding.holder_name if of_holder else "",
    )


def stands_still(plan: Plan) -> bool:
    """Say whether a plan is paused."""
    return plan.run.state == RunState.PAUSED.value


def withdraw_steps(actor: Actor, step_ids: Collection[UUID], *, why: WithdrawnWhy = WithdrawnWhy.ENDED) -> int:
    """Take steps off every list that cannot be done any more, or need not."""
    if not step_ids:
        return 0
    return worklist.withdraw_subjects(
        actor=storing.system_of(actor),
        kind=kinds.FOLLOWUP_STEP.code,
        subject_type=OPEN_STEP,
        subject_ids=list(step_ids),
        why=why,
    )


def went_on(actor: Actor, runs: Collection[UUID], *, gone: Iterable[UUID]) -> None:
    """Bring work lists up to date with what changed in runs, in a few statements; `gone` are the steps that went."""
    withdraw_steps(actor, list(gone))
    put_steps(actor, list(Plan.objects.select_related("run", "file").filter(run_id__in=runs, closed_at=None)))


def move_steps(actor: Actor, plans: Collection[Plan]) -> None:
    """Put what stands on lists for these plans anew: they have another holder or another unit now."""
    system = storing.system_of(actor)
    run_ids = [plan.run_id for plan in plans if plan.is_open]
    if not run_ids:
        return
    withdraw_steps(actor, open_step_ids(system, run_ids), why=WithdrawnWhy.MOVED)
    put_steps(actor, plans)


def open_step_ids(actor: Actor, run_ids: Collection[UUID]) -> list[UUID]:
    """Return which steps of these runs can be done now."""
    return [step.id for step in _open_steps(actor, run_ids)]


def resting_step_ids(actor: Actor, run_ids: Collection[UUID]) -> list[UUID]:
    """Return which of them may wait while a plan stands still: the law does not demand them."""
    return [step.id for step in _open_steps(actor, run_ids) if not step.is_statutory]


def _open_steps(actor: Actor, run_ids: Collection[UUID]) -> list[pathways.OpenStep]:
    found = pathways.open_steps(actor=storing.system_of(actor), run_ids=list(run_ids))
    return [step for steps in found.values() for step in steps]


def carers_of(plans: Iterable[Plan]) -> dict[UUID, UUID]:
    """Return whose the files of these plans are, by file. No statement where the files were read with them."""
    plans = list(plans)
    if all(Plan.file.is_cached(plan) for plan in plans):
        return {plan.file_id: plan.file.carer_id for plan in plans}
    return dict(CarerFile.objects.filter(id__in={plan.file_id for plan in plans}).values_list("id", "carer_id"))


def put_offer(actor: Actor, row: Handover, plan: Plan) -> None:
    """Put an offer on the list of whoever it was made to, where they work."""
    system = storing.system_of(actor)
    placed = Placed(
        kind=kinds.FOLLOWUP_HANDOVER.code,
        subject_type=HANDOVER,
        subject_id=row.id,
        unit_id=row.to_unit_id or plan.unit_id,
        person_id=carers_of([plan])[plan.file_id],
        due_on=row.answer_by,
        origin=pathways.pathway_of(actor=system, pin=plan.run.pin).title,
        taken_by=row.to_user_id,
        taken_by_name=row.to_name,
    )
    worklist.put_many(actor=system, items=[placed])


def withdraw_offer(actor: Actor, row: Handover) -> None:
    """Take an offer off the list: it was answered, or is none any more."""
    worklist.withdraw(
        actor=storing.system_of(actor),
        kind=kinds.FOLLOWUP_HANDOVER.code,
        subject_type=HANDOVER,
        subject_id=row.id,
        why=WithdrawnWhy.ANSWERED,
    )


def put_left_over(actor: Actor, plan: Plan, *, carer_id: UUID, due_on: date) -> None:
    """Tell the leader of a plan's unit that the plan needs somebody."""
    worklist.put(
        actor=storing.system_of(actor),
        kind=kinds.FOLLOWUP_LEFT_OVER.code,
        subject_type=PLAN,
        subject_id=plan.id,
        unit_id=plan.unit_id,
        person_id=carer_id,
        due_on=due_on,
    )


def put_no_contact(actor: Actor, file: CarerFile, *, due_on: date) -> None:
    """Tell the leader of a file's unit that the carer has nobody to call any more."""
    worklist.put(
        actor=storing.system_of(actor),
        kind=kinds.FOLLOWUP_NO_CONTACT.code,
        subject_type=storing.FILE,
        subject_id=file.id,
        unit_id=file.unit_id,
        person_id=file.carer_id,
        due_on=due_on,
    )


def withdraw_no_contact(actor: Actor, file_ids: Iterable[UUID]) -> None:
    """Take off the leader's list that carers have nobody to call: they have somebody, or need nobody."""
    worklist.withdraw_subjects(
        actor=storing.system_of(actor),
        kind=kinds.FOLLOWUP_NO_CONTACT.code,
        subject_type=storing.FILE,
        subject_ids=list(file_ids),
        why=WithdrawnWhy.SEEN_TO,
    )


def withdraw_left_over(actor: Actor, plan_ids: Iterable[UUID]) -> None:
    """Take off the leader's list that plans needed somebody: they have somebody, or are over."""
    worklist.withdraw_subjects(
        actor=storing.system_of(actor),
        kind=kinds.FOLLOWUP_LEFT_OVER.code,
        subject_type=PLAN,
        subject_ids=list(plan_ids),
        why=WithdrawnWhy.SEEN_TO,
    )


def holders(plan_ids: Iterable[UUID]) -> dict[UUID, Holding]:
    """Return who holds each of these open plans now, by plan."""
    return {row.plan_id: row for row in Holding.objects.filter(plan_id__in=list(plan_ids), ends_at=None)}
