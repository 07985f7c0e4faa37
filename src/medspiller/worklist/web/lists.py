"""What waits on the actor's lists: on a page, as a file, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.ui.components.formats import short_day
from medspiller.ui.components.tables import Column, sorting
from medspiller.ui.paging import PARAMETER, page_of
from medspiller.ui.spreadsheets import csv_file
from medspiller.worklist import selectors
from medspiller.worklist.domain.narrowing import DEFAULT_ORDER, Narrowing
from medspiller.worklist.selectors import MOST_LISTED, Counts, Line
from medspiller.worklist.templatetags.work_items import item_about, item_holder, item_title
from medspiller.worklist.web.acting import acting
from medspiller.worklist.web.forms import PARTS, NarrowingForm
from medspiller.worklist.web.presenting import rows_shown

# A file or a sheet of paper with more names than this is nobody's work list.
MOST_TAKEN_ALONG = MOST_LISTED
# What can be done in a shift, and drawn at once.
PER_PAGE = 25
SORTS = {"frist": "due", "type": "kind", "enhet": "unit", "lagt": "put"}


@requires("worklist.view_items")
def items(request: HttpRequest) -> HttpResponse:
    """Show what waits, the most urgent first; `?vis=` mine, senere or ferdige for another part of the list."""
    actor, within = acting(request), people.reach(actor=acting(request))
    counts = selectors.counts(actor=actor, within=within)
    form, narrowing = _asked(request, counts)
    found = selectors.items(actor=actor, narrowing=narrowing, within=within, counts=counts)
    page = page_of(found, request, per_page=PER_PAGE)
    lines = selectors.shown(actor=actor, rows=page.object_list, within=within, units=counts.units)
    template = "worklist/item_list.html"
    response = render(
        request,
        f"{template}#items" if request.htmx else template,  # type: ignore[attr-defined]
        {
            "form": form,
            "rows": rows_shown(lines),
            "page": page,
            **_columns(),
            "sorted_by": _sorted_by(request),
            "is_narrowed": narrowing.is_narrow,
            "is_cut": page.paginator.count >= MOST_LISTED,
            **_parts(request, counts),
            **_take_along(request),
        },
        status=422 if form.errors else 200,
    )
    patch_vary_headers(response, ("HX-Request",))
    return response


@requires("worklist.view_items")
def items_csv(request: HttpRequest) -> HttpResponse:
    """Give the same items as a file that spreadsheets in Norway open as a table."""
    listed, is_cut = _all(request)
    rows = [_headings(), *(_cells(line) for line in listed)]
    if is_cut:
        rows.append([_("The list is too long for a file. Narrow it first.")])
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rows, filename=_("tasks-%(day)s.csv") % {"day": clock.today().isoformat()})


@requires("worklist.view_items")
def items_print(request: HttpRequest) -> HttpResponse:
    """Show the same items on a sheet for paper."""
    listed, is_cut = _all(request)
    columns = _headings()
    rows = [list(zip(columns, _cells(line), strict=True)) for line in listed]
    shown = {"rows": rows, "columns": columns, "is_cut": is_cut}
    return render(request, "worklist/items_print.html", shown)


def _all(request: HttpRequest) -> tuple[list[Line], bool]:
    actor, within = acting(request), people.reach(actor=acting(request))
    _form, narrowing = _asked(request, selectors.counts(actor=actor, within=within))
    found = selectors.items(actor=actor, narrowing=narrowing, within=within)[: MOST_TAKEN_ALONG + 1]
    lines = selectors.shown(actor=actor, rows=found[:MOST_TAKEN_ALONG], within=within)
    return lines, len(found) > MOST_TAKEN_ALONG


def _asked(request: HttpRequest, counts: Counts) -> tuple[NarrowingForm, Narrowing]:
    form = NarrowingForm(request.GET, counts=counts)
    sorted_by = _sorted_by(request)
    falling = "-" if sorted_by.startswith("-") else ""
    order = f"{falling}{SORTS.get(sorted_by.removeprefix('-'), DEFAULT_ORDER)}"
    return form, form.narrowing(part=request.GET.get("vis", ""), order=order)


def _sorted_by(request: HttpRequest) -> str:
    return sorting(request.GET, allowed=SORTS, default="")


def _parts(request: HttpRequest, counts: Counts) -> dict[str, Any]:
    asked = request.GET.get("vis", "")
    part = asked if asked in PARTS else next(iter(PARTS))
    shown = {
        "na": (_("Now"), counts.now),
        "mine": (_("Mine"), counts.mine),
        "venter": (_("I am waiting for"), counts.waiting),
        "senere": (_("Later than a month"), counts.later),
        "ferdige": (_("Finished"), None),
    }

    def address(name: str) -> str:
        kept = request.GET.copy()
        kept.pop(PARAMETER, None)
        kept["vis"] = name
        return f"?{kept.urlencode()}"

    tabs = [
        {"label": label, "count": count, "href": address(name), "is_current": name == part}
        for name, (label, count) in shown.items()
    ]
    return {"part": part, "parts": tabs}


def _take_along(request: HttpRequest) -> dict[str, str]:
    query = request.GET.urlencode()
    return {
        "csv_url": f"{reverse('worklist:items_csv')}?{query}",
        "print_url": f"{reverse('worklist:items_print')}?{query}",
    }


def _columns() -> dict[str, Any]:
    columns = {
        "what": Column(_("What"), sort="type"),
        "about": Column(_("Who it is about")),
        "due": Column(_("Due"), sort="frist"),
        "unit": Column(_("Unit"), sort="enhet"),
        "holder": Column(_("Who has it")),
        "take": Column(_("Take it"), hidden_label=True),
    }
    heads = {name: column.label for name, column in columns.items()}
    return {
        "columns": list(columns.values()),
        "heads": heads,
        # Said on each row, and looked up once.
        "words": {"protected": _("Protected address"), "overdue": _("Overdue"), "take": _("Take it")},
    }


def _headings() -> list[str]:
    return [
        _("What"),
        _("Who it is about"),
        _("Due"),
        _("Overdue"),
        _("Unit"),
        _("Who has it"),
        _("On the list since"),
    ]


def _cells(line: Line) -> list[str]:
    return [
        item_title(line),
        item_about(line),
        short_day(line.due_on),
        _("Overdue") if line.is_overdue else "",
        line.unit_name,
        item_holder(line),
        short_day(line.put_at),
    ]
