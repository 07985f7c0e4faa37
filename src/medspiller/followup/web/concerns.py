"""Whether a child is safe: whom to call, what the law asks, what was judged and what came of it. Nothing is decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.concerns import (
    PROMPTS,
    ConcernChanged,
    ConcernInvalid,
    ConcernSettled,
)
from medspiller.followup.domain.files import TextRefused
from medspiller.followup.selectors import FileHead, SeenConcern
from medspiller.followup.templatetags.care_words import REPORTERS
from medspiller.followup.web.acting import acting, changed_meanwhile, stands_now
from medspiller.followup.web.concern_forms import (
    FORMS,
    ConcernForm,
    FeedbackForm,
    ReportForm,
    details_of,
    known_of,
    refuse_concern,
)
from medspiller.followup.web.refusals import refuse
from medspiller.organisations import selectors as organisations
from medspiller.ui.components.formats import day
from medspiller.ui.forms import Form

READ, KEEP = "followup.read_file", "followup.keep_file"
CONCERN_FORM = "https://medspiller.no/fhir/Questionnaire/concern-for-child"


@requires(READ)
def safety(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show whom to call, what was judged before, and what the law asks of whom."""
    actor = acting(request)
    head = selectors.head(actor=actor, file_id=file_id)
    help_ = selectors.duty_help(actor=actor)
    child_id = head.carer.person_id
    # What was judged while they were a child stays to be seen to when they have grown up.
    has_any = head.is_child or selectors.has_concerns(actor=actor, child_id=child_id)
    found = selectors.concerns_of(actor=actor, child_id=child_id) if has_any else []
    check = f"{reverse('questionnaires:about', args=[head.carer.person_id])}?{urlencode({'begynn': CONCERN_FORM})}"
    shown = {
        "head": head,
        "is_safety": True,
        "child_welfare": organisations.child_welfare(actor=actor, on=clock.today()),
        "may_open_units": actor.may("organisations.open_unit"),
        "check_href": check,
        "open_concerns": [each for each in found if each.settled_at is None],
        "settled": [each for each in found if each.settled_at is not None],
        "duties": help_.duties,
        "how": help_.how,
        "laws_of": [(words, help_.laws_of[role]) for role, words in REPORTERS.items() if help_.laws_of.get(role)],
    }
    return render(request, "followup/safety.html", shown)


@requires(KEEP, methods=("GET", "POST"))
def record_concern(request: HttpRequest, child_file_id: UUID) -> HttpResponse:
    """Write down what somebody judges of a child's safety."""
    actor = acting(request)
    head = selectors.concern_head(actor=actor, child_file_id=child_file_id)
    if not head.is_child:
        raise NotFound(f"child's file {child_file_id}")
    filled_in = _filled_in(request, head.carer.person_id)
    form = ConcernForm(request.POST if request.method == "POST" else None, filled_in=filled_in)
    if form.is_bound and form.is_valid():
        try:
            made = services.record_concern(
                actor=actor, child_id=head.carer.person_id, details=form.details(), response_id=form.response_id
            )
        except ConcernInvalid as fault:
            refuse_concern(form, fault)
        else:
            messages.success(request, _("Your judgement is written down. Nothing was sent anywhere."))
            return redirect("followup:concern", made.id)
    return _concern_form(request, head, form)


