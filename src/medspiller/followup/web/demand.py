"""What carers said no to because it did not fit: need by reason, small numbers kept back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.followup import selectors
from medspiller.followup.domain.suggesting import FEWEST_SHOWN, UNMET, DeclineReason
from medspiller.followup.templatetags.suggestion_words import DECLINED, need_name
from medspiller.followup.web.acting import acting
from medspiller.ui.spreadsheets import csv_file

VIEW = "followup.view_load"
# As tables of official statistics mark a number that is kept back.
KEPT_BACK = ":"
_YEARS = 5


@requires(VIEW)
def unmet(request: HttpRequest) -> HttpResponse:
    """Show what did not fit in a year."""
    year = _year(request)
    shown: dict[str, Any] = {
        "year": year,
        "years": [(str(each), f"?ar={each}", each == year) for each in _years()],
        "csv_query": f"?ar={year}",
        "columns": [_("What was needed"), *_headers()],
        "lines": _lines(request, year),
        "fewest": FEWEST_SHOWN,
    }
    return render(request, "followup/unmet.html", shown)


@requires(VIEW)
def unmet_csv(request: HttpRequest) -> HttpResponse:
    """Give the same as a file."""
    year = _year(request)
    rows = [[name, *(text for _header, text in cells)] for name, cells in _lines(request, year)]
    # Translators: the name of a file without its ending, in small letters without spaces or accents.
    name = _("unmet-needs-%(year)s") % {"year": year}
    return csv_file([[_("What was needed"), *_headers()], *rows], filename=f"{name}.csv")


def _lines(request: HttpRequest, year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    found = selectors.unmet_demand(actor=acting(request), year=year)
    return [
        (need_name(line.need), [(str(DECLINED[reason]), _number(line.counts[reason])) for reason in _reasons()])
        for line in found
    ]


def _number(count: int | None) -> str:
    return KEPT_BACK if count is None else str(count)


def _reasons() -> list[DeclineReason]:
    return [each for each in DeclineReason if each in UNMET]


def _headers() -> list[str]:
    return [str(DECLINED[each]) for each in _reasons()]


def _years() -> list[int]:
    this = clock.today().year
    return list(range(this, this - _YEARS, -1))


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("ar", "")
    return next((each for each in _years() if str(each) == asked), _years()[0])
