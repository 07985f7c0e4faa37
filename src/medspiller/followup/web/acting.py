"""What all doors of the carers' files need of a request."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import Conflict
from medspiller.ui.forms import Form


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def form_page(
    request: HttpRequest,
    form: Form,
    *,
    heading: str,
    button: str,
    back: str,
    crumbs: Sequence[tuple[str, str]],
    child_file_id: UUID | None = None,
    lead: str = "",
    too_late: str = "",
    **more: Any,
) -> HttpResponse:
    """
    Show a form on a page of its own; 422 where it cannot be stored, 409 where somebody else was quicker.

    `crumbs` are addresses with what they are called, `back` is where *Cancel* leads. What was typed stays. With
    `child_file_id`, which it is if the file is a child's, the way to the child's safety stands first.
    """
    shown = {
        "form": form,
        "heading": heading,
        "button": button,
        "back": back,
        "crumbs": crumbs,
        "child_file_id": child_file_id,
        "lead": lead,
        "too_late": too_late,
        "has_texts": any(getattr(field.field.widget, "attrs", {}).get("rows") for field in form),
        **more,
    }
    status = 409 if too_late else 422 if form.errors else 200
    return render(request, more.get("template", "followup/form.html"), shown, status=status)


def changed_meanwhile(conflict: Conflict) -> str:
    """Write what to do when somebody else stored something first. Nothing that was typed is lost."""
    return _(
        "Somebody else has changed this since you opened it. What you wrote is still here, but not saved yet."
        " Look at what it says now, and save again if yours still fits."
    )


def stands_now(form: Form, version: int) -> None:
    """Let a form that came too late be sent again, over what stands now. What was typed stays."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("version")] = str(version)
    form.data = data
