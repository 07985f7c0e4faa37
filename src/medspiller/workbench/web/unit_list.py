"""All units of the tenant: looked for by name, as a list, as a tree, and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.organisations import selectors
from medspiller.organisations.selectors.units import Unit
from medspiller.ui.components.formats import iso, telephone
from medspiller.ui.components.tables import Column, sorting
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

SORTS = ("name", "kind", "path")


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in a list; `path` names the units it is part of, from the top."""

    unit: Unit
    path: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree with those below it."""

    unit: Unit
    below: "list[Branch]" = field(default_factory=list)


@requires("organisations.view_unit")
def units(request: HttpRequest) -> HttpResponse:
    """Show the units found by `?q=`, else all: as a list, or with `?vis=tre` as a tree."""
    text = _sought(request)
    as_tree = not text and request.GET.get("vis") == "tre"
    sorted_by = sorting(request.GET, allowed=SORTS, default="" if text else "path")
    lines = _lines(request, text)
    template = "workbench/units.html"
    response = render(
        request,
        f"{template}#units" if request.htmx else template,  # type: ignore[attr-defined]
        {
            "text": text,
            "as_tree": as_tree,
            "is_list": not as_tree,
            "csv_url": f"{reverse('workbench:units_csv')}?{request.GET.urlencode()}",
            "branches": _branches(lines) if as_tree else (),
            "page": page_of(_sorted(lines, sorted_by), request),
            "columns": [
                Column(_("Name"), sort="name"),
                Column(_("Kind"), sort="kind"),
                Column(_("Part of"), sort="path"),
            ],
            "sorted_by": sorted_by,
        },
    )
    patch_vary_headers(response, ("HX-Request",))
    return response


@requires("organisations.view_unit")
def units_csv(request: HttpRequest) -> HttpResponse:
    """Give the same units as a file that spreadsheets in Norway open as a table."""
    text = _sought(request)
    lines = _sorted(_lines(request, text), sorting(request.GET, allowed=SORTS, default="" if text else "path"))
    return csv_file(_rows(lines), filename=_filename(clock.today()))


def _sought(request: HttpRequest) -> str:
    """What was typed to search for, without signs that no page can show."""
    typed = request.GET.get("q", "")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())


def _lines(request: HttpRequest, text: str) -> list[Line]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tree = selectors.unit_tree(actor=actor, on=clock.today())
    known: dict[UUID | None, Unit] = {node.unit.id: node.unit for node in tree}
    shown = selectors.search_units(actor=actor, text=text) if text else [node.unit for node in tree]
    return [Line(unit=unit, path=" › ".join(_names_above(unit, known))) for unit in shown]


def _names_above(unit: Unit, known: Mapping[UUID | None, Unit]) -> list[str]:
    names: list[str] = []
    above = known.get(unit.parent_id)
    while above is not None:
        names.insert(0, above.name)
        above = known.get(above.parent_id)
    return names


def _sorted(lines: list[Line], sorted_by: str) -> list[Line]:
    """By the column asked for; as they came (closest first, or as the tree goes) without one."""
    column = sorted_by.removeprefix("-")
    keys = {
        "name": lambda line: line.unit.name.casefold(),
        "kind": lambda line: (line.unit.kind_name.casefold(), line.unit.name.casefold()),
    }
    if column not in keys:
        return lines[::-1] if sorted_by.startswith("-") else lines
    return sorted(lines, key=keys[column], reverse=sorted_by.startswith("-"))


def _branches(lines: Sequence[Line]) -> list[Branch]:
    branches: dict[UUID | None, Branch] = {line.unit.id: Branch(unit=line.unit) for line in lines}
    top: list[Branch] = []
    for line in lines:
        above = branches.get(line.unit.parent_id)
        (above.below if above else top).append(branches[line.unit.id])
    return top


def _rows(lines: Sequence[Line]) -> Iterator[list[str]]:
    told = (_("Opening hours"), _("Phone"), _("Open from"), _("Closed from"))
    yield [_("Name"), _("Kind"), _("Part of"), *told]
    for line in lines:
        unit, period = line.unit, (iso(line.unit.opened_on), iso(line.unit.closed_from))
        yield [unit.name, unit.kind_name, line.path, unit.opening_hours, telephone(unit.phone), *period]


def _filename(today: date) -> str:
    # Translators: the name of a file, in small letters without spaces or accents.
    return _("units-%(day)s.csv") % {"day": today.isoformat()}
