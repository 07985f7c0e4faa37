"""Omsorgsdager, as Nav's own calculator counts them."""

import json
import os
from datetime import date
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest

from medspiller.rights.domain.care_days import (
    CountingChild,
    Figures,
    answer,
    care_days,
    counts,
    family_from,
    transferred,
)
from medspiller.rights.domain.reading import FactsUnreadable

NAV = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards")) / "nav-omsorgsdager"
TODAY = date(2026, 11, 22)
FIGURES = Figures(age=12, age_chronic=18, few=10, many=15, many_children=3, chronic=10)
KEYS = {
    "grunnrett": "basic",
    "kroniskSykt": "chronic",
    "aleneomsorg": "sole",
    "aleneomsorgKroniskSyke": "sole_chronic",
    "sum": "total",
}


def child(age: int, *marks: str) -> dict[str, object]:
    return {"birth_year": 2026 - age, "chronic": "chronic" in marks, "sole_care": "sole" in marks}


def family(*children: dict[str, object], **more: object) -> dict[str, object]:
    return {"on": "2026-11-21", "children": list(children), **more}


@pytest.fixture
def days_of(parameters):
    """Return what a family gets, by the figures that are shipped."""
    return lambda written: answer(family_from(written, today=TODAY), parameters)


# The table of worked examples: the family, and grunnrett, alene, kronisk, alene kronisk, in all.
EXAMPLES = [
    ([child(5)], 10, 0, 0, 0, 10),
    ([child(5), child(8)], 10, 0, 0, 0, 10),
    ([child(5), child(8), child(12)], 15, 0, 0, 0, 15),
    ([child(5, "sole")], 10, 10, 0, 0, 20),
    ([child(3, "sole"), child(5, "sole"), child(9, "sole")], 15, 15, 0, 0, 30),
    ([child(5, "chronic")], 10, 0, 10, 0, 20),
    ([child(5, "chronic"), child(8)], 10, 0, 10, 0, 20),
    ([child(5, "chronic"), child(8, "chronic")], 10, 0, 20, 0, 30),
    ([child(5, "chronic", "sole")], 10, 10, 0, 20, 40),
    ([child(5, "chronic", "sole"), child(7, "sole"), child(9, "sole")], 15, 15, 0, 20, 50),
    ([child(5, "chronic", "sole"), child(7), child(9)], 15, 10, 0, 20, 45),
    ([child(13, "sole")], 0, 0, 0, 0, 0),
    ([child(15, "chronic")], 10, 0, 10, 0, 20),
    ([child(15, "chronic", "sole")], 10, 10, 0, 20, 40),
    ([child(4), child(6), child(16, "chronic")], 15, 0, 10, 0, 25),
    ([child(4, "chronic"), child(6, "chronic"), child(8, "chronic")], 15, 0, 30, 0, 45),
    ([child(age, "chronic", "sole") for age in (4, 6, 8)], 15, 15, 0, 60, 90),
    ([child(4, "chronic", "sole"), child(6, "chronic", "sole"), child(8, "sole")], 15, 15, 0, 40, 70),
]


@pytest.mark.parametrize(("children", "basic", "sole", "chronic", "sole_chronic", "total"), EXAMPLES)
def test_the_worked_examples_hold(days_of, children, basic, sole, chronic, sole_chronic, total):
    assert days_of(family(*children)) == {
        "basic": basic,
        "sole": sole,
        "chronic": chronic,
        "sole_chronic": sole_chronic,
        "transfer": 0,
        "total": total,
    }


class TestTransfers:
    @pytest.mark.parametrize(
        ("received", "given", "transfer"),
        [([6, 6], [], 2), ([8], [], 0), ([3], [8], -8), ([6, 6], [8], -6), ([10], [], 0), ([11], [], 1)],
    )
    def test_days_received_count_above_the_basic_ones_and_days_given_away_count_all(self, received, given, transfer):
        assert transferred(received, given, basic=10) == transfer

    def test_they_count_also_where_no_child_does(self, days_of):
        assert days_of(family(received=[5]))["transfer"] == 5

    def test_they_are_not_in_the_total(self, days_of):
        assert days_of(family(child(5), given=[8]))["total"] == 10


@pytest.mark.skipif(not NAV.exists(), reason="Nav's cases are not on this machine: 88 cases not run")
class TestAgainstNav:
    def test_every_family_of_its_calculator_gets_the_same(self, days_of):
        lines = (NAV / "grid.jsonl").read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines] + json.loads((NAV / "spec-cases.json").read_text(encoding="utf-8"))

        for case in cases:
            found = days_of(family(*(self.as_written(one) for one in case["barn"])))
            assert {key: found[KEYS[key]] for key in case["expected"]} == case["expected"], case
        assert len(cases) == 85

    def test_a_child_is_too_old_in_the_same_calendar_year(self, days_of):
        cases = json.loads((NAV / "age-cases.json").read_text(encoding="utf-8"))

        for case in cases:
            found = days_of({"on": case["now"], "children": [{"birth_year": case["year_born"]}]})
            assert (found["total"] == 0) is case["past_12th_calendar_year"], case
        assert len(cases) == 3

    @staticmethod
    def as_written(one: dict[str, object]) -> dict[str, object]:
        marks = {"chronic": one.get("kroniskSykt"), "sole": one.get("søkerHarAleneomsorgFor")}
        return child(12 if one["alder"] == "under12" else 13, *(mark for mark, said in marks.items() if said))


