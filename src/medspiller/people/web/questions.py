"""Questions about who has looked, at the unit that answers them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.people import selectors, services
from medspiller.people.domain.questions import AlreadyAnswered, NothingWritten, TooLong
from medspiller.people.web.acting import acting
from medspiller.people.web.forms import AnswerForm

DRAFTS = drafts.of_form("people.access_answer", action="people.answer_access_question", fields_of=[AnswerForm])


@requires("people.answer_access_question")
def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions that wait for the unit, or with `?vis=besvarte` those answered."""
    answered = request.GET.get("vis") == "besvarte"
    listed = selectors.access_questions(actor=acting(request), answered=answered)
    columns = [_("Asked"), _("Who asks"), _("Unit"), _("Question")]
    shown = {"questions": listed, "answered": answered, "waiting": not answered, "columns": columns}
    return render(request, "people/question_list.html", shown)


@requires("people.answer_access_question", methods=("GET", "POST"))
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show one question and take the answer; 409 when a colleague was quicker."""
    draft = DRAFTS.open(request, key=question_id)
    if request.method != "POST":
        return _page(request, question_id, draft.fill(AnswerForm), draft=draft)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, question_id, form, draft=draft, status=422)
    try:
        services.answer_access_question(
            actor=acting(request), question_id=question_id, answer=form.cleaned_data["answer"]
        )
    except NothingWritten:
        form.add_error("answer", _("Write an answer."))
        return _page(request, question_id, form, draft=draft, status=422)
    except TooLong:
        form.add_error("answer", _("Make it shorter."))
        return _page(request, question_id, form, draft=draft, status=422)
    except AlreadyAnswered:
        return _page(request, question_id, form, draft=draft, status=409)
    draft.forget()
    messages.success(request, _("The answer is sent. The person finds it on their own page."))
    return redirect("people:question_list")


def _page(
    request: HttpRequest, question_id: UUID, form: AnswerForm, *, draft: drafts.OpenDraft, status: int = 200
) -> HttpResponse:
    asked = selectors.access_question(actor=acting(request), question_id=question_id)
    shown = {"question": asked, "form": form, "draft": draft, "too_late": status == 409}
    return render(request, "people/question.html", shown, status=status)
