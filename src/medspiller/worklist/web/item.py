"""One item: what it is, taking it, giving it back, finishing it and taking that back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.worklist import policies, selectors, services
from medspiller.worklist.domain.items import (
    AlreadyTaken,
    NothingToUndo,
    NotTaken,
    Outcome,
    Over,
    PutAgain,
    State,
    TooLateToUndo,
)
from medspiller.worklist.templatetags.work_items import DEADLINES, OUTCOMES, WHY_WITHDRAWN
from medspiller.worklist.web.acting import acting

_TAKE = "worklist.take_item"


@requires("worklist.view_items")
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show one item with why it is there, and what can be done with it."""
    return _page(request, item_id)


@requires(_TAKE, methods=("POST",))
def take(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Take an item; 409 with the name of a colleague who was quicker."""
    try:
        services.take(actor=acting(request), item_id=item_id)
    except AlreadyTaken as refusal:
        return _page(request, item_id, too_late=_quicker(refusal))
    except Over:
        return _page(request, item_id, too_late=_gone())
    messages.success(request, _("It is yours now."))
    return redirect("worklist:item", item_id)


@requires(_TAKE, methods=("POST",))
def give_back(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Give an item back to the unit's list; 409 if it is not the actor's to give back any more."""
    try:
        services.give_back(actor=acting(request), item_id=item_id)
    except AlreadyTaken as refusal:
        return _page(request, item_id, too_late=_quicker(refusal))
    except NotTaken:
        messages.info(request, _("It was on the list already, for anybody to take."))
    except Over:
        return _page(request, item_id, too_late=_gone())
    else:
        messages.success(request, _("It is back on the list, for anybody to take."))
    return redirect("worklist:item_list")


@requires(_TAKE, methods=("POST",))
def finish(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Take an item off the list as done or as not needed; 409 if a colleague has it."""
    try:
        outcome = Outcome(request.POST.get("utfall", Outcome.DONE.value))
    except ValueError:
        raise Http404 from None
    try:
        services.finish(actor=acting(request), item_id=item_id, outcome=outcome)
    except AlreadyTaken as refusal:
        return _page(request, item_id, too_late=_quicker(refusal))
    except Over:
        return _page(request, item_id, too_late=_gone())
    messages.success(request, _("It is off the list. You can take that back for a day, under Finished."))
    return redirect("worklist:item_list")


@requires(_TAKE, methods=("POST",))
def undo(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Put a finished item back on the list; 409 if that can no longer be done."""
    try:
        services.undo_finish(actor=acting(request), item_id=item_id)
    except NothingToUndo:
        return _page(request, item_id, too_late=_("It is not finished, so there is nothing to take back."))
    except TooLateToUndo:
        return _page(request, item_id, too_late=_("It was finished more than a day ago."))
    except PutAgain:
        return _page(request, item_id, too_late=_("The same thing has come back on the list by itself."))
    messages.success(request, _("It is back on the list."))
    return redirect("worklist:item", item_id)


def _page(request: HttpRequest, item_id: UUID, *, too_late: str = "") -> HttpResponse:
    actor = acting(request)
    line = selectors.item(actor=actor, item_id=item_id)
    may = line.may_take and actor.may(policies.TAKE_ITEM, unit_id=line.unit_id)
    is_open = line.state in (State.WAITING, State.TAKEN)
    for_others = actor.may(policies.GIVE_BACK_FOR_OTHERS, unit_id=line.unit_id)
    shown: dict[str, Any] = {
        "line": line,
        "deadline": DEADLINES[line.kind.deadline] if line.due_on else "",
        "outcome": OUTCOMES[line.outcome] if line.outcome else "",
        "why_withdrawn": WHY_WITHDRAWN[line.withdrawn_why] if line.withdrawn_why else "",
        "may_take": may and line.state is State.WAITING,
        "may_give_back": may and line.state is State.TAKEN and (line.is_mine or for_others),
        "may_finish": may and is_open and (line.is_mine or line.state is State.WAITING),
        "may_undo": may and line.may_undo,
        "taken_by_colleague": line.state is State.TAKEN and not line.is_mine,
        "too_late": too_late,
    }
    return render(request, "worklist/item.html", shown, status=409 if too_late else 200)


def _quicker(refusal: AlreadyTaken) -> str:
    return _("%(name)s has taken it. Talk to each other before you go on.") % {"name": refusal.by}


def _gone() -> str:
    return _("It is off the list already.")
