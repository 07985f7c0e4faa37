"""Who may propose changes for an organisation, and who offers help at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access import selectors as access
from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.importing import slug_of
from medspiller.catalogue.domain.reading import LANGUAGES, Code, Unreadable
from medspiller.catalogue.domain.refusals import InUse
from medspiller.catalogue.domain.vocabulary import ProviderKind
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.keeping_forms import EditorForm, ProviderForm
from medspiller.catalogue.web.staff_wording import fault_words, said
from medspiller.catalogue.web.wording import PROVIDERS
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotFound
from medspiller.organisations import selectors as organisations
from medspiller.ui.spreadsheets import csv_file

MODERATE = "catalogue.moderate"
AS_FILE = "csv"


@requires(MODERATE, methods=("GET", "POST"))
def editors(request: HttpRequest) -> HttpResponse:
    """Show who edits for organisations, and appoint somebody until a day."""
    actor, today = acting(request), clock.today()
    lists = {
        "users": [(str(each.id), each.name) for each in _possible(actor)],
        "organisations": [(str(each.id), each.name) for each in organisations.organisations(actor=actor)],
    }
    begun = {"valid_from": today, "last_day": today + timedelta(days=365)}
    form = EditorForm(request.POST or None, initial=begun, **lists)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.appoint_editor(
                actor=actor,
                user_id=UUID(typed["user"]),
                organisation_id=UUID(typed["organisation"]),
                valid_from=typed["valid_from"],
                valid_to=typed["last_day"] + timedelta(days=1),
            )
        except InvalidInput as refusal:
            for name in refusal.problems:
                form.add_error(name if name in form.fields else None, _("It is not written as it should be."))
        else:
            messages.success(request, _("They may edit for the organisation until that day."))
            return redirect("catalogue_staff:editors")
    rows = selectors.editors(actor=actor, on=today).order_by("organisation__name", "user__name")
    shown = {
        "form": form,
        "lines": [(each, each.valid_to - timedelta(days=1), each.valid_to <= today) for each in rows],
        "columns": [_("Who?"), _("For which organisation?"), _("Up to and including"), _("What can be done")],
    }
    return render(request, "catalogue/staff/editors.html", shown, status=422 if request.method == "POST" else 200)


@requires(MODERATE, methods=("POST",))
def end_editor(request: HttpRequest, editor_id: UUID) -> HttpResponse:
    """Let somebody edit for an organisation no more, from today."""
    services.end_editor(actor=acting(request), editor_id=editor_id, on=clock.today())
    messages.success(request, _("They cannot edit for the organisation any more."))
    return redirect("catalogue_staff:editors")


@requires(MODERATE)
def providers(request: HttpRequest) -> HttpResponse:
    """Show who offers help, one's own and those that came with Medspiller; with `?som=csv` as a file."""
    rows = selectors.providers(actor=acting(request))
    lines = sorted(
        (
            (said(each.body["name"]), PROVIDERS[ProviderKind(each.kind)], each.slug, each.tenant_id is not None)
            for each in rows
        ),
        key=lambda line: str(line[0]).casefold(),
    )
    columns = [_("Name"), _("What are they?"), _("From where")]
    if request.GET.get("som") == AS_FILE:
        whose = {True: _("Our own"), False: _("Came with Medspiller")}
        rows_out = [[str(name), str(kind), whose[is_own]] for name, kind, _slug, is_own in lines]
        return csv_file([columns, *rows_out], filename=_("who-offers-help.csv"))
    return render(request, "catalogue/staff/providers.html", {"lines": lines, "columns": columns})


@requires(MODERATE, methods=("GET", "POST"))
def new_provider(request: HttpRequest) -> HttpResponse:
    """Add somebody who offers help."""
    return _provider(request, None)


@requires(MODERATE, methods=("GET", "POST"))
def change_provider(request: HttpRequest, provider_name: str) -> HttpResponse:
    """Change what is said of somebody who offers help here."""
    row = next((each for each in selectors.providers(actor=acting(request)) if each.slug == provider_name), None)
    if row is None or row.tenant_id is None:
        raise Http404
    return _provider(request, row)


@requires(MODERATE, methods=("POST",))
def remove_provider(request: HttpRequest, provider_name: str) -> HttpResponse:
    """Take somebody away who offers nothing here any more."""
    try:
        services.remove_provider(actor=acting(request), slug=provider_name)
    except InUse:
        messages.warning(request, _("There are offers of theirs. Move or take down those first."))
    except NotFound:
        raise Http404 from None
    else:
        messages.success(request, _("They are removed from the list."))
    return redirect("catalogue_staff:providers")


def _possible(actor: Actor) -> list[Any]:
    return access.holders_of_role(actor=actor, role=Role.ORGANISATION_EDITOR, today=clock.today(), now=clock.now())


def _provider(request: HttpRequest, row: Any) -> HttpResponse:
    form = ProviderForm(request.POST or None, initial=_initial(row.body) if row else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_provider(actor=acting(request), body=_body(form, row))
        except Unreadable as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("It is saved."))
            return redirect("catalogue_staff:providers")
    shown = {"form": form, "provider": row, "name": said(row.body["name"]) if row else ""}
    return render(request, "catalogue/staff/provider.html", shown, status=422 if request.method == "POST" else 200)


def _initial(body: dict[str, Any]) -> dict[str, Any]:
    texts = {f"{name}_{language}": body[name].get(language, "") for name in ("name", "about") for language in LANGUAGES}
    return {**texts, **{name: body.get(name, "") for name in ("kind", "website", "organisation_number")}}


def _body(form: ProviderForm, row: Any) -> dict[str, Any]:
    typed = form.cleaned_data
    further = {name: typed[name] for name in ("website", "organisation_number") if typed[name]}
    slug = row.slug if row else slug_of(typed["name_nb"])
    return {"slug": slug, "name": form.texts("name"), "about": form.texts("about"), "kind": typed["kind"], **further}


def _refuse(form: ProviderForm, refusal: Unreadable) -> None:
    for fault in refusal.problems:
        path = f"{fault.path}.{fault.detail}" if fault.code is Code.LANGUAGE else fault.path
        name = path.replace(".", "_")
        name = name if name in form.fields else "name_nb" if path in ("name", "slug") else "about_nb"
        form.add_error(name, fault_words(fault))
