"""Who may do what: on a page, on paper for the yearly review, and as a table for a spreadsheet."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access import selectors, services
from medspiller.access.declare import requires
from medspiller.access.selectors.permissions import VIEW_PERMISSIONS, Permission
from medspiller.access.services.reviews import MARK_REVIEWED
from medspiller.access.templatetags import access_words
from medspiller.access.web.administration import actor_of
from medspiller.access.web.administration_forms import ReviewForm
from medspiller.core import clock
from medspiller.core.errors import InvalidInput
from medspiller.ui.components.formats import iso
from medspiller.ui.spreadsheets import csv_file


@requires(VIEW_PERMISSIONS)
def permissions(request: HttpRequest) -> HttpResponse:
    """Show what each role may do, who has which role in the actor's units until when, and the last review."""
    actor = actor_of(request)
    shown = {
        "reviews": selectors.unit_reviews(actor=actor, today=clock.today()),
        "review_columns": [_("Review done"), _("By"), _("What came of it")],
        "may_mark": actor.may(MARK_REVIEWED),
    }
    return render(request, "access/administration/permissions.html", {**_context(request), **shown})


@requires(MARK_REVIEWED, methods=("GET", "POST"))
def mark_reviewed(request: HttpRequest) -> HttpResponse:
    """Ask for which unit and which list, and store that it has been gone through."""
    actor, today = actor_of(request), clock.today()
    units = [(str(each.unit_id), each.unit_name) for each in selectors.unit_reviews(actor=actor, today=today)]
    form = ReviewForm(request.POST or None, units=units, initial={"listed_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_reviewed(actor=actor, now=clock.now(), **form.cleaned_data)
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is noted that you have reviewed the list."))
            return redirect("access:administration_permissions")
    status = 422 if request.method == "POST" else 200
    return render(request, "access/administration/mark_reviewed.html", {"form": form}, status=status)


@requires(VIEW_PERMISSIONS)
def permissions_print(request: HttpRequest) -> HttpResponse:
    """Show the same as a sheet to be gone through once a year, with boxes to tick and a line to sign."""
    context = _context(request)
    context["columns"].append(_("Still needed"))
    return render(request, "access/administration/permissions_print.html", {**context, "on_paper": True})


@requires(VIEW_PERMISSIONS)
def permissions_csv(request: HttpRequest) -> HttpResponse:
    """Give who has which role as a file."""
    # Translators: the name of a file, in small letters without spaces or accents.
    filename = _("who-may-what-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file(_rows(_permissions(request)), filename=filename)


def _context(request: HttpRequest) -> dict[str, Any]:
    listed = _permissions(request)
    return {
        "groups": [(unit, list(lines)) for unit, lines in groupby(listed, key=_unit)],
        "people": len({each.user_id for each in listed}),
        "today": clock.today(),
        "columns": [_("Name"), _("Post"), _("Role"), _("From"), _("Until")],
        "actions": access_words.for_some(),
        "everyone": access_words.for_everyone(),
        "role_names": list(access_words.ROLES.values()),
        "action_columns": [_("What"), *access_words.ROLES.values()],
    }


def _unit(permission: Permission) -> tuple[str, str, bool]:
    return permission.unit_name, permission.path, permission.from_above


def _permissions(request: HttpRequest) -> list[Permission]:
    return selectors.permissions(actor=actor_of(request), today=clock.today(), now=clock.now())


def _rows(listed: Sequence[Permission]) -> Iterator[list[str]]:
    yield [_("Unit"), _("Part of"), _("Name"), _("Post"), _("Role"), _("From"), _("Until")]
    for each in listed:
        period, role = each.period, access_words.role_name(each.role)
        days = [iso(period.start), iso(period.last_day)]
        yield [each.unit_name, each.path, each.name, each.post_title, role, *days]
