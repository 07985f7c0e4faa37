"""One offer: what it is, for whom, how, when and where, and the same as a sheet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from medspiller.access.declare import public
from medspiller.catalogue import selectors
from medspiller.catalogue.domain.sessions import SessionStatus, seats_left
from medspiller.catalogue.domain.vocabulary import Way
from medspiller.catalogue.web import presenting
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.structured import json_ld
from medspiller.core import clock
from medspiller.ui.navigation import Place, entries_of

_WHY = "anybody may read what help there is"
# More than these stand in the calendar file.
MOST_MEETINGS = 8
# Meetings of a series lie nearer to each other: looking back so far finds out whether it has begun.
_LONGEST_BREAK = timedelta(days=366)


@public(_WHY)
def offer(request: HttpRequest, offer_name: str) -> HttpResponse:
    """Show one offer, and say it to machines too."""
    row = _row(request, offer_name)
    return render(request, "catalogue/offer.html", _shown(request, row) | {"structured": json_ld(request, row)})


@public(_WHY)
def offer_print(request: HttpRequest, offer_name: str) -> HttpResponse:
    """Show the same as a sheet."""
    return render(request, "catalogue/offer_print.html", _shown(request, _row(request, offer_name)))


def _row(request: HttpRequest, slug: str) -> Any:
    return selectors.offer_by_slug(actor=acting(request), slug=slug, on=clock.today())


def _shown(request: HttpRequest, row: Any) -> dict[str, Any]:
    today = clock.today()
    shown = presenting.page(row, today=today)
    return {
        "offer": shown,
        "card": shown.card,
        "meetings": meetings(request, row) if row.entry_id else [],
        # Nobody is left with nothing to call or click.
        "keeper": None if shown.numbers else selectors.number_of_keeper(actor=acting(request), row=row, on=today),
        "is_unreached": not (shown.numbers or shown.email or shown.chat or shown.website),
        "printed_on": today,
        "is_made_up": bool(settings.DEMO) and row.tenant_id is not None,
    }


def meetings(request: HttpRequest, row: Any) -> list[presenting.Meeting]:
    """Return the next meetings of an offer, each with where one signs up if there is room or a waiting list."""
    now = clock.now()
    rows = selectors.sessions_of(actor=acting(request), entry_id=row.entry_id, after=now - _LONGEST_BREAK)
    together = _together(rows)
    closes = {each.id: _deadline(planned[0]) for planned in together.values() for each in planned}
    # What has just begun is still there: somebody may be on the way.
    ahead = [each for each in rows if each.starts_at >= now - timedelta(hours=1)]
    shown = []
    asked_for: set[UUID] = set()
    for each in ahead[:MOST_MEETINGS]:
        is_open = each.id in closes and now < closes[each.id]
        # One signs up for a series once: at the first of its meetings that is shown and takes place.
        is_asked = is_open and each.series not in asked_for
        one_signs_up_for = together[each.series or each.id] if is_asked else ()
        shown.append(_meeting(request, row, each, one_signs_up_for, is_open=is_open))
        if is_open and each.series:
            asked_for.add(each.series)
    return shown


def _together(rows: Sequence[Any]) -> dict[UUID, list[Any]]:
    """Return the meetings that take place by what one signs up for, a series or one of them, the first one first."""
    found: dict[UUID, list[Any]] = {}
    for each in rows:
        if each.status == SessionStatus.PLANNED.value:
            found.setdefault(each.series or each.id, []).append(each)
    return found


def _deadline(session: Any) -> datetime:
    deadline: datetime = min(session.deadline or session.starts_at, session.starts_at)
    return deadline


def _meeting(
    request: HttpRequest, row: Any, session: Any, together: Sequence[Any], *, is_open: bool
) -> presenting.Meeting:
    """Show a meeting; `together` is what one signs up for here, nothing where one does not."""
    place = session.place or {}
    is_cancelled = session.status == SessionStatus.CANCELLED.value
    # Others' meetings are signed up for where they say.
    takes_sign_ups = row.way == Way.SIGN_UP.value and row.tenant_id == acting(request).tenant_id
    is_full = any(seats_left(capacity=each.capacity, taken=each.taken) == 0 for each in together)
    is_leading_on = takes_sign_ups and together and (not is_full or together[0].has_waiting_list)
    ways = entries_of(request, Place.MEETING, row.slug, session.id) if is_leading_on else []
    where = ", ".join(dict.fromkeys(filter(None, (place.get("name"), place.get("street"), place.get("city")))))
    return presenting.Meeting(
        title=presenting.say(session.title),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        where=where,
        is_digital=session.is_digital,
        seats=presenting.seats_in_words(session.capacity, session.taken, waits=session.has_waiting_list),
        is_cancelled=is_cancelled,
        reason=presenting.say(session.reason),
        is_open=is_open,
        sign_up=ways[0].href if ways else "",
        # Whoever presses it where all is full waits.
        sign_up_label=(_("Join the waiting list") if is_full else ways[0].label) if ways else "",
        is_series=session.series is not None,
    )
