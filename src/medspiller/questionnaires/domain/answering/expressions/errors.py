"""What can be wrong with an expression. Nothing else is ever raised by this package."""

from medspiller.core.errors import MedspillerError


class ExpressionFault(MedspillerError):
    """An expression cannot be read, cannot be evaluated, or asks for too much."""


class UnreadableExpression(ExpressionFault):
    """The text is not FHIRPath; `column` is where it stops being so, counted from 1."""

    def __init__(self, *, why: str, column: int):
        self.why, self.column = why, column
        super().__init__(f"column {column}: {why}")


class EvaluationFailed(ExpressionFault):
    """FHIRPath calls this an error: an unknown name, several values where one is meant, a wrong type."""


class TooMuchWork(ExpressionFault):
    """The expression, or its evaluation, is larger than we let any be."""


class CyclicExpressions(ExpressionFault):
    """Expressions need each other in a ring; `cycle` names them in order, the first one again at the end."""

    def __init__(self, *, cycle: tuple[str, ...]):
        self.cycle = cycle
        super().__init__("these expressions need each other: " + " → ".join(cycle))
