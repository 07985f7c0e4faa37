"""A unit's home, other units' pages, and changing what a unit says of itself."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.access import selectors as access
from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from medspiller.organisations import selectors, services
from medspiller.organisations.domain.closing import AlreadyClosed
from medspiller.organisations.domain.details import tidy
from medspiller.organisations.selectors.units import Unit
from medspiller.questionnaires import selectors as questionnaires
from medspiller.ui.components.formats import day
from medspiller.workbench.web.forms import LABELS, UnitForm, filled, shown
from medspiller.workbench.web.showing import stops
from medspiller.worklist import selectors as worklist

EDIT_UNIT = "organisations.edit_unit"


@requires("workbench.view_home")
def home(request: HttpRequest) -> HttpResponse:
    """Show the home of the unit that the actor works in, with what waits for them first."""
    actor = _actor(request)
    if not actor.may("organisations.view_unit"):
        # Whoever edits for an organisation outside has no unit of the house to come home to.
        return redirect("catalogue_staff:entries")
    if actor.unit_id is None:
        raise NotFound("no unit")
    seen = _unit_page(actor, actor.unit_id)
    partners = {
        "organisations": list(selectors.organisations(actor=actor)),
        "organisation_columns": [_("Name"), _("Kind"), _("What they do")],
    }
    may_answer = actor.may("questionnaires.answer")
    mine = {
        "waiting": worklist.waiting(actor=actor),
        "begun": questionnaires.begun(actor=actor, language=get_language() or "nb") if may_answer else [],
        "stops": list(stops(actor)) if access.tour_waits(actor=actor, account=request.user) else [],
    }
    return render(request, "workbench/home.html", {**seen, **partners, **mine})


@requires("organisations.view_unit")
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show a unit of the tenant; 404 for any other."""
    return render(request, "workbench/unit.html", _unit_page(_actor(request), unit_id))


@requires(EDIT_UNIT, methods=("GET", "POST"))
def edit_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Change what a unit says; 422 for what cannot be stored, 409 when somebody else was quicker."""
    actor = _actor(request)
    changing = selectors.unit(actor=actor, unit_id=unit_id)
    if not actor.may(EDIT_UNIT, unit_id=unit_id):
        raise NotAllowed(action=EDIT_UNIT, reason="no role for this unit", subject_id=unit_id)
    if request.method == "POST":
        return _store(request, changing)
    if changing.closed_from is not None:
        messages.warning(request, _closed(changing))
        return redirect("workbench:unit", unit_id)
    return _form_page(request, changing, filled(changing.details, version=changing.version))


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: what it says now, and what was typed here."""

    label: str
    now: str
    typed: str


def _store(request: HttpRequest, changing: Unit) -> HttpResponse:
    actor, form = _actor(request), UnitForm(request.POST)
    if not form.is_valid():
        return _form_page(request, changing, form, status=422)
    try:
        services.change_unit(
            actor=actor,
            unit_id=changing.id,
            seen_version=form.seen_version,
            details=form.over(changing.details),
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _form_page(request, changing, form, status=422)
    except AlreadyClosed:
        form.add_error(None, _closed(changing))
        return _form_page(request, changing, form, status=422)
    except Conflict as conflict:
        return _conflict_page(request, form, conflict, unit_id=changing.id)
    messages.success(request, _("The changes are saved."))
    return redirect("workbench:home") if changing.id == actor.unit_id else redirect("workbench:unit", changing.id)


def _conflict_page(request: HttpRequest, form: UnitForm, conflict: Conflict, *, unit_id: UUID) -> HttpResponse:
    """
    Show what somebody else stored meanwhile beside what was typed, in a form that knows of it.

    A field that was not touched here takes what the other wrote. What was typed stays in
    the form; saving again is then a choice.
    """
    actor = _actor(request)
    now = selectors.unit(actor=actor, unit_id=unit_id)
    seen = selectors.unit_seen(actor=actor, unit_id=unit_id, version=form.seen_version)
    written = tidy(form.over(now.details))
    untouched = [name for name in LABELS if seen and getattr(written, name) == getattr(seen, name)]
    typed = {name: getattr(now if name in untouched else written, name) for name in LABELS}
    differences = [
        Difference(label=str(LABELS[name]), now=shown(name, text), typed=shown(name, typed[name]))
        for name, text in conflict.changed.items()
        if name in LABELS and text != typed[name]
    ]
    form = filled(replace(now.details, **typed), version=now.version)
    told = {"differences": differences, "difference_columns": [_("Field"), _("Says now"), _("You wrote")]}
    return _form_page(request, now, form, status=409, conflict=True, **told)


def _form_page(request: HttpRequest, changing: Unit, form: UnitForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "workbench/edit_unit.html", {"unit": changing, "form": form, **more}, status=status)


def _unit_page(actor: Actor, unit_id: UUID) -> dict[str, Any]:
    seen = selectors.unit_home(actor=actor, unit_id=unit_id, on=clock.today())
    may_edit = seen.unit.closed_from is None and actor.may(EDIT_UNIT, unit_id=unit_id)
    # Many posts bear the same title: a ward has many nurses.
    posts = sorted(Counter(post.title for post in seen.posts).items())
    return {
        "unit": seen.unit,
        "ancestors": seen.ancestors,
        "subunits": seen.subunits,
        "posts": posts,
        "post_count": len(seen.posts),
        "may_edit": may_edit,
        "is_own": unit_id == actor.unit_id,
        "subunit_columns": [_("Name"), _("Kind")],
    }


def _closed(closed: Unit) -> str:
    return _("%(unit)s is closed from %(day)s, and can no longer be changed.") % {
        "unit": closed.name,
        "day": day(closed.closed_from),
    }


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
