"""Taking a list of offers in, with a report row by row; and giving the list out."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.catalogue import selectors
from medspiller.catalogue.domain import importing as rules
from medspiller.catalogue.domain.import_columns import COLUMNS, Holds
from medspiller.catalogue.domain.importing import COLUMNS_MOST, ROWS_MOST, SIZE_MOST, ListRefused, Problem
from medspiller.catalogue.domain.outside import hsds_reading
from medspiller.catalogue.services.importing import Asked, Became, Taken, import_entries
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.staff_wording import said
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.ui import workbooks
from medspiller.ui.forms import Form
from medspiller.ui.spreadsheets import csv_file

VIEW = "catalogue.view_entries"
IMPORT = "catalogue.import_entries"
MODERATE = "catalogue.moderate"
TRY, WAIT, LIVE = "prov", "vent", "vis"

LIST_PROBLEMS: Mapping[str, Promise] = {
    "empty": gettext_lazy("There are no rows in the file."),
    "too_large": gettext_lazy("The file is larger than ten megabytes. Divide the list."),
    "too_many_rows": gettext_lazy("There are more than 1,000 rows. Divide the list."),
    "not_a_table": gettext_lazy(
        "The file cannot be read. Save it as CSV or Excel (.xlsx) without a password, or as JSON after HSDS."
    ),
    "no_headers": gettext_lazy("The first row has no headers that are known. Use the template."),
    "twice_the_same_header": gettext_lazy("Two columns have headers that mean the same."),
    "harmful": gettext_lazy("The file is not safe to open. Save the list anew."),
}
ROW_PROBLEMS: Mapping[str, Promise] = {
    "missing": gettext_lazy("This must be filled in."),
    "empty": gettext_lazy("This must be filled in."),
    "language": gettext_lazy("This must be said in bokmål, nynorsk and English."),
    "code": gettext_lazy("This is not a code that is known."),
    "unknown-key": gettext_lazy("This is not known here."),
    "type": gettext_lazy("This cannot be read."),
    "form": gettext_lazy("It is not written as it should be."),
    "too-long": gettext_lazy("It is too long."),
    "too_long": gettext_lazy("It is too long."),
    "period": gettext_lazy("The last day cannot be before the first."),
    "ages": gettext_lazy("The oldest cannot be younger than the youngest."),
    "number": gettext_lazy("The number is too small or too large."),
    "address": gettext_lazy("A web address begins with https://"),
    "only-with-check": gettext_lazy("Fill this in only when something is not certain."),
    "only-with-cost": gettext_lazy("What costs nothing has no price."),
    "signs": gettext_lazy("Some of it is not letters. Write it again."),
    "too-far": gettext_lazy("The day must be within two years."),
    "twice": gettext_lazy("An earlier row says the same."),
    "not_whole": gettext_lazy("This is not a whole number."),
    "not_money": gettext_lazy("This is not an amount in kroner."),
    "not_yes_no": gettext_lazy("Write ja (yes) or nei (no)."),
    "not_day": gettext_lazy("Write the day as day, month and year: 21.11.2026."),
    "not_time": gettext_lazy("Write the time as hours and minutes: 18:00."),
    "not_areas": gettext_lazy("Write no for all of Norway, the two digits of a county, or the four of a municipality."),
    "not_weekdays": gettext_lazy("Write days as 1 to 7 or as words, with a comma between."),
    "slug_taken": gettext_lazy("Another offer has this address."),
    "unknown_provider": gettext_lazy("Nobody of that name is among those who offer help. Add them first."),
    "waiting": gettext_lazy("A proposal waits for approval. Decide it first."),
    "taken_down": gettext_lazy("It was taken down. Somebody must decide whether the public sees it again."),
    "own_proposal": gettext_lazy("Somebody else approves what you have proposed yourself."),
    "not_own": gettext_lazy("It belongs to a unit that you do not keep."),
}
BECAME: Mapping[Became, tuple[Promise, str]] = {
    Became.NEW: (gettext_lazy("New"), "success"),
    Became.CHANGED: (gettext_lazy("Changed"), "info"),
    Became.SAME: (gettext_lazy("As it was"), "neutral"),
    Became.WRONG: (gettext_lazy("Left out"), "danger"),
}
HOLDS: Mapping[Holds, Promise] = {
    Holds.TEXT: gettext_lazy("Text"),
    Holds.CODE: gettext_lazy("One code"),
    Holds.CODES: gettext_lazy("Codes with a comma between"),
    Holds.WORDS: gettext_lazy("Words with a comma between"),
    Holds.WHOLE: gettext_lazy("A whole number"),
    Holds.MONEY: gettext_lazy("Kroner"),
    Holds.YES_NO: gettext_lazy("ja (yes) or nei (no)"),
    Holds.DAY: gettext_lazy("A day"),
    Holds.TIME: gettext_lazy("A time of day"),
    Holds.AREAS: gettext_lazy(
        "no for all of Norway, 32 for a county, 3201 for a municipality, 3201:Sandvika for a part of it"
    ),
    Holds.WEEKDAYS: gettext_lazy("Days of the week"),
}


class ImportForm(Form):
    """A file, for which unit, and what becomes of the rows that are in order."""

    unit = forms.ChoiceField(label=gettext_lazy("Which unit keeps it up to date?"))
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("CSV, Excel (.xlsx) or JSON after HSDS, at most 1,000 offers and ten megabytes."),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What do you want to do?"),
        choices=[
            (TRY, gettext_lazy("Try it: see what would happen, without storing anything")),
            (WAIT, gettext_lazy("Store what is in order, to be approved one by one")),
            (LIVE, gettext_lazy("Store what is in order, and show it to the public at once")),
        ],
        widget=forms.RadioSelect,
        initial=TRY,
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


@requires(IMPORT, methods=("GET", "POST"))
def importing(request: HttpRequest) -> HttpResponse:
    """Take a list in, and say of each row what became of it."""
    actor, today = acting(request), clock.today()
    able = actor.units_with(IMPORT)
    units = [(str(each.id), each.name) for each in organisations.units(actor=actor, on=today) if each.id in able]
    form = ImportForm(request.POST or None, request.FILES or None, units=units)
    taken: list[Taken] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = _rows(form.cleaned_data["file"], known=_known(request))
        except ListRefused as refusal:
            form.add_error("file", str(LIST_PROBLEMS[refusal.problem]))
        else:
            what = form.cleaned_data["what"]
            unit_id = UUID(form.cleaned_data["unit"])
            taken = import_entries(
                actor=actor, unit_id=unit_id, rows=rows, goes_live=what != WAIT, is_trial=what == TRY
            )
    if taken is not None:
        return _report(request, taken, is_trial=form.cleaned_data["what"] == TRY)
    shown = {
        "form": form,
        "headers": [(column.headers[0], column.name, HOLDS[column.holds], bool(column.group)) for column in COLUMNS],
        "header_columns": [_("Header"), _("Or"), _("What it contains")],
    }
    return render(request, "catalogue/staff/import.html", shown, status=422 if request.method == "POST" else 200)


@requires(IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty list with the headers."""
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rules.table_of([]), filename=_("offers-template.csv"))


