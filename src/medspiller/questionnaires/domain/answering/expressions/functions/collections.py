"""Functions on collections as a whole."""

from medspiller.questionnaires.domain.answering.expressions import values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import OPERATORS, union
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.values import Collection

plain("union", 1)(union)


@plain("empty")
def empty(run: Run, items: Collection) -> Collection:
    return [not items]


@plain("count")
def count(run: Run, items: Collection) -> Collection:
    return [len(items)]


@plain("not")
def not_(run: Run, items: Collection) -> Collection:
    verdict = values.truth(items, "not")
    return [] if verdict is None else [not verdict]


@plain("first")
def first(run: Run, items: Collection) -> Collection:
    return items[:1]


@plain("last")
def last(run: Run, items: Collection) -> Collection:
    return items[-1:]


@plain("tail")
def tail(run: Run, items: Collection) -> Collection:
    return items[1:]


@plain("single")
def single(run: Run, items: Collection) -> Collection:
    if len(items) > 1:
        raise EvaluationFailed(f"single: there are {len(items)}")
    return items


@plain("skip", 1)
def skip(run: Run, items: Collection, number: Collection) -> Collection:
    return items[max(0, values.whole(number, "skip") or 0) :]


@plain("take", 1)
def take(run: Run, items: Collection, number: Collection) -> Collection:
    return items[: max(0, values.whole(number, "take") or 0)]


@plain("distinct")
def distinct(run: Run, items: Collection) -> Collection:
    return values.distinct(items)


@plain("isDistinct")
def is_distinct(run: Run, items: Collection) -> Collection:
    return [len(values.distinct(items)) == len(items)]


@plain("combine", 1, 2)
def combine(run: Run, items: Collection, others: Collection, keeping_order: Collection | None = None) -> Collection:
    run.spend(len(others))
    return [*items, *others]


@plain("intersect", 1)
def intersect(run: Run, items: Collection, others: Collection) -> Collection:
    keys = {values.key(other) for other in others}
    return [item for item in values.distinct(items) if values.key(item) in keys]


@plain("exclude", 1)
def exclude(run: Run, items: Collection, others: Collection) -> Collection:
    keys = {values.key(other) for other in others}
    return [item for item in items if values.key(item) not in keys]


@plain("subsetOf", 1)
def subset_of(run: Run, items: Collection, others: Collection) -> Collection:
    return [{values.key(item) for item in items} <= {values.key(other) for other in others}]


@plain("supersetOf", 1)
def superset_of(run: Run, items: Collection, others: Collection) -> Collection:
    return subset_of(run, others, items)


def _truths(items: Collection, function: str) -> list[bool]:
    found = [values.plain(item) for item in items]
    for truth in found:
        if not isinstance(truth, bool):
            raise EvaluationFailed(f"{function}: truths are meant, and this is {values.type_of(truth)[1]}")
    return found


@plain("allTrue")
def all_true(run: Run, items: Collection) -> Collection:
    return [all(_truths(items, "allTrue"))]


@plain("anyTrue")
def any_true(run: Run, items: Collection) -> Collection:
    return [any(_truths(items, "anyTrue"))]


@plain("allFalse")
def all_false(run: Run, items: Collection) -> Collection:
    return [not any(_truths(items, "allFalse"))]


@plain("anyFalse")
def any_false(run: Run, items: Collection) -> Collection:
    return [not all(_truths(items, "anyFalse"))]


@plain("sum")
def sum_(run: Run, items: Collection) -> Collection:
    total: Collection = items[:1]
    for item in items[1:]:
        total = OPERATORS["+"](run, total, [item])
    return [values.plain(item) for item in total]


@plain("avg")
def average(run: Run, items: Collection) -> Collection:
    return OPERATORS["/"](run, sum_(run, items), [len(items)]) if items else []


def _extreme(run: Run, items: Collection, operator: str) -> Collection:
    found = items[:1]
    for item in items[1:]:
        if OPERATORS[operator](run, [item], found) == [True]:
            found = [item]
    return found


@plain("min")
def least(run: Run, items: Collection) -> Collection:
    return _extreme(run, items, "<")


@plain("max")
def greatest(run: Run, items: Collection) -> Collection:
    return _extreme(run, items, ">")
