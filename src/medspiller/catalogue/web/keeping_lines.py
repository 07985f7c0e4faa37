"""Entries, versions, reports and meetings in words, for the tables of those who keep them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from medspiller.catalogue.domain.changes import Change
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.feedback import Wrong
from medspiller.catalogue.domain.reading import Unreadable
from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.catalogue.selectors import keeping
from medspiller.catalogue.web import presenting
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.staff_wording import (
    LANGUAGE_ORDER,
    PARTS,
    STATE_COLORS,
    STATES,
    STATUS_COLORS,
    STATUSES,
    part_words,
    said,
    value_words,
)
from medspiller.catalogue.web.wording import WRONGS
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.ui.navigation import Place, Shown, entries_of


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in words. `states` are the word and the colour of each."""

    id: UUID
    title: str
    offered_by: str
    unit_name: str
    review_on: date
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in words."""

    id: UUID
    number: int
    state: str
    color: str
    made_at: datetime
    made_by: str
    note: str
    decided_at: datetime | None
    decided_by: str
    reason: str

    @property
    def id_text(self) -> str:
        return str(self.id)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in words."""

    part: str
    before: str
    after: str
    language: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What a reader says is wrong, in words."""

    id: UUID
    entry_id: UUID | None
    slug: str
    wrong: str
    text: str
    reported_at: datetime
    dealt_with_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in words; `may_change`: it is planned and has not begun. `ways` lead to pages of apps above."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    seats: str
    state: str
    color: str
    is_series: bool
    may_change: bool
    ways: tuple[Shown, ...]


def entry_lines(rows: Iterable[Any]) -> list[EntryLine]:
    """Return entries of the list in words."""
    return [_entry_line(keeping.Listed.of(row)) for row in rows]


def version_lines(rows: Sequence[Any]) -> list[VersionLine]:
    """Return versions in words."""
    return [
        VersionLine(
            id=row.id,
            number=row.number,
            state=str(STATUSES[Status(row.status)]),
            color=STATUS_COLORS[Status(row.status)],
            made_at=row.made_at,
            made_by=row.made_by.name if row.made_by else "",
            note=row.note,
            decided_at=row.decided_at,
            decided_by=row.decided_by.name if row.decided_by else "",
            reason=row.reason,
        )
        for row in rows
    ]


def change_lines(changes: Iterable[Change]) -> list[ChangeLine]:
    """Return what is different between two wordings, in words."""
    return [
        ChangeLine(
            part=part_words(change.path),
            before=value_words(change.path, change.before),
            after=value_words(change.path, change.after),
            language=_language(change.path),
        )
        for change in sorted(changes, key=_place_on_page)
    ]


def report_lines(rows: Iterable[Any]) -> list[ReportLine]:
    """Return what readers say in words."""
    return [
        ReportLine(
            id=row.id,
            entry_id=row.entry_id,
            slug=row.slug,
            wrong=str(WRONGS[Wrong(row.wrong)]),
            text=row.text or "",
            reported_at=row.reported_at,
            dealt_with_at=row.dealt_with_at,
        )
        for row in rows
    ]


def meeting_lines(request: HttpRequest, rows: Iterable[Any]) -> list[MeetingLine]:
    """Return meetings in words: the next one first, and after those ahead the past, the latest first."""
    now = clock.now()
    lines = [_meeting_line(request, row, now) for row in rows]
    ahead = sorted((each for each in lines if each.ends_at > now), key=lambda each: each.starts_at)
    past = [each for each in lines if each.ends_at <= now]
    return ahead + sorted(past, key=lambda each: each.starts_at, reverse=True)


def shown_as_public(request: HttpRequest, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the public's own template needs to show a wording; `offer` is None where it cannot be shown."""
    try:
        row = keeping.as_published(actor=acting(request), body=body)
    except (Unreadable, NotFound):
        return {"offer": None, "card": None}
    page = presenting.page(row, today=clock.today())
    return {"offer": page, "card": page.card}


def _entry_line(listed: keeping.Listed) -> EntryLine:
    # What is shown and in order needs no further word.
    kept = tuple(state for state in listed.states if state is not keeping.State.LIVE) or listed.states
    return EntryLine(
        id=listed.id,
        title=said(listed.title) or listed.slug,
        offered_by=listed.organisation_name,
        unit_name=listed.unit_name,
        review_on=listed.review_on,
        states=tuple((str(STATES[state]), STATE_COLORS[state]) for state in kept),
    )


def _meeting_line(request: HttpRequest, row: Any, now: datetime) -> MeetingLine:
    is_planned, is_ahead = row.status == SessionStatus.PLANNED.value, row.starts_at > now
    state = _("Cancelled") if not is_planned else _("Planned") if is_ahead else _("Has taken place")
    seats = (
        _("%(taken)s of %(all)s taken") % {"taken": row.taken, "all": row.capacity} if row.capacity else _("No limit")
    )
    return MeetingLine(
        id=row.id,
        title=said(row.title),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        seats=seats,
        state=state,
        color="warning" if not is_planned else "success" if is_ahead else "neutral",
        is_series=row.series is not None,
        may_change=is_planned and is_ahead,
        ways=tuple(entries_of(request, Place.KEPT_MEETING, row.entry_id, row.id)),
    )


def _place_on_page(change: Change) -> tuple[int, str, int]:
    """Where a part stands on the form, and its languages in their order: the database sorts the names by letter."""
    first, last = change.path.partition(".")[0], change.path.rpartition(".")[2]
    parts, languages = list(PARTS), list(LANGUAGE_ORDER)
    name = first.partition("[")[0]
    at = parts.index(name) if name in parts else len(parts)
    return at, first, languages.index(last) if last in languages else 0


def _language(path: str) -> str:
    last = path.rsplit(".", 1)[-1]
    return last if last in ("nb", "nn", "en") else ""