@requires(KEEP, methods=("GET", "POST"))
def concern_again(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Judge the same concern anew. What was judged before stays; 409 where somebody was quicker."""
    actor = acting(request)
    found = selectors.concern(actor=actor, concern_id=concern_id)
    if found.settled_at is not None:
        messages.info(request, _("This concern is settled. Write down a new one if you are worried again."))
        return redirect("followup:concern", concern_id)
    initial = {**details_of(found.details), "version": found.version, "skjema": str(found.response_id or "")}
    filled_in = _filled_in(request, found.child_id)
    form = ConcernForm(request.POST if request.method == "POST" else None, filled_in=filled_in, initial=initial)
    too_late = ""
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            made = services.look_at_concern_again(
                actor=actor,
                concern_id=concern_id,
                details=form.details(),
                version=version,
                response_id=form.response_id,
            )
        except ConcernInvalid as fault:
            refuse_concern(form, fault)
        except ConcernChanged as changed:
            too_late = changed_meanwhile(changed)
            stands_now(form, changed.now)
        except ConcernSettled:
            return redirect("followup:concern", concern_id)
        else:
            messages.success(request, _("Your judgement is written down. Nothing was sent anywhere."))
            return redirect("followup:concern", made.id)
    return _concern_form(request, _head(request, found), form, again=found, too_late=too_late)


@requires(KEEP, methods=("GET", "POST"))
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Show what was judged and what is waited for; take a report, what came after it, or why it is settled."""
    actor = acting(request)
    found = selectors.concern(actor=actor, concern_id=concern_id)
    does = request.POST.get("gjor", "") if request.method == "POST" else ""
    form = FORMS[does](request.POST, prefix=does) if does in FORMS else None
    too_late = ""
    if form is not None and form.is_valid():
        try:
            _store(request, concern_id, form)
        except ConcernInvalid as fault:
            refuse_concern(form, fault)
        except ConcernChanged as changed:
            too_late = changed_meanwhile(changed)
            stands_now(form, changed.now)
        except ConcernSettled:
            too_late = _("This concern is settled already. What you wrote is not saved.")
        except TextRefused as fault:
            refuse(form, fault)
        else:
            return redirect("followup:concern", concern_id)
    initial = {"version": found.version, **known_of(found.investigates, special=found.is_special)}
    every = {name: made(prefix=name, initial=initial) for name, made in FORMS.items()}
    if form is not None:
        every[does] = form
    shown = {
        "head": _head(request, found),
        "one": found,
        "prompts": [PROMPTS[each] for each in found.prompts],
        "report_form": every["meldt"],
        "feedback_form": every["svar"],
        "settle_form": every["avklart"],
        "wrong": form,
        "too_late": too_late,
    }
    status = 409 if too_late else 422 if request.method == "POST" else 200
    return render(request, "followup/concern.html", shown, status=status)


def _store(request: HttpRequest, concern_id: UUID, form: Form) -> None:
    said = form.cleaned_data
    which: dict[str, Any] = {"actor": acting(request), "concern_id": concern_id, "version": said["version"] or 0}
    if isinstance(form, ReportForm):
        services.note_report(on=said["meldt"], to=said["meldt_til"], how=said["meldt_hvordan"], **which)
        messages.success(request, _("The report is written down. The dates to watch for are below."))
    elif isinstance(form, FeedbackForm):
        services.note_feedback(
            code=said["hva"], on=said["dag"], investigates=form.investigates(), special=said["saerlig"], **which
        )
        messages.success(request, _("What you heard is written down."))
    else:
        services.settle_concern(why=said["hvorfor"], **which)
        messages.success(request, _("The concern is settled. What was written stays."))


def _filled_in(request: HttpRequest, child_id: UUID) -> list[tuple[str, str]]:
    """Which filled-in form of concern for the child a judgement can rest on."""
    return [
        (
            str(each.response_id),
            _("Filled in %(day)s by %(name)s") % {"day": day(each.completed_on), "name": each.author},
        )
        for each in selectors.concern_forms_of(actor=acting(request), child_id=child_id)
    ]


def _concern_form(
    request: HttpRequest,
    head: FileHead | None,
    form: ConcernForm,
    *,
    again: SeenConcern | None = None,
    too_late: str = "",
) -> HttpResponse:
    shown = {"head": head, "form": form, "again": again, "too_late": too_late}
    status = 409 if too_late else 422 if form.errors else 200
    return render(request, "followup/record_concern.html", shown, status=status)


def _head(request: HttpRequest, found: SeenConcern) -> FileHead | None:
    """Whose open file the way back leads to; None where the child has none any more."""
    actor = acting(request)
    file_id = selectors.open_file_of(actor=actor, carer_id=found.child_id)
    return selectors.head(actor=actor, file_id=file_id) if file_id else None
