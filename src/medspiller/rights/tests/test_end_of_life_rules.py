"""The pool of paid days at the end of a life, counted as Nav counts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.rights.domain.end_of_life import Stretch, answer, share
from medspiller.rights.domain.reading import FactsUnreadable

TODAY = date(2026, 11, 22)
POOL = Decimal(60)


def stretch(first: str, last: str, grade: object = 100) -> dict[str, object]:
    return {"from": first, "to": last, "grade": grade}


@pytest.fixture
def shared(parameters):
    return lambda applicant, *others: answer({"applicant": applicant, "others": list(others)}, parameters, today=TODAY)


class TestWorkedExamples:
    def test_p1_fifty_five_days_are_all_granted(self, shared):
        assert shared(stretch("2020-01-06", "2020-03-20")) == {
            "granted": [["2020-01-06", "2020-03-20", 100]],
            "refused": [],
            "days_used_by_others": "0",
            "days_left": "5",
        }

    def test_p2_nothing_is_granted_after_the_sixtieth_day(self, shared):
        found = shared(stretch("2020-01-06", "2020-04-03"))

        assert found["granted"] == [["2020-01-06", "2020-03-27", 100]]
        assert found["refused"] == [["2020-03-30", "2020-04-03"]]

    def test_p3_half_days_last_twice_as_long(self, shared):
        found = shared(stretch("2024-01-01", "2024-12-31", 50))

        assert found["granted"] == [["2024-01-01", "2024-06-14", 50]]
        assert found["days_left"] == "0"

    def test_p4_what_is_left_of_a_day_is_granted_too(self, shared):
        found = shared([stretch("2024-01-01", "2024-01-01", 49), stretch("2024-01-02", "2024-06-28", 50)])

        assert found["granted"] == [
            ["2024-01-01", "2024-01-01", 49],
            ["2024-01-02", "2024-06-14", 50],
            ["2024-06-17", "2024-06-17", 1],
        ]
        assert found["refused"] == [["2024-06-18", "2024-06-28"]]

    def test_p5_what_another_carer_used_is_gone(self, shared):
        found = shared(stretch("2020-03-16", "2020-03-27"), stretch("2020-01-06", "2020-03-20"))

        assert found == {
            "granted": [["2020-03-16", "2020-03-20", 100]],
            "refused": [["2020-03-23", "2020-03-27"]],
            "days_used_by_others": "55",
            "days_left": "0",
        }


class TestTheWeek:
    def test_a_weekend_uses_nothing(self, shared):
        assert shared(stretch("2026-11-21", "2026-11-22")) == {
            "granted": [],
            "refused": [],
            "days_used_by_others": "0",
            "days_left": "60",
        }

    def test_a_stretch_begins_and_ends_on_a_weekday(self, shared):
        assert shared(stretch("2026-11-14", "2026-11-22"))["granted"] == [["2026-11-16", "2026-11-20", 100]]


class TestSeveralCarers:
    def test_two_on_the_same_day_use_two_days(self, shared):
        found = shared(
            stretch("2026-03-02", "2026-03-06"),
            stretch("2026-03-02", "2026-03-06"),
            stretch("2026-03-02", "2026-03-06", 20),
        )

        assert (found["days_used_by_others"], found["days_left"]) == ("6", "49")

    def test_who_comes_when_all_is_used_gets_nothing(self, shared):
        found = shared(stretch("2026-05-04", "2026-05-08"), stretch("2026-01-01", "2026-04-30"))

        assert found["granted"] == []
        assert found["refused"] == [["2026-05-04", "2026-05-08"]]
        assert found["days_left"] == "0"

    def test_grades_with_decimals_are_counted_exactly(self, shared):
        found = shared(stretch("2026-03-02", "2026-03-04", 33.33))

        assert found["granted"] == [["2026-03-02", "2026-03-04", "33.33"]]
        assert found["days_left"] == "59.0001"


def test_there_were_twenty_days_or_nobody_knows_before_july_2010(shared):
    with pytest.raises(FactsUnreadable, match="is not known on 2010-06-30"):
        shared(stretch("2010-06-30", "2010-07-02"))


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ({"applicant": stretch("2026-03-02", "2026-03-01")}, "applicant.to: 2026-03-01 is before from, 2026-03-02"),
        ({"applicant": stretch("2026-03-02", "2026-03-03", -5)}, "applicant.grade: must be a number from 0 to 100"),
        ({"applicant": stretch("2026-03-02", "2026-03-03", 0)}, "applicant.grade: must be a number above 0"),
        ({"applicant": stretch("2026-03-02", "2026-03-03", 101)}, "applicant.grade: must be a number from 0 to 100"),
        ({"applicant": stretch("2026-03-02", "2026-03-03", "full")}, "applicant.grade: must be a number from 0 to 100"),
        ({"applicant": stretch("2026-03-02", "2026-03-03", 33.333)}, "applicant.grade: must have at most two decimals"),
        ({"applicant": stretch("1969-03-02", "2026-03-03")}, "applicant.from: 1969-03-02 is before 1970-01-01"),
        ({"applicant": stretch("2026-03-02", "2028-01-01")}, "applicant.to: 2028-01-01 is after the end of next year"),
        ({"applicant": {"from": "2026-03-02"}}, "applicant.to: must be a day"),
        ({}, 'applicant: must be {"from"'),
        ({"applicant": []}, 'applicant: must be {"from"'),
        ({"applicant": stretch("2026-03-02", "2026-03-03"), "others": {}}, "others: must be a list, not an object"),
        (
            {"applicant": [stretch("2026-03-02", "2026-03-06"), stretch("2026-03-06", "2026-03-09")]},
            "applicant: two periods overlap: 2026-03-06 is in both",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(parameters, case, message):
    with pytest.raises(FactsUnreadable) as refusal:
        answer(case, parameters, today=TODAY)

    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)


STRETCHES = st.builds(
    lambda first, days, grade: Stretch(first, first.fromordinal(first.toordinal() + days), Decimal(grade)),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.integers(0, 120),
    st.integers(1, 100),
)


@given(STRETCHES, st.lists(STRETCHES, max_size=4))
def test_the_pool_is_never_exceeded_and_nothing_is_lost(applicant, others):
    found = share([applicant], others, pool=POOL)

    granted = sum((one.days for one in found.granted), Decimal(0))
    days = [day for one in (*found.granted, *found.refused) for day in one.weekdays()]
    assert granted + found.left == max(Decimal(0), POOL - found.used_by_others)
    assert sorted(days) == list(applicant.weekdays())
    assert found.left == 0 or not found.refused
