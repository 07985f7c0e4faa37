"""Values of FHIR as they stand in an input, and as they are read."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from medspiller.questionnaires.domain.definition.definitions import Text, Value
from medspiller.questionnaires.domain.definition.reading_texts import text_of
from medspiller.questionnaires.domain.definition.reading_values import number
from medspiller.questionnaires.domain.filling.presented import ShownValue, Words
from medspiller.questionnaires.domain.filling.wording import Speaker

_OSLO = ZoneInfo("Europe/Oslo")
_LOCALES = {"nb": "nb", "nn": "nn", "en": "en_GB", "se": "se"}
_DAY, _MONTH = len("2026-01-01"), len("2026-01")


def as_typed(value: Value | None, language: str) -> str:
    """Return what stands in the input for a value: days as browsers take them, numbers as people write them."""
    if value is None:
        return ""
    match value.kind:
        case "decimal" | "integer":
            return _number(value.content, language)
        case "Quantity":
            return _number(value.content.get("value"), language)
        case "dateTime":
            return _in_oslo(value.content)[0]
        case "time":
            return _clock(value.content)
        case "Coding" | "Reference" | "Attachment":
            return _named(value)
        case "boolean":
            return "true" if value.content else "false"
    return str(value.content)


def clock_as_typed(value: Value | None) -> str:
    """Return the time of day of a moment, empty if it is a day."""
    return _in_oslo(value.content)[1] if value is not None and value.kind == "dateTime" else ""


def part_of_date_as_typed(value: Value | None) -> str:
    """Return a month or a year as people write it: 11.2026."""
    said = str(value.content) if value is not None else ""
    return f"{said[5:7]}.{said[:4]}" if len(said) == _MONTH else said


def shown_value(value: Value | None, speaker: Speaker, text: Text | None = None) -> ShownValue | None:
    """Return a value as it is read; `text` is what its option says, where it is one."""
    if value is None:
        return None
    if text:
        return ShownValue(value.kind, speaker.words(text))
    language = speaker.page
    match value.kind:
        case "boolean":
            return ShownValue(value.kind, Words(), value.content)
        case "date" | "dateTime":
            return ShownValue(value.kind, Words(_moment_in_words(value.content, language)))
        case "Coding":
            return ShownValue(value.kind, speaker.words(text_of(value.content, "display") or Text(_named(value))))
        case "Quantity":
            unit = value.content.get("unit") or value.content.get("code") or ""
            return ShownValue(value.kind, Words(f"{as_typed(value, language)} {unit}".strip()))
        case "Attachment":
            return ShownValue(value.kind, Words(_named(value)), value.content.get("size"))
    return ShownValue(value.kind, Words(as_typed(value, language)))


def in_words(value: Value, language: str) -> str:
    """Return a limit as it is read."""
    if value.kind in ("date", "dateTime"):
        return _moment_in_words(value.content, language)
    if value.kind == "Quantity":
        unit = value.content.get("unit") or value.content.get("code") or ""
        return f"{as_typed(value, language)} {unit}".strip()
    return as_typed(value, language)


def _number(content: Any, language: str) -> str:
    found = number(content)
    if found is None:
        return ""
    plain = format(found, "f") if -20 < found.adjusted() < 20 else str(found)
    if "." in plain and isinstance(content, float) and found == found.to_integral_value():
        plain = format(found.quantize(Decimal(1)), "f")
    return plain if language == "en" else plain.replace(".", ",")


def _named(value: Value) -> str:
    for key in ("display", "title", "code", "reference", "url"):
        said = value.content.get(key)
        if isinstance(said, str) and said:
            return said
    return ""


def _clock(said: str) -> str:
    return said[:5] if said[5:] in ("", ":00") else said


def _in_oslo(said: str) -> tuple[str, str]:
    """The day and the time of a moment; what is no full moment has no time."""
    if "T" not in said:
        return said, ""
    try:
        moment = datetime.fromisoformat(said)
        local = moment.astimezone(_OSLO) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return said, ""
    return local.date().isoformat(), _clock(local.time().replace(microsecond=0).isoformat())


def _moment_in_words(said: str, language: str) -> str:
    day, clock = _in_oslo(said)
    written = _day_in_words(day, language)
    if not clock:
        return written
    hour = time.fromisoformat(clock).strftime("%H:%M" if language == "en" else "%H.%M")
    return f"{written} {'at' if language == 'en' else 'kl.'} {hour}"


def _day_in_words(said: str, language: str) -> str:
    locale = Locale.parse(_LOCALES.get(language, "nb"))
    try:
        if len(said) == _DAY:
            return format_date(date.fromisoformat(said), "d MMMM y" if language == "en" else "d. MMMM y", locale)
        if len(said) == _MONTH:
            return format_date(date.fromisoformat(f"{said}-01"), "MMMM y", locale)
    except ValueError:
        return said
    return said
