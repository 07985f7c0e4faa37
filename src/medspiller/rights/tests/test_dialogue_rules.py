"""What travels with the page: answers in their order, skipped ones, taken back ones; and reading what people type."""

from datetime import date
from decimal import Decimal

import pytest

from medspiller.rights.domain.dialogue import LONGEST, Dialogue, NoDialogue, dialogue_from, paths_of
from medspiller.rights.domain.known_facts import FactKind, KnownFact
from medspiller.rights.domain.outcomes import ask_on, month_of, shown
from medspiller.rights.domain.typed import Fault, Misread, read_typed

DAY = date(2026, 11, 22)
BORN = "children[{}].birth_year"


def said():
    begun = Dialogue(DAY, situation="child-ill", answers={"recipient.relation": "child"})
    told = begun.answered("children", {"children": 2})
    return told.answered("children.birth_year", {BORN.format(0): 2018, BORN.format(1): None})


class TestADialogue:
    def test_comes_back_as_it_was(self, rulebook):
        hours = said().answered("care.hours_per_week", {"care.hours_per_week": Decimal("12.5")})

        assert dialogue_from(hours.written(), rulebook.facts) == hours

    def test_keeps_what_is_left_open_as_skipped(self):
        assert said().skipped == {BORN.format(1)}

    def test_goes_back_one_question_and_keeps_its_answer(self):
        before, question = said().taken_back()

        assert question == "children.birth_year"
        assert before.asked == ("children",)
        assert before.answers[BORN.format(0)] == 2018
        assert Dialogue(DAY).taken_back() == (Dialogue(DAY), "")

    def test_forgets_children_that_there_are_no_longer(self):
        assert BORN.format(0) not in said().answered("children", {"children": 0}).answers

    def test_tells_what_the_register_told_until_it_is_changed(self):
        known = Dialogue(DAY, answers={"carer.birth_year": 1984}, register=frozenset({"carer.birth_year"}))

        assert known.answered("carer.birth_year", {"carer.birth_year": 1984}).register
        assert not known.answered("carer.birth_year", {"carer.birth_year": 1985}).register

    def test_leaves_out_of_the_facts_what_the_catalogue_does_not_take(self, rulebook):
        strange = Dialogue(DAY, answers={"carer.birth_year": 2050, "carer.shoes": 44, "carer.employed": True})

        assert dict(strange.facts(rulebook.facts).values) == {"carer.employed": True}

    @pytest.mark.parametrize("text", ["", "{}", "[]", "1", '{"on": "i dag"}', "x" * (LONGEST + 1)])
    def test_is_nothing_that_we_have_not_written(self, rulebook, text):
        with pytest.raises(NoDialogue):
            dialogue_from(text, rulebook.facts)

    def test_asks_of_each_child_by_number(self):
        assert paths_of("children.birth_year", 2) == (BORN.format(0), BORN.format(1))
        assert paths_of("children.birth_year", None) == ()
        assert paths_of("children", 2) == ("children",)


def fact(kind, **more):
    return KnownFact("carer.thing", FactKind(kind), {}, {}, **more)


class TestWhatPeopleType:
    @pytest.mark.parametrize(
        ("kind", "typed", "value"),
        [
            ("whole", " 12 ", 12), ("whole", "", None), ("money", "480 000", 480_000), ("money", "480.000", 480_000),
            ("money", "480\N{NO-BREAK SPACE}000 kr", 480_000), ("hours", "12,5", Decimal("12.5")),
            ("hours", "7.5", Decimal("7.5")), ("percent", "50 %", 50), ("year", "1984", 1984),
            ("month", "3.2024", "2024-03"), ("month", "2024-03", "2024-03"),
            ("yes_no", "yes", True), ("yes_no", "no", False),
        ],
    )  # fmt: skip
    def test_is_read_as_they_mean_it(self, kind, typed, value):
        assert read_typed(fact(kind), typed, on=DAY) == value

    @pytest.mark.parametrize(
        ("kind", "typed", "fault"),
        [
            ("whole", "-3", Fault.NEGATIVE), ("whole", "tre", Fault.NO_NUMBER), ("whole", "1,5", Fault.NOT_WHOLE),
            ("hours", "169", Fault.TOO_MUCH), ("year", "84", Fault.NO_YEAR), ("year", "2027", Fault.YEAR_TO_COME),
            ("year", "-1984", Fault.NO_YEAR), ("month", "13.2024", Fault.NO_MONTH), ("yes_no", "ja", Fault.NOT_OFFERED),
            ("choice", "x", Fault.NOT_OFFERED), ("money", "1e9", Fault.NO_NUMBER), ("whole", "9" * 40, Fault.NO_NUMBER),
        ],
    )  # fmt: skip
    def test_that_cannot_be_is_named(self, kind, typed, fault):
        with pytest.raises(Misread) as told:
            read_typed(fact(kind), typed, on=DAY)

        assert told.value.fault is fault


class TestOutcomes:
    def test_are_asked_about_after_weeks_that_can_be_chosen(self):
        assert ask_on(DAY, 4) == date(2026, 12, 20)
        assert ask_on(DAY, 0) is None
        assert ask_on(DAY, 5) is None

    def test_are_counted_by_month_and_small_numbers_are_kept_back(self):
        assert month_of(DAY) == date(2026, 11, 1)
        assert [shown(count) for count in (0, 1, 4, 5, 100)] == [0, None, None, 5, 100]
