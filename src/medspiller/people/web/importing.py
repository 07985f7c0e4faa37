"""Importing a list of patients: the file, how far it has come, and what is wrong with which row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors, services
from medspiller.people.domain.importing import HEADERS, SIZE_MOST, Column, ListRefused
from medspiller.people.web.acting import acting, table_file
from medspiller.ui.forms import Form

IMPORT = "people.import_patients"

COLUMNS: Mapping[str, Promise] = {
    Column.GIVEN_NAME.value: gettext_lazy("Given name"),
    Column.FAMILY_NAME.value: gettext_lazy("Family name"),
    Column.BIRTH_DATE.value: gettext_lazy("Date of birth"),
    Column.PERSON_NUMBER.value: gettext_lazy("National identity number"),
    Column.PROTECTED_ADDRESS.value: gettext_lazy("Protected address"),
}
ROW_PROBLEMS: Mapping[str, Promise] = {
    "missing": gettext_lazy("There is no name."),
    "name": gettext_lazy("The name has characters that names do not have, or is too long."),
    "formula": gettext_lazy("It begins like a formula."),
    "too_long": gettext_lazy("It is too long."),
    "not_a_date": gettext_lazy("This is not a date. Write it like 17.05.1948."),
    "not_a_birth_date": gettext_lazy("Nobody alive was born on that day."),
    "date_or_number": gettext_lazy("There is neither a date of birth nor a national identity number."),
    "not_a_person_number": gettext_lazy("This is not a national identity number: a digit is wrong or missing."),
    "not_a_grade": gettext_lazy("It must be one of: ingen, fortrolig, strengt fortrolig."),
    "twice": gettext_lazy("An earlier row says the same."),
    "oneself_or_family": gettext_lazy("It is you, or somebody close to you. A colleague registers them."),
    "not_allowed": gettext_lazy("You may not register people for this unit."),
}
LIST_PROBLEMS: Mapping[str, Promise] = {
    "empty": gettext_lazy("There are no rows in the file."),
    "too_large": gettext_lazy("The file is larger than ten megabytes. Divide the list."),
    "too_many_rows": gettext_lazy("There are more than 20,000 rows. Divide the list."),
    "not_a_table": gettext_lazy(
        "The file cannot be read as a table. Save it as CSV or Excel (.xlsx), without a password."
    ),
    "no_headers": gettext_lazy("The first row has no headers that are known. Use the template."),
    "twice_the_same_header": gettext_lazy("Two columns have headers that mean the same."),
    "harmful": gettext_lazy("The file is not safe to open. Save the list again."),
    "not_allowed": gettext_lazy("Whoever began it may not import for this unit any more."),
}


class ImportForm(Form):
    """A file, for which unit, and whether anything is to be stored."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit that follows them up"))
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 20,000 rows and ten megabytes."),
    )
    try_first = forms.ChoiceField(
        label=gettext_lazy("What do you want to do?"),
        choices=[
            ("yes", gettext_lazy("Try it: see what would happen, without registering anybody")),
            ("no", gettext_lazy("Register everybody whose row is in order")),
        ],
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


@requires(IMPORT, methods=("GET", "POST"))
def importing(request: HttpRequest) -> HttpResponse:
    """Show the form for a list and the lists of before; take a list in."""
    actor = acting(request)
    able = acting(request).units_with(IMPORT)
    rows = organisations.units(actor=actor, on=clock.today())
    units = [(str(each.id), each.name) for each in rows if each.id in able]
    form = ImportForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > SIZE_MOST:
                raise ListRefused("too_large")
            made = services.start_import(
                actor=actor,
                unit_id=UUID(form.cleaned_data["unit"]),
                file_name=file.name,
                content=file.read(),
                dry_run=form.cleaned_data["try_first"] == "yes",
            )
        except ListRefused as refusal:
            form.add_error("file", str(LIST_PROBLEMS[refusal.problem]))
        else:
            return redirect("people:import", made.id)
    shown = {
        "form": form,
        "imports": selectors.patient_imports(actor=actor),
        "columns": [_("List"), _("Unit"), _("Begun"), _("State")],
        "headers": [(COLUMNS[column.value], _said(column)) for column in Column],
        "header_columns": [_("Column"), _("Headers that are understood")],
    }
    return render(request, "people/import_list.html", shown, status=422 if request.method == "POST" else 200)


@requires(IMPORT)
def one_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """
    Show how far a list has come, and what is wrong with which row.

    Nothing asks again by itself: a page left open would keep its session alive for as long.
    """
    seen = selectors.patient_import(actor=acting(request), import_id=import_id)
    shown = {
        "seen": seen,
        "refused": LIST_PROBLEMS[seen.refused] if seen.refused else "",
        "problems": [(each.line, COLUMNS[each.column], ROW_PROBLEMS[each.code]) for each in seen.problems],
        "columns": [_("Line"), _("Column"), _("What is wrong")],
    }
    return render(request, "people/import.html", shown)


@requires(IMPORT, methods=("POST",))
def stop_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Let a list go no further."""
    services.stop_import(actor=acting(request), import_id=import_id)
    messages.success(request, _("It goes no further. Those registered so far stay registered."))
    return redirect("people:import", import_id)


@requires(IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty list with the headers in the reader's language."""
    language = (get_language() or "nb").split("-")[0]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("patients-template.csv")
    return table_file([_template_header(column, language) for column in Column], [], name=name)


def _template_header(column: Column, language: str) -> str:
    return HEADERS[column].get(language, HEADERS[column]["nb"])[0].capitalize()


def _said(column: Column) -> str:
    return ", ".join(dict.fromkeys(header for headers in HEADERS[column].values() for header in headers))
