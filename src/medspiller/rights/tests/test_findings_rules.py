"""What is said of a right on a day, and on what it rests."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.combining import combinations
from medspiller.rights.domain.facts import Facts
from medspiller.rights.domain.findings import (
    Answer,
    as_dict,
    as_number,
    because,
    calculation,
    find,
    finding_of,
    sources,
)
from medspiller.rights.domain.formatting import day, filled, number, shown_value
from medspiller.rights.domain.parameters import Certainty, Source
from medspiller.rights.domain.rights import Combine, Period, State

ON = date(2026, 11, 21)
MOTHER = Facts({"carer.employed": True, "carer.birth_year": 1984}, 0)
LAW = Source("lov § 1", None, Certainty.LAW)


@pytest.fixture
def with_periods(rulebook):
    """The rulebook, with other periods of omsorgspenger."""

    def with_periods(*periods):
        right = replace(rulebook.rights["R-FTRL-9-5"], periods=periods)
        return replace(rulebook, rights={right.id: right})

    return with_periods


class TestThroughTime:
    def test_what_nobody_has_read_is_not_known_and_asks_nothing(self, with_periods):
        (found,) = find(with_periods(Period(None, state=State.NOT_READ)), MOTHER, on=ON)

        assert (found.answer, found.missing, found.is_settled) == (Answer.UNKNOWN, (), True)

    @pytest.mark.parametrize(
        ("on", "answer"),
        [
            (date(2009, 12, 31), Answer.NOT_IN_FORCE),
            (date(2010, 1, 1), Answer.UNKNOWN),
            (date(2025, 12, 31), Answer.UNKNOWN),
            (date(2026, 1, 1), Answer.REPEALED),
        ],
    )
    def test_a_period_holds_from_its_day_to_the_next_one(self, with_periods, on, answer):
        rulebook = with_periods(
            Period(None, state=State.NOT_IN_FORCE, source=LAW),
            Period(date(2010, 1, 1), rule="care-days", source=LAW),
            Period(date(2026, 1, 1), state=State.REPEALED, source=LAW),
        )

        assert finding_of(rulebook, "R-FTRL-9-5", Facts(), on=on).answer is answer

    def test_a_day_before_the_first_period_has_not_been_read(self, with_periods):
        rulebook = with_periods(Period(date(2020, 1, 1), rule="care-days", source=LAW))

        assert finding_of(rulebook, "R-FTRL-9-5", MOTHER, on=date(2019, 1, 1)).answer is Answer.UNKNOWN

    def test_when_it_ends_is_the_first_day_of_the_next_period(self, rulebook):
        right = rulebook.rights["R-FTRL-15"]

        assert right.end_of(right.period_on(date(2026, 6, 30))) == date(2026, 7, 1)
        assert right.end_of(right.period_on(date(2026, 7, 1))) is None


class TestReasons:
    def test_are_told_in_every_language_with_their_law(self, rulebook):
        found = finding_of(rulebook, "R-FTRL-9-5", MOTHER, on=ON)

        for reason in because(rulebook, found):
            assert set(reason.text) == {"nb", "nn", "en"}
            assert reason.law

    def test_name_the_fact_they_are_about(self, rulebook):
        found = finding_of(rulebook, "R-FTRL-9-13", Facts({"carer.employed": True}), on=ON)

        by_fact = {reason.fact: reason.holds for reason in because(rulebook, found)}
        assert by_fact["carer.employed"] is True
        assert by_fact["recipient.last_phase_of_life"] is None

    def test_lead_to_their_sources(self, rulebook):
        facts = Facts({"carer.employed": True, "carer.weeks_employed": 10, "recipient.last_phase_of_life": True})
        found = finding_of(rulebook, "R-FTRL-9-13", facts, on=ON)

        (rule, since), *figures = sources(rulebook, found)
        assert (rule, since) == (found.period.source, found.period.start)
        assert rulebook.parameters["care-benefit-weeks"].step_on(ON).source in {source for source, _ in figures}


class TestAmounts:
    def test_come_with_their_calculation(self, rulebook):
        children = {"children[0].birth_year": 2020, "children[0].lives_with_carer": True, "children[0].chronic": False}
        facts = Facts({"carer.employed": True, "children[0].sole_care": False, **children}, 1)
        found = finding_of(rulebook, "R-FTRL-9-5", facts, on=ON)

        (amount,) = found.amounts
        assert amount.value == 10
        assert all("10" in text["nb"] for text in calculation(rulebook, found, amount))

    def test_are_not_told_of_what_one_may_not_have(self, rulebook):
        found = finding_of(rulebook, "R-FTRL-9-5", Facts({"carer.employed": False}, 0), on=ON)

        assert (found.answer, found.amounts) == (Answer.NO, ())
        assert as_dict(rulebook, found)["amounts"] == {}

    @pytest.mark.parametrize(
        ("value", "told"),
        [(10, 10), (Decimal("25603"), 25603), (Decimal("3.20"), "3.2"), (Decimal("12E1"), 120), (None, None)],
    )
    def test_lose_no_digit_in_json(self, value, told):
        assert as_number(value) == told


class TestCombining:
    def test_tells_of_two_rights_that_may_both_be_had_once(self, rulebook):
        first, second = rulebook.rights["R-FTRL-9-5"], rulebook.rights["R-AML-12-9"]
        text = {"nb": "Sammen", "nn": "Saman", "en": "Together"}
        both = {
            one.id: replace(one, combine=(Combine(other.id, text, Certainty.LAW),))
            for one, other in ((first, second), (second, first))
        }
        told = replace(rulebook, rights=both)
        template = finding_of(rulebook, first.id, MOTHER, on=ON)

        def found(answer):
            return [replace(template, right=right, answer=answer) for right in both]

        (pair,) = combinations(told, found(Answer.YES))
        assert set(pair.rights) == set(both)
        assert combinations(told, found(Answer.NO)) == ()


class TestWords:
    def test_numbers_are_written_as_in_the_language(self):
        assert number(136549, "nb") == "136\N{NO-BREAK SPACE}549"
        assert number(Decimal("3.20"), "nb") == "3,20"
        assert number(136549, "en") == "136,549"

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            (Decimal("68274.5"), ("68\N{NO-BREAK SPACE}274,50", "68,274.50")),
            (Decimal("68274.50"), ("68\N{NO-BREAK SPACE}274,50", "68,274.50")),
            (Decimal("68274.00"), ("68\N{NO-BREAK SPACE}274", "68,274")),
            (Decimal("0.125"), ("0,13", "0.13")),
            (Decimal("99.996"), ("100", "100")),
            (284, ("284", "284")),
        ],
    )
    def test_sums_in_a_sentence_have_two_figures_for_ore_or_none(self, value, told):
        in_norwegian, in_english = told
        text = {
            "nb": "Minst {limit} kroner i året ({times} ganger).",
            "nn": "Minst {limit} kroner i året ({times} gonger).",
            "en": "At least {limit} kroner a year ({times} times).",
        }

        assert filled(text, {"limit": value, "times": Decimal("0.5")}) == {
            "nb": f"Minst {in_norwegian} kroner i året (0,5 ganger).",
            "nn": f"Minst {in_norwegian} kroner i året (0,5 gonger).",
            "en": f"At least {in_english} kroner a year (0.5 times).",
        }

    def test_a_sum_that_is_not_known_is_a_dash(self):
        assert filled({"nb": "Minst {limit} kroner."}, {}) == {"nb": "Minst – kroner."}

    def test_a_sum_that_was_answered_has_its_ore(self, rulebook):
        income = rulebook.facts["carer.income_year"]

        assert shown_value(income, Decimal("68274.5"), "nb") == "68\N{NO-BREAK SPACE}274,50"
        assert shown_value(income, 284, "en") == "284"

    def test_every_sum_in_the_shipped_sentences_stands_before_its_word(self, rulebook):
        """A place for a sum that has another word behind it would be written as any number."""
        texts = [text for right in rulebook.rights.values() for text in right.calculations.values()]
        for right in rulebook.rights.values():
            texts += [text for by_truth in right.conditions.values() for text in by_truth.values()]
        money = [text for text in texts if "kroner" in text["nb"] and "{" in text["nb"]]

        assert len(money) > 10
        for text in money:
            words = [re.findall(r"\{(\w+)\} kroner\b", text[language]) for language in ("nb", "nn", "en")]
            assert sorted(words[0]) == sorted(words[1]) == sorted(words[2])
            assert words[0]

    def test_days_have_their_month_in_letters(self):
        assert day(date(2026, 7, 1), "nb") == "1. juli 2026"
        assert day(date(2026, 7, 1), "en") == "1 July 2026"

    def test_what_was_answered_is_told_in_words(self, rulebook):
        facts = rulebook.facts

        assert shown_value(facts["carer.birth_year"], 1984, "nb") == "1984"
        assert shown_value(facts["carer.employed"], False, "nn") == "nei"
        assert (
            shown_value(facts["recipient.relation"], "spouse", "nb")
            == facts["recipient.relation"].choices["spouse"]["nb"]
        )

    def test_what_is_not_known_is_a_dash(self):
        assert filled({"nb": "Grensen er {limit}."}, {}) == {"nb": "Grensen er –."}

    def test_a_text_without_places_stays_as_it_is(self):
        text = {"nb": "Ja."}

        assert filled(text, {"limit": 3}) is text


def test_an_amount_without_value_is_null():
    amount = Amount("per_month", "NOK", None, (Calculated("rate"),), ("carer.income_year",))

    assert as_number(amount.value) is None
