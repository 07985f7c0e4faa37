"""What sign-ups do when something has happened: one service call each, safe to run twice."""

from medspiller.access.domain import actors
from medspiller.catalogue.domain.events import EntryMoved, SessionCancelled, SessionChanged
from medspiller.core import clock, tenancy
from medspiller.messages.domain.events import ContactNotReached
from medspiller.signups import selectors, services
from medspiller.signups.domain.events import PlaceOffered, SignUpsChanged


def place_offered(event: PlaceOffered) -> None:
    """Let whoever waited know that a place is kept for them."""
    system = actors.system(tenancy.current_tenant())
    services.tell_of_offer(actor=system, sign_up_id=event.sign_up_id, now=clock.now())


def sign_ups_changed(event: SignUpsChanged) -> None:
    """Take off the list what nobody must be called about any more."""
    services.keep_calls(actor=actors.system(tenancy.current_tenant()), session_id=event.session_id, now=clock.now())


def contact_not_reached(event: ContactNotReached) -> None:
    """Let the unit call whoever a message did not reach."""
    system = actors.system(tenancy.current_tenant())
    services.call_instead(actor=system, sign_up_id=event.about_id, event_key=event.event_key, now=clock.now())


def entry_moved(event: EntryMoved) -> None:
    """Let the unit that keeps the offer now call."""
    system = actors.system(tenancy.current_tenant())
    for session_id in selectors.meetings_of_entry(actor=system, entry_id=event.entry_id):
        services.keep_calls(actor=system, session_id=session_id, now=clock.now(), from_unit_id=event.from_unit_id)


def session_cancelled(event: SessionCancelled) -> None:
    """Let those who would have come know."""
    system = actors.system(tenancy.current_tenant())
    services.tell_of_change(actor=system, session_id=event.session_id, what="cancelled", now=clock.now())


def session_changed(event: SessionChanged) -> None:
    """Offer seats that there are more of now, and let those who come know if it was moved."""
    system = actors.system(tenancy.current_tenant())
    now = clock.now()
    services.fill(actor=system, session_id=event.session_id, now=now)
    if _MOVED & set(event.what):
        services.tell_of_change(actor=system, session_id=event.session_id, what=f"moved_{now:%Y%m%d%H%M}", now=now)


_MOVED = frozenset({"starts_at", "ends_at", "place", "online_address"})
