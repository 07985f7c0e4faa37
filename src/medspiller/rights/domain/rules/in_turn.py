"""
One question after the other: what comes after the one that settles it is not asked for.

The answer is that of `all_hold` and `some_hold`. Within a condition tests are put in turn; of whole conditions, the
rare ones are put after the common ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from medspiller.rights.domain.conditions import All, Leaves, Outcome, Some, Tree, Verdict, View
from medspiller.rights.domain.truth import Truth, all_hold, some_hold

Test: TypeAlias = Callable[[], Truth]


def all_in_turn(*tests: Test) -> Truth:
    """Hold if all hold, up to the first that does not."""
    return all_hold(_up_to(Truth.NO, tests))


def some_in_turn(*tests: Test) -> Truth:
    """Hold if one holds, up to the first that does."""
    return some_hold(_up_to(Truth.YES, tests))


def _up_to(last: Truth, tests: tuple[Test, ...]) -> list[Truth]:
    found: list[Truth] = []
    for test in tests:
        found.append(test())
        if found[-1] is last:
            break
    return found


class AllInTurn(All):
    """Holds if every part does. While an earlier part is open, nothing is asked for the sake of a later one."""

    def judge(self, view: View) -> Outcome:
        """Judge every part."""
        return _first_open(super().judge(view), self.parts, view)

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return what its parts come to in turn."""
        return _first_verdict([part.verdict(leaves, child) for part in self.parts], Truth.NO)


class SomeInTurn(Some):
    """Holds if at least one part does. While an earlier part is open, nothing is asked for the sake of a later one."""

    def judge(self, view: View) -> Outcome:
        """Judge every part."""
        return _first_open(super().judge(view), self.parts, view)

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return what its parts come to in turn."""
        return _first_verdict([part.verdict(leaves, child) for part in self.parts], Truth.YES)


def _first_open(found: Outcome, parts: Sequence[Tree], view: View) -> Outcome:
    if not found.open:
        return found
    return replace(found, open=next(one.open for part in parts if (one := part.judge(view)).open))


def _first_verdict(verdicts: Sequence[Verdict], decisive: Truth) -> Verdict:
    if decisive in verdicts:
        return decisive
    still_open = [one for one in verdicts if not isinstance(one, Truth)]
    return next(filter(None, still_open), still_open[0]) if still_open else ~decisive
