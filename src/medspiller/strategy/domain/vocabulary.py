"""What strategies, measures and what is said of them can be. A code is stored for good."""

from enum import StrEnum


class Level(StrEnum):
    """Who has decided a strategy."""

    NATIONAL = "national"
    COUNTY = "county"
    MUNICIPAL = "municipal"
    HEALTH_TRUST = "health_trust"


class StrategyStatus(StrEnum):
    """How far a strategy has come. The last two are over."""

    DRAFT = "draft"
    HEARING = "hearing"
    ADOPTED = "adopted"
    REPLACED = "replaced"
    ENDED = "ended"


class MeasureStatus(StrEnum):
    """How far a measure has come. The last two are over."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    STOPPED = "stopped"


class Light(StrEnum):
    """How it goes with a measure, as its owner judges: on course, to be watched, something must be done."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class LinkKind(StrEnum):
    """What a measure carries out, or is carried out by."""

    NATIONAL = "national"
    GUIDELINE = "guideline"
    PATHWAY = "pathway"
    OFFER = "offer"
    QUESTIONNAIRE = "questionnaire"
    COURSE = "course"
    INDICATOR = "indicator"


class Body(StrEnum):
    """Who was heard about a strategy, or decided it."""

    YOUTH_COUNCIL = "youth_council"
    ELDERLY_COUNCIL = "elderly_council"
    DISABILITY_COUNCIL = "disability_council"
    COMMITTEE = "committee"
    COUNCIL = "council"
    CARERS = "carers"
    OTHER = "other"


class Event(StrEnum):
    """What happened with a strategy on its way."""

    SENT = "sent"
    HEARD = "heard"
    COMMENTED = "commented"
    TREATED = "treated"
    ADOPTED = "adopted"


class ImportState(StrEnum):
    """How far a plan from a file has come: a job reads it, or refuses it; a person confirms or discards it."""

    READING = "reading"
    REFUSED = "refused"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class FileKind(StrEnum):
    """What kind of file a plan was read from."""

    TEXT = "text"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


class Unreadable(StrEnum):
    """Why no plan was read from a file: what the reader says of it, and that it holds none, or one that is here."""

    EMPTY = "empty"
    PDF = "pdf"
    OLD_OFFICE = "old_office"
    OTHER_KIND = "other_kind"
    HARMFUL = "harmful"
    BROKEN = "broken"
    TOO_BIG = "too_big"
    NOT_TEXT = "not_text"
    NO_PLAN = "no_plan"
    TWICE = "twice"


class ExportForm(StrEnum):
    """As what a plan is given out. BOARD is its measures as one flat table."""

    DOCX = "docx"
    XLSX = "xlsx"
    BOARD = "board"


class Service(StrEnum):
    """The services that carry measures out, as an evaluation of the guideline asks after them."""

    HEALTH_STATION = "health_station"
    SCHOOL_HEALTH = "school_health"
    HOME_CARE = "home_care"
    NURSING_HOME = "nursing_home"
    MENTAL_HEALTH = "mental_health"
    HOSPITAL = "hospital"
    ADMINISTRATION = "administration"
    OTHER = "other"


# What can still be changed as a plan is; afterwards measures are stopped, never removed.
BEING_WRITTEN = frozenset({StrategyStatus.DRAFT, StrategyStatus.HEARING})
# What holds or may come to hold: of these there is no second of the same name, owner and years.
CURRENT = frozenset({StrategyStatus.DRAFT, StrategyStatus.HEARING, StrategyStatus.ADOPTED})
# Of these there is one for each plan, whatever its file is called.
DIGEST_COUNTS = frozenset({ImportState.WAITING, ImportState.CONFIRMED})
DECIDED = frozenset({ImportState.CONFIRMED, ImportState.DISCARDED})
OVER = frozenset({MeasureStatus.DONE, MeasureStatus.STOPPED})

FIRST_YEAR, LAST_YEAR = 1990, 2100
TITLE_MOST = 300
TEXT_MOST = 6000
SLUG_MOST = 80
FILE_MOST_BYTES = 10 * 1024 * 1024