@requires(VIEW)
def export_csv(request: HttpRequest) -> HttpResponse:
    """Give the live wordings of one's own entries as a table; the import reads the same."""
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rules.table_of(_bodies(request)), filename=_("offers.csv"))


@requires(VIEW)
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the same as an Excel file."""
    # Translators: the name of a file, in small letters without spaces or accents.
    return workbooks.workbook_file(rules.table_of(_bodies(request)), filename=_("offers.xlsx"))


def _bodies(request: HttpRequest) -> list[Mapping[str, Any]]:
    rows = selectors.entries(actor=acting(request), on=clock.today()).filter(live__isnull=False)
    return [row.live.body for row in rows if row.live]


def _known(request: HttpRequest) -> Callable[[str], Mapping[str, Any] | None]:
    """Return what finds the wording of one's own entries by name: the live one, or the newest where none is."""
    actor, today = acting(request), clock.today()
    rows = {row.slug: row for row in selectors.entries(actor=actor, on=today)}

    def body_of(slug: str) -> Mapping[str, Any] | None:
        row = rows.get(slug)
        if row is None or row.live is not None:
            return row.live.body if row and row.live else None
        newest = next(iter(selectors.versions(actor=actor, entry_id=row.id, on=today)), None)
        return newest.body if newest else None

    return body_of


def _rows(file: Any, *, known: Callable[[str], Mapping[str, Any] | None]) -> list[Asked]:
    """Read a file: found out from what it holds, not from its name. `known` is what stands here by short name."""
    if file.size > SIZE_MOST:
        raise ListRefused("too_large")
    content: bytes = file.read()
    today = clock.today()
    if content.lstrip()[:1] in (b"{", b"["):
        return _from_hsds(content)
    if workbooks.is_workbook(content):
        try:
            cells = workbooks.cells_of(content, rows_most=ROWS_MOST + 100, columns_most=COLUMNS_MOST)
        except workbooks.NotWorkbook as refusal:
            raise ListRefused("harmful" if refusal.is_harmful else "not_a_table") from None
    else:
        cells = rules.cells_of_csv(content)
    asked = []
    for row in rules.rows_of(cells):
        body, problems = rules.body_of(row, today=today, review_on=today + timedelta(days=365), known=known)
        asked.append(Asked(row.line, body, problems))
    return asked


def _from_hsds(content: bytes) -> list[Asked]:
    try:
        services = hsds_reading.services_in(hsds_reading.read_json(content.decode("utf-8-sig")))
        if not services:
            raise ListRefused("empty")
        if len(services) > ROWS_MOST:
            raise ListRefused("too_many_rows")
        return [_asked(number, each) for number, each in enumerate(services, start=1)]
    except (ValueError, RecursionError, hsds_reading.NotHsds):
        raise ListRefused("not_a_table") from None


def _asked(number: int, found: Any) -> Asked:
    service, faults = hsds_reading.tidied(found)
    problems = tuple(Problem(number, place, code) for place, code in faults)
    return Asked(number, hsds_reading.body_of(service) if service else {}, problems)


def _report(request: HttpRequest, taken: list[Taken], *, is_trial: bool) -> HttpResponse:
    lines = [
        {
            "line": each.line,
            "title": said(each.title),
            "became": BECAME[each.became][0],
            "color": BECAME[each.became][1],
            "entry_id": None if is_trial else each.entry_id,
            "problems": [(problem.column, ROW_PROBLEMS[problem.code]) for problem in each.problems],
        }
        for each in sorted(taken, key=lambda each: (each.became is not Became.WRONG, each.line))
    ]
    counted = [(BECAME[became][0], sum(each.became is became for each in taken)) for became in Became]
    columns = [_("Line"), _("Offer"), _("What became of it"), _("What is wrong")]
    shown = {"lines": lines, "counted": counted, "columns": columns, "is_trial": is_trial}
    return render(request, "catalogue/staff/imported.html", shown)
