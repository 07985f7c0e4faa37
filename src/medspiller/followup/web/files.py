"""Carers' files: the list, one file, and what is written in it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import (
    TEXT_MOST,
    FileChanged,
    FileChanges,
    FileKind,
    FileOpenAlready,
    FileState,
)
from medspiller.followup.selectors import CarerToOpen, FileLine, SeenFile
from medspiller.followup.web import parts
from medspiller.followup.web.acting import acting, changed_meanwhile, form_page, stands_now
from medspiller.followup.web.forms import (
    PARTS,
    CloseFileForm,
    ContactForm,
    FileForm,
    NarrowingForm,
    NoteForm,
    OpenFileForm,
    ReopenForm,
)
from medspiller.followup.web.refusals import REFUSED, refuse
from medspiller.pathways.selectors.words import in_words
from medspiller.ui.components.formats import day, short_day
from medspiller.ui.forms import Form
from medspiller.ui.paging import page_from, page_number
from medspiller.ui.spreadsheets import csv_file

READ, KEEP = "followup.read_file", "followup.keep_file"
PER_PAGE = 25
# Counting stops at a thousand: of one fewer it can be said whether there are more.
MOST_IN_FILE = 999


@requires(READ)
def file_list(request: HttpRequest) -> HttpResponse:
    """Show the carers that are followed up: the actor's own, the unit's, and those that are closed."""
    actor, part, form = acting(request), _part(request), NarrowingForm(request.GET)
    found = selectors.files(actor=actor, narrowing=form.narrowing(part), page=page_number(request), size=PER_PAGE)
    labels = {"mine": _("Mine"), "enheten": _("The unit's"), "avsluttede": _("Closed")}
    shown = {
        "form": form,
        "lines": found.lines,
        "page": page_from(found.lines, number=found.page, count=found.count, per_page=found.size),
        "part": part,
        "tabs": [
            {"label": label, "href": f"?vis={name}", "is_current": name == part} for name, label in labels.items()
        ],
        "is_narrowed": bool(request.GET.get("q")),
        "csv_href": f"{reverse('followup:list_csv')}?{request.GET.urlencode()}",
        "handovers": selectors.handovers_to_me(actor=actor),
        "today": clock.today(),
    }
    return render(request, "followup/file_list.html", shown, status=422 if form.errors else 200)


@requires(READ)
def file_list_csv(request: HttpRequest) -> HttpResponse:
    """Give the same carers as a file, a line for each plan; each carer is in the log as on the page."""
    narrowing = NarrowingForm(request.GET).narrowing(_part(request))
    found = selectors.files(actor=acting(request), narrowing=narrowing, size=MOST_IN_FILE)
    rows = [_headings(), *(cells for line in found.lines for cells in _cells(line))]
    if found.count > MOST_IN_FILE:
        rows.append([_("The list is too long for a file. Narrow it first.")])
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rows, filename=_("carers-%(day)s.csv") % {"day": clock.today().isoformat()})


def _part(request: HttpRequest) -> str:
    asked = request.GET.get("vis", "")
    return asked if asked in PARTS else next(iter(PARTS))


def _headings() -> list[str]:
    return [
        _("Carer"),
        _("Child"),
        _("Protected address"),
        _("Unit"),
        _("Contact person"),
        _("Plan"),
        _("Who has it"),
        _("Due"),
        _("Overdue"),
    ]


def _cells(line: FileLine) -> Iterator[list[str]]:
    carer = [
        line.name,
        _("Child") if line.kind is FileKind.CHILD else "",
        _("Protected address") if line.is_protected else "",
        line.unit_name,
        line.contact,
    ]
    for plan in line.plans:
        late = ngettext("%(late)s step late", "%(late)s steps late", plan.late_steps) % {"late": plan.late_steps}
        yield [*carer, in_words(plan.title), plan.holder, short_day(plan.due_on), late if plan.late_steps else ""]
    if not line.plans:
        closed = _("Closed %(day)s") % {"day": day(line.closed_at)}
        yield [*carer, _("No plan yet.") if line.state is FileState.OPEN else closed, "", "", ""]


@requires(KEEP, methods=("GET", "POST"))
def of_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Go to the open file of a carer, or open one."""
    actor = acting(request)
    there = selectors.open_file_of(actor=actor, carer_id=person_id)
    if there is not None:
        return redirect("followup:file", there)
    carer = selectors.carer_to_open(actor=actor, carer_id=person_id)
    asked = request.POST if request.method == "POST" else None
    form = OpenFileForm(
        asked,
        colleagues=carer.colleagues,
        is_age_known=carer.birth_date is not None,
        initial={"dag": clock.today(), "hva_er_viktig": _already_said(carer)},
    )
    if asked is not None and form.is_valid():
        try:
            made = services.open_file(actor=actor, carer_id=person_id, **form.opened())
        except FileOpenAlready as already:
            return redirect("followup:file", already.file_id)
        except REFUSED as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("The file is open. Choose a plan, or write down what you talked about."))
            return redirect("followup:file", made.id)
    person = reverse("people:person", args=[person_id])
    return form_page(
        request,
        form,
        heading=_("Follow up %(name)s as a carer") % {"name": carer.name},
        lead=_("The file is the carer's own. Staff who only follow up the person they care for do not see it."),
        button=_("Open the file"),
        back=person,
        crumbs=[(person, carer.name)],
    )


