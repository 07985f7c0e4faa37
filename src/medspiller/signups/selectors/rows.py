"""Finding sign-ups: one's own, whoever's link it is, those at an organiser's meeting, those that time has passed by."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.views.decorators.debug import sensitive_variables

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.signups import policies
from medspiller.signups.domain.catalogue_rows import Session
from medspiller.signups.domain.meetings import all_ended, free_seats
from medspiller.signups.domain.places import LIVE, NAMES_KEPT, NEEDS_KEPT, State
from medspiller.signups.models import SignUp
from medspiller.signups.selectors._rows import anchor_of, meeting_of, together_with

SECRET_LENGTH = 24


def own_row(*, actor: Actor, sign_up_id: UUID, over: bool = False) -> SignUp:
    """
    Return one of a citizen's own; with `over`, only one that is cancelled, ran out, or was at meetings that are over.

    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.KEEP_OWN)
    found = SignUp.objects.filter(policies.own(actor), id=sign_up_id).select_related("session__entry__live").first()
    if found is None:
        raise NotFound(f"sign-up {sign_up_id}")
    if over and State(found.state) in LIVE:
        meetings = [meeting_of(each) for each in together_with(found.session)]
        if not all_ended(meetings, now=clock.now()):
            raise NotFound(f"{sign_up_id} is not over")
    return found


@sensitive_variables("secret")
def row_by_link(*, actor: Actor, secret: str) -> SignUp:
    """
    Return the one behind a private link.

    :raises NotFound: if there is none.
    """
    found = None
    if len(secret) == SECRET_LENGTH:
        rows = SignUp.objects.filter(secret_hash=SignUp.hash_of_secret(secret))
        found = rows.select_related("session__entry__live").first()
    if found is None:
        raise NotFound("nothing behind this link")
    return found


def row_of(*, actor: Actor, entry_id: UUID, sign_up_id: UUID) -> SignUp:
    """
    Return one at a meeting of an entry.

    :raises NotFound: if there is none, or the actor may not see the entry.
    :raises NotAllowed: if the actor may not edit the entry.
    """
    _edited(actor, entry_id)
    found = SignUp.objects.filter(id=sign_up_id, session__entry_id=entry_id, forgotten_at=None).first()
    if found is None:
        raise NotFound(f"sign-up {sign_up_id}")
    return found


def organised(*, actor: Actor, entry_id: UUID, session_id: UUID) -> Session:
    """
    Return a meeting of an entry that the actor may edit: they see who comes to it.

    :raises NotFound: if they may not see the entry, or it has no such meeting.
    :raises NotAllowed: if they may see it only.
    """
    found: Session | None = _edited(actor, entry_id).sessions.filter(id=session_id).first()
    if found is None:
        raise NotFound(f"session {session_id}")
    return found


def organised_meeting(*, actor: Actor, session_id: UUID) -> Session:
    """
    Return a meeting of an entry that the actor may edit, whichever it is.

    :raises NotFound: if there is none of an entry that they may see.
    :raises NotAllowed: if they may see it only.
    """
    policies.ensure(actor, policies.SEE_PARTICIPANTS)
    found = catalogue.entry_session(actor=actor, session_id=session_id, on=clock.today())
    return organised(actor=actor, entry_id=found.entry_id, session_id=session_id)


def _edited(actor: Actor, entry_id: UUID) -> Any:
    policies.ensure(actor, policies.SEE_PARTICIPANTS)
    today = clock.today()
    entry = catalogue.entry(actor=actor, entry_id=entry_id, on=today)
    if not catalogue.may_edit(actor=actor, entry=entry, on=today):
        raise NotAllowed(action=policies.SEE_PARTICIPANTS, reason="not_own", subject_id=entry_id)
    return entry


def meetings_with_untold(*, actor: Actor) -> list[UUID]:
    """
    Return where sign-ups are written of which somebody is still to be told something.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    live = [each.value for each in LIVE]
    rows = SignUp.objects.filter(state__in=live, news_at__isnull=False, told_at=None)
    return sorted(set(rows.values_list("session_id", flat=True)))


def meetings_of_entry(*, actor: Actor, entry_id: UUID) -> list[UUID]:
    """
    Return where sign-ups for an entry's meetings are written.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = SignUp.objects.filter(session__entry_id=entry_id)
    return sorted(set(rows.values_list("session_id", flat=True)))


def offers_run_out(*, actor: Actor, now: datetime) -> list[UUID]:
    """
    Return the sign-ups whose offer nobody has answered in time.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = SignUp.objects.filter(state=State.OFFERED.value, offer_ends_at__lte=now).order_by("offer_ends_at", "id")
    return list(rows.values_list("id", flat=True))


def with_free_seats(*, actor: Actor, now: datetime) -> list[UUID]:
    """
    Return where sign-ups are written that wait although a seat may be free at the meetings to come.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    # What they are written at may itself be cancelled or over: any of the series says whether there is one to come.
    kin = Q(session__entry__sessions__id=F("session_id")) | Q(session__entry__sessions__series=F("session__series"))
    rows = SignUp.objects.filter(
        kin,
        state=State.WAITING.value,
        session__entry__sessions__status=SessionStatus.PLANNED.value,
        session__entry__sessions__starts_at__gt=now,
    )
    waited_for = rows.select_related("session").order_by("session_id").distinct("session_id")
    return [row.session_id for row in waited_for if free_seats([*map(meeting_of, together_with(row.session))]) != 0]


def to_remind(*, actor: Actor, start: datetime, end: datetime) -> list[tuple[UUID, UUID]]:
    """
    Return each sign-up with each meeting in [start, end) of whoever has an account, or a contact that is safe.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    ahead = catalogue.sessions_between(actor=actor, start=start, end=end).filter(status=SessionStatus.PLANNED.value)
    # Others' meetings are theirs to remind of.
    found: list[tuple[UUID, UUID]] = []
    for session in (each for each in ahead if each.tenant_id == actor.tenant_id):
        anchor = anchor_of(together_with(session))
        told = Q(owner__isnull=False) | Q(may_message=True)
        rows = SignUp.objects.filter(told, session_id=anchor.id, state=State.HELD.value).order_by("id")
        found += [(sign_up_id, session.id) for sign_up_id in rows.values_list("id", flat=True)]
    return found


def needs_to_forget(*, actor: Actor, now: datetime) -> QuerySet[SignUp]:
    """Return the sign-ups whose last meeting was so long ago that nobody needs to know what somebody needs."""
    policies.ensure(actor, policies.LOOK_AFTER)
    return _ended_before(now - NEEDS_KEPT).filter(needs__isnull=False)


def names_to_forget(*, actor: Actor, now: datetime) -> QuerySet[SignUp]:
    """Return the sign-ups whose last meeting was so long ago that nobody needs to know who came."""
    policies.ensure(actor, policies.LOOK_AFTER)
    return _ended_before(now - NAMES_KEPT).filter(forgotten_at=None)


def _ended_before(moment: datetime) -> QuerySet[SignUp]:
    goes_on = SignUp.objects.filter(
        session__entry__sessions__series=F("session__series"), session__entry__sessions__ends_at__gt=moment
    )
    return SignUp.objects.filter(session__ends_at__lte=moment).exclude(id__in=goes_on.values("id"))
