"""
Calendars (RFC 5545) of meetings, for everybody.

A public calendar names the offer. What somebody gets who has signed up names no more than whoever made it says: others
may see a calendar on a telephone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from medspiller.catalogue.domain.offers import Offer, OpeningTime, Place
from medspiller.catalogue.domain.outside.hsds_parts import DAYS, OSLO, first_day
from medspiller.catalogue.domain.outside.values import Listed, Meeting, Site, name_id
from medspiller.catalogue.domain.vocabulary import OfferKind, Way

MEDIA_TYPE = "text/calendar; charset=utf-8"

_PRODUCT = "-//Medspiller//Medspiller//NO"
_REFRESH = timedelta(hours=12)
_ZONE = "Europe/Oslo"
_SUMMER, _WINTER = timedelta(hours=2), timedelta(hours=1)
# Of these one meets week after week; of the others opening hours would only fill the calendar.
WEEKLY_KINDS = frozenset({OfferKind.GROUP, OfferKind.FAMILY_GROUP, OfferKind.COURSE})


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing in a calendar, in [starts_at, ends_at). `title` is all that a glance at the calendar shows."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    text: str = ""
    place: str = ""
    address: str = ""
    is_cancelled: bool = False


_CALLED = {"nb": "Treff for pårørende", "nn": "Treff for pårørande", "en": "Meetings for carers"}


def called(site: Site) -> str:
    """Return what the calendar of all is called."""
    return site.say(_CALLED)


def calendar(appointments: Iterable[Appointment], *, name: str, stamp: datetime, language: str = "nb") -> bytes:
    """Return a calendar file. `stamp` is when what it says was made."""
    file = _empty(name, language)
    for each in appointments:
        file.add_component(_event(each, stamp))
    return bytes(file.to_ical())


def offer_calendar(listed: Listed, site: Site, *, now: datetime) -> bytes:
    """Return the calendar of one offer: its dated meetings, and where there are none those of every week."""
    file = _empty(site.say(listed.offer.title), site.language)
    for event in _events(listed, site, now=now, weekly=not listed.meetings):
        file.add_component(event)
    return bytes(file.to_ical())


def all_calendars(found: Iterable[Listed], site: Site, *, name: str, now: datetime) -> bytes:
    """Return the calendar of all: dated meetings, and for groups that anybody may come to those of every week."""
    file = _empty(name, site.language)
    for listed in found:
        offer = listed.offer
        meets = offer.way is Way.OPEN and offer.kind in WEEKLY_KINDS
        for event in _events(listed, site, now=now, weekly=meets and not listed.meetings):
            file.add_component(event)
    return bytes(file.to_ical())


def _events(listed: Listed, site: Site, *, now: datetime, weekly: bool) -> Iterator[Event]:
    stamp = listed.changed_at or now
    for meeting in listed.meetings:
        yield _event(_appointment(listed, meeting, site), stamp)
    if weekly:
        for number, times in enumerate(listed.offer.times):
            # Every second week says not which: nobody is sent to a locked door.
            if times.weekdays and times.opens and times.closes and times.every_weeks == 1:
                yield _weekly(listed, number, times, site, stamp=stamp)


def _appointment(listed: Listed, meeting: Meeting, site: Site) -> Appointment:
    offer = listed.offer
    place = meeting.place or (offer.places[0] if offer.places and not meeting.is_digital else None)
    return Appointment(
        uid=f"{meeting.id}@medspiller",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=site.say(meeting.title) or site.say(offer.title),
        text=f"{site.say(offer.summary)}\n\n{site.page_of(offer)}",
        place=_where(place),
        address=site.page_of(offer),
        is_cancelled=meeting.is_cancelled,
    )


def _event(each: Appointment, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", each.starts_at.astimezone(OSLO))
    event.add("dtend", each.ends_at.astimezone(OSLO))
    event.add("summary", each.title)
    for field, value in (("description", each.text), ("location", each.place), ("url", each.address)):
        if value:
            event.add(field, value)
    event.add("status", "CANCELLED" if each.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if each.is_cancelled else "OPAQUE")
    return event


def _weekly(listed: Listed, number: int, times: OpeningTime, site: Site, *, stamp: datetime) -> Event:
    offer = listed.offer
    day = first_day(times, offer.period)
    opens, closes = times.opens or time(0), times.closes or time(0)
    ends_on = day if closes > opens else day + timedelta(days=1)
    event = _event(
        Appointment(
            uid=f"{name_id('weekly', listed.id, number)}@medspiller",
            starts_at=datetime.combine(day, opens, tzinfo=OSLO),
            ends_at=datetime.combine(ends_on, closes, tzinfo=OSLO),
            title=site.say(offer.title),
            text="\n\n".join(
                part for part in (site.say(times.note), site.say(offer.summary), site.page_of(offer)) if part
            ),
            place=_where(offer.places[0] if offer.places else None),
            address=site.page_of(offer),
        ),
        stamp,
    )
    rule: dict[str, object] = {
        "freq": "weekly", "byday": [DAYS[each - 1] for each in sorted(times.weekdays)], "wkst": "MO"
    }  # fmt: skip
    ends = min((each for each in (offer.period.end, _closed_for_good(listed)) if each), default=None)
    if ends is not None:
        rule["until"] = datetime.combine(ends, time(0), tzinfo=OSLO).astimezone(UTC) - timedelta(seconds=1)
    event.add("rrule", rule)
    left_out = [datetime.combine(each, opens, tzinfo=OSLO) for each in _closed_days(listed, times, offer)]
    if left_out:
        event.add("exdate", left_out)
    return event


def _closed_for_good(listed: Listed) -> date | None:
    """The day from which it is closed until nobody knows when."""
    open_ended = [each["from"] for each in listed.closures if not each.get("to")]
    return date.fromisoformat(min(open_ended)) if open_ended else None


def _closed_days(listed: Listed, times: OpeningTime, offer: Offer) -> Iterator[date]:
    for each in listed.closures:
        if each.get("to"):
            start, end = date.fromisoformat(each["from"]), date.fromisoformat(each["to"])
            for ahead in range((end - start).days):
                day = start + timedelta(days=ahead)
                if day.isoweekday() in times.weekdays and day in offer.period:
                    yield day


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return ", ".join(part for part in (place.name, place.street, f"{place.postal_code} {place.city}".strip()) if part)


def _empty(name: str, language: str) -> Calendar:
    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file["name"] = _text(name, language)
    file["x-wr-calname"] = vText(name)
    file.add("x-wr-timezone", _ZONE)
    file.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    file["x-published-ttl"] = vText("PT12H")
    file.add_component(_norwegian_time())
    return file


def _text(text: str, language: str) -> vText:
    written = vText(text)
    written.params["LANGUAGE"] = language
    return written


@cache
def _norwegian_time() -> Timezone:
    """The clock of Norway: summer time from the last Sunday of March to that of October, as since 1996."""
    zone = Timezone()
    zone.add("tzid", _ZONE)
    for kind, month, before, after, starts in (
        (TimezoneDaylight, 3, _WINTER, _SUMMER, datetime(1996, 3, 31, 2)),  # noqa: DTZ001 - the zone itself
        (TimezoneStandard, 10, _SUMMER, _WINTER, datetime(1996, 10, 27, 3)),  # noqa: DTZ001
    ):
        part = kind()
        part.add("dtstart", starts)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", "CEST" if kind is TimezoneDaylight else "CET")
        zone.add_component(part)
    return zone
