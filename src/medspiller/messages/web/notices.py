"""The notices that one's units have sent: whether they arrived, and what to do where nobody knows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.messages import selectors, services
from medspiller.messages.domain.notices import NotNow
from medspiller.messages.selectors import NoticeLine
from medspiller.messages.web.forms import NarrowForm
from medspiller.messages.web.wording import CHANNELS, COLORS, REASONS, STATES
from medspiller.ui.components.formats import moment
from medspiller.ui.components.tables import Column
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

MOST_COPIED = 5_000


@requires("messages.view_notices")
def sent(request: HttpRequest) -> HttpResponse:
    """Show the notices that the actor's units look after, newest first."""
    form = NarrowForm(request.GET)
    actor = _acting(request)
    page = page_of(selectors.notices(actor=actor, narrowed=form.narrowed), request)
    ways = selectors.ways_out(actor=actor)
    return render(
        request,
        "messages/notices.html",
        {
            "form": form,
            "page": page,
            "lines": [_shown(line) for line in page.object_list],
            "columns": [
                _("Made"),
                _("To whom"),
                _("What it says"),
                _("How it went"),
                Column(_("What you can do"), hidden_label=True),
            ],
            "closed_ways": [CHANNELS[way.channel] for way in ways if way.leaves_machine is None],
            "kept_ways": [CHANNELS[way.channel] for way in ways if way.leaves_machine is False],
            "query": request.GET.urlencode(),
            "is_narrowed": any(request.GET.get(name) for name in form.fields),
        },
        status=200 if form.is_valid() else 422,
    )


@requires("messages.view_notices")
def sent_csv(request: HttpRequest) -> HttpResponse:
    """Give the same list as a file that spreadsheets open as a table."""
    form = NarrowForm(request.GET)
    lines = selectors.notices(actor=_acting(request), narrowed=form.narrowed)[:MOST_COPIED]
    heading = [_("Made"), _("To whom"), _("Channel"), _("Where"), _("What it says"), _("How it went"), _("Why")]
    heading += [_("When"), _("Unit"), _("Sent by")]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("notices-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([heading, *(_cells(line) for line in lines)], filename=name)


@requires("messages.decide_notice", methods=("POST",))
def try_again(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Send once more what may not have arrived."""
    try:
        services.try_again(actor=_acting(request), notice_id=notice_id)
    except NotNow as refusal:
        _say_too_late(request, refusal)
    else:
        messages.success(request, _("It is being sent once more. The state changes here when it is done."))
    return redirect("messages:notices")


@requires("messages.decide_notice", methods=("POST",))
def stop(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Let a notice be."""
    try:
        services.stop(actor=_acting(request), notice_id=notice_id)
    except NotNow as refusal:
        _say_too_late(request, refusal)
    else:
        messages.success(request, _("The notice is stopped. The person still finds it on their own page."))
    return redirect("messages:notices")


def _say_too_late(request: HttpRequest, refusal: NotNow) -> None:
    said = _("Something happened to the notice in the meantime. It now says: %(state)s.") % {
        "state": STATES[refusal.state]
    }
    messages.warning(request, said)


def _acting(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _shown(line: NoticeLine) -> dict[str, object]:
    return {
        "notice": line,
        "state": STATES[line.state],
        "color": COLORS[line.state],
        "reason": REASONS[line.reason] if line.reason else "",
        "channel": CHANNELS[line.channel] if line.channel else "",
        "is_uncertain": line.state.value == "uncertain",
    }


def _cells(line: NoticeLine) -> list[str]:
    return [
        moment(line.created_at),
        line.person_name,
        str(CHANNELS[line.channel]) if line.channel else "",
        line.address_end,
        line.text,
        str(STATES[line.state]),
        str(REASONS[line.reason]) if line.reason else "",
        moment(line.handed_over_at),
        line.unit_name,
        line.sent_by_name,
    ]
