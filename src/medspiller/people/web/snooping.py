"""The leader's report on who has looked at whom."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.people import selectors
from medspiller.people.domain.snooping import LookWithoutRelation
from medspiller.people.selectors import SnoopingReport
from medspiller.people.web.acting import acting, end_of, start_of, table_file
from medspiller.people.web.forms import PeriodForm
from medspiller.people.web.wording import role_words
from medspiller.ui.components.formats import moment
from medspiller.ui.components.tables import Column, sorting
from medspiller.ui.paging import page_of

USUAL_PERIOD = timedelta(days=30)
SORTS = {
    "tid": lambda look: (look.at, look.entry_id),
    "hvem": lambda look: (look.actor_name.casefold(), look.at),
    "enhet": lambda look: (look.unit_name.casefold(), look.at),
}


@requires("people.view_snooping_report")
def report(request: HttpRequest) -> HttpResponse:
    """Show what staff of the leader's units should be asked about, for thirty days or the period asked for."""
    form, found = _found(request)
    sorted_by = sorting(request.GET, allowed=SORTS, default="-tid")
    return render(
        request,
        "people/snooping.html",
        {
            **_shown(form, found),
            "page": page_of(_sorted(found, sorted_by), request),
            "columns": [
                Column(_("When"), sort="tid"),
                Column(_("Who"), sort="hvem"),
                Column(_("Unit"), sort="enhet"),
                Column(_("What")),
            ],
            "sorted_by": sorted_by,
            "query": request.GET.urlencode(),
        },
        status=200 if form.is_valid() else 422,
    )


@requires("people.view_snooping_report")
def report_print(request: HttpRequest) -> HttpResponse:
    """Show the same report whole, for paper."""
    form, found = _found(request)
    columns = [_("When"), _("Who"), _("Unit"), _("What")]
    shown = {**_shown(form, found), "looks": found.without_relation, "columns": columns}
    return render(request, "people/snooping_print.html", shown)


@requires("people.view_snooping_report")
def report_csv(request: HttpRequest) -> HttpResponse:
    """Give the looks without a relation as a file that spreadsheets open as a table."""
    _form, found = _found(request)
    looks = _sorted(found, sorting(request.GET, allowed=SORTS, default="-tid"))
    heading = [_("When"), _("Who"), _("Unit"), _("Role"), _("What"), _("Entry in the access log")]
    lines = (
        [moment(each.at), each.actor_name, each.unit_name, role_words(each.role), _what(each), str(each.entry_id)]
        for each in looks
    )
    # Translators: the name of a file, in small letters without spaces or accents.
    return table_file(heading, lines, name=_("access-report-%(day)s.csv") % {"day": clock.today().isoformat()})


def _found(request: HttpRequest) -> tuple[PeriodForm, SnoopingReport]:
    form = PeriodForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    last = asked.get("til") or clock.today()
    first = asked.get("fra") or last - USUAL_PERIOD
    if not request.GET.get("fra") and not request.GET.get("til"):
        form = PeriodForm({"fra": first.isoformat(), "til": last.isoformat()})
    found = selectors.snooping_report(actor=acting(request), since=start_of(first), until=end_of(last))
    return form, found


def _shown(form: PeriodForm, found: SnoopingReport) -> dict[str, Any]:
    return {
        "form": form,
        "report": found,
        "last_day": found.until - timedelta(days=1),
        "unusual_columns": [
            _("Who"),
            _("Unit"),
            Column(_("People looked at"), numeric=True),
            Column(_("What is usual for colleagues"), numeric=True),
        ],
        "taken_back_columns": [_("When"), _("Person, without a name"), _("What"), _("Unit")],
    }


def _sorted(found: SnoopingReport, sorted_by: str) -> list[LookWithoutRelation]:
    key = SORTS[sorted_by.removeprefix("-")]
    return sorted(found.without_relation, key=key, reverse=sorted_by.startswith("-"))


def _what(look: LookWithoutRelation) -> str:
    return render_to_string("people/_information.txt", {"information": look.information}).strip()
