"""The forms that staff can use, and a person's page of answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.questionnaires import policies, selectors, services
from medspiller.questionnaires.domain.states import FormRefused
from medspiller.questionnaires.selectors.answers import PAGE_SIZE, Responses
from medspiller.questionnaires.web.acting import acting, language
from medspiller.questionnaires.web.forms import StartForm, grouped
from medspiller.questionnaires.web.wording import BEGIN, HOW
from medspiller.ui.forms import typed
from medspiller.ui.paging import page_from, page_number


@requires("questionnaires.answer")
def form_list(request: HttpRequest) -> HttpResponse:
    """Show what the actor has begun, and the forms there are."""
    shown = {
        "begun": selectors.begun(actor=acting(request), language=language()),
        "columns": [_("Form"), _("Person"), _("Last saved")],
        "groups": grouped(selectors.offered(actor=acting(request), language=language())),
    }
    return render(request, "questionnaires/form_list.html", shown)


@requires("questionnaires.read", methods=("GET", "POST"))
def about(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the answers that stand on a person's page, and let a form be begun for them."""
    url, number = typed(request.GET).get("skjema", ""), page_number(request)
    found = selectors.responses_of(
        actor=acting(request), person_id=person_id, language=language(), url=url, page=number
    )
    form = _start_form(request, found)
    if request.method == "POST":
        if form is not None and form.is_valid():
            try:
                begun = services.start(
                    actor=acting(request),
                    person_id=person_id,
                    url=form.cleaned_data["form"],
                    language=language(),
                    about_id=form.about_id,
                    how=form.told,
                )
            except FormRefused as refusal:
                form.refuse(refusal)
            else:
                return redirect("questionnaires:fill", begun.id)
        return _about(request, found, form, url, number, status=422)
    return _about(request, found, form, url, number)


def _start_form(request: HttpRequest, found: Responses) -> StartForm | None:
    """None for somebody who may read here and not write."""
    subject, actor = found.around.subject, acting(request)
    if not subject.own_subject or not actor.may(policies.ANSWER, unit_id=subject.unit_id):
        return None
    offered = selectors.offered_for(actor=actor, found=subject, language=language())
    if not offered:
        return None
    others = selectors.others(actor=actor, around=found.around)
    chosen = {"form": request.GET.get(BEGIN, "")}
    return StartForm(request.POST or None, initial=chosen, offered=offered, others=others, asks_how=True)


def _about(
    request: HttpRequest, found: Responses, form: StartForm | None, url: str, number: int, *, status: int = 200
) -> HttpResponse:
    person_id = found.around.subject.person_id
    shown = {
        "found": found,
        "person_id": person_id,
        "name": found.around.subject.name,
        "lines": [(each, HOW[each.how]) for each in found.shown],
        "columns": [_("Form"), _("When"), _("Filled in by")],
        "page": page_from(found.shown, number=number, count=found.count, per_page=PAGE_SIZE),
        "chosen": url,
        "begun": selectors.begun_for(actor=acting(request), person_id=person_id, language=language()),
        "form": form,
    }
    return render(request, "questionnaires/about.html", shown, status=status)
