"""Functions that go through items one by one: filters, projections, repetition."""

from medspiller.questionnaires.domain.answering.expressions import values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions.registry import scoped
from medspiller.questionnaires.domain.answering.expressions.running import Evaluator, Scope
from medspiller.questionnaires.domain.answering.expressions.values import Collection, Node


def _chosen(scope: Scope, items: Collection, criterion: Evaluator, function: str) -> Collection:
    found = []
    for index, item in enumerate(items):
        inner = scope.within(item, index)
        if values.truth(criterion(inner, inner.this), function):
            found.append(item)
    return found


@scoped("where")
def where(scope: Scope, items: Collection, criterion: Evaluator) -> Collection:
    return _chosen(scope, items, criterion, "where")


@scoped("exists", 0, 1)
def exists(scope: Scope, items: Collection, criterion: Evaluator | None = None) -> Collection:
    return [bool(items if criterion is None else _chosen(scope, items, criterion, "exists"))]


@scoped("all")
def all_(scope: Scope, items: Collection, criterion: Evaluator) -> Collection:
    return [len(_chosen(scope, items, criterion, "all")) == len(items)]


@scoped("select")
def select(scope: Scope, items: Collection, projection: Evaluator) -> Collection:
    found: Collection = []
    for index, item in enumerate(items):
        inner = scope.within(item, index)
        found += projection(inner, inner.this)
        scope.run.spend(1)
    scope.run.spend(len(found))
    return found


@scoped("repeat")
def repeat(scope: Scope, items: Collection, projection: Evaluator) -> Collection:
    found: Collection = []
    # Whole trees are compared only where their own plain values agree.
    alike: dict[object, Collection] = {}
    waiting = items
    while waiting:
        new: Collection = []
        for item in select(scope, waiting, projection):
            others = alike.setdefault(_rough_key(item), [])
            scope.run.spend(2 * len(others))
            if not any(_equals(item, other) for other in others):
                others.append(item)
                new.append(item)
        found += new
        waiting = new
    return found


def _rough_key(item: object) -> object:
    if isinstance(item, Node) and isinstance(item.data, dict):
        return tuple((name, said) for name, said in item.data.items() if isinstance(said, str)), len(item.data)
    return values.key(item)


def _equals(one: object, other: object) -> bool:
    """Two with the same rough key; only trees can still differ."""
    if isinstance(one, Node) and isinstance(other, Node) and isinstance(one.data, dict):
        return bool(one.data == other.data)
    return True


@scoped("repeatAll")
def repeat_all(scope: Scope, items: Collection, projection: Evaluator) -> Collection:
    found: Collection = []
    waiting = items
    while waiting:
        waiting = select(scope, waiting, projection)
        found += waiting
    return found


@scoped("aggregate", 1, 2)
def aggregate(scope: Scope, items: Collection, step: Evaluator, start: Evaluator | None = None) -> Collection:
    total: Collection = [] if start is None else start(scope, scope.this)
    for index, item in enumerate(items):
        scope.run.spend(1 + len(total))
        total = step(Scope(scope.run, [item], index, total), [item])
    return total


@scoped("iif", 2, 3)
def iif(
    scope: Scope, items: Collection, criterion: Evaluator, then: Evaluator, otherwise: Evaluator | None = None
) -> Collection:
    if len(items) > 1:
        raise EvaluationFailed(f"iif: one value is meant, and there are {len(items)}")
    inner = Scope(scope.run, items, scope.index, scope.total)
    decided = criterion(inner, items)
    if len(decided) > 1:
        raise EvaluationFailed(f"iif: one truth is meant, and there are {len(decided)}")
    verdict = values.plain(decided[0]) if decided else False
    if not isinstance(verdict, bool):
        raise EvaluationFailed(f"iif: a truth is meant, and this is {values.type_of(decided[0])[1]}")
    if verdict:
        return then(inner, items)
    return otherwise(inner, items) if otherwise is not None else []


@scoped("coalesce", 1, 50)
def coalesce(scope: Scope, items: Collection, *alternatives: Evaluator) -> Collection:
    for alternative in alternatives:
        found = alternative(scope, items or scope.this)
        if found:
            return found
    return []


@scoped("trace", 1, 2)
def trace(scope: Scope, items: Collection, name: Evaluator, projection: Evaluator | None = None) -> Collection:
    """What is traced may be about people, so it goes nowhere."""
    return items
