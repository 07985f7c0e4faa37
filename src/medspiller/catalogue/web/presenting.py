"""Offers as pages show them, in the language of the page. Reads rows that were fetched already."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from medspiller.catalogue.domain import entries
from medspiller.catalogue.domain.laying_out import closed_on
from medspiller.catalogue.domain.offers import Area, Audience, Cost, Offer, OpeningTime, Place, Provider, Texts
from medspiller.catalogue.domain.reading import read_offer, read_provider
from medspiller.catalogue.domain.vocabulary import AreaKind, Certainty, OfferKind, Way
from medspiller.catalogue.selectors import Shown
from medspiller.catalogue.web import wording
from medspiller.core import clock
from medspiller.core.telephones import written
from medspiller.ui.components.formats import kroner

_WEEK = range(1, 8)
# From so many days after each other one says "from … to …".
_RUN = 3
_SPOKEN = ("nb", "nn")
# As many as `templatetags.offer_cards` keeps: a municipality has some hundred offers.
_MOST_KEPT = 600


@dataclass(frozen=True, slots=True)
class Closed:
    """A time in which the offer is not there, with the words of whoever runs it; `opens_on` None where not known."""

    text: str
    opens_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """An offer in a list. `why` says in words why it is there; `closed` is None when it is open as usual."""

    slug: str
    title: str
    summary: str
    kind: str
    provider: str
    how: str
    cost: str
    where: str
    times: tuple[str, ...]
    audience: tuple[str, ...]
    languages: str
    marks: tuple[str, ...]
    closed: Closed | None
    is_doubtful: bool
    is_to_check: bool
    why: tuple[str, ...] = ()
    is_for_children: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place in words: its lines, how to get there, what makes it usable."""

    lines: tuple[str, ...]
    directions: str
    access: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call: as it is dialled, as it is read, and what it is for."""

    dialled: str
    shown: str
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of one offer says."""

    card: Card
    text: tuple[str, ...]
    how: tuple[str, ...]
    way: str
    needs: tuple[str, ...]
    situations: tuple[str, ...]
    cost_text: str
    area: tuple[str, ...]
    places: tuple[Whereabouts, ...]
    website: str
    email: str
    chat: str
    numbers: tuple[Number, ...]
    provider_about: str
    provider_website: str
    to_check: str
    is_machine_translated: bool
    written_in: str
    ends_on: date | None
    changed_on: date
    review_on: date
    sources: tuple[tuple[str, str], ...]


def language() -> str:
    """Return the language of the page, as offers know it."""
    code = get_language() or "nb"
    return code if code in ("nb", "nn", "en") else "nb"


def say(texts: Texts | None) -> str:
    """Return a text in the language of the page, else in bokmål."""
    if not texts:
        return ""
    return texts.get(language()) or texts.get("nb") or next(iter(texts.values()))


def card(row: Any, *, today: date, why: Sequence[str] = ()) -> Card:
    """Return an offer as a list shows it; `row` is a published offer with its provider."""
    return _card(row, read_offer(row.body), read_provider(row.provider.body), row.closures, today=today, why=why)


def shown(offer: Shown, *, today: date, why: Sequence[str] = ()) -> Card:
    """
    Return the same of an offer that was read for a list.

    What it says follows from what is given here and nothing else, so one that was read lately is not read again.
    """
    return _read(offer, today, tuple(why), language())


@lru_cache(maxsize=_MOST_KEPT)
def _read(offer: Shown, today: date, why: tuple[str, ...], _language: str) -> Card:
    body, provider = read_offer(json.loads(offer.body)), read_provider(json.loads(offer.provider))
    return _card(offer, body, provider, json.loads(offer.closures), today=today, why=why)


