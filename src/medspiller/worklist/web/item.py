"""One item: what it is, taking it, giving it on or back, putting it off, finishing it and taking that back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access import selectors as access
from medspiller.access.declare import requires
from medspiller.access.selectors import Colleague
from medspiller.core import clock
from medspiller.worklist import policies, selectors, services
from medspiller.worklist.domain.items import (
    AlreadyTaken,
    DoneThere,
    NotAColleague,
    NothingToUndo,
    NotTaken,
    Outcome,
    Over,
    PutAgain,
    SnoozeRefused,
    State,
    TooLateToUndo,
)
from medspiller.worklist.domain.kinds import Deadline
from medspiller.worklist.selectors import Line
from medspiller.worklist.templatetags.work_items import AGREED, DEADLINES, OUTCOMES, WHY_WITHDRAWN
from medspiller.worklist.web.acting import acting
from medspiller.worklist.web.forms import HandOverForm, SnoozeForm

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
def hand_over(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Give an item to a colleague; 409 if another has it or it is off the list."""
    form = HandOverForm(request.POST, colleagues=_colleagues(request, item_id))
    if not form.is_valid():
        return _page(request, item_id, hand_over_form=form)
    try:
        given = services.hand_over(actor=acting(request), item_id=item_id, to_user_id=UUID(form.cleaned_data["til"]))
    except NotAColleague:
        form.add_error("til", _("This colleague cannot take it. Choose somebody else."))
        return _page(request, item_id, hand_over_form=form)
    except AlreadyTaken as refusal:
        return _page(request, item_id, too_late=_quicker(refusal))
    except Over:
        return _page(request, item_id, too_late=_gone())
    messages.success(request, _("%(name)s has it now.") % {"name": given.taken_by_name})
    return redirect("worklist:item_list")


@requires(_TAKE, methods=("POST",))
def snooze(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Put an item off until a day, with why; 409 if a colleague has it."""
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        return _page(request, item_id, snooze_form=form)
    asked = form.cleaned_data
    try:
        services.snooze(actor=acting(request), item_id=item_id, until=asked["til_dag"], why=asked["hvorfor"])
    except SnoozeRefused as refusal:
        form.refuse(refusal)
        return _page(request, item_id, snooze_form=form)
    except AlreadyTaken as refusal:
        return _page(request, item_id, too_late=_quicker(refusal))
    except Over:
        return _page(request, item_id, too_late=_gone())
    messages.success(request, _("It is put off, and comes back by itself. Until then it is under “I am waiting for”."))
    return redirect("worklist:item_list")


@requires(_TAKE, methods=("POST",))
def wake(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Let an item that was put off wait again; 409 if a colleague has it."""
    try:
        services.wake(actor=acting(request), item_id=item_id)
    except AlreadyTaken as refusal:
        return _page(request, item_id, too_late=_quicker(refusal))
    except Over:
        return _page(request, item_id, too_late=_gone())
    messages.success(request, _("It is back on your list."))
    return redirect("worklist:item", item_id)


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
    except DoneThere:
        return _page(request, item_id, too_late=_("Do it where it comes from. Then it goes off the list by itself."))
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


def _page(
    request: HttpRequest,
    item_id: UUID,
    *,
    too_late: str = "",
    hand_over_form: HandOverForm | None = None,
    snooze_form: SnoozeForm | None = None,
) -> HttpResponse:
    actor = acting(request)
    line = selectors.item(actor=actor, item_id=item_id)
    may = line.may_take and actor.may(policies.TAKE_ITEM, unit_id=line.unit_id)
    is_open = line.state in (State.WAITING, State.TAKEN)
    for_others = actor.may(policies.GIVE_BACK_FOR_OTHERS, unit_id=line.unit_id)
    shown: dict[str, Any] = {
        "line": line,
        "deadline": _deadline(line) if line.due_on else "",
        "outcome": OUTCOMES[line.outcome] if line.outcome else "",
        "why_withdrawn": WHY_WITHDRAWN[line.withdrawn_why] if line.withdrawn_why else "",
        "may_take": may and line.state is State.WAITING,
        "may_give_back": may and line.state is State.TAKEN and (line.is_mine or for_others),
        "may_finish": may and is_open and (line.is_mine or line.state is State.WAITING),
        "may_undo": may and line.may_undo,
        "taken_by_colleague": line.state is State.TAKEN and not line.is_mine,
        "too_late": too_late,
    }
    shown["may_put_off"] = shown["may_finish"] and line.snoozed_until is None
    shown["may_wake"] = shown["may_finish"] and line.snoozed_until is not None
    # What is done elsewhere goes by itself; it can be put off all the same.
    shown["may_finish"] = shown["may_finish"] and not line.kind.done_there
    shown["may_hand_over"] = may and is_open and (line.is_mine or line.state is State.WAITING or for_others)
    if shown["may_hand_over"]:
        shown["hand_over_form"] = hand_over_form or HandOverForm(colleagues=_colleagues(request, item_id, line))
    shown["snooze_form"] = snooze_form or SnoozeForm()
    wrong = hand_over_form or snooze_form
    shown["wrong"] = wrong
    return render(request, "worklist/item.html", shown, status=409 if too_late else 422 if wrong else 200)


def _deadline(line: Line) -> str:
    if line.by_law and line.kind.deadline is Deadline.PATHWAY:
        return _("The day comes from the plan. The law requires this step, so it cannot be put off past its day.")
    return str(AGREED.get(line.kind.code) or DEADLINES[line.kind.deadline])


def _colleagues(request: HttpRequest, item_id: UUID, line: Line | None = None) -> list[Colleague]:
    actor = acting(request)
    unit_id = (line or selectors.item(actor=actor, item_id=item_id)).unit_id
    there = access.colleagues(
        actor=actor, action=policies.TAKE_ITEM, unit_id=unit_id, today=clock.today(), now=clock.now()
    )
    return [each for each in there if each.id != actor.id]


def _quicker(refusal: AlreadyTaken) -> str:
    return _("%(name)s has taken it. Talk to each other before you go on.") % {"name": refusal.by}


def _gone() -> str:
    return _("It is off the list already.")
