"""Starting a plan in a carer's file, and closing it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events, ids
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain import files
from medspiller.followup.domain import plans as rules
from medspiller.followup.domain.events import PlanEnded, PlanStarted
from medspiller.followup.domain.files import FileKind, NoteCode
from medspiller.followup.domain.holding import BouncedBecause
from medspiller.followup.domain.plans import AboutRefused, AboutSettled, KeptBack, PathwayRefused, PlanRunsAlready
from medspiller.followup.models import Plan
from medspiller.followup.policies import OpenedFile
from medspiller.followup.selectors import _patients as patients
from medspiller.followup.selectors import _staff
from medspiller.followup.services import _items as items
from medspiller.followup.services import _passing as passing
from medspiller.followup.services import _storing as storing
from medspiller.followup.services._offers import end_offer
from medspiller.followup.services._said_before import answered_before
from medspiller.pathways import selectors as pathways
from medspiller.pathways import services as engine
from medspiller.pathways.domain.definition import Pathway
from medspiller.people import selectors as people


@transaction.atomic
def start_plan(
    *,
    actor: Actor,
    file_id: UUID,
    slug: str,
    holder_id: UUID,
    about_id: UUID | None = None,
    facts: Mapping[str, bool] | None = None,
    started_on: date | None = None,
    goal: str = "",
    as_of: date | None = None,
) -> Plan:
    """
    Let a pathway run in a carer's file, held by a colleague from now on.

    `about_id` is for whom the carer cares, where the plan is about that. Without a day it begins today. `as_of` is
    the day whose pathways are meant, today's if it is not given. What the carer has answered lately does its step.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises PathwayRefused: if there is no such pathway that is active, or it is for others.
    :raises PlanRunsAlready: if it runs in the file already, about the same person.
    :raises CannotHold: if the colleague cannot hold it.
    :raises AboutRefused: if that person is nobody to the carer, as far as the actor may know.
    :raises DayRefused: if it would begin ahead, or began more than a year ago.
    :raises KeptBack: if a fact is about the patient, and the actor may not open the patient.
    :raises HappeningRefused: if a fact is none of the pathway's.
    :raises TextRefused: if the goal is too long.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    row = storing.ensure_open_file(opened.file)
    begins = rules.ensure_may_begin(started_on or clock.today(), today=clock.today())
    wanted = _fitting(actor, opened, slug, about_id, as_of)
    holder = _staff.can_hold(actor.tenant_id, holder_id, carer_id=row.carer_id)
    plan_id = ids.new_id()
    begun = engine.start_run(
        actor=actor,
        slug=slug,
        subject_type=storing.PLAN,
        subject_id=plan_id,
        started_on=begins,
        facts=dict(facts or {}),
        answers=answered_before(actor, row.carer_id, wanted, begins, about_id=about_id),
        as_of=as_of,
    )
    plan = Plan(
        id=plan_id,
        file=row,
        run=begun.run,
        about_id=about_id,
        unit_id=holder.unit_for(row.unit_id),
        goal=files.tidy("goal", goal) or None,
        opened_at=clock.now(),
        opened_by=actor.id,
        opened_by_name=actor.name,
    )
    about = _patient_told_of(actor, plan, wanted, facts or {})
    plan.save(force_insert=True)
    passing.first(plan, holder_id=holder.id, holder_name=holder.name)
    items.put_steps(actor, [plan])
    storing.note(actor, row, NoteCode.PLAN_STARTED, about=plan)
    storing.record(opened, "followup.start_plan", subject_type=storing.PLAN, subject_id=plan.id)
    if about:
        storing.record_of_patient(actor, "followup.start_plan", plan, about)
    events.publish(PlanStarted(plan_id=plan.id, file_id=row.id, slug=slug))
    return plan


