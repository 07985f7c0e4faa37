"""Measures by how far they have come: as lanes, as a table, as a file."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.strategy import selectors
from medspiller.strategy.domain.board import Board, BoardFilters, Card, Lack
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.templatetags.strategy_words import FLAGS, LIGHTS, STATUSES, year_span
from medspiller.strategy.web.acting import acting, crumbs_to, views_of
from medspiller.strategy.web.forms import codes
from medspiller.ui.components.tables import Column
from medspiller.ui.forms import Form, typed
from medspiller.ui.paging import page_from, page_number
from medspiller.ui.spreadsheets import csv_file

READ = "strategy.read"
# Each lane by itself: four of them are a screenful.
PER_LANE = 8
# In the address, when the measures are asked for as a table.
LOOK, TABLE = "vis", "tabell"
WORDS_MOST, YEAR_DIGITS = 100, 4
# What stands folded away until it is used.
FOLDED = ("ar", "status", "lys", "mangler")


class FilterForm(Form):
    """What the measures shown have in common."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=WORDS_MOST)
    omrade = forms.ChoiceField(label=gettext_lazy("Focus area"), required=False)
    ansvarlig = forms.ChoiceField(label=gettext_lazy("Who is responsible"), required=False)
    ar = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), required=False, choices=codes(STATUSES, first=gettext_lazy("All"))
    )
    lys = forms.ChoiceField(
        label=gettext_lazy("How it is going"), required=False, choices=codes(LIGHTS, first=gettext_lazy("All"))
    )
    mangler = forms.ChoiceField(
        label=gettext_lazy("What it lacks"), required=False, choices=codes(FLAGS, first=gettext_lazy("All"))
    )

    def offer(self, board: Board) -> None:
        """Let what there is be chosen."""
        every = ("", _("All"))
        self.fields["omrade"].choices = [every, *((str(each), name) for each, name in board.areas)]  # type: ignore[attr-defined]
        self.fields["ansvarlig"].choices = [every, *((each, each) for each in board.owners)]  # type: ignore[attr-defined]
        self.fields["ar"].choices = [every, *((str(each), str(each)) for each in board.years)]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Asked:
    filters: BoardFilters
    is_narrowed: bool


@requires(READ)
def all_boards(request: HttpRequest) -> HttpResponse:
    """Show the measures of all strategies that hold."""
    return _page(request, None)


@requires(READ)
def board(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show the measures of a strategy."""
    return _page(request, strategy_id)


@requires(READ)
def board_csv(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Give the measures that are shown as a file that spreadsheets open as a table."""
    asked = _asked(request)
    cards = selectors.board_rows(actor=acting(request), strategy_id=strategy_id, filters=asked.filters)
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file([_headers(), *(_cells(each) for each in cards)], filename=_("measures.csv"))


def _page(request: HttpRequest, strategy_id: UUID | None) -> HttpResponse:
    asked, number = _asked(request), page_number(request)
    found = selectors.board(
        actor=acting(request), strategy_id=strategy_id, filters=asked.filters, page=number, per_page=PER_LANE
    )
    form = FilterForm(typed(request.GET))
    form.offer(found)
    longest = max((lane.count for lane in found.lanes), default=0)
    page: Page[Any] = page_from((), number=found.page, count=longest, per_page=PER_LANE)
    line = found.strategy
    shown = {
        "board": found,
        "strategy": line,
        "form": form,
        "is_narrowed": asked.is_narrowed,
        "has_more": any(request.GET.get(name) for name in FOLDED),
        "lacks": [(lack.value, number) for lack, number in found.lacks.items() if number],
        "lanes": [(lane.status.value, lane.count, lane.cards) for lane in found.lanes],
        "cards": [card for lane in found.lanes for card in lane.cards],
        "page": page,
        "columns": _columns(),
        "as_table": request.GET.get(LOOK) == TABLE,
        "other_href": _other_look(request),
        "csv_href": _csv_href(request, strategy_id),
        "export_href": f"{reverse('strategy:export', args=[strategy_id, 'board'])}?{query_of(asked.filters)}"
        if strategy_id
        else "",
        "crumbs": crumbs_to(),
        "views": views_of(line, "board") if line else [],
    }
    return render(request, "strategy/board.html", shown)


def _asked(request: HttpRequest) -> _Asked:
    """Read what the address asks for; what it cannot mean narrows nothing."""
    query = {name: str(value) for name, value in typed(request.GET).items()}
    year = query.get("ar", "")
    filters = BoardFilters(
        area_id=_id(query.get("omrade", "")),
        owner=query.get("ansvarlig", ""),
        year=int(year) if year.isascii() and year.isdigit() and len(year) <= YEAR_DIGITS else None,
        status=_code(MeasureStatus, query.get("status", "")),
        light=_code(Light, query.get("lys", "")),
        text=query.get("q", "")[:WORDS_MOST].strip(),
        lack=_code(Lack, query.get("mangler", "")),
    )
    return _Asked(filters=filters, is_narrowed=filters != BoardFilters())


def filters_of(request: HttpRequest) -> BoardFilters:
    """Return what an address narrows a board by."""
    return _asked(request).filters


def query_of(filters: BoardFilters) -> str:
    """Return the address that narrows a board by these; `filters_of` reads it back."""
    said = {
        "omrade": filters.area_id,
        "ansvarlig": filters.owner,
        "ar": filters.year,
        "status": filters.status,
        "lys": filters.light,
        "q": filters.text,
        "mangler": filters.lack,
    }
    return urlencode({name: str(value) for name, value in said.items() if value})


def _id(written: str) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError:
        return None


def _code(codes_of: Any, written: str) -> Any:
    return codes_of(written) if written in {each.value for each in codes_of} else None


def _other_look(request: HttpRequest) -> str:
    """The same measures as lanes where they stand as a table, and the other way round."""
    query = request.GET.copy()
    if query.get(LOOK) == TABLE:
        del query[LOOK]
    else:
        query[LOOK] = TABLE
    return f"?{query.urlencode()}"


def _csv_href(request: HttpRequest, strategy_id: UUID | None) -> str:
    if strategy_id is None:
        return ""
    return f"{reverse('strategy:board_csv', args=[strategy_id])}?{request.GET.urlencode()}"


def _columns() -> list[Column]:
    return [
        Column(_("Measure")),
        Column(_("Who is responsible")),
        Column(_("Years")),
        Column(_("Status")),
        Column(_("How it is going")),
        Column(_("What it lacks")),
    ]


def _headers() -> list[str]:
    return [
        _("Number"),
        _("Focus area"),
        _("Measure"),
        _("Who is responsible"),
        _("First year"),
        _("Last year"),
        _("Status"),
        _("How it is going"),
        _("Last reported"),
        _("What it lacks"),
    ]


def _cells(card: Card) -> list[str]:
    return [
        card.label,
        card.area_title,
        card.text,
        "; ".join(card.owners),
        year_span(card.from_year, card.from_year),
        year_span(card.to_year, card.to_year),
        str(STATUSES[card.status.value]),
        str(LIGHTS[card.light.value]) if card.light else "",
        card.reported_on.isoformat() if card.reported_on else "",
        "; ".join(str(FLAGS[lack.value]) for lack in sorted(card.lacks)),
    ]
