"""What an expression needs, read off its text: so that after an answer only those that depend on it run again."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from medspiller.questionnaires.domain.answering.expressions.errors import CyclicExpressions
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
    Variable,
)

# It reads answers without saying of which items.
ANY_ITEM = "*"
_RESPONSE = {"resource", "rootResource", "context"}
_READS = {"item", "answer"}
_WANDERS = {"answers", "children", "descendants"}
_FILTERS = {"where", "exists", "all"}


@lru_cache(maxsize=4096)
def depends_on(expression: str) -> frozenset[str]:
    """
    Return the variables (`%name`) and the linkIds an expression names.

    A linkId stands for its item and everything under it. An expression that reads answers without
    naming an item has `ANY_ITEM` among them.

    :raises UnreadableExpression: if it is not FHIRPath.
    """
    return frozenset(_needs(parse(expression), covered=False))


def order(definitions: Mapping[str, str]) -> tuple[str, ...]:
    """
    Return the names so that each comes after those its expression needs, as `%name` or as a linkId.

    Otherwise they keep their order, but those that may read any item come as late as they can.

    :raises CyclicExpressions: naming a ring of expressions that need each other.
    :raises UnreadableExpression: if one is not FHIRPath.
    """
    needs = {name: depends_on(expression) for name, expression in definitions.items()}
    named = {f"%{name}": name for name in definitions} | {name: name for name in definitions}
    before = {name: [named[need] for need in sorted(needed) if need in named] for name, needed in needs.items()}
    placed: dict[str, None] = {}
    for name in sorted(definitions, key=lambda name: ANY_ITEM in needs[name]):
        _place(name, before, placed)
    return tuple(placed)


def _place(name: str, before: Mapping[str, list[str]], placed: dict[str, None]) -> None:
    path: dict[str, Iterator[str]] = {}
    current: str | None = None if name in placed else name
    while current is not None:
        waiting = path.setdefault(current, iter(before[current]))
        needed = next((need for need in waiting if need not in placed), None)
        if needed is None:
            placed[current] = None
            del path[current]
            current = next(reversed(path), None)
        elif needed in path:
            ring = list(path)
            raise CyclicExpressions(cycle=(*ring[ring.index(needed) :], needed))
        else:
            current = needed


def _needs(said: Expression, *, covered: bool) -> Iterator[str]:
    if isinstance(said, Chain):
        yield from _needs_of_chain(said.steps, covered=covered)
    elif isinstance(said, Variable | Member | Call | Special):
        yield from _needs_of_chain((said,), covered=covered)
    elif isinstance(said, Sign):
        yield from _needs(said.operand, covered=covered)
    elif isinstance(said, At):
        yield from _needs(said.index, covered=covered)
    elif isinstance(said, Operators):
        yield from link_ids_of(said)
        yield from _needs(said.first, covered=covered)
        for _, right in said.rest:
            yield from _needs(right, covered=covered)


def _needs_of_chain(steps: tuple[Expression, ...], *, covered: bool) -> Iterator[str]:
    first = steps[0]
    if isinstance(first, Variable):
        yield f"%{first.name}"
        # What another variable holds is that variable's affair.
        covered = covered or first.name not in _RESPONSE
        if len(steps) == 1 and not covered:
            yield ANY_ITEM
    elif not isinstance(first, Member | Call | Special):
        # A literal has no answers in it, and what stands in brackets answers for itself.
        yield from _needs(first, covered=covered)
        covered, steps = covered or isinstance(first, Literal), steps[1:]
    covered = covered or any(isinstance(step, Call) and _picks(step) for step in steps)
    for step in steps:
        if not covered and (
            (isinstance(step, Member) and step.name in _READS) or (isinstance(step, Call) and step.name in _WANDERS)
        ):
            yield ANY_ITEM
        if isinstance(step, Call):
            for argument in step.arguments:
                yield from _needs(argument, covered=covered)
        elif isinstance(step, At):
            yield from _needs(step, covered=covered)


def _picks(call: Call) -> bool:
    return call.name in _FILTERS and len(call.arguments) == 1 and _names_items(call.arguments[0])


def _names_items(said: Expression) -> bool:
    """Say whether a criterion holds only for items with certain linkIds."""
    said = _bare(said)
    if not isinstance(said, Operators):
        return False
    operators = {operator for operator, _ in said.rest}
    parts = [said.first, *(right for _, right in said.rest)]
    if operators == {"and"}:
        return any(_names_items(part) for part in parts)
    if operators == {"or"}:
        return all(_names_items(part) for part in parts)
    return bool(list(link_ids_of(said)))


def _bare(said: Expression) -> Expression:
    while isinstance(said, Chain) and len(said.steps) == 1:
        said = said.steps[0]
    return said


def link_ids_of(said: Operators) -> Iterator[str]:
    """Yield the linkIds in `linkId = 'a'`, `'a' = linkId` or `linkId in ('a' | 'b')`."""
    if len(said.rest) != 1:
        return
    operator, right = said.rest[0]
    sides = [_bare(said.first), _bare(right)]
    if operator not in {"=", "~", "in"} or not any(_is_link_id(side) for side in sides):
        return
    other = sides[0] if _is_link_id(sides[1]) else sides[1]
    if isinstance(other, Operators) and {mark for mark, _ in other.rest} == {"|"}:
        texts = [_bare(other.first), *(_bare(part) for _, part in other.rest)]
    else:
        texts = [other]
    for text in texts:
        if isinstance(text, Literal):
            yield from (value for value in text.values if isinstance(value, str))


def _is_link_id(said: Expression) -> bool:
    if isinstance(said, Chain) and len(said.steps) == 2 and said.steps[0] == Special("$this"):
        said = said.steps[1]
    return isinstance(said, Member) and said.name == "linkId"
