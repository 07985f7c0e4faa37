"""Whether the expressions of a questionnaire can be read, and whether any of them wait for each other."""

from collections.abc import Iterator, Mapping, Sequence

from medspiller.questionnaires.domain.answering.dependencies import (
    MOST_EXPRESSIONS,
    count_of_expressions,
    expressions_of,
    order_of_calculating,
    order_of_variables,
)
from medspiller.questionnaires.domain.answering.expressions import ExpressionFault
from medspiller.questionnaires.domain.answering.hooks import Compile
from medspiller.questionnaires.domain.definition.definitions import Expression, Questionnaire
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, warning


def problems_in_expressions(questionnaire: Questionnaire, compiling: Compile | None) -> Iterator[Issue]:
    """Yield the circles, by the names in them, and with `compiling` what cannot be read."""
    if (count := count_of_expressions(questionnaire)) > MOST_EXPRESSIONS:
        yield error(Code.TOO_COSTLY, "Questionnaire", f"{count} expressions, and {MOST_EXPRESSIONS} are read at most")
        return
    yield from _circles_of_variables(questionnaire.variables, "Questionnaire", None)
    for item in questionnaire.every_item():
        yield from _circles_of_variables(item.variables, item.path, item.link_id)
    _, circles = order_of_calculating(questionnaire)
    for circle in circles:
        paths = [questionnaire.by_link_id[link_id].path for link_id in circle[:20]]
        told = f"Calculations in a circle: {', '.join(name[:80] for name in circle[:20])} each need another"
        yield error(Code.BUSINESS_RULE, paths, told, link_id=circle[0])
    if compiling is not None:
        yield from _unreadable(questionnaire, compiling)


def _circles_of_variables(variables: Sequence[Expression], path: str, link_id: str | None) -> Iterator[Issue]:
    by_name: Mapping[str, Expression] = {variable.name: variable for variable in variables}
    if len(by_name) < len(variables):
        yield error(Code.DUPLICATE, path, "Two variables have the same name", link_id=link_id)
    _, circles = order_of_variables(by_name)
    for circle in circles:
        told = f"Variables in a circle: {', '.join(name[:80] for name in circle[:20])} each need another"
        yield error(Code.BUSINESS_RULE, path, told, link_id=link_id)


def _unreadable(questionnaire: Questionnaire, compiling: Compile) -> Iterator[Issue]:
    for variable in questionnaire.variables:
        yield from _read("Questionnaire", None, variable, compiling)
    for item in questionnaire.every_item():
        for expression in expressions_of(item):
            yield from _read(item.path, item.link_id, expression, compiling)


def _read(path: str, link_id: str | None, expression: Expression, compiling: Compile) -> Iterator[Issue]:
    if expression.language == "application/x-fhir-query":
        return
    if not expression.is_fhirpath:
        told = f"An expression in {expression.language[:60]}, which is not run here"
        yield warning(Code.NOT_SUPPORTED, path, told, link_id=link_id)
        return
    try:
        compiling(expression.text)
    except ExpressionFault as fault:
        yield error(Code.INVALID, path, f"'{expression.text[:80]}' cannot be read: {fault}", link_id=link_id)
