"""Columns that say more of a measure than what, who and when; and tables that say it by the measure's number."""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.cleaning import clean, fold
from medspiller.strategy.domain.plans.more import DraftMore, ReadIndicator, ReadLink
from medspiller.strategy.domain.self_assessment import SERVICE_TEXTS
from medspiller.strategy.domain.vocabulary import TEXT_MOST, TITLE_MOST, LinkKind, Service


class Field(StrEnum):
    """What a column says of a measure."""

    SERVES = "serves"
    BUDGET = "budget"
    FUNDING = "funding"
    PARTNERS = "partners"
    DELIVERABLES = "deliverables"
    SERVICES = "services"
    LEARNT = "learnt"
    INDICATOR = "indicator"
    LINK = "link"


class Detail(StrEnum):
    """What a column says of a figure or a link, in a table of these."""

    MEASURE = "measure"
    AREA = "area"
    NAME = "name"
    UNIT = "unit"
    TARGET = "target"
    DEFINITION = "definition"
    LINKED = "linked"
    KIND = "kind"
    CODE = "code"


# Each is looked for at the beginning of the words of the header; the first that fits counts.
_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (each, re.compile(pattern))
    for each, pattern in (
        (Field.SERVES, r"(?:til |for |bidrar til |medverkar til )?(?:del)?mål(?:et|ene|a)? ?(?:nr|nummer)$|"
                       r"(?:serves )?goals? (?:no|number)s?$"),
        (Field.BUDGET, r"budsjett|kostnad|beløp|kroner$|kr$|sum$|(?:økonomisk )?ramme$|økonomi$|budget|cost"),
        (Field.FUNDING, r"finansier|funding|financ"),
        (Field.PARTNERS, r"samarbeid|samhandling|partner"),
        (Field.DELIVERABLES, r"leverans[ea]|deliverable"),
        (Field.SERVICES, r"(?:berørte?|aktuelle) (?:tjenester|tenester)|services"),
        (Field.LEARNT, r"(?:hva|kva) (?:vi har lært|er lært)|lærdom|lessons? learn|what has been learn"),
        (Field.INDICATOR, r"(?:måle|resultat)?indikator|indicator"),
        (Field.LINK, r"heng(?:er)? (?:sammen|saman) med|bygg(?:er|jer) på|kobl(?:et|ing) til|kopl(?:a|ing) til|"
                     r"(?:nasjonal )?(?:veileder|rettleiar)(?:en)?$|nasjonale? tiltak$|linked to|guideline"),
    )
)  # fmt: skip
_DETAILS: tuple[tuple[Detail, re.Pattern[str]], ...] = tuple(
    (each, re.compile(pattern))
    for each, pattern in (
        (Detail.MEASURE, r"(?:tiltaks?) ?(?:nr|nummer)|measure (?:no|number)|nr|nummer"),
        (Detail.AREA, r"(?:innsats|satsings|satsnings|fokus)område|focus area"),
        (Detail.NAME, r"indikator|indicator"),
        (Detail.UNIT, r"måles i|målast i|blir målt i|vert målt i|måleenhet|måleeining|enhet|eining|measured in|unit"),
        (Detail.TARGET, r"måltall|måltal|målverdi|target"),
        (Detail.DEFINITION, r"definisjon|definition"),
        (Detail.LINKED, r"heng(?:er)? (?:sammen|saman) med|linked to"),
        (Detail.KIND, r"slag|type|kind"),
        (Detail.CODE, r"kode|code"),
    )
)
_NUMBERED = re.compile(r"\W*(?:tiltaks?|measure)?\s*(?:nr|no|nummer|number)\W*$", re.IGNORECASE)
# In words of plans; the first of each is what is written.
LINK_WORDS: dict[LinkKind, tuple[str, ...]] = {
    LinkKind.NATIONAL: ("Nasjonalt tiltak", "National measure"),
    LinkKind.GUIDELINE: ("Veileder", "Rettleiar", "Guideline"),
    LinkKind.PATHWAY: ("Forløp", "Pathway"),
    LinkKind.OFFER: ("Tilbud", "Tilbod", "Offer"),
    LinkKind.QUESTIONNAIRE: ("Skjema", "Questionnaire"),
    LinkKind.COURSE: ("Kurs", "Course"),
    LinkKind.INDICATOR: ("Indikator", "Indicator"),
}
_KINDS = {fold(word): kind for kind, words in LINK_WORDS.items() for word in words}
_SERVICES: dict[str, Service] = {
    fold(word): service for service, words in SERVICE_TEXTS.items() for word in words.values()
}
_GUIDELINE = re.compile(r"\bPV-\d+\.\d+\.\d+\b")
_NUMBERS = re.compile(
    r"(?:(?:del)?mål(?:et|ene|a)?\.?\s*(?:nr\.?\s*)?)?\d{1,3}(?:\.\d{1,3})?"
    r"(?:(?:\s*[,;&]\s*|\s+og\s+|\s)\d{1,3}(?:\.\d{1,3})?)*\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_AMOUNT = re.compile(
    r"(?:kr\.?|nok)?\s*(?P<whole>\d{1,3}(?:[ .]\d{3}){1,4}|\d{1,15})(?:,(?P<part>\d{1,6}))?\s*"
    r"(?P<unit>mill(?:\.|ioner|ionar|ion)?|mnok|tusen|tkr)?\s*(?:kr\.?|kroner|nok)?\s*(?:,[-–])?",
    re.IGNORECASE,
)
_THOUSANDS, _MILLIONS = re.compile(r"\b1 ?000\b|tusen|tkr"), re.compile(r"\bmill|mnok")
_MOST_KRONER = 10**12
_REF_MOST = 300


