"""Posts of a unit: opened, and closed when nobody holds them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from medspiller.access import services as access
from medspiller.access.declare import requires
from medspiller.access.domain.administration import PostStillHeld
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors, services
from medspiller.workbench.web.administration_forms import CloseForm, NewPostForm
from medspiller.workbench.web.administration_units import actor_of, form_page, stored, unit_to

EDIT_POST = "organisations.edit_post"
_changes = requires(EDIT_POST, methods=("GET", "POST"))


@_changes
def open_post(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Open a post in a unit."""
    actor = actor_of(request)
    unit = unit_to(EDIT_POST, actor, unit_id)
    form = NewPostForm(request.POST or None, initial={"opened_on": clock.today()})
    made = stored(
        request,
        form,
        lambda: services.open_post(
            actor=actor,
            unit_id=unit_id,
            title=form.cleaned_data["title"],
            opened_on=form.cleaned_data["opened_on"],
        ),
    )
    if made:
        messages.success(request, _("The post is opened. Nobody holds it yet."))
        return redirect("workbench:administration_unit", unit_id)
    return form_page(request, "open_post", form, unit=unit)


@_changes
def close_post(request: HttpRequest, unit_id: UUID, post_id: UUID) -> HttpResponse:
    """Close a post from a day on, if nobody holds it then."""
    actor = actor_of(request)
    unit = unit_to(EDIT_POST, actor, unit_id)
    post = selectors.post(actor=actor, post_id=post_id)
    if post.unit_id != unit_id:
        raise NotFound(post_id)
    form = CloseForm(request.POST or None, initial={"closed_from": clock.today()})

    def store() -> bool:
        access.close_post(actor=actor, post_id=post_id, closed_from=form.cleaned_data["closed_from"])
        return True

    try:
        closed = stored(request, form, store)
    except PostStillHeld as refusal:
        closed = False
        for name in refusal.holders:
            form.add_error(None, _("%(name)s holds it then. An administrator must end that first.") % {"name": name})
    if closed:
        messages.success(request, _("The post is closed."))
        return redirect("workbench:administration_unit", unit_id)
    return form_page(request, "close_post", form, unit=unit, post=post)
