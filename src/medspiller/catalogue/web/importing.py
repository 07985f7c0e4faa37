"""Taking a list of offers in, with a report row by row; and giving the list out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain import importing as rules
from medspiller.catalogue.domain.import_columns import COLUMNS, Holds
from medspiller.catalogue.domain.importing import SIZE_MOST, ListRefused
from medspiller.catalogue.selectors import SeenImport
from medspiller.catalogue.services.importing import Became
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.staff_wording import said
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.ui.forms import Form
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file, workbook_file

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
    "harmful": gettext_lazy("The file is not safe to open. Save the list again."),
    "not_allowed": gettext_lazy("Whoever began it may not import for this unit any more."),
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
    "not_weekdays": gettext_lazy("Write days as 1 to 7 or as words, with a comma between them."),
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
    Holds.CODES: gettext_lazy("Codes with a comma between them"),
    Holds.WORDS: gettext_lazy("Words with a comma between them"),
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
        # Where there is only one, the page does not ask.
        self.fields["unit"].initial = units[0][0] if len(units) == 1 else None


@requires(IMPORT, methods=("GET", "POST"))
def importing(request: HttpRequest) -> HttpResponse:
    """Show the form for a list and the lists of before; take a list in."""
    actor, today = acting(request), clock.today()
    able = actor.units_with(IMPORT)
    units = [(str(each.id), each.name) for each in organisations.units(actor=actor, on=today) if each.id in able]
    form = ImportForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        what, file = form.cleaned_data["what"], form.cleaned_data["file"]
        try:
            if file.size > SIZE_MOST:
                raise ListRefused("too_large")
            made = services.start_import(
                actor=actor,
                unit_id=UUID(form.cleaned_data["unit"]),
                file_name=file.name,
                content=file.read(),
                goes_live=what != WAIT,
                is_trial=what == TRY,
            )
        except ListRefused as refusal:
            form.add_error("file", str(LIST_PROBLEMS[refusal.problem]))
        else:
            return redirect("catalogue_staff:one_import", made.id)
    shown = {
        "form": form,
        "imports": selectors.entry_imports(actor=actor),
        "columns": [_("List"), _("Unit"), _("Begun"), _("State")],
        "headers": [(column.headers[0], column.name, HOLDS[column.holds], bool(column.group)) for column in COLUMNS],
        "header_columns": [_("Header"), _("Or"), _("What it contains")],
    }
    return render(request, "catalogue/staff/import.html", shown, status=422 if request.method == "POST" else 200)


@requires(IMPORT)
def one_import(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Show how far a list has come, and what became of each row."""
    seen = selectors.entry_import(actor=acting(request), import_id=list_id)
    page: Page[Any] = page_of(_lines(seen), request)
    shown = {
        "seen": seen,
        "refused": LIST_PROBLEMS[seen.refused] if seen.refused else "",
        "counted": [(BECAME[became][0], seen.counts.get(became.value, 0)) for became in Became],
        "page": page,
        "lines": page.object_list,
        "columns": _report_columns(),
    }
    return render(request, "catalogue/staff/imported.html", shown)


@requires(IMPORT, methods=("POST",))
def stop_import(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Let a list go no further."""
    services.stop_import(actor=acting(request), import_id=list_id)
    messages.success(request, _("It goes no further. What is stored so far stays."))
    return redirect("catalogue_staff:one_import", list_id)


@requires(IMPORT)
def import_report(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Give what became of each row as a table."""
    seen = selectors.entry_import(actor=acting(request), import_id=list_id)
    rows = [
        [
            str(each["line"]),
            each["title"],
            str(each["became"]),
            "; ".join(f"{column}: {words}" for column, words in each["problems"]),
        ]
        for each in _lines(seen)
    ]
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file([[str(each) for each in _report_columns()], *rows], filename=_("import-report.csv"))


@requires(IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty list with the headers."""
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rules.table_of([]), filename=_("offers-template.csv"))


@requires(VIEW)
def export_csv(request: HttpRequest) -> HttpResponse:
    """Give the live wordings of one's own entries as a table; the import reads the same."""
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(services.exported(actor=acting(request)), filename=_("offers.csv"))


@requires(VIEW, methods=("POST",))
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """Let the same be made as an Excel file."""
    return redirect("catalogue_staff:one_export", services.ask_for_workbook(actor=acting(request)).id)


@requires(VIEW)
def one_export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Say whether a file that was asked for is made."""
    content = selectors.entry_export(actor=acting(request), export_id=export_id)
    return render(request, "catalogue/staff/export.html", {"is_ready": content is not None, "export_id": export_id})


@requires(VIEW)
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Give the file, once it is made."""
    content = selectors.entry_export(actor=acting(request), export_id=export_id)
    if content is None:
        return redirect("catalogue_staff:one_export", export_id)
    # Translators: the name of a file, in small letters without spaces or accents.
    return workbook_file(content, filename=_("offers.xlsx"))


def _report_columns() -> list[str]:
    return [_("Line"), _("Offer"), _("What became of it"), _("What is wrong")]


def _lines(seen: SeenImport) -> list[dict[str, Any]]:
    """What became of each row, those left out first."""
    wrong = Became.WRONG.value
    return [
        {
            "line": each["line"],
            "title": said(each["title"]),
            "became": BECAME[Became(each["became"])][0],
            "color": BECAME[Became(each["became"])][1],
            "entry_id": each["entry_id"],
            "problems": [(column, ROW_PROBLEMS[code]) for column, code in each["problems"]],
        }
        for each in sorted(seen.report, key=lambda each: (each["became"] != wrong, each["line"]))
    ]