def _already_said(carer: CarerToOpen) -> str:
    """What the carer has told before, in their own words and in the order they said it, so that nobody asks again."""
    return "\n\n".join(each.text for each in reversed(carer.statements))[:TEXT_MOST]


@requires(READ)
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show a carer's file: what matters, what happens next, who holds what, and what has happened."""
    found = selectors.file_page(actor=acting(request), file_id=file_id)
    shown = {
        "file": found.file,
        "age": found.file.carer.age(clock.today()),
        "next": parts.next_steps(found.runs),
        **parts.of_file(request, found),
    }
    return render(request, "followup/file.html", shown)


@requires(READ)
def print_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show the file on a sheet for paper."""
    seen = selectors.file(actor=acting(request), file_id=file_id)
    runs = selectors.runs_of_plans(actor=acting(request), plans=seen.open_plans)
    shown = {"file": seen, "age": seen.carer.age(clock.today()), "next": parts.next_steps(runs)}
    return render(request, "followup/file_print.html", shown)


@requires(KEEP, methods=("GET", "POST"))
def change_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Change what the carer says of themselves; 409 when somebody else was quicker."""
    seen = selectors.file(actor=acting(request), file_id=file_id)
    stands = {
        "hva_er_viktig": seen.what_matters,
        "situasjon": seen.situation,
        "hvorfor": seen.why,
        "version": seen.version,
    }
    form = FileForm(request.POST if request.method == "POST" else None, initial=stands)

    def store(asked: Mapping[str, Any]) -> None:
        services.change_file(
            actor=acting(request),
            file_id=file_id,
            version=asked["version"] or 0,
            changes=FileChanges(
                why=asked["hvorfor"], situation=asked["situasjon"], what_matters=asked["hva_er_viktig"]
            ),
        )

    return _written(request, seen, form, store, heading=_("What the carer says"), button=_("Save"))


@requires(KEEP, methods=("GET", "POST"))
def appoint_contact(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Say who the carer's contact person is."""
    actor = acting(request)
    seen = selectors.file(actor=actor, file_id=file_id)
    colleagues = selectors.holders_in(actor=actor, file_id=file_id)
    stands = {"til_hvem": str(seen.contact_id or ""), "version": seen.version}
    form = ContactForm(request.POST if request.method == "POST" else None, colleagues=colleagues, initial=stands)

    def store(asked: Mapping[str, Any]) -> None:
        chosen = UUID(asked["til_hvem"]) if asked["til_hvem"] else None
        services.appoint_contact(actor=actor, file_id=file_id, version=asked["version"] or 0, user_id=chosen)

    return _written(request, seen, form, store, heading=_("The carer's contact person"), button=_("Save"))


@requires(KEEP, methods=("GET", "POST"))
def add_note(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Write down what happened."""
    seen = selectors.file(actor=acting(request), file_id=file_id)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"dag": clock.today()})

    def store(asked: Mapping[str, Any]) -> None:
        services.add_note(
            actor=acting(request), file_id=file_id, code=asked["hva"], on=asked["dag"], text=asked["tekst"]
        )

    return _written(
        request,
        seen,
        form,
        store,
        heading=_("Write down what happened"),
        lead=_("It is kept as you wrote it, with your name. The carer can ask to read it."),
        button=_("Save"),
    )


@requires(KEEP, methods=("GET", "POST"))
def close_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """End follow-up, with why and what it came to. Plans are closed first."""
    seen = selectors.file(actor=acting(request), file_id=file_id)
    form = CloseFileForm(request.POST if request.method == "POST" else None, initial={"version": seen.version})

    def store(asked: Mapping[str, Any]) -> None:
        services.close_file(
            actor=acting(request),
            file_id=file_id,
            version=asked["version"] or 0,
            reason=asked["arsak"],
            outcome=asked["utfall"],
            note=asked["merknad"],
        )

    return _written(
        request,
        seen,
        form,
        store,
        heading=_("End follow-up"),
        lead=_("The file can be opened again. What is in it stays."),
        button=_("Close the file"),
        open_plans=seen.open_plans,
        before=selectors.before_closing(actor=acting(request), file_id=file_id),
    )


@requires(KEEP, methods=("GET", "POST"))
def reopen_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Follow somebody up again in a file that was closed."""
    seen = selectors.file(actor=acting(request), file_id=file_id)
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def store(asked: Mapping[str, Any]) -> None:
        services.reopen_file(actor=acting(request), file_id=file_id, why=asked["hvorfor"])

    return _written(request, seen, form, store, heading=_("Follow up again"), button=_("Open the file again"))


def _written(
    request: HttpRequest, seen: SeenFile, form: Form, store: Any, *, heading: str, button: str, **more: Any
) -> HttpResponse:
    """Store what a form says and go back to the file, or show the form with what is wrong."""
    place, too_late = reverse("followup:file", args=[seen.id]), ""
    if form.is_bound and form.is_valid():
        try:
            store(form.cleaned_data)
        except FileChanged as changed:
            too_late = changed_meanwhile(changed)
            stands_now(form, changed.now)
        except FileOpenAlready as already:
            return redirect("followup:file", already.file_id)
        except REFUSED as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect(place)
    return form_page(
        request,
        form,
        heading=heading,
        button=button,
        back=place,
        crumbs=[(reverse("followup:list"), _("Follow-up")), (place, seen.carer.name)],
        child_file_id=seen.id if seen.kind is FileKind.CHILD else None,
        too_late=too_late,
        **more,
    )
