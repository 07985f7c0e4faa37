"""What readers say is wrong, and which addresses lead nowhere."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import requires
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.feedback import LinkState
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.keeping_lines import report_lines
from medspiller.catalogue.web.staff_wording import LINK_STATES, said
from medspiller.core import clock
from medspiller.ui.components.formats import iso
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

VIEW = "catalogue.view_entries"
DEALT_WITH = "ferdige"
AS_FILE = "csv"


@requires(VIEW)
def reports(request: HttpRequest) -> HttpResponse:
    """Show what readers say is wrong: what nobody has dealt with, or with `?vis=ferdige` the rest."""
    is_open = request.GET.get("vis") != DEALT_WITH
    rows = selectors.reports(actor=acting(request), on=clock.today(), is_open=is_open)
    page = page_of(rows.order_by("reported_at" if is_open else "-reported_at", "id"), request)
    shown = {"page": page, "lines": report_lines(page.object_list), "is_open": is_open, "is_dealt_with": not is_open}
    shown["dealt_with"] = DEALT_WITH
    return render(request, "catalogue/staff/reports.html", shown)


@requires(VIEW, methods=("POST",))
def deal_with(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say that somebody has dealt with what a reader said."""
    services.deal_with_report(actor=acting(request), report_id=report_id)
    messages.success(request, _("It is dealt with. The words are deleted after 90 days."))
    return redirect("catalogue_staff:reports")


@requires(VIEW)
def links(request: HttpRequest) -> HttpResponse:
    """Show the addresses in entries that lead nowhere, or elsewhere than they did; with `?som=csv` as a file."""
    found = selectors.broken_links(actor=acting(request), on=clock.today())
    lines = [
        {
            "address": each.address,
            "state": LINK_STATES[LinkState(each.state)],
            "color": "danger" if each.state == LinkState.GONE.value else "warning",
            "failures": ngettext("%(count)s time in a row", "%(count)s times in a row", each.failures)
            % {"count": each.failures},
            "looked_at": each.looked_at,
            "entries": [(entry.id, _title(entry)) for entry in each.entries],
        }
        for each in found
    ]
    columns = [_("Address"), _("How it stands"), _("Last looked at"), _("Used in")]
    if request.GET.get("som") == AS_FILE:
        rows = [
            [
                each.address,
                str(LINK_STATES[LinkState(each.state)]),
                iso(each.looked_at),
                ", ".join(_title(entry) for entry in each.entries),
            ]
            for each in found
        ]
        return csv_file([columns, *rows], filename=_("addresses.csv"))
    return render(request, "catalogue/staff/links.html", {"lines": lines, "columns": columns})


def _title(entry: Any) -> str:
    return str(said(entry.live.body["title"]) if entry.live else entry.slug)
