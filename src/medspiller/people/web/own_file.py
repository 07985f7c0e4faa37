"""Everything that is somebody's own, as one file: to read, and for another program."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import selectors
from medspiller.people.web.acting import acting
from medspiller.people.web.own_parts import Part, parts_of
from medspiller.ui.spreadsheets import harmless

TAKE = "people.take_out_own_data"


@requires(TAKE)
def take_out(request: HttpRequest) -> HttpResponse:
    """Say what is in the file before it is fetched."""
    found = selectors.own_page(actor=acting(request))
    return render(request, "people/own_file.html" if found else "people/own_nobody.html")


@requires(TAKE, recent_sign_in=True)
def own_file(request: HttpRequest) -> HttpResponse:
    """Give everything as one ZIP: a page to read, the same for another program, and each part as a table."""
    found = selectors.own_data(actor=acting(request))
    if found is None:
        raise NotFound("registered nowhere here")
    parts = parts_of(found)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        # Translators: names of files, in small letters without spaces or accents.
        file.writestr(_("my-data.html"), render_to_string("people/own_data.html", {"parts": parts, "at": clock.now()}))
        file.writestr(_("my-data.json"), as_json(parts))
        for part in parts:
            file.writestr(f"{part.name}.csv", _table(part))
    # Translators: the name of a file without its ending, in small letters without spaces or accents.
    name = _("my-data-%(day)s") % {"day": clock.today().isoformat()}
    return HttpResponse(
        packed.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )


def as_json(parts: Sequence[Part]) -> str:
    """Return the parts for another program: names that stay, days and moments as ISO 8601 has them."""
    told = {
        part.name: [
            {name: _plain(cell) for (name, _words), cell in zip(part.columns, row, strict=True)} for row in part.rows
        ]
        for part in parts
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _plain(cell: object) -> object:
    if cell is None or isinstance(cell, bool):
        return cell
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def _table(part: Part) -> str:
    file = io.StringIO()
    # Without this mark Excel takes the letters for another alphabet.
    file.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([words for _name, words in part.columns])
    writer.writerows([harmless(cell) for cell in line] for line in part.lines)
    return file.getvalue()
