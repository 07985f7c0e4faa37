"""
Instruments: what a score of somebody else's form means, and what may be done with its words.

Nothing here decides anything about anybody. A band is a reason to talk, and says how sure it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from medspiller.core.errors import MedspillerError


class Licence(StrEnum):
    """What the owner lets others do with the words of the items; `UNKNOWN` is treated as no."""

    FREE = "FREE"
    FREE_ATTRIB = "FREE_ATTRIB"
    NC_ONLY = "NC_ONLY"
    PERMISSION = "PERMISSION"
    PROPRIETARY = "PROPRIETARY"
    UNKNOWN = "UNKNOWN"

    @property
    def allows_items(self) -> bool:
        """The words may stand in the repository; NC_ONLY's only in a package of their own."""
        return self in (Licence.FREE, Licence.FREE_ATTRIB, Licence.NC_ONLY)


class Respondent(StrEnum):
    """Who answers."""

    CARER = "carer"
    CHILD = "child"
    STAFF = "staff"


class Direction(StrEnum):
    """What a higher total means. MORE_CARING is neither better nor worse."""

    BETTER = "better"
    WORSE = "worse"
    MORE_CARING = "more_caring"


class Certainty(StrEnum):
    """Whether the source was read, or is remembered and must be verified."""

    READ = "read"
    BACKGROUND = "background"


class Wording(StrEnum):
    """Where the words of the items come from, if not checked against the owner's own in that language."""

    OWN_TRANSLATION = "own_translation"
    UNVERIFIED = "unverified"


class MissingRule(StrEnum):
    """What an answer left out does to a total. ALL: there is none unless everything is answered."""

    ALL = "all"


class OutOfRange(MedspillerError):
    """A total that the instrument cannot give; `range` is what it can, None if it has no score."""

    def __init__(self, possible: tuple[Decimal, Decimal] | None):
        self.range = possible
        super().__init__(f"from {possible[0]} to {possible[1]}" if possible else "no score")


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of totals, both ends included, with what it is called from `valid_from` on."""

    least: Decimal
    most: Decimal
    label: Mapping[str, str]
    certainty: Certainty
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Relevant:
    """How much a total must change before the change is told as one."""

    by: Decimal
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """
    One total of an instrument: from least to most, both ends included, with how sure that is.

    `item` is the linkId that holds it, None where the total is only entered. Without range and
    direction there is no score: it is only said that this version of the instrument was used.
    """

    id: str
    name: Mapping[str, str]
    item: str | None
    range: tuple[Decimal, Decimal] | None
    certainty: Certainty
    higher: Direction | None
    bands: tuple[Band, ...]
    relevant_change: Relevant | None


@dataclass(frozen=True, slots=True)
class TalkRule:
    """When a talk is called for: any single answer, or a total, that is so low."""

    any_answer_at_most: Decimal | None
    total: str | None
    total_at_most: Decimal | None


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument in one version. `questionnaire` is a canonical address, None where only totals are kept."""

    url: str
    version: str
    id: str
    name: Mapping[str, str]
    about: Mapping[str, str]
    licence: Licence
    attribution: str
    owner_link: str | None
    respondent: Respondent
    languages: tuple[str, ...]
    least_age: int | None
    staff_only: bool
    questionnaire: str | None
    wording: Mapping[str, Wording]
    scales: tuple[Scale, ...]
    talk: TalkRule | None
    missing_rule: MissingRule
    missing_text: Mapping[str, str]
    not_a_diagnosis: Mapping[str, str]
    sources: tuple[tuple[str, str | None], ...]

    def scale(self, scale_id: str) -> Scale:
        """Return one of its totals; KeyError if it has none of that id."""
        return {scale.id: scale for scale in self.scales}[scale_id]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a total of an instrument came to, and the band it lies in, if one is fixed."""

    scale: Scale
    value: Decimal
    band: Band | None


class Change(StrEnum):
    """How a later total lies to an earlier one. SMALL: a difference below what the instrument calls one."""

    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    LESS = "less"
    SMALL = "small"
    NONE = "none"


def ensure_within(scale: Scale, value: Decimal | None) -> None:
    """
    Accept a total that the instrument can give: a whole number in its range, none where it has no score.

    :raises OutOfRange: with what it can give.
    """
    if scale.range is None or value is None:
        if value is not None or scale.range is not None:
            raise OutOfRange(scale.range)
        return
    least, most = scale.range
    if not least <= value <= most or value != value.to_integral_value():
        raise OutOfRange(scale.range)


def band_of(scale: Scale, value: Decimal, *, on: date) -> Band | None:
    """Return the band a total lies in by the bands in force on a day; None where none is fixed."""
    known = [band for band in scale.bands if band.valid_from <= on and band.least <= value <= band.most]
    return max(known, key=lambda band: band.valid_from, default=None)


def readings(instrument: Instrument, scores: Mapping[str, Decimal | None], *, on: date) -> tuple[Reading, ...]:
    """Return what scores by linkId mean by the bands in force on a day; totals without a score are left out."""
    found = []
    for scale in instrument.scales:
        value = scores.get(scale.item) if scale.item else None
        if value is not None:
            found.append(Reading(scale, value, band_of(scale, value, on=on)))
    return tuple(found)


def change_between(scale: Scale, before: Decimal, after: Decimal) -> Change:
    """
    Say how a total has changed, by the instrument's own rule.

    Where the instrument has no rule for what a relevant change is, any difference is told.
    """
    if before == after:
        return Change.NONE
    if scale.relevant_change is not None and abs(after - before) < scale.relevant_change.by:
        return Change.SMALL
    rose = after > before
    if scale.higher is Direction.MORE_CARING:
        return Change.MORE if rose else Change.LESS
    return Change.BETTER if rose is (scale.higher is Direction.BETTER) else Change.WORSE


def calls_for_talk(instrument: Instrument, *, answers: Iterable[Decimal], totals: Mapping[str, Decimal | None]) -> bool:
    """Say whether the instrument itself calls for a talk, given what single answers count and its totals by id."""
    rule = instrument.talk
    if rule is None:
        return False
    lowest = rule.any_answer_at_most
    if lowest is not None and any(answer <= lowest for answer in answers):
        return True
    total = totals.get(rule.total) if rule.total else None
    return total is not None and rule.total_at_most is not None and total <= rule.total_at_most


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, in bokmål where it is not there in it."""
    return texts.get(language) or texts["nb"]
