"""Facts as they are written: what is absent is not known, what cannot be is refused in one line."""

from datetime import date
from decimal import Decimal

import pytest

from medspiller.rights.domain.reading import FactsUnreadable, facts_from, facts_of, reference_date

ON = date(2026, 11, 21)
TODAY = date(2026, 11, 22)


@pytest.fixture
def read(rulebook):
    return lambda written, on=ON: facts_from(written, rulebook.facts, on=on)


class TestWhatIsKnown:
    def test_absent_and_null_are_not_known(self, read):
        facts = read({"carer": {"employed": None}, "children": None, "recipient": None})

        assert (facts.values, facts.children) == ({}, None)

    def test_no_and_none_are_known(self, read):
        facts = read({"carer": {"employed": False}, "children": []})

        assert (facts.values, facts.children) == ({"carer.employed": False}, 0)

    def test_children_are_told_apart_by_number(self, read):
        facts = read({"children": [{"birth_year": 2020}, {}, {"chronic": True}]})

        assert facts.children == 3
        assert facts.values == {"children[0].birth_year": 2020, "children[2].chronic": True}

    def test_numbers_keep_their_decimals(self, read):
        assert read({"care": {"hours_per_week": 12.5}}).get("care.hours_per_week") == Decimal("12.5")
        assert read({"care": {"hours_per_week": 12.0}}).get("care.hours_per_week") == 12


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"carer": {"weeks_employed": -1}}, "carer.weeks_employed: must be a whole number from 0 to "),
        ({"carer": {"income_year": "480000"}}, "carer.income_year: must be a number, not '480000'"),
        ({"carer": {"income_year": -1}}, "carer.income_year: must be a number from 0 to "),
        ({"carer": {"income_year": True}}, "carer.income_year: must be a number, not true"),
        ({"carer": {"income_year": 10**50}}, "carer.income_year: must be a number from 0 to "),
        ({"carer": {"income_year": float("inf")}}, "carer.income_year: must be a number with an end"),
        ({"carer": {"employed": "yes"}}, "carer.employed: must be true, false or null, not 'yes'"),
        ({"carer": {"employed": 1}}, "carer.employed: must be true, false or null, not 1"),
        ({"carer": {"birth_year": 1850}}, "carer.birth_year: must be a whole number from "),
        ({"carer": {"birth_year": 1984.5}}, "carer.birth_year: must be a whole number, not 1984.5"),
        ({"carer": {"employd": True}}, "carer.employd: not a fact here; known are "),
        ({"carer": []}, "carer: must be an object, not a list"),
        ({"carers": {}}, "carers: not a key here; known are on, carer, children, recipient, care"),
        ({"children": [{"birth_year": 2027}]}, "children[0].birth_year: 2027 is after the year of the reference date"),
        ({"children": [{}] * 40}, "children: must be at most 20 children, not 40"),
        ({"children": 2}, "children: must be a list, not 2"),
        ({"children": [{"_count": 3}]}, "children[0]._count: not a fact here"),
        ({"children": ["Ola"]}, "children[0]: must be an object, not 'Ola'"),
        ({"recipient": {"relation": "aunt"}}, "recipient.relation: 'aunt' is none of "),
        ({"care": {"hours_per_week": 200}}, "care.hours_per_week: must be a number from 0 to 168, not 200"),
        ("facts", "facts: must be an object, not 'facts'"),
        ({"carer": {"a\nb": 1}}, "'carer.a\\nb': not a fact here"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(read, written, message):
    with pytest.raises(FactsUnreadable) as refusal:
        read(written)

    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)


class TestTheReferenceDate:
    @pytest.mark.parametrize("day", ["1970-01-01", "2026-11-21", "2027-12-31"])
    def test_is_from_1970_to_the_end_of_next_year(self, day):
        assert reference_date(day, today=TODAY) == date.fromisoformat(day)

    def test_is_today_where_none_is_named(self):
        assert reference_date(None, today=TODAY) == TODAY

    @pytest.mark.parametrize(
        "day", ["1969-12-31", "2028-01-01", "2026-02-29", "21.11.2026", "20261121", "", 2026, True]
    )
    def test_is_no_other(self, day):
        with pytest.raises(FactsUnreadable, match=r"^on: "):
            reference_date(day, today=TODAY)


class TestTypedValues:
    def test_are_facts_by_path(self, rulebook):
        answers = {"carer.employed": True, "children": 2, "children[1].chronic": False, "care.night": None}

        facts = facts_of(answers, rulebook.facts, on=ON)

        assert (facts.values, facts.children) == ({"carer.employed": True, "children[1].chronic": False}, 2)

    def test_of_children_beyond_their_number_are_left_out(self, rulebook):
        facts = facts_of({"children": 1, "children[1].chronic": True}, rulebook.facts, on=ON)

        assert facts.values == {}

    @pytest.mark.parametrize(
        ("answers", "path"),
        [
            ({"carer.nothing": True}, "carer.nothing"),
            ({"children": 21}, "children"),
            ({"children": 1, "children[0].birth_year": 2030}, "children[0].birth_year"),
        ],
    )
    def test_that_cannot_be_are_refused_by_path(self, rulebook, answers, path):
        with pytest.raises(FactsUnreadable) as refusal:
            facts_of(answers, rulebook.facts, on=ON)

        assert refusal.value.path == path
