"""
What depends on what in a questionnaire: conditions, variables and calculations, in an order that works.

An expression depends on the questions whose linkId it names, on what stands in the groups it names,
and on its variables. Only questions named outright make a circle that is refused: an expression that
adds up the group it stands in means the others in it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from medspiller.questionnaires.domain.answering.expressions import ANY_ITEM, ExpressionFault, depends_on
from medspiller.questionnaires.domain.definition.definitions import Expression, Item, Questionnaire

_LINK_ID = re.compile(r"linkId\s*=\s*'([^']*)'")
# What is read of the questionnaire itself is no answer.
_OF_QUESTIONNAIRE = re.compile(r"%questionnaire(?:\s*\.\s*\w+(?:\([^()]*\))?)*")

MOST_EXPRESSIONS = 2000


def expressions_of(item: Item) -> Iterator[Expression]:
    """Yield all that an item has computed, its children's not among them."""
    yield from item.variables
    yield from filter(None, (item.enabled_when, item.calculated, item.initial_expression, item.text_expression))
    yield from filter(None, (item.limits.least_expression, item.limits.most_expression))
    yield from (toggle.expression for toggle in item.toggles)
    yield from (constraint.expression for constraint in item.constraints)


def count_of_expressions(questionnaire: Questionnaire) -> int:
    """Return how many expressions a questionnaire has."""
    return len(questionnaire.variables) + sum(len(list(expressions_of(item))) for item in questionnaire.every_item())


@lru_cache(maxsize=4096)
def link_ids_in(expression: str) -> frozenset[str]:
    """Return the linkIds that an expression asks for by name, with `ANY_ITEM` if it looks at others too."""
    elsewhere = set(_LINK_ID.findall(expression)) - set(_LINK_ID.findall(_OF_QUESTIONNAIRE.sub("", expression)))
    return frozenset(name for name in _needs(expression) if not name.startswith("%") and name not in elsewhere)


@lru_cache(maxsize=4096)
def named(expression: str) -> frozenset[str]:
    """Return the variables that an expression names."""
    return frozenset(name[1:] for name in _needs(expression) if name.startswith("%"))


def _needs(expression: str) -> frozenset[str]:
    try:
        return depends_on(expression)
    except ExpressionFault:
        # It yields nothing, whatever is answered; `checking` tells that it cannot be read.
        return frozenset()


def variables_in_scope(questionnaire: Questionnaire, item: Item) -> dict[str, Expression]:
    """Return the variables an item may use, its own before those around it, by name."""
    scope = {variable.name: variable for variable in questionnaire.variables}
    for link_id in item.ancestors:
        around = questionnaire.by_link_id[link_id]
        scope.update({variable.name: variable for variable in around.variables})
    scope.update({variable.name: variable for variable in item.variables})
    return scope


def read_by(expression: Expression, variables: Mapping[str, Expression]) -> set[str]:
    """Return the linkIds that an expression reads, itself or through variables; `ANY_ITEM` where it does not say."""
    if not expression.is_fhirpath:
        return set()
    asked, waiting, seen = set(link_ids_in(expression.text)), list(named(expression.text)), set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in variables or not variables[name].is_fhirpath:
            continue
        seen.add(name)
        asked |= link_ids_in(variables[name].text)
        waiting.extend(named(variables[name].text))
    return asked


def order_of_enabling(questionnaire: Questionnaire) -> tuple[list[str], list[list[str]]]:
    """Return linkIds so that each comes after what its conditions and its surroundings need, and the circles."""
    known = questionnaire.by_link_id
    needs: dict[str, set[str]] = {}
    for link_id, item in known.items():
        needs[link_id] = {condition.question for condition in item.conditions if condition.question in known}
        needs[link_id] |= set(item.ancestors[-1:])
        if item.enabled_when is not None:
            asked = read_by(item.enabled_when, variables_in_scope(questionnaire, item))
            # An expression may look into its own item, where a condition may not.
            needs[link_id] |= {name for name in asked if name in known and link_id not in _up(known[name])}
    return in_order(needs)


