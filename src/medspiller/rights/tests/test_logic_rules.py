"""How conditions are put together when not everything is known."""

from datetime import date
from decimal import Decimal

import pytest

from medspiller.rights.domain.conditions import (
    All,
    NoSuchParameter,
    Not,
    Some,
    SomeChild,
    UnknownWithoutCause,
    View,
    condition,
    weighed,
)
from medspiller.rights.domain.facts import Facts
from medspiller.rights.domain.parameters import Absent, Certainty, Dated, Source, Step
from medspiller.rights.domain.truth import Truth

ON = date(2026, 11, 21)
LAW = Source("lov § 1", None, Certainty.LAW)
HOURS = Dated(
    "hours",
    "hours",
    (
        Step(date(2020, 1, 1), Decimal(10), LAW),
        Step(date(2024, 1, 1), Absent.UNKNOWN, LAW),
        Step(date(2025, 1, 1), Decimal(15), LAW),
        Step(date(2027, 1, 1), Absent.ABOLISHED, LAW),
    ),
)


@condition("warm", law="lov § 1")
def warm(view):
    return view.truth("care.warm")


@condition("dry", law="lov § 2")
def dry(view):
    return view.truth("care.dry")


@condition("small", law="lov § 3")
def small(view):
    return view.truth("child.small")


@condition("long_hours", law="lov § 4")
def long_hours(view):
    return view.at_least("care.hours", view.parameter("hours"))


fair = weighed("fair", law="lov § 5")


def view_of(*, children=None, on=ON, **facts):
    values = {path.replace("__", "."): value for path, value in facts.items()}
    return View(Facts(values, children), on, {"hours": HOURS})


class TestAllAndSome:
    @pytest.mark.parametrize(
        ("is_warm", "is_dry", "both", "one"),
        [
            (True, True, "yes", "yes"),
            (True, False, "no", "yes"),
            (True, None, "unknown", "yes"),
            (False, None, "no", "unknown"),
            (None, None, "unknown", "unknown"),
            (False, False, "no", "no"),
        ],
    )
    def test_what_is_not_known_matters_only_where_it_could_change_the_answer(self, is_warm, is_dry, both, one):
        known = {"care__warm": is_warm, "care__dry": is_dry}
        view = view_of(**{path: value for path, value in known.items() if value is not None})

        assert All(warm, dry).judge(view).truth == both
        assert Some(warm, dry).judge(view).truth == one

    def test_only_what_could_still_settle_it_is_open(self):
        assert All(warm, dry).judge(view_of(care__warm=True)).open == ("care.dry",)
        assert All(warm, dry).judge(view_of(care__warm=False)).open == ()
        assert Some(All(warm, long_hours), dry).judge(view_of(care__warm=False)).open == ("care.dry",)

    def test_what_speaks_against_is_what_was_answered(self):
        assert All(warm, dry).judge(view_of(care__warm=False)).against == ("care.warm",)
        assert Some(warm, dry).judge(view_of(care__warm=False, care__dry=False)).against == ("care.warm", "care.dry")
        assert All(warm, dry).judge(view_of(care__warm=True, care__dry=True)).against == ()

    def test_every_reason_is_told_also_when_one_settles_it(self):
        lines = All(warm, dry).judge(view_of(care__warm=False)).lines

        assert [(line.condition, line.truth) for line in lines] == [("warm", Truth.NO), ("dry", Truth.UNKNOWN)]

    def test_the_opposite_of_what_is_not_known_is_not_known(self):
        assert Not(warm).judge(view_of()).truth is Truth.UNKNOWN
        assert Not(warm).judge(view_of(care__warm=True)).truth is Truth.NO
        assert Not(warm).judge(view_of(care__warm=True)).against == ("care.warm",)


class TestChildren:
    def test_how_many_there_are_is_a_question_of_its_own(self):
        found = SomeChild(small).judge(view_of())

        assert (found.truth, found.open) == (Truth.UNKNOWN, ("children",))

    def test_whoever_has_none_has_none_that_fulfils_it(self):
        found = SomeChild(small).judge(view_of(children=0))

        assert (found.truth, found.against) == (Truth.NO, ("children",))

    def test_one_is_enough(self):
        facts = Facts({"children[0].small": False, "children[1].small": True}, 2)

        found = SomeChild(small).judge(View(facts, ON, {}))

        assert found.truth is Truth.YES
        assert [line.child for line in found.lines] == [0, 1]

    def test_those_who_are_not_known_are_asked_about(self):
        facts = Facts({"children[0].small": False}, 3)

        assert SomeChild(small).judge(View(facts, ON, {})).open == ("children[1].small", "children[2].small")


class TestJudgement:
    def test_is_never_taken_before_it_is_made(self):
        found = All(warm, fair).judge(view_of(care__warm=True))

        assert (found.truth, found.open) == (Truth.UNKNOWN, ())

    def test_is_not_waited_for_where_a_hard_condition_fails(self):
        assert All(warm, fair).judge(view_of(care__warm=False)).truth is Truth.NO


class TestFigures:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2019, 12, 31), Truth.UNKNOWN),
            (date(2020, 1, 1), Truth.YES),
            (date(2024, 6, 1), Truth.UNKNOWN),
            (date(2025, 1, 1), Truth.NO),
            (date(2027, 1, 1), Truth.UNKNOWN),
        ],
    )
    def test_the_one_of_the_day_counts_and_none_is_carried_over(self, day, expected):
        assert long_hours.judge(view_of(on=day, care__hours=12)).truth is expected

    def test_one_that_is_not_known_is_named_and_not_asked_for(self):
        found = long_hours.judge(view_of(on=date(2024, 6, 1), care__hours=12))

        assert found.lines[0].without_value == ("hours",)
        assert found.open == ()

    def test_what_a_number_was_held_against_is_told(self):
        (line,) = long_hours.judge(view_of(care__hours=12)).lines

        assert (line.limit, line.parameters) == (15, ("hours",))

    def test_one_that_no_content_has_is_a_fault(self):
        with pytest.raises(NoSuchParameter, match="hours"):
            long_hours.judge(View(Facts(), ON, {}))


def test_a_condition_that_does_not_know_why_it_does_not_know_is_a_fault():
    @condition("lost", law="lov § 6")
    def lost(view):
        view.truth("care.warm")
        return Truth.UNKNOWN

    with pytest.raises(UnknownWithoutCause, match="lost"):
        lost.judge(view_of(care__warm=True))
