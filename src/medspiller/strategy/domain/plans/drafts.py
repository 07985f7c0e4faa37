"""What is found while a plan is read, before all of it is known."""

from dataclasses import dataclass, field

from medspiller.strategy.domain.plans.more import DraftMore
from medspiller.strategy.domain.plans.values import Doubt, Line
from medspiller.strategy.domain.plans.wording import DoubtCode

# Where a title stands in a column of a table.
IN_COLUMN = "column"


@dataclass(slots=True)
class DraftMeasure:
    """
    A measure as its cells and lines were written. `stands_bare`: in a list that says neither who nor when.

    `may_be_several`: its cell may hold several, which is asked when all of its text is known.
    """

    text: str
    line: Line
    owners: list[str] = field(default_factory=list)
    one_owner_a_line: bool = False
    time: str = ""
    from_time: str | None = None
    to_time: str | None = None
    years: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: DraftMore = field(default_factory=DraftMore)
    marks: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    number: str = ""
    may_continue: bool = False
    stands_bare: bool = False
    may_be_several: bool = False

    @property
    def says_who_or_when(self) -> bool:
        """Whether it has an owner or a time."""
        return bool(self.owners or self.time or self.from_time or self.to_time or self.years)

    def doubt(self, code: DoubtCode, line: Line | None = None, **facts: str) -> None:
        """Note a doubt about it."""
        where = line or self.line
        self.doubts.append(Doubt(code, where.number, where.named, facts))


@dataclass(slots=True)
class DraftText:
    """A goal or an approach."""

    text: str
    lines: list[int]


@dataclass(slots=True)
class DraftArea:
    """
    One place where a focus area is spoken of; the same area may have several. `is_guess`: no word says it is one.

    `said_by` is the word that its heading has before its number, or that it stands in a column.
    """

    title: str
    line: Line
    number: str = ""
    level: int = 0
    is_guess: bool = False
    is_nameless: bool = False
    said_by: str = ""
    text: list[str] = field(default_factory=list)
    goals: list[DraftText] = field(default_factory=list)
    approaches: list[DraftText] = field(default_factory=list)
    measures: list[DraftMeasure] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a plan stands below its heading."""
        return not (self.text or self.goals or self.approaches or self.measures)
