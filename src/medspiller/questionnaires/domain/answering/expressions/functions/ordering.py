"""Sorting, by several keys, each upwards or downwards."""

from functools import cmp_to_key

from medspiller.questionnaires.domain.answering.expressions import comparing, values
from medspiller.questionnaires.domain.answering.expressions.running import Evaluator, Scope
from medspiller.questionnaires.domain.answering.expressions.values import Collection


def sort(scope: Scope, items: Collection, by: list[tuple[Evaluator, bool]]) -> Collection:
    """
    Return the items in order of the keys, True beside a key meaning downwards, or of themselves without keys.

    What has no key comes last, and first downwards.
    """
    rows = []
    for index, item in enumerate(items):
        inner = scope.within(item, index)
        rows.append((item, [key(inner, inner.this) for key, _ in by] or [[item]]))
    downwards = [down for _, down in by] or [False]

    def compare(one: tuple[object, list[Collection]], other: tuple[object, list[Collection]]) -> int:
        scope.run.spend(1)
        for mine, theirs, down in zip(one[1], other[1], downwards, strict=True):
            order = _order(mine, theirs)
            if order:
                return -order if down else order
        return 0

    return [item for item, _ in sorted(rows, key=cmp_to_key(compare))]


def _order(one: Collection, other: Collection) -> int:
    mine, theirs = values.single(one, "sort"), values.single(other, "sort")
    if mine is None or theirs is None:
        return (mine is None) - (theirs is None)
    return comparing.ordered(mine, theirs, "sort") or 0
