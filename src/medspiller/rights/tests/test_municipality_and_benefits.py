"""What the municipality weighs is never promised, and what nobody has read is never given as a figure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.rights.domain.facts import Facts
from medspiller.rights.domain.findings import Answer, because, finding_of
from medspiller.rights.domain.parameters import Absent, Certainty
from medspiller.rights.domain.rights import DecidedBy
from medspiller.rights.tests.families import SEEDS, some_facts

TODAY = date(2026, 11, 21)
RATES = [f"attendance-benefit-rate-{number}" for number in range(1, 5)] + [
    f"basic-benefit-rate-{number}" for number in range(1, 7)
]


def having(**values):
    return Facts({name.replace("__", "."): value for name, value in values.items()})


@given(SEEDS)
def test_support_to_carers_is_never_promised(rulebook, seed):
    facts = some_facts(rulebook.facts, TODAY, seed)

    assert finding_of(rulebook, "R-HOL-3-6", facts, on=TODAY).answer is not Answer.YES


def test_heavy_care_leaves_only_what_the_municipality_weighs(rulebook):
    found = finding_of(rulebook, "R-HOL-3-6", having(care__particularly_heavy=True), on=TODAY)

    assert found.is_weighed
    assert not found.missing
    assert {one.holds for one in because(rulebook, found) if one.by_judgement} == {None}


@given(st.dates(date(2017, 10, 1), date(2027, 12, 31)))
def test_respite_is_free(rulebook, day):
    (price,) = finding_of(rulebook, "R-HOL-3-6", Facts(), on=day).amounts

    assert price.value == 0


@given(st.dates(date(2022, 11, 1), date(2027, 12, 31)), st.sampled_from(RATES))
def test_no_rate_is_carried_over_from_another_year(rulebook, day, rate):
    assert rulebook.parameters[rate].on(day) is Absent.UNKNOWN


@pytest.mark.parametrize("rate", RATES)
def test_rates_are_known_to_the_end_of_october_2022(rulebook, rate):
    last = date(2022, 11, 1) - timedelta(days=1)

    assert rulebook.parameters[rate].on(last) == rulebook.parameters[rate].on(date(2019, 1, 1))


def test_a_figure_that_is_not_verified_has_no_value(rulebook):
    steps = [(name, step) for name, figure in rulebook.parameters.items() for step in figure.steps]

    assert [name for name, step in steps if step.source.certainty is Certainty.UNVERIFIED and not absent(step)] == []


def absent(step):
    return isinstance(step.value, Absent)


def test_costs_are_not_asked_for_while_there_is_no_rate_to_hold_them_against(rulebook):
    facts = having(recipient__lasting_illness=True, recipient__extra_costs="other")

    assert finding_of(rulebook, "R-FTRL-6-3", facts, on=TODAY).missing == ()
    assert finding_of(rulebook, "R-FTRL-6-3", facts, on=date(2022, 10, 31)).missing == ("recipient.extra_costs_month",)


def test_a_source_stands_behind_a_rate_that_is_not_known(rulebook):
    found = finding_of(rulebook, "R-FTRL-6-3", having(recipient__lasting_illness=True), on=TODAY)

    assert "basic-benefit-rate-1" in found.without_value


@pytest.mark.parametrize(("who", "days"), [(DecidedBy.NAV, 42), (DecidedBy.HEALTH_TRUST, 28)])
def test_the_time_limit_for_complaints_goes_by_who_decides(rulebook, who, days):
    assert {right.refused.deadline_days for right in rulebook.rights.values() if right.decided_by is who} == {days}


def test_a_carer_has_four_weeks_to_complain_about_support(rulebook):
    refused = rulebook.rights["R-HOL-3-6"].refused

    assert (refused.deadline_days, refused.certainty) == (28, Certainty.LAW)
