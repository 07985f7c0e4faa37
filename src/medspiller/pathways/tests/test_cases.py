"""Cases of pathways hold, or say in what they do not."""

from typing import Any

import pytest

from medspiller.content.domain.kinds import CaseFile
from medspiller.content.domain.loading import Library
from medspiller.pathways.domain.content_pathways import PATHWAY_KIND
from medspiller.pathways.tests.factories import definition

CASE = {
    "name": "It goes well",
    "start": "2026-09-01",
    "facts": {"children": "unknown"},
    "happenings": [
        {"on": "2026-09-02", "done": "call", "result": "agreed"},
        {"on": "2026-09-03", "fact": "children", "is": False},
        {"on": "2026-09-04", "refused": {"done": "meet"}, "because": "waits"},
        {"on": "2026-09-04", "refused": {"done": "call", "on": "2026-09-09", "result": "agreed"},
         "because": "in_the_future"},
        {"on": "2026-09-20", "told": "2026-09-05", "event": "discharged"},
        {"on": "2026-09-05", "paused_until": "2026-09-06", "reason": "away"},
    ],
    "on": "2026-09-16",
    "expect": {
        "phase": "clarify", "open": {"form": "2026-09-16"}, "late": [], "done": ["call", "ask"], "can_close": True,
        "not_needed": ["school"], "waiting": ["meet"], "reasons": [], "paused_until": None, "through": False,
    },
}  # fmt: skip


def cases(*some: Any) -> list[str]:
    """What is wrong with these cases."""
    one = definition()
    found = PATHWAY_KIND.run_cases(one, CaseFile(package="x", file="x", cases=some), Library())
    return [f"{each.element}: {each.message}" for each in found]


def case(**more: Any) -> dict[str, Any]:
    """The case, with some parts changed."""
    return {**CASE, **more}


class TestCases:
    def test_hold(self):
        assert cases(CASE, CASE, CASE) == []

    def test_are_enough_and_not_all_smooth(self):
        smooth = case(happenings=[], expect={"phase": "clarify"}, on="2026-09-01")

        assert cases(CASE) == [": holds 1 cases; at least 3 are needed"]
        assert "in no case is a step refused" in cases(smooth, smooth, smooth)[0]

    @pytest.mark.parametrize(
        ("expect", "message"),
        [
            ({"phase": "along"}, "the phase is clarify, not along"),
            ({"open": {}}, "form is open, due 2026-09-16, and was not expected"),
            ({"open": {"form": "2026-09-15"}}, "form is due 2026-09-16, not 2026-09-15"),
            ({"open": {"form": "2026-09-16", "meet": None}}, "meet is waiting, not open"),
            ({"late": ["form"]}, "late are none, not form"),
            ({"waiting": ["call"]}, "call is done, not waiting"),
            ({"unknown": {"school": ["children"]}}, "school is not_needed, not unknown"),
            ({"can_close": False}, "it can be closed"),
            ({"reasons": ["died"]}, "reasons to close are none, not died"),
            ({"paused_until": "2026-10-01"}, "it is paused until None"),
            ({"through": True}, "it is not through"),
            ({"weather": "fine"}, "expect holds some of"),
        ],
    )
    def test_say_what_is_otherwise(self, expect, message):
        assert message in cases(case(expect=expect), CASE, CASE)[0]

    @pytest.mark.parametrize(
        ("happening", "message"),
        [
            ({"on": "2026-09-02", "done": "meet"}, "was refused, because waits"),
            (
                {"on": "2026-09-02", "refused": {"done": "call", "result": "agreed"}, "because": "waits"},
                "was not refused",
            ),
            ({"on": "2026-09-02", "refused": {"done": "call"}, "because": "waits"}, "because result_missing"),
            ({"on": "2026-09-02", "refused": {"done": "call"}, "because": "so"}, "so is no reason to refuse"),
            ({"on": "2026-09-02", "dance": "meet"}, "says nothing"),
            ({"on": "2026-09-02", "event": "death", "result": "x"}, "result does not belong to event"),
            ({"on": "tomorrow", "event": "death"}, "tomorrow is no day"),
            ({"done": "meet"}, 'is an object with "on"'),
            ({"on": "2026-09-30", "event": "death"}, "something is told after it"),
        ],
    )
    def test_say_what_cannot_be(self, happening, message):
        assert message in cases(case(happenings=[happening]), CASE, CASE)[0]

    def test_are_told_in_order(self):
        wrong = [{"on": "2026-09-09", "event": "death"}, {"on": "2026-09-08", "event": "admitted"}]

        assert "is told in order" in cases(case(happenings=wrong), CASE, CASE)[0]
