"""
A questionnaire as it is shown, with what has been answered: everything a template needs, and nothing it must decide.

Names are those of the fields that a page posts, and ids those of its inputs; both are made in
`naming`. What a text says is `Words`, with its language wherever that is not the page's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from medspiller.questionnaires.domain.definition.definitions import ItemType


class Control(StrEnum):
    """What an answer is given with."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    PART_OF_DATE = "part-of-date"
    MOMENT = "moment"
    TIME = "time"
    ADDRESS = "address"
    TICK = "tick"
    RADIO = "radio"
    BOXES = "boxes"
    DROP_DOWN = "drop-down"
    SUGGESTIONS = "suggestions"
    FILE = "file"
    SHOWN = "shown"


class ProblemKind(StrEnum):
    """What is wrong with an answer, as the person who answers is told it; `Problem.values` has the figures."""

    MISSING = "missing"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    TOO_LOW = "too-low"
    TOO_HIGH = "too-high"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"
    TOO_MANY_DECIMALS = "too-many-decimals"
    WRONG_FORM = "wrong-form"
    NOT_AN_OPTION = "not-an-option"
    NOT_ALONE = "not-alone"
    WRONG_UNIT = "wrong-unit"
    FILE_TOO_LARGE = "file-too-large"
    FILE_OF_WRONG_KIND = "file-of-wrong-kind"
    RULE = "rule"
    NO_NUMBER = "no-number"
    NO_WHOLE_NUMBER = "no-whole-number"
    NO_DAY = "no-day"
    NO_TIME = "no-time"
    NO_MOMENT = "no-moment"
    NO_ADDRESS = "no-address"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """
    A text in the language of the page, or in `lang` where it was not translated.

    `markup` is HTML that is safe to put into a page, empty where the plain text is all there is.
    """

    plain: str = ""
    lang: str = ""
    markup: str = ""

    def __bool__(self) -> bool:
        return bool(self.plain or self.markup)

    def __str__(self) -> str:
        return self.plain


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Taken:
    """Where an answer that nobody here has given comes from, and from when it is; it is to be confirmed."""

    source: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `said` is the questionnaire's own text about it, shown instead of ours."""

    kind: ProblemKind
    values: Mapping[str, Any]
    said: Words = NO_WORDS
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `value` is what the page posts for it."""

    id: str
    value: str
    words: Words
    checked: bool = False
    exclusive: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """An answer as it is read. `kind` is FHIR's type of it; `content` what a template formats (a date, True)."""

    kind: str
    words: Words
    content: Any = None


