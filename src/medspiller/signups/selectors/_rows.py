"""Rows of the catalogue as sign-ups see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.signups.domain.catalogue_rows import Session
from medspiller.signups.domain.meetings import Meeting
from medspiller.signups.domain.places import LIVE
from medspiller.signups.models import SignUp


def meeting_of(session: Session) -> Meeting:
    """Return what a sign-up needs to know of a row of the catalogue."""
    return Meeting(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        capacity=session.capacity,
        taken=session.taken,
        deadline=session.deadline,
        has_waiting_list=session.has_waiting_list,
        allows_anonymous=session.allows_anonymous,
        is_cancelled=session.status != SessionStatus.PLANNED,
    )


def together_with(session: Session) -> list[Session]:
    """Return a meeting and the others of its series, by start."""
    rows = [session]
    if session.series is not None:
        kin: Any = type(session)
        rows = list(kin.objects.filter(series=session.series, tenant_id=session.tenant_id))
    return sorted(rows, key=lambda row: (row.starts_at, row.id))


def anchor_of(sessions: Sequence[Session]) -> Session:
    """Return the one of a series that sign-ups are written at. It does not change when a meeting is moved."""
    return min(sessions, key=lambda each: each.id)


def untold(*, anchor_id: UUID) -> QuerySet[SignUp]:
    """Return those with a place, or who wait, at meetings of which there is something to tell them, the first first."""
    live = [each.value for each in LIVE]
    rows = SignUp.objects.filter(session_id=anchor_id, state__in=live, news_at__isnull=False, told_at=None)
    return rows.select_related("owner").order_by("number")


def can_be_called(row: SignUp) -> bool:
    """Say whether there is anybody to call: the anonymous look at their link."""
    return bool(row.name or row.contact or row.owner_id)