@transaction.atomic
def change_goal(*, actor: Actor, plan_id: UUID, version: int, goal: str) -> Plan:
    """
    Change what the carer wants from a plan.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if it is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises TextRefused: if the goal is too long.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    plan.goal = files.tidy("goal", goal) or None
    storing.changed(plan, "goal")
    storing.record(opened, "followup.change_goal", subject_type=storing.PLAN, subject_id=plan.id)
    return plan


@transaction.atomic
def change_about(*, actor: Actor, plan_id: UUID, version: int, about_id: UUID | None) -> Plan:
    """
    Say for whom the carer cares, where a plan is about that, or that it is about nobody else.

    Both whom it was about and whom it is about read of it in their log.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if it is closed.
    :raises PlanChanged: if somebody else changed it first.
    :raises AboutRefused: if that person is nobody to the carer, as far as the actor may know.
    :raises AboutSettled: if something of whom it is about stands in it already.
    :raises KeptBack: if the actor may not open whom it is about now.
    :raises PlanRunsAlready: if the same runs in the file already, about that person.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    if about_id == plan.about_id:
        return plan
    before = patients.opened_patient(actor, plan)
    if plan.about_id is not None:
        if before is None:
            raise KeptBack
        run = pathways.run(actor=actor, run_id=plan.run_id)
        if any(patients.is_patients(run.pathway, each.line) for each in run.history):
            raise AboutSettled
    _ensure_about(actor, opened, plan.run.slug, about_id)
    plan.about_id = about_id
    storing.changed(plan, "about")
    storing.record(opened, "followup.change_about", subject_type=storing.PLAN, subject_id=plan.id)
    for each in (before, patients.opened_patient(actor, plan)):
        if each:
            storing.record_of_patient(actor, "followup.change_about", plan, each)
    return plan


@transaction.atomic
def close_plan(
    *,
    actor: Actor,
    plan_id: UUID,
    reason: str,
    note: str = "",
    on: date | None = None,
    version: int | None = None,
) -> Plan:
    """
    End a plan, for one of the pathway's own reasons or another code. What stood on lists for it goes with it.

    :raises NotFound: if there is no such plan; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises PlanClosed: if it is closed already.
    :raises PlanChanged: if somebody else changed it first.
    :raises StatutoryStepsOpen: with the steps that the law demands and that nobody has settled.
    :raises DayRefused: if the day lies ahead.
    :raises TextRefused: if the reason is missing, or the note too long.
    """
    plan, opened = storing.plan_to_write(actor, plan_id, version)
    said = files.tidy("reason", reason, needed=True)[: rules.REASON_MOST]
    day = files.ensure_not_ahead("on", on or clock.today(), today=clock.today())
    held = passing.held_now(plan)
    there = items.open_step_ids(actor, [plan.run_id])
    engine.close_run(actor=actor, run_id=plan.run_id, reason=said, on=day)
    plan.closed_at, plan.closed_by, plan.closed_by_name = max(clock.now(), held.starts_at), actor.id, actor.name
    plan.closing_reason, plan.closing_note = said, files.tidy("note", note) or None
    storing.changed(plan, "closed_at", "closed_by", "closed_by_name", "closing_reason", "closing_note")
    passing.stop(plan, held)
    items.withdraw_steps(actor, there)
    passing.taken_care_of(actor, plan)
    end_offer(actor, plan, because=BouncedBecause.PLAN_CLOSED)
    storing.note(actor, opened.file, NoteCode.PLAN_CLOSED, about=plan)
    storing.record(opened, "followup.close_plan", subject_type=storing.PLAN, subject_id=plan.id)
    events.publish(PlanEnded(plan_id=plan.id, file_id=plan.file_id, reason=said))
    return plan


def _patient_told_of(actor: Actor, plan: Plan, pathway: Pathway, facts: Mapping[str, bool]) -> people.Mentioned | None:
    """Return the patient, if anything that is known from the start is about them."""
    if not pathway.patients_facts.intersection(facts):
        return None
    about = patients.opened_patient(actor, plan)
    if about is None:
        raise KeptBack
    return about


def _fitting(actor: Actor, opened: OpenedFile, slug: str, about_id: UUID | None, as_of: date | None) -> Pathway:
    try:
        wanted = pathways.pathway(actor=actor, slug=slug, as_of=as_of)
    except NotFound:
        raise PathwayRefused("unknown") from None
    rules.ensure_fits(wanted.subject.value, FileKind(opened.file.kind))
    _ensure_about(actor, opened, slug, about_id)
    return wanted


def _ensure_about(actor: Actor, opened: OpenedFile, slug: str, about_id: UUID | None) -> None:
    """Accept whom a plan is to be about: somebody to the carer, and not what runs in the file already."""
    carer_id = opened.file.carer_id
    if about_id is not None:
        around = people.surroundings(actor=actor, person_id=carer_id, action=policies.KEEP_FILE)
        if around.of(about_id) is None or not people.are_related(actor=actor, person_id=carer_id, other_id=about_id):
            raise AboutRefused
    running = Plan.objects.filter(file=opened.file, closed_at=None, about_id=about_id, run__slug=slug).first()
    if running is not None:
        raise PlanRunsAlready(plan_id=running.id)
