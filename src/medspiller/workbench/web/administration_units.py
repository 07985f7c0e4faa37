"""Units as those see them who administer them: opened, renamed, moved, closed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access import selectors as access
from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import Conflict, InvalidInput, MedspillerError, NotAllowed
from medspiller.core.periods import EndBeforeStart
from medspiller.organisations import selectors, services
from medspiller.organisations.domain import tree
from medspiller.organisations.domain.closing import AlreadyClosed, NotOpenThen, StillInUse
from medspiller.organisations.selectors.units import Unit
from medspiller.ui.components.formats import day
from medspiller.workbench.web.administration_forms import CloseForm, MoveUnitForm, NewUnitForm, UnitForm

EDIT, OPEN, CLOSE = "organisations.edit_unit", "organisations.open_unit", "organisations.close_unit"
_BOTH = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: what it says now, and what was typed here."""

    label: str
    now: str
    typed: str


@requires(EDIT)
def units(request: HttpRequest) -> HttpResponse:
    """Show the units that the actor may change, as a tree in a list."""
    actor = actor_of(request)
    mine = actor.units_with(EDIT)
    nodes = [node for node in selectors.unit_tree(actor=actor, on=clock.today()) if node.unit.id in mine]
    top = min((node.level for node in nodes), default=1)
    lines = [(node.unit, "– " * (node.level - top)) for node in nodes]
    context = {"lines": lines, "columns": [_("Name"), _("Kind"), _("Open from")]}
    return render(request, "workbench/administration/units.html", context)


@requires(EDIT)
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show what can be done with a unit, and its posts with who holds them."""
    actor, today = actor_of(request), clock.today()
    seen = unit_to(EDIT, actor, unit_id)
    around = {node.unit.id: node.unit for node in selectors.unit_tree(actor=actor, on=today)}
    parents = {each.id: each.parent_id for each in (*around.values(), seen)}
    posts = list(selectors.posts_from(actor=actor, unit_id=unit_id, day=today))
    holders = access.holders(actor=actor, post_ids=[post.id for post in posts], today=today, now=clock.now())
    context = {
        "unit": seen,
        "ancestors": [around[above] for above in reversed(tree.ancestors(unit_id, parents)) if above in around],
        "subunits": [each for each in around.values() if each.parent_id == unit_id],
        "posts": [(post, holders.get(post.id, [])) for post in posts],
        "post_columns": [_("Post"), _("Held by"), _("Open from"), _("Change")],
        "subunit_columns": [_("Name"), _("Kind")],
        "may_see_accounts": actor.may("access.administer"),
        "is_open": seen.closed_from is None,
    }
    return render(request, "workbench/administration/unit.html", context)


@requires(OPEN, methods=_BOTH)
def open_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Open a unit below another."""
    actor = actor_of(request)
    parent = unit_to(OPEN, actor, unit_id)
    kinds = selectors.unit_kinds(actor=actor)
    form = NewUnitForm(request.POST or None, kinds=kinds, initial={"opened_on": clock.today()})
    made = stored(
        request,
        form,
        lambda: services.open_unit(
            actor=actor, parent_id=unit_id, details=form.details, opened_on=form.cleaned_data["opened_on"]
        ),
    )
    if made:
        messages.success(request, _("The unit is opened."))
        return redirect("workbench:administration_unit", made.id)
    return form_page(request, "open_unit", form, unit=parent)


@requires(EDIT, methods=_BOTH)
def change_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Change a unit's name and kind; 409 when somebody else was quicker."""
    actor = actor_of(request)
    seen = unit_to(EDIT, actor, unit_id)
    kinds = selectors.unit_kinds(actor=actor)
    initial = {"name": seen.name, "kind": seen.kind, "version": seen.version}
    form = UnitForm(request.POST or None, kinds=kinds, initial=initial)

    def store() -> Unit:
        details = replace(seen.details, name=form.details.name, kind=form.details.kind)
        version = form.cleaned_data["version"] or 0
        return services.change_unit(actor=actor, unit_id=unit_id, seen_version=version, details=details)

    try:
        changed = stored(request, form, store)
    except Conflict as conflict:
        typed = {"name": form.details.name, "kind": dict(kinds)[form.details.kind]}
        labels = {"name": _("Name"), "kind": _("Kind")}
        differences = [
            Difference(label=labels[name], now=now, typed=typed[name])
            for name, now in conflict.changed.items()
            if name in labels and now != typed[name]
        ]
        now = selectors.unit(actor=actor, unit_id=unit_id)
        again = UnitForm(kinds=kinds, initial={**form.cleaned_data, "version": now.version})
        shown = {"differences": differences, "difference_columns": [_("Field"), _("Says now"), _("You wrote")]}
        return form_page(request, "change_unit", again, status=409, unit=now, conflict=True, **shown)
    if changed:
        messages.success(request, _("The changes are saved."))
        return redirect("workbench:administration_unit", unit_id)
    return form_page(request, "change_unit", form, unit=seen)


