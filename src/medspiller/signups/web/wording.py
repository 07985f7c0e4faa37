"""Words for what a page says of sign-ups, and how rows of the catalogue are put into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspiller.signups.domain.catalogue_rows import Session
from medspiller.signups.domain.meetings import Why
from medspiller.signups.domain.places import State
from medspiller.signups.domain.who import NAME_LENGTH, NEEDS_LENGTH

STATES = {
    State.HELD: _("Has a place"),
    State.WAITING: _("On the waiting list"),
    State.OFFERED: _("Is offered a place"),
    State.CANCELLED: _("No longer signed up"),
    State.EXPIRED: _("Did not answer in time"),
}
COLOURS = {State.HELD: "success", State.WAITING: "info", State.OFFERED: "warning"}
WHY = {
    Why.CANCELLED: _("This meeting is cancelled."),
    Why.OVER: _("This meeting has begun or is over."),
    Why.CLOSED: _("The deadline for signing up has passed."),
    Why.FULL: _("All places are taken, and there is no waiting list."),
    Why.NOT_HERE: _("You cannot sign up for this here. The offer's page says what to do."),
    Why.NOT_ANONYMOUS: _("You cannot sign up for this without saying who you are."),
}
PROBLEMS = {
    "required": _("Fill this in to go on."),
    "no-contact": _("Write a phone number or an e-mail address."),
}
TOO_LONG = {
    "name": _("Write at most %(most)d characters."),
    "for_name": _("Write at most %(most)d characters."),
    "needs": _("Write at most %(most)d characters."),
    "contact": _("Write at most %(most)d characters."),
}
MOST = {"name": NAME_LENGTH, "for_name": NAME_LENGTH, "needs": NEEDS_LENGTH, "contact": NAME_LENGTH}


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting as a line of text."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    online_address: str
    is_cancelled: bool
    reason: str


def shown(sessions: Sequence[Session]) -> list[ShownMeeting]:
    """Return meetings in the reader's language."""
    return [
        ShownMeeting(
            id=str(each.id),
            title=said(each.title),
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            where=where(each),
            online_address=each.online_address,
            is_cancelled=each.status == "cancelled",
            reason=said(each.reason),
        )
        for each in sessions
    ]


def said(texts: Mapping[str, str] | None) -> str:
    """Return a text in the reader's language, in bokmål where there is none, empty where there is none at all."""
    return (texts or {}).get(get_language() or "nb") or (texts or {}).get("nb", "")


def where(session: Session) -> str:
    """Return the place of a meeting in one line."""
    place = session.place or {}
    parts = (place.get("name"), place.get("street"), f"{place.get('postal_code', '')} {place.get('city', '')}".strip())
    return ", ".join(each for each in parts if each)


def problem(field: str, code: str) -> str:
    """Return what is wrong with a field."""
    if code == "too-long":
        return str(TOO_LONG[field] % {"most": MOST[field]})
    return str(PROBLEMS[code])
