"""From the parts of an expression to one function that evaluates it; names of functions and types are checked here."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import model, values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions import FUNCTIONS
from medspiller.questionnaires.domain.answering.expressions.functions.ordering import sort
from medspiller.questionnaires.domain.answering.expressions.operators import OPERATORS, SETTLED_BY, signed
from medspiller.questionnaires.domain.answering.expressions.parsing import TYPE_FUNCTIONS
from medspiller.questionnaires.domain.answering.expressions.running import Evaluator, Scope
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
from medspiller.questionnaires.domain.answering.expressions.values import Collection, Node


def evaluator(expression: Expression) -> Evaluator:
    """
    Return the function that evaluates an expression.

    :raises EvaluationFailed: if it names a function or a type that there is not, or gives a function too much.
    """
    return _BUILDERS[type(expression)](expression)


def _literal(said: Literal) -> Evaluator:
    found = list(said.values)
    return lambda scope, focus: found


def _variable(said: Variable) -> Evaluator:
    name = said.name
    return lambda scope, focus: scope.run.variable(name)


def _special(said: Special) -> Evaluator:
    if said.name == "$this":
        return lambda scope, focus: scope.this
    if said.name == "$index":
        return lambda scope, focus: [] if scope.index is None else [scope.index]
    return lambda scope, focus: scope.total or []


def _member(said: Member) -> Evaluator:
    name = said.name

    def member(scope: Scope, focus: Collection) -> Collection:
        found: Collection = []
        for item in focus:
            if isinstance(item, Node):
                found += values.children(item, name)
        scope.run.spend(1 + len(focus) + len(found))
        return found

    if not (said.first and name[:1].isupper()):
        return member

    def type_or_member(scope: Scope, focus: Collection) -> Collection:
        typed = [item for item in focus if isinstance(item, Node) and _is_kind(item, name)]
        return typed or member(scope, focus)

    return type_or_member


def _is_kind(node: Node, name: str) -> bool:
    return node.type == name or (node.type is not None and model.is_kind_of(node.type, name))


def _chain(said: Chain) -> Evaluator:
    steps = [evaluator(step) for step in said.steps]

    def chain(scope: Scope, focus: Collection) -> Collection:
        for step in steps:
            focus = step(scope, focus)
        return focus

    return chain


def _at(said: At) -> Evaluator:
    index = evaluator(said.index)

    def at(scope: Scope, focus: Collection) -> Collection:
        wanted = values.whole(index(scope, scope.this), "[ ]")
        return [] if wanted is None or wanted < 0 else focus[wanted : wanted + 1]

    return at


def _sign(said: Sign) -> Evaluator:
    operand = evaluator(said.operand)
    return lambda scope, focus: signed(said.sign, operand(scope, focus))


def _operators(said: Operators) -> Evaluator:
    first = evaluator(said.first)
    rest = [_applied(operator, right) for operator, right in said.rest]

    def operators(scope: Scope, focus: Collection) -> Collection:
        scope.run.spend(len(rest))
        found = first(scope, focus)
        for apply in rest:
            found = apply(scope, focus, found)
        return found

    return operators


def _applied(operator: str, right: Expression) -> Callable[[Scope, Collection, Collection], Collection]:
    if isinstance(right, TypeName):
        typed = _type_function(operator, right)
        return lambda scope, focus, found: typed(scope, found)
    operand, operation = evaluator(right), OPERATORS[operator]
    if operator not in SETTLED_BY:
        return lambda scope, focus, found: operation(scope.run, found, operand(scope, focus))
    settling, settled = SETTLED_BY[operator]

    def settled_early(scope: Scope, focus: Collection, found: Collection) -> Collection:
        if values.truth(found, operator) is settling:
            return [settled]
        return operation(scope.run, found, operand(scope, focus))

    return settled_early


def _type_function(function: str, wanted: TypeName) -> Evaluator:
    matches = _type_test(wanted)
    exactly = _exact_type_test(wanted, matches)

    def is_type(scope: Scope, focus: Collection) -> Collection:
        if len(focus) > 1:
            raise EvaluationFailed(f"is: one value is meant, and there are {len(focus)}")
        return [matches(item) for item in focus]

    def as_type(scope: Scope, focus: Collection) -> Collection:
        if len(focus) > 1:
            raise EvaluationFailed(f"as: one value is meant, and there are {len(focus)}")
        return [item for item in focus if exactly(item)]

    def of_type(scope: Scope, focus: Collection) -> Collection:
        scope.run.spend(len(focus))
        return [item for item in focus if exactly(item)]

    return {"is": is_type, "as": as_type, "ofType": of_type}[function]


def _type_test(wanted: TypeName) -> Callable[[Any], bool]:
    namespace, name = wanted.namespace, wanted.name
    in_system = namespace in {None, "System"} and name in model.SYSTEM_TYPES
    in_fhir = namespace in {None, "FHIR"} and name in model.type_names()
    if not (in_system or in_fhir):
        raise EvaluationFailed(f"there is no type {f'{namespace}.' if namespace else ''}{name}")

    def matches(item: Any) -> bool:
        if isinstance(item, Node) and item.type is not None:
            return in_fhir and model.is_kind_of(item.type, name)
        # A value without a FHIR type is a plain one; `string` is what FHIR calls a String.
        return in_system and values.type_of(item) == ("System", name)

    return matches


def _exact_type_test(wanted: TypeName, matches: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return the test of `as` and `ofType`: of a primitive type they take no subtype, as the official suite has it."""
    if not model.is_primitive(wanted.name):
        return matches
    return lambda item: matches(item) and not (isinstance(item, Node) and item.type not in {None, wanted.name})


