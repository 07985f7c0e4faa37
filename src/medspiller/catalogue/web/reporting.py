"""Saying that something about an offer is wrong. Nobody is asked who they are, and no child for words of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from medspiller.access.declare import public
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.web.addresses import client_address
from medspiller.catalogue import selectors, services
from medspiller.catalogue.services.attention import WITHIN
from medspiller.catalogue.web import presenting
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.forms import WrongForm
from medspiller.core import clock


@public("anybody may say that something is wrong", methods=("GET", "POST"))
def wrong(request: HttpRequest, offer_name: str) -> HttpResponse:
    """Ask what is wrong, and pass it on to whoever keeps the offer true."""
    today = clock.today()
    row = selectors.offer_by_slug(actor=acting(request), slug=offer_name, on=today)
    form = _form(request, row)
    shown = {
        "card": presenting.card(row, today=today),
        "form": form,
        "is_ours": row.tenant_id == acting(request).tenant_id and row.entry_id is not None,
        "within": WITHIN.days,
    }
    if request.method != "POST":
        return render(request, "catalogue/wrong.html", shown)
    if not form.is_valid():
        return render(request, "catalogue/wrong.html", shown, status=422)
    try:
        services.report_wrong(
            actor=acting(request),
            slug=row.slug,
            wrong=form.wrong(),
            text=form.cleaned_data.get("tekst", ""),
            address=client_address(request),
            on=today,
        )
    except TooManyTries:
        refused = render(request, "catalogue/wrong.html", shown | {"wait": True}, status=429)
        # Shown also where script has sent the form.
        refused["X-Whole-Page"] = "1"
        return refused
    return redirect("catalogue:thanks", row.slug)


def _form(request: HttpRequest, row: Any) -> WrongForm:
    """Return the form; where the offer is for children without words, since nobody stands ready to answer a child."""
    form = WrongForm(request.POST) if request.method == "POST" else WrongForm()
    if row.is_for_children:
        del form.fields["tekst"]
    return form


@public("anybody may read what becomes of what they have said")
def thanks(request: HttpRequest, offer_name: str) -> HttpResponse:
    """Say what happens now."""
    today = clock.today()
    row = selectors.offer_by_slug(actor=acting(request), slug=offer_name, on=today)
    return render(request, "catalogue/wrong_thanks.html", {"card": presenting.card(row, today=today)})