@requires(EDIT, methods=_BOTH)
def move_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Put a unit with all below it under another."""
    actor = actor_of(request)
    seen = unit_to(EDIT, actor, unit_id)
    form = MoveUnitForm(request.POST or None, units=_places_for(actor, seen), initial={"parent_id": seen.parent_id})
    moved = stored(
        request,
        form,
        lambda: services.move_unit(actor=actor, unit_id=unit_id, parent_id=form.cleaned_data["parent_id"]),
    )
    if moved:
        messages.success(request, _("The unit is moved, with everything below it."))
        return redirect("workbench:administration_unit", unit_id)
    return form_page(request, "move_unit", form, unit=seen)


@requires(CLOSE, methods=_BOTH)
def close_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Close a unit from a day on, or say what must be closed first."""
    actor = actor_of(request)
    seen = unit_to(CLOSE, actor, unit_id)
    form = CloseForm(request.POST or None, initial={"closed_from": clock.today()})
    closed = stored(
        request,
        form,
        lambda: services.close_unit(actor=actor, unit_id=unit_id, closed_from=form.cleaned_data["closed_from"]),
    )
    if closed:
        messages.success(request, _("The unit is closed from %(day)s.") % {"day": day(closed.closed_from)})
        return redirect("workbench:administration_units")
    return form_page(request, "close_unit", form, unit=seen)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def unit_to(action: str, actor: Actor, unit_id: UUID) -> Unit:
    """
    Return a unit the actor may do something to.

    :raises NotFound: if there is none.
    :raises NotAllowed: if the actor may see it and no more.
    """
    seen = selectors.unit(actor=actor, unit_id=unit_id)
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="no role for this unit", subject_id=unit_id)
    return seen


def stored(request: HttpRequest, form: forms.Form, store: Callable[[], Any]) -> Any:
    """Return what was stored; None if nothing was, with what is wrong at the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return store()
    except InvalidInput as refusal:
        for name, problem in refusal.problems.items():
            form.add_error(name if name in form.fields else None, problem)
    except (AlreadyClosed, NotOpenThen, StillInUse, tree.TooDeep, tree.WouldMakeCycle) as refusal:
        for problem in _in_words(refusal):
            form.add_error(None, problem)
    except EndBeforeStart:
        form.add_error("closed_from", _("Choose a day after the one it opened."))
    return None


def form_page(
    request: HttpRequest, name: str, form: forms.Form, *, status: int | None = None, **more: Any
) -> HttpResponse:
    """Show a form; 422 when what was sent could not be stored."""
    status = status or (422 if request.method == "POST" else 200)
    return render(request, f"workbench/administration/{name}.html", {"form": form, **more}, status=status)


def _in_words(refusal: MedspillerError) -> list[str]:
    """Write why a unit or post cannot be changed so."""
    if isinstance(refusal, AlreadyClosed):
        return [_("It is closed from %(day)s already.") % {"day": day(refusal.closed_from)}]
    if isinstance(refusal, NotOpenThen):
        if refusal.period.end is not None:
            return [_("The unit it belongs to closes on %(day)s.") % {"day": day(refusal.period.end)}]
        return [
            _("The unit it belongs to opens on %(day)s. Choose that day or a later one.")
            % {"day": day(refusal.period.start)}
        ]
    if isinstance(refusal, StillInUse):
        return [
            *(
                _("The unit %(name)s is part of it. Close or move that one first.") % {"name": name}
                for name in refusal.subunits
            ),
            *(_("The post %(name)s is open. Close it first.") % {"name": name} for name in refusal.posts),
        ]
    if isinstance(refusal, tree.TooDeep):
        return [_("There would be too many levels. At most %(levels)s are possible.") % {"levels": refusal.allowed}]
    return [_("A unit cannot be part of itself.")]


def _places_for(actor: Actor, moving: Unit) -> list[tuple[str, str]]:
    """The open units it can be put under, as a tree in a list: not itself and what is below it."""
    nodes = selectors.unit_tree(actor=actor, on=clock.today())
    allowed = actor.units_with(OPEN) - tree.subtree([moving.id], {node.unit.id: node.unit.parent_id for node in nodes})
    fitting = [node for node in nodes if node.unit.id in allowed]
    top = min((node.level for node in fitting), default=1)
    return [(str(node.unit.id), "– " * (node.level - top) + node.unit.name) for node in fitting]