def order_of_calculating(questionnaire: Questionnaire) -> tuple[list[str], list[list[str]]]:
    """Return the linkIds of calculated items, each after the ones it reads, and the circles among them."""
    known = questionnaire.by_link_id
    asked = {
        link_id: read_by(item.calculated, variables_in_scope(questionnaire, item))
        for link_id, item in known.items()
        if item.calculated is not None
    }
    direct = {link_id: names.intersection(asked) for link_id, names in asked.items()}
    _, circles = in_order(direct)
    below: dict[str, set[str]] = {}
    for link_id in asked:
        for around in known[link_id].ancestors:
            below.setdefault(around, set()).add(link_id)
    wider = {
        link_id: set().union(direct[link_id], *(below.get(name, ()) for name in names)) - {link_id}
        for link_id, names in asked.items()
    }
    # What does not say which items it reads comes as late as it can.
    ordered, _ = in_order(wider)
    return sorted(ordered, key=lambda link_id: ANY_ITEM in asked[link_id]), circles


def _up(item: Item) -> tuple[str, ...]:
    return (*item.ancestors, item.link_id)


def order_of_variables(variables: Mapping[str, Expression]) -> tuple[list[str], list[list[str]]]:
    """Return the names of variables, each after the ones it names, and the circles."""
    return in_order({name: set(named(said.text)).intersection(variables) for name, said in variables.items()})


def depending_on(questionnaire: Questionnaire, changed: str) -> set[str]:
    """Return the linkIds whose calculation or condition must be run again when one answer has changed."""
    known = questionnaire.by_link_id
    readers: dict[str, set[str]] = {}
    for link_id, item in known.items():
        for question in _read_at(questionnaire, item):
            readers.setdefault(question, set()).add(link_id)
    found: set[str] = set()
    waiting = [changed]
    while waiting:
        name = waiting.pop()
        asked = {*(_up(known[name]) if name in known else (name,)), ANY_ITEM}
        for reader in set().union(*(readers.get(one, ()) for one in asked)) - found:
            found.add(reader)
            waiting.append(reader)
    return found


def _read_at(questionnaire: Questionnaire, item: Item) -> Iterator[str]:
    yield from (condition.question for condition in item.conditions)
    yield from item.ancestors[-1:]
    for expression in filter(None, (item.enabled_when, item.calculated)):
        yield from read_by(expression, variables_in_scope(questionnaire, item))


def in_order(needs: Mapping[str, set[str]]) -> tuple[list[str], list[list[str]]]:
    """
    Return the names, each after what it needs, as far as there is such an order, and the circles.

    What needs itself is a circle of one. Names in circles come last, in the order given.
    """
    circles = [sorted(circle) for circle in _circles(needs)]
    caught = {name for circle in circles for name in circle}
    ordered: list[str] = []
    placed: set[str] = set(caught)
    for start in needs:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            before = [need for need in needs.get(name, ()) if need not in placed and need in needs]
            if before:
                waiting.extend(before)
                continue
            waiting.pop()
            if name not in placed:
                placed.add(name)
                ordered.append(name)
    return ordered + [name for name in needs if name in caught], circles


def _circles(needs: Mapping[str, set[str]]) -> Iterator[Sequence[str]]:
    """Tarjan's strongly connected components, without recursion: forms of thousands of items are let through."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    held: list[str] = []
    on_stack: set[str] = set()
    for root in needs:
        if root in number:
            continue
        work = [(root, iter(sorted(needs[root])))]
        number[root] = lowest[root] = len(number)
        held.append(root)
        on_stack.add(root)
        while work:
            name, rest = work[-1]
            following = next((need for need in rest if need in needs), None)
            if following is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    component = [held.pop()]
                    while component[-1] != name:
                        component.append(held.pop())
                    on_stack.difference_update(component)
                    if len(component) > 1 or name in needs[name]:
                        yield component
            elif following not in number:
                number[following] = lowest[following] = len(number)
                held.append(following)
                on_stack.add(following)
                work.append((following, iter(sorted(needs[following]))))
            elif following in on_stack:
                lowest[name] = min(lowest[name], number[following])
