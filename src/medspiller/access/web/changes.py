"""Who changed what, when: posts, roles, providers, units, the newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access import selectors
from medspiller.access.declare import requires
from medspiller.access.selectors.changes import VIEW_CHANGES, Change, ChangeKind, Found
from medspiller.access.templatetags.access_words import role_name
from medspiller.access.web.administration import actor_of
from medspiller.access.web.administration_forms import ChangedWithinForm
from medspiller.core import clock
from medspiller.core.clock import OSLO
from medspiller.core.versions import Version
from medspiller.organisations import selectors as organisations
from medspiller.ui.components.formats import moment, short_day, telephone
from medspiller.ui.forms import typed
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

KINDS: Mapping[ChangeKind, Promise] = {
    ChangeKind.HOLDING: gettext_lazy("Posts held"),
    ChangeKind.GRANT: gettext_lazy("Roles"),
    ChangeKind.ACCOUNT: gettext_lazy("Accounts"),
    ChangeKind.PROVIDER: gettext_lazy("Sign-in"),
    ChangeKind.UNIT: gettext_lazy("Units"),
    ChangeKind.POST: gettext_lazy("Posts"),
    ChangeKind.ORGANISATION: gettext_lazy("Organisations"),
}

HAPPENED: Mapping[tuple[str, str], Promise] = {
    ("holding", "insert"): gettext_lazy("Post given"),
    ("holding", "update"): gettext_lazy("Time in a post changed"),
    ("holding", "ended"): gettext_lazy("Post ended"),
    ("holding", "delete"): gettext_lazy("Time in a post removed"),
    ("grant", "insert"): gettext_lazy("Role given"),
    ("grant", "update"): gettext_lazy("Role changed"),
    ("grant", "ended"): gettext_lazy("Role ended"),
    ("grant", "delete"): gettext_lazy("Role removed"),
    ("account", "insert"): gettext_lazy("Account registered"),
    ("account", "update"): gettext_lazy("Account changed"),
    ("account", "closed"): gettext_lazy("Account closed"),
    ("account", "reopened"): gettext_lazy("Account opened again"),
    ("account", "delete"): gettext_lazy("Account removed"),
    ("provider", "insert"): gettext_lazy("Provider added"),
    ("provider", "update"): gettext_lazy("Provider changed"),
    ("provider", "delete"): gettext_lazy("Provider removed"),
    ("unit", "insert"): gettext_lazy("Unit opened"),
    ("unit", "update"): gettext_lazy("Unit changed"),
    ("unit", "delete"): gettext_lazy("Unit removed"),
    ("post", "insert"): gettext_lazy("Post opened"),
    ("post", "update"): gettext_lazy("Post changed"),
    ("post", "delete"): gettext_lazy("Post removed"),
    ("organisation", "insert"): gettext_lazy("Organisation registered"),
    ("organisation", "update"): gettext_lazy("Organisation changed"),
    ("organisation", "delete"): gettext_lazy("Organisation removed"),
}

FIELDS: Mapping[str, Promise] = {
    "person": gettext_lazy("Person"),
    "post": gettext_lazy("Post"),
    "unit": gettext_lazy("Unit"),
    "role": gettext_lazy("Role"),
    "valid_from": gettext_lazy("First day"),
    "valid_to": gettext_lazy("Last day"),
    "ended_at": gettext_lazy("Ended"),
    "name": gettext_lazy("Name"),
    "title": gettext_lazy("Title"),
    "kind": gettext_lazy("Kind"),
    "parent": gettext_lazy("Part of"),
    "opened_on": gettext_lazy("Open from"),
    "closed_from": gettext_lazy("Closed from"),
    "notice": gettext_lazy("Notice to colleagues"),
    "opening_hours": gettext_lazy("Opening hours"),
    "phone": gettext_lazy("Phone"),
    "about": gettext_lazy("About"),
    "website": gettext_lazy("Website"),
    "issuer": gettext_lazy("Issuer"),
    "client_id": gettext_lazy("Client ID"),
    "scopes": gettext_lazy("Scopes"),
    "acr_values": gettext_lazy("Levels (acr)"),
    "amr_values": gettext_lazy("Methods (amr)"),
    "email": gettext_lazy("E-mail address"),
    "is_active": gettext_lazy("In use"),
    "state_reason": gettext_lazy("Why"),
}
# A file of more is read by nobody, and takes long to make.
EXPORTED = 999
EVER: Mapping[str, str] = MappingProxyType({})
# What a changed row is known by, in a line of its own.
_NAMES = ("person", "name", "title")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a row: what it says now, and what it said before (empty for a new row)."""

    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Line:
    """A change as it is read. `who` is empty when it is not known."""

    at: datetime
    happened: str
    about: str
    who: str
    href: str
    is_new: bool
    differences: tuple[Difference, ...]


