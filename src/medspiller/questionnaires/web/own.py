"""A citizen's own forms: what can be filled in, what is begun, and what was answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.people import selectors as people
from medspiller.people.selectors import Surroundings
from medspiller.questionnaires import policies, selectors, services
from medspiller.questionnaires.domain.states import FormRefused
from medspiller.questionnaires.web.acting import acting, language
from medspiller.questionnaires.web.forms import StartForm
from medspiller.questionnaires.web.wording import BEGIN, HOW


@requires("questionnaires.answer_own", methods=("GET", "POST"))
def own_forms(request: HttpRequest) -> HttpResponse:
    """Show a citizen's own forms, and let one be begun."""
    around = _around(request)
    if around is None:
        return render(request, "questionnaires/own_nobody.html")
    actor = around.subject.actor
    offered = selectors.offered_for(actor=actor, found=around.subject, language=language())
    others = selectors.others(actor=actor, around=around)
    chosen = {"form": request.GET.get(BEGIN, "")}
    sent = request.POST or None
    form = StartForm(sent, initial=chosen, offered=offered, others=others, asks_how=False) if offered else None
    if request.method == "POST":
        if form is not None and form.is_valid():
            try:
                begun = services.start(
                    actor=actor,
                    person_id=around.subject.person_id,
                    url=form.cleaned_data["form"],
                    language=language(),
                    about_id=form.about_id,
                )
            except FormRefused as refusal:
                form.refuse(refusal)
            else:
                return redirect("own_questionnaires:fill", begun.id)
        return _page(request, around, form, status=422)
    return _page(request, around, form)


def _around(request: HttpRequest) -> Surroundings | None:
    """The citizen with those around them; None for somebody who is in no register here."""
    oneself = people.registered_as(actor=acting(request))
    if oneself.person_id is None:
        return None
    return people.surroundings(
        actor=oneself, person_id=oneself.person_id, action=policies.READ, own_action=policies.ANSWER_OWN
    )


def _page(request: HttpRequest, around: Surroundings, form: StartForm | None, *, status: int = 200) -> HttpResponse:
    actor, person_id = around.subject.actor, around.subject.person_id
    answered = selectors.own_responses(actor=actor, person_id=person_id, language=language())
    shown = {
        "form": form,
        "begun": selectors.begun_for(actor=actor, person_id=person_id, language=language()),
        "lines": [(each, HOW[each.how]) for each in answered],
        "columns": [_("Form"), _("When"), _("Filled in by")],
    }
    return render(request, "questionnaires/own_forms.html", shown, status=status)
