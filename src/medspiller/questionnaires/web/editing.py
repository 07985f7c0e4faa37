"""The pages on which the municipality's forms are imported, looked at, published and taken out of use."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.content.services import AlreadyRetired
from medspiller.core import clock, ids
from medspiller.core.errors import NotFound
from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition.outcomes import MOST_ISSUES, Issue, Severity
from medspiller.questionnaires.domain.filling.opening import opened
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.library import importing
from medspiller.questionnaires.domain.library.content_questionnaires import questionnaire_in, written_in
from medspiller.questionnaires.domain.library.importing import Examined
from medspiller.questionnaires.selectors import editing as selectors
from medspiller.questionnaires.selectors.editing import ListedForm
from medspiller.questionnaires.services import editing as services
from medspiller.questionnaires.services.editing import AddressTaken, NotADraft, VersionTaken
from medspiller.questionnaires.web.editing_forms import ImportForm, NarrowForm
from medspiller.questionnaires.web.editing_wording import (
    PROBLEMS,
    SEVERITIES,
    SEVERITY_COLORS,
    STATE_COLORS,
    STATES,
    SUBJECTS,
    TAGS,
    in_order,
    language_name,
)
from medspiller.ui.paging import page_of

EDIT = "questionnaires.edit_forms"


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in words."""

    form: ListedForm
    title: str
    state: str
    color: str
    languages: str
    subject: str
    tags: tuple[str, ...]

    @property
    def id_text(self) -> str:
        return str(self.form.id)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem in words. `detail` is in English, as those who make forms are told everywhere."""

    severity: str
    color: str
    place: str
    plain: str
    detail: str


@requires(EDIT)
def form_list(request: HttpRequest) -> HttpResponse:
    """Show the municipality's forms, shipped ones and its own."""
    narrow = NarrowForm(request.GET)
    lines = [_line(form) for form in selectors.forms_to_edit(actor=_acting(request))]
    kept = sorted((line for line in lines if _is_wanted(line, narrow)), key=_order)
    shown = {
        "form": narrow,
        "page": page_of(kept, request),
        "columns": [_("Form"), _("Version"), _("State"), _("Languages"), _("From where")],
        "is_narrowed": any(request.GET.get(name) for name in narrow.fields),
    }
    return render(request, "questionnaires/editing/forms.html", shown, status=200 if narrow.is_valid() else 422)


@requires(EDIT, methods=("GET", "POST"))
def import_form(request: HttpRequest) -> HttpResponse:
    """Take a questionnaire in, or say everything that is wrong with it and keep what was typed."""
    actor = _acting(request)
    if request.method != "POST":
        return render(request, "questionnaires/editing/import.html", {"form": ImportForm(initial=_begun(request))})
    form = ImportForm(request.POST, request.FILES)
    examined: Examined | None = None
    if form.is_valid():
        examined = importing.examine(form.raw, subject=form.chosen_subject, new_url=f"urn:uuid:{ids.new_id()}")
        if examined.definition is not None:
            try:
                kept = services.keep_form(actor=actor, definition=examined.definition)
            except AddressTaken:
                form.add_error(None, _("A form that came with Medspiller has this address (url). Give yours another."))
            except VersionTaken as taken:
                told = _("Version %(version)s of this form is published, and stays as it is. Raise the version.")
                form.add_error(None, told % {"version": taken.version})
            else:
                messages.success(
                    request, _("The form is kept as a draft. Look through it, and publish it when it is right.")
                )
                return redirect("questionnaires:form_to_edit", kept.id)
    return _refused(request, form, examined)


@requires(EDIT)
def one_form(request: HttpRequest, definition_id: UUID) -> HttpResponse:
    """Show one form: what it says of itself, what is odd about it, and what can be done with it."""
    found = selectors.form_to_edit(actor=_acting(request), definition_id=definition_id)
    issues = checking.check(written_in(found.definition), expressions.compile)
    shown = {
        "line": _line(found),
        "problems": _problems(issues),
        "problem_columns": _problem_columns(),
        "previews": [(code, language_name(code)) for code in in_order(found.facts.languages)],
    }
    return render(request, "questionnaires/editing/form.html", shown)


@requires(EDIT)
def preview(request: HttpRequest, definition_id: UUID) -> HttpResponse:
    """Show a form as it will be filled in, in one of its languages. Nothing typed here is kept."""
    found = selectors.form_to_edit(actor=_acting(request), definition_id=definition_id)
    asked, asked_step = request.GET.get("sprak", ""), request.GET.get("steg", "1")[:4]
    language = asked if asked in found.facts.languages else found.facts.languages[0]
    engine = Engine(questionnaire_in(found.definition), now=clock.now())
    try:
        presented = present(engine, opened(engine, language=language).response, language=language)
    except NotComputable as fault:
        problems = _problems(fault.issues)
        shown = {"line": _line(found), "problems": problems, "problem_columns": _problem_columns()}
        return render(request, "questionnaires/editing/preview.html", shown, status=422)
    step = presented.step(int(asked_step) if asked_step.isascii() and asked_step.isdecimal() else 1)
    shown = {
        "line": _line(found),
        "shown_language": language,
        "previews": [(code, language_name(code), code == language) for code in in_order(found.facts.languages)],
        "form": presented,
        "step": step,
        "step_links": [
            {"title": each.title, "href": f"?sprak={language}&steg={each.number}", "current": each is step}
            for each in presented.steps
        ],
    }
    return render(request, "questionnaires/editing/preview.html", shown)


