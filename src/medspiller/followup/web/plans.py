"""A carer's plans: beginning one, seeing how far it has come, and what happens in it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core.errors import NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import FileKind
from medspiller.followup.domain.holding import PlanChanged
from medspiller.followup.domain.plans import PlanRunsAlready
from medspiller.followup.selectors import SeenPlan
from medspiller.followup.web.acting import acting, changed_meanwhile, form_page, stands_now
from medspiller.followup.web.plan_forms import (
    ANSWERS,
    AboutForm,
    ClosePlanForm,
    DoStepForm,
    EventForm,
    FactForm,
    GoalForm,
    NewerVersionForm,
    PauseForm,
    PressedForm,
    SkipStepForm,
    StartPlanForm,
)
from medspiller.followup.web.presenting import plan_shown, step_shown
from medspiller.followup.web.refusals import REFUSED, refuse, words_of
from medspiller.pathways import selectors as pathways
from medspiller.pathways.selectors.words import in_words
from medspiller.ui.forms import Form

READ, KEEP = "followup.read_file", "followup.keep_file"


@requires(KEEP)
def choose_plan(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show the pathways that fit in a file, what is likely first."""
    actor = acting(request)
    seen = selectors.file(actor=actor, file_id=file_id)
    fitting = [each for each in pathways.pathways(actor=actor) if each.subject.value in (seen.kind.value, "family")]
    fitting.sort(key=lambda each: (each.subject.value == "family", in_words(each.title)))
    running = {plan.slug for plan in seen.open_plans}
    shown = {"file": seen, "pathways": [(each, each.slug in running) for each in fitting]}
    return render(request, "followup/choose_plan.html", shown)


@requires(KEEP, methods=("GET", "POST"))
def start_plan(request: HttpRequest, file_id: UUID, pathway_name: str) -> HttpResponse:
    """Begin a plan: who holds it, from when, and what is known already."""
    actor = acting(request)
    seen = selectors.file(actor=actor, file_id=file_id)
    pathway = pathways.pathway(actor=actor, slug=pathway_name)
    form = StartPlanForm(
        request.POST if request.method == "POST" else None,
        pathway=pathway,
        colleagues=selectors.holders_in(actor=actor, file_id=file_id),
        about=[(str(each), name) for each, name in selectors.cared_for_by(actor=actor, file_id=file_id)],
        initial={
            "til_hvem": str(actor.id),
            "om": str(selectors.only_one_cared_for(actor=actor, file_id=file_id) or ""),
        },
    )
    if form.is_bound and form.is_valid():
        try:
            made = services.start_plan(actor=actor, file_id=file_id, slug=pathway_name, **form.started())
        except PlanRunsAlready as already:
            messages.info(request, _("This plan is already running in the file."))
            return redirect("followup:plan", already.plan_id)
        except REFUSED as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("The plan has begun. The first steps are on the work list."))
            return redirect("followup:plan", made.id)
    place = reverse("followup:file", args=[file_id])
    return form_page(
        request,
        form,
        heading=in_words(pathway.title),
        lead=in_words(pathway.summary),
        button=_("Begin the plan"),
        back=reverse("followup:choose_plan", args=[file_id]),
        crumbs=[(reverse("followup:list"), _("Follow-up")), (place, seen.carer.name)],
        child_file_id=file_id if seen.kind is FileKind.CHILD else None,
    )


@requires(READ)
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan: what can be done now, what must be known, what comes, what was done, and who holds it."""
    return _plan_page(request, plan_id)


@requires(READ)
def print_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan on a sheet for paper."""
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    return render(request, "followup/plan_print.html", plan_shown(request, seen))


