"""From which items an expression takes all it looks at, where that can be told for certain."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from medspiller.questionnaires.domain.answering.expressions.dependencies import link_ids_of
from medspiller.questionnaires.domain.answering.expressions.errors import ExpressionFault
from medspiller.questionnaires.domain.answering.expressions.parsing import parse
from medspiller.questionnaires.domain.answering.expressions.syntax import (
    At,
    Call,
    Chain,
    Expression,
    Literal,
    Member,
    Operators,
    Sign,
    Special,
    TypeName,
    Variable,
)

# What they yield hangs on more than what they are given: the clock, or what stands elsewhere.
_LOOK_ELSEWHERE = {"now", "today", "timeOfDay", "resolve", "memberOf", "trace"}
# Their arguments are asked of each element; those of other functions of what stands around.
_OF_EACH = {"where", "select", "all", "exists", "repeat", "aggregate"}
# The same for every response to a questionnaire.
_FIXED = {"questionnaire", "qitem", "ucum", "sct", "loinc"}
_WHOLE = {"resource", "rootResource"}


@dataclass(frozen=True, slots=True)
class Selection:
    """
    Items by linkId, each with all that is in it, and variables by name.

    `start`: it also looks at what it starts from itself, not only at items selected by linkId in it.
    """

    link_ids: frozenset[str]
    variables: frozenset[str]
    start: bool


class _Unknown(Exception):
    """It may look at anything."""


@lru_cache(maxsize=4096)
def selected_by(expression: str, *, of_resource: bool = False) -> Selection | None:
    """
    Return what an expression looks at, None where that cannot be told from its text.

    Two responses in which these items say the same, in the same order, give the same result.
    `of_resource` says that it starts from the whole response.
    """
    try:
        found = list(_looks(parse(expression), "whole" if of_resource else "start"))
    except (ExpressionFault, _Unknown):
        return None
    return Selection(
        frozenset(name for kind, name in found if kind == "item"),
        frozenset(name for kind, name in found if kind == "variable"),
        any(kind == "start" for kind, _ in found),
    )


def _looks(said: Expression, focus: str) -> Iterator[tuple[str, str]]:
    """`focus` is what a name with nothing before it stands on: the start, the whole, or `inside` what is counted."""
    match said:
        case Chain():
            yield from _in_chain(said.steps, focus)
        case Variable() | Member() | Call() | Special():
            yield from _in_chain((said,), focus)
        case Sign():
            yield from _looks(said.operand, focus)
        case At():
            yield from _looks(said.index, focus)
        case Operators():
            yield from _looks(said.first, focus)
            for _, right in said.rest:
                yield from _looks(right, focus)
        case Literal() | TypeName():
            pass


def _in_chain(steps: tuple[Expression, ...], focus: str) -> Iterator[tuple[str, str]]:
    first, rest, outer = steps[0], steps[1:], focus
    match first:
        case Variable(name=name):
            focus = "whole" if name in _WHOLE else "start" if name == "context" else "inside"
            if focus == "inside" and name not in _FIXED:
                yield "variable", name
        case Special(name="$this"):
            pass
        case Special() if focus != "inside":
            raise _Unknown
        case Member(name="QuestionnaireResponse") if focus == "whole":
            pass
        case Member() | Special():
            rest = steps
        case Call(name="iif"):
            yield from _in_call(first, outer)
            focus = "inside"
        case Call():
            rest = steps
        case _:
            yield from _looks(first, focus)
            focus = "inside"
    if focus != "inside":
        picked, rest = _picked(rest)
        if picked:
            yield from (("item", link_id) for link_id in picked)
        elif focus == "whole":
            raise _Unknown
        else:
            yield "start", ""
    for step in rest:
        if isinstance(step, Call):
            yield from _in_call(step, "inside" if step.name in _OF_EACH else outer)
        elif isinstance(step, At):
            yield from _looks(step.index, outer)
        elif not isinstance(step, Member | Special):
            yield from _looks(step, "inside")


def _in_call(call: Call, focus: str) -> Iterator[tuple[str, str]]:
    if call.name in _LOOK_ELSEWHERE:
        raise _Unknown
    for argument in call.arguments:
        yield from _looks(argument, focus)


def _picked(steps: tuple[Expression, ...]) -> tuple[list[str], tuple[Expression, ...]]:
    """The linkIds of the last of `item.where(linkId = …)` that follow each other, and the steps after it."""
    picked: list[str] = []
    while len(steps) >= 2 and _walks(steps[0]):
        second = steps[1]
        found = _named_in(second.arguments[0]) if isinstance(second, Call) and _is_filter(second) else []
        if not found:
            break
        picked, steps = found, steps[2:]
    return picked, steps


def _walks(step: Expression) -> bool:
    """Say whether a step goes to items, whichever they are."""
    if isinstance(step, Member):
        return step.name == "item"
    if not isinstance(step, Call):
        return False
    if step.name == "repeat" and len(step.arguments) == 1:
        walked = step.arguments[0]
        bare = walked.steps[0] if isinstance(walked, Chain) and len(walked.steps) == 1 else walked
        return isinstance(bare, Member) and bare.name == "item"
    return step.name == "descendants" and not step.arguments


def _is_filter(call: Call) -> bool:
    return call.name == "where" and len(call.arguments) == 1


def _named_in(said: Expression) -> list[str]:
    """The linkIds that a criterion asks for, if it asks for nothing else; another part of it may look anywhere."""
    while isinstance(said, Chain) and len(said.steps) == 1:
        said = said.steps[0]
    if not isinstance(said, Operators):
        return []
    if {operator for operator, _ in said.rest} == {"or"}:
        parts = [_named_in(part) for part in (said.first, *(right for _, right in said.rest))]
        return [name for part in parts for name in part] if all(parts) else []
    # `~` takes no account of case, and so finds others too.
    return list(link_ids_of(said)) if said.rest[0][0] in ("=", "in") else []
