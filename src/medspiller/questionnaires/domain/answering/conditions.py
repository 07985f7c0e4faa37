"""Whether a condition (`enableWhen`) holds for answers: FHIR's operators, natively and without an expression."""

from collections.abc import Sequence

from medspiller.questionnaires.domain.answering.comparing import Order, compare
from medspiller.questionnaires.domain.answering.responses import Answer
from medspiller.questionnaires.domain.definition.definitions import Behaviour, Condition, Operator, Value

_HOLDS = {
    Operator.EQUAL: {Order.SAME},
    Operator.NOT_EQUAL: {Order.BEFORE, Order.AFTER, Order.UNORDERED},
    Operator.GREATER: {Order.AFTER},
    Operator.LESS: {Order.BEFORE},
    Operator.AT_LEAST: {Order.AFTER, Order.SAME},
    Operator.AT_MOST: {Order.BEFORE, Order.SAME},
}


def holds(condition: Condition, answers: Sequence[Answer]) -> bool:
    """
    Say whether a condition holds for any of the answers in its scope.

    Without an answer nothing holds but that there is none. Values of types that cannot be
    compared, and amounts of different units, make no condition hold, *not equal* included.
    """
    given = [answer.value for answer in answers if answer.value is not None]
    if condition.operator is None or condition.answer is None:
        return False
    if condition.operator is Operator.EXISTS:
        return bool(given) is (condition.answer.content is True)
    return any(value_matches(condition.operator, value, condition.answer) for value in given)


def value_matches(operator: Operator, value: Value, wanted: Value) -> bool:
    """Say whether one value stands to another as the operator says."""
    return compare(value, wanted) in _HOLDS[operator]


def combine(behaviour: Behaviour, held: Sequence[bool]) -> bool:
    """Join the conditions of an item; an item without conditions is always asked."""
    if not held:
        return True
    return all(held) if behaviour is Behaviour.ALL else any(held)