@requires(EDIT, methods=("POST",))
def publish(request: HttpRequest, definition_id: UUID) -> HttpResponse:
    """Let a draft be used."""
    try:
        services.publish_form(actor=_acting(request), definition_id=definition_id)
    except NotADraft:
        messages.warning(request, _("The form was published, or taken out of use, before."))
    else:
        messages.success(request, _("The form is in use from now on. What it says is frozen."))
    return redirect("questionnaires:form_to_edit", definition_id)


@requires(EDIT, methods=("POST",))
def retire(request: HttpRequest, definition_id: UUID) -> HttpResponse:
    """Take a form out of use."""
    try:
        services.retire_form(actor=_acting(request), definition_id=definition_id)
    except AlreadyRetired:
        messages.warning(request, _("The form was taken out of use before."))
    else:
        messages.success(request, _("The form is out of use. Answers to it stay."))
    return redirect("questionnaires:form_to_edit", definition_id)


@requires(EDIT)
def form_file(request: HttpRequest, definition_id: UUID) -> HttpResponse:
    """Give a form as the file it is."""
    found = selectors.form_to_edit(actor=_acting(request), definition_id=definition_id)
    response = HttpResponse(found.definition.text, content_type="application/fhir+json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="form-{found.id}.json"'
    return response


def _begun(request: HttpRequest) -> dict[str, str]:
    """What the import begins with: the next version of a form of ours, or a copy of a shipped one."""
    asked = request.GET.get("fra", "")
    try:
        found = selectors.form_to_edit(actor=_acting(request), definition_id=UUID(asked))
    except (ValueError, NotFound):
        return {}
    if found.is_own:
        return {"text": importing.text_of_new_version(found.definition)}
    return {"text": importing.text_of_copy(found.definition, url=f"urn:uuid:{ids.new_id()}")}


def _refused(request: HttpRequest, form: ImportForm, examined: Examined | None) -> HttpResponse:
    if examined is not None:
        # A file is shown as text, so that it can be mended and sent again without being looked for.
        data = {"text": form.raw.decode("utf-8", "replace"), "subject": form.cleaned_data["subject"]}
        again = ImportForm(data)
        again.is_valid()
        for told in form.non_field_errors():
            again.add_error(None, told)
        form = again
    shown = {
        "form": form,
        "problems": _problems(examined.issues) if examined else [],
        "errors": sum(issue.is_error for issue in examined.issues) if examined else 0,
        "problem_columns": _problem_columns(),
    }
    return render(request, "questionnaires/editing/import.html", shown, status=422)


def _problems(issues: tuple[Issue, ...] | list[Issue]) -> list[ProblemLine]:
    order = list(Severity)
    ranked = sorted(issues, key=lambda issue: order.index(issue.severity))
    return [
        ProblemLine(
            severity=str(SEVERITIES[issue.severity]),
            color=SEVERITY_COLORS[issue.severity],
            place=" · ".join(dict.fromkeys(filter(None, (issue.link_id, *issue.expressions[:1])))),
            plain=str(PROBLEMS[issue.code]),
            detail=issue.text,
        )
        for issue in ranked[:MOST_ISSUES]
    ]


def _problem_columns() -> list[str]:
    return [_("How serious"), _("Where in the form"), _("What")]


def _line(form: ListedForm) -> FormLine:
    facts = form.facts
    return FormLine(
        form=form,
        title=facts.title.in_language(get_language() or "nb") or form.url,
        state=str(STATES[form.state]),
        color=STATE_COLORS[form.state],
        languages=" · ".join(language_name(code) for code in in_order(facts.languages)),
        subject=str(SUBJECTS[facts.subject]) if facts.subject else "",
        tags=tuple(str(words) for tag, words in TAGS.items() if tag in facts.tags),
    )


def _is_wanted(line: FormLine, narrow: NarrowForm) -> bool:
    said = f"{line.title} {line.form.url}".casefold()
    return (
        all(word in said for word in narrow.words)
        and narrow.state in (None, line.form.state)
        and narrow.own in (None, line.form.is_own)
    )


def _order(line: FormLine) -> tuple[str, str]:
    # The order in which they came keeps later versions of one form before earlier ones.
    return line.title.casefold(), line.form.url


def _acting(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
