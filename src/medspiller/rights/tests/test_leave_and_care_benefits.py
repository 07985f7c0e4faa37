"""Leave and pay for the same days belong together, and every birthday counts by the law's own clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.cli.rights import shipped
from medspiller.rights.domain.conditions import View
from medspiller.rights.domain.facts import Facts
from medspiller.rights.domain.findings import Answer, calculation, finding_of, sources
from medspiller.rights.domain.rules.ages import has_turned, within_months
from medspiller.rights.domain.rules.in_turn import all_in_turn, some_in_turn
from medspiller.rights.domain.truth import Truth, all_hold, some_hold
from medspiller.rights.tests.families import SEEDS, some_facts

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
_CATALOGUE = shipped().facts
_WORKING = {"carer.employed": True, "carer.weeks_employed": 200, "carer.birth_year": 1984}


def family(*children, **carer):
    values = dict(_WORKING) | {f"carer.{name}": value for name, value in carer.items()}
    for number, child in enumerate(children):
        values |= {f"children[{number}].{name}": value for name, value in child.items()}
    return Facts(values, len(children))


def ill(age, **more):
    return {"birth_year": 2026 - age, "lives_with_carer": True, "chronic": True, "sole_care": False, **more}


def days(found):
    return {amount.name: amount.value for amount in found.amounts}.get("days_per_year")


@given(SEEDS, DAYS)
def test_nobody_has_fewer_days_of_leave_than_days_with_pay(rulebook, seed, on):
    facts = some_facts(_CATALOGUE, on, seed).having("carer.employed", True)
    leave, pay = (finding_of(rulebook, right, facts, on=on) for right in ("R-AML-12-9", "R-FTRL-9-5"))

    if pay.answer is Answer.YES:
        assert leave.answer is Answer.YES
        assert days(pay) is None or days(leave) == days(pay)


@pytest.mark.parametrize(
    "right", ["R-AML-12-9", "R-AML-12-10-1", "R-AML-12-10-2", "R-AML-10-2"], ids=lambda right: right.lower()
)
@given(SEEDS, DAYS)
def test_leave_is_for_employees_only(rulebook, right, seed, on):
    facts = some_facts(_CATALOGUE, on, seed).having("carer.employed", False)

    assert finding_of(rulebook, right, facts, on=on).answer is Answer.NO


def test_a_calculation_shows_the_days_of_the_act_and_those_that_are_paid(rulebook):
    found = finding_of(rulebook, "R-AML-12-9", family(ill(5), ill(8)), on=TODAY)
    told = [line["en"] for line in calculation(rulebook, found, found.amounts[0])]

    assert days(found) == 30
    assert len(told) == 2
    assert "20 days" in told[0]
    assert "30 days" in told[1]


@pytest.mark.parametrize("right", ["R-AML-12-9", "R-FTRL-9-5"])
def test_every_number_of_days_leads_to_its_source(rulebook, right):
    found = finding_of(rulebook, right, family(ill(5), ill(8)), on=TODAY)

    assert "ftrl § 9-6 (2)" in {source.ref for source, _ in sources(rulebook, found)}


@given(st.integers(0, 25), DAYS)
def test_a_child_with_a_lasting_illness_passes_from_one_leave_to_the_other_without_a_gap(rulebook, age, on):
    born = on.year - age
    child = {"birth_year": born, "lives_with_carer": True, "chronic": True, "sole_care": False}
    recipient = {"recipient.relation": "adult_child", "recipient.birth_year": born, "recipient.lasting_illness": True}
    healthy = {"very_serious_illness": False, "needs_continuous_care": False}
    facts = family(child | healthy, training=False, cared_before_adult=True)
    facts = Facts({**facts.values, **recipient}, 1)
    had = {right for right in ("R-AML-12-9", "R-AML-12-10-2") if _holds(rulebook, right, facts, on)}

    assert had == ({"R-AML-12-9"} if age <= 18 else {"R-AML-12-10-2"})


def _holds(rulebook, right, facts, on):
    return finding_of(rulebook, right, facts, on=on).answer is Answer.YES


@given(st.integers(2023, 2026), st.integers(1, 12))
def test_transitional_benefit_ends_with_the_month_of_fourteen_months(rulebook, year, month):
    months = (year * 12 + month - 1) + 14
    last = _first_of(months + 1) - timedelta(days=1)
    view = View(
        Facts({"children[0].birth_year": year, "children[0].birth_month": f"{year}-{month:02}"}, 1), last, {}, 0
    )
    after = View(view.facts, last + timedelta(days=1), {}, 0)

    assert within_months(view, 14) is Truth.YES
    assert within_months(after, 14) is Truth.NO


def _first_of(months):
    return date(months // 12, months % 12 + 1, 1)


@given(st.integers(2009, 2026), st.integers(1, 12), DAYS, st.integers(0, 216))
def test_the_month_of_birth_never_contradicts_what_the_year_had_settled(year, month, on, months):
    by_year = View(Facts({"children[0].birth_year": year}, 1), on, {}, 0)
    by_month = View(by_year.facts.having("children[0].birth_month", f"{year}-{month:02}"), on, {}, 0)
    settled = within_months(by_year, months)

    assert settled is Truth.UNKNOWN or within_months(by_month, months) is settled


@pytest.mark.parametrize(("born", "turned"), [(1955, Truth.YES), (1956, Truth.UNKNOWN), (1957, Truth.NO)])
def test_whether_the_birthday_has_been_is_asked_in_its_year_only(born, turned):
    view = View(Facts({"carer.birth_year": born}), TODAY, {})

    assert has_turned(view, "carer", 70) is turned
    assert view.missing == (["carer.had_birthday"] if turned is Truth.UNKNOWN else [])


@given(st.lists(st.sampled_from(Truth), max_size=5))
def test_in_turn_comes_to_the_same_as_all_at_once(truths):
    asked = [lambda one=one: one for one in truths]

    assert all_in_turn(*asked) is all_hold(truths)
    assert some_in_turn(*asked) is some_hold(truths)


def test_what_comes_after_the_one_that_settles_it_is_not_looked_at():
    def never():
        raise AssertionError("looked at")

    assert all_in_turn(lambda: Truth.NO, never) is Truth.NO
    assert some_in_turn(lambda: Truth.YES, never) is Truth.YES
