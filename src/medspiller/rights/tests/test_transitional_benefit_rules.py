"""Overgangsstønad a month, rounded as Nav rounds."""

from datetime import date
from decimal import Decimal

import pytest

from medspiller.rights.domain.reading import FactsUnreadable
from medspiller.rights.domain.transitional_benefit import Figures, answer, monthly

TODAY = date(2026, 11, 22)


@pytest.fixture
def benefit(parameters):
    return lambda on, income: answer({"on": on, "income_year": income}, parameters, today=TODAY)


@pytest.mark.parametrize(
    ("on", "income", "expected"),
    [
        ("2019-05-01", 0, (99_858, 18_723, 0, 18_723)),
        ("2019-05-01", 240_000, (99_858, 18_723, 7_128, 11_595)),
        ("2026-05-01", 60_000, (136_549, 25_603, 0, 25_603)),
        ("2026-05-01", 200_000, (136_549, 25_603, 4_940, 20_663)),
        ("2026-05-01", 300_000, (136_549, 25_603, 8_690, 16_913)),
        ("2026-05-01", 760_000, (136_549, 25_603, 25_940, 0)),
    ],
)
def test_the_worked_examples_hold(benefit, on, income, expected):
    found = benefit(on, income)

    assert (found["G"], found["full"], found["cut"], found["monthly"]) == expected


@pytest.mark.parametrize(
    ("year", "full"),
    [
        (2018, 18_166),
        (2019, 18_723),
        (2020, 19_003),
        (2021, 19_950),
        (2022, 20_902),
        (2023, 22_241),
        (2024, 23_255),
        (2025, 24_405),
        (2026, 25_603),
    ],
)
def test_the_full_benefit_follows_the_base_amount_from_the_first_of_may(benefit, year, full):
    assert benefit(f"{year}-05-01", 0)["full"] == full
    assert benefit(f"{year}-04-30", 0)["full"] < full


def test_the_size_is_the_same_on_either_side_of_july_2026(benefit):
    assert benefit("2026-06-30", 200_000) == benefit("2026-07-01", 200_000)


class TestRounding:
    FIGURES = Figures(base=Decimal(120_000), share=Decimal("2.25"), free=Decimal("0.5"), cut=Decimal("0.45"))

    def test_a_cut_of_half_a_krone_is_rounded_down(self):
        # 45 % of 40 kroner is 18, and 1.5 a month.
        assert monthly(Decimal(60_040), self.FIGURES).cut == 1

    def test_a_full_benefit_of_half_a_krone_is_rounded_to_the_even_one(self):
        odd = Figures(Decimal(100_008), Decimal("0.25"), Decimal("0.5"), Decimal("0.45"))
        even = Figures(Decimal(100_056), Decimal("0.25"), Decimal("0.5"), Decimal("0.45"))

        # 2083.5 and 2084.5 a month
        assert (monthly(Decimal(0), odd).full, monthly(Decimal(0), even).full) == (2084, 2084)

    def test_income_up_to_half_the_base_amount_takes_nothing_away(self):
        assert monthly(Decimal(60_000), self.FIGURES).cut == 0


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"income_year": "much"}, "income_year: must be a number from 0 to 100000000, not 'much'"),
        ({"income_year": -1}, "income_year: must be a number from 0 to 100000000, not -1"),
        ({"income_year": True}, "income_year: must be a number from 0 to 100000000, not true"),
        ({}, "income_year: must be a number from 0 to 100000000, not null"),
        ({"on": "1969-01-01", "income_year": 0}, "on: 1969-01-01 is before 1970-01-01"),
        ({"on": "2028-01-01", "income_year": 0}, "on: 2028-01-01 is after the end of next year, 2027"),
        ({"on": "1971-01-01", "income_year": 0}, "on: the figure base-amount is not known on 1971-01-01"),
        ({"income": 0}, "income: not a key here; known are on, income_year"),
        (None, "case: must be an object, not null"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(parameters, written, message):
    with pytest.raises(FactsUnreadable) as refusal:
        answer(written, parameters, today=TODAY)

    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)
