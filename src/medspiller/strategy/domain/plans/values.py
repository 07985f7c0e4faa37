"""What a plan is read from, and what is read from it. Every part knows the lines it came from, and its doubts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from medspiller.strategy.domain.plans.more import NOTHING_MORE, ReadMore
from medspiller.strategy.domain.plans.wording import WORDS, DoubtCode


class Problem(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    PDF = "pdf"
    OLD_OFFICE = "old_office"
    OTHER_KIND = "other_kind"
    HARMFUL = "harmful"
    BROKEN = "broken"
    TOO_BIG = "too_big"
    NOT_TEXT = "not_text"


class NotReadable(ValueError):
    """A file holds nothing that could be read as a plan."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line, paragraph or row of a source.

    `number` counts from 1 within the file; `place` is how a person names it, such as «Linje 214» or «Avsnitt 12».
    Rows of a real table have `cells`, and the number of their `table`. `heading` is the level of a heading by its
    style (0: none); `is_item` says that it is part of a list by its style, `is_whole` that it is never continued on
    the next line.
    """

    number: int
    text: str
    place: str = ""
    cells: tuple[str, ...] | None = None
    table: int = 0
    heading: int = 0
    is_title: bool = False
    is_item: bool = False
    is_indented: bool = False
    is_whole: bool = False
    is_contents: bool = False
    is_footnote: bool = False
    is_sheet: bool = False

    @property
    def named(self) -> str:
        """How a person finds it."""
        return self.place or f"Linje {self.number}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at before the plan is stored."""

    code: DoubtCode
    line: int
    place: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str = "nb") -> str:
        """What is doubtful, in `nb`, `nn` or `en`, without where."""
        return WORDS[self.code].get(language, WORDS[self.code]["nb"]).format_map(self.facts)

    def __str__(self) -> str:
        return f"{self.place}: {self.text()}" if self.place else self.text()

    def as_record(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"code": self.code.value, "line": self.line, "place": self.place, "facts": dict(self.facts)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return what `as_record` wrote."""
        return cls(DoubtCode(record["code"]), record["line"], record["place"], dict(record["facts"]))


@dataclass(frozen=True, slots=True)
class ReadText:
    """A goal or an approach."""

    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadMeasure:
    """A measure; years are inclusive, and None where the plan names none."""

    text: str
    owners: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    notes: tuple[str, ...] = ()
    more: ReadMore = NOTHING_MORE
    lines: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the command answers."""
        return {
            "text": self.text,
            "owners": list(self.owners),
            "from": self.from_year,
            "to": self.to_year,
            "notes": list(self.notes),
        } | self.more.as_json()


@dataclass(frozen=True, slots=True)
class ReadArea:
    """A focus area, by the title without its number. Paragraphs of its `text` are parted by line breaks."""

    title: str
    number: int = 0
    text: str = ""
    goals: tuple[ReadText, ...] = ()
    approaches: tuple[ReadText, ...] = ()
    measures: tuple[ReadMeasure, ...] = ()
    lines: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the command answers."""
        return {
            "title": self.title,
            "goals": [goal.text for goal in self.goals],
            "approaches": [approach.text for approach in self.approaches],
            "measures": [measure.as_json() for measure in self.measures],
        } | ({"text": self.text} if self.text else {})


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as it was read; `doubts` are those of the plan as a whole. Years of the period are inclusive."""

    title: str = ""
    period: tuple[int, int] | None = None
    areas: tuple[ReadArea, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    title_lines: tuple[int, ...] = ()

    @property
    def is_plan(self) -> bool:
        """Whether there is anything in it that a plan consists of."""
        return any(area.measures or area.goals or area.approaches for area in self.areas)

    @property
    def all_doubts(self) -> tuple[Doubt, ...]:
        """Every doubt, in the order of the lines."""
        found = list(self.doubts)
        for area in self.areas:
            found += area.doubts
            for measure in area.measures:
                found += measure.doubts
        return tuple(sorted(found, key=lambda doubt: doubt.line))

    @property
    def warnings(self) -> list[str]:
        """Every doubt in words, with its place."""
        return [str(doubt) for doubt in self.all_doubts]

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `strategy read`."""
        return {
            "title": self.title,
            "period": list(self.period) if self.period else None,
            "focus_areas": [area.as_json() for area in self.areas],
            "warnings": self.warnings,
        }

    def as_record(self) -> dict[str, Any]:
        """Return all that was read, with lines and doubts of each part, as JSON that `from_record` reads back."""
        record = self.as_json()
        record |= {"doubts": _records(self.doubts), "title_lines": list(self.title_lines)}
        for area, written in zip(self.areas, record["focus_areas"], strict=True):
            written |= {"number": area.number, "lines": list(area.lines), "doubts": _records(area.doubts)}
            written["goals"] = [_text_record(goal) for goal in area.goals]
            written["approaches"] = [_text_record(approach) for approach in area.approaches]
            for measure, row in zip(area.measures, written["measures"], strict=True):
                row.update(measure.more.as_record())
                row.update({"lines": list(measure.lines), "doubts": _records(measure.doubts)})
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return what `as_record` wrote."""
        period = record["period"]
        return cls(
            title=record["title"],
            period=(period[0], period[1]) if period else None,
            areas=tuple(_area(written) for written in record["focus_areas"]),
            doubts=_doubts(record),
            title_lines=tuple(record["title_lines"]),
        )


def _records(doubts: Iterable[Doubt]) -> list[dict[str, Any]]:
    return [doubt.as_record() for doubt in doubts]


def _text_record(text: ReadText) -> dict[str, Any]:
    return {"text": text.text, "lines": list(text.lines)}


def _doubts(record: Mapping[str, Any]) -> tuple[Doubt, ...]:
    return tuple(Doubt.from_record(doubt) for doubt in record["doubts"])


def _texts(records: Iterable[Mapping[str, Any]]) -> tuple[ReadText, ...]:
    return tuple(ReadText(record["text"], tuple(record["lines"])) for record in records)


def _area(record: Mapping[str, Any]) -> ReadArea:
    return ReadArea(
        title=record["title"],
        number=record["number"],
        text=record.get("text", ""),
        goals=_texts(record["goals"]),
        approaches=_texts(record["approaches"]),
        measures=tuple(_measure(row) for row in record["measures"]),
        lines=tuple(record["lines"]),
        doubts=_doubts(record),
    )


def _measure(record: Mapping[str, Any]) -> ReadMeasure:
    return ReadMeasure(
        text=record["text"],
        owners=tuple(record["owners"]),
        from_year=record["from"],
        to_year=record["to"],
        notes=tuple(record["notes"]),
        more=ReadMore.from_record(record),
        lines=tuple(record["lines"]),
        doubts=_doubts(record),
    )
