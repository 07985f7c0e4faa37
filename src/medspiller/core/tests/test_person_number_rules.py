"""What a person number is, told with numbers that can be nobody's."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from medspiller.core.person_numbers import Fault, Kind, check

CASES = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards")) / "fodselsnummer/fnr-cases.json"
KINDS = {"fnr": Kind.FNR, "dnr": Kind.DNR, "hnr": Kind.HNR, "tnr": Kind.SYNTHETIC}
SYNTHETIC = "10915596784"


def numbers_from(first_six: str, individual: range = range(1000)) -> list[str]:
    """Make every number with this date that holds, so that none need stand in this file."""
    return [
        number
        for middle in individual
        for end in range(100)
        if check(number := f"{first_six}{middle:03}{end:02}", test=True).valid
    ]


@pytest.mark.skipif(not CASES.exists(), reason="the person-number cases are not on this machine: 6 cases not run")
def test_the_published_cases_hold():
    cases = json.loads(CASES.read_text(encoding="utf-8"))

    for case in cases:
        checked = check(case["value"], test=True)
        assert checked.valid is case["valid"], case
        if checked.valid:
            assert checked.kind is KINDS[case["type"]]
        else:
            assert {fault.value for fault in checked.faults} == set(case["reasons"])
    assert len(cases) == 6


class TestSynthetic:
    def test_is_accepted_where_no_real_people_are_about(self):
        assert check(SYNTHETIC, test=True).valid

    def test_is_refused_everywhere_else_and_says_why(self):
        checked = check(SYNTHETIC)

        assert not checked.valid
        assert checked.faults == (Fault.SYNTHETIC,)
        assert checked.kind is Kind.SYNTHETIC

    def test_a_synthetic_d_number_is_synthetic(self):
        assert check("50846202355", test=True).kind is Kind.SYNTHETIC
        assert not check("50846202355").valid


class TestKinds:
    def test_a_d_number_has_forty_added_to_the_day(self):
        number = numbers_from("410190", range(300, 303))[0]

        assert check(number).kind is Kind.DNR
        assert check(number).birth_date == date(1990, 1, 1)

    def test_a_hospital_number_has_forty_added_to_the_month(self):
        number = numbers_from("135272", range(480, 481))[0]

        assert check(number).kind is Kind.HNR


class TestControlDigits:
    def test_one_wrong_digit_is_always_found(self):
        for place in range(9):
            for digit in "0123456789":
                changed = SYNTHETIC[:place] + digit + SYNTHETIC[place + 1 :]
                if changed != SYNTHETIC:
                    assert not check(changed, test=True).valid, changed

    def test_numbers_given_from_2032_have_four_first_control_digits_to_choose_among(self):
        firsts = {number[9] for number in numbers_from("018132", range(999, 1000))}

        assert 2 <= len(firsts) <= 4

    def test_such_a_number_does_not_tell_its_century(self):
        dates = {check(number, test=True).birth_date for number in numbers_from("018132", range(999, 1000))}

        assert dates == {date(2032, 1, 1), None}


class TestDates:
    @pytest.mark.parametrize(
        ("year", "individual", "born"),
        [("90", 499, 1990), ("90", 999, 1990), ("32", 500, 2032), ("60", 500, 1860), ("00", 500, 2000)],
    )
    def test_the_digits_after_the_date_tell_the_century(self, year, individual, born):
        known = [
            found
            for number in numbers_from(f"0181{year}", range(individual, individual + 1))
            if (found := check(number, test=True).birth_date)
        ]

        assert set(known) == {date(born, 1, 1)}

    def test_the_29th_of_february_is_a_day_in_leap_years_only(self):
        assert numbers_from("298296", range(480, 490))
        assert numbers_from("298201", range(480, 490)) == []

    @pytest.mark.parametrize("day_and_month", ["0081", "3281", "3184", "0193", "0080", "0113", "7281"])
    def test_a_day_that_never_was_is_refused(self, day_and_month):
        assert Fault.DATE in check(f"{day_and_month}9030000", test=True).faults


@pytest.mark.parametrize(
    "value", ["", "1091559678", "109155967844", "1091559678x", "10915 596784", "１０９１５５９６７８４"]
)
def test_anything_but_eleven_digits_is_refused(value):
    assert check(value, test=True).faults == (Fault.LENGTH,)
    assert check(value, test=True).kind is None
