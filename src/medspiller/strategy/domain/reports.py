"""
The yearly report of a strategy: what stood when the year ended, counted the same way wherever it is shown.

A report is a draft until somebody makes it final. Its figures are counted when it is drafted and whenever somebody asks
for new ones; in between all read the same. From the moment it is final they stay. Its texts are people's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from medspiller.core.errors import Conflict, MedspillerError

# A text of a section. Longer than what anybody reads in a yearly report.
LONGEST_TEXT = 8000
FIRST_YEAR = 2000
# Whoever reads the report must be told what happened in the year, not every message of it.
REPORTS_SHOWN = 3


class ReportKind(StrEnum):
    """MUNICIPAL goes by focus area; NATIONAL goes by who is responsible, as ministries are."""

    MUNICIPAL = "municipal"
    NATIONAL = "national"


class ReportState(StrEnum):
    """A FINAL report never changes."""

    DRAFT = "draft"
    FINAL = "final"


class Section(StrEnum):
    """The sections every report has. Those of focus areas or of owners stand between the first and the second."""

    SUMMARY = "summary"
    INDICATORS = "indicators"
    LEARNT = "learnt"
    CARERS = "carers"
    DEVIATIONS = "deviations"
    DECISIONS = "decisions"
    NEXT_YEAR = "next_year"


class Trend(StrEnum):
    """How the last value lies to the one before. UNKNOWN: one is missing, hidden, or not of all of a year."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNKNOWN = "unknown"


class ReportRefused(MedspillerError):
    """It cannot be stored; `why` is the code of a refusal that `web.reports` has in words."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class ReportChanged(Conflict):
    """Somebody else changed the report meanwhile; `now` is its version, `text` what stands in the section."""

    def __init__(self, *, now: int, section: str, text: str):
        self.now, self.section, self.text = now, section, text
        super().__init__(changed={"version": str(now)})


@dataclass(frozen=True, slots=True)
class Message:
    """A status report of the year. `status` and `light` are the codes of the plan."""

    on: date
    status: str
    light: str
    text: str = ""
    evidence: str = ""
    evidence_url: str = ""
    deviation: str = ""
    decision_needed: str = ""


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure as it stood. `to_year` is the last year it runs; `messages` are the year's, the newest first."""

    number: str
    text: str
    owners: tuple[str, ...]
    from_year: int | None
    to_year: int | None
    status: str
    light: str = ""
    learnt: str = ""
    has_evidence: bool = False
    messages: tuple[Message, ...] = ()

    def is_late(self, ended: int) -> bool:
        """Say whether it should have been done by the end of `ended`, the last year that is over, and was not."""
        return self.is_open and self.to_year is not None and self.to_year <= ended

    @property
    def is_open(self) -> bool:
        """Whether there is more to do."""
        return self.status in ("not_started", "under_way")


