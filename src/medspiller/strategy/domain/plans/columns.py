"""What the columns of a table hold, by the words that stand above them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from medspiller.strategy.domain.plans.cleaning import clean, fold
from medspiller.strategy.domain.plans.fields import Detail, Field, details_of, field_of
from medspiller.strategy.domain.plans.headings import Heading, area_heading


class Column(StrEnum):
    """What a column holds."""

    MEASURE = "measure"
    MORE = "more"
    OWNER = "owner"
    TIME = "time"
    FROM = "from"
    TO = "to"
    NUMBER = "number"
    AREA = "area"
    GOAL = "goal"
    APPROACH = "approach"
    NOTES = "notes"
    NOTE = "note"
    YEAR = "year"


ONE_A_LINE = "(én per linje)"
_ONE_A_LINE = fold(ONE_A_LINE)

# The first that fits counts; each is looked for at the beginning of the words of the header.
_KNOWN: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"(?:tiltaks?\s*)?(?:nr|nummer|id|løpenr|løpenummer)$|tiltak\s*(?:nr|nummer|id)$"),
    (Column.AREA, r"(?:innsats|satsings|satsnings|fokus|hoved|hovud|mål|tema)?(?:område|områder|områda|felt)$|"
                  r"tema$|hovedtema$|satsing$|kapittel$|strategisk område"),
    (Column.FROM, r"fra$|frå$|fra år|start$|startår|oppstart$|starter|fra og med|planlagt start|startdato"),
    (Column.TO, r"til$|til år|slutt$|sluttår|ferdig$|ferdigstilt$|ferdigstilles|til og med|avsluttes|sluttdato"),
    (Column.NOTES, r"merknad|notat|fotnote|kommentar"),
    (Column.OWNER, r"(?:hoved|hovud|tiltaks|gjennomførings|prosjekt|fag)?ansvar|(?:tiltaks)?eier|(?:tiltaks)?eigar|"
                   r"(?:hvem|kven)\b|rolle(?:r|n|ne)?$|(?:utfører|utførar|enhet|eining|avdeling|virksomhet|verksemd|sektor|etat|tjeneste|"
                   r"departement|leder)(?:e|en|er|ar)?$|(?:utføres|gjennomføres|følges opp) av$"),
    (Column.TIME, r"tid$|tid\b|tids|frist|periode|planperiode|når|år$|årstall|gjennomføring$|iverksett|tidfest|"
                  r"start og slutt|oppstart og|milepæl|framdrift|fremdrift|gjennomføres|ferdig innen"),
    (Column.MEASURE, r"(?!(?:et|ett|eit|dette) )(?:\w+ )?tiltak(?:ene|a|et|snavn|stekst|sbeskrivelse)?"
                     r"(?: (?:og |eller |i |for å |beskriv|aktivitet|navn|hva|kva|(?:19|20)\d\d).*)?$|"
                     r"aktivitet(?:er|ar)?(?: .*)?$|handling(?:er|ar)?$|"
                     r"(?:hva|kva)(?: skal| vil)?(?: vi)?(?: gj[øe]r\w*)?$|"
                     r"(?:arbeids)?(?:oppgave|oppgåve)(?:r|ne)?$|beskrivelse av tiltak"),
    (Column.GOAL, r"(?:hoved|hovud|del|resultat|effekt)?mål$|mål(?:et|ene|a|setting|setning|sett?ingar?)?$|"
                  r"hvordan vil vi ha det|korleis vil vi ha det|ønsket resultat"),
    (Column.APPROACH, r"strategi|grep$|framgangsmåte|fremgangsmåte|hvordan vil vi gjøre|korleis vil vi gjere"),
    (Column.MORE, r"beskrivelse$|beskriving$|skildring$|omtale$|innhold$|innhald$|utdyping$|nærmere beskrivelse"),
)  # fmt: skip
_COMPILED = tuple((column, re.compile(rf"(?:{pattern})")) for column, pattern in _KNOWN)
_NOTED = re.compile(
    r"kostnad|kroner$|kr$|beløp|sum$|økonomi|ressurs|budsjett|finansiering|ramme|status|samarbeid|partner|medvirk|involver|deltak|bidrag|"
    r"indikator|måloppnå|effekt|resultat|dokumentasjon|forankring|prioritet|måleparam|hvordan måle|lenke|link"
)
_PLAINEST = frozenset({"tiltak", "innsatsområde"})
_YEAR = re.compile(r"(?:år )?((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Header:
    """
    The columns of a table: what each holds, and what is written above it.

    `fields` is what further columns say of a measure. A table with `details` has figures or links, each with the number
    of its measure.
    """

    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    area: Heading | None = None
    strict: frozenset[Column] = field(default_factory=frozenset)
    fields: tuple[Field | None, ...] = ()
    details: tuple[Detail | None, ...] = ()

    def at(self, column: Column) -> list[int]:
        """Where the columns of a kind are."""
        return [place for place, each in enumerate(self.columns) if each is column]

    @property
    def has_time(self) -> bool:
        """Whether the table says when."""
        return any(each in {Column.TIME, Column.FROM, Column.TO, Column.YEAR} for each in self.columns)

    @property
    def has_owner(self) -> bool:
        """Whether the table says who."""
        return Column.OWNER in self.columns


def header_of(cells: Sequence[str]) -> Header | None:
    """Return what the columns hold, if these cells are the headers of a table of a plan."""
    titles = tuple(clean(cell) for cell in cells)
    filled = [title for title in titles if title]
    if len(filled) < 2 or len(filled) > 24 or any(len(title) > 60 for title in filled[1:]) or len(filled[0]) > 160:
        return None
    details = details_of(titles)
    if details:
        places = {Detail.MEASURE: Column.NUMBER, Detail.AREA: Column.AREA}
        return Header(tuple(places.get(each, Column.NOTE) if each else Column.NOTE for each in details), titles,
                      details=details)  # fmt: skip
    columns = _distinct([_column(title) for title in titles], titles)
    area = next((area_heading(title) for title in titles[:1] if area_heading(title)), None)
    if area and area.title and Column.MEASURE not in columns and _says_who_or_when(columns[1:]):
        # The area's title stands where the word for measures would.
        columns = [Column.MEASURE, *columns[1:]]
        return Header(tuple(columns), titles, area=area, fields=_fields(columns, titles))
    if Column.MEASURE not in columns and not (Column.AREA in columns and {Column.GOAL, Column.APPROACH} & set(columns)):
        return None
    if not _are_headers(columns, titles):
        return None
    strict = frozenset(
        column for column, title in zip(columns, titles, strict=True) if fold(title).endswith(_ONE_A_LINE)
    )
    return Header(tuple(columns), titles, strict=strict, fields=_fields(columns, titles))


def _are_headers(columns: Sequence[Column], titles: Sequence[str]) -> bool:
    """Whether most of them are words that stand above columns: a row may hold one of these by chance."""
    pairs = [(column, title) for column, title in zip(columns, titles, strict=True) if title]
    if any(column is Column.MEASURE and (len(title) > 45 or title.endswith(".")) for column, title in pairs):
        return False
    words = [title for column, title in pairs if column not in {Column.NOTE, Column.YEAR} or _is_noted(title)]
    years = sum(1 for column, _ in pairs if column is Column.YEAR)
    if len(words) == 1:
        return years >= 2 and years + 1 == len(pairs)
    return len(words) >= 2 and (len(words) + years) * 2 > len(pairs)


def _is_noted(title: str) -> bool:
    return _NOTED.match(fold(title)) is not None or field_of(title) is not None


def _fields(columns: Sequence[Column], titles: Sequence[str]) -> tuple[Field | None, ...]:
    """Only what would else be a note says more: a column of owners or years stays what it is."""
    further = {Column.NOTE, Column.MORE}
    return tuple(field_of(title) if column in further else None for column, title in zip(columns, titles, strict=True))


def _says_when(columns: Sequence[Column]) -> bool:
    return bool({Column.TIME, Column.FROM, Column.TO, Column.YEAR} & set(columns))


def _says_who_or_when(columns: Sequence[Column]) -> bool:
    return bool({Column.OWNER, Column.TIME, Column.FROM, Column.YEAR} & set(columns))


def _column(title: str) -> Column:
    folded = fold(title)
    if not folded:
        return Column.NOTES if title == "#" else Column.NOTE
    if _YEAR.fullmatch(folded):
        return Column.YEAR
    folded = folded.removesuffix(_ONE_A_LINE).strip()
    if _NOTED.match(folded):
        return Column.NOTE
    return next((column for column, pattern in _COMPILED if pattern.match(folded)), Column.NOTE)


def _distinct(columns: list[Column], titles: Sequence[str]) -> list[Column]:
    """Only one column can hold the measure: of several the one that says so most plainly."""
    for single in (Column.MEASURE, Column.AREA):
        places = [place for place, column in enumerate(columns) if column is single]
        plainest = min(
            places, key=lambda place: (fold(titles[place]) not in {"tiltak", "innsatsområde"}, place), default=-1
        )
        for place in places:
            if place != plainest:
                columns[place] = Column.MORE if single is Column.MEASURE else Column.NOTE
    if Column.MEASURE not in columns and Column.MORE in columns and _says_who_or_when(columns):
        columns[columns.index(Column.MORE)] = Column.MEASURE
    says_all = Column.OWNER in columns and _says_when(columns)
    if says_all and not {Column.MEASURE, Column.AREA} & set(columns) and columns.count(Column.APPROACH) == 1:
        # What somebody does by a certain time is a measure, whatever it is called.
        columns[columns.index(Column.APPROACH)] = Column.MEASURE
    if Column.FROM not in columns and columns.count(Column.TO) == 1:
        columns[columns.index(Column.TO)] = Column.TIME
    for place, title in enumerate(titles):
        if title in {"#", "Nr", "Nr."}:
            columns[place] = Column.NUMBER
    return columns
