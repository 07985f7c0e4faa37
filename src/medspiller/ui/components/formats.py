"""Days, moments, periods and numbers, as people write them in the active language."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.core import laws, telephones
from medspiller.core.clock import OSLO
from medspiller.core.periods import Period

register = template.Library()

# Narrow enough to belong to the number, and never a line break.
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MOST_DECIMALS = 2


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _written(day: date, pattern: str) -> str:
    """A day by a pattern of Django's, without the full stop after the day in English."""
    return format_date(day, pattern.replace("j.", "j") if _english() else pattern)


def _day_of(value: date | datetime) -> date:
    """The calendar day in Norway; a moment needs a time zone to have one."""
    return _in_oslo(value).date() if isinstance(value, datetime) else value


def _in_oslo(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(OSLO)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day: 21. november 2026. Nothing for None."""
    return _written(_day_of(value), "j. F Y") if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Write a day with the day of the week: lørdag 21. november 2026."""
    return _written(_day_of(value), "l j. F Y") if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Write a day in figures, for narrow columns: 21.11.2026; in English 21 Nov 2026, which cannot be misread."""
    if not value:
        return ""
    return format_date(_day_of(value), "j M Y" if _english() else "d.m.Y")


@register.filter
def time_of_day(value: datetime | None) -> str:
    """Write the time it is in Norway at a moment: 14.05."""
    return format_date(_in_oslo(value), "H:i" if _english() else "H.i") if value else ""


@register.filter
def until(value: datetime | None, start: datetime | None = None) -> str:
    """Write when something ends that began at `start`: 14.05, with the day where it is another; midnight is no day."""
    if not value:
        return ""
    is_same_day = start is None or _day_of(value - datetime.resolution) == _day_of(start)
    return time_of_day(value) if is_same_day else moment(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as day and time in Norway: 21. november 2026 kl. 14.05."""
    if not value:
        return ""
    # Translators: a day and a time of day, "21. november 2026 kl. 14.05".
    return _("%(day)s at %(time)s") % {"day": day(value), "time": time_of_day(value)}


@register.filter
def iso(value: date | datetime | None) -> str:
    """Write a day or moment for `<time datetime="…">`."""
    return value.isoformat() if value else ""


@register.filter
def period(value: Period | None) -> str:
    """
    Write a period as people say it, last day included: 1.–14. mars 2026.

    Periods are half-open; the day they end on is not in them and is not shown.
    """
    if value is None:
        return ""
    last = value.last_day
    if last is None:
        # Translators: an open period, "fra 1. mars 2026".
        return _("from %(day)s") % {"day": day(value.start)}
    if last == value.start:
        return day(last)
    if (last.year, last.month) == (value.start.year, value.start.month):
        return f"{_written(value.start, 'j.')}–{day(last)}"
    if last.year == value.start.year:
        return f"{_written(value.start, 'j. F')} – {day(last)}"
    return f"{day(value.start)} – {day(last)}"


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """
    Write a number with grouped thousands: 25 603,5; in English 25,603.5.

    Without `decimals` it is shown as exact as it is, at most two of them. Nothing for None.
    """
    if value is None or value == "":
        return ""
    places = MOST_DECIMALS if decimals is None else decimals
    shown = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _dot, fraction = f"{abs(shown):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", "," if _english() else NO_BREAK_SPACE)
    point = "." if _english() else ","
    sign = "\N{MINUS SIGN}" if shown < 0 else ""
    return f"{sign}{grouped}{point}{fraction}" if fraction else f"{sign}{grouped}"


@register.filter
def telephone(value: str | None) -> str:
    """Write a telephone number as people in Norway do: 116 117, 00 11 22 33, +46 8 123 456 78. Nothing for None."""
    return telephones.written(value or "")


@register.filter
def law(references: str | Iterable[str] | None) -> str:
    """Write one reference to the law, or several, with the laws' titles: helsepersonelloven § 22, § 23."""
    return laws.together([references] if isinstance(references, str) else references or ())


@register.filter
def kroner(value: Any) -> str:
    """Write an amount of money in whole kroner: 25 603 kroner. Nothing for None."""
    if value is None or value == "":
        return ""
    return _("%(amount)s kroner") % {"amount": number(value, 0)}


@register.filter
def hours(value: Any) -> str:
    """Write a number of hours: 3,5 timer. Nothing for None."""
    if value is None or value == "":
        return ""
    if Decimal(str(value)) == 1:
        return _("1 hour")
    return _("%(hours)s hours") % {"hours": number(value)}


@register.filter
def percent(value: Any) -> str:
    """Write a share that is given as part of one, 0.25, in percent: 25 %."""
    if value is None or value == "":
        return ""
    shown = number(Decimal(str(value)) * 100)
    return f"{shown}%" if _english() else f"{shown}{NO_BREAK_SPACE}%"