def field_of(title: str) -> Field | None:
    """Return what a column says of a measure, by the words above it."""
    folded = fold(title)
    return next((each for each, pattern in _FIELDS if pattern.match(folded)), None) if folded else None


def details_of(titles: Sequence[str]) -> tuple[Detail | None, ...]:
    """Return what the columns of a table of figures or links say; empty if it is none."""
    # Every row of a table is asked whether it is one: most say no such word.
    if not any(_NUMBERED.match(title) for title in titles):
        return ()
    found = tuple(
        next((each for each, pattern in _DETAILS if pattern.fullmatch(fold(title))), None) for title in titles
    )
    filled = [each for each, title in zip(found, titles, strict=True) if title]
    is_one = Detail.MEASURE in filled and (Detail.NAME in filled) != (Detail.LINKED in filled)
    return found if is_one and None not in filled and len(set(filled)) == len(filled) else ()


def fill(more: DraftMore, said: Field, written: str, title: str) -> bool:
    """Take what a cell says; False if it says something else than its column, so that it must be kept as a note."""
    if said is Field.BUDGET:
        found = amount(clean(written), title) if more.budget is None else None
        more.budget = found if more.budget is None else more.budget
        return found is not None
    if said is Field.SERVES:
        numbers = goal_numbers(written)
        more.goal_numbers += numbers
        return bool(numbers)
    if said is Field.LINK:
        lines_said = list(dict.fromkeys(_GUIDELINE.findall(written)))
        more.links += [ReadLink(LinkKind.GUIDELINE, ref) for ref in lines_said]
        return bool(lines_said) and not _GUIDELINE.sub("", written).strip(" ,;\r\n")
    lines = [line for line in map(clean, re.split(r"[\r\n]+", cleaning.broken(written))) if line]
    if said is Field.SERVICES:
        services = [_SERVICES.get(fold(name)) for line in lines for name in re.split(r"[,;]", line) if name.strip()]
        more.services += [each for each in services if each and each not in more.services]
        return bool(services) and None not in services
    if said is Field.INDICATOR:
        names = [cleaning.without_bullet(line) or line for line in lines]
        more.indicators += [ReadIndicator(name) for name in names if len(name) <= TITLE_MOST]
        return all(len(name) <= TITLE_MOST for name in names)
    text = "\n".join(filter(None, (getattr(more, said.value), *lines)))
    if len(text) > TEXT_MOST:
        return False
    setattr(more, said.value, text)
    return True


def fill_detail(more: DraftMore, details: Sequence[Detail | None], cells: Sequence[str]) -> bool:
    """Take a figure or a link that a row of such a table says; False if there is none in it, or too much."""
    said = {each: clean(cell) for each, cell in zip(details, cells, strict=True) if each}
    # A code is kept to the letter.
    code = next((cell.strip() for each, cell in zip(details, cells, strict=True) if each is Detail.CODE), "")
    name = said.get(Detail.NAME, "")
    if Detail.LINKED in said:
        kind = _KINDS.get(fold(said.get(Detail.KIND, "")))
        label = said[Detail.LINKED]
        if kind is None or not (code or label) or max(len(code), len(label)) > _REF_MOST:
            return False
        more.links.append(ReadLink(kind, code or label, label if code else ""))
        return True
    definition, unit = said.get(Detail.DEFINITION, ""), said.get(Detail.UNIT, "")
    target = said.get(Detail.TARGET, "")
    is_number = re.fullmatch(r"-?\d{1,12}(?:[.,]\d{1,4})?", target.replace(" ", "")) is not None
    if not name or len(name) > TITLE_MOST or len(definition) > TEXT_MOST or max(len(unit), len(code)) > 100:
        return False
    found = ReadIndicator(name, unit_of_value=unit, definition=definition, indicator=code)
    if is_number:
        found = replace(found, target=target.replace(" ", "").replace(",", "."))
    more.indicators.append(found)
    return is_number or not target


def goal_numbers(written: str) -> list[str]:
    """Return the numbers of goals, if a cell holds nothing else: `1, 2.1`, `Mål 3`."""
    text = clean(written)
    return _NUMBER.findall(text) if _NUMBERS.fullmatch(text) else []


def amount(written: str, title: str) -> int | None:
    """
    Return an amount in whole kroner; None for what is not plainly one.

    >>> amount("kr 200 000,-", "Kostnad"), amount("0,5 mill.", "Budsjett"), amount("150", "Kostnad (1000 kr)")
    (200000, 500000, 150000)
    >>> amount("Innenfor rammen", "Kostnad")
    """
    found = _AMOUNT.fullmatch(written)
    if not found:
        return None
    unit = (found["unit"] or "").casefold() or fold(title)
    factor = 1_000_000 if _MILLIONS.search(unit) else 1_000 if _THOUSANDS.search(unit) else 1
    digits = found["whole"].replace(" ", "").replace(".", "")
    part = found["part"] or ""
    kroner, rest = divmod(int(digits + part) * factor, 10 ** len(part))
    return kroner if not rest and kroner < _MOST_KRONER else None
