"""What all doors of people need of a request."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.clock import OSLO
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.scans import ENDINGS
from medspiller.people.selectors import Scan
from medspiller.ui.spreadsheets import csv_file


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def leave_refusal(request: HttpRequest, closed: Closed) -> None:
    """Leave a refusal that looks like nobody where the access log finds it, once this transaction is over."""
    request.refusal = closed.refusal  # type: ignore[attr-defined]


def start_of(day: date) -> datetime:
    """Return the moment a day begins in Norway."""
    return datetime.combine(day, time(), tzinfo=OSLO)


def end_of(last_day: date) -> datetime:
    """Return the moment after a day, in Norway: what people mean by *to and with*."""
    return start_of(last_day + timedelta(days=1))


def table_file(heading: Sequence[str], lines: Iterable[Sequence[str]], *, name: str) -> HttpResponse:
    """Give a table as a file that spreadsheets in Norway open as one, with nothing in it that they would run."""
    return csv_file([[str(cell) for cell in heading], *lines], filename=name)


def paper_file(paper: Scan, content: bytes) -> HttpResponse:
    """Give the paper of a consent as a file to keep, which no browser opens as a page of ours."""
    # Translators: the name of a file without its ending, in small letters without spaces or accents.
    name = _("consent-%(day)s") % {"day": clock.day_of(paper.added_at).isoformat()}
    return HttpResponse(
        content,
        content_type=paper.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{ENDINGS[paper.media_type]}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
