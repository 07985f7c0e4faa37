"""`medspiller fhirpath`: what an expression gives on a resource."""

import argparse
from decimal import Decimal
from typing import Any

from medspiller.cli import lines
from medspiller.cli.errors import CommandError
from medspiller.core import clock
from medspiller.questionnaires.domain.answering import expressions


def add_to(commands: Any) -> None:
    parser = commands.add_parser("fhirpath", help="evaluate a FHIRPath expression on a resource")
    parser.add_argument("expression", nargs="?", metavar="EXPRESSION", help="the expression")
    parser.add_argument("resource", nargs="?", metavar="RESOURCE.json", help="the resource; - is standard input")
    parser.add_argument(
        "--lines",
        action="store_true",
        help='read one case a line: {"expression": "…", "resource": {…}, "context": {…}}',
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> object:
    """Evaluate one expression, or one a line."""
    if arguments.lines:
        if arguments.expression is not None:
            raise CommandError("fhirpath: give an expression or --lines, not both")
        lines.answer_lines(_answer_case)
        return None
    if arguments.expression is None or arguments.resource is None:
        raise CommandError("fhirpath: give an expression and a file, or --lines with cases on standard input")
    return _answer(arguments.expression, lines.read_json(arguments.resource), {}, where=f"{arguments.resource}: ")


def _answer_case(case: Any) -> object:
    if not isinstance(case, dict) or not isinstance(case.get("expression"), str):
        raise CommandError('a case is {"expression": "…", "resource": {…}}')
    context = case.get("context", {})
    if not isinstance(context, dict):
        raise CommandError('"context" is an object with a value per variable')
    return _answer(case["expression"], case.get("resource"), context)


def _answer(expression: str, resource: Any, context: dict[str, Any], *, where: str = "") -> object:
    if resource is not None and not isinstance(resource, dict):
        raise CommandError(f"{where}a resource is a JSON object")
    try:
        found = expressions.compile(expression).evaluate(resource, context, now=clock.now().astimezone(clock.OSLO))
    except expressions.ExpressionFault as fault:
        raise CommandError(f"the expression: {fault}") from None
    return [_json(value) for value in found]


def _json(value: Any) -> Any:
    return (
        float(value) if isinstance(value, Decimal) else str(value) if isinstance(value, expressions.Quantity) else value
    )