@dataclass(frozen=True, slots=True)
class Part:
    """A focus area, or all that one owner is responsible for, with its measures. `key` names its section."""

    key: str
    number: int
    title: str
    goals: tuple[str, ...] = ()
    measures: tuple[MeasureState, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """
    What an indicator came to in one year. `value` is None where it is hidden or missing.

    `whole` is the denominator and `unknown` how many are not known, where the indicator has them. What is not of the
    whole calendar year has the days it is of: from `begins` up to, not including, `ends`. What is not `complete` will
    rise by itself: what is done within thirty days is not yet known of everybody.
    """

    year: int
    value: Decimal | None
    is_hidden: bool = False
    whole: int | None = None
    unknown: int | None = None
    source: str = ""
    on: date | None = None
    begins: date | None = None
    ends: date | None = None
    is_complete: bool = True

    @property
    def is_whole_year(self) -> bool:
        """Whether it is of the whole calendar year, and all of it is known: else it is compared with nothing."""
        return self.ends is None and self.is_complete


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of one or several measures. `query` says how it is counted; empty where it is entered by hand."""

    name: str
    unit: str
    definition: str
    query: str
    source: str
    target: str
    measures: tuple[str, ...]
    values: tuple[Value, ...]
    is_computed: bool = False

    @property
    def trend(self) -> Trend:
        """How the last year lies to the one before it."""
        if len(self.values) < 2:
            return Trend.UNKNOWN
        if not all(value.is_whole_year for value in self.values[-2:]):
            return Trend.UNKNOWN
        before, now = self.values[-2].value, self.values[-1].value
        if before is None or now is None:
            return Trend.UNKNOWN
        return Trend.SAME if now == before else Trend.UP if now > before else Trend.DOWN


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure of the country, for comparison by the reader only: another definition than any of ours."""

    title: str
    value: str
    year: str
    source: str
    # What it must not be taken for.
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """That a body was heard or decided something about the plan in the year. `body` and `what` are the log's codes."""

    on: date
    body: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class YearState:
    """All that the report of a year rests on, as it stood on `on`, the last day counted; `is_over`: the year was."""

    kind: ReportKind
    title: str
    owner_name: str
    year: int
    on: date
    parts: tuple[Part, ...]
    indicators: tuple[Indicator, ...] = ()
    references: tuple[Reference, ...] = ()
    # Counts of what carers miss, and who was heard.
    carers: tuple[Indicator, ...] = ()
    heard: tuple[Heard, ...] = ()
    # What begins next year, as number and text.
    ahead: tuple[tuple[str, str], ...] = ()
    is_over: bool = True
    # The smallest count that is shown.
    least: int = 5

    @property
    def ended(self) -> int:
        """The last year that was over: nothing is late before its last year is."""
        return self.year if self.is_over else self.year - 1

    @property
    def measures(self) -> list[MeasureState]:
        """Every measure, in the order of the plan."""
        return [measure for part in self.parts for measure in part.measures]


class Count(StrEnum):
    """What is counted of the measures of a year."""

    MEASURES = "measures"
    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"
    STOPPED = "stopped"
    REPORTED = "reported"
    RED = "red"
    LATE = "late"
    WITHOUT_OWNER = "without_owner"
    WITHOUT_EVIDENCE = "without_evidence"


_COUNTED: Mapping[Count, Callable[[MeasureState, int], bool]] = {
    Count.MEASURES: lambda measure, ended: True,
    Count.DONE: lambda measure, ended: measure.status == "done",
    Count.UNDER_WAY: lambda measure, ended: measure.status == "under_way",
    Count.NOT_STARTED: lambda measure, ended: measure.status == "not_started",
    Count.STOPPED: lambda measure, ended: measure.status == "stopped",
    Count.REPORTED: lambda measure, ended: bool(measure.messages),
    Count.RED: lambda measure, ended: measure.is_open and measure.light == "red",
    Count.LATE: lambda measure, ended: measure.is_late(ended),
    Count.WITHOUT_OWNER: lambda measure, ended: not measure.owners,
    Count.WITHOUT_EVIDENCE: lambda measure, ended: measure.status in ("done", "under_way") and not measure.has_evidence,
}


def counts(measures: Iterable[MeasureState], ended: int) -> dict[Count, int]:
    """
    Return how many measures each count holds, where `ended` is the last year that is over.

    The four states add up to all of them.
    """
    every = list(measures)
    return {count: sum(holds(measure, ended) for measure in every) for count, holds in _COUNTED.items()}


def is_of_year(from_year: int | None, to_year: int | None, status_before: str, year: int) -> bool:
    """
    Say whether a measure belongs in the report of a year: it ran then, or it should have been done before and was not.

    `status_before` is its state when the year began. A year that is not given has no end.
    """
    if from_year is not None and from_year > year:
        return False
    is_over = to_year is not None and to_year < year
    return not is_over or status_before in ("not_started", "under_way")


def last_before(messages: Sequence[Message], end: date) -> Message | None:
    """Return the newest message before a day, which is not part of the time; None where there is none."""
    earlier = [message for message in messages if message.on < end]
    return max(earlier, key=lambda message: message.on, default=None)


def by_owner(parts: Iterable[Part], nobody: str) -> tuple[Part, ...]:
    """
    Return the measures grouped by who is named first as responsible, in the order they first occur.

    So that every measure stands in one group only; those of `nobody` come last. A group's key follows from its name
    alone: a text stays with whom it was written about, whoever else comes or goes.
    """
    groups: dict[str, list[MeasureState]] = {}
    called: dict[str, str] = {}
    for part in parts:
        for measure in part.measures:
            name = measure.owners[0] if measure.owners else nobody
            # However it is spaced and cased, it is the same owner, called what it was called first.
            name = called.setdefault(_compared(name), name)
            groups.setdefault(name, []).append(measure)
    names = [name for name in groups if name != nobody] + [name for name in groups if name == nobody]
    return tuple(
        Part(
            key="owner-nobody" if name == nobody else f"owner-{mark_of(_compared(name))}",
            number=at,
            title=name,
            measures=tuple(groups[name]),
        )
        for at, name in enumerate(names, 1)
    )


def _compared(name: str) -> str:
    return " ".join(name.split()).casefold()


def section_keys(state: YearState) -> list[str]:
    """Return the names of a report's sections, in their order."""
    return [Section.SUMMARY.value, *(part.key for part in state.parts), *list(Section)[1:]]


def basis_of(state: YearState, key: str, drafted: str) -> dict[str, str]:
    """Return what a section rests on: what it is called, and a mark of the text that it is drafted with."""
    titles = {part.key: part.title for part in state.parts}
    return {"title": titles.get(key, ""), "mark": mark_of(drafted)}


def left_over(sections: Mapping[str, str], basis: Mapping[str, Mapping[str, str]], state: YearState) -> list[str]:
    """
    Return the keys of texts whose section is gone: an area that was removed, an owner with no measure left.

    What nobody has changed since it was drafted is nobody's text, and is gone with its section.
    """
    there = set(section_keys(state))
    written = [key for key, text in sections.items() if text and mark_of(text) != basis.get(key, {}).get("mark")]
    return [key for key in written if key not in there]


def ensure_year(year: int, *, from_year: int | None, to_year: int | None, today: date) -> None:
    """
    Accept a year of the strategy that has begun.

    A plan that ended is still told of the year after, when what was late is closed.

    :raises ReportRefused: for any other year.
    """
    if not FIRST_YEAR <= year <= today.year:
        raise ReportRefused("year")
    if from_year is not None and year < from_year:
        raise ReportRefused("year")
    if to_year is not None and year > to_year + 1:
        raise ReportRefused("year")


def ensure_over(year: int, *, today: date) -> None:
    """
    Accept that the report of a year is made final: not before the year is over, so that all of it is told.

    :raises ReportRefused: before.
    """
    if not has_ended(year, today=today):
        raise ReportRefused("not_over")


def ensure_whole(state: YearState) -> None:
    """
    Accept that figures are made final: they were counted when the year was over, so that December is among them.

    :raises ReportRefused: if they are older.
    """
    if not state.is_over:
        raise ReportRefused("counted_early")


def has_ended(year: int, *, today: date) -> bool:
    """Say whether a calendar year is over: from the first of January after it."""
    return today.year > year


def mark_of(text: str) -> str:
    """Return a short mark of a text, by which one sees whether it is another now."""
    return sha256(text.encode()).hexdigest()[:16]


def cleaned(text: str) -> str:
    """
    Return a section's text as it is stored.

    :raises ReportRefused: if it is too long.
    """
    plain = text.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_TEXT:
        raise ReportRefused("too_long")
    return plain
