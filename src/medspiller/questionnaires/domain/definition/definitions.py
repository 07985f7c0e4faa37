"""A questionnaire as frozen objects: what the rest of the engine works on instead of JSON."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

Known = TypeVar("Known")


class ItemType(StrEnum):
    """R4's types of items, and UNKNOWN for what is none of them."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
    QUANTITY = "quantity"
    UNKNOWN = "unknown"

    @property
    def is_question(self) -> bool:
        return self not in (ItemType.GROUP, ItemType.DISPLAY, ItemType.UNKNOWN)


class Operator(StrEnum):
    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


class Behaviour(StrEnum):
    """How several conditions of an item work together."""

    ALL = "all"
    ANY = "any"


class Score(StrEnum):
    """Helsenorge's part of an item in a score."""

    QUESTION = "QS"
    SECTION = "SS"
    TOTAL = "TS"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of FHIR: `kind` is its type (`date`, `Coding`), `content` the JSON of it."""

    kind: str
    content: Any


@dataclass(frozen=True, slots=True)
class Text:
    """What is read on the page, in the questionnaire's own language and in others, by language code."""

    plain: str
    others: Mapping[str, str] = field(default_factory=dict)
    markdown: str | None = None
    xhtml: str | None = None

    def in_language(self, language: str) -> str:
        """Return the text in a language, or as it stands if it was not translated."""
        return self.others.get(language, self.plain)

    def __bool__(self) -> bool:
        return bool(self.plain or self.markdown or self.xhtml)


NO_TEXT = Text("")


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer. `ordinal` is what it counts in a score; an `exclusive` one stands alone."""

    value: Value
    text: Text = NO_TEXT
    ordinal: Decimal | None = None
    exclusive: bool = False
    initially_selected: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One `enableWhen`. `operator` is None where it was written wrong; such a condition never holds."""

    question: str
    operator: Operator | None
    answer: Value | None


@dataclass(frozen=True, slots=True)
class Expression:
    """
    An expression of a form.

    `of_resource`: Helsenorge's read the whole response; SDC's read the item they stand on.
    """

    text: str
    language: str = "text/fhirpath"
    name: str = ""
    of_resource: bool = False

    @property
    def is_fhirpath(self) -> bool:
        return self.language == "text/fhirpath"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule that an expression states: broken where it answers false. `is_error` tells it from advice."""

    key: str
    expression: Expression
    message: str
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Toggle:
    """Options that can be chosen only as long as an expression answers yes."""

    options: tuple[Value, ...]
    expression: Expression


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer must keep to; None is no limit. Sizes are bytes, lengths characters."""

    least: Value | None = None
    most: Value | None = None
    least_expression: Expression | None = None
    most_expression: Expression | None = None
    shortest: int | None = None
    longest: int | None = None
    decimals: int | None = None
    fewest: int | None = None
    times: int | None = None
    pattern: str | None = None
    largest: int | None = None
    media_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Units:
    """In what a quantity is given: one unit, or a choice of them (`value_set` names one, `open` allows others)."""

    only: Mapping[str, Any] | None = None
    options: tuple[Mapping[str, Any], ...] = ()
    value_set: str | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """
    A group, question or text of a questionnaire.

    `ancestors` are the linkIds around it, outermost first; `path` is its FHIRPath in the
    questionnaire; what `text_expression` gives goes before `text`; `source` is its JSON, with
    extensions that nobody here knows.
    """

    link_id: str
    type: ItemType
    path: str
    written_type: str = ""
    ancestors: tuple[str, ...] = ()
    text: Text = NO_TEXT
    prefix: str = ""
    codes: tuple[Mapping[str, Any], ...] = ()
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    conditions: tuple[Condition, ...] = ()
    behaviour: Behaviour = Behaviour.ANY
    enabled_when: Expression | None = None
    options: tuple[Option, ...] = ()
    value_set: str | None = None
    limits: Limits = Limits()
    units: Units = Units()
    initial: tuple[Value, ...] = ()
    calculated: Expression | None = None
    initial_expression: Expression | None = None
    text_expression: Expression | None = None
    toggles: tuple[Toggle, ...] = ()
    variables: tuple[Expression, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    score: Score | None = None
    controls: tuple[str, ...] = ()
    sublabel: Text = NO_TEXT
    help: Text = NO_TEXT
    validation_text: Text = NO_TEXT
    repeats_text: Text = NO_TEXT
    entry_format: str = ""
    items: tuple["Item", ...] = ()
    extensions: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict, compare=False)
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Questionnaire:
    """
    A questionnaire. `value_sets` are the contained ones, by their `#id`.

    Where two items have one linkId (which `checking` refuses), the first is the one that is found.
    `remembered` keeps what was worked out of it, since that does not change: orders, names, options.
    """

    url: str
    version: str
    status: str
    title: Text
    language: str
    items: tuple[Item, ...]
    variables: tuple[Expression, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    value_sets: Mapping[str, "ValueSet"] = field(default_factory=dict)
    description: Text = NO_TEXT
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    remembered: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, work: Callable[["Questionnaire"], Known]) -> Known:
        """Return what a function of the questionnaire gives, worked out once. Nobody may change it."""
        if work not in self.remembered:
            self.remembered[work] = work(self)
        found: Known = self.remembered[work]
        return found

    @cached_property
    def by_link_id(self) -> Mapping[str, Item]:
        found: dict[str, Item] = {}
        for item in self.every_item():
            found.setdefault(item.link_id, item)
        return found

    @property
    def canonical(self) -> str:
        return f"{self.url}|{self.version}" if self.version else self.url

    def every_item(self) -> Iterator[Item]:
        """Yield the items in the order in which they are asked, each before what it holds."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.items))


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Options by reference. `complete` is false where some of it can be told by a terminology service only."""

    options: tuple[Option, ...]
    complete: bool = True
