"""Reading meetings for those who want to come: what is open, what is next, what it is called."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils.translation import get_language

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.finding import Filters, Hit
from medspiller.catalogue.domain.vocabulary import Need, Way
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.signups.domain.catalogue_rows import Offer, Session
from medspiller.signups.domain.meetings import Why, free_seats, waits, why_closed
from medspiller.signups.selectors._rows import meeting_of, together_with

# So many other meetings are shown to whoever cannot come to one, and so many other offers.
MOST_OTHERS = 5
MOST_OFFERS = 3
_NEED = "need:"


@dataclass(frozen=True, slots=True)
class Open:
    """
    Meetings that are taken together, by start, as somebody who wants to come sees them.

    `why` says why nobody can sign up, None if one can; `free` how many can still come, None without limit; `others`
    are the first meetings of the same offer, or of its other series, that one can sign up for. `unit_name` is who keeps
    the offer true, and reads who comes.
    """

    offer: Offer
    sessions: tuple[Session, ...]
    why: Why | None
    free: int | None
    waits: bool
    allows_anonymous: bool
    unit_name: str
    others: tuple[Session, ...] = ()

    @property
    def first(self) -> Session:
        return self.sessions[0]


def to_sign_up_for(*, actor: Actor, offer_name: str, session_id: UUID) -> Open:
    """
    Return a meeting of an offer, with the others of its series, for whoever wants to come.

    :raises NotFound: if there is no such offer to be seen, or no such meeting of it.
    """
    now = clock.now()
    offer = catalogue.offer_by_slug(actor=actor, slug=offer_name, on=clock.today())
    session = catalogue.session(actor=actor, session_id=session_id)
    if offer.entry_id is None or session.entry_id != offer.entry_id:
        raise NotFound(f"session {session_id} of {offer_name}")
    together = together_with(session)
    why = Why.NOT_HERE if not _takes_sign_ups(actor, offer) else why_closed([*map(meeting_of, together)], now=now)
    found = [meeting_of(each) for each in together]
    waiting = why is None and waits(found)
    return Open(
        offer=offer,
        sessions=tuple(together),
        why=why,
        free=free_seats(found),
        waits=waiting,
        allows_anonymous=all(each.allows_anonymous for each in found if not each.is_cancelled),
        unit_name=session.entry.unit.name if offer.tenant_id == actor.tenant_id else "",
        others=_others(actor, together, now) if why is not None or waiting else (),
    )


def offers_instead(*, actor: Actor, offer: Offer) -> tuple[Hit, ...]:
    """
    Return other open offers that meet a same need, those most like it first, else as a search by the need ranks them.

    For a child, children's alone.
    """
    needs = [Need(code.removeprefix(_NEED)) for code in offer.concepts if code.startswith(_NEED)]
    filters = Filters(needs=frozenset(needs), is_for_children=offer.is_for_children)
    if not needs:
        return ()
    found = catalogue.find(
        actor=actor, query="", filters=filters, language=get_language() or "nb", on=clock.today()
    ).hits
    fitting = [
        each
        for each in found
        if each.id != offer.id and each.closed is None and (offer.is_for_children or not each.is_for_children)
    ]
    return tuple(sorted(fitting, key=lambda each: -len(each.concepts & set(offer.concepts)))[:MOST_OFFERS])


def _takes_sign_ups(actor: Actor, offer: Offer) -> bool:
    """Only the municipality's own: another's meetings are signed up for where that one says."""
    return offer.tenant_id == actor.tenant_id and offer.way == Way.SIGN_UP


def _others(actor: Actor, together: list[Session], now: datetime) -> tuple[Session, ...]:
    """The first of each series that has not begun, and single ones, that one gets a seat at."""
    asked = {each.id for each in together}
    ahead = [
        each
        for each in catalogue.sessions_of(actor=actor, entry_id=together[0].entry_id, after=now)
        if each.id not in asked
    ]
    next_ones: dict[UUID, Session] = {}
    for each in ahead:
        if not meeting_of(each).is_cancelled:
            next_ones.setdefault(each.series or each.id, each)
    open_ones = (each for each in next_ones.values() if _has_seat(together_with(each), now))
    return tuple(islice(open_ones, MOST_OTHERS))


def _has_seat(together: list[Session], now: datetime) -> bool:
    meetings = [meeting_of(each) for each in together]
    return why_closed(meetings, now=now) is None and not waits(meetings)
