"""Taking a plan in: the file, how far the reading has come, and what was read beside its source."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.refusals import FileRefused, PlanKnown, StrategyRefused
from medspiller.strategy.domain.vocabulary import FILE_MOST_BYTES, ImportState, Level, Unreadable
from medspiller.strategy.templatetags.strategy_words import LEVELS
from medspiller.strategy.web.acting import DO, acting, asked_id, crumbs_to
from medspiller.strategy.web.beside import Beside, beside, confirmed
from medspiller.strategy.web.forms import StrategyForm, codes
from medspiller.strategy.web.refusals import refuse, words_of
from medspiller.strategy.web.units import own_unit, units_to_answer
from medspiller.ui.components.tables import Column
from medspiller.ui.forms import Form

IMPORT = "strategy.import"
THROW_AWAY = "forkast"
# So many doubts are listed without being asked for.
FEW = 10
# The languages that doubts are said in.
READ_IN = ("nb", "nn", "en")

UNREADABLE: Mapping[str, Promise] = {
    "empty": gettext_lazy("The file is empty."),
    "pdf": gettext_lazy("PDF files are not read. Save the plan as Word (.docx), Excel (.xlsx), CSV or text."),
    "old_office": gettext_lazy("The file is in an old format. Save it again as Word (.docx) or Excel (.xlsx)."),
    "other_kind": gettext_lazy("This is another kind of file. Save the plan as Word, Excel, CSV or text."),
    "harmful": gettext_lazy("The file is not safe to open. Save the plan again."),
    "broken": gettext_lazy("The file is damaged, or has a password. Save the plan again."),
    "too_big": gettext_lazy("The file is too large to be a plan."),
    "not_text": gettext_lazy("There is no text in the file that can be read. It may be scanned."),
    "no_plan": gettext_lazy("No focus areas, goals or measures were found in the file. Is it the right one?"),
    "twice": gettext_lazy("This plan has been read before."),
}
STATES: Mapping[str, tuple[Promise, str]] = {
    "reading": (gettext_lazy("Is being read"), "info"),
    "refused": (gettext_lazy("Could not be read"), "danger"),
    "waiting": (gettext_lazy("Waiting for you to look at it"), "warning"),
    "confirmed": (gettext_lazy("Confirmed"), "success"),
    "discarded": (gettext_lazy("Deleted"), "neutral"),
}


class UploadForm(Form):
    """A file, and whose plan it is."""

    file = forms.FileField(
        label=gettext_lazy("The plan"),
        help_text=gettext_lazy("Word (.docx), Excel (.xlsx), CSV or text, at most ten megabytes."),
    )
    level = forms.ChoiceField(label=gettext_lazy("Whose strategy is it?"), choices=codes(LEVELS), initial="municipal")


class ConfirmForm(StrategyForm):
    """What stands at the head of a plan that was read."""


@requires(IMPORT, methods=("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, and let it be read."""
    actor = acting(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > FILE_MOST_BYTES:
                raise FileRefused(Unreadable.TOO_BIG)
            made = services.start_import(
                actor=actor,
                file_name=file.name,
                content=file.read(),
                level=Level(form.cleaned_data["level"]),
                unit_id=own_unit(actor),
            )
        except FileRefused as refusal:
            form.add_error("file", str(UNREADABLE[str(refusal.why)]))
        except StrategyRefused as refusal:
            refuse(form, refusal)
        except PlanKnown as known:
            messages.info(request, _("This plan is here already."))
            return redirect(_known(known))
        else:
            return redirect("strategy:imported", made.id)
    shown = {
        "form": form,
        "crumbs": crumbs_to(),
        "imports": [(each, *STATES[str(each.state)]) for each in selectors.imports(actor=actor)],
        "columns": [Column(_("File")), Column(_("Read")), Column(_("How it stands"))],
    }
    return render(request, "strategy/upload.html", shown, status=422 if request.method == "POST" else 200)


@requires(IMPORT, methods=("GET", "POST"))
def imported(request: HttpRequest, plan_import_id: UUID) -> HttpResponse:
    """Show what was read beside its source, and store it as a draft, or throw it away, when somebody says so."""
    language = (get_language() or "")[:2]
    seen = selectors.imported(
        actor=acting(request), import_id=plan_import_id, language=language if language in READ_IN else "nb"
    )
    if _came_too_late(request, seen):
        return _beside_page(request, seen, is_too_late=True)
    if seen.state is ImportState.CONFIRMED and seen.strategy_id:
        return redirect("strategy:strategy", seen.strategy_id)
    if seen.state is not ImportState.WAITING:
        return _not_to_confirm(request, seen)
    if request.method == "POST" and request.POST.get(DO) == THROW_AWAY:
        services.discard_import(actor=acting(request), import_id=plan_import_id)
        messages.success(request, _("It has been deleted. Nothing was stored."))
        return redirect("strategy:upload")
    return _beside_page(request, seen)


def _came_too_late(request: HttpRequest, seen: Any) -> bool:
    """Whether what somebody typed comes after another has decided: it is shown again, and not thrown away."""
    is_typed = request.method == "POST" and request.POST.get(DO) != THROW_AWAY
    return is_typed and bool(seen.reading) and seen.state in (ImportState.CONFIRMED, ImportState.DISCARDED)


def _beside_page(request: HttpRequest, seen: Any, *, is_too_late: bool = False) -> HttpResponse:
    actor, typed = acting(request), request.POST if request.method == "POST" else None
    found = beside(seen.reading, seen.source_lines, typed)
    form = ConfirmForm(typed, units=units_to_answer(actor), initial=_head(actor, seen))
    problems, known_href = list(found.problems), ""
    if is_too_late:
        return render(request, "strategy/imported.html", _too_late(seen, form, found), status=409)
    if typed is not None and form.is_valid() and not problems:
        try:
            made = services.confirm_import(actor=actor, import_id=seen.id, **_confirmed(form, found))
        except PlanKnown as known:
            known_href = _known(known)
            problems.append((_("There is a plan with this name, owner and years already."), "id_title"))
        except StrategyRefused as refusal:
            if refusal.field in form.fields:
                refuse(form, refusal)
            else:
                problems.append((words_of(refusal), ""))
        else:
            messages.success(request, _("The plan is stored as a draft."))
            return redirect("strategy:strategy", made.id)
    shown = {**_shown(seen, form, found), "problems": [*_wrong_in(form), *problems], "known_href": known_href}
    return render(request, "strategy/imported.html", shown, status=200 if typed is None else 422)


def _shown(seen: Any, form: ConfirmForm, found: Beside) -> dict[str, Any]:
    doubted = [(each.key, words) for each in found.pairs for words in each.doubts]
    few = len(doubted) <= FEW
    return {"seen": seen, "form": form, "found": found, "doubted": doubted, "few_doubts": few, "crumbs": _crumbs()}


def _too_late(seen: Any, form: ConfirmForm, found: Beside) -> dict[str, Any]:
    if seen.strategy_id:
        words = _(
            "This plan has been confirmed in the meantime. What you wrote is still here, but it is not "
            "stored. Open the plan, and add what is still missing there."
        )
    else:
        words = _(
            "This has been deleted in the meantime. What you wrote is still here, but it is not stored. Send in "
            "the file again if you want the plan."
        )
    href = reverse("strategy:strategy", args=[seen.strategy_id]) if seen.strategy_id else ""
    return {**_shown(seen, form, found), "problems": [], "known_href": href, "too_late": words}


def _confirmed(form: ConfirmForm, found: Beside) -> dict[str, Any]:
    """What a person makes of what was read: the plan as the contract writes it, and what stands at its head."""
    written = form.written()
    plan = {
        "title": written.pop("title"),
        "period": [written.pop("from_year"), written.pop("to_year")],
        "focus_areas": confirmed(found),
    }
    return {**written, "level": Level(written["level"]), "plan": plan}


def _not_to_confirm(request: HttpRequest, seen: Any) -> HttpResponse:
    same = ""
    if seen.same_as_strategy_id:
        same = reverse("strategy:strategy", args=[seen.same_as_strategy_id])
    elif seen.same_as_id:
        same = reverse("strategy:imported", args=[seen.same_as_id])
    shown = {
        "seen": seen,
        "state": str(seen.state),
        "refused": UNREADABLE[str(seen.refused)] if seen.refused else "",
        "same_href": same,
        "crumbs": _crumbs(),
    }
    return render(request, "strategy/reading.html", shown)


def _crumbs() -> list[tuple[str, str]]:
    return crumbs_to((reverse("strategy:upload"), _("Read a plan from a file")))


def _head(actor: Actor, seen: Any) -> dict[str, Any]:
    period = seen.reading.get("period") or (None, None)
    own = actor.organisation if seen.level is Level.MUNICIPAL else ""
    return {
        "title": seen.reading.get("title", ""),
        "owner_name": seen.reading.get("owner_name") or own,
        "level": str(seen.level),
        "from_year": period[0],
        "to_year": period[1],
        "unit": str(seen.unit_id or "") if seen.level is not Level.NATIONAL else "",
    }


def _wrong_in(form: Form) -> list[tuple[str, str]]:
    wrong = [(str(text), "") for text in form.non_field_errors()] if form.is_bound else []
    for name in form.errors:
        if name in form.fields:
            wrong += [(f"{form[name].label}: {text}", form[name].auto_id) for text in form[name].errors]
    return wrong


def _known(known: PlanKnown) -> str:
    if known.strategy_id:
        return reverse("strategy:strategy", args=[known.strategy_id])
    found = asked_id(str(known.import_id or ""))
    return reverse("strategy:imported", args=[found]) if found else reverse("strategy:home")
