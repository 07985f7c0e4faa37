"""What those who signed up see of it, on their own page or behind their private link."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock
from medspiller.people.domain.taking_out import Row, Table
from medspiller.signups import policies
from medspiller.signups.domain.catalogue_rows import Session
from medspiller.signups.domain.evaluation import answers_taken, takes_answers
from medspiller.signups.domain.meetings import all_ended, starts_at
from medspiller.signups.domain.places import LIVE, State
from medspiller.signups.models import SignUp
from medspiller.signups.selectors._rows import meeting_of, together_with
from medspiller.signups.selectors.rows import own_row, row_by_link


@dataclass(frozen=True, slots=True)
class Place:
    """
    A sign-up with the meetings that it is for, by start. `before` is how many wait before them, if they wait.

    `title` is the offer's, by language. `is_over` when the last meeting has ended, `may_cancel` until the first begins,
    `may_delete` when it is over or given up. What they thought of it is taken until `answers_until`. `is_for_children`
    is known behind a private link only.
    """

    id: UUID
    number: int
    state: State
    title: dict[str, str]
    offer_name: str
    entry_id: UUID
    sessions: tuple[Session, ...]
    for_name: str
    offer_ends_at: datetime | None
    made_at: datetime
    before: int
    is_over: bool
    may_cancel: bool
    may_delete: bool
    may_evaluate: bool
    answers_until: datetime | None
    is_anonymous: bool
    is_for_children: bool = False

    @property
    def is_cancelled(self) -> bool:
        """Whether none of the meetings takes place."""
        return all(meeting_of(each).is_cancelled for each in self.sessions)

    @property
    def planned(self) -> list[Session]:
        return [each for each in self.sessions if not meeting_of(each).is_cancelled]

    @property
    def has_place(self) -> bool:
        return self.state is State.HELD

    def online_address_of(self, session: Session) -> str:
        """Where one of the meetings is on the web, for whoever has a place; empty where it is not, or is cancelled."""
        return session.online_address if self.has_place and session in self.planned else ""


def own_places(*, actor: Actor) -> list[Place]:
    """
    Return a citizen's sign-ups, those to come first, the next one at the top.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.KEEP_OWN)
    rows = SignUp.objects.filter(policies.own(actor)).select_related("session__entry__live")
    places = [_place(row) for row in rows]
    return sorted(places, key=lambda each: (each.is_over or each.state not in LIVE, each.sessions[0].starts_at))


def own_place(*, actor: Actor, sign_up_id: UUID) -> Place:
    """
    Return one of a citizen's sign-ups.

    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    return _with_audience(actor, _place(own_row(actor=actor, sign_up_id=sign_up_id)))


@sensitive_variables("secret")
def place_by_link(*, actor: Actor, secret: str) -> Place:
    """
    Return the sign-up behind a private link.

    :raises NotFound: if there is none.
    """
    return _with_audience(actor, _place(row_by_link(actor=actor, secret=secret)))


def own_tables(*, actor: Actor) -> list[Table]:
    """
    Return a citizen's sign-ups, one row each, for the file they take out.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.KEEP_OWN)
    columns = (
        ("made", _("Signed up on")), ("starts", _("Begins")), ("what", _("What it is")), ("state", _("State")),
        ("for", _("For somebody else")), ("contact", _("Contact")),
        ("messages", _("Is it safe that we send a message there?")), ("needs", _("What they should know")),
    )  # fmt: skip
    rows: list[Row] = [
        (row.made_at, row.session.starts_at, _title(row).get("nb", ""), row.state, *map(_text, _told(row)))
        for row in SignUp.objects.filter(policies.own(actor)).select_related("session__entry__live").order_by("id")
    ]
    return [Table("sign_ups", _("My sign-ups"), columns, tuple(rows))]


def _with_audience(actor: Actor, place: Place) -> Place:
    offers = catalogue.visible(actor=actor, on=clock.today())
    return replace(place, is_for_children=offers.filter(entry_id=place.entry_id, is_for_children=True).exists())


def _told(row: SignUp) -> tuple[object, ...]:
    return row.for_name, row.contact, _("Yes") if row.may_message else _("No"), row.needs


def _text(value: object) -> str:
    return str(value or "")


def _title(row: SignUp) -> dict[str, str]:
    live = row.session.entry.live
    titles: dict[str, str] = live.body["title"] if live is not None else {"nb": row.session.entry.slug}
    return titles


def _place(row: SignUp) -> Place:
    now, sessions = clock.now(), tuple(together_with(row.session))
    state = State(row.state)
    if state is State.OFFERED and row.offer_ends_at is not None and row.offer_ends_at <= now:
        # The job that says so has not come by yet.
        state = State.EXPIRED
    waiting = SignUp.objects.filter(session_id=row.session_id, state=State.WAITING.value, number__lt=row.number)
    meetings = [meeting_of(each) for each in sessions]
    is_over, taken = all_ended(meetings, now=now), answers_taken(meetings)
    return Place(
        id=row.id,
        number=row.number,
        state=state,
        title=_title(row),
        offer_name=row.session.entry.slug,
        entry_id=row.session.entry_id,
        sessions=sessions,
        for_name=_text(row.for_name),
        offer_ends_at=row.offer_ends_at,
        made_at=row.made_at,
        before=waiting.count() if state is State.WAITING else 0,
        is_over=is_over,
        may_cancel=state in LIVE and starts_at(meetings) > now,
        may_delete=is_over or State(row.state) not in LIVE,
        may_evaluate=state is State.HELD and takes_answers(meetings, now=now) and row.evaluated_at is None,
        answers_until=taken[1] if taken is not None else None,
        is_anonymous=row.owner_id is None and row.name is None,
    )