def _call(said: Call) -> Evaluator:
    if said.name in TYPE_FUNCTIONS and len(said.arguments) == 1 and isinstance(said.arguments[0], TypeName):
        return _type_function(said.name, said.arguments[0])
    if said.name == "sort":
        return _sorted(said.arguments)
    function = FUNCTIONS.get(said.name)
    if function is None:
        raise EvaluationFailed(f"there is no function {said.name}()")
    if not function.fewest <= len(said.arguments) <= function.most:
        raise EvaluationFailed(f"{said.name}() does not take {len(said.arguments)} arguments")
    if said.name == "where":
        equality = _equality_filter(said.arguments[0])
        if equality is not None:
            return equality
    arguments = [evaluator(argument) for argument in said.arguments]
    if function.scoped is not None:
        scoped = function.scoped
        return lambda scope, focus: scoped(scope, focus, *arguments)
    plain = function.plain

    def call(scope: Scope, focus: Collection) -> Collection:
        scope.run.spend(1 + len(focus))
        return plain(scope.run, focus, *[argument(scope, scope.this) for argument in arguments])

    return call


def _equality_filter(criterion: Expression) -> Evaluator | None:
    """Return `where(name = 'text')`, by far the commonest filter, done without evaluating each side for each item."""
    if not (isinstance(criterion, Operators) and len(criterion.rest) == 1 and criterion.rest[0][0] == "="):
        return None
    left, right = criterion.first, criterion.rest[0][1]
    if not (isinstance(left, Member) and isinstance(right, Literal) and len(right.values) == 1):
        return None
    name, wanted = left.name, right.values[0]
    if name[:1].isupper() or not isinstance(wanted, str):
        return None
    slowly = FUNCTIONS["where"].scoped
    member, literal = evaluator(criterion), wanted

    def equality(scope: Scope, focus: Collection) -> Collection:
        scope.run.spend(len(focus))
        found: Collection = []
        for item in focus:
            said = item.data.get(name) if isinstance(item, Node) and isinstance(item.data, dict) else None
            if isinstance(said, str) and _is_text(item.type, name):
                if said == literal:
                    found.append(item)
            elif slowly is not None:
                found += slowly(scope, [item], member)
        return found

    return equality


@lru_cache(maxsize=2048)
def _is_text(owner: str | None, name: str) -> bool:
    """Say whether a string under this name is compared as it is, and not as a date."""
    keys = model.child(owner, name).keys
    return len(keys) == 1 and keys[0][0] == name and keys[0][2] not in model.TEMPORAL_TYPES


def _sorted(arguments: tuple[Expression, ...]) -> Evaluator:
    by: list[tuple[Evaluator, bool]] = []
    for argument in arguments:
        downwards = isinstance(argument, Sign) and argument.sign == "-"
        inner = argument.operand if downwards and isinstance(argument, Sign) else argument
        by.append((evaluator(inner), downwards))
    return lambda scope, focus: sort(scope, focus, by)


def _type_name(said: TypeName) -> Evaluator:
    raise EvaluationFailed(f"{said.name} is a type, and a value is meant")


_BUILDERS: dict[type, Callable[[Any], Evaluator]] = {
    Literal: _literal,
    Variable: _variable,
    Special: _special,
    Member: _member,
    Chain: _chain,
    At: _at,
    Sign: _sign,
    Operators: _operators,
    Call: _call,
    TypeName: _type_name,
}
