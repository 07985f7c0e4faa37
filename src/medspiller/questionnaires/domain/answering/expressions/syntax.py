"""The words of FHIRPath (release N1) and the parts an expression is built of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medspiller.questionnaires.domain.answering.expressions.errors import TooMuchWork, UnreadableExpression

LONGEST_EXPRESSION = 20_000
CALENDAR_UNITS = {
    f"{unit}{plural}": unit
    for unit in ("year", "month", "week", "day", "hour", "minute", "second", "millisecond")
    for plural in ("", "s")
}

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<datetime>@\d{4}(?:-\d\d(?:-\d\d)?)?T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)
    |(?P<date>@\d{4}(?:-\d\d(?:-\d\d)?)?)
    |(?P<time>@T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<string>'(?:\\.|[^'\\])*')
    |(?P<quoted>`(?:\\.|[^`\\])*`)
    |(?P<variable>%(?:[A-Za-z_]\w*|`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\])*'))
    |(?P<name>\$?[A-Za-z_]\w*)
    |(?P<op><=|>=|!=|!~|[-+*/&|<>=~.,()\[\]{}])""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out; `{}` is the one without any."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Special:
    """`$this`, `$index` or `$total`."""

    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """An element's name; `first` if nothing stands before it, where it may be a type's name instead."""

    name: str
    first: bool


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type, as in `is FHIR.Patient`; no namespace means any."""

    namespace: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps with dots between, each from what the one before gave."""

    steps: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class At:
    """What stands in square brackets after a step."""

    index: "Expression"


@dataclass(frozen=True, slots=True)
class Sign:
    sign: str
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operators:
    """Operators that bind equally tightly, worked through from the left."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


Expression = Literal | Variable | Special | Member | Call | TypeName | Chain | At | Sign | Operators


def tokens(text: str) -> Iterator[Token]:
    """
    Return the words of an expression, without blanks and comments.

    :raises UnreadableExpression: at the first character that begins no word.
    :raises TooMuchWork: if it is longer than we read.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise TooMuchWork(f"the expression is longer than {LONGEST_EXPRESSION} characters")
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise UnreadableExpression(why=f"{text[at]!r} begins nothing that FHIRPath knows", column=at + 1)
        if found.lastgroup != "skip":
            yield Token(found.lastgroup or "", found.group(), at + 1)
        at = found.end()
    yield Token("end", "", len(text) + 1)


def unquoted(text: str) -> str:
    """Return what stands between quotes, with the escapes resolved."""

    def resolved(found: re.Match[str]) -> str:
        code, letter = found.groups()
        return chr(int(code, 16)) if code else _ESCAPED.get(letter, letter)

    return _ESCAPE.sub(resolved, text[1:-1])
