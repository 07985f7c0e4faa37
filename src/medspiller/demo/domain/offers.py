"""What the demo's municipality makes of its catalogue: who keeps what, when meetings are, and what waits."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from medspiller.catalogue.domain.feedback import Wrong
from medspiller.catalogue.domain.offers import Offer, OpeningTime
from medspiller.catalogue.domain.sessions import SessionPlan, meetings
from medspiller.catalogue.domain.vocabulary import OfferKind, Way
from medspiller.demo.domain.chances import Chance

OSLO = ZoneInfo("Europe/Oslo")
# The unit, by its key, that keeps what a provider offers; the carers' centre keeps the rest.
KEEPERS = {
    "tjenestekontoret": "office",
    "hjelpemiddeltjenesten": "office",
    "kommunens-tolketjeneste": "office",
    "nav-kontoret": "office",
    "psykisk-helse-og-rus": "mental",
    "kriseteamet": "mental",
    "familiekontoret": "mental",
    "skolehelsetjenesten": "school",
    "helsestasjonen": "school",
    "lyngasen-sykehjem": "nursing",
    "frivilligsentralen": "volunteer",
}
OTHERWISE = "carers"
# Organisations of the demo that offer something themselves, by the name of the provider.
OF_ORGANISATIONS = {
    "demensforeningen-pa-lyngasen": "Demensforeningen på Lyngåsen",
    "mestringsverket": "Mestringsverket",
    "demo-helseforetak": "Demo helseforetak",
}
# So long ago the catalogue was approved.
APPROVED = timedelta(days=45)

# The organisation that the demo's editor edits for.
EDITED_ORGANISATION = "Mestringsverket"

# What the organisation proposes, and nobody has decided about yet.
PROPOSED = "likeperson-foreldre"
PROPOSED_TEXT = {
    "nb": "Nytt: Du kan også møte en likeperson på video, når det passer deg.",
    "nn": "Nytt: Du kan òg møte ein likeperson på video, når det passar deg.",
    "en": "New: You can also meet a peer supporter by video, whenever it suits you.",
}
PROPOSED_NOTE = "Vi har fått til video, og mange foreldre har spurt etter det."

REPORTED = "drop-in-torsdag"
REPORTED_WRONG = Wrong.TIME_OR_PLACE
REPORTED_TEXT = "Jeg kom klokka halv seks, og da var døra låst."

# Closed for three weeks from the day the demo is loaded.
CLOSED = "kafe-for-unge-parorende"
CLOSED_FOR = timedelta(days=21)
CLOSED_TEXT = {
    "nb": "Kafeen pusser opp. Velkommen tilbake!",
    "nn": "Kafeen pussar opp. Velkomen attende!",
    "en": "The café is being redecorated. Welcome back!",
}

_MONTHS_AHEAD = timedelta(days=91)
_COURSE_LENGTH = 5
# Courses whose text says how many times one meets, in the order of the times of the week.
LENGTHS: Mapping[str, tuple[int, ...]] = {
    "parorendeskole-demens": (6,),
    "kurs-psykisk-helse": (4,),
    "sovnkurs": (4,),
    "kurs-rus": (1, 2),
}
_MOST_DATES = 6
_SEATS = (6, 8, 10, 12)
_CLOSES_BEFORE = timedelta(days=1)


def planned(offer: Offer, *, today: date, chance: Chance) -> Iterator[tuple[tuple[SessionPlan, ...], bool]]:
    """
    Yield the meetings of an offer that one signs up for in the three months after a day, and if they are a series.

    A course is one series for each time of the week it is held at; all else are single meetings.
    """
    if offer.way is not Way.SIGN_UP:
        return
    for number, each in enumerate(offer.times):
        if each.opens is None or each.closes is None or not each.weekdays:
            continue
        first = _first(offer, each, today=today, chance=chance)
        is_course = offer.kind is OfferKind.COURSE
        every = timedelta(weeks=1 if is_course else each.every_weeks)
        lengths = LENGTHS.get(offer.slug, ())
        course = lengths[number] if number < len(lengths) else _COURSE_LENGTH
        most = course if is_course else _MOST_DATES
        fitting = (_MONTHS_AHEAD - (first.starts_at.date() - today)) // every + 1
        yield meetings(first, every=every, count=max(1, min(most, fitting))), is_course


def _first(offer: Offer, each: OpeningTime, *, today: date, chance: Chance) -> SessionPlan:
    begins = today + timedelta(days=chance.choice((5, 9, 12, 16, 20)))
    day = begins + timedelta(days=(each.weekdays[0] - begins.isoweekday()) % 7)
    opens, closes = each.opens or time(0), each.closes or time(0)
    starts_at = datetime.combine(day, opens, tzinfo=OSLO)
    ends_at = datetime.combine(day if closes > opens else day + timedelta(days=1), closes, tzinfo=OSLO)
    return SessionPlan(
        starts_at=starts_at,
        ends_at=ends_at,
        place=offer.places[0] if offer.places else None,
        capacity=chance.choice(_SEATS),
        deadline=starts_at - _CLOSES_BEFORE,
        allows_anonymous=offer.is_anonymous,
    )