def page(row: Any, *, today: date) -> Page:
    """Return an offer as its own page shows it."""
    offer, provider = read_offer(row.body), read_provider(row.provider.body)
    return Page(
        card=_card(row, offer, provider, row.closures, today=today),
        text=_paragraphs(say(offer.text)),
        how=_paragraphs(say(offer.how)),
        way=str(wording.WAYS[offer.way]),
        needs=tuple(str(words) for need, words in wording.NEEDS.items() if need in offer.needs),
        situations=tuple(str(words) for each, words in wording.SITUATIONS.items() if each in offer.audience.situations),
        cost_text=say(offer.cost.text),
        area=area_in_words(offer.areas),
        places=tuple(_whereabouts(each) for each in offer.places),
        website=offer.contact.website,
        email=offer.contact.email,
        chat=offer.contact.chat,
        numbers=tuple(Number(one.number, written(one.number), say(one.label)) for one in offer.contact.phones),
        provider_about=say(provider.about),
        provider_website=provider.website,
        to_check=say(offer.to_check),
        is_machine_translated=language() in offer.machine_translated,
        written_in=language(),
        ends_on=offer.period.last_day,
        changed_on=clock.day_of(row.changed_at),
        review_on=row.review_on,
        sources=tuple((source.ref, source.url) for source in offer.sources),
    )


def _card(
    row: Any,
    offer: Offer,
    provider: Provider,
    closures: Sequence[Mapping[str, Any]],
    *,
    today: date,
    why: Sequence[str] = (),
) -> Card:
    return Card(
        slug=row.slug,
        title=say(offer.title),
        summary=say(offer.summary),
        kind=str(wording.KINDS[OfferKind(row.kind)]),
        provider=say(provider.name),
        how=str(wording.WAYS[Way(row.way)]),
        cost=cost_in_words(offer.cost),
        where=where_in_words(offer),
        times=tuple(times_in_words(each) for each in offer.times),
        audience=audience_in_words(offer.audience),
        languages=languages_in_words(offer),
        marks=_marks(row, offer),
        closed=_closed(closures, today),
        is_doubtful=entries.is_doubtful(row.review_on, today=today),
        is_to_check=offer.certainty is Certainty.CHECK,
        why=tuple(why),
        is_for_children=row.is_for_children,
    )


def _marks(row: Any, offer: Offer) -> tuple[str, ...]:
    told = [
        (row.is_digital, _("By phone or online")),
        (row.is_evening and bool(offer.times), _("In the evening")),
        (row.is_anonymous, _("You need not say who you are")),
        (offer.has_interpreter, _("Interpreter on request")),
    ]
    return tuple(words for holds, words in told if holds)


def _closed(closures: Sequence[Mapping[str, Any]], today: date) -> Closed | None:
    now = closed_on(closures, today)
    if now is None:
        return None
    return Closed(say(now.get("text")), date.fromisoformat(now["to"]) if now.get("to") else None)


def cost_in_words(cost: Cost) -> str:
    """Say what it costs; the offer's own words stand on its page."""
    if cost.is_free:
        return _("Free")
    return kroner(cost.amount) if cost.amount is not None else say(cost.text) or _("Ask what it costs")


def where_in_words(offer: Offer) -> str:
    """Say in a line where it is: the places by name, else how far it reaches."""
    if offer.places:
        return ", ".join(dict.fromkeys(_short(each) for each in offer.places))
    return _("By phone or online") if offer.is_digital else ", ".join(area_in_words(offer.areas))


def area_in_words(areas: Sequence[Area]) -> tuple[str, ...]:
    """Say for where it is, the widest first."""
    widest = list(AreaKind)
    shown = sorted(areas, key=lambda area: widest.index(area.kind))
    return tuple(dict.fromkeys(area.district or str(wording.AREAS[area.kind]) for area in shown))


def _short(place: Place) -> str:
    return ", ".join(dict.fromkeys(filter(None, (place.name, place.district or place.city))))


def _whereabouts(place: Place) -> Whereabouts:
    city = " ".join(filter(None, (place.postal_code, place.city)))
    access = tuple(str(words) for each, words in wording.ACCESS.items() if each in place.access)
    lines = tuple(dict.fromkeys(filter(None, (place.name, place.street, city, place.district))))
    return Whereabouts(lines=lines, directions=say(place.directions), access=access)


