"""When a measure is carried out, in every way that plans write it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

EARLIEST, LATEST = 1990, 2099

_DASH = re.compile(r"\s*[-–—−‑→]\s*|\s*\.\.+\s*")
# A date is its year; what is left afterwards must be told as it was written.
_ISO_DATE = re.compile(r"\b((?:19|20|21)\d\d)-(?:0[1-9]|1[0-2])-[0-3]\d\b")
_DATE = re.compile(r"\b[0-3]?\d[.][01]?\d[.]((?:19|20|21)?\d\d)\b")
_MONTH_YEAR = re.compile(r"\b(?:0?[1-9]|1[0-2])[./]((?:19|20)\d\d)\b")
_QUARTER = re.compile(r"\b(?:[1-4]\.?\s*(?:kvartal|kv\.?|tertial|halvår|halvdel)|[qtk]\s?[1-4])(?=\W|\d|$)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_RUN_ON = re.compile(r"(?<!\d)((?:19|20)\d\d)((?:19|20)\d\d)(?!\d)")
_SHORT_END = re.compile(r"(?<!\d)((?:19|20)\d\d)(-|/| og | til )(\d\d)(?!\d)")
_SHORT_BOTH = re.compile(r"(?<![\d.])'?(\d\d)(-|/)'?(\d\d)(?![\d.])")
_OPEN_START = re.compile(r"(?:\b(?:fra|frå|f\.?o\.?m\.?|fom|oppstart|start|starter|startar|etter|begynner)\b)")
_OPEN_END = re.compile(r"(?:\b(?:innen|innan|senest|seinast|frist|før|til|t\.?o\.?m\.?|tom|ferdig)\b)")
_WHOLE = re.compile(
    r"(?:fort|kontinuer|årl(?:ig|eg)|årvis|løpende|løpande|varig|permanent|fast\b|gjentakende|pågår|pågåande|pågående|"
    r"hvert år|kvart år|(?:hele|heile) (?:plan)?perioden|(?:i |gjennom )?(?:plan|strategi)perioden|hyppig|jevnlig|"
    r"jamleg|ved behov|daglig|månedlig|halvårlig)"
)
_ONWARD = re.compile(r"(?:og |, )?(?:fremover|framover|videre|vidare|deretter|løpende|løpande|årlig|årleg|kontinuer)")
_NOTHING = frozenset({"", "-", "–", "—", "?", "n/a", "na", "ikke satt", "ikkje sett", "x"})
# What may stand beside the years without adding anything.
_PLAIN = re.compile(
    r"(?:\bår(?:ene|a|et)?\b|\bperioden?\b|\btid(?:srom)?\b|\bi\b|[\s.,:;()&/-]|\bog\b|\btil\b|\bogså\b)"
)


@dataclass(frozen=True, slots=True)
class Time:
    """
    The years of a measure, inclusive. `note` is what was written, where years alone do not say it.

    `is_unread` if it is no time that we know, `is_impossible` if no years can be meant, `is_single` if years between
    the first and the last are not meant.
    """

    from_year: int | None = None
    to_year: int | None = None
    note: str = ""
    is_unread: bool = False
    is_impossible: bool = False
    is_single: bool = field(default=False, repr=False)


def read_time(written: str, plan: tuple[int, int] | None) -> Time:
    """
    Read the time of a measure in a plan of these years.

    What lasts the whole period, or has only a beginning or an end, takes the other from the plan.

    >>> read_time("2021- 2025", None)
    Time(from_year=2021, to_year=2025, note='', is_unread=False, is_impossible=False)
    """
    shown = " ".join(written.split())
    text = _normalised(shown)
    if text in _NOTHING:
        return Time()
    years = [int(year) for year in _YEAR.findall(text)]
    start, end = plan or (None, None)
    if not years:
        if _WHOLE.search(text):
            return Time(start, end, note=shown)
        return Time(note=shown, is_unread=True)
    if any(not EARLIEST <= year <= LATEST for year in years) or _is_backwards(text, years):
        return Time(is_impossible=True)
    first = min(years)
    last: int | None = max(years)
    rest = _PLAIN.sub("", _YEAR.sub("", text))
    if len(years) == 1 and (re.search(r"\d{4}-(?!\d)", text) or _ONWARD.search(text) or _OPEN_START.search(text)):
        last = max(first, end) if end else None
        note = shown if rest else ""
        return Time(first, last, note=note)
    if len(years) == 1 and (_OPEN_END.search(text) or re.match(r"-\d{4}", text)):
        return Time(min(start, years[0]) if start else None, last, note=shown)
    if has_gaps(years) and not re.search(r"\d{4}(?:-| til )\d{4}", text):
        return Time(first, last, note=shown, is_single=True)
    return Time(first, last, note=shown if rest or _looks_dated(shown) else "")


def has_gaps(years: Collection[int]) -> bool:
    """Whether years between the first and the last are left out."""
    return max(years) - min(years) >= len(set(years))


def period_in(text: str) -> tuple[int, int] | None:
    """Return the years that a title or a sentence names as a period: `2021 – 2025`, `2022-26`."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?:-|/| til )((?:19|20)\d\d)(?!\d)", _normalised(text))
    if not found:
        return None
    first, last = int(found[1]), int(found[2])
    return (first, last) if EARLIEST <= first <= last <= LATEST else None


def is_time(text: str) -> bool:
    """Whether a short text is a time and little else; for columns and lines that nobody has named."""
    if not text.strip() or len(text) > 40:
        return False
    read = read_time(text, None)
    return read.is_impossible or (not read.is_unread and (read.from_year is not None or read.note != ""))


def _normalised(text: str) -> str:
    text = _ISO_DATE.sub(r"\1", text.casefold())
    text = _DATE.sub(lambda found: _full(found[1]), text)
    text = _MONTH_YEAR.sub(r"\1", text)
    text = _QUARTER.sub(" kvartal ", text)
    text = _RUN_ON.sub(r"\1-\2", text)
    text = " ".join(_DASH.sub("-", text).split())
    text = _SHORT_END.sub(lambda found: f"{found[1]}{found[2]}{found[1][:2]}{found[3]}", text)
    if not _YEAR.search(text):
        text = _SHORT_BOTH.sub(lambda found: f"20{found[1]}{found[2]}20{found[3]}", text)
    return text


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _is_backwards(text: str, years: list[int]) -> bool:
    return len(years) == 2 and years[0] > years[1] and re.search(r"\d{4}(?:-| til )\d{4}", text) is not None


def _looks_dated(text: str) -> bool:
    """A date was more than its year."""
    return bool(_ISO_DATE.search(text) or _DATE.search(text) or _MONTH_YEAR.search(text))