@dataclass(frozen=True, slots=True)
class Field:
    """
    Room for one answer. `value` is what stands in the input, as it was typed where nobody could read it.

    `unit` and `clock` are the second halves of an amount and of a moment. `remove` is the value of
    the button that takes this one of several away, empty where there is none.
    """

    id: str
    name: str
    value: str = ""
    unit: str = ""
    clock: str = ""
    shown: ShownValue | None = None
    problems: tuple[Problem, ...] = ()
    remove: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Hints:
    """What an answer must keep to, as it is shown beside the question; None is no limit."""

    least: str | None = None
    most: str | None = None
    step: str = ""
    shortest: int | None = None
    longest: int | None = None
    decimals: int | None = None
    fewest: int | None = None
    times: int | None = None
    megabytes: str | None = None
    media_types: tuple[str, ...] = ()
    entry_format: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question, and in `parts` what is asked under it.

    A page posts `name` also where nothing is chosen, empty, so that one knows that it was on the
    screen. `precision` says how much of a date is asked. A choice whose options nobody here knows
    has `options_unknown`, and is answered in one's own words. Units are chosen among `units`, or
    written where `unit_is_open`. `ends` are the words at both ends of
    a scale, which lies `across`.
    """

    id: str
    name: str
    link_id: str
    type: ItemType
    control: Control
    label: Words
    prefix: str = ""
    sublabel: Words = NO_WORDS
    help: Words = NO_WORDS
    prompt: Words = NO_WORDS
    unit: str = ""
    ends: tuple[Words, Words] = (NO_WORDS, NO_WORDS)
    required: bool = False
    fields: tuple[Field, ...] = ()
    options: tuple[Choice, ...] = ()
    units: tuple[Choice, ...] = ()
    unit_is_open: bool = False
    own_words: Field | None = None
    own_words_label: Words = NO_WORDS
    options_unknown: bool = False
    precision: str = ""
    hints: Hints = Hints()
    problems: tuple[Problem, ...] = ()
    taken: Taken | None = None
    add: str = ""
    add_words: Words = NO_WORDS
    across: bool = False
    parts: "tuple[Part, ...]" = ()

    is_question = True

    @property
    def is_group_of_inputs(self) -> bool:
        """Say whether several inputs share the label, which is then a legend."""
        if self.control is Control.SHOWN:
            return False
        several = self.control in (Control.RADIO, Control.BOXES, Control.TICK, Control.MOMENT)
        if several or self.add or len(self.fields) > 1:
            return True
        return bool(self.units) or self.unit_is_open or self.own_words is not None

    @property
    def first(self) -> Field | None:
        """The room for the first answer, None where answers are chosen and not written."""
        return self.fields[0] if self.fields else None

    @property
    def is_answered(self) -> bool:
        chosen = any(option.checked for option in self.options)
        return chosen or any(field.value or field.shown for field in self.fields)

    @property
    def labelled_input(self) -> str:
        """The id of the one input that the question's text labels, empty if there is none."""
        return "" if self.control is Control.SHOWN or self.is_group_of_inputs else self.first_input

    @property
    def first_input(self) -> str:
        """The id that a link to the question leads to."""
        if self.control is Control.SHOWN:
            return f"{self.id}+q"
        if self.control in (Control.RADIO, Control.BOXES, Control.TICK) and self.options:
            return self.options[0].id
        return self.fields[0].id if self.fields else self.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text that is only read. `look`: empty, `help`, `highlight`, `sidebar`, `instructions`, `fold` with `parts`."""

    id: str
    link_id: str
    words: Words
    look: str = ""
    parts: "tuple[Part, ...]" = ()

    is_note = True


@dataclass(frozen=True, slots=True)
class Section:
    """
    A group, or one occurrence of a repeated one.

    `marker` is posted with `name` to say that this occurrence was on the screen. `look`: empty,
    `table`, `row`, `fold`, `fold-open`.
    """

    id: str
    link_id: str
    title: Words
    parts: "tuple[Part, ...]"
    level: int = 2
    name: str = ""
    marker: str = ""
    number: int = 0
    of: int = 0
    remove: str = ""
    look: str = ""
    prefix: str = ""
    help: Words = NO_WORDS
    sublabel: Words = NO_WORDS
    problems: tuple[Problem, ...] = ()

    is_section = True

    @property
    def is_open(self) -> bool:
        """Say whether a section that can be folded lies open; what is wrong is never folded away."""
        return self.look == "fold-open" or any(_is_wrong(part) for part in every_part(self.parts))


@dataclass(frozen=True, slots=True)
class Repeated:
    """A group that may be answered several times, with the button that asks for one more."""

    id: str
    link_id: str
    title: Words
    sections: tuple[Section, ...]
    level: int = 2
    add: str = ""
    add_words: Words = NO_WORDS
    look: str = ""
    problems: tuple[Problem, ...] = ()

    is_repeated = True


Part = Question | Note | Section | Repeated


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the summary of what is wrong: about what, what, and the id to go to."""

    label: Words
    problem: Problem
    target: str


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form. Numbers count from 1, over the steps that are asked now."""

    number: int
    link_id: str
    title: Words
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...] = ()
    asked: int = 0
    answered: int = 0

    @property
    def questions(self) -> Iterator[Question]:
        return questions_in(self.parts)


@dataclass(frozen=True, slots=True)
class Form:
    """
    The form: its steps, in the order they are taken.

    `variant` is `child` for one that children answer; `large` asks for large text. `asked` and
    `answered` count the questions that are asked now. `faults` are those of all steps.
    """

    title: Words
    language: str
    steps: tuple[Step, ...]
    variant: str = ""
    large: bool = False
    asked: int = 0
    answered: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def has_steps(self) -> bool:
        return len(self.steps) > 1

    def step(self, number: int) -> Step:
        """Return a step by its number; the nearest there is, since conditions may take steps away."""
        return self.steps[min(max(number, 1), len(self.steps)) - 1]

    def step_with(self, link_id: str) -> Step | None:
        """Return the step on which an item stands, None if it is not asked."""
        for step in self.steps:
            if step.link_id == link_id or any(part.link_id == link_id for part in every_part(step.parts)):
                return step
        return None


def questions_in(parts: tuple[Part, ...]) -> Iterator[Question]:
    """Yield every question in parts, in the order it is read."""
    return (part for part in every_part(parts) if isinstance(part, Question))


def every_part(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Yield parts with all that they hold, in the order they are read."""
    for part in parts:
        yield part
        yield from every_part(_inside(part))


def _is_wrong(part: Part) -> bool:
    if isinstance(part, Note):
        return False
    fields = part.fields if isinstance(part, Question) else ()
    return bool(part.problems) or any(field.problems for field in fields)


def _inside(part: Part) -> tuple[Part, ...]:
    match part:
        case Repeated():
            return part.sections
        case Question() | Section() | Note():
            return part.parts