def audience_in_words(audience: Audience) -> tuple[str, ...]:
    """Say for whom it is, a line for each thing that makes a difference; for all carers where nothing does."""
    lines = []
    if audience.relations:
        lines.append(_listed([words for each, words in wording.RELATIONS.items() if each in audience.relations]))
    if audience.conditions:
        lines.append(_listed([words for each, words in wording.CONDITIONS.items() if each in audience.conditions]))
    if ages := ages_in_words(audience):
        lines.append(ages)
    return tuple(lines) or (_("All carers"),)


def ages_in_words(audience: Audience) -> str:
    """Say which ages it is for, the last one included; nothing where age makes no difference."""
    ages = {"first": audience.age_from, "last": audience.age_to - 1 if audience.age_to else None}
    if ages["first"] and ages["last"]:
        return _("%(first)s to %(last)s years") % ages
    if ages["first"]:
        return _("From age %(first)s") % ages
    return _("Up to age %(last)s") % ages if ages["last"] else ""


def languages_in_words(offer: Offer) -> str:
    """Say in which languages one is helped. Bokmål and nynorsk are one when spoken."""
    spoken = dict.fromkeys("nb" if code in _SPOKEN else code for code in offer.languages)
    return _listed([wording.language_name(code) for code in spoken])


def times_in_words(time: OpeningTime) -> str:
    """Say when it is there: Tuesdays 18.00–20.00, every other week."""
    clock = _clock(time)
    days = days_in_words(time.weekdays) if time.weekdays else "" if clock or time.note else _("Day and night")
    often = ""
    if time.every_weeks > 1:
        often = ngettext("every week", "every %(count)s weeks", time.every_weeks) % {"count": time.every_weeks}
        often = _("every other week") if time.every_weeks == _RUN - 1 else often
    said = " ".join(filter(None, (days, clock)))
    when = ", ".join(filter(None, (said, often)))
    return ". ".join(filter(None, (when, say(time.note))))


def days_in_words(weekdays: Sequence[int]) -> str:
    """Say days of the week as people do: Mondays to Fridays, Tuesdays and Thursdays."""
    days = sorted(set(weekdays) & set(_WEEK))
    if len(days) == len(_WEEK):
        return _("Every day")
    if len(days) >= _RUN and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s to %(last)s") % {
            "first": wording.WEEKDAYS[days[0]],
            "last": _small(str(wording.WEEKDAYS[days[-1]])),
        }
    return _listed([wording.WEEKDAYS[each] for each in days])


def _clock(time: OpeningTime) -> str:
    if not time.opens:
        return ""
    pattern = "%H:%M" if language() == "en" else "%H.%M"
    if not time.closes:
        return _("from %(time)s") % {"time": time.opens.strftime(pattern)}
    return f"{time.opens.strftime(pattern)}–{time.closes.strftime(pattern)}"


def _listed(words: Sequence[object]) -> str:
    """Say several things in one line: the first as it is, the others small, "and" before the last."""
    said = [str(each) for each in words]
    small = said[:1] + [_small(each) for each in said[1:]]
    if len(small) < 2:
        return "".join(small)
    # Translators: the end of a list: "kurs, grupper og samtaler".
    return _("%(first)s and %(last)s") % {"first": ", ".join(small[:-1]), "last": small[-1]}


def _small(words: str) -> str:
    """Words in the middle of a line. English writes days and languages large wherever they stand."""
    return words if language() == "en" else words[:1].lower() + words[1:]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True)
class Meeting:
    """A dated meeting: when and where, what can be said of its seats, and where one signs up (empty: nowhere)."""

    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    is_digital: bool
    seats: str
    is_cancelled: bool
    reason: str
    is_open: bool
    sign_up: str = ""
    sign_up_label: str = ""
    is_series: bool = False


def seats_in_words(capacity: int | None, taken: int, *, waits: bool) -> str:
    """Say whether there is room, without saying how many come to a small group."""
    if capacity is None:
        return _("There is room for all")
    left = capacity - taken
    if left > 0:
        return ngettext("%(count)s place left", "%(count)s places left", left) % {"count": left}
    return _("Full, but there is a waiting list") if waits else _("Full")
