"""A calendar file of somebody's own meetings. Whoever looks over their shoulder learns when, and not what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

PRODUCT = "-//Medspiller//Medspiller//NO"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting in [starts_at, ends_at); `where` and `online_address` may be empty."""

    id: str
    starts_at: datetime
    ends_at: datetime
    where: str
    online_address: str
    is_cancelled: bool


def calendar_of(appointments: Sequence[Appointment], *, title: str, now: datetime) -> bytes:
    """Return an iCalendar file (RFC 5545) in which every meeting has the same title, which says nothing of health."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in appointments:
        event = Event()
        event.add("uid", f"{each.id}@medspiller")
        event.add("summary", title)
        event.add("dtstamp", now)
        event.add("dtstart", each.starts_at)
        event.add("dtend", each.ends_at)
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if each.is_cancelled else "CONFIRMED")
        if where := each.where or each.online_address:
            event.add("location", where)
        if each.online_address:
            event.add("url", each.online_address)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