def test_every_family_of_up_to_five_children_gets_what_the_formula_says():
    kinds = [CountingChild(chronic, sole) for chronic, sole in product((False, True), repeat=2)]

    for number in range(6):
        for children in combinations_with_replacement(kinds, number):
            found = care_days(children, FIGURES)
            sole = [one for one in children if one.sole]
            assert found.basic == (0, 10, 10, 15)[min(number, 3)]
            assert found.sole == (0, 10, 10, 15)[min(len(sole), 3)]
            assert found.chronic == 10 * sum(one.chronic and not one.sole for one in children)
            assert found.sole_chronic == 20 * sum(one.chronic for one in sole)
            assert found.total == found.basic + found.sole + found.chronic + found.sole_chronic


class TestAges:
    @pytest.mark.parametrize(
        ("age", "chronic", "expected"),
        [
            (0, False, True),
            (12, False, True),
            (13, False, False),
            (13, True, True),
            (18, True, True),
            (19, True, False),
        ],
    )
    def test_a_child_counts_to_the_end_of_the_year(self, age, chronic, expected):
        assert counts(age, chronic, FIGURES) is expected

    def test_the_day_within_the_year_makes_no_difference(self, days_of):
        in_january = days_of({"on": "2026-01-01", "children": [{"birth_year": 2014}]})
        in_december = days_of({"on": "2026-12-31", "children": [{"birth_year": 2014}]})
        after_new_year = days_of({"on": "2027-01-01", "children": [{"birth_year": 2014}]})

        assert (in_january["total"], in_december["total"], after_new_year["total"]) == (10, 10, 0)


class TestThePandemic:
    def test_doubled_the_days_and_says_so(self, days_of):
        assert days_of({"on": "2021-06-01", "children": [{"birth_year": 2015}]}) == {
            "basic": 10,
            "sole": 0,
            "chronic": 0,
            "sole_chronic": 0,
            "pandemic": 10,
            "transfer": 0,
            "total": 20,
        }

    def test_did_not_do_so_in_between(self, days_of):
        assert days_of({"on": "2020-10-03", "children": [{"birth_year": 2015}]})["total"] == 10


class TestReading:
    def test_a_child_who_lives_elsewhere_gives_no_days(self, days_of):
        assert days_of(family(child(5) | {"lives_with_carer": False}))["total"] == 0

    def test_nothing_said_is_as_in_the_calculator_of_nav(self, days_of):
        said = {"birth_year": 2021, "chronic": None}

        assert days_of(family(said))["total"] == 10

    def test_a_day_that_is_given_goes_before_the_one_in_the_file(self, parameters):
        given = family_from(family(child(12)), today=TODAY, on=date(2027, 1, 1))

        assert answer(given, parameters)["total"] == 0

    @pytest.mark.parametrize(
        ("written", "message"),
        [
            (family(received=[-3]), "received[0]: must be a whole number from 0 to 365, not -3"),
            (family(given=[2, 1.5]), "given[1]: must be a whole number from 0 to 365, not 1.5"),
            (family(given="8"), "given: must be a list, not '8'"),
            (family(given=[True]), "given[0]: must be a whole number from 0 to 365, not true"),
            (family(child(-1)), "children[0].birth_year: 2027 is after the year of the reference date, 2026"),
            (family(*[child(5)] * 40), "children: must be at most 20 children, not 40"),
            (family({"chronic": True}), "children[0].birth_year: must be a whole number from 1900 to 9999, not null"),
            (family(child(5) | {"chronic": "yes"}), "children[0].chronic: must be true, false or null, not 'yes'"),
            (family(child(5) | {"sick": True}), "children[0].sick: not a key here; known are birth_year, chronic, "),
            (family(childs=[]), "childs: not a key here; known are on, children, received, given"),
            ({"on": "1969-12-31"}, "on: 1969-12-31 is before 1970-01-01; no older rules are here"),
            ({"on": "2028-01-01"}, "on: 2028-01-01 is after the end of next year, 2027"),
            ({"on": "2026-02-30"}, "on: must be a day such as \"2026-11-21\", not '2026-02-30'"),
            ({"on": 20261121}, 'on: must be a day such as "2026-11-21", not 20261121'),
            ([], "case: must be an object, not a list"),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_one_line(self, written, message):
        with pytest.raises(FactsUnreadable) as refusal:
            family_from(written, today=TODAY)

        assert str(refusal.value).startswith(message)
        assert "\n" not in str(refusal.value)

    def test_days_of_a_time_nobody_has_read_are_refused(self, parameters):
        long_ago = family_from({"on": "1975-01-01"}, today=TODAY)

        with pytest.raises(FactsUnreadable, match=r"on: the figure care-days-\S+ is not known on 1975-01-01"):
            answer(long_ago, parameters)