@requires(READ)
def step_place(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Lead from a line on the work list to the step of the plan that it is about."""
    plan_id, step = selectors.step_place(actor=acting(request), step_id=step_id)
    return redirect("followup:plan_step", plan_id, step)


@requires(KEEP, methods=("GET", "POST"))
def plan_step(request: HttpRequest, plan_id: UUID, step_name: str) -> HttpResponse:
    """Show one step: how, why, with what; say that it is done, with what came of it."""
    seen, step = _step(request, plan_id, step_name)
    form = DoStepForm(_sent(request), step=step, initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.do_step(
            actor=acting(request),
            plan_id=plan_id,
            step=step_name,
            result=asked.get("resultat", ""),
            on=asked["dag"],
            note=asked["merknad"],
            version=asked["version"],
        )

    more = {"template": "followup/step.html", **step_shown(request, seen, step)}
    return _told(request, seen, form, store, heading=in_words(step.title), button=_("It is done"), **more)


@requires(KEEP, methods=("GET", "POST"))
def skip_step(request: HttpRequest, plan_id: UUID, step_name: str) -> HttpResponse:
    """Say that a step is not to be done, and why."""
    seen, step = _step(request, plan_id, step_name)
    form = SkipStepForm(_sent(request), initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.skip_step(
            actor=acting(request), plan_id=plan_id, step=step_name, reason=asked["grunn"], version=asked["version"]
        )

    heading = _("Skip: %(step)s") % {"step": in_words(step.title)}
    lead = _("The law requires this step. Write why it is right to leave it out here.") if step.is_statutory else ""
    return _told(request, seen, form, store, heading=heading, lead=lead, button=_("Skip the step"))


@requires(KEEP, methods=("GET", "POST"))
def tell_fact(request: HttpRequest, plan_id: UUID, fact_name: str) -> HttpResponse:
    """Answer a question that steps wait for."""
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    asked_about = seen.run.pathway.facts.get(fact_name)
    if asked_about is None:
        raise NotFound(fact_name)
    if seen.keeps_back and fact_name in seen.run.pathway.patients_facts:
        # The page of the plan says so.
        return redirect("followup:plan", plan_id)
    form = FactForm(_sent(request), question=in_words(asked_about), initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.tell_fact(
            actor=acting(request),
            plan_id=plan_id,
            fact=fact_name,
            value=ANSWERS[asked["svar"]],
            version=asked["version"],
        )

    return _told(request, seen, form, store, heading=in_words(asked_about), button=_("Save"))


@requires(KEEP, methods=("GET", "POST"))
def tell_event(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Say what has happened, so that the plan goes on from it."""
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    pathway = seen.run.pathway
    events = pathway.reacts_to - pathway.patients_events if seen.keeps_back else pathway.reacts_to
    form = EventForm(_sent(request), events=sorted(events), initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.tell_event(
            actor=acting(request),
            plan_id=plan_id,
            event=asked["hendelse"],
            on=asked["dag"],
            version=asked["version"],
        )

    return _told(request, seen, form, store, heading=_("Tell what has happened"), button=_("Save"))


@requires(KEEP, methods=("GET", "POST"))
def change_goal(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Change what the carer wants from the plan."""
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    form = GoalForm(_sent(request), initial={"mal": seen.goal, "version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.change_goal(actor=acting(request), plan_id=plan_id, version=asked["version"] or 0, goal=asked["mal"])

    return _told(request, seen, form, store, heading=_("What the carer wants"), button=_("Save"))


@requires(KEEP, methods=("GET", "POST"))
def change_about(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Say whom a plan is about, or that it is about nobody else."""
    actor = acting(request)
    seen = selectors.plan(actor=actor, plan_id=plan_id)
    around = [(str(each), name) for each, name in selectors.cared_for_by(actor=actor, file_id=seen.file_id)]
    form = AboutForm(_sent(request), about=around, initial={"om": str(seen.about_id or ""), "version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        about_id = UUID(asked["om"]) if asked["om"] else None
        services.change_about(actor=actor, plan_id=plan_id, version=asked["version"] or 0, about_id=about_id)

    lead = _("Once something about that person is written in the plan, the plan stays about them.")
    return _told(request, seen, form, store, heading=_("Who the plan is about"), lead=lead, button=_("Save"))


@requires(KEEP, methods=("GET", "POST"))
def pause_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Let a plan rest until a day."""
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    form = PauseForm(_sent(request), initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.pause_plan(
            actor=acting(request),
            plan_id=plan_id,
            until=asked["til"],
            reason=asked["grunn"],
            version=asked["version"],
        )

    lead = _(
        "Meanwhile, only steps the law requires stay on the work list, on their day. Everything else is moved by "
        "the same length of time."
    )
    return _told(request, seen, form, store, heading=_("Pause the plan"), lead=lead, button=_("Pause it"))


@requires(KEEP, methods=("GET", "POST"))
def close_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """End a plan; refused while steps that the law demands are open."""
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    pathway = seen.run.pathway
    form = ClosePlanForm(_sent(request), pathway=pathway, initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.close_plan(
            actor=acting(request),
            plan_id=plan_id,
            reason=asked["arsak"],
            note=asked["merknad"],
            version=asked["version"],
        )

    keeps_open = [pathway.steps[name] for name in seen.run.progress.keeps_open if name in pathway.steps]
    return _told(
        request,
        seen,
        form,
        store,
        heading=_("End the plan"),
        button=_("Close the plan"),
        keeps_open=keeps_open,
        keeps_open_plan=plan_id,
    )


@requires(KEEP, methods=("POST",))
def resume_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Let a plan that rests go on."""
    return _pressed(request, plan_id, services.resume_plan, _("The plan continues."))


@requires(KEEP, methods=("POST",))
def undo(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Take back the last thing that the actor wrote in a plan."""
    return _pressed(request, plan_id, services.undo, _("It is taken back."))


@requires(KEEP, methods=("GET", "POST"))
def newer_version(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show what a newer version of the pathway would change in this plan, and move to it if that is chosen."""
    actor = acting(request)
    seen = selectors.plan(actor=actor, plan_id=plan_id)
    newer = seen.run.newer_version
    if newer is None:
        return redirect("followup:plan", plan_id)
    form = NewerVersionForm(_sent(request), initial={"version": seen.version, "til": newer})

    def store(asked: Mapping[str, Any]) -> None:
        if asked["til"] != newer:
            # Another has come since this page was shown: what it changes has not been seen.
            raise PlanChanged(now=seen.version, changed={"version": newer})
        services.move_plan_to_version(actor=actor, plan_id=plan_id, to_version=newer, version=asked["version"])

    changes = selectors.what_would_change(actor=actor, plan_id=plan_id, version=newer)
    return _told(
        request,
        seen,
        form,
        store,
        heading=_("A newer version of the pathway"),
        button=_("Move to version %(version)s") % {"version": newer},
        template="followup/newer_version.html",
        changes=changes,
    )


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _step(request: HttpRequest, plan_id: UUID, step_name: str) -> tuple[SeenPlan, Any]:
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    step = seen.run.pathway.steps.get(step_name)
    if step is None:
        raise Http404(step_name)
    return seen, step


def _pressed(request: HttpRequest, plan_id: UUID, service: Callable[..., Any], words: str) -> HttpResponse:
    form = PressedForm(request.POST)
    try:
        service(actor=acting(request), plan_id=plan_id, version=form.seen_version)
    except PlanChanged:
        too_late = _("Somebody else has changed the plan since you opened it. Look at how it is now, and press again.")
        return _plan_page(request, plan_id, too_late=too_late)
    except REFUSED as fault:
        return _plan_page(request, plan_id, too_late=words_of(fault))
    messages.success(request, words)
    return redirect("followup:plan", plan_id)


def _plan_page(request: HttpRequest, plan_id: UUID, *, too_late: str = "") -> HttpResponse:
    seen = selectors.plan(actor=acting(request), plan_id=plan_id)
    shown = plan_shown(request, seen) | {"too_late": too_late}
    return render(request, "followup/plan.html", shown, status=409 if too_late else 200)


def _told(
    request: HttpRequest, seen: SeenPlan, form: Form, store: Any, *, heading: str, button: str, **more: Any
) -> HttpResponse:
    """Store what a form says and go back to the plan, or show the form with what is wrong."""
    place, too_late = reverse("followup:plan", args=[seen.id]), ""
    if form.is_bound and form.is_valid():
        try:
            store(form.cleaned_data)
        except PlanChanged as changed:
            too_late = changed_meanwhile(changed)
            stands_now(form, changed.now)
        except REFUSED as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect(place)
    crumbs = [
        (reverse("followup:list"), _("Follow-up")),
        (reverse("followup:file", args=[seen.file_id]), seen.carer.name),
        (place, in_words(seen.run.pathway.title)),
    ]
    return form_page(
        request,
        form,
        heading=heading,
        button=button,
        back=place,
        crumbs=crumbs,
        child_file_id=seen.file_id if seen.is_child else None,
        too_late=too_late,
        **more,
    )
