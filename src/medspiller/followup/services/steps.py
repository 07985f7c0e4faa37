"""What happens in a plan: steps done and skipped, facts and events told, pauses, and taking back what was told."""

from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup.domain import files
from medspiller.followup.domain.plans import KeptBack
from medspiller.followup.models import Plan
from medspiller.followup.policies import OpenedFile
from medspiller.followup.selectors import _patients as patients
from medspiller.followup.services import _items as items
from medspiller.followup.services import _storing as storing
from medspiller.pathways import selectors as pathways
from medspiller.pathways import services as engine
from medspiller.pathways.domain import happenings
from medspiller.pathways.domain.happenings import Happening
from medspiller.people import selectors as people


@transaction.atomic
def do_step(
    *,
    actor: Actor,
    plan_id: UUID,
    step: str,
    result: str = "",
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Plan:
    """
    Say that a step was done, today unless another day is given, and with which result.

    It leaves every work list, and what it made possible stands there, in the same transaction.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises HappeningRefused: if it cannot have been done; its code says why.
    :raises TextRefused: if the note is too long.
    """
    said = files.tidy("note", note)
    today = clock.today()
    happening = happenings.done(step, on=on or today, told_on=today, result=result, reason=said)
    return _told(actor, plan_id, version, happening, "followup.do_step")


@transaction.atomic
def skip_step(
    *, actor: Actor, plan_id: UUID, step: str, reason: str, on: date | None = None, version: int | None = None
) -> Plan:
    """
    Say that a step is not to be done, and why; of one that repeats, this time only.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises HappeningRefused: if it cannot be skipped; its code says why.
    :raises TextRefused: if the reason is missing or too long.
    """
    said = files.tidy("reason", reason, needed=True)
    today = clock.today()
    happening = happenings.skipped(step, on=on or today, told_on=today, reason=said)
    return _told(actor, plan_id, version, happening, "followup.skip_step")


@transaction.atomic
def tell_fact(
    *,
    actor: Actor,
    plan_id: UUID,
    fact: str,
    value: bool | None,
    on: date | None = None,
    version: int | None = None,
) -> Plan:
    """
    Say that something is so, is not so, or is not known any more.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises KeptBack: if it is about the patient, and the actor may not open the patient.
    :raises HappeningRefused: if the pathway has no such fact, or the day cannot be.
    """
    today = clock.today()
    happening = happenings.fact_told(fact, value, on=on or today, told_on=today)
    return _told(actor, plan_id, version, happening, "followup.tell_fact")


@transaction.atomic
def tell_event(*, actor: Actor, plan_id: UUID, event: str, on: date | None = None, version: int | None = None) -> Plan:
    """
    Say that something has happened, or will on a day that lies ahead.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises KeptBack: if it is about the patient, and the actor may not open the patient.
    :raises HappeningRefused: if the pathway does not react to it, or the day cannot be.
    """
    today = clock.today()
    happening = happenings.event_told(event, on=on or today, told_on=today)
    return _told(actor, plan_id, version, happening, "followup.tell_event")


@transaction.atomic
def pause_plan(*, actor: Actor, plan_id: UUID, until: date, reason: str, version: int | None = None) -> Plan:
    """
    Let a plan stand still until a day, on which it goes on by itself, every due day as much later but those by law.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises HappeningRefused: if it cannot stand still so long, or stands still already.
    :raises TextRefused: if the reason is missing or too long.
    """
    said = files.tidy("reason", reason, needed=True)
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    changed = engine.pause(actor=actor, run_id=plan.run_id, until=until, reason=said)
    return _went_on(actor, plan, opened, changed, "followup.pause_plan")


@transaction.atomic
def resume_plan(*, actor: Actor, plan_id: UUID, version: int | None = None) -> Plan:
    """
    Let a plan go on before its pause is over.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises HappeningRefused: if it does not stand still.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    changed = engine.resume(actor=actor, run_id=plan.run_id)
    return _went_on(actor, plan, opened, changed, "followup.resume_plan")


@transaction.atomic
def undo(*, actor: Actor, plan_id: UUID, version: int | None = None) -> Plan:
    """
    Take back what the actor told last of a plan, within a day and if nothing was told since.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises KeptBack: if it is about the patient, and the actor may not open the patient any more.
    :raises HappeningRefused: if there is nothing that the actor can take back.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    history = pathways.run(actor=actor, run_id=plan.run_id).history
    last = next((each.line for each in history if each.may_undo), None)
    about = _patient_of(actor, plan, last) if last else None
    changed = engine.undo_last(actor=actor, run_id=plan.run_id)
    return _went_on(actor, plan, opened, changed, "followup.undo", about)


@transaction.atomic
def move_plan_to_version(*, actor: Actor, plan_id: UUID, to_version: str, version: int | None = None) -> Plan:
    """
    Let a plan go on by a newer version of its pathway, which somebody has looked at and chosen.

    :raises NotFound: if there is no such plan or version; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if the plan is closed.
    :raises PlanChanged: if somebody else changed it first.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    changed = engine.move_to_version(actor=actor, run_id=plan.run_id, version=to_version)
    return _went_on(actor, plan, opened, changed, "followup.move_plan_to_version")


def _told(actor: Actor, plan_id: UUID, version: int | None, happening: Happening, action: str) -> Plan:
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    about = _patient_of(actor, plan, happening)
    changed = engine.record(actor=actor, run_id=plan.run_id, happening=happening)
    return _went_on(actor, plan, opened, changed, action, about)


def _patient_of(actor: Actor, plan: Plan, line: Happening) -> people.Mentioned | None:
    """Return whom a line is about besides the carer; None where it is about nobody else."""
    if not patients.is_patients(pathways.pathway_of(actor=actor, pin=plan.run.pin), line):
        return None
    about = patients.opened_patient(actor, plan)
    if about is None:
        raise KeptBack
    return about


def _went_on(
    actor: Actor,
    plan: Plan,
    opened: OpenedFile,
    changed: engine.Recorded,
    action: str,
    about: people.Mentioned | None = None,
) -> Plan:
    storing.changed(plan)
    plan.run = changed.run
    still = items.resting_step_ids(actor, [plan.run_id]) if items.stands_still(plan) else []
    items.withdraw_steps(actor, [*changed.gone, *still])
    items.put_steps(actor, [plan])
    storing.record(opened, action, subject_type=storing.PLAN, subject_id=plan.id)
    if about:
        storing.record_of_patient(actor, action, plan, about)
    return plan
