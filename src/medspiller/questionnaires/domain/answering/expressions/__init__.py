"""
FHIRPath (N1, with FHIR R4's and SDC's functions) for questionnaires.

`compile` reads an expression once; what it returns can be evaluated again and again, in any thread.
Nothing but `ExpressionFault` is ever raised, and no evaluation takes long: work is counted.
"""

from medspiller.questionnaires.domain.answering.expressions.compiling import Compiled, compile  # noqa: A004
from medspiller.questionnaires.domain.answering.expressions.dependencies import ANY_ITEM, depends_on, order
from medspiller.questionnaires.domain.answering.expressions.errors import (
    CyclicExpressions,
    EvaluationFailed,
    ExpressionFault,
    TooMuchWork,
    UnreadableExpression,
)
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.selecting import Selection, selected_by
from medspiller.questionnaires.domain.answering.expressions.values import Node

__all__ = [
    "ANY_ITEM",
    "Compiled",
    "CyclicExpressions",
    "EvaluationFailed",
    "ExpressionFault",
    "Node",
    "Quantity",
    "Selection",
    "TooMuchWork",
    "UnreadableExpression",
    "compile",
    "depends_on",
    "order",
    "selected_by",
]
