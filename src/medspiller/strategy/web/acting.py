"""What all doors of strategies need of a request."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.access.web.drafts import OpenDraft
from medspiller.core.errors import NotAllowed
from medspiller.strategy import policies
from medspiller.strategy.domain.seen import May, StrategyLine
from medspiller.strategy.domain.vocabulary import StrategyStatus
from medspiller.ui.forms import Form

AnyForm = TypeVar("AnyForm", bound=Form)

# What buttons beside *Save* say that they do.
DO, REMOVE, MORE = "gjor", "fjern", "mer"


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was typed; None where the page is only fetched."""
    return request.POST if request.method == "POST" else None


def opened(request: HttpRequest, draft: OpenDraft, made: type[AnyForm], **given: Any) -> AnyForm:
    """Return a form as it was sent; where the page is only fetched, with what its draft holds."""
    return made(request.POST, **given) if request.method == "POST" else draft.fill(made, **given)


def presses(request: HttpRequest, button: str) -> bool:
    """Say whether a button beside *Save* was pressed."""
    return request.method == "POST" and request.POST.get(DO) == button


def asked_id(written: str) -> UUID | None:
    """
    Return an id that an address or a choice carries; None for nothing.

    :raises Http404: for what is no id.
    """
    try:
        return UUID(written) if written else None
    except ValueError:
        raise Http404(written) from None


def must(actor: Actor, allowed: bool, action: str, *, subject_id: UUID | None = None) -> None:
    """
    Let an actor go on who may do something with what they see.

    :raises NotAllowed: if they may not.
    """
    if not allowed:
        raise NotAllowed(action=action, reason=policies.NOT_OWN, subject_id=subject_id)


def may_now(may: May, line: StrategyLine) -> May:
    """Return what there is to press: a plan that is over is only read; nobody asks of a national or unadopted one."""
    if line.is_over:
        return May(import_=may.import_)
    holds = line.status is StrategyStatus.ADOPTED
    tells = may.report and not line.is_draft
    return replace(may, ask=may.ask and holds and not line.is_national, report=tells)


def crumbs_to(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page from the list of strategies."""
    return [(reverse("strategy:home"), _("Strategies")), *more]


def plan_crumbs(strategy: StrategyLine, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of a strategy."""
    return crumbs_to((reverse("strategy:strategy", args=[strategy.id]), strategy.title), *more)


def views_of(line: StrategyLine, current: str) -> list[tuple[str, str, bool]]:
    """Return the views of one strategy: address, name, and whether it is the one that is open."""
    names = {
        "strategy": _("The plan"),
        "board": _("Board"),
        "timeline": _("Timeline"),
        "coverage": _("Coverage"),
        "log": _("Consultation and adoption"),
    }
    if line.is_national:
        del names["coverage"]
    return [(reverse(f"strategy:{view}", args=[line.id]), name, view == current) for view, name in names.items()]


def form_page(
    request: HttpRequest,
    form: Form,
    *,
    heading: str,
    button: str,
    back: str,
    crumbs: Sequence[tuple[str, str]],
    lead: str = "",
    too_late: str = "",
    template: str = "strategy/form.html",
    draft: OpenDraft | None = None,
    **more: Any,
) -> HttpResponse:
    """
    Show a form on a page of its own; 422 where it cannot be stored, 409 where somebody else was quicker.

    `crumbs` are addresses with what they are called, `back` is where *Cancel* leads. What was typed stays. With a
    `draft` what is typed is kept while it is typed.
    """
    shown = {
        "form": form,
        "heading": heading,
        "button": button,
        "back": back,
        "crumbs": crumbs,
        "lead": lead,
        "too_late": too_late,
        "draft": draft,
        "has_texts": draft is None and any(getattr(field.field.widget, "attrs", {}).get("rows") for field in form),
        **more,
    }
    status = 409 if too_late else 422 if form.errors else 200
    return render(request, template, shown, status=status)


def stands_now(form: Form, version: int, mark: str = "") -> None:
    """Let a form that came too late be sent again, over what stands now. What was typed stays."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("version")] = str(version)
    if mark:
        data[form.add_prefix("seen")] = mark
    form.data = data
