"""The toolbox: what there is for a situation, and each tool's page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.questionnaires.domain.library.instruments import in_language
from medspiller.questionnaires.domain.library.tools import Situation, Tool
from medspiller.questionnaires.selectors import instruments, toolbox
from medspiller.questionnaires.web.toolbox_wording import KINDS, SITUATIONS
from medspiller.ui.forms import Form

READ = "questionnaires.read_tools"
ANSWER = "questionnaires.answer"


class SearchForm(Form):
    """Words and a situation; both may be left open."""

    q = forms.CharField(label=_("What are you looking for?"), required=False, max_length=200)
    situasjon = forms.ChoiceField(
        label=_("Situation"),
        required=False,
        choices=[("", _("All situations")), *((each.value, words) for each, words in SITUATIONS.items())],
    )

    @property
    def situation(self) -> Situation | None:
        chosen = self.cleaned_data.get("situasjon") if self.is_valid() else ""
        return Situation(chosen) if chosen else None

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class PersonForm(Form):
    """For whom a form is begun."""

    name = forms.CharField(label=_("For whom?"), required=False, max_length=200, help_text=_("Name or date of birth."))


@dataclass(frozen=True, slots=True)
class ToolLine:
    """A tool in the language of the page."""

    slug: str
    title: str
    summary: str
    kind: str
    situations: tuple[str, ...]


@requires(READ)
def tools(request: HttpRequest) -> HttpResponse:
    """Show the tools, narrowed by words and by situation."""
    form = SearchForm(request.GET)
    language = _language()
    found = toolbox.tools(actor=_acting(request), words=form.words, situation=form.situation, language=language)
    shown = {
        "form": form,
        "lines": [_line(tool, language) for tool in found],
        "situation": SITUATIONS[form.situation] if form.situation else "",
        "is_narrowed": bool(form.words or form.situation),
        "chips": [(each.value, words, each is form.situation) for each, words in SITUATIONS.items()],
    }
    return render(request, "questionnaires/toolbox/tools.html", shown, status=200 if form.is_valid() else 422)


@requires(READ, methods=("GET", "POST"))
def tool(request: HttpRequest, tool_name: str) -> HttpResponse:
    """
    Show one tool: its steps, its form or link, and where it comes from.

    Whom a form is to be begun for is looked for by POST, so that nobody's name stands in the address.
    """
    actor, language = _acting(request), _language()
    try:
        found = toolbox.tool(actor=actor, slug=tool_name)
    except NotFound:
        raise Http404 from None
    shown: dict[str, Any] = {
        "line": _line(found, language),
        "for_whom": in_language(found.for_whom, language),
        "steps": [(in_language(step.title, language), in_language(step.text, language)) for step in found.steps],
        "tool": found,
        "situations": [(each.value, SITUATIONS[each]) for each in SITUATIONS if each in found.situations],
    }
    if found.form:
        shown |= _beginning(request, actor, canonical_parts(found.form)[0])
    response = render(request, "questionnaires/toolbox/tool.html", shown)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _beginning(request: HttpRequest, actor: Actor, url: str) -> dict[str, Any]:
    """What the page needs to begin a form for somebody, as far as this actor may."""
    closed = url in instruments.closed_forms(actor=actor)
    may = not closed and bool(actor.units_with(ANSWER)) and bool(actor.units_with("people.view_person"))
    form = PersonForm(request.POST or None)
    typed = form.cleaned_data["name"].strip() if request.method == "POST" and form.is_valid() else ""
    return {
        "form_url": url,
        "is_closed": closed,
        "may_begin": may,
        "person_form": form,
        "asked": bool(typed),
        "found": people.search_persons(actor=actor, query=typed).persons if may and typed else (),
    }


def _line(tool: Tool, language: str) -> ToolLine:
    return ToolLine(
        slug=tool.slug,
        title=in_language(tool.title, language),
        summary=in_language(tool.summary, language),
        kind=str(KINDS[tool.kind]),
        situations=tuple(str(SITUATIONS[each]) for each in SITUATIONS if each in tool.situations),
    )


def _language() -> str:
    return get_language() or "nb"


def _acting(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
