"""
What the columns of a list of offers are called, and where their cells belong in the object of `domain.reading`.

Places, times and telephone numbers of which there are several have their number behind the header: `sted 2`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from medspiller.catalogue.domain.reader import LANGUAGES


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    WORDS = "words"
    WHOLE = "whole"
    MONEY = "money"
    YES_NO = "yes_no"
    DAY = "day"
    TIME = "time"
    AREAS = "areas"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column: the name that stands in every language's list, what people call it, and where its cells belong.

    `place` is the way to it in the object, as `domain.reading` names it; `group` is `places`, `times` or
    `contact.phones` where one row may have several.
    """

    name: str
    headers: tuple[str, ...]
    place: str
    holds: Holds = Holds.TEXT
    group: str = ""


def _said(name: str, nb: str, place: str) -> tuple[Column, ...]:
    """One column for each language; without one it is bokmål."""
    return tuple(
        Column(
            f"{name}_{language}",
            (f"{nb} {language}", *((nb,) if language == "nb" else ())),
            f"{place}.{language}",
        )
        for language in LANGUAGES
    )


def _grouped(group: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(Column(each.name, each.headers, each.place, each.holds, group) for each in columns)


_PLACES = (
    Column("place_name", ("sted", "stad"), "name"),
    Column("place_street", ("gateadresse",), "street"),
    Column("place_postal_code", ("postnummer",), "postal_code"),
    Column("place_city", ("poststed", "poststad"), "city"),
    Column("place_municipality", ("kommunenummer",), "municipality"),
    Column("place_district", ("bydel",), "district"),
    *_said("place_directions", "veibeskrivelse", "directions"),
    Column("place_access", ("tilgjengelighet",), "access", Holds.CODES),
)
_TIMES = (
    Column("weekdays", ("ukedager", "vekedagar"), "weekdays", Holds.WEEKDAYS),
    Column("opens", ("fra klokka", "frå klokka"), "opens", Holds.TIME),
    Column("closes", ("til klokka",), "closes", Holds.TIME),
    Column("every_weeks", ("hver uke", "kvar veke"), "every_weeks", Holds.WHOLE),
    *_said("time_note", "merknad til tiden", "note"),
)
_PHONES = (
    Column("phone", ("telefon",), "number"),
    *_said("phone_label", "telefonen er til", "label"),
)

COLUMNS: tuple[Column, ...] = (
    Column("slug", ("kortnavn", "kortnamn"), "slug"),
    Column("provider", ("tilbyder", "tilbydar"), "provider"),
    Column("kind", ("type",), "kind", Holds.CODE),
    *_said("title", "tittel", "title"),
    *_said("summary", "kort fortalt", "summary"),
    *_said("text", "tekst", "text"),
    *_said("how", "slik får du det", "how"),
    Column("needs", ("behov",), "needs", Holds.CODES),
    Column("relations", ("for hvem", "for kven"), "audience.relations", Holds.CODES),
    Column("conditions", ("sykdom", "sjukdom"), "audience.conditions", Holds.CODES),
    Column("situations", ("livssituasjon",), "audience.situations", Holds.CODES),
    Column("age_from", ("fra alder", "frå alder"), "audience.age_from", Holds.WHOLE),
    Column("age_to", ("til alder",), "audience.age_to", Holds.WHOLE),
    Column("areas", ("område",), "areas", Holds.AREAS),
    Column("way", ("måte",), "way", Holds.CODE),
    Column("is_free", ("gratis",), "cost.is_free", Holds.YES_NO),
    Column("amount", ("pris",), "cost.amount", Holds.MONEY),
    *_said("cost", "om prisen", "cost.text"),
    Column("languages", ("språk",), "languages", Holds.CODES),
    Column("from", ("fra dato", "frå dato"), "period.from", Holds.DAY),
    Column("to", ("til dato",), "period.to", Holds.DAY),
    Column("review_on", ("se over", "sjå over"), "review_on", Holds.DAY),
    Column("is_digital", ("digitalt",), "is_digital", Holds.YES_NO),
    Column("has_interpreter", ("tolk",), "has_interpreter", Holds.YES_NO),
    Column("is_anonymous", ("anonymt",), "is_anonymous", Holds.YES_NO),
    Column("website", ("nettside",), "contact.website"),
    Column("email", ("e-post",), "contact.email"),
    Column("chat", ("chat",), "contact.chat"),
    *_grouped("contact.phones", _PHONES),
    *_grouped("places", _PLACES),
    *_grouped("times", _TIMES),
    *(
        Column(f"search_words_{language}", (f"søkeord {language}",), f"search_words.{language}", Holds.WORDS)
        for language in LANGUAGES
    ),
    Column("machine_translated", ("maskinoversatt", "maskinomsett"), "machine_translated", Holds.CODES),
    Column("certainty", ("sikkerhet", "tryggleik"), "certainty", Holds.CODE),
    *_said("to_check", "må sjekkes", "to_check"),
)


def column_at(path: str) -> str:
    """
    Return the header of the column that a place in the object comes from, the place itself where there is none.

    >>> column_at("places[1].street")
    'gateadresse 2'
    """
    for column in COLUMNS:
        if not column.group:
            if path == column.place or path.startswith((f"{column.place}[", f"{column.place}.")):
                return header_of(column, 0)
            continue
        found = re.fullmatch(rf"{re.escape(column.group)}(?:\[|\.)(\d+)\]?(?:\.(.+))?", path)
        inner = found.group(2) or "" if found else ""
        if found and (inner == column.place or inner.startswith((f"{column.place}[", f"{column.place}."))):
            return header_of(column, int(found.group(1)))
    broader = next((each for each in COLUMNS if not each.group and each.place.startswith(f"{path}.")), None)
    return header_of(broader, 0) if broader else path


def header_of(column: Column, number: int) -> str:
    """Return the header people know a column by, with its number from the second on."""
    return f"{column.headers[0]} {number + 1}" if number else column.headers[0]