@requires(VIEW_CHANGES)
def changes(request: HttpRequest) -> HttpResponse:
    """Show the changes: `?vis=` narrows to a kind, `?person=` to what somebody did or was given, and days to a time."""
    actor, form = actor_of(request), ChangedWithinForm(typed(request.GET))
    kind, person_id = _kind(request), _person(request)
    page = page_of(_found(request, form), request)
    kinds = _unit_kinds(request)
    read = selectors.changes_read(actor=actor, found=list(page.object_list))
    within = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "page": page,
        "form": form,
        "kind": kind,
        "is_narrowed": bool(within),
        "csv_href": f"{reverse('access:administration_changes_csv')}{_address(kind, person_id, within)}",
        "lines": [_line(each, kinds) for each in read],
        "kinds": [
            (_address(each, person_id, within), words, each is kind)
            for each, words in [(None, _("All")), *KINDS.items()]
        ],
        "person_id": person_id,
        "person": selectors.person_name(actor=actor, person_id=person_id) if person_id else "",
        "columns": _columns(),
    }
    return render(request, "access/administration/changes.html", context, status=422 if form.errors else 200)


@requires(VIEW_CHANGES)
def changes_csv(request: HttpRequest) -> HttpResponse:
    """Give the same changes as a file, the newest `EXPORTED` of them."""
    actor, kinds = actor_of(request), _unit_kinds(request)
    found = list(_found(request, ChangedWithinForm(typed(request.GET)))[: EXPORTED + 1])
    read = selectors.changes_read(actor=actor, found=found[:EXPORTED])
    rows = [_columns(), *(_cells(_line(each, kinds)) for each in read)]
    if len(found) > EXPORTED:
        rows.append([_("The list is too long for a file. Choose fewer days.")])
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rows, filename=_("changes-%(day)s.csv") % {"day": clock.today().isoformat()})


def _found(request: HttpRequest, form: ChangedWithinForm) -> QuerySet[Any] | list[Found]:
    asked = form.cleaned_data if form.is_valid() else {}
    first, last = asked.get("fra"), asked.get("til")
    return selectors.changes(
        actor=actor_of(request),
        kind=_kind(request),
        person_id=_person(request),
        since=_midnight(first) if first else None,
        until=_midnight(last + timedelta(days=1)) if last else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)


def _columns() -> list[str]:
    return [_("When"), _("What"), _("Changed"), _("By")]


def _cells(line: Line) -> list[str]:
    told = "; ".join(
        f"{each.field}: {each.now}" if line.is_new else f"{each.field}: {each.before} → {each.now}"
        for each in line.differences
    )
    return [moment(line.at), f"{line.happened}: {line.about}", told, line.who or _("Not known")]


def _line(change: Change, kinds: Mapping[str, str]) -> Line:
    version = change.version
    name = next((version.now[name] for name in _NAMES if version.now.get(name)), "")
    return Line(
        at=version.at,
        happened=str(HAPPENED.get((version.kind, _happened(version)), version.kind)),
        about=str(name),
        who=_("The system") if change.by_system else change.who,
        href=_address(None, version.actor_id) if change.who else "",
        is_new=version.label == "insert",
        differences=tuple(_differences(version, kinds)),
    )


def _happened(version: Version) -> str:
    """What a change is called: what was done with the row, or what ended or began again by it."""
    if version.label != "update":
        return version.label
    if version.now.get("ended_at") and not version.before.get("ended_at"):
        return "ended"
    if version.kind == ChangeKind.ACCOUNT and version.now["is_active"] != version.before.get("is_active"):
        return "reopened" if version.now["is_active"] else "closed"
    return "update"


def _differences(version: Version, kinds: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted(version.changed, key=list(FIELDS).index):
        if version.label == "insert" and name in _NAMES:
            continue
        before, now = version.before.get(name), version.now.get(name)
        yield Difference(
            field=str(FIELDS[name]),
            before="" if version.label == "insert" else _words(name, before, kinds),
            now=_words(name, now, kinds),
        )


def _words(name: str, value: Any, kinds: Mapping[str, str]) -> str:
    """Write what a field says, as people say it."""
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "role":
        return role_name(value)
    if name == "kind":
        return kinds.get(value, value)
    if name == "valid_to":
        return short_day(date.fromisoformat(value) - timedelta(days=1))
    if name in {"valid_from", "opened_on", "closed_from"}:
        return short_day(date.fromisoformat(value))
    if name == "phone":
        return telephone(value)
    if name == "ended_at":
        return moment(datetime.fromisoformat(value))
    return str(value)


def _address(kind: ChangeKind | None, person_id: UUID | None, within: Mapping[str, str] = EVER) -> str:
    asked = {"vis": kind, "person": person_id, **within}
    return f"?{urlencode({name: str(value) for name, value in asked.items() if value})}"


def _unit_kinds(request: HttpRequest) -> dict[str, str]:
    actor = actor_of(request)
    kinds = [*organisations.unit_kinds(actor=actor), *organisations.organisation_kinds(actor=actor)]
    return {kind.value: name for kind, name in kinds}


def _kind(request: HttpRequest) -> ChangeKind | None:
    try:
        return ChangeKind(request.GET.get("vis", ""))
    except ValueError:
        return None


def _person(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("person", ""))
    except ValueError:
        return None
