"""What somebody has answered more than once: side by side, as tables, and drawn."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.people.selectors import Subject as Opened
from medspiller.questionnaires.domain.reading_back.drawing import in_dark
from medspiller.questionnaires.selectors import charts
from medspiller.questionnaires.selectors import over_time as selectors
from medspiller.questionnaires.selectors.charts import Drawing
from medspiller.questionnaires.selectors.over_time import OverTime
from medspiller.questionnaires.services.charts import order_chart
from medspiller.questionnaires.web.acting import OWN, STAFF, Area, acting, language
from medspiller.questionnaires.web.addresses import over_time_address
from medspiller.questionnaires.web.over_time_wording import KINDS, apart_in_words, course_in_words, not_a_diagnosis
from medspiller.ui.components.tables import Column
from medspiller.ui.forms import typed

# A page left open must not ask for ever: that would keep its session alive.
ASKS_MOST = 15
PART = "q-chart"
DARK = "moerk"


@requires("questionnaires.read")
def over_time(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what a person has answered over time, or what there is to choose from."""
    return _over_time(request, STAFF, acting(request), person_id)


@requires("questionnaires.answer_own")
def own_over_time(request: HttpRequest) -> HttpResponse:
    """Show a citizen's own."""
    oneself = people.registered_as(actor=acting(request))
    if oneself.person_id is None:
        return render(request, "questionnaires/own_nobody.html")
    return _over_time(request, OWN, oneself, oneself.person_id)


@requires("questionnaires.read")
def chart(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give the drawing of a person's figures, if the actor may see them now."""
    return _chart(request, acting(request), person_id)


@requires("questionnaires.answer_own")
def own_chart(request: HttpRequest) -> HttpResponse:
    """Give the drawing of a citizen's own."""
    oneself = people.registered_as(actor=acting(request))
    if oneself.person_id is None:
        raise NotFound("nobody here")
    return _chart(request, oneself, oneself.person_id)


def _over_time(request: HttpRequest, area: Area, actor: Actor, person_id: UUID) -> HttpResponse:
    url = typed(request.GET).get("skjema", "")
    if not url:
        return _choice(request, area, actor, person_id)
    if request.headers.get("HX-Target") == PART:
        found = charts.drawing(actor=actor, person_id=person_id, url=url, language=language())
        return render(request, "questionnaires/over_time/_chart.html", _part(request, area, person_id, url, found))
    opened, seen = selectors.over_time(
        actor=actor, person_id=person_id, url=url, language=language(), earlier_id=_id_in(request.GET.get("fra", ""))
    )
    shown = {**_shown(area, opened, seen), **_drawn(request, area, actor, person_id, seen)}
    return render(request, "questionnaires/over_time/over_time.html", shown)


def _choice(request: HttpRequest, area: Area, actor: Actor, person_id: UUID) -> HttpResponse:
    opened, rows = selectors.followed(actor=actor, person_id=person_id, language=language())
    shown = {
        "area": area,
        "person_id": person_id,
        "name": opened.name,
        "lines": [(row, over_time_address(area, person_id, row.url)) for row in rows],
        "columns": [Column(_("Form")), Column(_("Times answered"), numeric=True)],
        "list_url": _list_address(area, person_id),
    }
    return render(request, "questionnaires/over_time/choice.html", shown)


def _shown(area: Area, opened: Opened, seen: OverTime) -> dict[str, Any]:
    beside = seen.compared
    person_id = opened.person_id
    return {
        "area": area,
        "person_id": person_id,
        "name": opened.name,
        "seen": seen,
        "courses": [course_in_words(each, seen.instrument, language()) for each in seen.courses],
        "columns": [_("Answered"), _("Figure"), _("Since last time")],
        "not_a_diagnosis": not_a_diagnosis(seen.instrument, language()) if seen.courses else "",
        "attribution": seen.instrument.attribution if seen.instrument else "",
        "beside": beside,
        "changes": [(each, KINDS[each.kind]) for each in beside.said.changes] if beside else [],
        "change_columns": _change_columns(beside),
        "beside_apart": apart_in_words(beside.apart) if beside and beside.apart else "",
        "others": [
            (each, over_time_address(area, person_id, seen.url, fra=str(each.id))) for each in reversed(seen.taken[:-1])
        ],
        "choice_url": over_time_address(area, person_id),
        "list_url": _list_address(area, person_id),
    }


def _change_columns(beside: selectors.Compared | None) -> list[str]:
    if beside is None:
        return []
    return [_("Question"), _("Before"), _("Now"), _("What is different")]


def _drawn(request: HttpRequest, area: Area, actor: Actor, person_id: UUID, seen: OverTime) -> dict[str, Any]:
    """The drawing; where there is none yet, it is asked for."""
    picture = charts.picture_of(actor=actor, seen=seen, language=language())
    if picture is None:
        return {"picture": None}
    row = order_chart(actor=actor, person_id=person_id, url=seen.url, picture=picture)
    found = charts.drawing_in(actor=actor, picture=picture, row=row)
    return _part(request, area, person_id, seen.url, found)


def _part(request: HttpRequest, area: Area, person_id: UUID, url: str, found: Drawing) -> dict[str, Any]:
    try:
        asked = int(request.GET.get("n", "0"))
    except ValueError:
        asked = ASKS_MOST
    waits = found.svg is None and found.problem is None
    return {
        "picture": found.picture,
        "is_drawn": found.svg is not None,
        "problem": found.problem,
        "light": over_time_address(area, person_id, url, name="chart"),
        "dark": over_time_address(area, person_id, url, name="chart", tema=DARK),
        "ask_again": over_time_address(area, person_id, url, n=str(asked + 1)) if waits and asked < ASKS_MOST else "",
        "reload": over_time_address(area, person_id, url),
    }


def _chart(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    url = typed(request.GET).get("skjema", "")
    found = charts.drawing(actor=actor, person_id=person_id, url=url, language=language(), is_read=True)
    if found.svg is None:
        raise NotFound(f"drawing of {url}")
    svg = in_dark(found.svg) if request.GET.get("tema") == DARK else found.svg
    return HttpResponse(
        svg,
        content_type="image/svg+xml; charset=utf-8",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            # Nothing in a drawing runs or fetches, even when it is opened by itself.
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )


def _list_address(area: Area, person_id: UUID) -> str:
    return area.url("list") if area.is_own else area.url("about", person_id)


def _id_in(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
